"""A grammar of update rules, described by what it offers to each function rather than typed four times."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from backend.expressions.operators import OPERATORS
from backend.expressions.print_text import number_text
from backend.grammar.writer import write_grammar
from backend.phenotypes.update_rule import FUNCTIONS, STATES, WEIGHT

START = "start"
CONSTANT = "const"


@dataclass(frozen=True)
class RuleGrammar:
    """What one grammar offers to each of the four functions.

    `gradients` is how often each function's terminal is the gradient, `others` are its further terminals, each once;
    `operators` are given as often as they are drawn. With `sizes` one more function, as often drawn as two, multiplies
    anything by one of them times one of the `slopes` plus one of the `offsets`.
    With `apart`, a state or constant is drawn apart from the gradient (var_const), by non-terminals with mutation
    rates of their own.
    """

    name: str
    title: str
    source: str
    description: str
    constants: Sequence[float]
    gradients: Mapping[str, int]
    operators: Sequence[str]
    others: Sequence[str] = ()
    apart: bool = False
    sizes: Sequence[str] = ()
    offsets: Sequence[float] = ()
    slopes: Sequence[float] = ()
    mutation_rates: Mapping[str, float] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The grammar as BNF."""
        return write_grammar(self._header(), self._rules())

    def _header(self) -> list[str]:
        notes = {"title": self.title, "source": self.source, "description": self.description, "evolves": "update_rule"}
        rates = sorted(set(self.mutation_rates.values()))
        names = {rate: [name for name, own in self.mutation_rates.items() if own == rate] for rate in rates}
        return [
            *(f"{key}: {value}" for key, value in notes.items()),
            *(f"mutation_rate {number_text(rate)}: {', '.join(names[rate])}" for rate in rates),
        ]

    def _rules(self) -> dict[str, list[str]]:
        equations = "; ".join(f"{function} = <{function}_expr>" for function in FUNCTIONS)
        rules = {START: [equations]}
        for function in FUNCTIONS:
            rules |= {f"{function}_{part}": texts for part, texts in self._parts(function).items()}
        return rules

    def _parts(self, function: str) -> dict[str, list[str]]:
        constant = f"<{function}_{CONSTANT}>"
        readable = [constant, *_states(function), *self.others]
        gradients = ["g"] * self.gradients[function]
        parts = {
            "expr": [f"<{function}_func>", f"<{function}_terminal>"],
            "func": [*(_call(operator, f"<{function}_expr>") for operator in self.operators), constant],
            "terminal": readable + gradients,
        }
        if self.sizes:
            size = f"multiply(<{function}_slope>, <{function}_size>)"
            scaled = f"multiply(<{function}_expr>, add(<{function}_offset>, {size}))"
            parts["func"] += [scaled, scaled]
            parts["size"] = list(self.sizes)
            parts["offset"], parts["slope"] = map(_numbers, (self.offsets, self.slopes))
        if self.apart and gradients:
            parts |= {"terminal": [f"<{function}_var_const>", *gradients], "var_const": readable}
        return parts | {CONSTANT: _numbers(self.constants)}


def _states(function: str) -> Sequence[str]:
    """Return the states that a function reads."""
    return STATES if function == WEIGHT else STATES[: STATES.index(function) + 1]


def _numbers(values: Sequence[float]) -> list[str]:
    return [number_text(each) for each in values]


def _call(operator: str, argument: str) -> str:
    return f"{operator}({', '.join([argument] * OPERATORS[operator].arity)})"
