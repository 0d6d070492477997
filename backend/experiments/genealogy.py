"""An individual's line of descent: back to generation 0, which operator brought what, and what it was worth."""

from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import pairwise

from sqlalchemy.orm import Session

from backend.experiments.text_changes import cut
from backend.store.ancestry import Member, populations_back
from backend.store.tables import Individual


@dataclass
class Form:
    """One form of the line, from where it came in to where the next one did.

    `member` is the first individual that had it, `newest` the last one on the line; the generations between them are
    unchanged, and `kept` counts by which operators. `parent` is the one it shares more with, on the line; `other` is
    the second parent, which is off it.
    """

    member: Member
    newest: Member
    kept: Counter[str] = field(default_factory=Counter)
    parent: Member | None = None
    other: Member | None = None


def main_line(session: Session, individual: Individual) -> Generator[tuple[Member, Member | None]]:
    """Yield the individual and its ancestors, newest first, each with its parent off the line, if it has one.

    Of two parents the line follows the one that behaves the same, else the one whose text shares more with the
    child's, the first chosen of equals. One query, however many generations.
    """
    with closing(populations_back(session, individual.run_id, individual.generation)) as populations:
        member = next(populations)[individual.index]
        while member.parents:
            parents = next(populations)
            chosen = [parents[index] for index in dict.fromkeys(member.parents)]
            main = _nearest(member, chosen)
            yield member, next((parent for parent in chosen if parent is not main), None)
            member = main
        yield member, None


def forms(session: Session, individual: Individual) -> Generator[Form]:
    """Yield the forms of the line, newest first: whatever behaves like its parent on the line is the same form."""
    form: Form | None = None
    line = main_line(session, individual)
    for (member, other), (parent, _) in pairwise(_and_nothing(line)):
        assert member is not None
        form = form or Form(member, member)
        if parent is not None and same_behaviour(member, parent):
            form.kept[member.operator] += 1
            continue
        form.member, form.parent, form.other = member, parent, other
        yield form
        form = None


def same_behaviour(one: Member, other: Member) -> bool:
    """Whether two do the same; those that cannot be trained have no behaviour but their text."""
    if one.behaviour_id is None or other.behaviour_id is None:
        return one.phenotype == other.phenotype
    return one.behaviour_id == other.behaviour_id


def _and_nothing(
    line: Iterator[tuple[Member, Member | None]],
) -> Iterator[tuple[Member | None, Member | None]]:
    yield from line
    yield None, None


def _nearest(child: Member, parents: list[Member]) -> Member:
    if len(parents) == 1:
        return parents[0]
    return max(parents, key=lambda parent: (same_behaviour(child, parent), _shared(child.phenotype, parent.phenotype)))


def _shared(one: str, other: str) -> int:
    """Return how many neighbouring pairs of names, numbers and signs two formulas have in common."""
    pairs = (Counter(pairwise(cut(text))) for text in (one, other))
    return (next(pairs) & next(pairs)).total()
