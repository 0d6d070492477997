"""What an exported file says of itself: the phenotype that it was written from."""

import re

# The docstring of every format has it after these words, up to an empty line or its end.
_EVOLVED = re.compile(r'^Evolved as:\s+(.+?)(?=\n[ \t]*\n|\n"""|\Z)', re.DOTALL | re.MULTILINE)


def phenotype_in(source: str) -> str | None:
    """Return the text of the phenotype that an exported file was written from; None if it names none.

    The file is read as text and never run.
    """
    found = _EVOLVED.search(source)
    return " ".join(found[1].split()) if found else None
