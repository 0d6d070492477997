"""The launch form's fields, read from the configuration's model."""

from backend.experiments.benchmark_configuration import BenchmarkConfiguration
from backend.experiments.configuration import Configuration
from backend.pages.form import Field, benchmark_fields, benchmark_groups, contender_fields, form_groups


def _fields() -> dict[str, Field]:
    return {field.pointer: field for group in form_groups() for field in group.fields}


def test_the_form_has_a_field_for_every_value_of_every_group_of_the_model() -> None:
    configuration = Configuration().model_dump()
    expected = {
        f"/{group}/{name}" for group, values in configuration.items() if isinstance(values, dict) for name in values
    }
    assert set(_fields()) == expected


def test_a_field_carries_the_models_description_and_range() -> None:
    field = _fields()["/search/population_size"]
    assert (field.label, field.description, field.range) == (
        "population size",
        "individuals in a generation",
        "1 to 5,000",
    )


def test_a_bound_that_is_not_allowed_itself_is_said_to_be_exceeded() -> None:
    assert _fields()["/training/initial_rate"].range == "above 0 to 1,000,000"


def test_values_to_choose_from_are_choices_and_the_rest_is_typed() -> None:
    fields = _fields()
    assert {"worst", "mean"} <= set(fields["/fitness/combine"].choices)
    assert fields["/training/first_epoch"].choices == ("0", "1")
    assert fields["/training/epochs"].choices == ()


def test_a_value_that_may_be_absent_may_be_left_empty() -> None:
    fields = _fields()
    assert fields["/training/patience"].nullable
    assert not fields["/training/epochs"].nullable


def test_every_group_shows_some_fields_and_folds_the_rest() -> None:
    for group in form_groups():
        assert group.shown
        assert group.folded
        assert set(group.shown) | set(group.folded) == set(group.fields)


def test_fields_of_some_kinds_alone_say_so() -> None:
    fields = _fields()
    assert fields["/training/initial_rate"].only_for == ("schedule",)
    assert fields["/training/set_per"].only_for == ("schedule_program",)
    assert fields["/training/epochs"].only_for is None


def test_the_representation_is_never_chosen_since_it_follows_from_what_evolves() -> None:
    assert _fields()["/search/representation"].only_for == ()


def test_every_kind_of_phenotype_sees_some_fields_of_every_group() -> None:
    kinds = Configuration.model_json_schema()["properties"]["evolves"]["enum"]
    for kind in kinds:
        for group in form_groups():
            assert any(field.only_for is None or kind in field.only_for for field in group.shown)


def test_a_truth_value_is_a_field_of_its_kind() -> None:
    assert _fields()["/search/epoch_share"].kind == "boolean"


def test_a_benchmarks_groups_may_be_absent_and_hold_others() -> None:
    protocol, tuning, confirmation = benchmark_groups()
    assert [protocol.optional, tuning.optional, confirmation.optional] == [False, True, True]
    (race,) = tuning.groups
    assert (race.pointer, race.optional) == ("/tuning/race", True)
    assert {field.pointer for field in race.fields} >= {"/tuning/race/best", "/tuning/race/trainings"}


def test_a_field_of_a_group_that_is_off_knows_what_it_would_begin_with() -> None:
    fields = {field.pointer: field.default for group in benchmark_groups() for field in group.fields}
    assert (fields["/tuning/trainings"], fields["/confirmation/new_data"]) == (20, True)


def test_every_value_of_a_benchmark_has_a_field_or_an_input_of_its_own() -> None:
    known = {*(field.pointer for field in benchmark_fields()), *(group.pointer for group in benchmark_groups())}
    assert {f"/{name}" for name in BenchmarkConfiguration.model_fields} - known == {
        "/problems",
        "/contenders",
        "/finalists",
    }


def test_a_contender_is_tuned_and_trained_by_fields_of_its_model() -> None:
    assert [field.pointer for field in contender_fields()] == ["/optimizer", "/trainings", "/searched"]
