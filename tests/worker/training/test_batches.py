from itertools import islice

import numpy as np
import pytest

from backend.problems.catalogue import get_problem
from tests.worker.training.specifications import EVERYTHING
from worker.training.batches import Batches, epochs, steps_per_epoch
from worker.training.seeds import Seeds

MLP = get_problem("mnist-1d")


@pytest.mark.parametrize(("samples", "batch_size"), [(2800, 128), (2800, 100), (5, 8), (7, 1)])
def test_every_epoch_holds_every_sample_once(samples: int, batch_size: int) -> None:
    for groups in islice(epochs(MLP, samples, batch_size, Seeds(1)), 3):
        indices = np.concatenate([group.indices.ravel() for group in groups])
        assert sorted(indices.tolist()) == list(range(samples))
        assert sum(group.steps for group in groups) == steps_per_epoch(samples, batch_size)


def test_only_the_last_batch_may_be_smaller() -> None:
    groups = next(epochs(MLP, 2800, 128, Seeds(1)))
    assert [(group.steps, group.size) for group in groups] == [(21, 128), (1, 112)]
    assert [group.steps for group in next(epochs(MLP, 2800, 100, Seeds(1)))] == [28]


def test_every_epoch_has_its_own_order_and_the_seed_decides_all_of_them() -> None:
    def orders(seed: int) -> list[list[int]]:
        return [groups[0].indices.ravel().tolist() for groups in islice(epochs(MLP, 300, 100, Seeds(seed)), 2)]

    first, second = orders(1)
    assert first != second
    assert orders(1) == [first, second]
    assert orders(2) != [first, second]


def test_maps_are_drawn_anew_for_every_sample_and_epoch_of_an_augmented_problem() -> None:
    drawn = [groups[0].maps for groups in islice(epochs(EVERYTHING, 40, 20, Seeds(1)), 2)]
    assert drawn[0].shape == (2, 20, 8)
    assert len(np.unique(np.concatenate(drawn).reshape(-1, 8), axis=0)) == 80


def test_without_augmentation_there_are_no_maps() -> None:
    assert next(epochs(MLP, 40, 20, Seeds(1)))[0].maps.shape == (2, 20, 0)


def test_augmentation_does_not_change_the_order() -> None:
    augmented, plain = (next(epochs(problem, 40, 20, Seeds(1)))[0] for problem in (EVERYTHING, MLP))
    assert np.array_equal(augmented.indices, plain.indices)


def test_batches_can_be_cut_in_two() -> None:
    batches = Batches(np.arange(12, dtype=np.int32).reshape(6, 2), np.zeros((6, 2, 0), np.float32))
    first, rest = batches.first(4), batches.after(4)
    assert (first.steps, rest.steps) == (4, 2)
    assert np.array_equal(np.concatenate([first.indices, rest.indices]), batches.indices)
