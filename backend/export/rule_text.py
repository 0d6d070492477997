"""What the files of a rule have in common, whatever library they are for: docstrings, names and numbers."""

import hashlib
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from backend.export.context import ExportContext, origin
from backend.export.named_rule import NamedRule

# What most people's formatters leave alone.
_LONGEST_LINE = 88
_INDENT = "    "
NO_OTHER: Mapping[str, str] = MappingProxyType({})

TOTAL_STEPS = "Number of planned updates; t, the share of them done, ends at 1."
REFUSAL = 'raise ValueError(f"total_steps must be 1 or more, not {total_steps}.")'


def docstring(rule: NamedRule, context: ExportContext, library: str, use: str) -> str:
    """Return the text of a file's docstring; `use` is Python that shows how the file is used."""
    parts = [
        f"An optimizer that AutoLR evolved, for {library}.",
        origin(context),
        f"Evolved as:\n\n{_equations(rule)}",
        f"Use, with the whole of your own training around it:\n\n{textwrap.indent(use, _INDENT)}",
    ]
    return "\n\n".join(parts)


def _equations(rule: NamedRule) -> str:
    """Return the phenotype, a function a line."""
    equations = rule.evolved.text.replace("; ", ";\n").splitlines()
    return "\n".join(
        textwrap.fill(
            equation,
            _LONGEST_LINE,
            initial_indent=_INDENT,
            subsequent_indent=2 * _INDENT,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for equation in equations
    )


def formula_name(rule: NamedRule) -> str:
    """Return eight digits that are the same for the same formula alone."""
    return hashlib.sha256(rule.rule.text.encode()).hexdigest()[:8]


def reads_depth(rule: NamedRule) -> bool:
    """Say whether the rule needs to know the layers."""
    return not rule.rule.reads.isdisjoint({"layer_num", "layer_count"})


def counts_updates(rule: NamedRule) -> bool:
    """Say whether the rule needs to know how many updates there were."""
    return not rule.rule.reads.isdisjoint({"t", "step"})


def parameters(rule: NamedRule, names: Mapping[str, str] = NO_OTHER) -> list[str]:
    """Return the rule's hyper-parameters as those of a function, under other names where some are given."""
    required = ["total_steps"] if "t" in rule.rule.reads else []
    return [*required, *(f"{names.get(each.name, each.name)}={each.value!r}" for each in rule.constants)]


def arguments(rule: NamedRule, indent: str, names: Mapping[str, str] = NO_OTHER) -> str:
    """Return the lines of a docstring that say what the hyper-parameters are."""
    required = [("total_steps", TOTAL_STEPS)] if "t" in rule.rule.reads else []
    meanings = [(each.name, f"{each.meaning}; {each.value!r} as evolved.") for each in rule.constants]
    return "\n".join(f"{indent}{names.get(name, name)}: {text}" for name, text in [*required, *meanings])


def listed(indent: str, head: str, items: Sequence[str], tail: str) -> str:
    """Return what stands in brackets between head and tail: on one line, or each on its own where that is too long."""
    line = f"{indent}{head}{', '.join(items)}{tail}"
    if len(line) <= _LONGEST_LINE:
        return line
    return "\n".join([f"{indent}{head}", *(f"{indent}{_INDENT}{item}," for item in items), f"{indent}{tail}"])


def block(lines: Iterable[str], indent: str) -> str:
    """Return the lines, indented unless they are empty, each with an end of line."""
    return "".join(f"{textwrap.indent(line, indent)}\n" for line in lines)
