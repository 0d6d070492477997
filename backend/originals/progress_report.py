"""The original's `_progress_report.csv`: only held against the dumps, since all in it follows from them."""

import math
from collections.abc import Iterator, Mapping

from backend.originals.not_taken_over import NotTakenOver

_TOLERANCE = 1e-6


def check_report(text: str, file: str, best: Mapping[int, float | None]) -> Iterator[NotTakenOver]:
    """Yield the file itself, and every line that says another best than the individuals do.

    Lines have generation, best, mean and standard deviation of the negated accuracy, separated by tabs. `best` is the
    best accuracy of each generation, None where there is none.
    """
    yield NotTakenOver(file, None, "", "best and mean are computed from the individuals instead.")
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and (why := _disagreement(line, best)):
            yield NotTakenOver(file, number, "", why)


def _disagreement(line: str, best: Mapping[int, float | None]) -> str | None:
    fields = line.split("\t")
    try:
        generation, said = int(float(fields[0])), -float(fields[1])
    except (ValueError, IndexError, OverflowError):
        return "the line cannot be read."
    if generation not in best:
        return f"there is no dump of generation {generation}."
    known = best[generation]
    if known is None or math.isnan(said) or math.isclose(known, said, abs_tol=_TOLERANCE):
        return None
    return f"it says that the best of generation {generation} is {said:g}, its individuals say {known:g}."
