"""Grammar to BNF text, as a person would write it: a header of comments, a rule a line, long ones over several."""

from collections.abc import Iterable, Mapping, Sequence
from textwrap import wrap

WIDTH = 110


def write_grammar(header: Iterable[str], rules: Mapping[str, Sequence[str]]) -> str:
    """Return a text that `read_grammar` reads: comment lines, then each rule with its productions in their order.

    A production is text in which non-terminals stand in angle brackets.
    """
    comments = [f"# {line}".rstrip() for line in header]
    return "\n".join([*comments, "", *(_rule(name, productions) for name, productions in rules.items()), ""])


def _rule(name: str, productions: Sequence[str]) -> str:
    """Break before a bar only: elsewhere a space is part of a production."""
    solid = " |\0".join(production.replace(" ", "\0") for production in productions)
    lines = wrap(
        f"<{name}> ::= {solid}", WIDTH, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False
    )
    return "\n".join(lines).replace("\0", " ")
