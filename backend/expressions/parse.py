"""Text to expression.

Operators are written as calls, `add(a, b)`; those that have a sign also between their arguments, `a + b`, with
the usual precedence. Comparisons do not chain. A minus right before a number belongs to the number.
"""

from collections.abc import Generator
from dataclasses import dataclass
from typing import TypeAlias

from backend.expressions.errors import ExpressionError
from backend.expressions.forms import Binding
from backend.expressions.languages import Language
from backend.expressions.nodes import Call, Constant, Node, Variable
from backend.expressions.operators import OPERATORS, Kind, Operator
from backend.expressions.tokens import Token, tokens

_ORDINALS = ("first", "second", "third")


def parse(text: str, language: Language) -> Node:
    """Return the number-valued expression that the text writes.

    Raises ExpressionError, which names the column: for characters, names or numbers that the language does not
    have, wrong numbers or kinds of arguments, and nesting beyond what the language allows.
    """
    return _finished(_Parser(text, language).whole()).node


@dataclass(frozen=True)
class _Part:
    """A parsed expression and what decides where it may stand."""

    node: Node
    kind: Kind
    column: int
    depth: int = 1


# What a rule of the parser is: it yields the rules whose parts it needs, and returns its own.
_Rule: TypeAlias = Generator["_Rule", _Part, _Part]


def _finished(rule: _Rule) -> _Part:
    """Carry a rule out, with those that it needs: they wait here and not on Python's stack, which ends early."""
    waiting: list[_Rule] = []
    part: _Part | None = None
    while True:
        try:
            needed = next(rule) if part is None else rule.send(part)
        except StopIteration as end:
            part = end.value
            if not waiting:
                return part
            rule = waiting.pop()
        else:
            waiting.append(rule)
            rule, part = needed, None


class _Parser:
    """Precedence climbing over the tokens of one text."""

    def __init__(self, text: str, language: Language) -> None:
        self._language = language
        # One token ahead and no further, so that what is wrong first is what is said.
        self._tokens = tokens(text)
        self._ahead = next(self._tokens)
        self._nesting = 0

    def whole(self) -> _Rule:
        part = yield self._expression()
        if self._peek().kind != "end":
            raise self._unexpected("an operator or the end of the text")
        if part.kind is not Kind.NUMBER:
            raise ExpressionError("The whole is a condition; it must give a number.", part.column)
        return part

    def _peek(self) -> Token:
        return self._ahead

    def _take(self) -> Token:
        taken = self._ahead
        self._ahead = next(self._tokens, taken)
        return taken

    def _at(self, sign: str) -> bool:
        return self._peek().kind == "sign" and self._peek().text == sign

    def _expect(self, sign: str) -> None:
        if not self._at(sign):
            raise self._unexpected(repr(sign))
        self._take()

    def _unexpected(self, wanted: str) -> ExpressionError:
        token = self._peek()
        return ExpressionError(f"Found {token} where {wanted} is expected.", token.column)

    def _expression(self, loosest: Binding = Binding.COMPARISON) -> _Rule:
        left = yield self._operand()
        while (sign := self._language.infix.get(self._peek().text)) and sign.infix:
            if sign.infix.binding < loosest:
                break
            column = self._take().column
            right = yield self._expression(sign.infix.binding.tighter)
            left = self._join(sign, (left, right), column)
        return left

    def _operand(self) -> _Rule:
        """Parse what can stand beside a sign; every nesting passes here."""
        token = self._peek()
        self._nesting += 1
        if self._nesting > self._language.deepest:
            raise self._too_deep(token.column)
        if token.kind == "number":
            part = self._constant("")
        elif token.kind == "name":
            part = yield self._named()
        elif self._at("-"):
            part = yield self._minus()
        elif self._at("("):
            part = yield self._bracketed()
        else:
            raise self._unexpected("a number, a name or '('")
        self._nesting -= 1
        return part

    def _bracketed(self) -> _Rule:
        self._expect("(")
        part = yield self._expression()
        self._expect(")")
        return part

    def _minus(self) -> _Rule:
        minus = self._take()
        if self._peek().kind == "number":
            return self._constant("-")
        if "negative" not in self._language.operators:
            raise self._unexpected("a number")
        operand = yield self._operand()
        return self._join(OPERATORS["negative"], (operand,), minus.column)

    def _named(self) -> _Rule:
        name = self._take()
        called = self._at("(")
        if called and name.text in self._language.operators:
            arguments = yield from self._arguments()
            return self._join(OPERATORS[name.text], arguments, name.column)
        if not called and name.text in self._language.variables:
            return _Part(Variable(name.text), Kind.NUMBER, name.column)
        if not called and name.text in self._language.constants:
            return _Part(Constant(self._language.constants[name.text]), Kind.NUMBER, name.column)
        raise self._unknown(name, called)

    def _unknown(self, name: Token, called: bool) -> ExpressionError:
        language = self._language
        kind, known = "variable", language.variables.keys() | language.constants.keys()
        if called:
            kind, known = "operator", set(language.operators)
        return ExpressionError(f"{name} is no {kind} here; known are {', '.join(sorted(known))}.", name.column)

    def _constant(self, sign: str) -> _Part:
        token = self._take()
        value = float(sign + token.text)
        if abs(value) > self._language.largest:
            largest = f"{self._language.largest:.3g}"
            raise ExpressionError(f"The number {token} is too large; at most {largest} is possible.", token.column)
        return _Part(Constant(value), Kind.NUMBER, token.column - len(sign))

    def _arguments(self) -> Generator[_Rule, _Part, tuple[_Part, ...]]:
        self._expect("(")
        arguments = [] if self._at(")") else [(yield self._expression())]
        while self._at(","):
            self._take()
            arguments.append((yield self._expression()))
        if not self._at(")"):
            raise self._unexpected("',' or ')'")
        self._take()
        return tuple(arguments)

    def _join(self, operator: Operator, arguments: tuple[_Part, ...], column: int) -> _Part:
        if len(arguments) != operator.arity:
            message = f"{operator.name} takes {operator.arity} arguments, not {len(arguments)}."
            raise ExpressionError(message, column)
        for wanted, argument, ordinal in zip(operator.takes, arguments, _ORDINALS, strict=False):
            if argument.kind is not wanted:
                message = f"The {ordinal} argument of {operator.name} must be a {wanted.value}, not a "
                raise ExpressionError(f"{message}{argument.kind.value}.", argument.column)
        depth = 1 + max(argument.depth for argument in arguments)
        if depth > self._language.deepest:
            raise self._too_deep(column)
        node = Call(operator.name, tuple(argument.node for argument in arguments))
        return _Part(node, operator.gives, column, depth)

    def _too_deep(self, column: int) -> ExpressionError:
        return ExpressionError(f"The expression is nested deeper than {self._language.deepest} levels.", column)
