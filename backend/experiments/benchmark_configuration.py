"""What a benchmark is made of: one model for preset files, API bodies and the form. All is declared beforehand."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from backend.experiments.benchmark_phases import MOST_TRAININGS, Confirmation, Protocol, Tuning
from backend.experiments.configuration import LARGEST_SEED, Name, Seed, Seedling, Strict, Text
from backend.experiments.read_as import ReadAs

# Contenders that a table and its plots can still show.
MOST_CONTENDERS = 100

Constant = Annotated[float, Field(ge=-1e9, le=1e9)]
Label = Annotated[Text, Field(min_length=1, max_length=100)]
Id = Annotated[int, Field(ge=1, le=LARGEST_SEED)]

# What a contender is named by; each has exactly one of them.
WAYS = ("individual", "phenotype", "human_made", "schedule", "built_in")


class ContenderOrder(Strict):
    """One contender: an evolved individual, a phenotype, or something that people made."""

    label: Label = Field(description="what the table calls it")
    individual: Id | None = Field(None, description="an evolved individual's number")
    phenotype: Seedling | None = Field(None, description="a schedule, schedule program or update rule, as text")
    kind: Literal["schedule", "schedule_program", "update_rule"] = Field(
        "schedule", description="what the phenotype is"
    )
    human_made: Name | None = Field(None, description="a human-made update rule, such as adam")
    schedule: Name | None = Field(None, description="a human-made schedule, such as cosine")
    built_in: Name | None = Field(None, description="an optimizer of Keras, in lower case, such as adamw")
    constants: dict[Name, Constant] = Field(
        default_factory=dict, description="constants of what is human-made or built in; the usual ones where not given"
    )
    grid: dict[Name, Annotated[tuple[Constant, ...], Field(max_length=MOST_CONTENDERS, strict=False)]] = Field(
        default_factory=dict, description="one constant and the values to try, each a contender of its own"
    )
    optimizer: Literal["sgd", "adam"] | None = Field(
        None, description="what a schedule sets the rate of; empty: the protocol's"
    )
    trainings: int | None = Field(
        None, ge=0, le=MOST_TRAININGS, description="of its tuning on each problem; 0: as it is, empty: the tuning's"
    )
    tune: Annotated[tuple[Name, ...], Field(strict=False)] | None = Field(
        None, description="the constants to tune, the others stay; empty: all that can be"
    )
    searched: int | None = Field(
        None,
        ge=0,
        le=MOST_TRAININGS,
        description="trainings that it took to find it; empty: those of all runs of the individual's experiment",
    )

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        given = [way for way in WAYS if getattr(self, way) is not None]
        if len(given) != 1:
            said = f"names {' and '.join(given)}" if given else "names nothing"
            raise ValueError(f"{self.label!r} {said}; exactly one of {', '.join(WAYS)} is needed")
        if (self.constants or self.grid) and given[0] in ("individual", "phenotype"):
            raise ValueError(f"{self.label!r} has constants, but only what is human-made or built in takes any")
        if len(self.grid) > 1:
            raise ValueError(f"{self.label!r} has a grid of {len(self.grid)} constants; one is allowed")
        for constant, values in self.grid.items():
            if len(set(values)) != len(values) or len(values) < 2:
                raise ValueError(f"grid of {constant} needs two or more different values")
        return self

    @property
    def members(self) -> tuple["ContenderOrder", ...]:
        """What is trained: the contender itself, or one for each value of its grid."""
        if not self.grid:
            return (self,)
        ((constant, values),) = self.grid.items()
        return tuple(
            self.model_copy(
                update={
                    "label": f"{self.label} {value:g}",
                    "constants": {**self.constants, constant: value},
                    "grid": {},
                }
            )
            for value in values
        )


class BenchmarkConfiguration(Strict):
    """Who is compared, on what, how often, and which comparisons count."""

    problems: Annotated[tuple[Name, ...], Field(min_length=1, max_length=20, strict=False)] = Field(
        description="networks and data, also ones that the search never saw"
    )
    contenders: Annotated[tuple[ContenderOrder, ...], Field(min_length=1, max_length=MOST_CONTENDERS, strict=False)]
    finalists: Annotated[tuple[Label, ...], Field(strict=False)] = Field(
        (), description="labels of the contenders in question: each is compared with every contender that is none"
    )
    protocol: Protocol = Protocol()
    tuning: Tuning | None = Field(None, description="empty: every contender is tried as it is declared")
    trials: int = Field(10, ge=1, le=1000, description="trials of each contender on each problem")
    confirmation: Confirmation | None = Field(None, description="empty: nothing is tried again")

    @model_validator(mode="after")
    def _names_fit(self) -> Self:
        _refuse_doubles("problems", self.problems)
        _refuse_doubles("contenders", [member.label for each in self.contenders for member in each.members])
        _refuse_doubles("finalists", self.finalists)
        known = [each.label for each in self.contenders]
        for label in self.finalists:
            if label not in known:
                raise ValueError(f"finalists name {label!r}, which is no contender; there are {', '.join(known)}")
        if self.finalists and len(self.finalists) == len(self.contenders):
            raise ValueError("finalists are all contenders: there is no rival left to compare them with")
        return self


class BenchmarkOrder(Strict):
    """What a user asks for: a preset or a full configuration, what to change in it, and the seed."""

    preset: Name | None = Field(None, description="start from this preset; empty: overrides say everything")
    overrides: dict[str, object] = Field(default_factory=dict, description="changes to the preset, nested as it is")
    finalists: Annotated[tuple[ContenderOrder, ...], Field(max_length=MOST_CONTENDERS, strict=False)] = Field(
        (), description="these take the place of the preset's finalists"
    )
    name: Annotated[Text, Field(min_length=1, max_length=200)] | None = Field(None, description="what to call it")
    seed: Seed | None = Field(None, description="what the seeds of all trials come from; empty: drawn")


class ResolvedContender(Strict):
    """A contender as it was when the benchmark was ordered: what changes later changes no benchmark.

    `family` and `tried` are those of a grid: which contender it was made from, and the values of its constant.
    `found_on` is the problem that an individual's run searched on. `read_as` is that of a schedule that evolved or was
    typed in; benchmarks that were ordered before those could be tuned have none.
    """

    label: str
    text: str
    source: str
    kind: str
    content: dict[str, object]
    optimizer: Literal["sgd", "adam", "rule", "keras"]
    individual_id: int | None = None
    found_on: str | None = None
    read_as: ReadAs | None = None
    family: str | None = None
    tried: dict[str, float] = Field(default_factory=dict)
    # Trainings that it took to find it, and those of its tuning on each problem; None: as the tuning says.
    searched: int = 0
    trainings: int | None = None


class TunedContender(Strict):
    """What a tuning found for a contender on a problem, and what the contender is with it; written once.

    `constants` are the usual ones where no training ended with a score. `edges` says in words which lie at the edge.
    """

    problem: str
    contender: int
    constants: dict[str, float]
    score: float | None
    trainings: int
    failed: int
    sentence: str
    edges: Annotated[tuple[str, ...], Field(strict=False)]
    text: str
    content: dict[str, object]


class ResolvedBenchmark(Strict):
    """All that a stored benchmark depends on; `tuned` is empty until a tuning has ended."""

    declaration: BenchmarkConfiguration
    contenders: Annotated[tuple[ResolvedContender, ...], Field(strict=False)]
    finalists: Annotated[tuple[int, ...], Field(strict=False)]
    tuned: Annotated[tuple[TunedContender, ...], Field(strict=False)] = ()

    @classmethod
    def of_json(cls, stored: Mapping[str, object]) -> "ResolvedBenchmark":
        """Return what was stored."""
        return cls.model_validate(stored)

    @property
    def members(self) -> tuple[ContenderOrder, ...]:
        """What was ordered of each of `contenders`, those of a grid each."""
        return tuple(member for order in self.declaration.contenders for member in order.members)

    def contender_on(self, problem: str, place: int) -> ResolvedContender:
        """Return a contender as it is tried on a problem: with the constants that were found there, if any were."""
        contender = self.contenders[place]
        found = next((each for each in self.tuned if (each.problem, each.contender) == (problem, place)), None)
        return contender.model_copy(update={"content": found.content, "text": found.text}) if found else contender

    @property
    def comparisons(self) -> tuple[tuple[int, int], ...]:
        """The declared comparisons: (finalist, rival), as places in `contenders`."""
        rivals = [place for place in range(len(self.contenders)) if place not in self.finalists]
        return tuple((finalist, rival) for finalist in self.finalists for rival in rivals)


def _refuse_doubles(field: str, names: object) -> None:
    assert isinstance(names, list | tuple)
    doubles = sorted({name for name in names if names.count(name) > 1})
    if doubles:
        raise ValueError(f"{field} name {doubles[0]!r} twice")
