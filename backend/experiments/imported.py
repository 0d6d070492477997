"""What is known of an experiment that was imported from the original AutoLR; of any other, nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from backend.originals.not_taken_over import NotTakenOver
from backend.store.tables import Experiment, Run

# What such an experiment's origin says of itself.
IMPORT = "import"


@dataclass(frozen=True)
class Imported:
    """How many generations of a run the original made, and what was not taken over."""

    generations: int
    not_taken_over: tuple[NotTakenOver, ...]


def is_imported(experiment: Experiment) -> bool:
    """Whether the experiment came from files of the original."""
    return (experiment.origin or {}).get("kind") == IMPORT


def imported(experiment: Experiment, run: Run) -> Imported | None:
    """Return what is known of an imported run, None for one that was evolved here."""
    if not is_imported(experiment):
        return None
    origin: Mapping[str, Any] = experiment.origin or {}
    return Imported(origin["generations"][run.index], tuple(NotTakenOver(**each) for each in origin["not_taken_over"]))
