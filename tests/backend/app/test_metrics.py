from prometheus_client.parser import text_string_to_metric_families

from backend.store import workers
from tests.backend.experiments.farm import order
from tests.backend.serving import Serving


def _samples(served: Serving) -> dict[tuple[str, ...], float]:
    reply = served.client.get("/metrics")
    assert reply.headers["content-type"].startswith("text/plain")
    return {
        (sample.name, *(value for name, value in sorted(sample.labels.items()) if name != "le")): sample.value
        for family in text_string_to_metric_families(reply.text)
        for sample in family.samples
    }


def test_runs_evaluations_and_workers_are_counted(served: Serving) -> None:
    served.evolved(order())
    sent = len(served.farm.launch(order()).evaluation_ids)
    with served.farm.database.write() as session:
        workers.announce(session, name="box-1", host="box", pid=1, queue="cpu", problems={}, numerics={})
    samples = _samples(served)
    assert samples["autolr_runs", "finished"] == 1
    assert samples["autolr_runs", "running"] == 1
    assert samples["autolr_runs", "failed"] == 0
    assert samples["autolr_evaluations", "pending"] == sent
    assert samples["autolr_workers_alive",] == 1


def test_requests_are_measured_by_operation_not_by_address(served: Serving) -> None:
    for run_id in (1, 2, 3):
        served.client.get(f"/api/v1/runs/{run_id}")
    served.client.get("/api/v1/runs")
    served.client.get("/nothing")
    samples = _samples(served)
    assert samples["autolr_request_duration_seconds_count", "GET", "get_run", "404"] == 3
    assert samples["autolr_request_duration_seconds_count", "GET", "list_runs", "200"] == 1
    assert samples["autolr_request_duration_seconds_count", "GET", "none", "404"] == 1
    assert not any("/" in label for labels in samples for label in labels)
