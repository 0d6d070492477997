"""What each of the original's files is, told by its name."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from backend.originals.errors import UnreadableOriginal
from backend.originals.not_taken_over import NotTakenOver

_ITERATION = re.compile(r"iteration_(\d{1,9})\.json")
_NOT_READ = (
    (re.compile(r"(builtin|numpy)state_\d+"), "it is a pickle, which is never read; draws are not continued."),
    (re.compile(r"population_\d+\.json"), "its individuals are not evaluated; the next population is bred here."),
    (re.compile(r"z-archive_\d+\.json"), "it has no trainings, only scores that the individuals have as well."),
    (re.compile(r"elicit_report\.txt"), "it repeats what the individuals say."),
)
_GRAMMAR_ENDINGS = (".txt", ".bnf", ".grammar")
# In every grammar, and hardly in any other text.
_DEFINES = "::="


@dataclass(frozen=True)
class OriginalFile:
    """A file by its path, and how to get its bytes."""

    path: str
    read: Callable[[], bytes]

    def text(self) -> str:
        """Return the file as UTF-8; raises UnreadableOriginal if it is none."""
        try:
            return self.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise UnreadableOriginal(self.path, "this is no text in UTF-8.") from None


@dataclass
class RunFiles:
    """The files of one folder run_N."""

    folder: str
    parameters: OriginalFile | None = None
    report: OriginalFile | None = None
    iterations: dict[int, OriginalFile] = field(default_factory=dict)


@dataclass
class SortedFiles:
    """All files by what they are; runs in the order of their numbers."""

    parameters: list[OriginalFile] = field(default_factory=list)
    grammars: list[OriginalFile] = field(default_factory=list)
    runs: list[RunFiles] = field(default_factory=list)
    not_taken_over: list[NotTakenOver] = field(default_factory=list)


def sort_files(files: Iterable[OriginalFile]) -> SortedFiles:
    """Return the files by what they are; those that are not read are listed with the reason."""
    found = SortedFiles()
    folders: defaultdict[str, RunFiles] = defaultdict(lambda: RunFiles(""))
    for file in sorted(files, key=lambda each: _natural(each.path)):
        _place(file, found, folders)
    for folder, run in folders.items():
        run.folder = folder
        if run.iterations:
            found.runs.append(run)
        elif run.parameters:
            # A run's own parameters without dumps are parameters all the same.
            found.parameters.append(run.parameters)
    return found


def _place(file: OriginalFile, found: SortedFiles, folders: Mapping[str, RunFiles]) -> None:
    path = PurePosixPath(file.path)
    run = folders[str(path.parent)]
    if path.name.endswith("_parameters.json"):
        run.parameters = file
    elif path.name.endswith("_progress_report.csv"):
        run.report = file
    elif match := _ITERATION.fullmatch(path.name):
        _add_iteration(run, int(match[1]), file)
    elif why := next((why for pattern, why in _NOT_READ if pattern.fullmatch(path.name)), None):
        found.not_taken_over.append(NotTakenOver(file.path, None, "", why))
    elif path.suffix in (".yaml", ".yml"):
        found.parameters.append(file)
    elif path.suffix in _GRAMMAR_ENDINGS and _DEFINES in file.text():
        found.grammars.append(file)
    else:
        found.not_taken_over.append(NotTakenOver(file.path, None, "", "it is no file that the original writes."))


def _add_iteration(run: RunFiles, number: int, file: OriginalFile) -> None:
    if number in run.iterations:
        raise UnreadableOriginal(
            file.path, f"generation {number} is there twice, in {run.iterations[number].path} too."
        )
    run.iterations[number] = file


def _natural(path: str) -> list[tuple[int, str]]:
    """Return a key that sorts run_2 before run_10."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d+)", path)]
