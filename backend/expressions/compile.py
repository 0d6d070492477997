"""Expression to a function over any kind of number: floats, arrays, tensors."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from backend.expressions.nodes import Call, Constant, Node, Variable, fold

Number = TypeVar("Number")


def compile_expression(
    node: Node,
    implementations: Mapping[str, Callable[..., Number]],
    constant: Callable[[float], Number],
) -> Callable[[Mapping[str, Number]], Number]:
    """Return the function from the variables' values to the expression's value.

    Operators are looked up in `implementations` by name, here and not at each call; constants are passed through
    `constant` once. Every argument of every operator is computed, those of a choice included. Raises KeyError for
    an operator that is not implemented; the function does for a variable without a value.
    """
    # One step a node: it reads the variables and the results of earlier steps, and adds its own.
    steps: list[Callable[[Mapping[str, Number], Sequence[Number]], Number]] = []

    def add_step(part: Node, arguments: tuple[int, ...]) -> int:
        match part:
            case Constant(value):
                number = constant(value)
                steps.append(lambda _values, _results: number)
            case Variable(name):
                steps.append(lambda values, _results: values[name])
            case Call(operator):
                implementation = implementations[operator]
                steps.append(lambda _values, results: implementation(*[results[at] for at in arguments]))
        return len(steps) - 1

    def compiled(values: Mapping[str, Number]) -> Number:
        results: list[Number] = []
        for step in steps:
            results.append(step(values, results))
        return results[-1]

    fold(node, add_step)
    return compiled
