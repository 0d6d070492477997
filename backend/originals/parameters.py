"""The original's parameter file as a configuration of ours."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from backend.originals.assigned import Assigned, duplicates
from backend.originals.errors import UnreadableOriginal
from backend.originals.grammars import OriginalGrammar
from backend.originals.keys import KNOWN, PARTS, WHOLE_NUMBERS, WITHOUT_COUNTERPART
from backend.originals.not_taken_over import NotTakenOver
from backend.originals.problems import FoundProblem, find_problem
from backend.problems.catalogue import get_problem

# Fewer known keys than this, or fewer than half of all: the file is another program's.
FEWEST_KNOWN = 3
# The original evaluates one population more than it says.
EXTRA_GENERATIONS = 1
FOLDS_WITH_FLOOR = 5
GENES = ("adam", "rmsprop", "momentum")


@dataclass
class OriginalParameters:
    """What a parameter file says in our words.

    `values` are settings by their path in our configuration ("search.elitism"), `places` the setting each came from.
    `rates` are mutation rates by the number of the non-terminal, if they are given apart.
    """

    file: str
    settings: Mapping[str, Assigned]
    problem: FoundProblem
    values: dict[str, object] = field(default_factory=dict)
    places: dict[str, Assigned] = field(default_factory=dict)
    not_taken_over: list[NotTakenOver] = field(default_factory=list)
    name: str | None = None
    grammar_file: str | None = None
    seed: int | None = None
    rates: Mapping[int, float] | None = None

    def rates_by_name(self, grammar: OriginalGrammar) -> dict[str, float] | None:
        """Return the mutation rate of each non-terminal that is used, None if there is one for all.

        Raises UnreadableOriginal if a non-terminal has none.
        """
        if self.rates is None:
            return None
        missing = [number for number in range(len(grammar.names)) if number not in self.rates]
        if missing:
            name = grammar.names[missing[0]]
            raise self.settings["PROB_MUTATION"].refused(f"gives no rate for non-terminal {missing[0]}, <{name}>.")
        return {name: self.rates[n] for n, name in enumerate(grammar.names) if name not in grammar.unreachable}

    def take(self, path: str, value: object, setting: Assigned) -> None:
        """Note a value, and where it comes from."""
        self.values[path], self.places[path] = value, setting

    def leave(self, setting: Assigned, why: str) -> None:
        """Note that a setting was not taken over."""
        self.not_taken_over.append(NotTakenOver(setting.file, setting.line, setting.key, why))

    def nested(self) -> dict[str, object]:
        """Return the values as groups of a configuration."""
        groups: dict[str, dict[str, object]] = {}
        plain: dict[str, object] = {}
        for path, value in self.values.items():
            group, _, name = path.rpartition(".")
            (groups.setdefault(group, {}) if group else plain)[name] = value
        return {**plain, **groups}


def read_parameters(settings: Sequence[Assigned], file: str) -> OriginalParameters:
    """Return what the settings say; raises UnreadableOriginal for another program's file, and for wrong values."""
    _check_that_it_is_theirs(settings, file)
    by_key = {setting.key: setting for setting in settings}
    read = OriginalParameters(file, by_key, find_problem(by_key.get("MODEL"), by_key.get("DATASET")))
    for twice in duplicates(settings):
        read.leave(twice, "it is given a second time; the last one counts.")
    for setting in by_key.values():
        _read_plain(read, setting)
    _read_search(read)
    _read_training(read)
    _read_names(read)
    _read_parts(read)
    return read


def _check_that_it_is_theirs(settings: Sequence[Assigned], file: str) -> None:
    known = [setting for setting in settings if setting.key in KNOWN]
    if len(known) < FEWEST_KNOWN or 2 * len(known) < len(settings):
        raise UnreadableOriginal(
            file,
            f"this is no parameter file of the original AutoLR: of its {len(settings)} keys only {len(known)} are "
            "known, which are written as POPSIZE, GENERATIONS, PROB_MUTATION.",
        )


def _read_plain(read: OriginalParameters, setting: Assigned) -> None:
    if setting.key in WHOLE_NUMBERS:
        path, least = WHOLE_NUMBERS[setting.key]
        read.take(path, setting.whole(least), setting)
    elif setting.key in WITHOUT_COUNTERPART:
        read.leave(setting, WITHOUT_COUNTERPART[setting.key])
    elif setting.key not in KNOWN:
        read.leave(setting, "the key is not known.")


def _read_search(read: OriginalParameters) -> None:
    if generations := read.settings.get("GENERATIONS"):
        number = generations.whole(0) + EXTRA_GENERATIONS
        read.take("search.generations", number, generations)
        read.leave(generations, f"it becomes {number}: the original evaluates one population more than it says.")
    if crossover := read.settings.get("PROB_CROSSOVER"):
        read.take("search.crossover_rate", _rate(crossover, crossover.number()), crossover)
    if mutation := read.settings.get("PROB_MUTATION"):
        _read_mutation(read, mutation)
    selection = read.settings.get("SELECTION_TYPE")
    if selection and selection.value != "tournament":
        read.leave(selection, f"selection here is by tournament, not {selection.value!r}.")


def _read_mutation(read: OriginalParameters, mutation: Assigned) -> None:
    if not isinstance(mutation.value, dict):
        read.take("search.mutation_rate", _rate(mutation, mutation.number()), mutation)
        return
    read.rates = dict(_rates(mutation, mutation.value))
    read.take("search.mutation_rate", None, mutation)


def _rates(mutation: Assigned, given: Mapping[object, object]) -> Iterator[tuple[int, float]]:
    for key, value in given.items():
        part = Assigned(mutation.file, mutation.line, f"PROB_MUTATION of {key!r}", value)
        yield Assigned(mutation.file, mutation.line, "a key of PROB_MUTATION", key).whole(), _rate(part, part.number())


def _rate(setting: Assigned, rate: float) -> float:
    if not 0 <= rate <= 1:
        raise setting.refused(f"must be from 0 to 1, not {setting.value!r}.")
    return rate


def _read_training(read: OriginalParameters) -> None:
    patience, floor = read.settings.get("PATIENCE"), read.settings.get("FITNESS_FLOOR")
    if patience and patience.value:
        read.take("training.patience", patience.whole(1), patience)
        read.leave(patience, "some versions of the original watch the validation accuracy; here it is the loss.")
    if floor and floor.value is not None:
        read.take("fitness.floor", _rate(floor, floor.number()), floor)
        read.take("fitness.folds", FOLDS_WITH_FLOOR, floor)
    if (limit := read.settings.get("TIME_STOP")) and limit.value:
        read.take("search.time_limit_minutes", limit.number() / 60, limit)
    if (fake := read.settings.get("FAKE_FITNESS")) and fake.value:
        read.leave(fake, "scores of it are of no training; here they come from trainings alone.")


def _read_names(read: OriginalParameters) -> None:
    if name := read.settings.get("EXPERIMENT_NAME"):
        read.name = str(name.value)
    if grammar := read.settings.get("GRAMMAR"):
        read.grammar_file = str(grammar.value).replace("\\", "/").rpartition("/")[2]
    if (seed := read.settings.get("SEED")) and seed.value is not None:
        read.seed = seed.whole()
        read.leave(seed, "the same number draws other things here: a run of ours is no replay of one of theirs.")
    _read_seeds(read)


def _read_seeds(read: OriginalParameters) -> None:
    prepopulate, genes = read.settings.get("PREPOPULATE"), read.settings.get("GENES")
    wanted = prepopulate is not None and prepopulate.flag()
    if genes and wanted:
        given = genes.value if isinstance(genes.value, list) else [genes.value]
        names = list(GENES) if "all" in given else [str(each).lower() for each in given]
        read.take("seeds", [name for name in names if name in GENES], genes)
        for name in names:
            if name not in GENES:
                read.leave(genes, f"{name!r} is not known; known are {', '.join(GENES)}.")
    elif genes:
        read.leave(genes, "PREPOPULATE is not set, so it has no effect.")
    elif prepopulate is not None and wanted:
        read.take("seeds", list(GENES), prepopulate)
    protect = read.settings.get("PROTECT")
    if protect and protect.flag():
        read.take("protect_seeds", True, protect)


def _read_parts(read: OriginalParameters) -> None:
    """Note the sizes of the parts, at most those that the problem has."""
    problem = read.problem
    read.values["problem"] = problem.name
    if not problem.same and (setting := read.settings.get("DATASET") or read.settings.get("MODEL")):
        why = f"{problem.network} on {problem.data} is no problem here; the nearest is {problem.name}."
        read.leave(setting, why)
        read.places["problem"] = setting
    own = get_problem(problem.name).parts
    for key, part in PARTS.items():
        if (setting := read.settings.get(key)) is None:
            continue
        if f"training.{part}" in read.values:
            # TEST_SIZE is what files of 2020 call the fitness part.
            read.leave(setting, f"{read.places[f'training.{part}'].key} is given as well, and counts.")
            continue
        size, largest = setting.whole(1), getattr(own, part)
        read.take(f"training.{part}", min(size, largest), setting)
        if size > largest:
            read.leave(setting, f"{problem.name} has {largest:,} samples for this, so it is {largest:,}.")
