"""Whose trainings were fewer: who was tuned less than the finalist was searched and tuned is easier to beat."""

from collections import defaultdict

from backend.benchmarks.rounds import Declaration


def had_less(declared: Declaration, place: int) -> bool:
    """Whether a rival had fewer trainings than the finalist that had most, its search included."""
    return place not in declared.finalists and declared.entrants[place].trainings < _most(declared)


def unequal_budgets(declared: Declaration) -> tuple[str, ...]:
    """Return a sentence for each number of trainings that rivals had and that is less than the finalist's."""
    less: defaultdict[int, list[str]] = defaultdict(list)
    for place, each in enumerate(declared.entrants):
        if had_less(declared, place):
            less[each.trainings].append(each.label)
    return tuple(
        f"{_listed(labels)} {'have' if len(labels) > 1 else 'has'} {_counted(trainings)}, the finalist's search and "
        f"tuning {_most(declared):,}. A lead over {'them' if len(labels) > 1 else 'it'} may come of that."
        for trainings, labels in sorted(less.items(), reverse=True)
    )


def _most(declared: Declaration) -> int:
    return max((declared.entrants[place].trainings for place in declared.finalists), default=0)


def _listed(labels: list[str]) -> str:
    *others, last = labels
    return f"{', '.join(others)} and {last}" if others else last


def _counted(trainings: int) -> str:
    if trainings == 0:
        return "no training for tuning"
    return f"{trainings:,} training{'' if trainings == 1 else 's'} for tuning"
