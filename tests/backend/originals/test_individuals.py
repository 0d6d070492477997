import json
import math

import pytest

from backend.originals.errors import UnreadableOriginal
from backend.originals.individuals import read_iteration

ONE = {
    "genotype": [[0], [3]],
    "phenotype": "0.1",
    "fitness": -0.75,
    "id": 7,
    "parent": [3, 4],
    "operation": "crossover",
}


def dumped(**changes: object) -> str:
    return json.dumps([{**ONE, **changes}])


def test_accuracy_is_the_negated_fitness() -> None:
    (found,) = read_iteration(dumped(), "iteration_1.json")
    assert (found.fitness, found.reason) == (0.75, None)
    assert (found.id, found.parents, found.codons) == ("7", ("3", "4"), ((0,), (3,)))


def test_a_fitness_of_zero_is_no_minus_zero() -> None:
    (found,) = read_iteration(dumped(fitness=0), "f")
    assert math.copysign(1, found.fitness or 0.0) == 1


@pytest.mark.parametrize(
    ("fitness", "reason"), [(math.nan, "nan"), (math.inf, "nan"), (10**400, "nan"), (None, "error")]
)
def test_what_is_no_number_becomes_none_with_a_reason(fitness: float | None, reason: str) -> None:
    (found,) = read_iteration(dumped(fitness=fitness), "f")
    assert (found.fitness, found.reason) == (None, reason)


@pytest.mark.parametrize(("parent", "ids"), [(None, ()), (3, ("3",)), ("a", ("a",)), ([3, [4]], ("3", "4"))])
def test_parents_may_be_written_in_several_ways(parent: object, ids: tuple[str, ...]) -> None:
    (found,) = read_iteration(dumped(parent=parent), "f")
    assert found.parents == ids


def test_genotypes_need_not_be_kept() -> None:
    (found,) = read_iteration(dumped(genotype=None), "f")
    assert found.codons is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{}", "a list of individuals"),
        ("[]", "a list of individuals"),
        ("[3]", r"iteration_1\.json, individual 0: it is no object"),
        ('[{"phenotype": "0.1"}]', "it has no fitness"),
        (dumped(fitness="good"), "must be a number, not 'good'"),
        (dumped(phenotype=3), "phenotype is no text"),
        (dumped(genotype=[1, 2]), "a list of codons for each"),
        (dumped(genotype=[[True]]), "a codon must be a whole number, not True"),
    ],
)
def test_what_is_no_evaluated_population_is_refused_with_file_and_individual(text: str, said: str) -> None:
    with pytest.raises(UnreadableOriginal, match=said):
        read_iteration(text, "iteration_1.json")
