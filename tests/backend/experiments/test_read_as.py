import pytest

from backend.experiments.evolved import Evolved, EvolvedPrograms, EvolvedRules, EvolvedSchedules
from backend.experiments.read_as import ReadAs
from backend.phenotypes.schedule_program import SetPer, ValLoss


@pytest.mark.parametrize(
    "evolved",
    [EvolvedSchedules(1, 0.05, 20), EvolvedPrograms(20, SetPer.EPOCH, ValLoss.DEAD)],
)
def test_a_schedule_is_read_as_its_experiment_reads_it_also_when_it_was_stored(evolved: Evolved) -> None:
    read_as = ReadAs.of(evolved)
    assert read_as is not None
    assert ReadAs.model_validate(read_as.model_dump(mode="json")).over(20) == evolved


def test_a_rule_leaves_nothing_open() -> None:
    assert ReadAs.of(EvolvedRules()) is None
