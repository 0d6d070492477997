"""Who is tuned with how many trainings: the main rivals with as many as the finalist's search and tuning took together.

A search has looked at far more than a tuning does; a rival that was tuned little is beaten by the trainings alone.
"""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from backend.experiments.benchmark_configuration import BenchmarkConfiguration, ContenderOrder, ResolvedContender
from backend.experiments.benchmark_tunables import space_of
from backend.experiments.transfer import sources_of
from backend.store import individuals, runs
from backend.store.lists import run_in_experiment
from backend.store.run_summaries import facts_of

# Rules with decoupled weight decay under the schedules that serve best: who leads these leads what people use.
_MAIN_RULES = {"nesterov-decay": "Nesterov", "adamw": "AdamW"}
_MAIN_SCHEDULES = ("warm-up-stable-decay", "cosine", "one-cycle")
MAIN_RIVALS = {
    f"{rule}-{schedule}": f"{title} {schedule}" for rule, title in _MAIN_RULES.items() for schedule in _MAIN_SCHEDULES
}


def with_main_rivals(declared: BenchmarkConfiguration) -> BenchmarkConfiguration:
    """Return the declaration with the main rivals that it does not name itself, where they are asked for."""
    if not _is_shared_out(declared):
        return declared
    named = {each.human_made for each in declared.contenders if each.label not in declared.finalists}
    added = tuple(
        ContenderOrder(label=label, human_made=name) for name, label in MAIN_RIVALS.items() if name not in named
    )
    # Checked again: a label may be taken.
    return BenchmarkConfiguration.model_validate({**dict(declared), "contenders": (*declared.contenders, *added)})


def share_out(
    session: Session,
    declared: BenchmarkConfiguration,
    contenders: Sequence[ResolvedContender],
    finalists: Sequence[int],
) -> tuple[ResolvedContender, ...]:
    """Return the contenders with the trainings that their search took and those that their tuning has."""
    members = [member for order in declared.contenders for member in order.members]
    searched = [_searched(session, order, contender) for order, contender in zip(members, contenders, strict=True)]
    own = [_own(declared, order, contender) for order, contender in zip(members, contenders, strict=True)]
    whole = max((searched[place] + own[place] for place in finalists), default=0) if _is_shared_out(declared) else 0
    main = {place for place, order in enumerate(members) if order.human_made in MAIN_RIVALS} - set(finalists)
    return tuple(
        contender.model_copy(
            update={
                "searched": searched[place],
                "trainings": max(own[place], whole) if place in main else own[place],
            }
        )
        for place, contender in enumerate(contenders)
    )


def trainings_of_search(session: Session, run_id: int) -> int:
    """Return how many trainings it took to find what a run has found.

    Those of all runs of its experiment, for the best of them is taken, and of the runs that its seeds came from.
    """
    waiting, counted, trainings = [run_id], set[int](), 0
    while waiting:
        row = run_in_experiment(session, waiting.pop())
        if row is None or row.experiment.id in counted:
            continue
        counted.add(row.experiment.id)
        facts = facts_of(session, runs.of_experiment(session, row.experiment.id))
        trainings += sum(each.trainings for each in facts.values())
        waiting += [source.run_id for source in sources_of(row.experiment) if source.run_id is not None]
    return trainings


def _is_shared_out(declared: BenchmarkConfiguration) -> bool:
    tuning = declared.tuning
    return tuning is not None and tuning.budget == "equal_total" and bool(declared.finalists)


def _own(declared: BenchmarkConfiguration, order: ContenderOrder, contender: ResolvedContender) -> int:
    """Return the trainings that are declared; 0 for what has no constants to tune."""
    if declared.tuning is None or not space_of(order, contender, declared.tuning):
        return 0
    return declared.tuning.trainings if order.trainings is None else order.trainings


def _searched(session: Session, order: ContenderOrder, contender: ResolvedContender) -> int:
    if order.searched is not None or contender.individual_id is None:
        return order.searched or 0
    individual = individuals.get(session, contender.individual_id)
    assert individual is not None, "it was resolved just now"
    return trainings_of_search(session, individual.run_id)
