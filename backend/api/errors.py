"""Every error as problem+json: what the use cases raise, what validation finds, what the framework refuses."""

import json
from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from backend.api.documents.errors import MEDIA_TYPE, ErrorDocument, Fault
from backend.api.openapi import methods_at
from backend.experiments.errors import IdempotencyConflict, InvalidOrder, NotFound, WrongState, json_pointer
from backend.experiments.faults import sentence
from backend.expressions.errors import ExpressionError
from backend.grammar.catalogue import UnknownGrammar
from backend.problems.catalogue import UnknownProblem

# What the framework itself refuses.
KINDS = {400: "unreadable-body", 404: "not-found", 405: "method-not-allowed", 413: "content-too-large"}


class RequestError(Exception):
    """The request cannot be answered; carries the status, one sentence, and the single faults."""

    def __init__(self, status: int, kind: str, detail: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__(detail)
        self.status = status
        self.kind = kind
        self.detail = detail
        self.faults = faults


class ErrorResponse(Response):
    """An error document as a reply."""

    media_type = MEDIA_TYPE

    def __init__(
        self,
        status: int,
        kind: str,
        detail: str,
        faults: Sequence[Fault] = (),
        headers: dict[str, str] | None = None,
    ) -> None:
        document = ErrorDocument(
            type=f"urn:autolr:error:{kind}",
            title=kind.replace("-", " ").capitalize(),
            status=status,
            detail=detail,
            errors=list(faults),
        )
        content = document.model_dump(mode="python")
        content["errors"] = [_without_nulls(fault) for fault in content["errors"]]
        # Escaped to ASCII: a fault may quote what the user sent, which need not be valid Unicode.
        super().__init__(json.dumps(content).encode("ascii"), status_code=status, headers=headers)


def _without_nulls(fault: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in fault.items() if value is not None or key == "detail"}


def install_error_handlers(app: FastAPI) -> None:
    """Let the app answer every error with an error document."""
    app.add_exception_handler(RequestError, _request_error)
    app.add_exception_handler(RequestValidationError, _invalid_request)
    app.add_exception_handler(InvalidOrder, _invalid_order)
    for unknown in (NotFound, UnknownGrammar, UnknownProblem):
        app.add_exception_handler(unknown, _not_found)
    app.add_exception_handler(WrongState, _wrong_state)
    app.add_exception_handler(ExpressionError, _unreadable)
    app.add_exception_handler(IdempotencyConflict, _idempotency_conflict)
    for away in (OperationalError, PoolTimeout):
        app.add_exception_handler(away, _database_away)
    app.add_exception_handler(HTTPException, _refused_by_framework)
    app.add_exception_handler(Exception, _unexpected)


def _request_error(_request: Request, error: Any) -> Response:
    return ErrorResponse(error.status, error.kind, error.detail, error.faults)


def _invalid_order(_request: Request, error: Any) -> Response:
    faults = [Fault(pointer=fault.pointer, detail=fault.detail) for fault in error.errors]
    return ErrorResponse(422, "invalid-request", str(error), faults)


def _not_found(_request: Request, error: Any) -> Response:
    return ErrorResponse(404, "not-found", str(error))


def _wrong_state(_request: Request, error: Any) -> Response:
    return ErrorResponse(409, "wrong-state", str(error))


def _unreadable(_request: Request, error: Any) -> Response:
    """A stored phenotype may nest too deeply for the language: it could not be trained, nor can it be shown."""
    return ErrorResponse(422, "invalid-request", f"This phenotype cannot be read. {error}")


def _idempotency_conflict(_request: Request, error: Any) -> Response:
    return ErrorResponse(409, "idempotency-conflict", str(error))


def _database_away(_request: Request, _error: Any) -> Response:
    detail = "The database does not answer at the moment; nothing was changed. Try again."
    return ErrorResponse(503, "unavailable", detail, headers={"Retry-After": "2"})


def _unexpected(_request: Request, _error: Any) -> Response:
    detail = "Something went wrong that should not have; the server's log has the details."
    return ErrorResponse(500, "internal-error", detail)


def _refused_by_framework(request: Request, error: Any) -> Response:
    kind = KINDS.get(error.status_code, "refused")
    sentences = {
        404: f"There is nothing at {request.url.path}.",
        405: f"{request.method} is not possible at {request.url.path}.",
        413: "The body is too large.",
        400: "The body cannot be read.",
    }
    detail = sentences.get(error.status_code, str(error.detail))
    headers = dict(error.headers) if error.headers else {}
    if error.status_code == 405 and (methods := methods_at(request.app, request.url.path)):
        # The framework names only those of the first route that it tried.
        headers["Allow"] = ", ".join(methods)
    return ErrorResponse(error.status_code, kind, detail, headers=headers)


def _invalid_request(_request: Request, error: Any) -> Response:
    found = error.errors()
    if any(fault["type"] == "json_invalid" for fault in found):
        reason = found[0].get("ctx", {}).get("error", "it is not JSON")
        detail = f"The body is not valid JSON: {reason} (at character {found[0]['loc'][-1]})."
        return ErrorResponse(400, "invalid-json", detail)
    faults = [_fault(fault) for fault in found]
    detail = "; ".join(f"{_place(fault)}: {fault.detail}" for fault in faults)
    return ErrorResponse(422, "invalid-request", detail, faults)


def _fault(found: Any) -> Fault:
    place, *path = found["loc"]
    detail = sentence(found)
    if place == "body":
        return Fault(pointer=json_pointer(path), detail=detail)
    return Fault(parameter=str(path[0]) if path else str(place), detail=detail)


def _place(fault: Fault) -> str:
    """Return where a fault stands as people write it: runs.0.seed."""
    return (fault.pointer or "").strip("/").replace("/", ".") or fault.parameter or "body"
