import json

import pytest

from backend.experiments.errors import NotFound
from backend.experiments.progress import run_document
from tests.backend.experiments.farm import Farm, order


def test_a_runs_document_is_plain_json_with_what_scripts_ask_first(farm: Farm) -> None:
    launched = farm.launch(order())
    farm.work()
    with farm.database.read() as session:
        document = json.loads(json.dumps(run_document(session, launched.runs[0].id), allow_nan=False))
    assert (document["state"], document["generation"], document["generations"]) == ("finished", 3, 4)
    assert document["digest"] == farm.run(launched).digest
    assert document["best_fitness"] == farm.run(launched).best_fitness
    assert document["trainings"] + document["trainings_saved"] == 24


def test_an_unknown_run_is_not_found(farm: Farm) -> None:
    with farm.database.read() as session, pytest.raises(NotFound, match="no run 9"):
        run_document(session, 9)
