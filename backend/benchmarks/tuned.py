"""What a tuning came to: the constants that a contender is tried with, and what to be wary of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backend.benchmarks.edges import Edge
from backend.benchmarks.scores import Score
from backend.benchmarks.tuning import Space, Told, best

# So close to an end of its range, as a share of it on its own scale, a value lies at the edge.
_EDGE = 0.02


@dataclass(frozen=True)
class Tuned:
    """A contender's constants on a problem, and the best validation accuracy that they reached.

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

    @property
    def sentence(self) -> str:
        """All of it in plain words."""
        values = ", ".join(f"{name.replace('_', ' ')} {value:g}" for name, value in self.constants.items())
        count = f"{self.trainings} training{'' if self.trainings == 1 else 's'}"
        if self.score is None:
            return (
                f"{self.label} on {self.problem}: none of its {count} for tuning ended with a score, so it is tried "
                f"with its usual constants: {values}."
            )
        failed = f", {self.failed} of them failed" if self.failed else ""
        return (
            f"{self.label} on {self.problem}: {values}, the best of {count}{failed}, with a validation accuracy of "
            f"{self.score:.4f}."
        )


def tuned(problem: str, contender: int, label: str, space: Space, told: Sequence[Told]) -> Tuned:
    """Return what the finished trainings of a tuning say."""
    found = best(told)
    usual = {name: tunable.default for name, tunable in space.items()}
    constants = usual if found is None else found.constants
    return Tuned(
        problem=problem,
        contender=contender,
        label=label,
        constants=constants,
        score=None if found is None else found.score,
        trainings=len(told),
        failed=sum(each.score is None for each in told),
        edges=() if found is None else _edges(problem, contender, label, space, constants),
    )


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
