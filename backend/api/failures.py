"""How the API's description says what can go wrong with an operation."""

from typing import Any

from backend.api.documents.errors import MEDIA_TYPE

_MEANINGS = {
    400: "The request cannot be read.",
    403: "The request comes from another site.",
    404: "There is no such thing.",
    409: "It is impossible in the present state, or the Idempotency-Key was used for another order.",
    413: "The body is too large.",
    415: "The body is of another kind than what is taken here.",
    422: "Something in the request is not allowed; `errors` says what and where.",
    503: "The database does not answer.",
}


def failures(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the descriptions of these statuses, for an operation's `responses`."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ErrorDocument"}}}
    return {status: {"description": _MEANINGS[status], "content": content} for status in statuses}


# What every operation may answer.
ALWAYS = failures(400, 422, 503)
# What every operation that changes something may answer.
WRITING = failures(403, 409, 413)
