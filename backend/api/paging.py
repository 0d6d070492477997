"""Lists in pages: a page's token is where the last one ended (keyset), so that rows that arrive disturb nothing."""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import Depends, Query
from pydantic import TypeAdapter

from backend.api.documents.errors import Fault
from backend.api.errors import RequestError
from backend.api.parameters import LARGEST_ID

LARGEST_PAGE = 500

Row = TypeVar("Row")
Key = TypeVar("Key")

# The key of lists that are ordered by one whole number.
NUMBER_KEY = TypeAdapter(int)


@dataclass(frozen=True)
class PageRequest:
    """What part of a list is asked for."""

    size: int
    token: str | None


def _page_request(
    page_size: Annotated[int, Query(ge=1, le=LARGEST_PAGE, description="items in a page")] = 50,
    page_token: Annotated[
        str | None,
        Query(max_length=2000, description="the `next_page_token` of the page before"),
    ] = None,
) -> PageRequest:
    return PageRequest(page_size, page_token)


Paged = Annotated[PageRequest, Depends(_page_request)]


def read_token(token: str | None, order: str, key: TypeAdapter[Key]) -> Key | None:
    """Return the key at which the page before ended; `RequestError` if the token is not one of this list's.

    `order` names the list and its order: a token of another one is refused, not misunderstood.
    """
    if token is None:
        return None
    try:
        found_order, found_key = json.loads(base64.urlsafe_b64decode(token.encode("ascii")))
        value = key.validate_python(found_key)
    except (ValueError, TypeError, RecursionError):
        raise _bad_token() from None
    if found_order != order or not _is_storable(found_key):
        raise _bad_token()
    return value


def write_token(order: str, key: object) -> str:
    """Return the token of the page that begins after `key`."""
    text = json.dumps([order, key], separators=(",", ":"), allow_nan=False)
    return base64.urlsafe_b64encode(text.encode()).decode("ascii")


def page_of(
    rows: Sequence[Row], size: int, order: str, key: Callable[[Row], object]
) -> tuple[Sequence[Row], str | None]:
    """Split what was read (one row more than asked, if there are more) into the page and the next one's token."""
    if len(rows) <= size:
        return rows, None
    page = rows[:size]
    return page, write_token(order, key(page[-1]))


def _is_storable(value: object) -> bool:
    """Whether a database can compare with this; a token made by hand may hold anything that JSON can."""
    if isinstance(value, list):
        return all(_is_storable(each) for each in value)
    if isinstance(value, int | float):
        return abs(value) <= LARGEST_ID
    return not isinstance(value, str) or not any(sign == "\0" or "\ud800" <= sign <= "\udfff" for sign in value)


def _bad_token() -> RequestError:
    detail = "page_token is not one that this list gave out in this order; leave it out to begin at the start."
    fault = Fault(parameter="page_token", detail=detail)
    return RequestError(422, "invalid-request", detail, (fault,))
