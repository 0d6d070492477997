"""What is said when a text is not an expression."""


class ExpressionError(ValueError):
    """A text is not an expression of the language.

    `column` counts characters from 1; `message` is a sentence without it, `str()` one with it.
    """

    def __init__(self, message: str, column: int) -> None:
        super().__init__(f"Column {column}: {message}")
        self.message = message
        self.column = column
