"""What an experiment is made of: one model for preset files, API bodies and the launch form."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

# Seeds and counts fit a database's BIGINT and a browser's number.
LARGEST_SEED = 2**53 - 1

# Individuals that one transaction stores: about 5 ms each, and SQLite's other writers wait 30 s for it.
MOST_AT_ONCE = 5000

MOST_GENERATIONS = 1_000_000

# Drawn seeds are short enough to be typed again.
DRAWN_SEEDS = 2**31

# Finalists of one benchmark: each is compared with every rival, and all these comparisons are corrected for.
MOST_FINALISTS = 20


def _storable(text: str) -> str:
    """Refuse what a database or a UTF-8 reply cannot hold."""
    if "\x00" in text:
        raise ValueError("must not contain the character NUL")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("must not contain lone surrogates")
    return text


Text = Annotated[str, AfterValidator(_storable)]
Name = Annotated[Text, Field(min_length=1, max_length=100)]
Seed = Annotated[int, Field(ge=0, le=LARGEST_SEED)]
Rate = Annotated[float, Field(ge=0.0, le=1.0)]
# What evolved without dead parts being cut may be long, and an exported file is longer.
Seedling = Annotated[Text, Field(min_length=1, max_length=200_000)]
PartSize = Annotated[int | None, Field(ge=1, le=10_000_000)]
# Of a training, whether in a search or in a benchmark.
Epochs = Annotated[int, Field(ge=1, le=100_000, description="planned epochs of a training")]
BatchSize = Annotated[int, Field(ge=1, le=1_000_000, description="samples in a mini-batch")]
Patience = Annotated[
    int | None,
    Field(ge=1, le=100_000, description="epochs without a better validation loss before an early stop; empty: none"),
]


class Strict(BaseModel):
    """Unknown keys, NaN and Infinity are errors, as are texts and truth values where numbers are meant."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


# Options of a search that mean something for derivations of a grammar alone, and why not for trees.
_DERIVATIONS_ALONE = {
    "adaptive_mutation": "only derivations of a grammar carry rates",
    "constant_mutation": "trees have no list of constants with neighbours",
    "recombination_of": "trees exchange subtrees",
    "mutation_of": "that is for derivations of a grammar; trees always do so",
}


class Search(Strict):
    """How genotypes are bred."""

    representation: Literal["sge", "tree"] = Field(
        "sge", description="Structured Grammatical Evolution, or expression trees (tree GP)"
    )
    population_size: int = Field(20, ge=1, le=MOST_AT_ONCE, description="individuals in a generation")
    generations: int = Field(10, ge=1, le=MOST_GENERATIONS, description="generations to evaluate")
    time_limit_minutes: Annotated[float, Field(gt=0, le=1e6)] | None = Field(
        None, description="minutes after which the run stops with its generation; empty: none"
    )
    tournament_size: int = Field(3, ge=1, le=MOST_AT_ONCE, description="individuals that compete to become a parent")
    crossover_rate: Rate = Field(0.9, description="share of children that have two parents")
    recombination_of: Literal["lists", "parts"] = Field(
        "lists", description="what a child has whole of a parent: each list of codons, or a part such as the rule's x"
    )
    mutation_rate: Rate | None = Field(
        0.15,
        description="probability that a used codon changes; empty: the grammar's own for each non-terminal. "
        "Trees: that a child is mutated",
    )
    adaptive_mutation: bool = Field(False, description="mutation rates that each individual carries and that evolve")
    mutation_of: Literal["codons", "subtrees"] = Field(
        "codons", description="whether what stands beside a mutated place may shift, as published, or stays as it is"
    )
    constant_mutation: Literal["any", "near"] = Field(
        "any", description="what a mutated constant of the grammar becomes: any other, or one of the next in size"
    )
    elitism: int = Field(1, ge=0, le=MOST_AT_ONCE, description="best individuals that survive unchanged")
    elitism_of: Literal["individuals", "behaviours"] = Field(
        "individuals", description="whether two that behave the same may both survive as the best"
    )
    initialisation: Literal["grow", "full", "ramped"] = Field("ramped", description="how the first trees are drawn")
    mutation_reach: Literal["root", "node"] = Field(
        "node", description="from where the depth of a tree's new part is counted; root: as published, so it is small"
    )
    initial_depth: int = Field(6, ge=0, le=100, description="depth at which what is newly drawn closes")
    depth_limit: int | None = Field(
        17, ge=0, le=1000, description="depth at which everything closes; empty: none, for trees alone"
    )
    size_limit: int | None = Field(None, ge=1, le=10_000, description="largest number of a tree's nodes; empty: none")
    constants: Literal["linear", "logarithmic"] = Field(
        "logarithmic",
        description="a tree's constants: linear, from -1 to 1, as published; logarithmic, from 0.00001 to 1, "
        "where small ones are as likely as large ones",
    )
    epoch_share: bool = Field(False, description="whether trees may also read the epoch by the planned epochs")

    @model_validator(mode="after")
    def _fits_the_population(self) -> Self:
        for name in ("tournament_size", "elitism"):
            if getattr(self, name) > self.population_size:
                raise ValueError(
                    f"{name} is {getattr(self, name)}, but the population has only {self.population_size} individuals"
                )
        if self.depth_limit is not None and self.initial_depth > self.depth_limit:
            raise ValueError(f"initial_depth is {self.initial_depth}, above depth_limit, {self.depth_limit}")
        return self

    @model_validator(mode="after")
    def _fits_the_representation(self) -> Self:
        if self.representation == "sge" and self.depth_limit is None:
            raise ValueError("depth_limit is empty, but a derivation needs one")
        if self.representation == "tree" and self.mutation_rate is None:
            raise ValueError("mutation_rate is empty, but trees have no non-terminals with rates of their own")
        for name, why in _DERIVATIONS_ALONE.items():
            value = getattr(self, name)
            if self.representation == "tree" and value != type(self).model_fields[name].default:
                raise ValueError(f"{name} is {'on' if value is True else value}, but {why}")
        if self.representation == "tree" and self.population_size == 1:
            raise ValueError("population_size is 1, but trees are bred in pairs and need at least 2")
        return self


class Training(Strict):
    """How one individual is trained: the protocol of its evaluations."""

    optimizer: Literal["sgd", "adam"] = Field(
        "sgd", description="plain SGD or Adam; the schedule sets its learning rate"
    )
    epochs: Epochs = 10
    batch_size: BatchSize = 128
    patience: Patience = None
    first_epoch: Literal[0, 1] = Field(0, description="number of the first epoch, as the schedule sees it")
    initial_rate: float = Field(
        0.01, gt=0, le=1e6, description="learning rate that the schedule sees in the first epoch"
    )
    set_per: Literal["batch", "epoch"] = Field("batch", description="when a tree sets the rate anew")
    val_loss: Literal["measured", "dead"] = Field(
        "measured", description="what a tree reads as validation loss; dead: always 0, as in the published program"
    )
    train: PartSize = Field(None, description="training samples; empty: the problem's own")
    validation: PartSize = Field(None, description="validation samples; empty: the problem's own")
    fitness: PartSize = Field(None, description="samples that the fitness is measured on; empty: the problem's own")


class Fitness(Strict):
    """How the scores of an individual's evaluations become its fitness."""

    folds: int = Field(1, ge=1, le=100, description="disjoint training parts, one evaluation each")
    floor: Rate | None = Field(None, description="no further folds after a score below this; empty: always all folds")
    repetitions: int = Field(1, ge=1, le=100, description="trainings on each fold, with other seeds")
    combine: Literal["worst", "mean", "median"] = Field(
        "worst", description="the fitness, from the scores of all trainings"
    )
    seeds: Literal["common", "per_individual"] = Field(
        "common", description="whether all individuals meet the same initial weights, or each has its own luck"
    )
    new_data: bool = Field(
        False,
        description="each repetition but the first on data drawn anew, or divided anew, the same for all individuals: "
        "what fits the luck of one fitness part alone is not bred from",
    )

    @field_validator("new_data")
    @classmethod
    def _has_a_repetition_for_it(cls, wanted: bool, others: ValidationInfo) -> bool:
        # Repetitions that are wrong themselves are not among the others.
        if wanted and others.data.get("repetitions", 2) < 2:
            raise ValueError("needs two repetitions or more: the first is on the problem's own data")
        return wanted


class BenchmarkOfBest(Strict):
    """The benchmark that follows a search: its best, which behave differently, against rivals declared beforehand."""

    preset: Name | None = Field(None, description="the benchmark preset that says who the rivals are, and on what")
    overrides: dict[str, object] = Field(default_factory=dict, description="changes to the preset, nested as it is")
    best: int = Field(
        3, ge=1, le=MOST_FINALISTS, description="how many of the best, no two of which behave the same, are finalists"
    )

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.preset is None and not self.overrides:
            raise ValueError("preset is empty, and so are overrides: one of them must say who the rivals are")
        return self


class Configuration(Strict):
    """What evolves, on what, and how. Its defaults are a sound start."""

    evolves: Literal["schedule", "update_rule", "schedule_program"] = Field(
        "schedule", description="what the phenotypes are"
    )
    grammar: Annotated[Text, Field(min_length=1, max_length=200_000)] | None = Field(
        "dlr-2020", description="a grammar's name, or a grammar itself in BNF; empty for trees, which have none"
    )
    problem: Name = Field("mnist-1d", description="network and data")
    # YAML and JSON have lists where Python has tuples.
    seeds: Annotated[tuple[Seedling, ...], Field(max_length=1000, strict=False)] = Field(
        (),
        description="what generation 0 begins with: formulas, names of human-made rules, `run:12` (the best of a run), "
        "`run:12#5` (its best five), `individual:345`, texts of exported files",
    )
    protect_seeds: bool = Field(False, description="whether the seeds survive, whatever fitness they have")
    search: Search = Search()
    training: Training = Training()
    fitness: Fitness = Fitness()
    benchmark: BenchmarkOfBest | None = Field(
        None, description="what the best are held against when all runs have ended; empty: nothing follows"
    )

    @model_validator(mode="after")
    def _seeds_fit_the_population(self) -> Self:
        if len(self.seeds) > self.search.population_size:
            raise ValueError(
                f"seeds are {len(self.seeds)}, but the population has only {self.search.population_size} individuals"
            )
        protected = len(self.seeds) if self.protect_seeds else 0
        if protected + self.search.elitism > self.search.population_size:
            raise ValueError(
                f"protect_seeds is on and elitism is {self.search.elitism}: with {protected} seeds more would survive "
                f"than the population has, {self.search.population_size}"
            )
        return self

    @model_validator(mode="after")
    def _representation_fits_what_evolves(self) -> Self:
        tree = self.search.representation == "tree"
        if tree != (self.evolves == "schedule_program"):
            raise ValueError(
                f"evolves is {self.evolves!r} and representation is {self.search.representation!r}; "
                "schedule programs are bred as trees, and nothing else is"
            )
        if tree != (self.grammar is None):
            raise ValueError("grammar must be empty for trees, which have none, and is needed for all else")
        return self


class Order(Strict):
    """What a user asks for: a preset, what to change in it, and how often to run it."""

    preset: Name | None = Field(None, description="start from this preset; empty: from the defaults")
    overrides: dict[str, object] = Field(default_factory=dict, description="changes to the preset, nested as it is")
    name: Annotated[Text, Field(min_length=1, max_length=200)] | None = Field(None, description="what to call it")
    seed: Seed | None = Field(None, description="seed of the first run; run k has seed + k; empty: drawn")
    runs: int = Field(1, ge=1, le=1000, description="number of runs, each with a seed of its own")

    @model_validator(mode="after")
    def _every_run_has_a_seed(self) -> Self:
        if self.seed is not None and self.seed + self.runs - 1 > LARGEST_SEED:
            raise ValueError(f"seed is {self.seed}: with {self.runs} runs the last one's would be above {LARGEST_SEED}")
        return self
