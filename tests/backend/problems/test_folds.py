import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.problems.folds import fold_indices, split, stratified_order
from backend.problems.problem import PartName, Parts

LABELS = np.repeat(np.arange(10), 400)
OWN = Parts(2800, 400, 800, 10_000)


def test_the_parts_have_the_wanted_sizes_and_share_no_sample() -> None:
    parts = split(LABELS, OWN, OWN, 1, test_in_pool=False)
    assert {name: len(indices) for name, indices in parts.items()} == {
        "train": 2800,
        "validation": 400,
        "fitness": 800,
    }
    assert len(np.unique(np.concatenate(list(parts.values())))) == 4000


def test_a_test_part_of_the_pool_is_cut_from_it_like_the_others() -> None:
    own = Parts(2000, 400, 800, 800)
    parts = split(LABELS, own, own, 1, test_in_pool=True)
    assert len(parts["test"]) == 800
    assert len(np.unique(np.concatenate(list(parts.values())))) == 4000


@given(sizes=st.tuples(st.integers(1, 2000), st.integers(1, 400), st.integers(1, 800), st.integers(0, 800)))
def test_smaller_parts_never_take_a_sample_of_another_part(sizes: tuple[int, int, int, int]) -> None:
    own = Parts(2000, 400, 800, 800)
    whole = split(LABELS, own, own, 1, test_in_pool=True)
    fewer = split(LABELS, own, Parts(*sizes), 1, test_in_pool=True)
    for name, indices in fewer.items():
        assert np.array_equal(indices, whole[name][: len(indices)])


@pytest.mark.parametrize("name", ["train", "validation", "fitness"])
def test_every_part_holds_the_classes_in_their_proportions(name: PartName) -> None:
    parts = split(LABELS, OWN, Parts(500, 100, 300, 0), 1, test_in_pool=False)
    counts = np.bincount(LABELS[parts[name]], minlength=10)
    assert counts.max() - counts.min() <= 1


def test_the_seed_alone_decides_the_split() -> None:
    def train(seed: int) -> list[int]:
        indices: list[int] = split(LABELS, OWN, OWN, seed, test_in_pool=False)["train"].tolist()
        return indices

    assert train(1) == train(1)
    assert train(1) != train(2)


@given(st.lists(st.integers(0, 4), min_size=1, max_size=60), st.integers(0, 2**32))
def test_a_stratified_order_holds_every_sample_once(labels: list[int], seed: int) -> None:
    order = stratified_order(np.array(labels), seed)
    assert sorted(order.tolist()) == list(range(len(labels)))


def test_a_pool_that_is_too_small_is_refused() -> None:
    with pytest.raises(ValueError, match="more samples than the 100 of the pool"):
        split(LABELS[:100], OWN, OWN, 1, test_in_pool=False)


@given(samples=st.integers(1, 200), folds=st.integers(1, 12))
def test_folds_are_disjoint_nearly_equal_and_together_the_whole(samples: int, folds: int) -> None:
    train = np.arange(samples)
    parts = [fold_indices(train, folds, fold) for fold in range(folds)]
    assert sorted(np.concatenate(parts).tolist()) == train.tolist()
    assert max(map(len, parts)) - min(map(len, parts)) <= 1


def test_folds_are_stratified_too() -> None:
    train = split(LABELS, OWN, OWN, 1, test_in_pool=False)["train"]
    for fold in range(5):
        counts = np.bincount(LABELS[fold_indices(train, 5, fold)], minlength=10)
        assert counts.max() - counts.min() <= 1


def test_a_fold_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="no fold 5; the folds are 0 to 4"):
        fold_indices(np.arange(10), 5, 5)


def test_without_a_seed_the_parts_are_the_published_ones() -> None:
    own = Parts(3200, 0, 800, 0)
    parts = split(LABELS, own, own, None, test_in_pool=True)
    assert np.array_equal(parts["train"], np.arange(3200))
    assert np.array_equal(parts["fitness"], np.arange(3200, 4000))
    fewer = split(LABELS, own, Parts(1000, 0, 200, 0), None, test_in_pool=True)
    assert np.array_equal(fewer["train"], np.arange(1000))
    assert np.array_equal(fewer["fitness"], np.arange(3200, 3400))


def test_without_a_fitness_part_the_pool_is_shared_and_the_test_part_stays_where_it_was() -> None:
    own = Parts(1000, 200, 300, 800)
    whole = split(LABELS, own, own, 1, test_in_pool=True)
    shared = split(LABELS, own, Parts(2600, 600, 0, 800), 1, test_in_pool=True)
    assert {name: len(indices) for name, indices in shared.items()} == {
        "test": 800,
        "validation": 600,
        "fitness": 0,
        "train": 2600,
    }
    assert np.array_equal(shared["test"], whole["test"])
    assert len(np.unique(np.concatenate(list(shared.values())))) == 4000


def test_a_smaller_test_part_lends_the_others_no_sample() -> None:
    own = Parts(2000, 400, 800, 800)
    whole = split(LABELS, own, own, 1, test_in_pool=True)
    shared = split(LABELS, own, Parts(2800, 400, 0, 10), 1, test_in_pool=True)
    assert not set(whole["test"]) & {*shared["train"], *shared["validation"]}


def test_more_than_the_pool_cannot_be_shared() -> None:
    with pytest.raises(ValueError, match="more samples than the 4000 of the pool"):
        split(LABELS, OWN, Parts(3500, 501, 0, 10_000), 1, test_in_pool=False)
