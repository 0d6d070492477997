import json

from tests.backend.bred import Made, store
from tests.backend.cli.programs import Program
from tests.backend.experiments.farm import Farm

RUN = [[Made("0.1")], [Made("0.2", "mutation", (0,), 0.75)], [Made("0.2", "elite", (0,), 0.75)]]


def test_a_line_is_told_newest_first(autolr: Program, farm: Farm) -> None:
    ids = store(farm.database, RUN)
    head, newest, oldest = autolr("genealogy", str(ids[2][0])).out.splitlines()
    assert head.split()[:3] == ["generations", "individual", "operator"]
    assert newest.startswith("1 to 2")
    assert "In rate, 0.1 became 0.2." in newest
    assert "Drawn at random" in oldest


def test_a_line_is_told_to_scripts(autolr: Program, farm: Farm) -> None:
    ids = store(farm.database, RUN)
    (newest, oldest) = json.loads(autolr("genealogy", str(ids[2][0]), "--json").out)["items"]
    assert (newest["gain"], newest["parent"], oldest["parent"]) == (0.25, ids[0][0], None)


def test_an_individual_that_is_not_there_is_said_so(autolr: Program, farm: Farm) -> None:
    outcome = autolr("genealogy", "99")
    assert (outcome.code, outcome.err) == (2, "There is no individual 99.\n")
