"""A line of descent as people read it: a step for each form that came in, with what it brought, newest first."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice

from sqlalchemy.orm import Session

from backend.experiments.design import Design
from backend.experiments.genealogy import Form, forms, main_line, same_behaviour
from backend.experiments.phenotype_changes import describe_changes, phenotype_changes
from backend.experiments.rule_changes import FunctionChange
from backend.figures.values import LineagePoint
from backend.search.engine import Operator
from backend.store.ancestry import Member
from backend.store.tables import Individual


@dataclass(frozen=True)
class Step:
    """A form of the line, what it has that its parent had not, and that in words."""

    form: Form
    changes: tuple[FunctionChange, ...]
    words: str

    @property
    def gain(self) -> float | None:
        """How much fitter than its parent on the line it is; None where one of them has no fitness."""
        parent, fitness = self.form.parent, self.form.member.fitness
        return None if parent is None or parent.fitness is None or fitness is None else fitness - parent.fitness


@dataclass(frozen=True)
class Lineage:
    """Steps of a line, and the id of the individual with which it goes on; None where it ends."""

    steps: tuple[Step, ...]
    goes_on: int | None


def lineage(session: Session, design: Design, individual: Individual, limit: int) -> Lineage:
    """Return the first so many steps of an individual's line."""
    with closing(forms(session, individual)) as found:
        steps = tuple(_step(design, form) for form in islice(found, limit))
    last = steps[-1].form.parent
    return Lineage(steps, last.id if last else None)


def points(session: Session, individual: Individual) -> list[LineagePoint]:
    """Return every individual of the line, oldest first."""
    line = [member for member, _ in main_line(session, individual)]
    parents = [*line[1:], None]
    pairs = zip(line, parents, strict=True)
    newest_first = [_point(one, changed=parent is None or not same_behaviour(one, parent)) for one, parent in pairs]
    return newest_first[::-1]


def _point(member: Member, *, changed: bool) -> LineagePoint:
    return LineagePoint(member.generation, member.id, member.operator, member.fitness, changed)


def kept_in_words(form: Form) -> str:
    """Say how the form was kept since it came in: "generations 13 to 40: unchanged (25 copies, 3 children)"."""
    first, last = form.member.generation + 1, form.newest.generation
    if first > last:
        return ""
    generations = f"generation {first}" if first == last else f"generations {first} to {last}"
    return f"{generations}: unchanged ({', '.join(_ways(form))})"


def _ways(form: Form) -> Iterator[str]:
    copies = form.kept[Operator.ELITE] + form.kept[Operator.COPY]
    children = form.kept.total() - copies
    if copies:
        yield f"{copies} {'copy' if copies == 1 else 'copies'}"
    if children:
        yield f"{children} {'child that does' if children == 1 else 'children that do'} the same"


def _step(design: Design, form: Form) -> Step:
    if form.parent is None:
        planted = form.member.operator == Operator.SEED
        return Step(form, (), "Planted as a seed." if planted else _drawn(design))
    changes = phenotype_changes(design, form.parent.phenotype, form.member.phenotype)
    return Step(form, changes, describe_changes(changes) or "Its simplified form is its parent's.")


def _drawn(design: Design) -> str:
    return "Drawn at random." if design.grammar is None else "Drawn at random from the grammar."
