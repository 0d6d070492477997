"""The command that makes a run again."""

import json
import shlex

from pydantic import JsonValue

from backend.experiments.configuration import Configuration
from backend.experiments.differences import Difference, differences
from backend.experiments.imported import is_imported
from backend.experiments.presets import load_preset, preset_names
from backend.store.tables import Experiment, Run

_GENERATIONS = "search.generations"
# What follows a search changes nothing about its runs.
_AFTERWARDS = "benchmark"


def reproduce(experiment: Experiment, run: Run) -> str | None:
    """Return the command: a preset, what differs from it, the run's seed; None for an imported run, which has none.

    An experiment of no preset, or of one that is gone, is told as differing from the quickest.
    """
    if is_imported(experiment):
        return None
    known = preset_names()
    name = experiment.preset if experiment.preset in known else known[0]
    changed = differences(load_preset(name).configuration, Configuration.model_validate(experiment.configuration))
    words = ["autolr", "run", name, "--seed", str(run.seed)]
    if run.generations != experiment.configuration["search"]["generations"]:
        # It was extended, or stopped and then extended: this many make the same run at once.
        changed = (*(each for each in changed if each.field != _GENERATIONS), _extended(run))
    for difference in changed:
        if difference.field.split(".")[0] == _AFTERWARDS:
            continue
        words += ["--set", f"{difference.field}={_as_text(difference.value)}"]
    return shlex.join(words)


def _extended(run: Run) -> Difference:
    return Difference(_GENERATIONS, None, run.generations)


def _as_text(value: JsonValue) -> str:
    return value if isinstance(value, str) else json.dumps(value)
