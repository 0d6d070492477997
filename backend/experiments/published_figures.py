"""Figures that were published for what a preset compares: shown beside our own, never computed with."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from backend.experiments.benchmark_configuration import BenchmarkConfiguration, Label
from backend.experiments.configuration import Name, Strict, Text

Share = Annotated[float, Field(ge=0.0, le=1.0)]


class PublishedFigure(Strict):
    """The mean of a contender's trials on a part of a problem. Accuracies are shares, 0 to 1, not percents."""

    contender: Label = Field(description="the label of a contender of the preset")
    problem: Name = Field(description="one of the preset's problems")
    part: Literal["validation", "test", "fitness"] = Field(description="what the accuracy was measured on")
    mean: Share
    sd: Share | None = Field(None, description="standard deviation of the trials; empty: not published")
    n: int | None = Field(None, ge=1, le=1_000_000, description="trials; empty: not published")


class Published(Strict):
    """Published figures and where they stand: where the protocol differs from the preset's, `source` says how."""

    source: Annotated[Text, Field(min_length=1, max_length=500)]
    word: Literal["published", "recomputed"] = Field(
        "published", description="what tables call them; recomputed: by others than the authors, from their files"
    )
    figures: Annotated[tuple[PublishedFigure, ...], Field(min_length=1, max_length=1000, strict=False)]

    @model_validator(mode="after")
    def _no_figure_twice(self) -> Self:
        places = [(each.contender, each.problem, each.part) for each in self.figures]
        for place in places:
            if places.count(place) > 1:
                contender, problem, part = place
                raise ValueError(f"figures give {contender!r} on the {part} part of {problem} twice")
        return self

    def check(self, declared: BenchmarkConfiguration) -> None:
        """Raise ValueError for a figure of a contender or on a problem that the declaration does not have."""
        labels = [member.label for each in declared.contenders for member in each.members]
        for each in self.figures:
            if each.contender not in labels:
                raise ValueError(
                    f"published figures name {each.contender!r}, which is no contender; there are {', '.join(labels)}"
                )
            if each.problem not in declared.problems:
                known = ", ".join(declared.problems)
                raise ValueError(
                    f"published figures are on {each.problem!r}, which is no problem here; there are {known}"
                )

    def of(self, labels: tuple[str, ...], problems: tuple[str, ...]) -> tuple[PublishedFigure, ...]:
        """Return the figures of these contenders on these problems: a preset may have been changed when it was used."""
        return tuple(each for each in self.figures if each.contender in labels and each.problem in problems)
