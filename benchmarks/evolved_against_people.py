"""Whether something evolved beats every rule that people made, tuned with as many trainings as it took to evolve it.

    python -m benchmarks.evolved_against_people             (prints the plan alone)
    python -m benchmarks.evolved_against_people --run       (carries it out: about an hour and a half on two cores)
    ... --reduced                                           (a third of it: fewer trainings for all, rivals included)

On mnist-1d, 20 epochs, batches of 128. Five stages, each an ordinary experiment or benchmark, that can be looked at in
the dashboard while it goes on (the data folder is that of the settings, AUTOLR_DATA_DIR):

1. rules that people made are tuned a little: where the searches begin;
2. three searches in the joint space of rule, schedule and weight decay, and a fourth from their four best each;
3. the best rules of different structure are raced on fresh seeds and freshly drawn data, on their fitness parts;
4. the winner against rivals that were named beforehand. Those that people use have as many trainings as stages 1 to 3
   and the winner's own tuning took together; the test part of 10,000 samples is read here, once;
5. what differs is tried again on 20 freshly drawn data sets.

Seeds, sizes and rivals are fixed below: nothing is chosen by what the test part says.
"""

import argparse
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from backend.cli.benchmark_verdict import follow_benchmark, print_benchmark
from backend.cli.following import follow, place_of_runs
from backend.cli.opening import current_database, open_settings
from backend.cli.places import Place
from backend.experiments.benchmark_configuration import BenchmarkOrder
from backend.experiments.configuration import Order
from backend.phenotypes.rule_behaviour import rule_of, update_rule
from backend.phenotypes.rule_constants import rule_constants, with_constants
from backend.phenotypes.update_rule import UpdateRule
from backend.settings.settings import Settings
from backend.store.fittest import fittest
from backend.store.tables import Individual

# Of two processes, one a core; measured, and good enough to plan with.
SECONDS_A_TRAINING = 0.4
PROCESSES = 2

PROTOCOL = {"epochs": 20, "batch_size": 128}
ADAMW = ("learning_rate", "beta_1", "beta_2", "weight_decay")
RIVALS: tuple[dict[str, Any], ...] = (
    {"label": "Nesterov warm-up-stable-decay", "human_made": "nesterov-decay-warm-up-stable-decay"},
    {"label": "Nesterov cosine", "human_made": "nesterov-decay-cosine"},
    {"label": "Nesterov one-cycle", "human_made": "nesterov-decay-one-cycle"},
    {
        "label": "AdamW warm-up-stable-decay",
        "human_made": "adamw-warm-up-stable-decay",
        "tune": (*ADAMW, "warm_up", "decay"),
    },
    {"label": "AdamW cosine", "human_made": "adamw-cosine", "tune": ADAMW},
    {"label": "AdamW one-cycle", "human_made": "adamw-one-cycle", "tune": (*ADAMW, "peak", "start")},
)
LESS: tuple[dict[str, Any], ...] = (
    {"label": "RMSprop", "human_made": "rmsprop", "tune": ("learning_rate", "rho")},
    {"label": "Adam", "human_made": "adam", "tune": ("learning_rate", "beta_1", "beta_2")},
    {"label": "Lion", "human_made": "lion"},
    {"label": "ADES", "human_made": "ades"},
)
STARTS = (LESS[0], RIVALS[1], RIVALS[2], RIVALS[0], RIVALS[4], RIVALS[5], RIVALS[3], LESS[2])

SEARCH: dict[str, Any] = {
    "search": {
        "population_size": 60,
        "tournament_size": 4,
        "crossover_rate": 0.3,
        "mutation_rate": 0.03,
        "elitism": 5,
        "elitism_of": "behaviours",
    },
    "training": {"batch_size": 128},
    "fitness": {"folds": 1, "repetitions": 2, "combine": "mean"},
}
# A first training below this ends an evaluation: a little below what the rules reach that the searches begin with.
FLOOR, FLOOR_OF_WINNERS = 0.63, 0.65
TAKEN_FROM_EACH = 4


@dataclass(frozen=True)
class Size:
    """How much of everything; a finalist and its main rivals have the same number of trainings in either size.

    `searches` is what the four searches are expected to train, known when they have ended: most of what they breed was
    seen before or cannot train.
    """

    generations: int
    searches: int
    tuned_at_first: int
    raced: int
    races: int
    tuned_of_winner: int
    tuned_of_others: int
    by_chance: int
    trials: int
    data_sets: int


WHOLE = Size(25, 2250, 40, 16, 16, 600, 130, 40, 30, 20)
REDUCED = Size(6, 500, 20, 8, 6, 150, 60, 20, 20, 20)


@dataclass(frozen=True)
class Found:
    """What the stages before the benchmark came to: the individual that won the race, and all trainings they took."""

    individual: int
    trainings: int


def main() -> None:
    """Print the plan; carry it out if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", action="store_true", help="carry the plan out")
    parser.add_argument("--reduced", action="store_true", help="with fewer trainings for all")
    asked = parser.parse_args()
    size = REDUCED if asked.reduced else WHOLE
    _print_plan(size)
    if asked.run:
        settings = open_settings()
        with place_of_runs(settings) as place:
            _judged(place, size, _found(place, size, settings))


def _found(place: Place, size: Size, settings: Settings) -> Found:
    with _timed("people's rules, tuned a little"):
        starts = _benchmark(place, _tuned_a_little(size), "what the searches begin with")
    with _timed("three searches"):
        texts = [each["text"] for each in starts["tuned"]]
        first = _searched(place, size, texts, FLOOR, seed=41, runs=3)
    with _timed("a search from their winners"):
        best = [f"run:{each['id']}#{TAKEN_FROM_EACH}" for each in first]
        second = _searched(place, size, best, FLOOR_OF_WINNERS, seed=44, runs=1)
    with _timed("a race of different structures"):
        raced = _benchmark(place, _race(size, settings, [each["id"] for each in (*first, *second)]), "race")
    winner = max(raced["table"], key=lambda row: row["mean"] or 0.0)
    searched = sum(each["trainings"] for each in (*first, *second))
    counted = starts["trainings_finished"] + searched + raced["trainings_finished"]
    individual = raced["entrants"][winner["contender"]]["individual_id"]
    print(f"individual {individual} won the race ({winner['mean']:.4f}); {counted:,} trainings until here")
    return Found(individual, counted)


def _judged(place: Place, size: Size, found: Found) -> None:
    with _timed("the benchmark"):
        document = _benchmark(place, _verdict(size, found), "evolved against people's")
    print_benchmark(document, as_json=False)
    for warning in document["warnings"]:
        print(f"- {warning}")


def _tuned_a_little(size: Size) -> BenchmarkOrder:
    tuning = {"trainings": size.tuned_at_first, "by_chance": 15, "batch": 8, "budget": "equal_tuning"}
    return _order(11, contenders=STARTS, tuning=tuning, trials=1, protocol={**PROTOCOL, "scored": "fitness"})


def _race(size: Size, settings: Settings, run_ids: Sequence[int]) -> BenchmarkOrder:
    best = _structures(settings, run_ids)[: size.raced]
    contenders = [{"label": f"individual {each}", "individual": each} for each in best]
    protocol = {**PROTOCOL, "scored": "fitness", "new_data": True}
    return _order(12, contenders=contenders, trials=size.races, protocol=protocol)


def _verdict(size: Size, found: Found) -> BenchmarkOrder:
    evolved = {
        "label": "evolved",
        "individual": found.individual,
        "searched": found.trainings,
        "trainings": size.tuned_of_winner,
    }
    race = {"best": 8, "trainings": 12, "new_data": True}
    tuning = {
        "trainings": size.tuned_of_others,
        "by_chance": size.by_chance,
        "batch": 48,
        "seeds": 2,
        "score": "fitness",
        "race": race,
    }
    return _order(
        13,
        contenders=(evolved, *RIVALS, *LESS),
        finalists=["evolved"],
        tuning={**tuning, "budget": "equal_total"},
        protocol=PROTOCOL,
        trials=size.trials,
        confirmation={"trials": size.data_sets, "new_data": True},
    )


def _order(seed: int, **declared: object) -> BenchmarkOrder:
    return BenchmarkOrder.model_validate({"seed": seed, "overrides": {"problems": ["mnist-1d"], **declared}})


def _benchmark(place: Place, order: BenchmarkOrder, name: str) -> dict[str, Any]:
    return follow_benchmark(place, place.submit_benchmark(order.model_copy(update={"name": name})), watch=True)


def _searched(
    place: Place, size: Size, seeds: Sequence[str], floor: float, *, seed: int, runs: int
) -> list[dict[str, Any]]:
    search = {**SEARCH["search"], "generations": size.generations}
    overrides = {**SEARCH, "search": search, "fitness": {**SEARCH["fitness"], "floor": floor}, "seeds": list(seeds)}
    order = {"preset": "joint-quick", "overrides": overrides, "seed": seed, "runs": runs, "name": "evolved"}
    return follow(place, place.submit(Order.model_validate(order)), watch=True)


def _structures(settings: Settings, run_ids: Sequence[int]) -> list[int]:
    """Return the fittest individuals no two of which differ by their constants alone."""
    with current_database(settings) as database, database.read() as session:
        known = fittest(session, run_ids, limit=10_000)
    different: dict[str, Individual] = {}
    for each in known:
        different.setdefault(_structure(each.phenotype), each)
    return [each.id for each in different.values()]


def _structure(text: str) -> str:
    rule = rule_of(update_rule(UpdateRule.from_text(text)))
    return with_constants(rule, dict.fromkeys(rule_constants(rule), 1.0)).text


def _print_plan(size: Size) -> None:
    at_first, raced = (size.tuned_at_first + 1) * len(STARTS), size.raced * size.races
    whole = at_first + size.searches + raced + size.tuned_of_winner
    contenders = 1 + len(RIVALS) + len(LESS)
    others = size.tuned_of_others * len(LESS)
    stages: Mapping[str, int] = {
        f"{len(STARTS)} rules tuned with {size.tuned_at_first} trainings each": at_first,
        "three searches and a fourth from their winners, about": size.searches,
        f"a race of {size.raced} structures on {size.races} data sets": raced,
        f"tuning of the winner ({size.tuned_of_winner}) and of {len(LESS)} rivals": size.tuned_of_winner + others,
        f"tuning of the {len(RIVALS)} main rivals with {whole:,} each": whole * len(RIVALS),
        f"{size.trials} trials of {contenders} contenders": size.trials * contenders,
        f"at most {size.data_sets} again, on freshly drawn data": size.data_sets * contenders,
    }
    for title, trainings in stages.items():
        print(f"{trainings:>7,} trainings, {_minutes(trainings):>4} minutes: {title}")
    print(
        f"{sum(stages.values()):>7,} trainings, {_minutes(sum(stages.values())):>4} minutes in all on {PROCESSES} cores"
    )


def _minutes(trainings: int) -> int:
    return round(trainings * SECONDS_A_TRAINING / PROCESSES / 60)


@contextmanager
def _timed(title: str) -> Iterator[None]:
    started = time.monotonic()
    yield
    print(f"{title}: {(time.monotonic() - started) / 60:.1f} minutes", flush=True)


if __name__ == "__main__":
    main()
