"""The document of every error: problem details as RFC 9457 has them, media type `application/problem+json`."""

from pydantic import Field

from backend.api.documents.document import Document, with_example

MEDIA_TYPE = "application/problem+json"


class Fault(Document):
    """One thing that is wrong with the request, and where."""

    pointer: str | None = Field(
        None, description="JSON pointer into the body", examples=["/overrides/search/population_size"]
    )
    parameter: str | None = Field(
        None, description="name of the query, path or header parameter", examples=["page_size"]
    )
    line: int | None = Field(None, description="line in the text at the pointer, from 1")
    column: int | None = Field(None, description="column in that line, from 1")
    detail: str = Field(description="what is wrong and what is allowed, in plain words")


class ErrorDocument(Document):
    """Why the request was refused."""

    model_config = with_example(
        {
            "type": "urn:autolr:error:invalid-request",
            "title": "Invalid request",
            "status": 422,
            "detail": "overrides.search.population_size: must be greater than or equal to 1 (given: 0)",
            "errors": [
                {
                    "pointer": "/overrides/search/population_size",
                    "detail": "must be greater than or equal to 1 (given: 0)",
                }
            ],
        }
    )

    type: str = Field(description="stable name of the kind of error", examples=["urn:autolr:error:not-found"])
    title: str = Field(description="the kind of error in words", examples=["Not found"])
    status: int = Field(description="the HTTP status", examples=[404])
    detail: str = Field(description="what happened, in one plain sentence", examples=["There is no run 17."])
    errors: list[Fault] = Field(default_factory=list, description="every fault found, and where")
