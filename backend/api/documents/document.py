"""What all documents share: strict fields, finite numbers, times in UTC, lists in pages."""

import math
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


class Document(BaseModel):
    """A reply or a body of the API: unknown fields, NaN and Infinity are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


def _finite_or_none(value: object) -> object:
    return None if isinstance(value, float) and not math.isfinite(value) else value


# A measured number. One that is no number is sent as null: a single bad row must not break every list it is in.
Measure = Annotated[float | None, BeforeValidator(_finite_or_none)]

Item = TypeVar("Item")


class Page(Document, Generic[Item]):
    """One page of a list."""

    items: list[Item]
    next_page_token: str | None = Field(
        None, description="pass it as `page_token` to get the next page; null: this page is the last one"
    )


def with_example(example: dict[str, Any]) -> ConfigDict:
    """Return the configuration of a document that shows this example in the API's description."""
    return ConfigDict(json_schema_extra={"examples": [example]})


def moment(seconds: float) -> datetime:
    """Return a time of the database (seconds since the epoch) as a moment in UTC."""
    return datetime.fromtimestamp(seconds, UTC)


def moment_or_none(seconds: float | None) -> datetime | None:
    """Return a time that may not have come yet as a moment in UTC."""
    return None if seconds is None else moment(seconds)
