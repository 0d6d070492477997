"""What training each behaviour once saves, beside what remembering texts would."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from backend.store.savings import asked


@dataclass(frozen=True)
class Savings:
    """Trainings of a run, those that are waited for included, and what two other ways would have trained.

    Individuals that cannot be trained asked for nothing and are in none of the numbers.
    """

    # Every individual by itself, on each of the folds that it was given.
    every_individual: int
    # Each text once on each of its folds.
    text_cache: int
    # Each behaviour once on each of its folds: what was done.
    trained: int

    @property
    def share(self) -> float | None:
        """The share saved against training every individual; None while nothing was asked for."""
        return self._share(self.trained)

    @property
    def share_of_text_cache(self) -> float | None:
        """The share that a cache of texts would have saved."""
        return self._share(self.text_cache)

    def _share(self, trained: int) -> float | None:
        return 1 - trained / self.every_individual if self.every_individual else None


def savings(session: Session, run_id: int) -> Savings:
    """Return what a run has saved so far."""
    return Savings(*asked(session, run_id))
