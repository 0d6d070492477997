"""What the original's parameters and grammar mean here: a configuration that one can launch, or that a run had."""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.experiments.configuration import LARGEST_SEED, Configuration, Order
from backend.experiments.design import design
from backend.experiments.errors import InvalidOrder
from backend.experiments.presets import resolve
from backend.originals.errors import UnreadableOriginal
from backend.originals.grammars import OriginalGrammar
from backend.originals.not_taken_over import NotTakenOver
from backend.originals.original import Original
from backend.originals.parameters import OriginalParameters

# What only a run that is yet to begin can have.
_NOT_FOR_RUNS = {
    "seeds": "the individuals are in generation 0 as they are.",
    "protect_seeds": "none is planted.",
    "search.time_limit_minutes": "the time of this run is over.",
}


@dataclass(frozen=True)
class ImportedOrder:
    """Changes to the default configuration, the whole that they make, and what of the parameters is in neither."""

    overrides: dict[str, object]
    configuration: Configuration
    not_taken_over: tuple[NotTakenOver, ...]


def imported_order(original: Original) -> ImportedOrder:
    """Return what the parameters and the grammar say.

    With runs, sizes are those of the runs. Raises UnreadableOriginal, at the setting, for what is not allowed here.
    """
    parameters, grammar = original.parameters, original.grammar
    overrides: dict[str, object] = {}
    notes: list[NotTakenOver] = []
    if parameters is not None:
        if original.runs:
            notes += _fitted_to_runs(parameters, original)
        overrides |= parameters.nested()
    if grammar is not None:
        rates = parameters.rates_by_name(grammar) if parameters else None
        overrides |= {"evolves": grammar.evolves, "grammar": grammar.bnf(rates)}
    configuration = _checked(overrides, parameters, grammar)
    return ImportedOrder(overrides, configuration, tuple(notes))


def run_seed(seed: int | None, otherwise: int) -> int:
    """Return a run's seed: the original's where it fits."""
    return otherwise if seed is None or seed > LARGEST_SEED else seed


def _fitted_to_runs(parameters: OriginalParameters, original: Original) -> list[NotTakenOver]:
    """Let the dumps have the last word, and return what they overrule."""
    if not parameters.problem.same:
        place = parameters.places.get("problem")
        why = f"{parameters.problem.network} on {parameters.problem.data} is no problem here"
        raise UnreadableOriginal(
            parameters.file,
            f"{why}, so a run of it cannot be taken over; its grammar can be imported alone.",
            place.line if place else None,
        )
    notes = [
        NotTakenOver(parameters.places[path].file, parameters.places[path].line, parameters.places[path].key, why)
        for path, why in _NOT_FOR_RUNS.items()
        if path in parameters.values
    ]
    for path in _NOT_FOR_RUNS:
        parameters.values.pop(path, None)
    sizes = {
        "search.population_size": original.runs[0].population_size,
        "search.depth_limit": max(_number(parameters, "search.depth_limit", 17), *_depths(original)),
        "search.generations": max(_number(parameters, "search.generations", 1), *_lengths(original)),
    }
    for path, value in sizes.items():
        notes += _overruled(parameters, path, value)
    return notes


def _depths(original: Original) -> Sequence[int]:
    return [run.deepest for run in original.runs]


def _lengths(original: Original) -> Sequence[int]:
    return [len(run.generations) for run in original.runs]


def _number(parameters: OriginalParameters, path: str, otherwise: int) -> int:
    value = parameters.values.get(path)
    return value if isinstance(value, int) else otherwise


def _overruled(parameters: OriginalParameters, path: str, value: int) -> list[NotTakenOver]:
    said, place = parameters.values.get(path), parameters.places.get(path)
    parameters.values[path] = value
    if place is None or said == value:
        return []
    why = f"it becomes {value} ({path}), which is what the dumped individuals have."
    return [NotTakenOver(place.file, place.line, place.key, why)]


def _checked(
    overrides: dict[str, object], parameters: OriginalParameters | None, grammar: OriginalGrammar | None
) -> Configuration:
    """Return the whole; raises UnreadableOriginal, at the setting, for the first value that cannot be used."""
    try:
        configuration = resolve(Order(overrides=overrides))
        if grammar is not None:
            design(configuration)
    except InvalidOrder as error:
        first = error.errors[0]
        path = first.pointer.removeprefix("/overrides").strip("/").replace("/", ".")
        place = parameters.places.get(path) if parameters else None
        if place is not None:
            raise place.refused(f"({path}) {first.detail}.") from None
        of_grammar = grammar is not None and (parameters is None or path == "grammar")
        raise UnreadableOriginal(_file(parameters, grammar, of_grammar), f"{path}: {first.detail}.") from None
    return configuration


def _file(parameters: OriginalParameters | None, grammar: OriginalGrammar | None, of_grammar: bool) -> str:
    found = grammar if of_grammar else parameters
    return found.file if found else "the files"
