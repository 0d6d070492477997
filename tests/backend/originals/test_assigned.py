import pytest

from backend.originals.assigned import Assigned, duplicates, from_json, from_yaml
from backend.originals.errors import UnreadableOriginal


def test_settings_of_yaml_know_their_lines() -> None:
    found = from_yaml("# comment\nPOPSIZE: 20\n\nPROB_MUTATION:\n  0: 0.01\n  1: 0.15\n", "p.yml")
    assert found == (
        Assigned("p.yml", 2, "POPSIZE", 20),
        Assigned("p.yml", 4, "PROB_MUTATION", {0: 0.01, 1: 0.15}),
    )


def test_nothing_in_yaml_is_executed() -> None:
    with pytest.raises(UnreadableOriginal, match="line 1"):
        from_yaml("POPSIZE: !!python/object/apply:os.system ['true']\n", "p.yml")


@pytest.mark.parametrize("text", ["- a\n- list\n", "just words", "", "{" * 5000])
def test_yaml_without_settings_is_refused(text: str) -> None:
    with pytest.raises(UnreadableOriginal, match=r"p\.yml"):
        from_yaml(text, "p.yml")


def test_torn_yaml_is_refused_with_its_line() -> None:
    with pytest.raises(UnreadableOriginal, match=r"p\.yml, line 3: this is no YAML"):
        from_yaml("POPSIZE: 20\nGENES: [all\n", "p.yml")


def test_a_text_that_is_no_parameter_file_at_all_is_not_even_parsed() -> None:
    with pytest.raises(UnreadableOriginal, match="1,000,001 characters"):
        from_yaml("a" * 1_000_001, "p.yml")


def test_settings_of_json_are_in_lower_case_there_and_several_objects_may_follow_each_other() -> None:
    first, second = from_json('{\n "popsize": 20\n}{\n "popsize": 30}', "p.json")
    assert first == (Assigned("p.json", 2, "POPSIZE", 20),)
    assert second == (Assigned("p.json", 4, "POPSIZE", 30),)


def test_json_of_anything_but_objects_is_refused() -> None:
    with pytest.raises(UnreadableOriginal, match="no object"):
        from_json("[1]", "p.json")


@pytest.mark.parametrize("value", ["many", None, True, [1], float("nan"), 1.5, -1])
def test_what_is_no_whole_number_is_refused_where_it_stands(value: object) -> None:
    with pytest.raises(UnreadableOriginal, match=r"p\.yml, line 7: POPSIZE must be"):
        Assigned("p.yml", 7, "POPSIZE", value).whole()


def test_a_number_that_yaml_reads_as_text_is_a_number() -> None:
    assert Assigned("p.yml", 1, "PROB_MUTATION", "1e-3").number() == 0.001


def test_yes_and_no_are_the_only_flags() -> None:
    assert Assigned("p.yml", 1, "PROTECT", True).flag()
    with pytest.raises(UnreadableOriginal, match="true or false"):
        Assigned("p.yml", 1, "PROTECT", "maybe").flag()


def test_a_key_that_comes_again_is_found() -> None:
    settings = from_yaml("SEED: 1\nSEED: 2\n", "p.yml")
    assert list(duplicates(settings)) == [Assigned("p.yml", 2, "SEED", 2)]


@pytest.mark.parametrize("value", ["2001-99-99", "1" * 5000, '!!int "abc"', '{a: !!int "abc"}'])
def test_a_value_that_yaml_cannot_make_is_refused_with_its_line(value: str) -> None:
    with pytest.raises(UnreadableOriginal, match=r"p\.yml, line 2: a value cannot be read"):
        from_yaml(f"POPSIZE: 20\nSEED: {value}\n", "p.yml")


def test_a_short_file_cannot_stand_for_a_huge_value() -> None:
    with pytest.raises(UnreadableOriginal, match=r"p\.yml, line 2: the alias \*a"):
        from_yaml("GENES: &a [x, x]\nSEED: [*a, *a]\n", "p.yml")


def test_a_json_number_of_thousands_of_digits_is_refused() -> None:
    with pytest.raises(UnreadableOriginal, match="a number in it cannot be read"):
        from_json('{"seed": ' + "1" * 5000 + "}", "p.json")
