"""The grammars that come with the program, and those of folders a user names: one file `name.bnf` each."""

from collections.abc import Sequence
from pathlib import Path

from backend.grammar.grammar import Grammar
from backend.grammar.reader import read_grammar
from backend.settings.resources import GRAMMARS

_SUFFIX = ".bnf"


class UnknownGrammar(LookupError):
    """There is no grammar of that name; the message names those that there are."""


def grammar_names(folders: Sequence[Path] = ()) -> tuple[str, ...]:
    """Return the names of all grammars, in alphabetical order."""
    return tuple(sorted(_files(folders)))


def grammar_text(name: str, folders: Sequence[Path] = ()) -> str:
    """Return the text of the named grammar's file; `UnknownGrammar` if there is none.

    A file in the user's folders comes before one of the program's of the same name, a later folder before an earlier.
    """
    files = _files(folders)
    if name not in files:
        raise UnknownGrammar(f"There is no grammar {name!r}; known are {', '.join(sorted(files))}.")
    return files[name].read_text(encoding="utf-8")


def load_grammar(name: str, folders: Sequence[Path] = ()) -> Grammar:
    """Return the named grammar; `UnknownGrammar` if there is none, `GrammarError` if its file is faulty."""
    return read_grammar(grammar_text(name, folders), name)


def _files(folders: Sequence[Path]) -> dict[str, Path]:
    """Return the file of each name. Names are looked up in here, so that none can lead out of the folders."""
    return {file.stem: file for folder in (GRAMMARS, *folders) for file in sorted(folder.glob(f"*{_SUFFIX}"))}
