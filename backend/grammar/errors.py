"""The one error of this room."""


class GrammarError(ValueError):
    """A grammar's text cannot be used; it says why and where.

    `message` is the sentence without the place, `line` and `column` count from 1 and point at what is wrong.
    """

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(f"line {line}, column {column}: {message}")
        self.message = message
        self.line = line
        self.column = column
