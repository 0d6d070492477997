"""A run in one flat document of plain values: what the terminal prints and scripts read."""

from dataclasses import asdict

from pydantic import JsonValue
from sqlalchemy.orm import Session

from backend.experiments.errors import NotFound
from backend.experiments.overview import RunOverview, overviews
from backend.experiments.savings import savings
from backend.store.lists import run_in_experiment

_LEFT_OUT = ("configuration", "fitness_by_generation", "imported", "benchmarks")


def run_document(session: Session, run_id: int) -> dict[str, JsonValue]:
    """Return the run as a JSON object; `NotFound` if there is none."""
    row = run_in_experiment(session, run_id)
    if row is None:
        raise NotFound("run", run_id)
    saved = savings(session, run_id)
    shares = {"share": saved.share, "share_of_text_cache": saved.share_of_text_cache}
    return {**as_document(overviews(session, [row])[0]), "savings": {**asdict(saved), **shares}}


def as_document(overview: RunOverview) -> dict[str, JsonValue]:
    """Return an overview as a JSON object."""
    kept = {name: value for name, value in asdict(overview).items() if name not in _LEFT_OUT}
    configuration, imported = overview.configuration, overview.imported
    return {
        **kept,
        "evolves": configuration.evolves,
        "problem": configuration.problem,
        "grammar": overview.grammar,
        "imported_generations": imported.generations if imported else 0,
        "benchmarks": [
            {"id": each.id, "name": each.name, "state": each.state, "message": each.message, "headline": each.headline}
            for each in overview.benchmarks
        ],
    }
