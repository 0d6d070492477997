"""Whether something evolved beats every rule that people made, tuned with as many trainings as it took to evolve it.

    python -m benchmarks.evolved_against_people             (prints the plan alone)
    python -m benchmarks.evolved_against_people --run       (carries it out: about an hour and a half on two cores)
    ... --reduced                                           (a third of it: fewer trainings for all, rivals included)

On mnist-1d, 20 epochs, batches of 128. Each stage is an ordinary experiment or benchmark, that can be looked at in the
dashboard while it goes on (the data folder is that of the settings, AUTOLR_DATA_DIR):

1. rules that people made are tuned a little: where the searches begin;
2. three searches in the joint space of rule, schedule and weight decay, each from one family of them (Nesterov, AdamW,
   hypentropy, under three schedules) and from plain rules;
3. their best of different structure are raced on fresh seeds and freshly drawn data, on their fitness parts, many of
   them on few data sets and the best of those on more;
4. the best of each search are tuned: a new structure shows what it is worth when its constants fit it;
5. a fourth search begins with these, and its best of different structure are raced as before;
6. the winner against rivals that were named beforehand. Those that people use have as many trainings as stages 1 to 5
   and the winner's own tuning took together; the test part of 10,000 samples is read here, once;
7. what differs is tried again on 20 freshly drawn data sets.

Seeds, sizes and rivals are fixed here and in `evolved_plan`: nothing is chosen by what the test part says.
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
from benchmarks.evolved_plan import (
    FAMILIES,
    FIRST_RACES,
    FLOOR,
    FLOOR_OF_TUNED,
    LESS,
    PLAIN,
    PROTOCOL,
    REDUCED,
    RIVALS,
    SEARCH,
    SECOND_RACES,
    STARTS,
    WHOLE,
    Size,
    print_plan,
)


@dataclass(frozen=True)
class Found:
    """What the stages before the benchmark came to: the individual that won the last race, and all their trainings."""

    individual: int
    trainings: int


def main() -> None:
    """Print the plan; carry it out if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", action="store_true", help="carry the plan out")
    parser.add_argument("--reduced", action="store_true", help="with fewer trainings for all")
    asked = parser.parse_args()
    size = REDUCED if asked.reduced else WHOLE
    print_plan(size)
    if asked.run:
        settings = open_settings()
        with place_of_runs(settings) as place:
            _judged(place, size, _found(place, size, settings))


def _found(place: Place, size: Size, settings: Settings) -> Found:
    stages: list[dict[str, Any]] = []
    with _timed("people's rules, tuned a little", stages):
        stages.append(_benchmark(place, _tuned_a_little(size), "what the searches begin with"))
    with _timed("a search from each family of them", stages):
        searches = list(_family_searches(place, size, _tuned_texts(stages[0])))
        stages += searches
    with _timed("races of their structures", stages):
        found = [_structures(settings, run)[: size.first_raced] for run in searches]
        for races, left, seed in ((FIRST_RACES, size.second_raced, 12), (SECOND_RACES, size.tuned_structures, 16)):
            stages.append(_benchmark(place, _race([each for own in found for each in own], races, seed=seed), "race"))
            found = [[each for each in _ranked(stages[-1]) if each in own][:left] for own in found]
    with _timed("the best of each search, tuned", stages):
        tuning = _tuned_structures(size, [each for own in found for each in own])
        stages.append(_benchmark(place, tuning, "structures, tuned"))
    with _timed("a search from these", stages):
        stages.append(_searched(place, size.last_generations, _tuned_texts(stages[-1]), FLOOR_OF_TUNED, seed=44))
    with _timed("a race of its structures", stages):
        last = _race(_structures(settings, stages[-1])[: size.last_raced], size.last_races, seed=15)
        stages.append(_benchmark(place, last, "last race"))
    trainings, winner = sum(map(_trainings, stages)), _ranked(stages[-1])[0]
    print(f"individual {winner} won the last race; {trainings:,} trainings until here", flush=True)
    return Found(winner, trainings)


def _family_searches(place: Place, size: Size, texts: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield a search for each family; `texts` are the tuned rules, in the order of STARTS."""
    tuned = {start["label"]: text for start, text in zip(STARTS, texts, strict=True)}
    for seed, family in enumerate(FAMILIES, start=41):
        begun = [tuned[rule["label"]] for rule in (*family, *PLAIN)]
        yield _searched(place, size.generations, begun, FLOOR, seed=seed)


def _judged(place: Place, size: Size, found: Found) -> None:
    stages: list[dict[str, Any]] = []
    with _timed("the benchmark", stages):
        stages.append(_benchmark(place, _verdict(size, found), "evolved against people's"))
    print_benchmark(stages[0], as_json=False)
    for warning in stages[0]["warnings"]:
        print(f"- {warning}")


def _tuned_a_little(size: Size) -> BenchmarkOrder:
    tuning = {"trainings": size.tuned_at_first, "by_chance": 15, "batch": 8, "budget": "equal_tuning"}
    return _order(11, contenders=STARTS, tuning=tuning, trials=1, protocol={**PROTOCOL, "scored": "fitness"})


def _tuned_structures(size: Size, individuals: Sequence[int]) -> BenchmarkOrder:
    """Return the tuning of individuals, on two seeds, the best constants raced on freshly drawn data."""
    tuning = {
        "trainings": size.tuned_of_structures,
        "by_chance": 8,
        "batch": 8,
        "seeds": 2,
        "score": "fitness",
        "race": {"best": 4, "trainings": 4, "new_data": True},
        "budget": "equal_tuning",
    }
    protocol = {**PROTOCOL, "scored": "fitness"}
    return _order(14, contenders=_individuals(individuals), tuning=tuning, trials=1, protocol=protocol)


def _race(individuals: Sequence[int], trials: int, *, seed: int) -> BenchmarkOrder:
    protocol = {**PROTOCOL, "scored": "fitness", "new_data": True}
    return _order(seed, contenders=_individuals(individuals), trials=trials, protocol=protocol)


def _individuals(ids: Sequence[int]) -> list[dict[str, Any]]:
    return [{"label": f"individual {each}", "individual": each} for each in ids]


def _ranked(raced: Mapping[str, Any]) -> list[int]:
    """Return the individuals of a race, the one of the highest mean first."""
    rows = sorted(raced["table"], key=lambda row: row["mean"] or 0.0, reverse=True)
    return [raced["entrants"][row["contender"]]["individual_id"] for row in rows]


def _tuned_texts(benchmark: Mapping[str, Any]) -> list[str]:
    """Return the text of each contender with its best constants; what has no constants stays as it is."""
    texts = [each["text"] for each in benchmark["entrants"]]
    for each in benchmark["tuned"]:
        texts[each["contender"]] = each["text"]
    return texts


def _trainings(stage: Mapping[str, Any]) -> int:
    """Return how many trainings a benchmark, or a run, took."""
    return int(stage["trainings_finished"] if "trainings_finished" in stage else stage["trainings"])


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


def _searched(place: Place, generations: int, seeds: Sequence[str], floor: float, *, seed: int) -> dict[str, Any]:
    search, fitness = {**SEARCH["search"], "generations": generations}, {**SEARCH["fitness"], "floor": floor}
    # Of nothing else is the first population made: what is drawn at random is far behind, and would be bred from.
    copies = search["population_size"] // len(seeds)
    overrides = {**SEARCH, "search": search, "fitness": fitness, "seeds": list(seeds) * copies}
    order = {"preset": "joint-quick", "overrides": overrides, "seed": seed, "name": "evolved"}
    (run,) = follow(place, place.submit(Order.model_validate(order)), watch=True)
    return run


def _structures(settings: Settings, run: Mapping[str, Any]) -> list[int]:
    """Return the fittest individuals no two of which differ by their constants alone."""
    with current_database(settings) as database, database.read() as session:
        known = fittest(session, [run["id"]], limit=10_000)
    different: dict[str, Individual] = {}
    for each in known:
        different.setdefault(_structure(each.phenotype), each)
    return [each.id for each in different.values()]


def _structure(text: str) -> str:
    rule = rule_of(update_rule(UpdateRule.from_text(text)))
    return with_constants(rule, dict.fromkeys(rule_constants(rule), 1.0)).text


@contextmanager
def _timed(title: str, stages: list[dict[str, Any]]) -> Iterator[None]:
    """Say how long a stage took, and how many trainings."""
    started, before = time.monotonic(), len(stages)
    yield
    trainings = sum(map(_trainings, stages[before:]))
    print(f"{title}: {trainings:,} trainings, {(time.monotonic() - started) / 60:.1f} minutes", flush=True)


if __name__ == "__main__":
    main()
