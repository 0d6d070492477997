"""Escaping of texts in figures."""

from backend.figures.hover import escaped


def test_markup_is_shown_literally() -> None:
    assert escaped("<b>a & b</b>") == "&lt;b&gt;a &amp; b&lt;/b&gt;"


def test_a_long_text_is_cut_before_escaping_so_that_no_entity_is_torn() -> None:
    assert escaped("<<<<", limit=3) == "&lt;&lt;…"
