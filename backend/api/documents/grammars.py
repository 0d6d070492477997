"""Grammars as the API shows them."""

from typing import Annotated

from pydantic import Field

from backend.api.documents.document import Document, with_example
from backend.experiments.configuration import Text
from backend.grammar.grammar import Grammar

_TEXT = "<start> ::= <rate>\n<rate> ::= 0.1 | 0.01 | 0.001\n"


class GrammarToCheck(Document):
    """A grammar in BNF."""

    model_config = with_example({"text": _TEXT})

    text: Annotated[Text, Field(min_length=1, max_length=200_000)]


class NonTerminalDocument(Document):
    """One rule of a grammar."""

    name: str
    productions: list[str]


class GrammarDocument(Document):
    """A grammar, its text and its rules."""

    model_config = with_example(
        {
            "name": "rates",
            "title": "Three rates",
            "description": "",
            "source": "",
            "evolves": "schedule",
            "first_epoch": 0,
            "text": _TEXT,
            "start": "start",
            "nonterminals": [
                {"name": "start", "productions": ["<rate>"]},
                {"name": "rate", "productions": ["0.1", "0.01", "0.001"]},
            ],
        }
    )

    name: str
    title: str
    description: str
    source: str = Field(description="where it was published")
    evolves: str = Field(description="what its programs are: schedule or update_rule")
    first_epoch: int = Field(description="number of the first epoch in the published form")
    text: str
    start: str = Field(description="the non-terminal that every derivation begins with")
    nonterminals: list[NonTerminalDocument]


def grammar_document(grammar: Grammar, evolves: str | None = None) -> GrammarDocument:
    """Return a grammar as the API shows it; `evolves` if that is known from more than its notes."""
    notes = grammar.notes
    return GrammarDocument(
        name=grammar.name,
        title=notes.title or grammar.name,
        description=notes.description,
        source=notes.source,
        evolves=evolves or notes.evolves,
        first_epoch=notes.first_epoch,
        text=grammar.text,
        start=grammar.start,
        nonterminals=[
            NonTerminalDocument(name=rule.name, productions=[str(production) for production in rule.productions])
            for rule in grammar.rules
        ],
    )
