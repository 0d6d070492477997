import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from backend.api.launched import launched
from backend.store.database import Database


class First:
    """An order that somebody else has made at the same moment: the second look finds it."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, session: Session) -> str:
        self.asked += 1
        if self.asked == 1:
            raise IntegrityError("INSERT", {}, Exception("the key is there"))
        return "theirs"


def test_who_comes_second_with_the_same_key_gets_what_the_first_one_made(database: Database) -> None:
    order = First()
    assert launched(database, "a key", order) == "theirs"
    assert order.asked == 2


def test_without_a_key_a_conflict_is_an_error(database: Database) -> None:
    order = First()
    with pytest.raises(IntegrityError):
        launched(database, None, order)
    assert order.asked == 1
