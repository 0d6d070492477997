"""What an import leaves behind."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NotTakenOver:
    """A setting, rule, field or whole file that was not taken over, or not as it is, and why.

    `line` counts from 1, None where it is not about one line; `key` is empty for a whole file.
    """

    file: str
    line: int | None
    key: str
    why: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}, line {self.line}"
        return f"{place}: {self.key}: {self.why}" if self.key else f"{place}: {self.why}"
