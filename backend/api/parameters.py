"""Parameters that many routes share, with their bounds: a database holds ids of 64 bits and no NUL."""

from typing import Annotated, Literal

from fastapi import Depends, Header, Path, Query, Request
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from backend.api.documents.errors import Fault
from backend.api.errors import RequestError
from backend.experiments.configuration import Text

LARGEST_ID = 2**63 - 1

RunId = Annotated[int, Path(ge=1, le=LARGEST_ID, examples=[1])]
ExperimentId = Annotated[int, Path(ge=1, le=LARGEST_ID, examples=[1])]
IndividualId = Annotated[int, Path(ge=1, le=LARGEST_ID, examples=[44])]
BenchmarkId = Annotated[int, Path(ge=1, le=LARGEST_ID, examples=[1])]
EvaluationId = Annotated[int, Path(ge=1, le=LARGEST_ID, examples=[61])]
NameInPath = Annotated[Text, Path(max_length=100)]
SearchText = Annotated[Text | None, Query(max_length=200, description="part of a name, preset or problem")]


# Names of the query parameters of each operation, as far as they were needed yet. Routes never change.
_known: dict[str, frozenset[str]] = {}


def _refuse_unknown(request: Request) -> None:
    """Refuse query parameters that are not described: a typing error must not change the answer silently."""
    known = _query_parameters(request.scope["route"])
    unknown = [name for name in request.query_params if name not in known]
    if unknown:
        allowed = f"allowed are {', '.join(sorted(known))}" if known else "there are none here"
        faults = [Fault(parameter=name, detail=f"is no parameter of this address; {allowed}") for name in unknown]
        raise RequestError(422, "invalid-request", f"Unknown query parameter {unknown[0]!r}; {allowed}.", faults)


def _query_parameters(route: APIRoute) -> frozenset[str]:
    """Return the names of a route's query parameters, taken from its own description."""
    if route.name not in _known:
        paths = get_openapi(title="", version="", routes=[route])["paths"]
        operations = (operation for path in paths.values() for operation in path.values())
        described = (parameter for operation in operations for parameter in operation.get("parameters", ()))
        _known[route.name] = frozenset(each["name"] for each in described if each["in"] == "query")
    return _known[route.name]


def _sent_on_purpose(
    x_autolr: Annotated[
        Literal["1"] | None,
        Header(alias="X-AutoLR", description="needed where no JSON is sent: no other site can send it in your name"),
    ] = None,
) -> None:
    """Describe the header; the app looks at it before any route does."""


SentOnPurpose = Depends(_sent_on_purpose)
RefuseUnknownParameters = Depends(_refuse_unknown)
