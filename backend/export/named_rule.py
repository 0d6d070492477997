"""An update rule whose numbers have names, so that exported code can offer them as hyper-parameters."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from backend.export.rule_code import PI
from backend.export.simplified_rule import simplified
from backend.expressions.nodes import Call, Constant, Node, Variable, fold, walk
from backend.phenotypes.update_rule import WEIGHT, UpdateRule

LEARNING_RATE = "learning_rate"

# Numbers that make a formula what it is, rather than being tuned: 1 - t, twice, half of.
_PART_OF_THE_FORMULA = {*map(Constant, (-2, -1, -0.5, 0, 0.5, 1, 2)), *PI}
_NO_SCALE = {*map(Constant, (-1, 0, 1)), *PI}


@dataclass(frozen=True)
class NamedConstant:
    """A hyper-parameter: its name in the code, the value that the rule was evolved with, and what it does."""

    name: str
    value: float
    meaning: str


@dataclass(frozen=True)
class NamedRule:
    """A rule of which the constants are variables, the learning rate first: `evolved`, simplified.

    The learning rate scales the whole change of the weight: it is the constant by which the rule multiplies that, or
    else a factor 1 put before it.
    """

    evolved: UpdateRule
    rule: UpdateRule
    constants: tuple[NamedConstant, ...]

    @property
    def functions(self) -> Mapping[str, Node]:
        """The functions that are computed, by name, in order: those of the live states, and that of the weight."""
        return {name: self.rule.functions[name] for name in (*self.rule.live_states, WEIGHT)}


def with_names(rule: UpdateRule) -> NamedRule:
    """Simplify the rule and name its constants."""
    scales: list[NamedConstant] = []
    functions: dict[str, Node] = {}
    for name, node in simplified(rule).functions.items():
        scale, functions[name] = _with_named_scale(node, name)
        scales += scale
    scales.sort(key=lambda constant: constant.name != LEARNING_RATE)
    others = _others(functions)
    named = UpdateRule.of({name: _substituted(node, others) for name, node in functions.items()})
    rest = [NamedConstant(name, value, _place(value, functions)) for value, name in others.items()]
    return NamedRule(rule, named, (*scales, *rest))


def _with_named_scale(node: Node, function: str) -> tuple[list[NamedConstant], Node]:
    """Name the constant that scales the whole of a function."""
    name = LEARNING_RATE if function == WEIGHT else f"{function}_rate"
    scale = _scale(node)
    if scale is not None:
        return [NamedConstant(name, abs(scale.value), _scales(function))], _rescaled(node, scale, name)
    if function == WEIGHT:
        return [NamedConstant(name, 1.0, _scales(function))], _multiplied(node, name)
    return [], node


def _scales(function: str) -> str:
    return f"Factor of the whole change of {_said(function)}"


def _multiplied(node: Node, name: str) -> Node:
    """Multiply by what a name stands for, a minus sign staying outermost."""
    match node:
        case Call("negative", (inner,)):
            return Call("negative", (_multiplied(inner, name),))
    return Call("multiply", (Variable(name), node))


def _said(function: str) -> str:
    return "the weight" if function == WEIGHT else function


def _scale(node: Node) -> Constant | None:
    """Return the first constant, if any, of which the whole is a multiple."""
    return next((constant for constant in _factors(node) if constant not in _NO_SCALE), None)


def _factors(node: Node) -> Iterator[Constant]:
    """Yield the constants of which the whole is a multiple."""
    match node:
        case Constant():
            yield node
        case Call("multiply", (left, right)):
            yield from _factors(left)
            yield from _factors(right)
        case Call("negative" | "divide_no_nan", (first, *_)):
            yield from _factors(first)


def _rescaled(node: Node, scale: Constant, name: str) -> Node:
    """Put a name in the place of that constant, and its sign before it, so that the named number is positive."""
    match node:
        case Constant(value):
            return Call("negative", (Variable(name),)) if value < 0 else Variable(name)
        case Call("multiply", (left, right)) if scale not in _factors(left):
            return Call("multiply", (left, _rescaled(right, scale, name)))
        case Call(operator, (first, *rest)):
            return Call(operator, (_rescaled(first, scale, name), *rest))
    raise ValueError(f"{node} is no multiple of a constant.")


def _others(functions: Mapping[str, Node]) -> dict[float, str]:
    """Return a name for each of the other constants, in the order in which they appear."""
    values: dict[float, str] = {}

    def collect(part: Node, _: tuple[None, ...]) -> None:
        if isinstance(part, Constant) and part not in _PART_OF_THE_FORMULA and part.value not in values:
            values[part.value] = f"c{len(values) + 1}"

    for node in functions.values():
        fold(node, collect)
    return values


def _place(value: float, functions: Mapping[str, Node]) -> str:
    """Say which functions a constant is part of."""
    places = [_said(name) for name, node in functions.items() if Constant(value) in walk(node)]
    said = places[0] if len(places) == 1 else f"{', '.join(places[:-1])} and {places[-1]}"
    return f"Part of the change of {said}"


def _substituted(node: Node, names: Mapping[float, str]) -> Node:
    """Put names in the places of constants."""

    def visit(part: Node, arguments: tuple[Node, ...]) -> Node:
        match part:
            case Constant(value) if value in names:
                return Variable(names[value])
            case Call(operator):
                return Call(operator, arguments)
        return part

    return fold(node, visit)
