import pytest

from backend.phenotypes.behaviour import Behaviour, built_in
from backend.phenotypes.human_made_rules import HUMAN_MADE_RULES
from backend.problems.catalogue import get_problem
from backend.problems.specification import EvaluationSpecification
from tests.worker.training.specifications import of_behaviour, of_rule, specification
from worker.training.optimizers.built_in_optimizer import BuiltInOptimizer
from worker.training.optimizers.choose import begin_optimizer
from worker.training.optimizers.optimizer import Optimizer
from worker.training.optimizers.rule_optimizer import RuleOptimizer
from worker.training.optimizers.scheduled_sgd import ScheduledSGD

pytestmark = pytest.mark.training


def _begun(specified: EvaluationSpecification) -> Optimizer:
    return begin_optimizer(specified, get_problem(specified.problem), 700)


def test_each_kind_of_behaviour_has_its_optimizer() -> None:
    assert isinstance(_begun(specification(0.1)), ScheduledSGD)
    assert isinstance(_begun(of_rule(HUMAN_MADE_RULES["adam"].rule())), RuleOptimizer)
    assert isinstance(_begun(of_behaviour(built_in("adam", {}))), BuiltInOptimizer)


def test_only_what_has_a_learning_rate_tells_one() -> None:
    assert _begun(specification(0.25)).rate(0) == 0.25
    assert _begun(of_rule(HUMAN_MADE_RULES["adam"].rule())).rate(0) is None
    assert _begun(of_behaviour(built_in("adam", {"learning_rate": 0.25}))).rate(0) == 0.25


def test_a_rule_that_is_none_is_refused_with_its_place() -> None:
    content = {"x": None, "y": None, "z": None, "weight": "__import__(g)"}
    with pytest.raises(ValueError, match="__import__"):
        _begun(of_behaviour(Behaviour("update_rule", content)))
