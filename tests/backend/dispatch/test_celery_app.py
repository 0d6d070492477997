import pytest

from backend.dispatch.celery_app import EVALUATE, PROVE, make_celery
from backend.dispatch.celery_sender import CelerySender
from backend.settings.settings import Settings, load_settings


@pytest.mark.services
def test_ids_travel_through_a_real_redis(redis_url: str) -> None:
    settings = load_settings(broker_url=redis_url)
    sender = CelerySender(settings)
    sender.send([4, 2])
    sender.send_proofs([4])
    assert sender.waiting() == 3
    app = make_celery(settings)
    with app.connection_for_read() as connection, connection.SimpleQueue(settings.queue) as queue:
        messages = [queue.get(timeout=5) for _ in range(3)]
        for message in messages:
            message.ack()
    assert [message.payload[0] for message in messages] == [[4], [2], [4]]
    assert [message.headers["task"] for message in messages] == [EVALUATE, EVALUATE, PROVE]
    assert sender.waiting() == 0
    sender.close()
    app.close()


def test_an_absent_redis_is_logged_and_does_not_hang(caplog: pytest.LogCaptureFixture, settings: Settings) -> None:
    nobody = load_settings(broker_url=f"redis://127.0.0.1:{settings.port}/0")
    CelerySender(nobody).send([1])
    assert "sent later" in caplog.text
    assert CelerySender(nobody).waiting() == 0


def test_workers_speak_json_only_and_keep_no_results(settings: Settings) -> None:
    app = make_celery(settings)
    assert app.conf.accept_content == ["json"]
    assert app.conf.result_backend is None
    assert not app.conf.task_acks_late
    assert app.conf.worker_prefetch_multiplier == 1
    assert [queue.name for queue in app.conf.task_queues] == [settings.queue]


def test_two_applications_do_not_share_settings(settings: Settings) -> None:
    other = load_settings(queue="gpu")
    assert make_celery(other).conf.task_default_queue == "gpu"
    assert make_celery(settings).conf.task_default_queue == "cpu"
