"""Grammars: those that come with AutoLR, and a check of one's own."""

from fastapi import APIRouter

from backend.api.documents.document import Page
from backend.api.documents.errors import Fault
from backend.api.documents.grammars import GrammarDocument, GrammarToCheck, grammar_document
from backend.api.errors import RequestError
from backend.api.failures import failures
from backend.api.parameters import NameInPath
from backend.expressions.errors import ExpressionError
from backend.expressions.languages import SCHEDULE
from backend.expressions.parse import parse
from backend.grammar.catalogue import grammar_names, load_grammar
from backend.grammar.errors import GrammarError
from backend.grammar.grammar import Grammar
from backend.grammar.reader import read_grammar

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
    _check_language(grammar)
    return grammar_document(grammar)


def _check_language(grammar: Grammar) -> None:
    """Refuse a grammar one of whose productions leads to something that is no schedule."""
    for phenotype in grammar.covering_phenotypes():
        try:
            parse(phenotype, SCHEDULE)
        except ExpressionError as error:
            raise _refused(f"it derives {phenotype!r}, which is no schedule: {error}") from None


def _refused(message: str, line: int | None = None, column: int | None = None) -> RequestError:
    where = f"line {line}, column {column}: " if line is not None else ""
    fault = Fault(pointer="/text", line=line, column=column, detail=message)
    return RequestError(422, "invalid-grammar", f"The grammar cannot be used: {where}{message}", (fault,))
