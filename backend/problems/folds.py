"""How samples are divided into parts, and the training part into folds: by seed, stratified, without overlap."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from backend.problems.problem import PartName, Parts

Indices = NDArray[np.int64]

# The order in which the parts are cut.
_STRATIFIED: tuple[PartName, ...] = ("test", "validation", "fitness", "train")
_AS_PUBLISHED: tuple[PartName, ...] = ("train", "validation", "fitness", "test")


def stratified_order(labels: NDArray[np.integer], seed: int) -> Indices:
    """A shuffled order of all samples, every slice of which holds the classes in their proportions.

    The k-th of the n samples of a class, in a random order, stands at (k + 1/2) / n of the way.
    """
    shuffled = np.random.default_rng(seed).permutation(len(labels))
    place = np.empty(len(labels))
    for label in np.unique(labels):
        members = np.flatnonzero(labels[shuffled] == label)
        place[members] = (np.arange(len(members)) + 0.5) / len(members)
    return shuffled[np.argsort(place, kind="stable")]


def split(
    labels: NDArray[np.integer], own: Parts, wanted: Parts, seed: int | None, *, test_in_pool: bool
) -> dict[PartName, Indices]:
    """Indices into the pool for every part that is cut from it: disjoint, of the wanted sizes.

    The borders are those of the problem's `own` parts, and a smaller part is the beginning of its own one: so
    no choice of sizes ever moves a sample from one part into another, the test part's never. Only where training and
    validation part share the rest do the borders between those two follow from what is wanted. A seed of None takes
    the samples as they come, the training part first: the division of those who published the data. Raises ValueError
    where a part is wanted larger than its own, or where the pool is too small.
    """
    wanted.check_within(own)
    borders = replace(wanted, test=own.test) if wanted.share_the_rest else own
    names = _AS_PUBLISHED if seed is None else _STRATIFIED
    if not test_in_pool:
        names = tuple(name for name in names if name != "test")
    if sum(getattr(borders, name) for name in names) > len(labels):
        raise ValueError(f"The parts {borders} need more samples than the {len(labels)} of the pool.")
    order = np.arange(len(labels)) if seed is None else stratified_order(labels, seed)
    parts: dict[PartName, Indices] = {}
    start = 0
    for name in names:
        parts[name] = order[start : start + getattr(wanted, name)]
        start += getattr(borders, name)
    return parts


def fold_indices(train: Indices, folds: int, fold: int) -> Indices:
    """The fold-th of `folds` disjoint training parts; their sizes differ by at most one sample."""
    if not 0 <= fold < folds:
        raise ValueError(f"There is no fold {fold}; the folds are 0 to {folds - 1}.")
    return np.array_split(train, folds)[fold]
