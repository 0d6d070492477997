"""Parameters that many routes share, with their bounds: a database holds ids of 64 bits and no NUL."""

from typing import Annotated, Literal

from fastapi import Depends, Header, Path, Query, Request

from backend.api.documents.errors import Fault
from backend.api.errors import RequestError
from backend.experiments.configuration import Text

LARGEST_ID = 2**63 - 1

RunId = Annotated[int, Path(ge=1, le=LARGEST_ID, examples=[1])]
ExperimentId = Annotated[int, Path(ge=1, le=LARGEST_ID, examples=[1])]
IndividualId = Annotated[int, Path(ge=1, le=LARGEST_ID, examples=[44])]
EvaluationId = Annotated[int, Path(ge=1, le=LARGEST_ID, examples=[61])]
NameInPath = Annotated[Text, Path(max_length=100)]
SearchText = Annotated[Text | None, Query(max_length=200, description="part of a name, preset or problem")]


def _refuse_unknown(request: Request) -> None:
    """Refuse query parameters that are not described: a typing error must not change the answer silently."""
    known = _query_parameters(request).get(request.scope["route"].name, frozenset())
    unknown = [name for name in request.query_params if name not in known]
    if unknown:
        allowed = f"allowed are {', '.join(sorted(known))}" if known else "there are none here"
        faults = [Fault(parameter=name, detail=f"is no parameter of this address; {allowed}") for name in unknown]
        raise RequestError(422, "invalid-request", f"Unknown query parameter {unknown[0]!r}; {allowed}.", faults)


def _query_parameters(request: Request) -> dict[str, frozenset[str]]:
    """Return the names of the query parameters of every operation, as the API's own description has them."""
    state = request.app.state
    if not hasattr(state, "query_parameters"):
        state.query_parameters = {
            operation["operationId"]: frozenset(
                parameter["name"] for parameter in operation.get("parameters", ()) if parameter["in"] == "query"
            )
            for path in request.app.openapi()["paths"].values()
            for operation in path.values()
        }
    found: dict[str, frozenset[str]] = state.query_parameters
    return found


def _sent_on_purpose(
    x_autolr: Annotated[
        Literal["1"] | None,
        Header(alias="X-AutoLR", description="needed where no JSON is sent: no other site can send it in your name"),
    ] = None,
) -> None:
    """Describe the header; the app looks at it before any route does."""


SentOnPurpose = Depends(_sent_on_purpose)
RefuseUnknownParameters = Depends(_refuse_unknown)
