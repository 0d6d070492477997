"""Texts inside figures. Plotly reads them as a kind of HTML, so whatever a user may have written is escaped."""

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def escaped(text: str, limit: int = 120) -> str:
    """Return the text as Plotly shows it literally: no tags; cut after `limit` characters."""
    shown = text if len(text) <= limit else text[: limit - 1] + "…"
    return shown.translate(_ESCAPES)
