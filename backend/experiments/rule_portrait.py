"""An update rule's functions as a person sees them: simplified one by one, and as evolved with dead parts marked."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from backend.experiments.raw_form import RawPiece, raw_form
from backend.expressions.nodes import Node
from backend.expressions.print_latex import to_latex
from backend.expressions.print_mathml import to_mathml
from backend.expressions.print_text import to_text
from backend.phenotypes.readable_rule import readable_rule
from backend.phenotypes.rule_notation import rule_to_mathml
from backend.phenotypes.update_rule import WEIGHT, UpdateRule

# A page of a list asks for the same ones again and again while it follows a run.
_REMEMBERED = 4096


@dataclass(frozen=True)
class Formula:
    """What one function subtracts, in three notations."""

    text: str
    latex: str
    mathml: str


@dataclass(frozen=True)
class RulePortrait:
    """The simplified functions by name, None where a state is not needed; the states kept; the rule as evolved."""

    functions: Mapping[str, Formula | None]
    live_states: tuple[str, ...]
    raw: tuple[RawPiece, ...]


def rule_portrait(phenotype: str) -> RulePortrait:
    """Return the portrait of a rule; `ExpressionError` if the text is none."""
    simplified = readable(phenotype)
    kept = {*simplified.live_states, WEIGHT}
    functions = {name: _formula(node) if name in kept else None for name, node in simplified.functions.items()}
    return RulePortrait(functions, simplified.live_states, _raw(phenotype))


@lru_cache(maxsize=_REMEMBERED)
def readable(phenotype: str) -> UpdateRule:
    """Return the rule of a phenotype without its dead parts, in the form that people read."""
    return readable_rule(UpdateRule.from_text(phenotype))


@lru_cache(maxsize=_REMEMBERED)
def short_formula(phenotype: str) -> str:
    """Return the simplified rule as MathML, a row for each state that it keeps and one for the weight."""
    return rule_to_mathml(readable(phenotype))


@lru_cache(maxsize=_REMEMBERED)
def _raw(phenotype: str) -> tuple[RawPiece, ...]:
    return raw_form(UpdateRule.from_text(phenotype))


def _formula(node: Node) -> Formula:
    return Formula(to_text(node), to_latex(node), to_mathml(node))
