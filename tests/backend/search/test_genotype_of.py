import pytest
from numpy.random import default_rng

from backend.expressions.print_text import number_text
from backend.grammar.catalogue import load_grammar
from backend.grammar.constants import with_constants
from backend.grammar.reader import read_grammar
from backend.phenotypes.human_made_rule import HumanMadeRule
from backend.phenotypes.human_made_rules import HUMAN_MADE_RULES
from backend.phenotypes.rate_schedules import RATE_SCHEDULES, scheduled
from backend.phenotypes.rule_behaviour import update_rule
from backend.phenotypes.seed_form import constants_of, seed_form, without_gradient_in_weight
from backend.phenotypes.update_rule import UpdateRule
from backend.search.genotype_of import NotExpressible, genotype_of
from backend.search.sge import SGE

_PLAIN = [each for each in HUMAN_MADE_RULES.values() if "t" not in each.rule().reads]
_ALL = [*_PLAIN, *(scheduled(rule, schedule) for rule in _PLAIN for schedule in RATE_SCHEDULES.values())]


@pytest.mark.parametrize(
    "name", ["dlr-2020", "alr-2022", "alr-2022-code", "alr-facilitated", "alr-depth", "joint", "joint-scaled"]
)
def test_what_a_genotype_expresses_leads_back_to_a_genotype_of_the_same_text(name: str) -> None:
    representation = SGE(load_grammar(name))
    for seed in range(10):
        text = representation.express(representation.create(default_rng(seed)))
        found = genotype_of(representation, text)
        assert (found.text, found.changes) == (text, ())
        assert representation.express(found.genotype) == text


@pytest.mark.parametrize("name", ["joint", "joint-scaled"])
@pytest.mark.parametrize("made", _ALL, ids=lambda each: each.name)
def test_every_human_made_rule_with_every_schedule_is_a_genotype_of_the_joint_space(
    made: HumanMadeRule, name: str
) -> None:
    rule = made.rule()
    seed = seed_form(rule)
    grammar = read_grammar(with_constants(load_grammar(name), [number_text(each) for each in constants_of(seed)]))
    representation = SGE(grammar)
    found = genotype_of(representation, seed.text)
    assert found.changes == ()
    assert found.genotype.depth <= representation.depth_limit
    assert update_rule(UpdateRule.from_text(found.text)) == update_rule(rule)


@pytest.mark.parametrize("grammar", ["alr-2022", "alr-2022-code"])
@pytest.mark.parametrize("name", ["momentum", "rmsprop", "adam"])
def test_momentum_rmsprop_and_adam_are_genotypes_of_the_published_grammar(name: str, grammar: str) -> None:
    seed = seed_form(HUMAN_MADE_RULES[name].rule())
    if grammar == "alr-2022":
        seed = without_gradient_in_weight(seed)
    found = genotype_of(SGE(load_grammar(grammar)), seed.text)
    assert "0.1 becomes 0.10705214621417715" in found.changes
    assert update_rule(UpdateRule.from_text(found.text)).kind == "update_rule"


def test_evolution_can_go_on_from_a_found_genotype() -> None:
    representation = SGE(load_grammar("alr-2022-code"))
    found = genotype_of(representation, seed_form(HUMAN_MADE_RULES["adam"].rule()).text)
    assert representation.from_json(representation.to_json(found.genotype)) == found.genotype
    mutant = representation.mutate(found.genotype, default_rng(0))
    assert UpdateRule.from_text(representation.express(mutant))


def test_what_the_grammar_has_no_words_for_is_refused_with_the_nearest() -> None:
    with pytest.raises(NotExpressible, match=r"cannot express this: min\(x, g\) becomes x") as caught:
        genotype_of(SGE(load_grammar("alr-2022-code")), "x = min(x, g); y = y; z = z; weight = x")
    assert caught.value.nearest == "x = x; y = y; z = z; weight = x"
    assert caught.value.nearest in str(caught.value)


def test_what_is_too_deep_is_refused_with_the_limit() -> None:
    deep = f"x = {'negative(' * 12}g{')' * 12}; y = y; z = z; weight = x"
    representation = SGE(load_grammar("alr-2022-code"))
    with pytest.raises(NotExpressible, match="deeper than the depth limit, 17"):
        genotype_of(representation, deep)
    assert genotype_of(SGE(load_grammar("alr-2022-code"), depth_limit=30), deep).text == deep
