import json

from backend.benchmarks.report import report, to_confirm, warnings
from backend.benchmarks.rounds import Declaration, Entrant, Round

LOW = [0.50, 0.51, 0.52, 0.53, 0.54, 0.55, 0.56, 0.57]
HIGH = [score + 0.1 for score in LOW]
DECLARED = Declaration(["p"], [Entrant("evolved"), Entrant("a"), Entrant("b")], [(0, 1), (0, 2)], seed=1)
FIRST: Round = {("p", 0): HIGH, ("p", 1): LOW, ("p", 2): HIGH[::-1]}


def test_only_what_differs_in_the_first_round_is_tried_again() -> None:
    assert to_confirm(DECLARED, FIRST) == (("p", 0, 1),)


def test_a_confirmation_is_corrected_for_what_was_tried_again_alone() -> None:
    found = report(DECLARED, FIRST, {("p", 0): HIGH, ("p", 1): LOW}, {})
    again = found.judged[0].confirmation
    assert again is not None
    assert again.p == again.p_holm
    assert found.judged[1].confirmation is None


def test_the_target_is_what_the_best_rival_reaches_in_half_of_its_trials() -> None:
    curves = {("p", 0): [[0.2, 0.6]], ("p", 1): [[0.1, 0.3]], ("p", 2): [[0.5, 0.5], [0.4, 0.4], [0.1, 0.2]]}
    (target,) = report(DECLARED, FIRST, None, curves).targets
    assert target.level == 0.4
    assert [(time.reached, time.trials, time.epochs) for time in target.times] == [
        (1, 1, 2.0),
        (0, 1, None),
        (2, 3, 1.0),
    ]


def test_without_validation_there_is_no_target() -> None:
    assert report(DECLARED, FIRST, None, {("p", 1): [[None, None]]}).targets == ()


def test_the_report_is_json() -> None:
    text = json.dumps(report(DECLARED, FIRST, None, {}).to_json(), allow_nan=False)
    assert json.loads(text)["headline"] == "evolved: better in 1, no difference shown in 1 of 2 declared comparisons."


def test_what_cannot_be_shown_is_said_beforehand() -> None:
    assert warnings(DECLARED, 8) == ()
    assert warnings(DECLARED, 4) == (
        "4 trials and 2 comparisons can show nothing: the smallest p they can reach is 0.057. At least 5 trials are "
        "needed.",
    )
    assert warnings(Declaration(["p"], DECLARED.entrants, (), seed=1), 1) == ()
