"""What `autolr benchmark --plan` says of a benchmark that nobody has started."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from backend.api.documents.benchmark_previews import BenchmarkPreviewDocument, benchmark_preview_document
from backend.cli.opening import current_database, missing_database, upgraded_database
from backend.cli.output import out, print_fields, print_json, print_table, text
from backend.experiments.benchmark_configuration import BenchmarkOrder
from backend.experiments.benchmark_preview import preview_benchmark
from backend.settings.settings import Settings
from backend.store.database import Database

_COLUMNS = ("contender", "finalist", "searched", "tuned", "source")
_STAGES = {"tuning": "tuning", "trials": "first round", "confirmation": "confirmation, at most"}


def print_plan(settings: Settings, order: BenchmarkOrder, as_json: bool) -> None:
    """Print what the order would cost and could show; nothing is started, and nothing is stored."""
    with _database(settings) as database, database.read() as session:
        plan = benchmark_preview_document(preview_benchmark(session, order))
    if as_json:
        print_json(plan.model_dump(mode="json"))
    else:
        _print(plan)


@contextmanager
def _database(settings: Settings) -> Iterator[Database]:
    """Open the database; where there is none yet, an empty one that is gone afterwards: a plan makes nothing."""
    if missing_database(settings) is None:
        with current_database(settings) as database:
            yield database
        return
    with TemporaryDirectory() as folder:
        elsewhere = settings.model_copy(update={"database_url": f"sqlite:///{Path(folder) / 'plan.db'}"})
        with upgraded_database(elsewhere) as database:
            yield database


def _print(plan: BenchmarkPreviewDocument) -> None:
    print_table(
        _COLUMNS,
        [
            [each.label, "yes" if each.finalist else "", each.searched or None, each.trainings or None, each.source]
            for each in plan.entrants
        ],
    )
    out.print()
    minutes = None if plan.seconds_estimate is None else f"about {plan.seconds_estimate / 60:.3g} min"
    print_fields(
        {
            **{_STAGES[stage.name]: f"{stage.trainings} trainings" for stage in plan.stages},
            "all": f"at most {plan.trainings} trainings",
            "time": f"{minutes or 'not known'} ({plan.estimate_basis})",
            "comparisons": plan.comparisons,
            "smallest p": plan.smallest_p,
        }
    )
    for warning in plan.warnings:
        out.print(f"! {text(warning)}", soft_wrap=True)
