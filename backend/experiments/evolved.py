"""What the phenotypes of an experiment are: how they are read, what they do, what they are held against."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from backend.experiments.configuration import Configuration
from backend.phenotypes.behaviour import Behaviour, rate_vector
from backend.phenotypes.human_made import BASELINES
from backend.phenotypes.human_made_rules import HUMAN_MADE_RULES
from backend.phenotypes.human_made_schedules import HUMAN_MADE_SCHEDULES
from backend.phenotypes.program_behaviour import schedule_program
from backend.phenotypes.rule_behaviour import update_rule
from backend.phenotypes.schedule import Schedule
from backend.phenotypes.schedule_program import ScheduleProgram, SetPer, ValLoss
from backend.phenotypes.update_rule import UpdateRule


class Evolved(Protocol):
    """A kind of phenotype under an experiment's protocol."""

    @property
    def baselines(self) -> Mapping[str, Behaviour]:
        """What people would use without AutoLR, by name."""

    def read(self, phenotype: str) -> Schedule | UpdateRule | ScheduleProgram:
        """Return what a phenotype says; `ExpressionError` if it is none of this kind."""

    def behaviour(self, phenotype: str) -> Behaviour:
        """Return what a phenotype does; `ExpressionError` if it is none of this kind, `CannotTrain` if it is no use."""


@dataclass(frozen=True)
class EvolvedSchedules:
    """Learning-rate schedules, over so many epochs."""

    first_epoch: int
    initial_rate: float
    epochs: int

    @cached_property
    def baselines(self) -> Mapping[str, Behaviour]:
        """Constant 0.01, the baseline of [DLR]."""
        return {name: rate_vector(schedule, self.epochs) for name, schedule in BASELINES.items()}

    def read(self, phenotype: str) -> Schedule:
        """Return the schedule that a phenotype is."""
        return Schedule.from_text(phenotype, first_epoch=self.first_epoch, initial_rate=self.initial_rate)

    def behaviour(self, phenotype: str) -> Behaviour:
        """Return its rates over the epochs."""
        return rate_vector(self.read(phenotype), self.epochs)


@dataclass(frozen=True)
class EvolvedRules:
    """Update rules. What they are held against are Keras's optimizers with their usual constants."""

    @cached_property
    def baselines(self) -> Mapping[str, Behaviour]:
        """The human-made rules, in the same language."""
        made = {
            "SGD 0.01": HUMAN_MADE_RULES["sgd"].rule(learning_rate=0.01),
            "Nesterov 0.01, 0.9": HUMAN_MADE_RULES["nesterov"].rule(learning_rate=0.01, momentum=0.9),
            "RMSprop 0.001": HUMAN_MADE_RULES["rmsprop"].rule(learning_rate=0.001),
            "Adam 0.001": HUMAN_MADE_RULES["adam"].rule(learning_rate=0.001),
        }
        return {name: update_rule(rule) for name, rule in made.items()}

    def read(self, phenotype: str) -> UpdateRule:
        """Return the rule that a phenotype is."""
        return UpdateRule.from_text(phenotype)

    def behaviour(self, phenotype: str) -> Behaviour:
        """Return what its weights depend on."""
        return update_rule(self.read(phenotype))


@dataclass(frozen=True)
class EvolvedPrograms:
    """Schedules that may read the loss, in trainings of so many epochs."""

    epochs: int
    set_per: SetPer
    val_loss: ValLoss

    @cached_property
    def baselines(self) -> Mapping[str, Behaviour]:
        """The schedules that [GP] compares with: constant, step and cosine, from 0.001."""
        names = {"constant 0.001": "constant", "step from 0.001": "step", "cosine from 0.001": "cosine"}
        return {
            title: HUMAN_MADE_SCHEDULES[name].behaviour(self.epochs, learning_rate=0.001)
            for title, name in names.items()
        }

    def read(self, phenotype: str) -> ScheduleProgram:
        """Return the program that a phenotype is."""
        return ScheduleProgram.from_text(phenotype, self.epochs, self.set_per, self.val_loss)

    def behaviour(self, phenotype: str) -> Behaviour:
        """Return its rates where they depend on the epoch alone, else what it computes."""
        return schedule_program(self.read(phenotype))


def evolved(configuration: Configuration) -> EvolvedSchedules | EvolvedRules | EvolvedPrograms:
    """Return the kind of phenotype that a configuration evolves."""
    training = configuration.training
    if configuration.evolves == "update_rule":
        return EvolvedRules()
    if configuration.evolves == "schedule_program":
        return EvolvedPrograms(training.epochs, SetPer(training.set_per), ValLoss(training.val_loss))
    return EvolvedSchedules(training.first_epoch, training.initial_rate, training.epochs)
