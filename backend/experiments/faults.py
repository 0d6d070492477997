"""What a model finds wrong with its input, as pointers and plain sentences."""

import re
from collections.abc import Sequence

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from backend.experiments.errors import FieldError, json_pointer

# The longest value that is shown whole.
SHOWN = 60

# How pydantic begins what it says of a value.
_BEGINNING = re.compile(r"(Input|Value|String|List|Tuple|Dictionary) should ")


def field_errors(
    error: ValidationError, prefix: str = "", model: type[BaseModel] | None = None
) -> tuple[FieldError, ...]:
    """Return the findings; with the model, an unknown key is answered with the known ones."""
    return tuple(
        FieldError(prefix + json_pointer(fault["loc"]), sentence(fault, model))
        for fault in error.errors(include_url=False)
    )


def sentence(fault: ErrorDetails, model: type[BaseModel] | None = None) -> str:
    """Return one finding in plain words: what is wrong, what is allowed, what was given."""
    if fault["type"] == "extra_forbidden":
        return f"there is no such field{_known(fault['loc'], model)}"
    if fault["type"] == "missing":
        return "is missing"
    if fault["type"] in ("too_short", "string_too_short") and not fault["input"]:
        return "must not be empty"
    plain = _BEGINNING.sub("must ", fault["msg"].removeprefix("Value error, "), count=1)
    return plain if isinstance(fault["input"], dict | list | bytes) else f"{plain} (given: {_shown(fault['input'])})"


def _known(location: Sequence[int | str], model: type[BaseModel] | None) -> str:
    """Return words that name the fields beside an unknown one."""
    for part in location[:-1]:
        field = model.model_fields.get(str(part)) if model else None
        inner = field.annotation if field else None
        model = inner if isinstance(inner, type) and issubclass(inner, BaseModel) else None
    return f"; there are {', '.join(model.model_fields)}" if model else ""


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 3]}..."
