"""Seeds from elsewhere: the best of another run, an individual, an exported file; each becomes the formula that it is.

An experiment stores the formulas, so that it can be repeated without what they came from, and in its origin where that
was.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from pydantic import ValidationError
from sqlalchemy.orm import Session

from backend.experiments.configuration import Configuration
from backend.experiments.errors import FieldError, InvalidOrder
from backend.experiments.faults import field_errors
from backend.export.reading import phenotype_in
from backend.store import individuals, lists
from backend.store.fittest import fittest
from backend.store.tables import Experiment, Individual

# What an experiment's origin says of itself.
TRANSFER = "transfer"

_REFERENCE = re.compile(r"run:(?P<run>[0-9]{1,18})(#(?P<best>[0-9]{1,4}))?|individual:(?P<individual>[0-9]{1,18})")
_PREFIXES = ("run:", "individual:")
_POINTER = re.compile(r"/overrides/seeds/(\d+)")


@dataclass(frozen=True)
class Source:
    """A seed as it was written, and what it became; without ids it came from an exported file."""

    seed: str
    formula: str
    run_id: int | None = None
    individual_id: int | None = None


@dataclass(frozen=True)
class Transferred:
    """A configuration whose seeds are names and formulas alone; where each seed stood; where some came from."""

    configuration: Configuration
    places: tuple[int, ...]
    sources: tuple[Source, ...]
    ordered: tuple[str, ...]

    @property
    def origin(self) -> dict[str, Any] | None:
        """What the experiment stores of where its seeds came from; None if all were given as they are."""
        if not self.sources:
            return None
        sources = [asdict(source) for source in self.sources]
        return {"kind": TRANSFER, "ordered": list(self.ordered), "sources": sources}

    @contextmanager
    def faults_as_ordered(self) -> Iterator[None]:
        """Let faults of seeds point at the seed as it was written."""
        try:
            yield
        except InvalidOrder as error:
            faults = tuple(FieldError(self._pointer(fault.pointer), fault.detail) for fault in error.errors)
            raise InvalidOrder(faults) from None

    def _pointer(self, pointer: str) -> str:
        found = _POINTER.fullmatch(pointer)
        return f"/overrides/seeds/{self.places[int(found[1])]}" if found else pointer


def transferred(session: Session, configuration: Configuration) -> Transferred:
    """Return the configuration with its references to runs, individuals and files resolved; `InvalidOrder` if one
    leads nowhere."""
    found = [_resolved(session, configuration, place, seed) for place, seed in enumerate(configuration.seeds)]
    places = tuple(place for place, sources in enumerate(found) for _ in sources)
    sources = tuple(source for each in found for source in each)
    try:
        resolved = Configuration.model_validate(
            {**configuration.model_dump(), "seeds": [source.formula for source in sources]}
        )
    except ValidationError as error:
        raise InvalidOrder(field_errors(error, "/overrides", Configuration)) from None
    elsewhere = tuple(source for source in sources if source.seed != source.formula)
    return Transferred(resolved, places, elsewhere, configuration.seeds)


def as_ordered(experiment: Experiment) -> dict[str, Any]:
    """Return an experiment's configuration with its seeds as they were written in the order."""
    origin = experiment.origin or {}
    seeds = {"seeds": origin["ordered"]} if origin.get("kind") == TRANSFER else {}
    return {**experiment.configuration, **seeds}


def sources_of(experiment: Experiment) -> tuple[Source, ...]:
    """Return where an experiment's seeds came from, as far as they came from elsewhere."""
    origin = experiment.origin or {}
    return tuple(Source(**each) for each in origin["sources"]) if origin.get("kind") == TRANSFER else ()


def is_reference(text: str) -> bool:
    """Whether a seed is written as the best of a run, or as an individual."""
    return _REFERENCE.fullmatch(text) is not None


def _resolved(session: Session, configuration: Configuration, place: int, seed: str) -> Sequence[Source]:
    text = seed.strip()
    if text.startswith('"""'):
        return [_from_file(place, text)]
    if not text.startswith(_PREFIXES):
        return [Source(seed, seed)]
    found = _REFERENCE.fullmatch(text)
    if found is None:
        raise _fault(place, f"{text!r} is none of: run:12 (its best), run:12#5 (its best five), individual:345")
    chosen = _of_run(session, place, found) if found["run"] else _individual(session, place, found)
    _check_that_it_is_of_this_kind(session, configuration, place, chosen[0].run_id)
    return [Source(text, each.phenotype, each.run_id, each.id) for each in chosen]


def _from_file(place: int, source: str) -> Source:
    phenotype = phenotype_in(source)
    if phenotype is None:
        raise _fault(place, "is no file that AutoLR exported: it has no line that begins with 'Evolved as:'")
    return Source("an exported file", phenotype)


def _of_run(session: Session, place: int, found: re.Match[str]) -> Sequence[Individual]:
    run_id, best = int(found["run"]), int(found["best"] or 1)
    if lists.run_in_experiment(session, run_id) is None:
        raise _fault(place, f"there is no run {run_id}")
    if best < 1:
        raise _fault(place, f"{found[0]!r} asks for none; after # stands how many, from 1 on")
    chosen = fittest(session, [run_id], best)
    if not chosen:
        raise _fault(place, f"run {run_id} has no individual with a fitness yet")
    return chosen


def _individual(session: Session, place: int, found: re.Match[str]) -> Sequence[Individual]:
    individual = individuals.get(session, int(found["individual"]))
    if individual is None:
        raise _fault(place, f"there is no individual {found['individual']}")
    return [individual]


def _check_that_it_is_of_this_kind(session: Session, configuration: Configuration, place: int, run_id: int) -> None:
    row = lists.run_in_experiment(session, run_id)
    assert row is not None, "a foreign key holds an individual to its run"
    theirs = row.experiment.configuration["evolves"]
    if theirs != configuration.evolves:
        kinds = (f"{kind.replace('_', ' ')}s" for kind in (theirs, configuration.evolves))
        raise _fault(place, "run {} evolved {}, and here {} evolve".format(run_id, *kinds))


def _fault(place: int, detail: str) -> InvalidOrder:
    return InvalidOrder((FieldError(f"/overrides/seeds/{place}", detail),))
