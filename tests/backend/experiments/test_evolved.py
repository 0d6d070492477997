import pytest

from backend.experiments.configuration import Configuration, Search
from backend.experiments.evolved import evolved
from backend.expressions.errors import ExpressionError
from backend.phenotypes.schedule import CannotTrain

SCHEDULES = evolved(Configuration())
RULES = evolved(Configuration(evolves="update_rule"))
PROGRAMS = evolved(Configuration(evolves="schedule_program", grammar=None, search=Search(representation="tree")))


def test_a_schedule_behaves_as_its_rates_over_the_planned_epochs() -> None:
    assert len(SCHEDULES.behaviour("0.1").content["rates"]) == Configuration().training.epochs  # type: ignore[arg-type]


def test_a_rule_behaves_as_what_its_weights_depend_on() -> None:
    behaviour = RULES.behaviour("x = g; y = 0; z = 0; weight = multiply(0.1, g)")
    assert behaviour.kind == "update_rule"
    assert behaviour.content["x"] is None


def test_schedules_are_held_against_constant_001_and_rules_against_four_optimizers() -> None:
    assert list(SCHEDULES.baselines) == ["constant 0.01"]
    assert list(RULES.baselines) == ["SGD 0.01", "Nesterov 0.01, 0.9", "RMSprop 0.001", "Adam 0.001"]
    assert len({baseline.key for baseline in RULES.baselines.values()}) == 4


def test_programs_are_held_against_the_published_schedules() -> None:
    assert list(PROGRAMS.baselines) == ["constant 0.001", "step from 0.001", "cosine from 0.001"]
    assert {baseline.kind for baseline in PROGRAMS.baselines.values()} == {"rate_vector"}


def test_a_program_behaves_as_its_rates_only_where_it_reads_no_loss() -> None:
    assert PROGRAMS.behaviour("multiply(0.001, epoch)").kind == "rate_vector"
    assert PROGRAMS.behaviour("multiply(0.001, loss)").kind == "schedule_program"


def test_a_text_of_the_other_kind_is_refused() -> None:
    with pytest.raises(ExpressionError):
        SCHEDULES.read("x = g; y = 0; z = 0; weight = g")
    with pytest.raises(ExpressionError):
        RULES.read("if_func(epoch < 3, 0.1, 0.2)")


def test_what_cannot_train_is_said_by_either_kind() -> None:
    with pytest.raises(CannotTrain):
        SCHEDULES.behaviour("0")
    with pytest.raises(CannotTrain):
        RULES.behaviour("x = g; y = 0; z = 0; weight = 0.1")
