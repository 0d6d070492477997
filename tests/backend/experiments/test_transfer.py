import pytest

from backend.experiments.configuration import Configuration
from backend.experiments.errors import IdempotencyConflict, InvalidOrder
from backend.experiments.exporting import exported
from backend.experiments.preview import preview
from backend.experiments.transfer import Source, Transferred, is_reference, sources_of, transferred
from backend.store import experiments, individuals
from backend.store.lists import run_in_experiment
from tests.backend.bred import Made, store
from tests.backend.experiments.farm import RULES, SMALL, Farm, order, rules_order


def _transferred(farm: Farm, *seeds: str, **changes: object) -> Transferred:
    configuration = Configuration.model_validate({**SMALL, **changes, "seeds": seeds})
    with farm.database.read() as session:
        return transferred(session, configuration)


def _refused(farm: Farm, *seeds: str) -> tuple[str, str]:
    with pytest.raises(InvalidOrder) as refused:
        _transferred(farm, *seeds)
    (fault,) = refused.value.errors
    return fault.pointer, fault.detail


def _balanced(parts: list[str]) -> str:
    """Add them up without nesting deeply."""
    while len(parts) > 1:
        parts = [f"add({one}, {other})" for one, other in zip(parts[::2], parts[1::2], strict=True)]
    return parts[0]


def _finished(farm: Farm) -> int:
    launched = farm.launch(order())
    farm.work()
    return launched.runs[0].id


def test_names_and_formulas_stay_what_they_are(farm: Farm) -> None:
    found = _transferred(farm, "0.1", "if_func(epoch < 3, 0.1, 0.01)")
    assert found.configuration.seeds == ("0.1", "if_func(epoch < 3, 0.1, 0.01)")
    assert found.origin is None


def test_the_best_of_a_run_becomes_the_formula_that_it_is(farm: Farm) -> None:
    launched = farm.launch(order())
    farm.work()
    run = farm.run(launched)
    found = _transferred(farm, "0.1", f"run:{run.id}")
    with farm.database.read() as session:
        best = individuals.get(session, run.best_individual_id or 0)
    assert best is not None
    assert found.configuration.seeds == ("0.1", best.phenotype)
    assert found.sources == (Source(f"run:{run.id}", best.phenotype, run.id, best.id),)


def test_the_best_few_of_a_run_behave_differently(farm: Farm) -> None:
    found = _transferred(farm, f"run:{_finished(farm)}#3")
    assert len(set(found.configuration.seeds)) == 3
    assert len({source.individual_id for source in found.sources}) == 3


def test_an_individual_becomes_its_formula(farm: Farm) -> None:
    _finished(farm)
    with farm.database.read() as session:
        one = individuals.get(session, 3)
    assert one is not None
    assert _transferred(farm, "individual:3").configuration.seeds == (one.phenotype,)


def test_an_exported_file_becomes_the_formula_in_it(farm: Farm) -> None:
    run_id = _finished(farm)
    with farm.database.read() as session:
        one, row = individuals.get(session, 3), run_in_experiment(session, run_id)
        assert one is not None
        assert row is not None
        source = exported(row, one, "keras").source
    found = _transferred(farm, source)
    assert found.configuration.seeds == (one.phenotype,)
    assert (found.sources[0].seed, found.sources[0].run_id) == ("an exported file", None)


@pytest.mark.parametrize(
    ("seed", "words"),
    [
        ("run:99", "no run 99"),
        ("individual:99", "no individual 99"),
        ("run:x", "run:12#5"),
        ("run:1#0", "asks for none"),
        ("individual:1#2", "individual:345"),
        (f"run:{'9' * 30}", "none of"),
        ('"""A file of somebody else."""', "Evolved as"),
    ],
)
def test_what_leads_nowhere_is_answered_with_the_reason(farm: Farm, seed: str, words: str) -> None:
    farm.launch(order())
    pointer, detail = _refused(farm, "0.1", seed)
    assert pointer == "/overrides/seeds/1"
    assert words in detail


def test_a_long_formula_is_transferred_whole(farm: Farm) -> None:
    choice = f"if_func(epoch < 3, 0.1, {'add(0.1, ' * 20}0.1{')' * 20})"
    text = _balanced([choice] * 128)
    assert len(text) > 15_000
    ids = store(farm.database, [[Made(text)]])
    assert _transferred(farm, f"individual:{ids[0][0]}").configuration.seeds == (text,)


def test_a_run_without_any_fitness_has_no_best(farm: Farm) -> None:
    run_id = farm.launch(order()).runs[0].id
    assert "no individual with a fitness yet" in _refused(farm, f"run:{run_id}")[1]


def test_what_another_kind_of_run_evolved_is_refused(farm: Farm) -> None:
    farm.launch(rules_order())
    farm.work()
    assert "evolved update rules, and here schedules evolve" in _refused(farm, "run:1")[1]


def test_more_than_the_population_holds_is_refused(farm: Farm) -> None:
    run_id = _finished(farm)
    with pytest.raises(InvalidOrder, match="only 2 individuals"):
        _transferred(farm, f"run:{run_id}#5", search={"population_size": 2, "tournament_size": 1})


def test_a_run_begins_with_the_best_of_another_and_can_be_repeated_without_it(farm: Farm) -> None:
    run_id = _finished(farm)
    seeded = farm.launch(order(overrides={**SMALL, "seeds": [f"run:{run_id}#2"]}))
    farm.work()
    with farm.database.read() as session:
        stored = experiments.get(session, seeded.experiment.id)
        assert stored is not None
        planted = [one.phenotype for one in individuals.of_generation(session, seeded.runs[0].id, 0)[:2]]
        assert stored.configuration["seeds"] == planted
        assert [source.run_id for source in sources_of(stored)] == [run_id, run_id]
    again = farm.launch(order(overrides={**SMALL, "seeds": stored.configuration["seeds"]}))
    farm.work()
    assert farm.run(again).digest == farm.run(seeded).digest


def test_the_same_order_with_the_same_key_is_one_experiment_whatever_its_run_found_since(farm: Farm) -> None:
    run_id = farm.launch(order()).runs[0].id
    for _ in range(4):
        farm.train_next()
    wanted = order(overrides={**SMALL, "seeds": [f"run:{run_id}"]})
    first = farm.launch(wanted, "key")
    farm.work()
    assert farm.launch(wanted, "key").experiment.id == first.experiment.id
    with pytest.raises(IdempotencyConflict):
        farm.launch(order(overrides={**SMALL, "seeds": ["0.1"]}), "key")


def test_what_the_grammar_cannot_express_points_at_the_seed_as_it_was_written(farm: Farm) -> None:
    run_id = _finished(farm)
    narrow = {**SMALL, "grammar": "<start> ::= 0.1 | 0.2", "seeds": ["0.1", f"run:{run_id}#3"]}
    with pytest.raises(InvalidOrder) as refused:
        farm.launch(order(overrides=narrow))
    assert {fault.pointer for fault in refused.value.errors} == {"/overrides/seeds/1"}
    with farm.database.read() as session, pytest.raises(InvalidOrder, match="earest"):
        preview(session, order(overrides=narrow))


def test_a_preview_says_which_numbers_are_moved(farm: Farm) -> None:
    grammar = "<start> ::= 0.1 | 0.2"
    with farm.database.read() as session:
        warnings = preview(session, order(overrides={**SMALL, "grammar": grammar, "seeds": ["0.13"]})).warnings
    assert any("0.13 becomes 0.1" in warning for warning in warnings)


def test_protected_seeds_survive_to_the_end(farm: Farm) -> None:
    launched = farm.launch(rules_order(overrides={**RULES, "protect_seeds": True}))
    farm.work()
    with farm.database.read() as session:
        populations = [individuals.of_generation(session, launched.runs[0].id, number) for number in range(4)]
    assert {population[0].phenotype for population in populations} == {populations[0][0].phenotype}
    assert [population[0].operator for population in populations] == ["seed", "elite", "elite", "elite"]


def test_references_are_told_from_formulas() -> None:
    assert all(is_reference(text) for text in ("run:1", "run:12#5", "individual:3"))
    assert not any(is_reference(text) for text in ("adam", "run:", "run:1 ", "0.1"))
