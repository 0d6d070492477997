import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator

from backend.app.describe import description
from backend.settings.resources import ROOT

KEPT = ROOT / "docs" / "openapi.json"


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8"))
    return found


def _operations(described: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in described["paths"].values():
        yield from path.values()


def _contents(described: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for operation in _operations(described):
        bodies = {"requestBody": operation["requestBody"]} if "requestBody" in operation else {}
        for place, body in {**bodies, **operation["responses"]}.items():
            for media_type, content in body.get("content", {}).items():
                yield f"{operation['operationId']} {place}", media_type, content


def test_the_kept_description_is_that_of_the_code(data_dir: Path) -> None:
    """If this fails: python -m backend.app.describe > docs/openapi.json, and look at what the change breaks."""
    assert description() == KEPT.read_text(encoding="utf-8")


def test_every_operation_has_a_name_of_its_own(described: dict[str, Any]) -> None:
    names = [operation["operationId"] for operation in _operations(described)]
    assert len(names) == len(set(names))
    assert {"list_runs", "get_run", "stop_run", "create_experiment", "watch_events"} <= set(names)


def test_every_operation_says_what_it_does(described: dict[str, Any]) -> None:
    assert all(operation["description"] for operation in _operations(described))


def test_every_error_is_described_as_an_error_document(described: dict[str, Any]) -> None:
    for operation in _operations(described):
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                assert list(response["content"]) == ["application/problem+json"]
    assert "HTTPValidationError" not in described["components"]["schemas"]


def test_every_body_and_reply_has_an_example_that_fits_it(described: dict[str, Any]) -> None:
    for place, media_type, content in _contents(described):
        examples = [each["value"] for each in content.get("examples", {}).values()] or [content["example"]]
        if not media_type.endswith("json"):
            continue
        validator = Draft202012Validator({**content["schema"], "components": described["components"]})
        for example in examples:
            assert not [error.message for error in validator.iter_errors(example)], place
