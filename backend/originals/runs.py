"""A run of the original, from the files of its folder."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from backend.originals.assigned import from_json
from backend.originals.conversion import Conversion, TakenIndividual
from backend.originals.errors import UnreadableOriginal
from backend.originals.files import RunFiles
from backend.originals.grammars import OriginalGrammar
from backend.originals.individuals import DumpedIndividual, read_iteration
from backend.originals.not_taken_over import NotTakenOver
from backend.originals.parameters import OriginalParameters, read_parameters
from backend.originals.progress_report import check_report

# Notes on single individuals beyond this many are counted, not listed.
MOST_NOTES = 20


@dataclass(frozen=True)
class OriginalRun:
    """The generations of a run, complete and in order, and how deep its deepest derivation is."""

    folder: str
    generations: tuple[tuple[TakenIndividual, ...], ...]
    not_taken_over: tuple[NotTakenOver, ...]

    @property
    def population_size(self) -> int:
        """How many individuals each generation has."""
        return len(self.generations[0])

    @property
    def individuals(self) -> int:
        """How many individuals there are in all generations."""
        return len(self.generations) * self.population_size

    @property
    def deepest(self) -> int:
        """The depth of the deepest derivation; the start is at depth 0."""
        return max(each.bred.genotype.depth for population in self.generations for each in population)


def parameters_of_run(files: RunFiles) -> OriginalParameters | None:
    """Return what the run's `_parameters.json` says, None if there is none.

    Of several objects the last one counts: the original appends one when it resumes.
    """
    if files.parameters is None:
        return None
    path = files.parameters.path
    versions = from_json(files.parameters.text(), path)
    read = read_parameters(versions[-1], path)
    before = {setting.key: setting.value for version in versions[:-1] for setting in version}
    for setting in versions[-1]:
        if setting.key in before and before[setting.key] != setting.value:
            read.leave(setting, f"an object before says {before[setting.key]!r}; the last one counts.")
    return read


def read_run(files: RunFiles, grammar: OriginalGrammar) -> OriginalRun:
    """Return the run; raises UnreadableOriginal for gaps, for generations of different sizes, and for any bad dump."""
    conversion = Conversion(grammar)
    generations: list[tuple[TakenIndividual, ...]] = []
    before: Sequence[DumpedIndividual] = ()
    notes: list[NotTakenOver] = []
    for number in _numbers(files):
        file = files.iterations[number]
        population = read_iteration(file.text(), file.path)
        if generations and len(population) != len(generations[0]):
            why = f"it has {len(population)} individuals, the generations before have {len(generations[0])}."
            raise UnreadableOriginal(file.path, why)
        taken = conversion.generation(population, before)
        notes += _notes(file.path, taken)
        generations.append(taken)
        before = population
    run = tuple(generations)
    return OriginalRun(files.folder, run, (*_shortened(notes), *_report(files, run)))


def _numbers(files: RunFiles) -> range:
    last = max(files.iterations)
    missing = [number for number in range(last + 1) if number not in files.iterations]
    if missing:
        folder = "" if files.folder == "." else f"{files.folder}/"
        raise UnreadableOriginal(
            f"{folder}iteration_{missing[0]}.json",
            f"it is missing, but there is iteration_{last}.json: all generations are needed (SAVE_STEP must be 1).",
        )
    return range(last + 1)


def _notes(path: str, population: Sequence[TakenIndividual]) -> Iterator[NotTakenOver]:
    for index, each in enumerate(population):
        if each.note:
            yield NotTakenOver(path, None, f"individual {index}", f"{each.note}.")


def _shortened(notes: Sequence[NotTakenOver]) -> Iterator[NotTakenOver]:
    yield from notes[:MOST_NOTES]
    if len(notes) > MOST_NOTES:
        last = notes[-1]
        yield NotTakenOver(last.file, None, "", f"the same goes for {len(notes) - MOST_NOTES} further individuals.")


def _report(files: RunFiles, generations: Sequence[Sequence[TakenIndividual]]) -> Iterator[NotTakenOver]:
    if files.report is not None:
        best = {
            number: max((each.fitness for each in population if each.fitness is not None), default=None)
            for number, population in enumerate(generations)
        }
        yield from check_report(files.report.text(), files.report.path, best)
