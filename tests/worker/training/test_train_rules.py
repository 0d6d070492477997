import json
from pathlib import Path

import numpy as np
import pytest

from backend.phenotypes.behaviour import built_in
from backend.phenotypes.human_made_rules import HUMAN_MADE_RULES
from backend.phenotypes.update_rule import UpdateRule
from backend.problems.problem import Parts
from backend.problems.result import EpochRow
from tests.worker.training.specifications import evaluated, of_behaviour, of_rule, specification
from worker.training.train import train

pytestmark = pytest.mark.training


def _rule(name: str, **constants: float) -> UpdateRule:
    return HUMAN_MADE_RULES[name].rule(**constants)


def _weight_alone(weight: str) -> UpdateRule:
    return UpdateRule.from_text(f"x = 0; y = 0; z = 0; weight = {weight}")


def test_gradient_descent_as_rule_as_schedule_and_as_kerass_own_is_one_training(datasets_dir: Path) -> None:
    by_rate = evaluated(specification(0.05, 0.05), datasets_dir)
    by_rule = evaluated(of_rule(_rule("sgd", learning_rate=0.05)), datasets_dir)
    by_keras = evaluated(of_behaviour(built_in("sgd", {"learning_rate": 0.05})), datasets_dir)
    assert by_rate.score == by_rule.score == by_keras.score
    assert [row.val_loss for row in by_rate.epochs] == [row.val_loss for row in by_rule.epochs]
    assert [row.val_loss for row in by_rate.epochs] == [row.val_loss for row in by_keras.epochs]
    assert [[row.rate for row in result.epochs] for result in (by_rate, by_rule, by_keras)] == [
        [float(np.float32(0.05))] * 2,
        [None] * 2,
        [float(np.float32(0.05))] * 2,
    ]


@pytest.mark.parametrize("name", ["sgd", "momentum", "nesterov", "rmsprop", "adam"])
def test_rules_made_by_people_learn(name: str, datasets_dir: Path) -> None:
    result = evaluated(of_rule(_rule(name), parts=Parts(2800, 400, 800, 0), epochs=6), datasets_dir)
    losses = [row.val_loss for row in result.epochs if row.val_loss is not None]
    assert len(losses) == 6
    assert losses[-1] < losses[0]


def test_the_schedule_of_a_rule_goes_by_the_planned_epochs(datasets_dir: Path) -> None:
    """One epoch of one is not the first epoch of two, as soon as the rule reads t."""
    one, two = (evaluated(of_rule(_rule("adamw-linear"), epochs=epochs), datasets_dir) for epochs in (1, 2))
    assert one.epochs[0].val_loss != two.epochs[0].val_loss
    same, longer = (evaluated(of_rule(_rule("adamw"), epochs=epochs), datasets_dir) for epochs in (1, 2))
    assert same.epochs[0].val_loss == longer.epochs[0].val_loss


def test_a_weight_that_is_no_number_ends_the_training_at_its_step(datasets_dir: Path) -> None:
    rows: list[EpochRow] = []
    spoilt = of_rule(_weight_alone("0.01 * g + 0 * sqrt(8 - step)"))  # six steps an epoch: in the second
    result = train(spoilt, rows.append, lambda: False, datasets_dir=datasets_dir)
    assert (result.score, result.reason, len(rows)) == (None, "nan", 2)
    assert result.message == "A weight became NaN or infinite in epoch 1."
    assert (rows[1].loss, rows[1].accuracy, rows[1].val_loss, rows[1].val_accuracy) == (None,) * 4
    json.dumps(result.to_json(), allow_nan=False)


def test_a_rule_that_throws_the_weights_away_has_diverged_or_no_number(datasets_dir: Path) -> None:
    result = evaluated(of_rule(_weight_alone("negative(multiply(4, w)) + g")), datasets_dir)
    assert result.reason in {"nan", "diverged"}


def test_after_an_early_stop_a_rules_best_epoch_is_scored(datasets_dir: Path) -> None:
    # Six steps an epoch: from the third epoch on, each step is larger than the one before.
    spoilt = _weight_alone("max(0.2, step - 12) * g")
    result = evaluated(of_rule(spoilt, epochs=5, patience=2), datasets_dir)
    good = evaluated(of_rule(_weight_alone("0.2 * g")), datasets_dir)
    assert (result.best_epoch, result.stopped_early, result.score) == (1, True, good.score)
