"""The API's description: stable operation ids, error documents, an example of every document."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from starlette.routing import compile_path

from backend.api.documents.document import Document
from backend.api.documents.errors import ErrorDocument

# Of the API, not of the program: it changes when the description does.
VERSION = "1.0.0"
DESCRIPTION = (
    "Evolve learning-rate schedules and update rules, watch it live, take the best with you. Everything that the pages "
    "show and do is here. "
    "Lists are `{items, next_page_token}`. Errors are problem details (RFC 9457). A request that changes something "
    "carries JSON or the header `X-AutoLR: 1`, so that no other site can send it in your name."
)


def operation_id(route: APIRoute) -> str:
    """Return the route function's name: it stays when paths or methods change."""
    return route.name


def install_description(app: FastAPI) -> None:
    """Let the app describe itself with error documents and examples."""

    def describe() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _described(app)
        return app.openapi_schema

    app.openapi = describe  # type: ignore[method-assign] # as FastAPI's documentation extends OpenAPI


def methods_at(app: FastAPI, path: str) -> list[str]:
    """Return the methods that the description has for an address, none if it is not described."""
    paths: dict[str, dict[str, Any]] = app.openapi()["paths"]
    # The address as it is wins over one with a parameter in its place.
    for template in (path, *paths):
        if template in paths and compile_path(template)[0].match(path):
            return [method.upper() for method in paths[template]]
    return []


def _described(app: FastAPI) -> dict[str, Any]:
    schema = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    schemas = schema["components"]["schemas"]
    reference = "#/components/schemas/{model}"
    error = ErrorDocument.model_json_schema(ref_template=reference, mode="serialization")
    schemas |= error.pop("$defs") | {"ErrorDocument": error}
    for document in _documents(Document):
        # FastAPI drops what is null, also from examples, where null is what a client has to expect.
        if document.__name__ in schemas and (extra := document.model_config.get("json_schema_extra")):
            schemas[document.__name__] |= extra
    for content in _contents(schema):
        example = _example(content.get("schema", {}), schemas)
        if example is not None and not content.keys() & {"example", "examples"}:
            content["example"] = example
    return schema


def _documents(kind: type[Document]) -> Iterator[type[Document]]:
    for each in kind.__subclasses__():
        yield each
        yield from _documents(each)


def _contents(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every described body and reply."""
    for path in schema["paths"].values():
        for operation in path.values():
            yield from operation.get("requestBody", {}).get("content", {}).values()
            for response in operation["responses"].values():
                yield from response.get("content", {}).values()


def _example(schema: dict[str, Any], schemas: dict[str, Any]) -> Any:
    """Return the example that a document brings, or, for a list of documents, a page of one."""
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rsplit("/", 1)[-1]]
    if "examples" in schema:
        return schema["examples"][0]
    items = schema.get("properties", {}).get("items", {}).get("items")
    if items is None:
        return None
    return {"items": [_example(items, schemas)], "next_page_token": None}
