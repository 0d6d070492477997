import pytest

from tests.backend.cli.programs import Program


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["fly"], "No such command 'fly'"),
        (["run"], "Missing argument 'preset'"),
        (["run", "nonsense"], "there is no preset 'nonsense'; there are"),
        (["run", "quickstart", "--set", "population"], "not of the form key=value"),
        (["run", "quickstart", "--set", "search.population_size=0"], "overrides.search.population_size"),
        (["run", "quickstart", "--set", "search.population_size=1000000000"], "overrides.search.population_size"),
        (["run", "quickstart", "--set", "search.tournament_size=99"], "only 20 individuals"),
        (["run", "quickstart", "--set", "search.mutation_rate=.nan"], "overrides.search.mutation_rate"),
        (["run", "quickstart", "--set", "search.wings=2"], "overrides.search.wings"),
        (["run", "quickstart", "--seed", "-1"], "seed"),
        (["run", "quickstart", "--runs", "0"], "runs"),
        (["run", "quickstart", "--workers", "0"], "Setting workers is 0"),
        (["up", "--port", "99999"], "Setting port is 99999"),
        (["up", "--port", "many"], "--port"),
        (["worker", "--workers", "-3"], "Setting workers is -3"),
        (["runs", "show", "one"], "RUN_ID"),
        (["runs", "list"], "There is no database yet"),
        (["export"], "either an individual's number or, with --run"),
        (["export", "1", "--run", "1"], "either an individual's number or, with --run"),
        (["export", "1"], "There is no database yet"),
        (["db", "backup"], "There is no database yet"),
    ],
)
def test_what_cannot_be_done_is_one_line_on_standard_error_and_exit_code_two(
    autolr: Program, arguments: list[str], words: str
) -> None:
    outcome = autolr(*arguments)
    assert outcome.code == 2
    assert outcome.out == ""
    assert outcome.err.count("\n") == 1
    assert words.lower() in outcome.err.lower()


def test_without_a_command_it_says_what_there_is(autolr: Program) -> None:
    outcome = autolr("--help")
    assert outcome.code == 0
    assert all(command in outcome.out for command in ("up", "serve", "worker", "run", "runs", "export", "db", "doctor"))


def test_a_setting_of_the_environment_that_is_wrong_is_named(autolr: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTOLR_LEASE_SECONDS", "soon")
    outcome = autolr("doctor")
    assert outcome.code == 2
    assert "lease_seconds is 'soon'" in outcome.err
