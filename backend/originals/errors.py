"""The one error of this room."""


class UnreadableOriginal(ValueError):
    """A file of the original program cannot be taken over; one sentence says which, where in it, and why."""

    def __init__(self, file: str, why: str, line: int | None = None) -> None:
        where = file if line is None else f"{file}, line {line}"
        super().__init__(f"{where}: {why}")
        self.file = file
        self.line = line
        self.why = why
