"""What reports on a benchmark are made of: plain values. Labels and other texts may be anything that a user typed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PublishedValue:
    """A mean that was published for a contender; the rest is None where it was not published."""

    part: str
    mean: float
    deviation: float | None
    n: int | None


@dataclass(frozen=True)
class Result:
    """What a contender reached on a problem. Numbers are None where there are none; `best` where a test shows it."""

    label: str
    finalist: bool
    best: bool
    n: int
    failed: int
    mean: float | None
    deviation: float | None
    median: float | None
    low: float | None
    high: float | None
    # What its search and its tuning took, in words.
    trainings: str
    published: tuple[PublishedValue, ...]


@dataclass(frozen=True)
class Compared:
    """A declared comparison; `again` is what came of trying it once more, as (p after Holm, trials), where it was."""

    finalist: str
    rival: str
    outcome: str
    n: int
    n_rival: int
    difference: float | None
    p: float | None
    p_holm: float | None
    p_pairs_holm: float | None
    a12: float | None
    trials_needed: int | None
    again: tuple[float | None, int] | None


@dataclass(frozen=True)
class Contender:
    """What a contender is; where it was tuned, `text` is with the constants found and `usual` what it was before."""

    label: str
    source: str
    text: str
    usual: str | None
    trained: str
    tuned: str


@dataclass(frozen=True)
class Chart:
    """A figure of Plotly as JSON, and what to say above it."""

    title: str
    about: str
    figure: str


@dataclass(frozen=True)
class OnProblem:
    """All on one problem; `part` is what trials are scored on."""

    problem: str
    part: str
    results: tuple[Result, ...]
    comparisons: tuple[Compared, ...]
    contenders: tuple[Contender, ...]
    charts: tuple[Chart, ...]


@dataclass(frozen=True)
class Verdict:
    """A sentence on a comparison, what it comes to (better, worse, no_difference, cannot_say), and that in a word."""

    outcome: str
    word: str
    sentence: str


@dataclass(frozen=True)
class BenchmarkContent:
    """A benchmark as reports tell it. `unfinished` says in words that there is more to come, or why nothing will come.

    `published` is (word, source) of the figures beside ours. `made_with` names versions, `declaration` is a file that
    `command` runs again.
    """

    number: int
    name: str
    state: str
    unfinished: str | None
    headline: str | None
    verdicts: tuple[Verdict, ...]
    edges: tuple[str, ...]
    warnings: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    problems: tuple[OnProblem, ...]
    charts: tuple[Chart, ...]
    published: tuple[str, str] | None
    made_with: str
    declaration: str
    command: str
