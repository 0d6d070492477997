"""From an evaluation's specification to the optimizer that trains it."""

from backend.phenotypes.behaviour import SCHEDULE_PROGRAM, Behaviour
from backend.phenotypes.program_behaviour import program_of
from backend.phenotypes.rule_behaviour import rule_of
from backend.phenotypes.schedule_program import VAL_LOSS
from backend.problems.problem import Problem
from backend.problems.specification import EvaluationSpecification
from worker.training.batches import steps_per_epoch
from worker.training.optimizers.built_in_optimizer import BuiltInOptimizer
from worker.training.optimizers.optimizer import Optimizer
from worker.training.optimizers.program_optimizer import ProgramOptimizer, Underneath
from worker.training.optimizers.rule_optimizer import RuleOptimizer
from worker.training.optimizers.scheduled_sgd import ScheduledSGD
from worker.training.rates import learning_rates


def begin_optimizer(specification: EvaluationSpecification, problem: Problem, samples: int) -> Optimizer:
    """The optimizer at the beginning of a training on so many samples.

    Raises ValueError where the behaviour is none that its optimizer can follow.
    """
    match specification.optimizer:
        case "sgd" | "adam" as underneath:
            return _scheduled(specification, problem, underneath)
        case "rule":
            # Of the plan, whatever an early stop does: t is the share of the planned training that is done.
            total_steps = specification.epochs * steps_per_epoch(samples, specification.batch_size)
            return RuleOptimizer(problem, rule_of(_behaviour(specification)), total_steps)
        case "keras":
            content = specification.behaviour_content
            return BuiltInOptimizer(problem, content, learning_rates(specification) if "rates" in content else None)


def _scheduled(specification: EvaluationSpecification, problem: Problem, underneath: Underneath) -> Optimizer:
    """Return plain gradient descent or Adam at the rates of a schedule."""
    if specification.behaviour_kind == SCHEDULE_PROGRAM:
        program = program_of(_behaviour(specification), specification.epochs)
        if VAL_LOSS in program.reads and specification.parts.validation == 0:
            raise ValueError(f"The schedule {program.text} reads val_loss, but there is no validation part.")
        return ProgramOptimizer(problem, program, underneath)
    rates = learning_rates(specification)
    if underneath == "adam":
        return BuiltInOptimizer(problem, {"name": "adam", "configuration": {}}, rates)
    return ScheduledSGD(problem, rates)


def _behaviour(specification: EvaluationSpecification) -> Behaviour:
    return Behaviour(specification.behaviour_kind, specification.behaviour_content)
