"""No container engine runs in the tests: recipes are held to what they name. What they run is tested elsewhere."""

import re
import shlex
from typing import Any

import pytest
import typer.main
import yaml

from backend.cli.main import commands
from backend.settings.resources import ROOT
from backend.settings.settings import Settings

RECIPES = sorted((ROOT / "docker").glob("*.Dockerfile"))


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    composed: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    found: dict[str, Any] = composed["services"]
    return found


def test_there_are_database_broker_backend_and_workers_with_and_without_a_gpu(services: dict[str, Any]) -> None:
    assert set(services) == {"database", "broker", "backend", "worker", "gpu-worker"}
    assert services["gpu-worker"]["profiles"] == ["gpu"]


def test_every_setting_that_is_given_is_a_setting(services: dict[str, Any]) -> None:
    known = {f"AUTOLR_{name.upper()}" for name in Settings.model_fields}
    for name in ("backend", "worker", "gpu-worker"):
        assert set(services[name]["environment"]) <= known


def test_backend_and_workers_share_database_broker_and_data(services: dict[str, Any]) -> None:
    ours = [services[name] for name in ("backend", "worker", "gpu-worker")]
    for key in ("AUTOLR_DATABASE_URL", "AUTOLR_BROKER_URL", "AUTOLR_DATA_DIR"):
        assert len({service["environment"][key] for service in ours}) == 1
    assert {tuple(service["volumes"]) for service in ours} == {("data:/data",)}


def test_every_recipe_that_is_named_exists(services: dict[str, Any]) -> None:
    named = {service["build"]["dockerfile"] for service in services.values() if "build" in service}
    assert named == {f"docker/{recipe.name}" for recipe in RECIPES}


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_every_file_that_a_recipe_copies_exists_and_its_command_is_one_of_the_program(recipe: Any) -> None:
    lines = recipe.read_text(encoding="utf-8").splitlines()
    copied = [name for line in lines if line.startswith("COPY") for name in shlex.split(line)[1:-1]]
    assert copied
    assert all((ROOT / name).exists() for name in copied)
    (command,) = re.findall(r'^CMD \["autolr", "(\w+)"\]$', recipe.read_text(encoding="utf-8"), re.MULTILINE)
    group = typer.main.get_group(commands)
    assert command in group.commands
