"""The one error of this room."""

# Values of a file may be in the sentence, and these have any length.
_LONGEST_REASON = 600
_END = 100


class UnreadableOriginal(ValueError):
    """A file of the original program cannot be taken over; one sentence says which, where in it, and why."""

    def __init__(self, file: str, why: str, line: int | None = None) -> None:
        why = _shortened(why)
        where = file if line is None else f"{file}, line {line}"
        super().__init__(f"{where}: {why}")
        self.file = file
        self.line = line
        self.why = why


def _shortened(why: str) -> str:
    """Leave out the middle of what nobody would read: the beginning says where, the end why."""
    if len(why) <= _LONGEST_REASON:
        return why
    return f"{why[: _LONGEST_REASON - _END]} [...] {why[-_END:]}"
