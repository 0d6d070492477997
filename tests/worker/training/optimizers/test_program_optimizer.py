from itertools import islice

import keras
import numpy as np
import pytest
import tensorflow as tf

from backend.expressions.arrays import Floats
from backend.phenotypes.schedule_program import FIRST_LOSS, ScheduleProgram
from tests.worker.training.gradients import PROBLEM
from worker.training.batches import Batches, epochs
from worker.training.loop import TrainingLoop
from worker.training.network import network_of
from worker.training.optimizers.program_optimizer import ProgramOptimizer, RatesPlace, Underneath, program_loop
from worker.training.optimizers.scheduled_sgd import ScheduledSGD, plain_sgd
from worker.training.parts import Part
from worker.training.seeds import Seeds

pytestmark = pytest.mark.training

SEEDS = Seeds(3)
SIZE, BATCH, EPOCHS = 75, 16, 3
# What a training hears of validation, whatever it is.
VAL_LOSSES = (1.3, 0.9, 1.1)
TEXTS = (
    "0.03 * exp_below_700(loss - val_loss)",
    "0.02 * (loss / (epoch + log_abs(val_loss)))",
    "0.05 - loss * 0.02",
    "0.05 / sin(loss * epoch)",
)


def _part() -> Part:
    rng = np.random.default_rng(1)
    samples = rng.normal(size=(SIZE, *PROBLEM.input_shape)).astype(np.float32)
    return Part(tf.constant(samples), tf.constant(rng.integers(0, PROBLEM.classes, SIZE).astype(np.int32)), SIZE)


def _batches() -> list[tuple[Batches, ...]]:
    return list(islice(epochs(PROBLEM, SIZE, BATCH, SEEDS), EPOCHS))


def _trained(optimizer: ProgramOptimizer, steps_a_call: int = 100) -> Floats:
    state, part = optimizer.loop.network.initial_state(SEEDS), _part()
    for epoch, groups in enumerate(_batches()):
        optimizer.loop.pace.steps = steps_a_call
        for batches in optimizer.loop.pace.calls(groups):
            state, _ = optimizer.train(state, part, batches, epoch)
            optimizer.loop.pace.steps = steps_a_call
        optimizer.validated(VAL_LOSSES[epoch])
    weights: Floats = state.weights.numpy()
    return weights


def _by_hand(program: ScheduleProgram, underneath: Underneath) -> tuple[Floats, list[float]]:
    """The same step by step, in Python: weights at the end, and the rates."""
    network, part = network_of(PROBLEM), _part()
    state = network.initial_state(SEEDS)
    weights, kept = keras.Variable(state.weights), state.kept
    adam = keras.optimizers.Adam()
    loss = val_loss = rate = FIRST_LOSS
    rates = []
    for epoch, groups in enumerate(_batches()):
        for number, indices in enumerate(indices for group in groups for indices in group.indices):
            if program.set_per == "batch" or number == 0:
                rate = program.rate(epoch, loss, val_loss)
            rates.append(rate)
            batch = tf.gather(part.samples, indices), tf.gather(part.labels, indices)
            gradient, kept, tensor, _ = network.gradient(weights.value, kept, *batch)
            loss = float(tensor)
            if underneath == "sgd":
                weights.assign(weights.numpy() - np.float32(rate) * gradient.numpy())
            else:
                adam.learning_rate = rate
                adam.apply([gradient], [weights])
        val_loss = VAL_LOSSES[epoch]
    end: Floats = weights.numpy()
    return end, rates


@pytest.mark.parametrize("underneath", ["sgd", "adam"])
@pytest.mark.parametrize("set_per", ["batch", "epoch"])
@pytest.mark.parametrize("text", TEXTS)
def test_a_training_has_the_bits_of_one_made_step_by_step(text: str, set_per: str, underneath: Underneath) -> None:
    program = ScheduleProgram.from_text(text, EPOCHS, set_per)
    expected, rates = _by_hand(program, underneath)
    assert len(set(rates)) > 1
    assert np.array_equal(_trained(ProgramOptimizer(PROBLEM, program, underneath)), expected)


def test_the_number_of_steps_in_a_call_changes_no_bit() -> None:
    program = ScheduleProgram.from_text(TEXTS[0], EPOCHS)
    ends = [_trained(ProgramOptimizer(PROBLEM, program, "adam"), steps) for steps in (1, 3, 100)]
    assert np.array_equal(ends[0], ends[1])
    assert np.array_equal(ends[0], ends[2])


def test_a_loop_is_traced_once_for_all_programs() -> None:
    ends = {
        _trained(ProgramOptimizer(PROBLEM, ScheduleProgram.from_text(text, EPOCHS), "sgd")).tobytes() for text in TEXTS
    }
    assert len(ends) == len(TEXTS)
    assert program_loop(PROBLEM, "sgd").loop.traces == 1


def test_a_program_that_is_a_constant_trains_like_a_schedule() -> None:
    program = ProgramOptimizer(PROBLEM, ScheduleProgram.from_text("0.05", EPOCHS), "sgd")
    schedule = ScheduledSGD(PROBLEM, np.full(EPOCHS, 0.05, np.float32))
    state, part = schedule.loop.network.initial_state(SEEDS), _part()
    for epoch, groups in enumerate(_batches()):
        for batches in groups:
            state, _ = schedule.train(state, part, batches, epoch)
    assert np.array_equal(_trained(program), state.weights)
    assert (program.rate(2), program.rate_range()) == (float(np.float32(0.05)), None)


def test_an_epoch_tells_the_mean_of_its_rates_and_their_range() -> None:
    program = ScheduleProgram.from_text(TEXTS[0], EPOCHS)
    optimizer = ProgramOptimizer(PROBLEM, program, "sgd")
    _trained(optimizer)
    _, rates = _by_hand(program, "sgd")
    last = rates[-5:]
    assert optimizer.rate(2) == pytest.approx(np.mean(last), rel=1e-12)
    assert optimizer.rate_range() == (min(last), max(last))


def test_a_loop_without_a_program_says_so() -> None:
    loop = TrainingLoop(network_of(PROBLEM), plain_sgd, RatesPlace())
    with pytest.raises(tf.errors.OpError, match="No program has been put into the training loop"):
        loop.train(loop.network.initial_state(SEEDS), _part(), _batches()[0][0], np.float32(0))
