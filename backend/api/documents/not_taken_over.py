"""What an import left behind, as the API shows it."""

from pydantic import Field

from backend.api.documents.document import Document
from backend.originals.not_taken_over import NotTakenOver


class NotTakenOverDocument(Document):
    """A setting, a rule or a file of the original that was not taken over, or not as it is."""

    file: str
    line: int | None = Field(description="counted from 1; null: it is not about one line")
    key: str = Field(description="the setting, rule or field; empty: the whole file")
    why: str


def not_taken_over_document(left: NotTakenOver) -> NotTakenOverDocument:
    """Return one thing that was left behind."""
    return NotTakenOverDocument(file=left.file, line=left.line, key=left.key, why=left.why)
