"""Which constants of a contender can be tuned, and what the contender is with others."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from backend.benchmarks.tuning import Space
from backend.experiments.benchmark_configuration import ContenderOrder, ResolvedBenchmark, ResolvedContender
from backend.experiments.benchmark_contenders import made_by_people
from backend.experiments.benchmark_phases import Tuning
from backend.experiments.errors import FieldError, InvalidOrder
from backend.export.simplified_rule import simplified
from backend.phenotypes.behaviour import UPDATE_RULE
from backend.phenotypes.built_in_tunables import built_in_tunables
from backend.phenotypes.expression_constants import USUAL_REACH
from backend.phenotypes.human_made_rules import HUMAN_MADE_RULES
from backend.phenotypes.human_made_schedules import HUMAN_MADE_SCHEDULES
from backend.phenotypes.rule_behaviour import update_rule
from backend.phenotypes.rule_constants import rule_constants, with_constants
from backend.phenotypes.schedule import CannotTrain
from backend.phenotypes.schedule_constants import schedule_constants, text_with_constants
from backend.phenotypes.tunable import Tunable
from backend.phenotypes.update_rule import UpdateRule

# What constants for which a contender cannot be made raise.
CANNOT_BE_MADE = (CannotTrain, ArithmeticError, ValueError)


@dataclass(frozen=True)
class TunableContender:
    """A contender (its place), the constants to tune, and how many trainings it has for that on each problem."""

    place: int
    space: Space
    trainings: int


def tunable_contenders(resolved: ResolvedBenchmark) -> tuple[TunableContender, ...]:
    """Return the contenders that are tuned: those that have constants, and trainings for it."""
    tuning = resolved.declaration.tuning
    if tuning is None:
        return ()
    found = []
    for place, (order, contender) in enumerate(zip(resolved.members, resolved.contenders, strict=True)):
        space = space_of(order, contender, tuning)
        # What was stored before trainings were shared out has them in the order alone.
        ordered = tuning.trainings if order.trainings is None else order.trainings
        trainings = ordered if contender.trainings is None else contender.trainings
        if space and trainings:
            found.append(TunableContender(place, space, trainings))
    return tuple(found)


def space_of(order: ContenderOrder, contender: ResolvedContender, tuning: Tuning) -> Space:
    """Return the constants to tune; those that a grid goes through stay."""
    published = tuning.ranges == "published"
    return {
        name: tunable.as_published if published else tunable
        for name, tunable in _tunables(order, contender, tuning.reach).items()
        if name not in contender.tried and (order.tune is None or name in order.tune)
    }


def check_tunables(resolved: ResolvedBenchmark) -> None:
    """Raise `InvalidOrder` for contenders that name a constant to tune which they do not have."""
    faults = []
    for place, order in enumerate(resolved.declaration.contenders):
        own = next(each for each in resolved.contenders if order.members[0].label == each.label)
        known = _tunables(order, own)
        unknown = [name for name in order.tune or () if name not in known]
        if unknown:
            said = f"it has {', '.join(known)}" if known else "it has none"
            detail = f"{order.label!r} has no constant {unknown[0]!r} that can be tuned; {said}"
            faults.append(FieldError(f"/overrides/contenders/{place}/tune", detail))
    if faults:
        raise InvalidOrder(tuple(faults))


def contender_with(
    order: ContenderOrder, contender: ResolvedContender, constants: Mapping[str, float], epochs: int
) -> ResolvedContender:
    """Return the contender with these constants in the place of its own, over so many epochs.

    Raises one of `CANNOT_BE_MADE` where it has no such behaviour.
    """
    if contender.read_as is not None:
        evolved = contender.read_as.over(epochs)
        text = text_with_constants(evolved.read(contender.text), constants)
        behaviour = evolved.behaviour(text)
    elif contender.kind == UPDATE_RULE and order.human_made is None:
        rule = with_constants(_rule(contender.text), constants)
        behaviour, text = update_rule(rule), rule.text
    else:
        found = made_by_people(order.model_copy(update={"constants": {**order.constants, **constants}}), epochs)
        behaviour, text = found.behaviour, found.text
    return contender.model_copy(update={"content": dict(behaviour.content), "text": text})


def _tunables(order: ContenderOrder, contender: ResolvedContender, reach: float = USUAL_REACH) -> Mapping[str, Tunable]:
    """Return all constants that can be tuned; the declared values are what a tuning starts from."""
    if order.human_made is not None:
        own = HUMAN_MADE_RULES[order.human_made].tunables
    elif order.schedule is not None:
        own = HUMAN_MADE_SCHEDULES[order.schedule].tunables
    elif order.built_in is not None:
        own = built_in_tunables(order.built_in)
    elif contender.read_as is not None:
        # Its numbers are the same over any number of epochs.
        return schedule_constants(contender.read_as.over(1).read(contender.text), reach)
    else:
        return rule_constants(_rule(contender.text), reach) if contender.kind == UPDATE_RULE else {}
    declared = order.constants
    return {name: each.starting_at(declared[name]) if name in declared else each for name, each in own.items()}


# A tuning asks for the same few rules hundreds of times.
@lru_cache(maxsize=256)
def _rule(text: str) -> UpdateRule:
    """Return an evolved rule in its readable form, as long as float32 makes no difference to it.

    Constants that do nothing are not in it, and those that only matter together are one: fewer have to be tuned.
    """
    return simplified(UpdateRule.from_text(text))
