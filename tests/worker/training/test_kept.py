import pytest

from backend.problems.specification import Keep
from worker.training.kept import KeptWeights
from worker.training.network import State

FIRST = State(None, ())
# (validation loss, validation accuracy) of consecutive epochs.
MEASURED = [(2.0, 0.1), (1.0, 0.3), (1.5, 0.4), (1.0, 0.4), (3.0, 0.2)]


@pytest.mark.parametrize(("keep", "epoch"), [("last", 4), ("best_loss", 1), ("best_accuracy", 2)])
def test_the_epoch_that_was_asked_for_is_kept_and_of_equal_ones_the_first(keep: Keep, epoch: int) -> None:
    kept, states = KeptWeights(keep, FIRST), [State(number, ()) for number in range(5)]
    for number, (state, measured) in enumerate(zip(states, MEASURED, strict=True)):
        kept.offer(number, state, *measured)
    assert (kept.epoch, kept.state) == (epoch, states[epoch])


def test_without_a_validation_part_the_last_is_kept() -> None:
    kept, state = KeptWeights("last", FIRST), State(1, ())
    kept.offer(0, state, None, None)
    assert (kept.epoch, kept.state) == (0, state)


def test_before_the_first_epoch_there_are_the_first_weights() -> None:
    kept = KeptWeights("best_loss", FIRST)
    assert (kept.epoch, kept.state) == (None, FIRST)
    kept.offer(0, State(1, ()), 1e30, 0.0)
    assert kept.epoch == 0
