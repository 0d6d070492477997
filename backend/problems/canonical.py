"""One text for one value, whatever wrote it: what keys and digests are computed from."""

import hashlib
import json
from collections.abc import Mapping, Sequence


def digest(value: object) -> str:
    """SHA-256, in hexadecimal, of the canonical JSON of `value`."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()


def canonical_json(value: object) -> str:
    """JSON with sorted keys and no spaces; a float is its hexadecimal text, so that every bit counts."""
    return json.dumps(_exact(value), sort_keys=True, separators=(",", ":"), allow_nan=False)


def _exact(value: object) -> object:
    if isinstance(value, float):
        return value.hex()
    if isinstance(value, Mapping):
        return {str(key): _exact(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_exact(item) for item in value]
    return value
