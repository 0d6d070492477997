"""The original's grammar files: one rule a line, productions separated by bars; read as text, never executed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from backend.expressions.errors import ExpressionError
from backend.grammar.errors import GrammarError
from backend.grammar.grammar import Grammar
from backend.grammar.reader import read_grammar
from backend.grammar.writer import write_grammar
from backend.originals.errors import UnreadableOriginal
from backend.originals.not_taken_over import NotTakenOver
from backend.originals.translation import Untranslatable, is_rule, translated
from backend.phenotypes.schedule import Schedule
from backend.phenotypes.update_rule import UpdateRule

Kind = Literal["schedule", "update_rule"]

_DEFINES = "::="
_NAME = re.compile(r"<([A-Za-z][\w-]*)>", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str
    line: int
    productions: tuple[str, ...]

    @property
    def mentions(self) -> set[str]:
        """The names of the non-terminals in its productions."""
        return {name for production in self.productions for name in _NAME.findall(production)}


@dataclass(frozen=True)
class OriginalGrammar:
    """A grammar of theirs in our words: the same non-terminals, each with as many productions in the same order.

    `names` are all their non-terminals in order of their genotypes' lists; those that no derivation can reach are in
    `unreachable` and not in the translation. `productions` are the translated ones of the others.
    """

    file: str
    evolves: Kind
    names: tuple[str, ...]
    productions: Mapping[str, tuple[str, ...]]
    not_taken_over: tuple[NotTakenOver, ...]

    @property
    def unreachable(self) -> frozenset[str]:
        """The non-terminals that were left out."""
        return frozenset(self.names) - self.productions.keys()

    @cached_property
    def grammar(self) -> Grammar:
        """The grammar without mutation rates."""
        return read_grammar(self.bnf())

    def bnf(self, mutation_rates: Mapping[str, float] | None = None) -> str:
        """Return the translation as a text that `read_grammar` reads, with rates for non-terminals if there are any."""
        names_of: dict[float, list[str]] = {}
        for name, rate in (mutation_rates or {}).items():
            names_of.setdefault(rate, []).append(name)
        header = [
            f"title: {_printable(self.file)}, translated",
            "source: a grammar file of the original AutoLR",
            f"evolves: {self.evolves}",
            *(["first_epoch: 0"] if self.evolves == "schedule" else []),
            *(f"mutation_rate {rate!r}: {', '.join(names)}" for rate, names in names_of.items()),
        ]
        return write_grammar(header, self.productions)


def read_original_grammar(text: str, file: str) -> OriginalGrammar:
    """Return the grammar in our words.

    Raises UnreadableOriginal, which names the line, for what is no grammar, for a production without a counterpart
    here, and for a grammar of which some phenotype is neither a schedule nor an update rule of ours.
    """
    rules = tuple(_rules(text, file))
    _check_names(rules, file)
    reachable = _reachable(rules)
    kept = [rule for rule in rules if rule.name in reachable]
    left_out = tuple(
        NotTakenOver(file, rule.line, f"<{rule.name}>", "no derivation uses this rule, so it is left out.")
        for rule in rules
        if rule.name not in reachable
    )
    evolves: Kind = "update_rule" if any(map(is_rule, rules[0].productions)) else "schedule"
    productions = {rule.name: tuple(_translated(rule, file)) for rule in kept}
    grammar = OriginalGrammar(file, evolves, tuple(rule.name for rule in rules), productions, left_out)
    _check_translation(grammar)
    return grammar


def _rules(text: str, file: str) -> Iterator[_Rule]:
    found = False
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        left, defines, right = line.partition(_DEFINES)
        name = _NAME.fullmatch(left.strip())
        if not defines or name is None or _DEFINES in right:
            why = "a line must be one rule, such as <expr> ::= <func> | <terminal>: this is no grammar of the original."
            raise UnreadableOriginal(file, why, number)
        productions = tuple(part.strip() for part in right.split("|"))
        if not all(productions) or "None" in productions:
            raise UnreadableOriginal(
                file, f"an alternative of <{name[1]}> is empty, which is not possible here.", number
            )
        found = True
        yield _Rule(name[1], number, productions)
    if not found:
        raise UnreadableOriginal(file, "there is no rule in it.")


def _check_names(rules: Sequence[_Rule], file: str) -> None:
    defined: set[str] = set()
    for rule in rules:
        if rule.name in defined:
            raise UnreadableOriginal(file, f"<{rule.name}> is defined a second time.", rule.line)
        defined.add(rule.name)
    for rule in rules:
        if missing := rule.mentions - defined:
            raise UnreadableOriginal(file, f"<{min(missing)}> is not defined anywhere.", rule.line)


def _reachable(rules: Sequence[_Rule]) -> set[str]:
    by_name = {rule.name: rule for rule in rules}
    found: set[str] = set()
    pending = [rules[0].name]
    while pending:
        name = pending.pop()
        if name not in found:
            found.add(name)
            pending += by_name[name].mentions
    return found


def _translated(rule: _Rule, file: str) -> Iterator[str]:
    for production in rule.productions:
        try:
            yield translated(production)
        except Untranslatable as error:
            raise UnreadableOriginal(file, f"in <{rule.name}>: {error}.", rule.line) from None


def _check_translation(original: OriginalGrammar) -> None:
    """Raise UnreadableOriginal unless our reader finds the same productions, and a phenotype for each can be read."""
    try:
        grammar = original.grammar
    except GrammarError as error:
        raise UnreadableOriginal(original.file, f"{error.message}.") from None
    counts = {rule.name: len(rule.productions) for rule in grammar.rules}
    if counts != {name: len(productions) for name, productions in original.productions.items()}:
        raise UnreadableOriginal(original.file, "its rules cannot be written here one to one.")
    for phenotype in grammar.covering_phenotypes():
        try:
            read_phenotype(phenotype, original.evolves)
        except ExpressionError as error:
            kind = original.evolves.replace("_", " ")
            why = f"it derives {_beginning(phenotype)!r}, which is no {kind} here: {error}"
            raise UnreadableOriginal(original.file, why) from None


def read_phenotype(text: str, evolves: Kind) -> Schedule | UpdateRule:
    """Return what a translated phenotype says; raises ExpressionError if it is none of that kind."""
    return UpdateRule.from_text(text) if evolves == "update_rule" else Schedule.from_text(text)


def _beginning(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77]}..."


def _printable(text: str) -> str:
    return "".join(character if character.isascii() and character.isprintable() else "?" for character in text)
