"""The real application held against its own description: generated requests, good and bad, on every operation."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance, unsupported_method

from backend.settings.resources import ROOT
from backend.settings.settings import load_settings
from tests.backend.experiments.farm import order, rules_order
from tests.backend.serving import serving

# Events are a stream without an end; tests of their own read them.
schema = schemathesis.openapi.from_path(ROOT / "docs" / "openapi.json").exclude(path="/api/v1/events")
# A generated body may be larger than any that is read; to say so is to refuse it, too.
schema.config.checks.negative_data_rejection.expected_statuses.append("413")


@schemathesis.serializer("application/zip")  # type: ignore[untyped-decorator] # schemathesis publishes no types
def archive(_context: object, value: object) -> bytes:
    """Bytes of any kind in place of an archive: none of them is one."""
    return value if isinstance(value, bytes) else str(value).encode(errors="replace")


@pytest.fixture(scope="module")
def base_url(migrated_sqlite_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with a finished run of each kind, so that the first ids exist."""
    folder = tmp_path_factory.mktemp("contract")
    file = shutil.copy(migrated_sqlite_file, folder / "autolr.db")
    own = load_settings(data_dir=folder, database_url=f"sqlite:///{file}", reconcile_seconds=3600.0)
    with serving(own) as served:
        served.evolved(order())
        served.evolved(rules_order())
        yield str(served.client.base_url)


@schema.parametrize()  # type: ignore[untyped-decorator] # schemathesis publishes no types
@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_one_that_the_description_promises(case: schemathesis.Case, base_url: str) -> None:
    if isinstance(case.body, dict) and case.body.get("runs") in range(3, 1001):
        case.body["runs"] = 2  # as allowed as a thousand, and sooner done
    case.headers["X-AutoLR"] = "1"
    # A schema cannot say which page tokens, grammars or presets there are.
    excluded = [positive_data_acceptance]
    if case.path.endswith(("/check", "/preview")):
        # Asked with GET, these words are names and ids that do not exist.
        excluded.append(unsupported_method)
    answer = case.call_and_validate(base_url=base_url, timeout=20, excluded_checks=excluded)
    assert answer.status_code < 500
