from sqlalchemy import update

from backend.experiments.claim import claim, release, renew, report_progress
from backend.problems.result import EpochRow
from backend.store import evaluations
from backend.store.tables import Evaluation
from tests.backend.experiments.farm import Farm, order

ROW = EpochRow(epoch=0, loss=1.0, accuracy=0.5, val_loss=1.0, val_accuracy=0.5, rate=0.1, seconds=0.1)


def test_a_claimed_evaluation_comes_with_all_that_it_depends_on(farm: Farm) -> None:
    farm.launch(order())
    claimed = farm.claim_next()
    assert claimed is not None
    assert claimed.specification.epochs == 5
    assert claimed.attempt == 1


def test_what_is_claimed_can_be_kept_told_of_and_given_back(farm: Farm) -> None:
    farm.launch(order())
    claimed = farm.claim_next()
    assert claimed is not None
    with farm.database.write() as session:
        assert renew(session, claimed, 60)
        assert report_progress(session, claimed, [ROW])
        assert release(session, "pretended") == 1
        assert not renew(session, claimed, 60)
        assert not report_progress(session, claimed, [ROW])


def test_an_evaluation_of_another_version_fails_with_a_message_instead_of_coming_back_for_ever(farm: Farm) -> None:
    farm.launch(order())
    evaluation_id = farm.sender.sent[0]
    with farm.database.write() as session:
        session.execute(update(Evaluation).where(Evaluation.id == evaluation_id).values(specification={"epocs": 3}))
        assert claim(session, evaluation_id, "w", 60) is None
    with farm.database.read() as session:
        stored = evaluations.get(session, evaluation_id)
    assert stored is not None
    assert (stored.state, stored.reason) == ("finished", "error")
    assert "cannot read" in (stored.message or "")
