"""The behaviour of a schedule program: its rates if they depend on the epoch alone, else its canonical expression."""

from backend.expressions.languages import PROGRAM
from backend.expressions.nodes import Constant
from backend.expressions.print_text import to_text
from backend.expressions.protected_bounds import ProtectedBounds, protected_bounds
from backend.phenotypes.behaviour import JSON, RATE_VECTOR, SCHEDULE_PROGRAM, Behaviour
from backend.phenotypes.schedule import EPOCH, CannotTrain
from backend.phenotypes.schedule_program import EPOCH_SHARE, LOSS, VAL_LOSS, ScheduleProgram, SetPer, clamped

_NOTHING = "so that nothing would be learned."


def schedule_program(program: ScheduleProgram) -> Behaviour:
    """Return the behaviour of a schedule program.

    One that reads no loss is a rate vector, the same as that of a schedule with these rates. Else the content is
    {"program": canonical text, "set_per": ...} and, where epoch_share is read, "epochs". Raises CannotTrain, with the
    reason, for a program whose rate is 0 in every epoch, as far as that can be proved.
    """
    reason = why_nothing_is_learned(program)
    if reason is not None:
        raise CannotTrain(reason)
    if not program.reads & {LOSS, VAL_LOSS}:
        return Behaviour(RATE_VECTOR, {"rates": list(known_rates(program))})
    # What does not see the batches sets the same rate before each.
    set_per = program.set_per if LOSS in program.reads else SetPer.EPOCH
    content: dict[str, JSON] = {"program": to_text(program.simplified), "set_per": set_per.value}
    if EPOCH_SHARE in program.reads:
        content["epochs"] = program.epochs
    return Behaviour(SCHEDULE_PROGRAM, content)


def program_of(behaviour: Behaviour, epochs: int) -> ScheduleProgram:
    """Return the program that a behaviour of the kind schedule_program trains, in a training of so many epochs.

    Its val_loss is measured: one that is dead is in no canonical expression.
    """
    text, set_per = str(behaviour.content["program"]), str(behaviour.content["set_per"])
    return ScheduleProgram.from_text(text, epochs, SetPer(set_per))


def known_rates(program: ScheduleProgram) -> tuple[float, ...]:
    """Return the rates of the planned epochs of a program that reads no loss."""
    return tuple(program.rate(epoch) for epoch in range(program.epochs))


def why_nothing_is_learned(program: ScheduleProgram) -> str | None:
    """Say why the rate is 0 in every epoch; None where that cannot be proved."""
    highest = []
    for epoch in range(program.epochs):
        highest.append(_highest(program, epoch))
        if clamped(highest[-1]) > 0:
            return None
    if max(highest) < 0:
        least = "always" if isinstance(program.simplified, Constant) else "never above"
        return f"The rate is negative in every epoch ({least} {max(highest):.6g}), which counts as 0, {_NOTHING}"
    return f"The rate of every epoch is 0, negative or too small to be told from 0, {_NOTHING}"


def _highest(program: ScheduleProgram, epoch: int) -> float:
    """Return what the program comes to in an epoch or, if that depends on a loss, a number that it never exceeds."""
    if not program.reads & {LOSS, VAL_LOSS}:
        return program.value(epoch)
    share = epoch / program.epochs
    known = {EPOCH: ProtectedBounds(epoch, epoch), EPOCH_SHARE: ProtectedBounds(share, share)}
    return protected_bounds(program.simplified, PROGRAM, known).high
