import pytest

from backend.experiments.configuration import Configuration
from backend.experiments.design import design
from backend.experiments.errors import InvalidOrder
from backend.experiments.seeding import planted
from backend.phenotypes.human_made_rules import HUMAN_MADE_RULES
from backend.phenotypes.rule_behaviour import update_rule
from backend.phenotypes.update_rule import UpdateRule
from backend.store import individuals
from tests.backend.experiments.farm import Farm, order

# The human-made rules that read neither w nor t.
PLAIN = ("sgd", "momentum", "nesterov", "rmsprop", "adam", "lion", "sign", "ades")


def configured(grammar: str, *seeds: str) -> Configuration:
    return Configuration.model_validate({"evolves": "update_rule", "grammar": grammar, "seeds": seeds})


def expressed(configuration: Configuration) -> list[str]:
    made = design(configuration)
    return [made.representation.express(genotype) for genotype in planted(configuration, made.representation)]


@pytest.mark.parametrize("name", PLAIN)
def test_a_human_made_rule_is_planted_with_its_own_constants_and_behaviour(name: str) -> None:
    (text,) = expressed(configured("joint", name))
    assert update_rule(UpdateRule.from_text(text)) == update_rule(HUMAN_MADE_RULES[name].rule())


def test_a_formula_typed_by_a_user_is_planted() -> None:
    (text,) = expressed(configured("alr-2022-gradient", "x = 0; y = 0; z = 0; weight = multiply(0.0123, g)"))
    assert text.endswith("weight = multiply(0.0123, g)")


def test_where_the_weight_cannot_read_the_gradient_a_free_state_hands_it_on() -> None:
    (text,) = expressed(configured("alr-2022", "sgd"))
    rule = UpdateRule.from_text(text)
    assert "g" in rule.reads
    assert rule.live_states != ()


def test_a_schedule_is_planted() -> None:
    configuration = Configuration(seeds=("if_func(epoch < 3, 0.1, 0.0001)",))
    assert expressed(configuration) == ["if_func(epoch < 3, 0.1, 0.0001)"]


@pytest.mark.parametrize(
    ("grammar", "seed", "words"),
    [
        ("joint", "adm", "there is no human-made rule 'adm'; the nearest name is adam; there are sgd, "),
        ("joint", "x = 0; y = 0; z = 0; weight = add(g)", "seeds.1: Column 31: In weight: add takes 2 arguments"),
        ("joint", "x = 0; y = 0; z = 0; weight = import_os(g)", "import_os"),
        ("alr-2022-gradient", "x = 0; y = 0; z = 0; weight = cos(g)", "nearest"),
    ],
)
def test_a_seed_that_cannot_be_planted_is_answered_with_the_reason(grammar: str, seed: str, words: str) -> None:
    configuration = configured(grammar, "sgd", seed)
    with pytest.raises(InvalidOrder) as error:
        expressed(configuration)
    assert [fault.pointer for fault in error.value.errors] == ["/overrides/seeds/1"]
    assert words in str(error.value)


def test_a_run_begins_with_its_seeds_and_draws_the_rest(farm: Farm) -> None:
    changes = {"evolves": "update_rule", "grammar": "joint", "seeds": ["adam", "sgd"]}
    launched = farm.launch(order(overrides={**changes, "search": {"population_size": 6, "generations": 1}}))
    with farm.database.read() as session:
        population = individuals.of_generation(session, launched.runs[0].id, 0)
    assert [individual.operator for individual in population] == ["seed", "seed", *["create"] * 4]


def test_an_order_with_more_seeds_than_individuals_is_refused(farm: Farm) -> None:
    changes = {"evolves": "update_rule", "grammar": "joint", "seeds": ["sgd"] * 7}
    with pytest.raises(InvalidOrder, match="only 6 individuals"):
        farm.launch(order(overrides={**changes, "search": {"population_size": 6, "tournament_size": 2}}))
