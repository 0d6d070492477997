from backend.grammar.reader import read_grammar
from backend.grammar.writer import WIDTH, write_grammar


def test_what_is_written_is_read_back() -> None:
    rules = {"start": ["f(<a>, <a>)", "<a>"], "a": ['"|"', "x < y", *(f"0.{index}" for index in range(100, 300))]}
    text = write_grammar(["title: Small", "", "evolves: update_rule"], rules)
    grammar = read_grammar(text)
    assert {rule.name: [str(p) for p in rule.productions] for rule in grammar.rules} == {
        "start": rules["start"],
        "a": ["|", *rules["a"][1:]],
    }
    assert grammar.notes.title == "Small"


def test_long_rules_are_broken_between_productions() -> None:
    text = write_grammar([], {"a": [f"pow(x, {index}.5)" for index in range(60)]})
    lines = text.strip().splitlines()
    assert len(lines) > 5
    assert all(len(line) <= WIDTH for line in lines)
    assert all(line.startswith("    | pow(x, ") for line in lines[1:])
