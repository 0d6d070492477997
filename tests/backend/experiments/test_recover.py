from sqlalchemy import update

from backend.dispatch.recording import RecordingSender
from backend.experiments.record import record
from backend.experiments.recover import recover
from backend.store import evaluations, workers
from backend.store.tables import Evaluation
from tests.backend.experiments.farm import Farm, order, score_of


def undisturbed_digest(farm: Farm) -> str | None:
    launched = farm.launch(order())
    farm.work()
    return farm.run(launched).digest


def expire_leases(farm: Farm) -> None:
    with farm.database.write() as session:
        session.execute(update(Evaluation).values(lease_expires_at=1.0))


def announce_idle_worker(farm: Farm) -> None:
    with farm.database.write() as session:
        workers.announce(session, name="w", host="h", pid=1, queue="cpu", problems={"mnist-1d": None}, numerics={})


def long_ago(farm: Farm) -> None:
    with farm.database.write() as session:
        session.execute(update(Evaluation).values(sent_at=Evaluation.sent_at - 60))


def test_messages_that_were_lost_are_sent_again_when_a_worker_idles(farm: Farm) -> None:
    expected = undisturbed_digest(farm)
    launched = farm.launch(order())
    lost = list(farm.sender.sent)
    farm.sender.sent.clear()
    assert recover(farm.database, farm.sender) == 0  # nobody idles: they may just be waiting
    announce_idle_worker(farm)
    assert recover(farm.database, farm.sender) == 0  # sent a moment ago
    long_ago(farm)
    assert recover(farm.database, farm.sender) == len(lost)
    assert farm.sender.sent == lost
    farm.work()
    assert farm.run(launched).digest == expected


def test_nothing_is_sent_again_while_messages_wait_though_a_worker_looks_idle(farm: Farm) -> None:
    launched = farm.launch(order())
    waiting = list(farm.sender.sent)
    announce_idle_worker(farm)  # it may be finding out what comes next
    long_ago(farm)
    assert recover(farm.database, farm.sender) == 0
    assert farm.sender.sent == waiting
    farm.work()
    assert farm.run(launched).state == "finished"


def test_what_was_just_sent_again_is_not_sent_a_third_time(farm: Farm) -> None:
    farm.launch(order())
    announce_idle_worker(farm)
    long_ago(farm)
    recover(farm.database, farm.sender)
    assert recover(farm.database, farm.sender) == 0


def test_a_worker_that_vanished_in_mid_training_costs_only_its_lease(farm: Farm) -> None:
    expected = undisturbed_digest(farm)
    launched = farm.launch(order())
    farm.train_next()  # the baseline, for which no generation waits
    vanished = farm.claim_next()
    assert vanished is not None
    farm.work()
    assert farm.run(launched).generation == 0
    expire_leases(farm)
    assert recover(farm.database, farm.sender) == 1
    farm.work()
    assert (farm.run(launched).state, farm.run(launched).digest) == ("finished", expected)
    with farm.database.write() as session:
        assert not record(session, vanished, score_of(vanished))  # it comes back too late


def test_an_evaluation_that_loses_three_workers_fails_as_lost(farm: Farm) -> None:
    launched = farm.launch(order(overrides={"search": {"population_size": 1, "generations": 1, "tournament_size": 1}}))
    farm.train_next()  # the baseline
    for _ in range(3):
        assert farm.claim_next() is not None
        expire_leases(farm)
        recover(farm.database, farm.sender)
    run = farm.run(launched)
    assert run.state == "failed"
    assert "lost" in (run.message or "")


def test_a_process_that_died_between_record_and_advance_is_stood_in_for(farm: Farm) -> None:
    expected = undisturbed_digest(farm)
    launched = farm.launch(order())
    while farm.sender.sent:
        claimed = farm.claim_next()
        if claimed is not None:
            with farm.database.write() as session:
                record(session, claimed, score_of(claimed))  # and nothing follows
        if not farm.sender.sent:
            recover(farm.database, farm.sender)
    assert (farm.run(launched).state, farm.run(launched).digest) == ("finished", expected)


def test_many_reconcilers_do_no_harm(farm: Farm) -> None:
    expected = undisturbed_digest(farm)
    launched = farm.launch(order())
    other = RecordingSender()
    while farm.sender.sent:
        farm.train_next()
        recover(farm.database, farm.sender)
        recover(farm.database, other)
    assert farm.run(launched).digest == expected


def test_repeated_messages_are_dropped(farm: Farm) -> None:
    expected = undisturbed_digest(farm)
    trained = farm.trained
    launched = farm.launch(order())
    while farm.sender.sent:
        farm.sender.sent.append(farm.sender.sent[0])
        farm.train_next()
        if farm.sender.sent and len(farm.sender.sent) > 40:
            farm.sender.sent = list(dict.fromkeys(farm.sender.sent))
        with farm.database.read() as session:
            if not evaluations.count_under_way(session, launched.runs[0].id):
                break
    assert farm.run(launched).digest == expected
    assert farm.trained == 2 * trained
