"""The addresses of the pages."""

import httpx
import pytest

from backend.settings.settings import Settings
from tests.backend.experiments.farm import order, rules_order
from tests.backend.serving import Serving


def test_a_run_and_its_individuals_have_pages(served: Serving, client: httpx.Client) -> None:
    run = served.evolved(order()).runs[0]
    assert f'data-run="{run.id}"' in client.get(f"/runs/{run.id}").text
    assert 'data-individual="1"' in client.get("/individuals/1").text


def test_pages_know_what_evolves(served: Serving, client: httpx.Client) -> None:
    served.farm.launch(order())
    served.farm.launch(rules_order())
    for number, kind in ((1, "schedule"), (2, "update_rule")):
        assert f'data-evolves="{kind}"' in client.get(f"/runs/{number}").text
    assert 'id="rates"' in client.get("/individuals/1").text
    assert 'id="response"' in client.get("/individuals/7").text


@pytest.mark.parametrize("path", ["/runs/17", "/individuals/17", f"/runs/{10**30}", "/runs/first", "/individuals/-1"])
def test_what_does_not_exist_is_not_found(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_launch_form_has_an_input_for_every_field_of_the_model(client: httpx.Client) -> None:
    text = client.get("/launch").text
    for pointer in ("/search/population_size", "/training/epochs", "/fitness/floor", "/problem", "/evolves", "/seeds"):
        assert f'data-pointer="{pointer}"' in text


def test_the_settings_page_shows_the_resolved_settings(serving_settings: Settings, client: httpx.Client) -> None:
    text = client.get("/settings").text
    assert "AUTOLR_DATABASE_URL" in text
    assert str(serving_settings.port) in text


def test_pages_are_no_part_of_the_apis_description(client: httpx.Client) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert "/launch" not in paths
    assert "/runs/{run_id}" not in paths
