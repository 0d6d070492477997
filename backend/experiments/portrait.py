"""A phenotype as a person sees it: without its dead parts, as a formula, in words."""

from dataclasses import dataclass

from backend.experiments.design import Design
from backend.experiments.rule_portrait import RulePortrait, readable, rule_portrait
from backend.expressions.errors import ExpressionError
from backend.expressions.print_latex import to_latex
from backend.expressions.print_mathml import to_mathml
from backend.expressions.print_text import to_text
from backend.phenotypes.program_words import describe_program
from backend.phenotypes.rule_notation import rule_to_latex, rule_to_mathml
from backend.phenotypes.rule_words import describe_rule
from backend.phenotypes.schedule import CannotTrain, Schedule
from backend.phenotypes.schedule_program import ScheduleProgram
from backend.phenotypes.update_rule import UpdateRule
from backend.phenotypes.words import describe, describe_afterwards


@dataclass(frozen=True)
class Portrait:
    """The simplified form as text, LaTeX and MathML; what it does in words; why it cannot train, if it cannot.

    Schedules: what follows the last trained epoch. Rules: their functions one by one. The other kind has None there.
    """

    simplified: str
    latex: str
    mathml: str
    words: str
    cannot_train: str | None
    after_last_epoch: str | None = None
    rule: RulePortrait | None = None


def portrait(design: Design, phenotype: str) -> Portrait:
    """Return the portrait of a phenotype under the design's protocol."""
    reason = why_it_cannot_train(design, phenotype)
    read = design.evolved.read(phenotype)
    if isinstance(read, UpdateRule):
        return _of_rule(phenotype, reason)
    if isinstance(read, ScheduleProgram):
        return _of_program(read, reason)
    return _of_schedule(read, design.configuration.training.epochs, reason)


def why_it_cannot_train(design: Design, phenotype: str) -> str | None:
    """Return the reason in a sentence, or None if it can."""
    try:
        design.evolved.behaviour(phenotype)
    except (CannotTrain, ExpressionError) as reason:
        return str(reason)
    return None


def _of_schedule(schedule: Schedule, epochs: int, reason: str | None) -> Portrait:
    return Portrait(
        simplified=to_text(schedule.simplified),
        latex=to_latex(schedule.simplified),
        mathml=to_mathml(schedule.simplified),
        words=describe(schedule, epochs),
        cannot_train=reason,
        after_last_epoch=describe_afterwards(schedule, epochs),
    )


def _of_program(program: ScheduleProgram, reason: str | None) -> Portrait:
    return Portrait(
        simplified=to_text(program.simplified),
        latex=to_latex(program.simplified),
        mathml=to_mathml(program.simplified),
        words=describe_program(program),
        cannot_train=reason,
    )


def _of_rule(phenotype: str, reason: str | None) -> Portrait:
    simplified = readable(phenotype)
    return Portrait(
        simplified=simplified.text,
        latex=rule_to_latex(simplified),
        mathml=rule_to_mathml(simplified),
        words=describe_rule(UpdateRule.from_text(phenotype)),
        cannot_train=reason,
        rule=rule_portrait(phenotype),
    )
