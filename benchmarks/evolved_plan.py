"""What `evolved_against_people` declares before it begins: its rivals, how it searches, and how much of everything."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# Of two processes, one a core; measured, and good enough to plan with.
SECONDS_A_TRAINING = 0.43
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
# Not among those that always take part, but the one that knows the weight's size, as the language of the searches does.
HYPENTROPY: tuple[dict[str, Any], ...] = (
    {"label": "Hypentropy warm-up-stable-decay", "human_made": "hypentropy-decay-warm-up-stable-decay"},
    {"label": "Hypentropy cosine", "human_made": "hypentropy-decay-cosine"},
    {"label": "Hypentropy one-cycle", "human_made": "hypentropy-decay-one-cycle"},
)
PLAIN: tuple[dict[str, Any], ...] = (
    {"label": "RMSprop", "human_made": "rmsprop", "tune": ("learning_rate", "rho")},
    {"label": "Adam", "human_made": "adam", "tune": ("learning_rate", "beta_1", "beta_2")},
    {"label": "Lion", "human_made": "lion"},
)
ADES: dict[str, Any] = {"label": "ADES", "human_made": "ades"}
# Each search begins with one of these families under its three schedules, and with the plain rules.
FAMILIES = (RIVALS[:3], RIVALS[3:], HYPENTROPY)
STARTS = (*PLAIN, *(rule for family in FAMILIES for rule in family))
LESS = (*HYPENTROPY, *PLAIN, ADES)

# On how many data sets the structures of a search are raced: many on few, then few on more.
FIRST_RACES, SECOND_RACES = 2, 4

SEARCH: dict[str, Any] = {
    "grammar": "joint-scaled",
    "search": {
        "population_size": 60,
        "tournament_size": 3,
        "crossover_rate": 0.4,
        "recombination_of": "parts",
        "mutation_rate": None,
        "mutation_of": "subtrees",
        "constant_mutation": "near",
        "elitism": 5,
        "elitism_of": "behaviours",
    },
    "training": {"batch_size": 128},
    "fitness": {"folds": 1, "repetitions": 2, "combine": "mean"},
}
# A first training below this ends an evaluation: a little below what the rules reach that the searches begin with.
FLOOR, FLOOR_OF_TUNED = 0.6, 0.65


@dataclass(frozen=True)
class Size:
    """How much of everything; a finalist and its main rivals have the same number of trainings in either size.

    `searches` is what the four searches are expected to train, known when they have ended: most of what they breed was
    seen before or cannot train.
    """

    generations: int
    last_generations: int
    searches: int
    tuned_at_first: int
    first_raced: int
    second_raced: int
    tuned_structures: int
    tuned_of_structures: int
    last_raced: int
    last_races: int
    tuned_of_winner: int
    tuned_of_others: int
    by_chance: int
    trials: int
    data_sets: int


WHOLE = Size(
    generations=11,
    last_generations=8,
    searches=1900,
    tuned_at_first=30,
    first_raced=16,
    second_raced=6,
    tuned_structures=3,
    tuned_of_structures=64,
    last_raced=16,
    last_races=10,
    tuned_of_winner=400,
    tuned_of_others=130,
    by_chance=40,
    trials=30,
    data_sets=20,
)
REDUCED = Size(
    generations=4,
    last_generations=3,
    searches=700,
    tuned_at_first=20,
    first_raced=8,
    second_raced=4,
    tuned_structures=2,
    tuned_of_structures=32,
    last_raced=8,
    last_races=6,
    tuned_of_winner=150,
    tuned_of_others=60,
    by_chance=20,
    trials=20,
    data_sets=20,
)


def print_plan(size: Size) -> None:
    """Print what each stage takes, in trainings and minutes."""
    searches = len(FAMILIES)
    at_first = (size.tuned_at_first + 1) * len(STARTS)
    raced = searches * (size.first_raced * FIRST_RACES + size.second_raced * SECOND_RACES)
    tuned = searches * size.tuned_structures * (size.tuned_of_structures + 1)
    last = size.last_raced * size.last_races
    whole = at_first + size.searches + raced + tuned + last + size.tuned_of_winner
    contenders = 1 + len(RIVALS) + len(LESS)
    others = size.tuned_of_others * len(LESS)
    stages: Mapping[str, int] = {
        f"{len(STARTS)} rules tuned with {size.tuned_at_first} trainings each": at_first,
        f"{searches} searches, and another from what they came to, about": size.searches,
        f"races of {size.first_raced} structures of each search, then of {size.second_raced}": raced,
        f"the {size.tuned_structures} best of each tuned with {size.tuned_of_structures}": tuned,
        f"a race of {size.last_raced} structures of the last search on {size.last_races} data sets": last,
        f"tuning of the winner ({size.tuned_of_winner}) and of {len(LESS)} rivals": size.tuned_of_winner + others,
        f"tuning of {len(RIVALS)} rivals with {whole:,} each": whole * len(RIVALS),
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
