"""All files of an import read together: parameters, grammars, runs."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from backend.originals.assigned import from_json, from_yaml
from backend.originals.errors import UnreadableOriginal
from backend.originals.files import OriginalFile, SortedFiles, sort_files
from backend.originals.grammars import OriginalGrammar, read_original_grammar
from backend.originals.not_taken_over import NotTakenOver
from backend.originals.parameters import OriginalParameters, read_parameters
from backend.originals.runs import OriginalRun, parameters_of_run, read_run

# Fields of a dump that follow from the rest.
_RECOMPUTED = "smart_phenotype, mapping_values, tree_depth, other_info"
# More than this would keep the database's other writers waiting too long.
MOST_INDIVIDUALS = 40_000


@dataclass(frozen=True)
class Original:
    """What was found. Without runs there is nothing to store, but a grammar or settings to launch with.

    `grammar` is the one that the runs or the parameters name, or the only one there is.
    """

    files: tuple[str, ...]
    parameters: OriginalParameters | None
    grammar: OriginalGrammar | None
    runs: tuple[OriginalRun, ...]
    seeds: tuple[int | None, ...]
    not_taken_over: tuple[NotTakenOver, ...]


def read_original(files: Iterable[OriginalFile]) -> Original:
    """Return what the files say; raises UnreadableOriginal, with the file and the reason, if one of them is no use."""
    given = tuple(files)
    found = sort_files(given)
    if not (found.parameters or found.grammars or found.runs):
        names = ", ".join(file.path for file in given[:3]) or "no file"
        raise UnreadableOriginal(names, "there is no parameter YAML, grammar text or run_N dump of the original in it.")
    of_runs = tuple(parameters_of_run(run) for run in found.runs)
    parameters = _parameters(found, of_runs)
    grammar = _grammar(found, parameters)
    runs = _runs(found, grammar, parameters)
    return Original(
        files=tuple(file.path for file in given),
        parameters=parameters,
        grammar=grammar,
        runs=runs,
        seeds=tuple(each.seed if each else None for each in of_runs),
        not_taken_over=tuple(_left(found, parameters, grammar, runs)),
    )


def _parameters(found: SortedFiles, of_runs: Sequence[OriginalParameters | None]) -> OriginalParameters | None:
    """Return the parameters of the runs, which have every default filled in, or else those of the YAML file."""
    given = [_read(file) for file in found.parameters]
    if len(given) > 1:
        names = ", ".join(each.file for each in given)
        raise UnreadableOriginal(names, "there is more than one parameter file; give those of one experiment.")
    known = [each for each in of_runs if each is not None]
    for other in known[1:]:
        _check_alike(known[0], other)
    if known and given:
        known[0].not_taken_over.append(_overruled(given[0]))
    return next(iter([*known, *given]), None)


def _overruled(parameters: OriginalParameters) -> NotTakenOver:
    return NotTakenOver(
        parameters.file, None, "", "what the runs say of themselves in _parameters.json counts instead."
    )


def _read(file: OriginalFile) -> OriginalParameters:
    if file.path.endswith(".json"):
        return read_parameters(from_json(file.text(), file.path)[-1], file.path)
    return read_parameters(from_yaml(file.text(), file.path), file.path)


def _check_alike(first: OriginalParameters, other: OriginalParameters) -> None:
    """Refuse runs that are no repetitions of each other: they would be one experiment here."""
    for path in sorted(first.values.keys() | other.values.keys()):
        mine, theirs = first.values.get(path), other.values.get(path)
        if mine != theirs or (path == "search.mutation_rate" and first.rates != other.rates):
            why = f"{path} is {theirs!r} here and {mine!r} in {first.file}: import these runs one by one."
            place = other.places.get(path)
            raise UnreadableOriginal(other.file, why, place.line if place else None)


def _grammar(found: SortedFiles, parameters: OriginalParameters | None) -> OriginalGrammar | None:
    """Return the grammar that the parameters name, or the only one."""
    named = parameters.grammar_file if parameters else None
    matching = [file for file in found.grammars if named and file.path.rpartition("/")[2] == named]
    candidates = matching or found.grammars
    if not candidates:
        return None
    if len(candidates) > 1:
        names = ", ".join(file.path for file in candidates)
        raise UnreadableOriginal(names, f"which grammar is meant? The parameters name {named or 'none'}.")
    return read_original_grammar(candidates[0].text(), candidates[0].path)


def _runs(
    found: SortedFiles, grammar: OriginalGrammar | None, parameters: OriginalParameters | None
) -> tuple[OriginalRun, ...]:
    if found.runs and grammar is None:
        why = "the grammar's text file is missing: without it the genotypes mean nothing."
        raise UnreadableOriginal(found.runs[0].folder, why)
    if found.runs and parameters is None:
        why = "its parameters are missing: give the YAML file or _parameters.json as well."
        raise UnreadableOriginal(found.runs[0].folder, why)
    runs = tuple(read_run(files, grammar) for files in found.runs if grammar is not None)
    if (count := sum(run.individuals for run in runs)) > MOST_INDIVIDUALS:
        why = f"they have {count:,} individuals; {MOST_INDIVIDUALS:,} at once are possible, so import single runs."
        raise UnreadableOriginal(", ".join(run.folder for run in runs), why)
    sizes = {run.population_size for run in runs}
    if len(sizes) > 1:
        folders = ", ".join(run.folder for run in runs)
        raise UnreadableOriginal(folders, "their populations are of different sizes: import these runs one by one.")
    return runs


def _left(
    found: SortedFiles,
    parameters: OriginalParameters | None,
    grammar: OriginalGrammar | None,
    runs: Sequence[OriginalRun],
) -> Iterator[NotTakenOver]:
    if parameters is not None:
        yield from sorted(parameters.not_taken_over, key=lambda each: (each.file, each.line or 0))
        yield from _of_grammar_name(parameters, grammar)
    if grammar is not None:
        yield from grammar.not_taken_over
        for file in found.grammars:
            if file.path != grammar.file:
                yield NotTakenOver(file.path, None, "", "the parameters name another grammar.")
    yield from found.not_taken_over
    for run in runs:
        yield NotTakenOver(run.folder, None, _RECOMPUTED, "these follow from the genotypes and are computed here.")
        yield from run.not_taken_over


def _of_grammar_name(parameters: OriginalParameters, grammar: OriginalGrammar | None) -> Iterator[NotTakenOver]:
    setting, named = parameters.settings.get("GRAMMAR"), parameters.grammar_file
    if setting is None or (grammar is not None and grammar.file.rpartition("/")[2] == named):
        return
    instead = f"{grammar.file} is taken instead" if grammar else "choose a grammar when you launch"
    yield NotTakenOver(setting.file, setting.line, setting.key, f"{setting.value} is not among the files; {instead}.")
