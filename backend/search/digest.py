"""The fingerprint of a run's course: equal digests, equal evolution."""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence

_KEYS = frozenset({"genotype", "phenotype", "behaviour", "parents", "operator", "fitness", "reason"})


def generation_digest(previous: str | None, records: Sequence[Mapping[str, object]]) -> str:
    """Return the SHA-256 (hex) of a complete generation and, through `previous`, of all before it.

    `previous` is the digest of the generation before, None for generation 0. There is one record for each individual,
    in order of index, with exactly these keys: genotype (as the representation's JSON), phenotype, behaviour (its key
    or None), parents (indices), operator, fitness (a number or None), reason (a word or None). Nothing in it depends
    on when, where or how often something was trained. Raises `ValueError` for other keys and for a fitness that is
    not finite.
    """
    content = [previous, [_canonical(index, record) for index, record in enumerate(records)]]
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _canonical(index: int, record: Mapping[str, object]) -> dict[str, object]:
    if record.keys() != _KEYS:
        raise ValueError(f"Record {index} has the keys {sorted(record)}; a digest is made from {sorted(_KEYS)}.")
    return {**record, "fitness": _exact(index, record["fitness"])}


def _exact(index: int, fitness: object) -> str | None:
    """Return every bit of the fitness as text that no JSON library rounds."""
    if fitness is None:
        return None
    if not isinstance(fitness, int | float) or not math.isfinite(fitness):
        raise ValueError(f"The fitness of record {index} is {fitness!r}; it must be a finite number or None.")
    return float(fitness).hex()
