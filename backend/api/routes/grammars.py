"""Grammars: those that come with AutoLR, and a check of one's own."""

from typing import Literal

from fastapi import APIRouter

from backend.api.documents.document import Page
from backend.api.documents.errors import Fault
from backend.api.documents.grammars import GrammarDocument, GrammarToCheck, grammar_document
from backend.api.errors import RequestError
from backend.api.failures import failures
from backend.api.parameters import NameInPath
from backend.experiments.configuration import Configuration
from backend.experiments.evolved import evolved
from backend.expressions.errors import ExpressionError
from backend.grammar.catalogue import grammar_names, load_grammar
from backend.grammar.errors import GrammarError
from backend.grammar.grammar import Grammar
from backend.grammar.reader import read_grammar

Kind = Literal["schedule", "update_rule"]

router = APIRouter(prefix="/grammars", tags=["grammars"])


@router.get("")
def list_grammars() -> Page[GrammarDocument]:
    """List all grammars."""
    return Page(items=[grammar_document(load_grammar(name)) for name in grammar_names()])


@router.get("/{name}", responses=failures(404))
def get_grammar(name: NameInPath) -> GrammarDocument:
    """Get a grammar."""
    return grammar_document(load_grammar(name))


@router.post("/check", responses=failures(403, 413))
def check_grammar(to_check: GrammarToCheck) -> GrammarDocument:
    """Check a grammar of one's own; the faults found name line and column."""
    try:
        grammar = read_grammar(to_check.text, name="own grammar")
    except GrammarError as error:
        raise _refused(error.message, error.line, error.column) from None
    return grammar_document(grammar, _checked_kind(grammar))


def _checked_kind(grammar: Grammar) -> Kind:
    """Return what the grammar evolves; refuse one of whose productions leads to something that is none of it."""
    phenotypes = grammar.covering_phenotypes()
    # Only rules have several equations.
    is_rule = grammar.notes.evolves == "update_rule" or any(";" in phenotype for phenotype in phenotypes)
    kind: Kind = "update_rule" if is_rule else "schedule"
    read = evolved(Configuration(evolves=kind))
    for phenotype in phenotypes:
        try:
            read.read(phenotype)
        except ExpressionError as error:
            said = "no update rule" if is_rule else "no schedule"
            raise _refused(f"it derives {phenotype!r}, which is {said}: {error}") from None
    return kind


def _refused(message: str, line: int | None = None, column: int | None = None) -> RequestError:
    where = f"line {line}, column {column}: " if line is not None else ""
    fault = Fault(pointer="/text", line=line, column=column, detail=message)
    return RequestError(422, "invalid-grammar", f"The grammar cannot be used: {where}{message}", (fault,))
