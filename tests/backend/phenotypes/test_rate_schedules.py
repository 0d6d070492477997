import numpy as np
import pytest

from backend.phenotypes.human_made_rules import HUMAN_MADE_RULES
from backend.phenotypes.rate_schedules import RATE_SCHEDULES, scheduled
from backend.phenotypes.trace import trace


def _factors(name: str, **constants: float) -> list[float]:
    """Return what the schedule multiplies a rate of 1 by, at each tenth of the training."""
    rule = scheduled(HUMAN_MADE_RULES["sgd"], RATE_SCHEDULES[name]).rule(learning_rate=1.0, **constants)
    shares = np.linspace(0, 1, 11, dtype=np.float32)
    weights = trace(rule, np.ones((11, 1), np.float32), t=shares)[:, 0].astype(float)
    return [round(float(each), 4) for each in -np.diff(weights)]


@pytest.mark.parametrize(
    ("name", "constants", "factors"),
    [
        ("cosine", {}, [0.5 + 0.5 * np.cos(np.pi * tenth / 10) for tenth in range(11)]),
        ("linear", {}, [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0]),
        ("one-cycle", {"peak": 0.5, "start": 0.1}, [0.1, 0.28, 0.46, 0.64, 0.82, 1, 0.8, 0.6, 0.4, 0.2, 0]),
        ("warm-up-stable-decay", {"warm_up": 0.2, "decay": 0.4}, [0, 0.5, 1, 1, 1, 1, 1, 0.75, 0.5, 0.25, 0]),
    ],
)
def test_a_schedule_has_its_shape(name: str, constants: dict[str, float], factors: list[float]) -> None:
    assert _factors(name, **constants) == pytest.approx(factors, abs=2e-4)


def test_a_scheduled_rule_has_the_constants_of_both() -> None:
    both = HUMAN_MADE_RULES["adamw-one-cycle"]
    assert both.constants.keys() == {*HUMAN_MADE_RULES["adamw"].constants, "peak", "start"}
    assert both.title == "AdamW, one cycle"


def test_a_rule_without_a_rate_is_multiplied_as_a_whole() -> None:
    rule = scheduled(HUMAN_MADE_RULES["ades"], RATE_SCHEDULES["linear"]).rule()
    assert rule.text.endswith("weight = multiply(subtract(1, t), negative(y))")


def test_decoupled_weight_decay_follows_the_schedule() -> None:
    rule = HUMAN_MADE_RULES["nesterov-decay-linear"].rule(learning_rate=0.5, weight_decay=0.5)
    weights = trace(
        rule, np.zeros((2, 1), np.float32), t=np.array([0, 0.5], np.float32), weights0=np.ones(1, np.float32)
    )
    assert weights[:, 0].tolist() == [1, 0.75, 0.65625]
