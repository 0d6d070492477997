"""For those who keep the process running: is it alive, can it answer, what are its numbers."""

from typing import Literal

from fastapi import APIRouter
from fastapi.responses import Response
from sqlalchemy.exc import SQLAlchemyError

from backend.api.documents.document import Document, with_example
from backend.api.errors import RequestError
from backend.api.failures import failures
from backend.api.services import UsesDatabase
from backend.app.metrics import Metrics
from backend.store.database import Database
from backend.store.migrate import is_current


class Health(Document):
    """All is well."""

    model_config = with_example({"status": "ok"})

    status: Literal["ok"] = "ok"


def health_router(metrics: Metrics) -> APIRouter:
    """Return the routes outside the API's prefix."""
    router = APIRouter(tags=["operation"])

    @router.get("/healthz")
    def get_health() -> Health:
        """Say that the process is alive."""
        return Health()

    @router.get("/readyz", responses=failures(503))
    def get_readiness(database: UsesDatabase) -> Health:
        """Say whether the database answers and has the tables of this version."""
        reason = _why_not_ready(database)
        if reason is not None:
            raise RequestError(503, "not-ready", reason)
        return Health()

    @router.get(
        "/metrics",
        response_class=Response,
        responses={200: {"content": {"text/plain": {"example": "autolr_workers_alive 2.0\n"}}}, **failures(503)},
    )
    def get_metrics() -> Response:
        """Get the numbers in Prometheus's text format."""
        return metrics.response()

    return router


def _why_not_ready(database: Database) -> str | None:
    try:
        return None if is_current(database) else "The database has not the tables of this version: autolr db upgrade."
    except SQLAlchemyError:
        return "The database does not answer."
