import base64
import json

import pytest
from pydantic import TypeAdapter

from backend.api.errors import RequestError
from backend.api.paging import NUMBER_KEY, page_of, read_token, write_token

PLACE = TypeAdapter(tuple[str, int])


def _token(content: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode()


def test_a_token_leads_back_to_its_key() -> None:
    assert read_token(write_token("names", ("é/?", 3)), "names", PLACE) == ("é/?", 3)


def test_no_token_is_the_start() -> None:
    assert read_token(None, "names", PLACE) is None


@pytest.mark.parametrize(
    "token",
    [
        "nonsense",
        "é",
        "====",
        _token("names"),
        _token(["names"]),
        _token(["other", ["a", 1]]),
        _token(["names", ["a"]]),
        _token(["names", ["a", 1, 2]]),
        _token(["names", ["a", 2**63]]),
        _token(["names", ["a", float("nan")]]),
        _token(["names", ["a\0", 1]]),
        _token(["names", ["\ud800", 1]]),
        base64.urlsafe_b64encode(b"[" * 100_000).decode(),
        base64.urlsafe_b64encode(b"\xff").decode(),
    ],
)
def test_a_token_that_the_list_never_gave_out_is_refused(token: str) -> None:
    with pytest.raises(RequestError) as refused:
        read_token(token, "names", PLACE)
    assert [fault.parameter for fault in refused.value.faults] == ["page_token"]


def test_a_number_that_is_infinite_is_no_key() -> None:
    with pytest.raises(RequestError):
        read_token(_token(["best", [float("inf"), 1]]), "best", TypeAdapter(tuple[float | None, int]))


def test_the_last_page_has_no_token() -> None:
    assert page_of([1, 2], 2, "numbers", int) == ([1, 2], None)


def test_a_page_that_is_not_the_last_has_the_token_of_its_end() -> None:
    page, token = page_of([1, 2, 3], 2, "numbers", int)
    assert page == [1, 2]
    assert read_token(token, "numbers", NUMBER_KEY) == 2
