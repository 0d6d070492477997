"""The keys of the original's parameter files: where each goes, or why it goes nowhere."""

from collections.abc import Mapping
from types import MappingProxyType

# A path in our configuration, and the least whole number that is allowed there.
WHOLE_NUMBERS: Mapping[str, tuple[str, int]] = MappingProxyType(
    {
        "POPSIZE": ("search.population_size", 1),
        "ELITISM": ("search.elitism", 0),
        "TSIZE": ("search.tournament_size", 1),
        # Its name says least, its use is the greatest depth at initialisation.
        "MIN_TREE_DEPTH": ("search.initial_depth", 0),
        "MAX_TREE_DEPTH": ("search.depth_limit", 0),
        "BATCH_SIZE": ("training.batch_size", 1),
        "EPOCHS": ("training.epochs", 1),
    }
)

PARTS: Mapping[str, str] = MappingProxyType(
    {"TRAINING_SIZE": "train", "VALIDATION_SIZE": "validation", "FITNESS_SIZE": "fitness", "TEST_SIZE": "fitness"}
)

# Taken over in a way of their own.
READ_APART = frozenset(
    {
        "GENERATIONS",
        "PROB_CROSSOVER",
        "PROB_MUTATION",
        "SELECTION_TYPE",
        "SEED",
        "GRAMMAR",
        "EXPERIMENT_NAME",
        "MODEL",
        "DATASET",
        "PATIENCE",
        "FITNESS_FLOOR",
        "PREPOPULATE",
        "GENES",
        "PROTECT",
        "FAKE_FITNESS",
        "TIME_STOP",
    }
)

WITHOUT_COUNTERPART: Mapping[str, str] = MappingProxyType(
    {
        "PARAMETERS": "it names another parameter file, which is not followed.",
        "RUN": "runs are numbered by their place in the experiment here.",
        "INCLUDE_GENOTYPE": "genotypes are always kept here.",
        "SAVE_STEP": "every generation is kept here.",
        "VERBOSE": "what is printed is chosen when a command is given.",
        "RESUME": "a run goes on by itself here.",
        "LOAD_ARCHIVE": "evaluations are kept with their run here.",
        "PARENT_EXPERIMENT": "what an experiment was begun from is not known here.",
        "SINGLE_GEN": "generations are counted by GENERATIONS alone here.",
        "CURRENT_GEN": "a run knows its generation here.",
        "COLAB": "it says where the original ran.",
    }
)

KNOWN = WHOLE_NUMBERS.keys() | PARTS.keys() | READ_APART | WITHOUT_COUNTERPART.keys()
