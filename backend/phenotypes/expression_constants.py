"""The numbers of an expression that nobody named, so that an evolved one can be tuned like a human-made one."""

from collections.abc import Mapping

from backend.expressions.nodes import Call, Constant, Node, fold, walk
from backend.phenotypes.tunable import Scale, Tunable

# A tuning looks for better values from a third of the evolved one to three times it: evolution has chosen it already,
# and in a wider range few trainings find anything better.
USUAL_REACH = 3.0


def constants_in(node: Node, name: str, reach: float = USUAL_REACH) -> dict[str, Tunable]:
    """Return the numbers that the expression's text holds, left to right: `name_1` is the first.

    Better ones are looked for from their value divided by `reach` (above 1) to `reach` times it; what lies between .5
    and 1 is told by what it lacks to 1. 0 is none of them: a range around it has no scale.
    """
    numbers = (part.value for part in walk(node) if isinstance(part, Constant))
    return {f"{name}_{place}": _around(value, reach) for place, value in enumerate(numbers, start=1) if value != 0}


def with_constants_in(node: Node, name: str, values: Mapping[str, float]) -> Node:
    """Return the expression with these numbers in the place of its own; those that are not named stay."""
    met = 0

    def visit(part: Node, arguments: tuple[Node, ...]) -> Node:
        nonlocal met
        match part:
            case Constant(value):
                met += 1
                return Constant(values.get(f"{name}_{met}", value))
            case Call(operator):
                return Call(operator, arguments)
        return part

    return fold(node, visit)


def _around(value: float, reach: float) -> Tunable:
    if 0.5 < value < 1:
        return _below_one(value, reach)
    low, high = sorted((value / reach, value * reach))
    return Tunable(value, low, high, Scale.LOG)


def _below_one(value: float, reach: float) -> Tunable:
    """Return the range of what is told by how much it lacks to 1, such as what a mean keeps."""
    lacking = 1 - value
    return Tunable(value, max(1 - lacking * reach, value / reach), 1 - lacking / reach, Scale.ONE_MINUS)
