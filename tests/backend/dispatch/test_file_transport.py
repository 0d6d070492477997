import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from backend.dispatch.celery_app import EVALUATE, make_celery
from backend.dispatch.celery_sender import CelerySender
from backend.dispatch.file_transport import SCHEME, Channel, _parse
from backend.settings.settings import Settings, load_settings

PRODUCER = """
import sys
from backend.dispatch.celery_sender import CelerySender
from backend.settings.settings import load_settings
first, last = int(sys.argv[1]), int(sys.argv[2])
sender = CelerySender(load_settings())
for number in range(first, last):
    sender.send([number])
sender.close()
"""

# Takes messages until there have been none for a second, and prints them.
CONSUMER = """
import socket, sys
from kombu import Consumer
from backend.dispatch.celery_app import make_celery
from backend.settings.settings import load_settings
settings = load_settings()
app = make_celery(settings)
def take(body, message):
    print(body[0][0])
    message.ack()
with app.connection_for_read() as connection:
    channel = connection.channel()
    with Consumer(channel, queues=app.conf.task_queues, callbacks=[take], accept=["json"], prefetch_count=1):
        try:
            while True:
                connection.drain_events(timeout=1.5)
        except socket.timeout:
            pass
"""


def start(program: str, *arguments: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def queue_of(settings: Settings) -> Path:
    return settings.data_dir / "broker" / "queues" / settings.queue


def test_two_producers_and_two_consumers_lose_nothing_and_double_nothing(settings: Settings) -> None:
    each = 300
    producers = [start(PRODUCER, number * each, (number + 1) * each) for number in range(2)]
    consumers = [start(CONSUMER) for _ in range(2)]
    assert [producer.communicate(timeout=60)[0] for producer in producers] == ["", ""]
    taken = [int(line) for consumer in consumers for line in consumer.communicate(timeout=60)[0].split()]
    # A consumer which started late may have seen an empty queue for too long: what it left is not lost.
    taken += [int(line) for line in start(CONSUMER).communicate(timeout=60)[0].split()]
    assert sorted(taken) == list(range(2 * each))


def test_messages_come_in_the_order_in_which_they_were_sent(settings: Settings) -> None:
    CelerySender(settings).send([5, 3, 9])
    output, _ = start(CONSUMER).communicate(timeout=60)
    assert output.split() == ["5", "3", "9"]


@pytest.mark.parametrize(
    "torn", [b"", b'{"body": "W1', b"[]", b"\xff\xfe", b'{"body": 1}', b'{"body": "", "headers": {}}']
)
def test_a_torn_file_is_put_aside_and_stops_nobody(settings: Settings, torn: bytes) -> None:
    CelerySender(settings).send([1])
    (queue_of(settings) / "00000000000000000000-torn.json").write_bytes(torn)
    CelerySender(settings).send([2])
    output, _ = start(CONSUMER).communicate(timeout=60)
    assert output.split() == ["1", "2"]
    assert (settings.data_dir / "broker" / "dead" / "00000000000000000000-torn.json").read_bytes() == torn


def test_a_message_is_readable_json_that_holds_one_id(settings: Settings) -> None:
    CelerySender(settings).send([17])
    (file,) = queue_of(settings).iterdir()
    message = json.loads(file.read_text())
    assert message["headers"]["task"] == EVALUATE
    assert json.loads(message["body"])[0] == [17]


def test_a_folder_with_spaces_and_signs_is_a_broker_too(tmp_path: Path) -> None:
    settings = load_settings(data_dir=tmp_path / "my data, 100 % ü?")
    CelerySender(settings).send([1])
    assert len(list(queue_of(settings).iterdir())) == 1


def test_a_queue_name_never_leaves_the_folder(settings: Settings) -> None:
    with make_celery(settings).connection_for_write() as connection:
        connection.default_channel._put("../../escaped", {})
    assert not list(settings.data_dir.parent.glob("**/escaped*"))


def test_a_queue_can_be_counted_and_emptied(settings: Settings) -> None:
    CelerySender(settings).send([1, 2, 3])
    with make_celery(settings).connection_for_write() as connection:
        queue = connection.SimpleQueue(settings.queue)
        assert len(queue) == 3
        assert queue.clear() == 3
        assert len(queue) == 0
        queue.close()


def test_a_sender_knows_how_many_messages_wait(settings: Settings) -> None:
    sender = CelerySender(settings)
    assert sender.waiting() == 0
    sender.send([1, 2, 3])
    assert sender.waiting() == 3
    start(CONSUMER).communicate(timeout=60)
    assert sender.waiting() == 0


def test_a_long_queue_is_listed_once_and_what_came_later_is_taken_later(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = []
    listed = Channel._files

    def counted(channel: Channel, queue: str) -> list[Path]:
        looks.append(queue)
        return listed(channel, queue)

    monkeypatch.setattr(Channel, "_files", counted)
    sender = CelerySender(settings)
    sender.send([1, 2, 3])
    with make_celery(settings).connection_for_read() as connection:
        channel = connection.channel()
        looks.clear()
        taken = [_taken(channel, settings) for _ in range(3)]
        assert len(looks) == 1
        sender.send([4])
        assert [*taken, _taken(channel, settings)] == [1, 2, 3, 4]


def test_a_message_that_another_consumer_took_meanwhile_is_passed_over(settings: Settings) -> None:
    CelerySender(settings).send([1, 2, 3])
    app = make_celery(settings)
    with app.connection_for_read() as one, app.connection_for_read() as other:
        first, second = one.channel(), other.channel()
        assert [_taken(first, settings), _taken(second, settings), _taken(first, settings)] == [1, 2, 3]


def _taken(channel: Channel, settings: Settings) -> int:
    number: int = json.loads(channel._get(settings.queue)["body"])[0][0]
    return number


def test_a_poll_of_an_empty_queue_waits_a_fifth_of_a_second(settings: Settings) -> None:
    with make_celery(settings).connection_for_read() as connection:
        assert connection.transport.driver_type == SCHEME
        assert connection.transport.polling_interval == pytest.approx(0.2)
        began = time.process_time()
        with connection.channel().connection.client.SimpleQueue(settings.queue) as queue, pytest.raises(queue.Empty):
            queue.get(timeout=0.5)
        assert time.process_time() - began < 0.2


def test_a_broker_that_takes_nothing_does_not_stop_the_sender(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    # A file where the folder should be: nothing can be written below it, not even by root.
    settings.data_dir.mkdir()
    (settings.data_dir / "broker").write_text("")
    CelerySender(settings).send([1])
    assert "sent later" in caplog.text


def test_whatever_is_no_message_is_recognised() -> None:
    assert _parse(os.urandom(64)) is None
