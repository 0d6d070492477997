"""What the routes work with; the app puts it there when it is made."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from backend.api.feed import EventFeed
from backend.dispatch.sender import Sender
from backend.settings.settings import Settings
from backend.store.database import Database


@dataclass(frozen=True)
class Services:
    """The parts of the process that replies need."""

    settings: Settings
    database: Database
    sender: Sender
    feed: EventFeed


def services(request: Request) -> Services:
    """Return the services of the app that answers."""
    found = request.app.state.services
    assert isinstance(found, Services)
    return found


def database(request: Request) -> Database:
    """Return the app's database."""
    return services(request).database


UsesServices = Annotated[Services, Depends(services)]
UsesDatabase = Annotated[Database, Depends(database)]
