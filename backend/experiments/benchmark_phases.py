"""How a benchmark goes: how everybody is trained, how constants are tuned, and what is tried again."""

from typing import Literal

from pydantic import Field, ValidationInfo, field_validator

from backend.experiments.configuration import BatchSize, Epochs, PartSize, Patience, Strict
from backend.phenotypes.expression_constants import USUAL_REACH

# Trainings of one contender's tuning on one problem.
MOST_TRAININGS = 100_000


class Protocol(Strict):
    """How every contender is trained."""

    optimizer: Literal["sgd", "adam"] = Field("sgd", description="what schedules set the rate of")
    epochs: Epochs = 20
    batch_size: BatchSize = 128
    patience: Patience = None
    keep: Literal["last", "best_loss", "best_accuracy"] | None = Field(
        None,
        description="which epoch's weights are scored; empty: best validation accuracy, or the last without validation",
    )
    scored: Literal["test", "fitness"] | None = Field(
        None, description="the part that trials are scored on; empty: test, or fitness where a problem has no test part"
    )
    new_data: bool = Field(
        False, description="each trial on data drawn or divided anew: to choose finalists on, without the test part"
    )
    train: PartSize = Field(
        None,
        description="training samples; empty: the problem's own; more than these: of all but the test part, so that "
        "no fitness part is left",
    )
    validation: PartSize = Field(None, description="validation samples; empty: the problem's own; more: as for train")


class Confirmation(Strict):
    """What differs in the first round is tried again before it is believed."""

    trials: int = Field(10, ge=2, le=1000, description="trials of each contender, on fresh seeds")
    new_data: bool = Field(True, description="also on data drawn anew, or divided anew where they cannot be drawn")


class Race(Strict):
    """The best constants of a tuning are trained again on fresh seeds, and the best of them by the mean is kept."""

    best: int = Field(5, ge=2, le=100, description="how many different constants are raced")
    trainings: int = Field(10, ge=1, le=1000, description="of each, on seeds that are common to all that are raced")
    new_data: bool = Field(
        True, description="each on data drawn or divided anew; never where that would touch test samples"
    )


class Tuning(Strict):
    """Better constants for the contenders, before the trials; it never sees test samples."""

    trainings: int = Field(
        20, ge=1, le=MOST_TRAININGS, description="of each contender on each problem; the first has the usual constants"
    )
    budget: Literal["equal_total", "equal_tuning"] = Field(
        "equal_total",
        description="equal_total: the main rivals have as many trainings as search and tuning of the finalist took "
        "together, and always take part; equal_tuning, as published and easier for what was evolved: all the same",
    )
    seeds: int = Field(1, ge=1, le=100, description="trainings of the same constants; the mean counts")
    new_data: bool = Field(
        False,
        description="each of these but the first on data drawn or divided anew, the same for all; never where that "
        "would touch test samples",
    )
    score: Literal["validation", "fitness"] = Field(
        "validation", description="the part that tells which constants are best; fitness: as a search has it"
    )
    race: Race | None = Field(None, description="its trainings are part of `trainings`, at most half; empty: none")
    by_chance: int = Field(10, ge=0, le=1000, description="trainings with constants drawn at random; then guided ones")
    batch: int = Field(8, ge=1, le=100, description="guided trainings of a contender that are asked for at once")
    ranges: Literal["sensible", "published"] = Field(
        "sensible",
        description="where constants are looked for: each constant's own range and scale, or evenly from 0 to 1 (ALR)",
    )
    reach: float = Field(
        USUAL_REACH,
        gt=1,
        le=1e6,
        description="how many times larger or smaller the constants of what evolved, or was typed in, may become, in "
        "sensible ranges",
    )
    epochs: int | None = Field(
        None, ge=1, le=100_000, description="planned epochs of a training; empty: the protocol's"
    )

    @field_validator("new_data")
    @classmethod
    def _has_a_seed_for_it(cls, wanted: bool, others: ValidationInfo) -> bool:
        # Seeds that are wrong themselves are not among the others.
        if wanted and others.data.get("seeds", 2) < 2:
            raise ValueError("needs two seeds or more: the first is on the problem's own data")
        return wanted
