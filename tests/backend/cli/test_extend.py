import json
import threading
import time

from backend.cli.folder_lock import locked
from backend.settings.settings import load_settings
from tests.backend.cli.programs import Program
from tests.backend.experiments.farm import Farm, order
from tests.backend.serving import serving


def test_a_run_is_extended_on_the_server_that_holds_the_data_folder(autolr: Program, sqlite_url: str) -> None:
    settings = load_settings(database_url=sqlite_url, reconcile_seconds=3600.0)
    with serving(settings) as served, locked(settings.data_dir, str(served.client.base_url)):
        run_id = served.evolved(order()).runs[0].id
        worker = threading.Thread(target=_work_once_there_is_some, args=[served.farm])
        worker.start()
        outcome = autolr("extend", str(run_id), "--generations", "2", "--json")
        worker.join()
        refused = autolr("extend", "99", "--generations", "2")
        too_many = autolr("extend", str(run_id), "--generations", "9999999")
    assert (outcome.code, json.loads(outcome.out)["generation"]) == (0, 5)
    assert (refused.code, refused.err.splitlines()[-1]) == (2, "There is no run 99.")
    sentence = "generations: must be less than or equal to 1000000 (given: 9999999)"
    assert (too_many.code, too_many.err.splitlines()[-1]) == (2, sentence)


def _work_once_there_is_some(farm: Farm) -> None:
    while not farm.sender.sent:
        time.sleep(0.01)
    farm.work()
