"""A rule as formulas: one line for each state it keeps, and one for the weight."""

from backend.expressions.nodes import Node
from backend.expressions.print_latex import to_latex
from backend.expressions.print_mathml import in_math_element, mathml_content
from backend.phenotypes.readable_rule import new_value
from backend.phenotypes.update_rule import WEIGHT, UpdateRule


def equations(rule: UpdateRule) -> tuple[tuple[str, Node], ...]:
    """Pair the name of each state that the rule keeps, and w, with what it becomes at a step, in order."""
    states = [(state, new_value(rule, state)) for state in rule.live_states]
    return (*states, ("w", new_value(rule, WEIGHT)))


def rule_to_latex(rule: UpdateRule) -> str:
    """Write the rule for LaTeX's mathematics mode, its lines aligned; it needs amsmath."""
    lines = r" \\ ".join(rf"{name} &\leftarrow {to_latex(node)}" for name, node in equations(rule))
    return rf"\begin{{aligned}} {lines} \end{{aligned}}"


def rule_to_mathml(rule: UpdateRule) -> str:
    """Write the rule as one <math> element, a row of its table for each line."""
    return in_math_element(f"<mtable>{''.join(_row(name, node) for name, node in equations(rule))}</mtable>")


def _row(name: str, node: Node) -> str:
    cells = (f"<mi>{name}</mi>", "<mo>←</mo>", mathml_content(node))
    return f"<mtr>{''.join(f'<mtd>{cell}</mtd>' for cell in cells)}</mtr>"
