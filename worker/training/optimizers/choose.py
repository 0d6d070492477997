"""From an evaluation's specification to the optimizer that trains it."""

from backend.phenotypes.behaviour import Behaviour
from backend.phenotypes.rule_behaviour import rule_of
from backend.problems.problem import Problem
from backend.problems.specification import EvaluationSpecification
from worker.training.batches import steps_per_epoch
from worker.training.optimizers.built_in_optimizer import BuiltInOptimizer
from worker.training.optimizers.optimizer import Optimizer
from worker.training.optimizers.rule_optimizer import RuleOptimizer
from worker.training.optimizers.scheduled_sgd import ScheduledSGD
from worker.training.rates import learning_rates


def begin_optimizer(specification: EvaluationSpecification, problem: Problem, samples: int) -> Optimizer:
    """The optimizer at the beginning of a training on so many samples.

    Raises ValueError where the behaviour is none that its optimizer can follow.
    """
    match specification.optimizer:
        case "sgd":
            return ScheduledSGD(problem, learning_rates(specification))
        case "rule":
            # Of the plan, whatever an early stop does: t is the share of the planned training that is done.
            total_steps = specification.epochs * steps_per_epoch(samples, specification.batch_size)
            rule = rule_of(Behaviour(specification.behaviour_kind, specification.behaviour_content))
            return RuleOptimizer(problem, rule, total_steps)
        case "keras":
            return BuiltInOptimizer(problem, specification.behaviour_content)
