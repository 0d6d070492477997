import pytest

from backend.grammar.errors import GrammarError
from backend.grammar.lines import split_lines
from backend.grammar.notes import Notes, read_notes


def test_notes_are_read_from_the_comments_at_the_head() -> None:
    text = (
        "# Anything else is a plain comment.\n\n# title:  A title: with a colon \n#description: d\n"
        "# source: s\n# evolves: schedule\n# first_epoch: 1\n<a> ::= x\n# title: too late\n"
    )
    assert read_notes(split_lines(text)) == Notes("A title: with a colon", "d", "s", "schedule", 1)


def test_a_grammar_without_notes_has_the_usual_ones() -> None:
    assert read_notes(split_lines("<a> ::= x")) == Notes(evolves="schedule", first_epoch=0)


def test_a_note_given_twice_is_refused() -> None:
    with pytest.raises(GrammarError, match="line 2, column 3: the note title is given twice"):
        read_notes(split_lines("# title: a\n# title: b"))


@pytest.mark.parametrize("value", ["", "one", "-1", "1.0", "\u0661"])
def test_a_first_epoch_must_be_zero_or_one(value: str) -> None:
    with pytest.raises(GrammarError, match="first_epoch must be 0 or 1"):
        read_notes(split_lines(f"# first_epoch: {value}"))


def test_a_mutation_rate_is_given_to_several_non_terminals() -> None:
    notes = read_notes(split_lines("# mutation_rate 0.05: x_const, y_const\n# mutation_rate 0: start\n<a> ::= x"))
    assert notes.mutation_rates == {"x_const": 0.05, "y_const": 0.05, "start": 0.0}
    assert read_notes(split_lines("<a> ::= x")).mutation_rates == {}


@pytest.mark.parametrize("rate", ["1.5", "-0.1", "nan", "high"])
def test_a_mutation_rate_is_a_number_from_zero_to_one(rate: str) -> None:
    with pytest.raises(GrammarError, match="line 1, column 17: a mutation rate must be a number from 0 to 1"):
        read_notes(split_lines(f"# mutation_rate {rate}: x"))
