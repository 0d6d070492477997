"""Rules as they were read, with the places that an error can point at."""

from dataclasses import dataclass

from backend.grammar.rules import Production


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a grammar's text, counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A non-terminal's name and where it is used."""

    name: str
    place: Place


@dataclass(frozen=True, slots=True)
class SourceProduction:
    """A production and the names it uses."""

    production: Production
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class SourceRule:
    """A rule and the place of its name."""

    name: str
    place: Place
    productions: tuple[SourceProduction, ...]
