"""What a tuning came to: the constants that a contender is tried with, and what to be wary of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backend.benchmarks.edges import Edge
from backend.benchmarks.scores import Score
from backend.benchmarks.tuning import Raced, Space, Told, best

# So close to an end of its range, as a share of it on its own scale, a value lies at the edge.
_EDGE = 0.02


@dataclass(frozen=True)
class Spent:
    """The trainings that a tuning has had: all, those that failed, and on how many seeds the race was; 0: no race."""

    trainings: int
    failed: int
    seeds_of_race: int = 0


@dataclass(frozen=True)
class Tuned:
    """A contender's constants on a problem, and the mean accuracy that they reached, on which part.

    `score` is None where no training ended with one; then `constants` are the usual ones.
    """

    problem: str
    contender: int
    label: str
    constants: Mapping[str, float]
    score: Score
    trainings: int
    failed: int
    edges: tuple[Edge, ...]
    part: str = "validation"
    # On so many fresh seeds the best were raced; 0: there was no race.
    raced_on: int = 0

    @property
    def sentence(self) -> str:
        """All of it in plain words."""
        values = ", ".join(f"{name.replace('_', ' ')} {value:g}" for name, value in self.constants.items())
        count = f"{self.trainings:,} training{'' if self.trainings == 1 else 's'}"
        if self.score is None:
            return (
                f"{self.label} on {self.problem}: none of its {count} for tuning ended with a score, so it is tried "
                f"with its usual constants: {values}."
            )
        failed = f", {self.failed:,} of them failed" if self.failed else ""
        raced = f" in the mean of {self.raced_on} fresh seeds" if self.raced_on else ""
        return (
            f"{self.label} on {self.problem}: {values}, the best of {count}{failed}, with a {self.part} accuracy of "
            f"{self.score:.4f}{raced}."
        )


def tuned(
    problem: str,
    contender: int,
    label: str,
    space: Space,
    told: Sequence[Told],
    raced: Sequence[Raced] = (),
    *,
    spent: Spent,
    part: str = "validation",
) -> Tuned:
    """Return what the finished trainings of a tuning say; where there was a race, its winner."""
    constants, score = _winner(told, raced)
    usual = {name: tunable.default for name, tunable in space.items()}
    chosen = usual if constants is None else constants
    return Tuned(
        problem=problem,
        contender=contender,
        label=label,
        constants=chosen,
        score=score,
        trainings=spent.trainings,
        failed=spent.failed,
        edges=() if constants is None else _edges(problem, contender, label, space, chosen),
        part=part,
        raced_on=spent.seeds_of_race if raced else 0,
    )


def _winner(told: Sequence[Told], raced: Sequence[Raced]) -> tuple[Mapping[str, float] | None, Score]:
    """Return the constants to use and their score; those that came first in the race's order, of equal ones."""
    if raced:
        first = max(raced, key=lambda each: each.mean)
        return first.constants, first.mean
    found = best(told)
    return (found[0].constants, found[0].score) if found else (None, None)


def _edges(problem: str, contender: int, label: str, space: Space, constants: Mapping[str, float]) -> tuple[Edge, ...]:
    found = []
    for name, tunable in space.items():
        place = tunable.place_of(constants[name])
        if _EDGE < place < 1 - _EDGE:
            continue
        said = (
            f"{label}: its best {name.replace('_', ' ')} on {problem}, {constants[name]:g}, lies at the "
            f"{'lower' if place <= _EDGE else 'upper'} edge of what was tried, {tunable.low:g} to {tunable.high:g}; "
            "one beyond it may be better."
        )
        found.append(Edge(problem, label, contender, name, constants[name], said))
    return tuple(found)
