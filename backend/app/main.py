"""The composition root of the web process."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import FastAPI

from backend.api.errors import install_error_handlers
from backend.api.feed import EventFeed
from backend.api.openapi import DESCRIPTION, VERSION, install_description, operation_id
from backend.api.router import PREFIX, api_router
from backend.api.routes.imports import LARGEST_ARCHIVE
from backend.api.services import Services
from backend.app.body_limit import BodyLimit
from backend.app.health import health_router
from backend.app.metrics import Metrics, RequestDurations
from backend.app.origin import OwnOrigin
from backend.app.reconciler import Reconciler
from backend.app.security import SecurityHeaders
from backend.dispatch.celery_sender import CelerySender
from backend.dispatch.sender import Sender
from backend.pages.routes import add_pages
from backend.settings.settings import Settings
from backend.store.database import Database

# A grammar of one's own has up to 200,000 characters, each of which may be written as up to 12.
LARGEST_BODY = 4_000_000
LARGER_BODIES = {f"{PREFIX}/imports": LARGEST_ARCHIVE}


def create_app(settings: Settings, sender: Sender | None = None) -> FastAPI:
    """Return the web application; `sender` stands in for the broker's, for tests and dry runs.

    The database has to be migrated before requests come (`backend.store.migrate.upgrade`); until then it is not ready.
    """
    database = Database(settings.database_url)
    services = Services(settings, database, sender or CelerySender(settings), EventFeed(database))
    metrics = Metrics(database)
    app = _described_app(_lifespan(services))
    app.state.services = services
    # The last one added is the first to see a request.
    app.add_middleware(BodyLimit, largest=LARGEST_BODY, larger=LARGER_BODIES)
    app.add_middleware(OwnOrigin, names=_names(settings))
    app.add_middleware(RequestDurations, metrics=metrics)
    app.add_middleware(SecurityHeaders)
    app.include_router(api_router())
    app.include_router(health_router(metrics))
    install_error_handlers(app)
    # Last: pages know the error handlers that there are.
    add_pages(app, settings, database)
    return app


def _described_app(lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]]) -> FastAPI:
    app = FastAPI(
        title="AutoLR",
        version=VERSION,
        description=DESCRIPTION,
        openapi_url=f"{PREFIX}/openapi.json",
        # Their pages come from other servers; openapi.json is what programs read.
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=operation_id,
        lifespan=lifespan,
    )
    install_description(app)
    return app


def _names(settings: Settings) -> tuple[str, ...]:
    configured = (name.strip() for name in settings.allowed_hosts.split(","))
    return (settings.host, *(name for name in configured if name))


def _lifespan(services: Services) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        reader = asyncio.create_task(services.feed.run())
        with Reconciler(services.database, services.sender, services.settings.reconcile_seconds):
            yield
        services.feed.close()
        # Not cancelled: a thread of it may be reading, on a connection that it must give back.
        await reader
        if isinstance(services.sender, CelerySender):
            services.sender.close()
        services.database.close()

    return lifespan
