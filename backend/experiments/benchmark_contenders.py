"""From contenders as they are ordered to behaviours: once, when the benchmark is launched."""

import math
from dataclasses import dataclass
from typing import Literal

from sqlalchemy.orm import Session

from backend.experiments.benchmark_configuration import BenchmarkConfiguration, ContenderOrder, ResolvedContender
from backend.experiments.design import design_of
from backend.experiments.errors import FieldError, InvalidOrder
from backend.experiments.read_as import ReadAs
from backend.expressions.errors import ExpressionError
from backend.phenotypes.behaviour import RATE_VECTOR, Behaviour, built_in
from backend.phenotypes.built_in_arguments import BUILT_IN_ARGUMENTS
from backend.phenotypes.human_made_rules import HUMAN_MADE_RULES
from backend.phenotypes.human_made_schedules import HUMAN_MADE_SCHEDULES
from backend.phenotypes.rule_behaviour import update_rule
from backend.phenotypes.schedule import CannotTrain
from backend.phenotypes.update_rule import UpdateRule
from backend.problems.specification import Optimizer, optimizer_of
from backend.store.lists import individual_with_behaviour, run_in_experiment


@dataclass(frozen=True)
class Found:
    """What a contender does, its text, and where it comes from in words."""

    behaviour: Behaviour
    text: str
    source: str
    # What the schedules of its experiment set the rate of; None where no experiment is behind it.
    evolved_under: Optimizer | None = None
    # The problem that it was evolved on; None where no run is behind it.
    found_on: str | None = None
    # How the text of a schedule is read that was not made by people.
    read_as: ReadAs | None = None


class _Fault(ValueError):
    """A contender that cannot be made: which of its fields is wrong, and why."""

    def __init__(self, field: str, detail: str) -> None:
        super().__init__(detail)
        self.field = field


def resolve_contenders(session: Session, declared: BenchmarkConfiguration) -> tuple[ResolvedContender, ...]:
    """Return all contenders with what they do; `InvalidOrder` with every one that cannot be made, and why."""
    faults: list[FieldError] = []
    made: list[ResolvedContender] = []
    for place, order in enumerate(declared.contenders):
        try:
            made += [_resolved(session, declared, order, member) for member in order.members]
        except _Fault as fault:
            faults.append(FieldError(f"/overrides/contenders/{place}/{fault.field}", str(fault)))
    if faults:
        raise InvalidOrder(tuple(faults))
    return tuple(made)


def finalists_of(declared: BenchmarkConfiguration) -> tuple[int, ...]:
    """Return the places of the finalists among all that is trained, those of a grid each."""
    families = [order.label for order in declared.contenders for _ in order.members]
    return tuple(place for place, family in enumerate(families) if family in declared.finalists)


def _resolved(
    session: Session, declared: BenchmarkConfiguration, order: ContenderOrder, member: ContenderOrder
) -> ResolvedContender:
    found = _found(session, declared, member)
    base = member.optimizer or found.evolved_under or declared.protocol.optimizer
    return ResolvedContender(
        label=member.label,
        text=found.text,
        source=found.source,
        kind=found.behaviour.kind,
        content=dict(found.behaviour.content),
        optimizer=optimizer_of(found.behaviour.kind, base),
        individual_id=member.individual,
        found_on=found.found_on,
        read_as=found.read_as,
        family=order.label if order.grid else None,
        tried={constant: member.constants[constant] for constant in order.grid},
    )


def _found(session: Session, declared: BenchmarkConfiguration, order: ContenderOrder) -> Found:
    epochs = declared.protocol.epochs
    if order.individual is not None:
        return _individual(session, order.individual, epochs)
    if order.phenotype is not None:
        return _typed(order.phenotype, order.kind, epochs)
    return made_by_people(order, epochs)


def made_by_people(order: ContenderOrder, epochs: int) -> Found:
    """Return what a human-made rule, schedule or built-in optimizer does; ValueError if it cannot be made, and why."""
    if order.human_made is not None:
        return _human_made(order.human_made, order.constants)
    if order.built_in is not None:
        return _found_built_in(order.built_in, order.constants)
    assert order.schedule is not None
    return _human_made_schedule(order.schedule, order.constants, epochs)


def _individual(session: Session, individual_id: int, epochs: int) -> Found:
    row = individual_with_behaviour(session, individual_id)
    if row is None:
        raise _Fault("individual", f"there is no individual {individual_id}")
    run = run_in_experiment(session, row.individual.run_id)
    assert run is not None  # an individual is of a run
    made = design_of(run.experiment)
    read_as = ReadAs.of(made.evolved)
    try:
        # A benchmark may train longer than the search did.
        evolved = read_as.over(epochs) if read_as else made.evolved
        behaviour = evolved.behaviour(row.individual.phenotype)
    except CannotTrain as error:
        raise _Fault("individual", f"individual {individual_id} cannot be trained: {error}") from None
    return Found(
        behaviour,
        row.individual.phenotype,
        f"individual {individual_id} of run {run.run.id}",
        made.configuration.training.optimizer,
        made.problem.name,
        read_as,
    )


def _typed(text: str, kind: Literal["schedule", "schedule_program", "update_rule"], epochs: int) -> Found:
    try:
        if kind == "update_rule":
            return Found(update_rule(UpdateRule.from_text(text)), text, "typed in")
        read_as = ReadAs(kind=kind)
        return Found(read_as.over(epochs).behaviour(text), text, "typed in", read_as=read_as)
    except (ExpressionError, CannotTrain) as error:
        raise _Fault("phenotype", f"{error} (read as {kind.replace('_', ' ')})") from None


def _human_made(name: str, constants: dict[str, float]) -> Found:
    if name not in HUMAN_MADE_RULES:
        raise _Fault("human_made", f"there is no human-made rule {name!r}; there are {', '.join(HUMAN_MADE_RULES)}")
    made = HUMAN_MADE_RULES[name]
    try:
        rule = made.rule(**constants)
        return Found(update_rule(rule), rule.text, f"{made.title}{_said(made.constants | constants)}")
    except (CannotTrain, ValueError) as error:
        raise _Fault("constants", str(error)) from None


def _human_made_schedule(name: str, constants: dict[str, float], epochs: int) -> Found:
    if name not in HUMAN_MADE_SCHEDULES:
        raise _Fault("schedule", f"there is no schedule {name!r}; there are {', '.join(HUMAN_MADE_SCHEDULES)}")
    made = HUMAN_MADE_SCHEDULES[name]
    said = f"{made.title}{_said(made.constants | constants)}"
    try:
        rates = made.rates(epochs, **constants)
    except (ArithmeticError, ValueError) as error:
        raise _Fault("constants", f"{said} gives no rates: {error}") from None
    if not all(0 <= rate < math.inf for rate in rates) or not any(rates):
        raise _Fault("constants", f"{said} gives a rate that is negative or not finite, or 0 throughout")
    return Found(Behaviour(RATE_VECTOR, {"rates": list(rates)}), said, "human-made schedule")


def _found_built_in(name: str, configuration: dict[str, float]) -> Found:
    if name not in BUILT_IN_ARGUMENTS:
        raise _Fault("built_in", f"Keras has no optimizer {name!r}; there are {', '.join(BUILT_IN_ARGUMENTS)}")
    unknown = [constant for constant in configuration if constant not in BUILT_IN_ARGUMENTS[name]]
    if unknown:
        known = ", ".join(sorted(BUILT_IN_ARGUMENTS[name]))
        raise _Fault("constants", f"Keras's {name} has no constant {unknown[0]!r}; it has {known}")
    said = _said(configuration)
    return Found(built_in(name, configuration), f"{name}{said}", f"Keras's {name}{said}")


def _said(constants: dict[str, float]) -> str:
    values = ", ".join(f"{name} {value:g}" for name, value in constants.items())
    return f" ({values})" if values else ""
