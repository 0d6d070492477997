"""The tree of a schedule program, each part with what the simplification made of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from backend.expressions.languages import PROGRAM
from backend.expressions.nodes import Call, Constant, Node, Variable, fold, size
from backend.expressions.simplify import simplify
from backend.phenotypes.schedule_program import VAL_LOSS, ScheduleProgram, ValLoss

# Each part is simplified by itself: of more parts than this only the count of what is left is told.
MOST_PARTS = 1000


@dataclass(frozen=True, eq=False)
class Part:
    """A node and the parts below it.

    It is dead where nothing of it is left in the simplified program. `value` is the number that a call, or a val_loss
    that is dead, always comes to; everything below such a call is dead.
    """

    node: Node
    parts: tuple["Part", ...]
    dead: bool
    value: float | None


@dataclass(frozen=True, eq=False)
class _Simplified:
    """A node with what it comes to by itself, and the same of its arguments."""

    node: Node
    form: Node
    arguments: tuple["_Simplified", ...]


def program_tree(program: ScheduleProgram) -> Part:
    """Return the tree of the program as it was bred; with more than MOST_PARTS nodes none is told to be dead."""
    if size(program.expression) > MOST_PARTS:
        return fold(program.expression, lambda node, parts: Part(node, parts, dead=False, value=None))
    dead_loss = program.val_loss is ValLoss.DEAD

    def simplified(node: Node, arguments: tuple[_Simplified, ...]) -> _Simplified:
        return _Simplified(node, _form(node, arguments, dead_loss), arguments)

    return _marked(fold(program.expression, simplified))


def count_dead(tree: Part) -> int:
    """Count the dead nodes."""
    return sum(part.dead for part in _walk(tree))


def _form(node: Node, arguments: tuple[_Simplified, ...], dead_loss: bool) -> Node:
    match node:
        case Call(operator):
            return simplify(Call(operator, tuple(argument.form for argument in arguments)), PROGRAM)
        case Variable(name) if dead_loss and name == VAL_LOSS:
            return Constant(0)
    return node


def _marked(root: _Simplified) -> Part:
    """Go down with what is dead, and build the parts on the way back. It does not recurse: trees may be deep."""
    dead = {id(root): False}
    order = [root]
    for entry in order:
        for argument, lives in zip(entry.arguments, _living(entry), strict=True):
            dead[id(argument)] = dead[id(entry)] or not lives
            order.append(argument)
    parts: dict[int, Part] = {}
    for entry in reversed(order):
        below = tuple(parts[id(argument)] for argument in entry.arguments)
        gone = dead[id(entry)] or _hands_on(entry)
        parts[id(entry)] = Part(entry.node, below, gone, None if gone else _value(entry))
    return parts[id(root)]


def _living(entry: _Simplified) -> Iterator[bool]:
    """Say of each argument of a call whether something of it is left in what the call comes to."""
    near = _near(entry.form)
    hands_on = _hands_on(entry)
    for place, argument in enumerate(entry.arguments):
        form = argument.form
        earlier = any(before.form == form for before in entry.arguments[:place])
        if isinstance(entry.form, Constant) or (earlier and near.count(form) < 2):
            # The second of two that became one, as in x + x = 2 x, is the one that is gone.
            yield False
        elif hands_on:
            yield form == entry.form
        else:
            yield isinstance(form, Constant) or form in near


def _hands_on(entry: _Simplified) -> bool:
    """Whether a call comes to one of its arguments: then it is gone itself, and the argument stands in its place."""
    is_one_of_them = any(argument.form == entry.form for argument in entry.arguments)
    return is_one_of_them and not isinstance(entry.form, Constant)


def _near(form: Node) -> tuple[Node, ...]:
    """Return a form, its arguments and theirs: no identity of the language builds deeper."""
    arguments = form.arguments if isinstance(form, Call) else ()
    return form, *arguments, *(below for each in arguments if isinstance(each, Call) for below in each.arguments)


def _value(entry: _Simplified) -> float | None:
    """Return the constant that a part comes to, unless it is one by itself."""
    settled = isinstance(entry.form, Constant) and not isinstance(entry.node, Constant)
    return entry.form.value if settled and isinstance(entry.form, Constant) else None


def _walk(tree: Part) -> Iterator[Part]:
    pending = [tree]
    while pending:
        part = pending.pop()
        yield part
        pending.extend(part.parts)
