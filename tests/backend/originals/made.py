"""Files in the original's form, written by us: our own search, its grammar and phenotypes in the original's words."""

import json
import math
import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from backend.grammar.catalogue import load_grammar
from backend.grammar.grammar import Grammar
from backend.grammar.reader import read_grammar
from backend.search.engine import Individual, SearchEngine, SearchParameters
from backend.search.sge import SGE, SGEGenotype

Files = dict[str, bytes]

_STATES = {"x": "alpha", "y": "beta", "z": "sigma", "g": "grad", "weight": "grad"}
_HEAD = (
    "alpha_func, beta_func, sigma_func, grad_func = lambda shape, alpha, grad: <alpha_expr>, "
    "lambda shape, alpha, beta, grad: <beta_expr>, lambda shape, alpha, beta, sigma, grad: <sigma_expr>, "
    "lambda shape, alpha, beta, sigma, grad: <grad_expr>"
)
_NAME = re.compile(r"<(x|y|z|weight)_")

SCHEDULES = {
    "POPSIZE": 6,
    "GENERATIONS": 2,
    "ELITISM": 1,
    "PROB_CROSSOVER": 0.9,
    "PROB_MUTATION": 0.15,
    "TSIZE": 2,
    "GRAMMAR": "grammars/dynamic.txt",
    "EXPERIMENT_NAME": "made_schedules",
    "SEED": 1,
    "RUN": 0,
    "INCLUDE_GENOTYPE": True,
    "SAVE_STEP": 1,
    "VERBOSE": False,
    "MIN_TREE_DEPTH": 6,
    "MAX_TREE_DEPTH": 17,
    "MODEL": "models/denser_model.h5",
    "DATASET": "fmnist",
    "VALIDATION_SIZE": 1500,
    "TEST_SIZE": 1500,
    "BATCH_SIZE": 1000,
    "EPOCHS": 20,
    "PATIENCE": 3,
}
RULES = {
    **{key: value for key, value in SCHEDULES.items() if key != "TEST_SIZE"},
    "GRAMMAR": "grammars/adaptive.txt",
    "EXPERIMENT_NAME": "made_rules",
    "MODEL": "mnist_model.h5",
    "VALIDATION_SIZE": 3500,
    "FITNESS_SIZE": 3500,
    "PATIENCE": 5,
    "FITNESS_FLOOR": 0.8,
}


def original_grammar(name: str, unused_rule: bool = False) -> str:
    """Return one of our grammars as the original writes it, with a rule that nothing uses if that is wanted."""
    grammar = load_grammar(name)
    lines = ["# written by a test", *(_rule(grammar, place) for place in range(len(grammar.rules)))]
    return "\n".join([*lines, "<var> ::= epoch | learning_rate"] if unused_rule else lines) + "\n"


def _rule(grammar: Grammar, place: int) -> str:
    rule = grammar.rules[place]
    if grammar.notes.evolves != "update_rule":
        return str(rule)
    if place == 0:
        return f"<start> ::= {_HEAD}"
    return _renamed(f"<{rule.name}> ::= {' | '.join(_production(str(each)) for each in rule.productions)}")


def _production(text: str) -> str:
    if re.fullmatch(r"[\d.]+(e-\d+)?", text):
        return f"tf.constant({text}, shape=shape, dtype=tf.float32)"
    return _STATES.get(text) or re.sub(r"^(\w+)\(", r"tf.math.\1(", text)


def _renamed(text: str) -> str:
    return _NAME.sub(lambda found: f"<{_STATES[found[1]]}_", text)


def accuracy(individual: Individual[SGEGenotype]) -> float:
    """Return a score that depends on the phenotype alone; every ninth is NaN."""
    number = zlib.crc32(individual.phenotype.encode())
    return math.nan if number % 9 == 0 else 0.1 + 0.8 * (number % 9973) / 9973


@dataclass
class Made:
    """An experiment of the original: its settings, its grammar, and how many runs of how many generations."""

    settings: Mapping[str, object] = field(default_factory=lambda: dict(SCHEDULES))
    grammar: str = "dlr-2020-code"
    runs: int = 1
    unused_rule: bool = False
    scores: Callable[[Individual[SGEGenotype]], float] = accuracy

    def files(self) -> Files:
        """Return all its files by path."""
        grammar = original_grammar(self.grammar, self.unused_rule)
        made = {"parameters.yml": self.yaml().encode(), str(self.settings["GRAMMAR"]): grammar.encode()}
        for number in range(self.runs):
            made |= self._run(f"{self.settings['EXPERIMENT_NAME']}/run_{number}", number)
        return made

    def yaml(self) -> str:
        """Return the settings as the original's YAML."""
        return "".join(f"{key}: {json.dumps(value)}\n" for key, value in self.settings.items())

    def _run(self, folder: str, number: int) -> Files:
        populations = self._populations(number)
        lower = {key.lower(): value for key, value in {**self.settings, "RUN": number, "SEED": number}.items()}
        made: Files = {f"{folder}/_parameters.json": json.dumps(lower, indent=4).encode()}
        report = []
        for generation, population in enumerate(populations):
            made[f"{folder}/iteration_{generation}.json"] = json.dumps(population).encode()
            negated = [float(str(each["fitness"])) for each in population]
            valid = [each for each in negated if not math.isnan(each)]
            report.append(f"{generation}\t{min(valid)}\t{sum(valid) / len(valid)}\t0.1\n")
        made[f"{folder}/_progress_report.csv"] = "".join(report).encode()
        made[f"{folder}/population_{len(populations)}.json"] = b"[]"
        made[f"{folder}/z-archive_{len(populations) - 1}.json"] = b"{}"
        made[f"{folder}/builtinstate_{len(populations) - 1}"] = b"\x80\x04never read"
        return made

    def _populations(self, seed: int) -> list[list[dict[str, object]]]:
        """Return what our own search breeds with the grammar in the original's words."""
        settings = self.settings
        parameters = SearchParameters(
            population_size=int(str(settings["POPSIZE"])),
            generations=int(str(settings["GENERATIONS"])) + 1,
            tournament_size=int(str(settings["TSIZE"])),
        )
        engine = SearchEngine(SGE(read_grammar(original_grammar(self.grammar))), parameters, seed)
        made: list[list[dict[str, object]]] = []
        while not engine.finished:
            asked = engine.ask()
            scores = [self.scores(individual) for individual in asked]
            before = made[-1] if made else []
            made.append([self._dumped(each, score, before) for each, score in zip(asked, scores, strict=True)])
            engine.tell([None if math.isnan(score) else score for score in scores])
        return made

    def _dumped(
        self, individual: Individual[SGEGenotype], score: float, before: Sequence[dict[str, object]]
    ) -> dict[str, object]:
        """Return an individual as the original dumps it. Who survives keeps its id."""
        self._ids = getattr(self, "_ids", 0) + 1
        parents = [before[index]["id"] for index in individual.parents]
        genotype = [list(part) for part in individual.genotype.codons]
        used = list(individual.genotype.used)
        return {
            "genotype": [*genotype, []] if self.unused_rule else genotype,
            "fitness": -score,
            "id": parents[0] if individual.operator == "elite" else self._ids,
            "parent": parents or None,
            "operation": {"create": "initialization"}.get(individual.operator, str(individual.operator)),
            "phenotype": individual.phenotype,
            "smart_phenotype": individual.phenotype,
            "mapping_values": [*used, 0] if self.unused_rule else used,
            "tree_depth": individual.genotype.depth,
            "other_info": {},
        }


def schedules(**changes: object) -> Made:
    """Return three generations of six schedules, with settings changed."""
    return Made({**SCHEDULES, **changes}, unused_rule=True)


def rules(**changes: object) -> Made:
    """Return three generations of six update rules, with settings changed."""
    return Made({**RULES, **changes}, "alr-2022-code")


def facilitated() -> Made:
    """Return update rules bred with a mutation rate of its own for each non-terminal."""
    grammar = load_grammar("alr-facilitated")
    rates = {str(place): grammar.notes.mutation_rates[name] for place, name in enumerate(grammar.nonterminals)}
    return Made({**RULES, "PROB_MUTATION": rates, "GRAMMAR": "facilitated.txt"}, "alr-facilitated")
