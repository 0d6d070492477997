"""Verdicts: sentences in plain words, made of the numbers and of nothing else.

"Better" and "worse" are said only where p after Holm, over the comparisons declared beforehand, is below .05.
"""

from collections.abc import Sequence

from backend.benchmarks.comparison import Comparison, Outcome
from backend.benchmarks.effect_size import size_in_words


def verdict(first: Comparison, confirmation: Comparison | None = None) -> str:
    """Return the sentences on one comparison and, where it was tried again on fresh seeds, on what came of that."""
    said = _SAID[first.outcome](first)
    if confirmation is not None:
        said = f"{said} {_confirmed(first, confirmation)}"
    return " ".join((said, *_on_failures(first)))


def headline(comparisons: Sequence[tuple[Comparison, Comparison | None]]) -> str:
    """Return one sentence on all declared comparisons, each with its confirmation if there was one."""
    if not comparisons:
        return "No comparison was declared, so there is no verdict; the table says what each contender reached."
    counts = dict.fromkeys(Outcome, 0)
    for first, confirmation in comparisons:
        counts[_final(first, confirmation)] += 1
    if counts[Outcome.NO_DIFFERENCE] == len(comparisons):
        return f"No difference shown in {_all_of(len(comparisons))}."
    shown = [f"{_PARTS[outcome]} in {count}" for outcome, count in counts.items() if count]
    finalists = {first.finalist for first, _ in comparisons}
    subject = f"{finalists.pop()}: " if len(finalists) == 1 else ""
    return f"{subject}{', '.join(shown)} of {_counted(len(comparisons))}."


def p_text(p: float | None) -> str:
    """Return a p value as it is said, with its sign."""
    if p is None:
        return "p cannot be computed"
    return "p < 0.0001" if p < 0.0001 else f"p = {p:.2g}"


def _final(first: Comparison, confirmation: Comparison | None) -> Outcome:
    """What stands in the end: a difference that a second round does not show again is none."""
    if confirmation is None or confirmation.outcome is first.outcome:
        return first.outcome
    return Outcome.NO_DIFFERENCE


def _different(found: Comparison) -> str:
    return (
        f"{found.finalist} is {found.outcome} than {found.rival} on {found.problem}: {_by_how_much(found)} "
        f"{_numbers(found)}, a {_size(found)} difference."
    )


def _no_difference(found: Comparison) -> str:
    between = f"No difference shown between {found.finalist} and {found.rival} on {found.problem}"
    if found.p is None:
        return f"{between}: every one of the {found.n} trials of both gave the same score."
    said = f"{between}: {_by_how_much(found)} {_numbers(found)}, a {_size(found)} difference"
    if found.trials_needed is None:
        return (
            f"{said}. Each was ahead as often as the other: no number of trials would show a difference of this size."
        )
    return f"{said}; about {found.trials_needed} trials each would be needed to show one of this size."


def _cannot_say(found: Comparison) -> str:
    between = f"Nothing can be said of {found.finalist} against {found.rival} on {found.problem}"
    if found.failed == found.n and found.failed_rival == found.n_rival and found.n > 0:
        return f"{between}: all trials of both failed."
    trials = min(found.n, found.n_rival)
    return f"{between}: {trials or 'no'} trial{'' if trials == 1 else 's'} a side cannot show how far chance reaches."


def _confirmed(first: Comparison, confirmation: Comparison) -> str:
    if confirmation.outcome is first.outcome:
        return f"Confirmed on fresh seeds ({_statistics(confirmation)})."
    return f"Not confirmed on fresh seeds ({_statistics(confirmation)}): taken together, no difference shown."


def _on_failures(found: Comparison) -> list[str]:
    sides = ((found.finalist, found.failed, found.n), (found.rival, found.failed_rival, found.n_rival))
    return [
        f"{failed} of {trials} trainings of {name} failed; they rank below every score."
        for name, failed, trials in sides
        if failed
    ]


def _by_how_much(found: Comparison) -> str:
    if found.difference is None:
        return "without a mean on one side"
    return f"on average {found.difference:+.4f}".replace("-", "−")


def _numbers(found: Comparison) -> str:
    return f"({_statistics(found)})"


def _statistics(found: Comparison) -> str:
    after = " after Holm" if found.p_holm is not None else ""
    share = "" if found.a12 is None else f", A12 = {found.a12:.2f}"
    trials = str(found.n) if found.n == found.n_rival else f"{found.n} and {found.n_rival}"
    return f"n = {trials}, {p_text(found.p_holm)}{after}{share}"


def _size(found: Comparison) -> str:
    return "unknown" if found.a12 is None else size_in_words(found.a12)


def _counted(count: int) -> str:
    return f"{count} declared comparison{'' if count == 1 else 's'}"


def _all_of(count: int) -> str:
    return "the one declared comparison" if count == 1 else f"any of the {count} declared comparisons"


_SAID = {
    Outcome.BETTER: _different,
    Outcome.WORSE: _different,
    Outcome.NO_DIFFERENCE: _no_difference,
    Outcome.CANNOT_SAY: _cannot_say,
}

_PARTS = {
    Outcome.BETTER: "better",
    Outcome.WORSE: "worse",
    Outcome.NO_DIFFERENCE: "no difference shown",
    Outcome.CANNOT_SAY: "nothing can be said",
}
