"""Expression to lines of Python, one step after another, for languages that replace what is not finite.

However deep the expression is, no line is: long parts get variables of their own. Where bounds show that a result is
finite, it is not asked whether it is.
"""

from backend.expressions.forms import Binding
from backend.expressions.languages import Language
from backend.expressions.meanings import finite_or
from backend.expressions.nodes import Call, Node, fold
from backend.expressions.notation import Written
from backend.expressions.print_python import PYTHON, PythonSource, called_functions
from backend.expressions.protected_bounds import (
    ANYTHING,
    ProtectedBounds,
    protected_bounds,
    result_bounds,
    unprotected_bounds,
)

# Two parts of this length and what stands around them fit into a line.
_LONGEST = 40


def to_python_steps(node: Node, language: Language) -> PythonSource:
    """Write the body of a function that returns the value. Its variables must be floats.

    The functions that it calls are those of meanings.py. Raises ValueError for a language that replaces nothing.
    """
    if language.non_finite is None:
        raise ValueError(f"The language {language.name} replaces nothing; its expressions are written as one.")
    steps = _Steps(node, language, language.non_finite)
    value, _ = fold(node, steps.visit)
    functions = called_functions(node) + ((finite_or,) if steps.replaces else ())
    text = "\n".join([*steps.lines, f"return {value.text}"])
    return PythonSource(text, tuple(sorted(functions, key=lambda each: each.__name__)))


class _Steps:
    """The lines so far, in which a part that became too long has a variable u1, u2, ..."""

    def __init__(self, whole: Node, language: Language, non_finite: float) -> None:
        self.lines: list[str] = []
        self.replaces = False
        self._whole = whole
        self._language = language
        self._non_finite = non_finite

    def visit(
        self, node: Node, arguments: tuple[tuple[Written, ProtectedBounds], ...]
    ) -> tuple[Written, ProtectedBounds]:
        written = PYTHON.visit(node, tuple(text for text, _ in arguments))
        if not isinstance(node, Call):
            known_here = protected_bounds(node, self._language)
            # Elsewhere a loss may be negative, and the lines must still compute what the expression does.
            return written, ANYTHING if known_here.odd else known_here
        known = tuple(each for _, each in arguments)
        if unprotected_bounds(node.operator, known).odd:
            self.replaces = True
            written = Written(f"finite_or({written.text}, {self._non_finite!r})")
        return written if node is self._whole else self._named(written), result_bounds(
            node.operator, known, self._language
        )

    def _named(self, written: Written) -> Written:
        if len(written.text) <= _LONGEST:
            return written
        name = f"u{len(self.lines) + 1}"
        self.lines.append(f"{name} = {written.text}")
        return Written(name, Binding.ATOM)
