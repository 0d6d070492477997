from collections.abc import Iterable
from itertools import islice

import numpy as np
import pytest
import tensorflow as tf

from backend.phenotypes.human_made_rules import HUMAN_MADE_RULES
from backend.phenotypes.update_rule import UpdateRule
from tests.worker.training.gradients import PROBLEM
from worker.training.batches import epochs, steps_per_epoch
from worker.training.loop import Steps, TrainingLoop
from worker.training.network import State
from worker.training.optimizers.arithmetic import ON_DEVICE
from worker.training.optimizers.optimizer import Optimizer
from worker.training.optimizers.rule_optimizer import Place, RuleOptimizer, rule_loop
from worker.training.optimizers.rule_steps import RuleSteps
from worker.training.optimizers.scheduled_sgd import ScheduledSGD
from worker.training.parts import Part
from worker.training.seeds import Seeds

pytestmark = pytest.mark.training

SEEDS = Seeds(3)
EPOCHS = 2
SIZE, BATCH = 75, 16
TOTAL = EPOCHS * steps_per_epoch(SIZE, BATCH)


def _part() -> Part:
    rng = np.random.default_rng(1)
    samples = rng.normal(size=(SIZE, *PROBLEM.input_shape)).astype(np.float32)
    return Part(tf.constant(samples), tf.constant(rng.integers(0, PROBLEM.classes, SIZE).astype(np.int32)), SIZE)


def _train(optimizer: Optimizer, steps_a_call: int = 100) -> Iterable[tuple[State, Steps]]:
    state, part = optimizer.loop.network.initial_state(SEEDS), _part()
    for epoch, groups in enumerate(islice(epochs(PROBLEM, SIZE, BATCH, SEEDS), EPOCHS)):
        optimizer.loop.pace.steps = steps_a_call
        for batches in optimizer.loop.pace.calls(groups):
            state, steps = optimizer.train(state, part, batches, epoch)
            optimizer.loop.pace.steps = steps_a_call
            yield state, steps
            if not steps.finite:
                return


def _last(optimizer: Optimizer, steps_a_call: int = 100) -> State:
    return list(_train(optimizer, steps_a_call))[-1][0]


def _rule(weight: str) -> UpdateRule:
    return UpdateRule.from_text(f"x = 0; y = 0; z = 0; weight = {weight}")


def _optimizer(rule: UpdateRule) -> RuleOptimizer:
    return RuleOptimizer(PROBLEM, rule, TOTAL)


def test_gradient_descent_as_a_rule_gives_the_bits_of_gradient_descent_at_a_constant_rate() -> None:
    by_rule = _last(_optimizer(_rule("multiply(0.05, g)")))
    by_rate = _last(ScheduledSGD(PROBLEM, np.array([0.05, 0.05], np.float32)))
    assert np.array_equal(by_rule.weights, by_rate.weights)
    assert all(np.array_equal(*pair) for pair in zip(by_rule.kept, by_rate.kept, strict=True))


def test_a_loop_is_traced_once_for_all_rules_and_their_constants() -> None:
    rules = [HUMAN_MADE_RULES[name].rule() for name in ("sgd", "adam", "nesterov-decay-one-cycle")]
    rules += [HUMAN_MADE_RULES["adam"].rule(learning_rate=rate) for rate in (0.002, 0.003)]
    ends = {np.asarray(_last(_optimizer(rule)).weights).tobytes() for rule in rules}
    loop, _ = rule_loop(PROBLEM)
    assert len(ends) == 5
    assert loop.network.gradient.experimental_get_tracing_count() == 1
    assert loop.traces == 1


def test_a_training_keeps_its_own_states_while_another_goes_on_in_the_same_loop() -> None:
    rule = HUMAN_MADE_RULES["adamw-cosine"].rule()
    alone = _last(_optimizer(rule))
    ours, other = _train(_optimizer(rule), 2), _train(_optimizer(HUMAN_MADE_RULES["ades"].rule()), 2)
    together = [state for (state, _), _ in zip(ours, other, strict=True)]
    assert np.array_equal(together[-1].weights, alone.weights)


def test_the_number_of_steps_in_a_call_changes_no_bit() -> None:
    rule = HUMAN_MADE_RULES["adamw-cosine"].rule()
    ends = [_last(_optimizer(rule), steps_a_call) for steps_a_call in (1, 3, 100)]
    assert np.array_equal(ends[0].weights, ends[1].weights)
    assert np.array_equal(ends[0].weights, ends[2].weights)


def test_a_weight_that_is_no_number_ends_the_call_at_its_step() -> None:
    """The third step takes the root of -1."""
    calls = list(_train(_optimizer(_rule("g * 0.01 + sqrt(2 - step) * 0"))))
    assert [(steps.finite, len(steps.loss), len(steps.correct)) for _, steps in calls] == [(False, 3, 3)]
    assert np.isfinite(calls[0][1].loss).all()
    assert np.isnan(calls[0][0].weights).all()


def test_rules_are_computed_where_a_gpu_would_have_the_weights_by_the_same_loop() -> None:
    """Tolerance 1e-6 on weights of about 1: NumPy and TensorFlow raise to powers in their own ways."""
    optimizer = _optimizer(HUMAN_MADE_RULES["adamw-cosine"].rule())
    expected = _last(optimizer)
    place = Place(ON_DEVICE)
    loop = TrainingLoop(optimizer.loop.network, place)
    place.steps = RuleSteps(HUMAN_MADE_RULES["adamw-cosine"].rule(), loop.network, TOTAL, ON_DEVICE)
    state, part = loop.network.initial_state(SEEDS), _part()
    for groups in islice(epochs(PROBLEM, SIZE, BATCH, SEEDS), EPOCHS):
        for batches in groups:
            state, _ = loop.train(state, part, batches, np.float32(0))
    np.testing.assert_allclose(state.weights, expected.weights, rtol=0, atol=1e-6)


def test_a_loop_without_a_rule_says_so() -> None:
    loop = TrainingLoop(rule_loop(PROBLEM)[0].network, Place(ON_DEVICE))
    batches = next(epochs(PROBLEM, SIZE, BATCH, SEEDS))[0]
    with pytest.raises(tf.errors.OpError, match="No rule has been put into the training loop"):
        loop.train(loop.network.initial_state(SEEDS), _part(), batches, np.float32(0))
