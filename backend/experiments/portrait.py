"""A phenotype as a person sees it: without its dead parts, as a formula, in words."""

from dataclasses import dataclass

from backend.experiments.design import Design
from backend.expressions.print_latex import to_latex
from backend.expressions.print_mathml import to_mathml
from backend.expressions.print_text import to_text
from backend.phenotypes.words import describe, describe_afterwards


@dataclass(frozen=True)
class Portrait:
    """The simplified form as text, LaTeX and MathML; the shape in words; what follows the last trained epoch."""

    simplified: str
    latex: str
    mathml: str
    words: str
    after_last_epoch: str


def portrait(design: Design, phenotype: str) -> Portrait:
    """Return the portrait of a phenotype under the design's protocol."""
    schedule = design.schedule(phenotype)
    epochs = design.configuration.training.epochs
    return Portrait(
        simplified=to_text(schedule.simplified),
        latex=to_latex(schedule.simplified),
        mathml=to_mathml(schedule.simplified),
        words=describe(schedule, epochs),
        after_last_epoch=describe_afterwards(schedule, epochs),
    )
