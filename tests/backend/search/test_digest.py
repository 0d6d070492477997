import hashlib

import pytest

from backend.search.digest import generation_digest

RECORD: dict[str, object] = {
    "genotype": {"expr": [1], "lr_const": [42]},
    "phenotype": "0.05",
    "behaviour": "ab" * 32,
    "parents": (0, 3),
    "operator": "crossover",
    "fitness": 0.1,
    "reason": None,
}
FAILED = {**RECORD, "behaviour": None, "fitness": None, "reason": "nan"}


def test_a_digest_is_the_sha_256_of_canonical_json_with_the_fitness_in_hex() -> None:
    text = (
        '[null,[{"behaviour":"' + "ab" * 32 + '","fitness":"0x1.999999999999ap-4",'
        '"genotype":{"expr":[1],"lr_const":[42]},"operator":"crossover","parents":[0,3],'
        '"phenotype":"0.05","reason":null}]]'
    )
    assert generation_digest(None, [RECORD]) == hashlib.sha256(text.encode()).hexdigest()


def test_it_does_not_depend_on_how_a_record_is_held() -> None:
    shuffled = {key: RECORD[key] for key in reversed(RECORD)} | {"parents": [0, 3]}
    assert generation_digest(None, [shuffled]) == generation_digest(None, [RECORD])


@pytest.mark.parametrize(
    "change",
    [
        {"genotype": {"expr": [1], "lr_const": [43]}},
        {"phenotype": "0.050"},
        {"behaviour": None},
        {"parents": [3, 0]},
        {"operator": "mutation"},
        {"fitness": 0.1 + 2**-56},
        {"fitness": None},
        {"reason": "nan"},
    ],
)
def test_it_depends_on_everything_in_a_record(change: dict[str, object]) -> None:
    assert generation_digest(None, [RECORD | change]) != generation_digest(None, [RECORD])


def test_it_depends_on_the_order_and_on_the_generations_before() -> None:
    first = generation_digest(None, [RECORD, FAILED])
    assert first != generation_digest(None, [FAILED, RECORD])
    assert generation_digest(first, [RECORD]) != generation_digest(None, [RECORD])


def test_any_text_has_a_digest() -> None:
    assert len(generation_digest(None, [RECORD | {"phenotype": "\ud800\x00\U0001f600"}])) == 64


@pytest.mark.parametrize("fitness", [float("nan"), float("inf"), "0.1"])
def test_a_fitness_that_is_no_finite_number_is_refused(fitness: object) -> None:
    with pytest.raises(ValueError, match="fitness of record 1"):
        generation_digest(None, [RECORD, RECORD | {"fitness": fitness}])


def test_a_record_with_other_keys_is_refused() -> None:
    with pytest.raises(ValueError, match=r"Record 0 has the keys .*'seconds'"):
        generation_digest(None, [RECORD | {"seconds": 1.0}])
