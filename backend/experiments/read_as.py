"""How the text of a schedule that evolved, or that somebody typed in, is to be read, whenever that is."""

from typing import Literal

from backend.experiments.configuration import Strict
from backend.experiments.evolved import Evolved, EvolvedPrograms, EvolvedSchedules
from backend.phenotypes.schedule_program import SetPer, ValLoss


class ReadAs(Strict):
    """What a schedule's text leaves open. `first_epoch` and `initial_rate` are of schedules, the rest of programs."""

    kind: Literal["schedule", "schedule_program"]
    first_epoch: int = 0
    initial_rate: float = 0.01
    set_per: Literal["batch", "epoch"] = "batch"
    val_loss: Literal["measured", "dead"] = "measured"

    @classmethod
    def of(cls, evolved: Evolved) -> "ReadAs | None":
        """Return how an experiment reads its schedules; None where it evolves update rules."""
        match evolved:
            case EvolvedSchedules():
                return cls(kind="schedule", first_epoch=evolved.first_epoch, initial_rate=evolved.initial_rate)
            case EvolvedPrograms():
                return cls(kind="schedule_program", set_per=evolved.set_per.value, val_loss=evolved.val_loss.value)
        return None

    def over(self, epochs: int) -> EvolvedSchedules | EvolvedPrograms:
        """Return what reads it, for trainings of so many epochs."""
        if self.kind == "schedule":
            return EvolvedSchedules(self.first_epoch, self.initial_rate, epochs)
        return EvolvedPrograms(epochs, SetPer(self.set_per), ValLoss(self.val_loss))
