"""A farm of pretended workers: it claims, scores by a formula and records, as the real task does."""

from dataclasses import dataclass, field

from backend.dispatch.recording import RecordingSender
from backend.experiments.claim import Claimed, claim
from backend.experiments.configuration import Order
from backend.experiments.launch import Launched, launch
from backend.experiments.record import continue_after, record
from backend.problems.result import EpochRow, EvaluationResult
from backend.store import runs
from backend.store.database import Database
from backend.store.tables import Run

SMALL = {"search": {"population_size": 6, "generations": 4, "tournament_size": 2}, "training": {"epochs": 5}}

RULES = {**SMALL, "evolves": "update_rule", "grammar": "alr-2022-gradient", "seeds": ["momentum"]}

PROGRAMS = {
    "evolves": "schedule_program",
    "grammar": None,
    "seeds": ["add(0.0015, multiply(0.001, add(epoch, subtract(epoch, epoch))))", "multiply(0.01, add(loss, sin(0)))"],
    "search": {
        "representation": "tree",
        "population_size": 6,
        "generations": 4,
        "tournament_size": 2,
        "crossover_rate": 0.7,
        "mutation_rate": 0.4,
        "depth_limit": 8,
    },
    "training": {"epochs": 5, "optimizer": "adam"},
}


def order(**changes: object) -> Order:
    """A small order: 4 generations of 6 schedules over 5 epochs."""
    return Order.model_validate({"overrides": SMALL, "seed": 7, **changes})


def rules_order(**changes: object) -> Order:
    """The same of update rules, planted with one that people made."""
    return order(**{"overrides": RULES, **changes})


def programs_order(**changes: object) -> Order:
    """The same of schedule programs, planted with one that reads the epoch alone and one that reads the loss."""
    return order(**{"overrides": PROGRAMS, **changes})


def scored(score: float) -> EvaluationResult:
    """The result of a training that went well."""
    return EvaluationResult(score, None, None, best_epoch=0, stopped_early=False, epochs=(), seconds=0.1)


def score_of(claimed: Claimed) -> EvaluationResult:
    """A pure function of the specification, best where the rates rise to .05; every seventh behaviour fails."""
    content = claimed.specification.behaviour_content
    if "weight" in content:
        return _score_of_rule(str(content["weight"]))
    if "program" in content:
        return _score_of_program(claimed)
    rates = content["rates"]
    if int(rates[0] * 1e6) % 7 == 0:
        return EvaluationResult.failed("nan", "The loss is not a number.")
    return scored(1 - abs(rates[-1] - 0.05) - claimed.specification.fold * 0.01)


def _score_of_rule(weight: str) -> EvaluationResult:
    """Score by the formula's text, the shorter the better; every fifth diverges."""
    if len(weight) % 5 == 0:
        return EvaluationResult.failed("diverged", "The loss is too large.")
    return scored(1 / (1 + len(weight)))


def _score_of_program(claimed: Claimed) -> EvaluationResult:
    """Score by the program's text, the shorter the better; its losses fall, and its rates vary within each epoch."""
    rows = tuple(
        EpochRow(
            epoch, 2 / (epoch + 1), 0.5, 2.1 / (epoch + 1), 0.5, rate=0.01, seconds=0.1, rate_low=0.005, rate_high=0.02
        )
        for epoch in range(claimed.specification.epochs)
    )
    score = 1 / (1 + len(str(claimed.specification.behaviour_content["program"])))
    return EvaluationResult(score, None, None, best_epoch=0, stopped_early=False, epochs=rows, seconds=0.1)


@dataclass
class Farm:
    """Pretended workers on a real database."""

    database: Database
    sender: RecordingSender = field(default_factory=RecordingSender)
    trained: int = 0

    def launch(self, wanted: Order, key: str | None = None) -> Launched:
        """Launch an experiment and send its first evaluations."""
        with self.database.write() as session:
            launched = launch(session, wanted, key)
        self.sender.send(launched.evaluation_ids)
        return launched

    def claim_next(self) -> Claimed | None:
        """Take the oldest message and claim what it names."""
        evaluation_id = self.sender.sent.pop(0)
        with self.database.write() as session:
            return claim(session, evaluation_id, "pretended", 60)

    def train_next(self, taken_from: int | None = None) -> None:
        """Do one message's work."""
        claimed = self.claim_next()
        if claimed is not None:
            self.finish(claimed, score_of(claimed), taken_from)

    def finish(self, claimed: Claimed, result: EvaluationResult, taken_from: int | None = None) -> None:
        """Record a result, its own or that of an evaluation from before, and whatever follows."""
        with self.database.write() as session:
            recorded = record(session, claimed, result, taken_from)
        if recorded:
            self.trained += 1
            continue_after(self.database, self.sender, claimed)

    def work(self, taken_from: int | None = None) -> None:
        """Do all messages, those that come meanwhile as well; as if an evaluation from before was trained for all."""
        while self.sender.sent:
            self.train_next(taken_from)

    def run(self, launched: Launched, index: int = 0) -> Run:
        """The run as it is now."""
        with self.database.read() as session:
            found = runs.get(session, launched.runs[index].id)
        assert found is not None
        return found
