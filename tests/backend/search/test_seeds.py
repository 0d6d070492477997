import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.random import SeedSequence, default_rng

from backend.search.seeds import Place, Purpose, evaluation_seed, generators

seeds = st.integers(0, 2**64 - 1)
numbers = st.integers(0, 2**32 - 1)


@given(seed=seeds, purpose=st.sampled_from(Purpose), generation=numbers, index=st.integers(0, 2**32 - 4))
def test_generators_are_those_of_the_seed_sequence_with_their_place_as_spawn_key(
    seed: int, purpose: Purpose, generation: int, index: int
) -> None:
    places = range(index, index + 3)
    for place, made in zip(places, generators(seed, purpose, generation, places), strict=True):
        expected = default_rng(SeedSequence(seed, spawn_key=(purpose, generation, place)))
        assert made.bit_generator.state == expected.bit_generator.state
        assert made.random(3).tolist() == expected.random(3).tolist()


def test_no_places_have_no_generators() -> None:
    assert list(generators(0, Purpose.BREEDING, 1, range(3, 3))) == []


@given(seed=seeds, fold=numbers, repetition=numbers)
def test_an_evaluation_seed_is_exact_in_json_and_that_of_its_seed_sequence(
    seed: int, fold: int, repetition: int
) -> None:
    sequence = SeedSequence(seed, spawn_key=(Purpose.EVALUATION, fold, repetition))
    drawn = evaluation_seed(seed, fold, repetition)
    assert drawn == int(sequence.generate_state(1, "uint64")[0]) >> 11
    assert drawn == int(float(drawn)) < 2**53


def test_seeds_differ_by_run_fold_and_repetition() -> None:
    drawn = {evaluation_seed(run, fold, again) for run in range(10) for fold in range(10) for again in range(10)}
    assert len(drawn) == 1000


def test_purposes_keep_their_numbers() -> None:
    assert dict(Purpose.__members__) == {"BREEDING": 0, "EVALUATION": 1, "MATING_POOL": 2, "TRIAL": 3, "TUNING": 4}


def test_the_seed_of_an_evaluation_never_changes_from_version_to_version() -> None:
    assert evaluation_seed(7, 0) == 813184990751232


@pytest.mark.parametrize("seed", [-1, 2**64])
def test_a_seed_that_does_not_fit_is_refused(seed: int) -> None:
    with pytest.raises(ValueError, match=rf"must be from 0 to 2\*\*64 - 1, not {seed}"):
        generators(seed, Purpose.BREEDING, 0, range(1))


def test_individuals_with_seeds_of_their_own_differ_by_their_place() -> None:
    places = [Place(generation, index) for generation in range(10) for index in range(10)]
    drawn = {evaluation_seed(7, 0, 0, place) for place in places}
    assert len(drawn | {evaluation_seed(7, 0)}) == 101
