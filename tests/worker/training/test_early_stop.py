from worker.training.early_stop import EarlyStop


def _last_epoch(patience: int | None, losses: list[float]) -> tuple[int, int | None]:
    stop = EarlyStop(patience)
    for epoch, loss in enumerate(losses):
        stop.improved(epoch, loss)
        if stop.reached(epoch):
            return epoch, stop.best_epoch
    return len(losses) - 1, stop.best_epoch


def test_it_stops_after_so_many_epochs_without_a_smaller_loss() -> None:
    assert _last_epoch(3, [2.0, 1.0, 1.5, 1.2, 1.1, 0.5]) == (4, 1)


def test_a_smaller_loss_begins_the_count_anew() -> None:
    assert _last_epoch(2, [2.0, 2.1, 1.9, 2.0, 1.8, 1.9, 1.9, 0.1]) == (6, 4)


def test_an_equal_loss_is_not_smaller() -> None:
    assert _last_epoch(1, [1.0, 1.0, 0.5]) == (1, 0)


def test_without_patience_it_only_remembers_the_best_epoch() -> None:
    assert _last_epoch(None, [2.0, 1.0, 3.0, 4.0, 5.0]) == (4, 1)


def test_a_loss_that_is_no_number_is_never_the_best() -> None:
    assert not EarlyStop(1).improved(0, float("nan"))
