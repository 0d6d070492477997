"""From a configuration to the parts of an evolution: grammar, engine, problem, fitness rule; with every fault named."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from backend.experiments.configuration import Configuration
from backend.experiments.errors import FieldError, InvalidOrder
from backend.experiments.evolved import Evolved, EvolvedRules, EvolvedSchedules, evolved
from backend.experiments.seeding import with_constants_of_seeds
from backend.expressions.errors import ExpressionError
from backend.grammar.catalogue import UnknownGrammar, grammar_text
from backend.grammar.grammar import Grammar
from backend.grammar.reader import GrammarError, read_grammar
from backend.phenotypes.schedule import Schedule
from backend.problems.catalogue import UnknownProblem, get_problem
from backend.problems.fitness_rule import FitnessRule
from backend.problems.problem import Parts, Problem
from backend.problems.specification import EvaluationSpecification, optimizer_of
from backend.search.engine import SearchParameters
from backend.search.seeds import evaluation_seed
from backend.search.sge import SGE
from backend.store.tables import Experiment


@dataclass(frozen=True)
class Design:
    """All that an experiment's runs are made with."""

    configuration: Configuration
    grammar: Grammar
    problem: Problem
    parts: Parts
    representation: SGE
    parameters: SearchParameters
    fitness_rule: FitnessRule
    evolved: EvolvedSchedules | EvolvedRules

    def schedule(self, phenotype: str) -> Schedule:
        """Return the schedule that a phenotype is; `TypeError` where the phenotypes are none."""
        if not isinstance(self.evolved, EvolvedSchedules):
            raise TypeError(
                f"The phenotypes of this experiment are no schedules: it evolves {self.configuration.evolves}."
            )
        return self.evolved.read(phenotype)

    def specification(self, kind: str, content: Mapping[str, Any], fold: int, run_seed: int) -> EvaluationSpecification:
        """Return the evaluation of a behaviour on a fold in the run of that seed."""
        training = self.configuration.training
        return EvaluationSpecification(
            behaviour_kind=kind,
            behaviour_content=content,
            problem=self.problem.name,
            parts=self.parts,
            folds=self.fitness_rule.folds,
            fold=fold,
            seed=evaluation_seed(run_seed, fold),
            epochs=training.epochs,
            batch_size=training.batch_size,
            patience=training.patience,
            optimizer=optimizer_of(kind),
            scored_part="fitness",
        )


def design(configuration: Configuration) -> Design:
    """Return the parts that the configuration names; `InvalidOrder` with all that is wrong with them."""
    return _design(configuration, text_of_grammar(configuration))


def design_of(experiment: Experiment) -> Design:
    """Return the parts of a stored experiment, with the grammar as it was then."""
    return _cached_design(json.dumps(experiment.configuration, sort_keys=True), experiment.grammar_text)


def text_of_grammar(configuration: Configuration) -> str:
    """Return the BNF text of the configuration's grammar, named or given, with the constants of its seeds."""
    return with_constants_of_seeds(configuration, _grammar(_read_text(configuration.grammar)))


@lru_cache(maxsize=64)
def _cached_design(configuration: str, text: str) -> Design:
    return _design(Configuration.model_validate_json(configuration), text)


def _design(configuration: Configuration, text: str) -> Design:
    search, fitness = configuration.search, configuration.fitness
    kind = evolved(configuration)
    grammar = _fitting_grammar(configuration, text, kind)
    problem = _known_problem(configuration.problem)
    return Design(
        configuration=configuration,
        grammar=grammar,
        problem=problem,
        parts=_fitting_parts(configuration, problem),
        representation=SGE(grammar, search.initial_depth, search.depth_limit, _mutation_rate(configuration, grammar)),
        parameters=SearchParameters(
            population_size=search.population_size,
            generations=search.generations,
            tournament_size=search.tournament_size,
            crossover_rate=search.crossover_rate,
            elitism=search.elitism,
        ),
        fitness_rule=FitnessRule(folds=fitness.folds, floor=fitness.floor, combine=fitness.combine),
        evolved=kind,
    )


def _read_text(grammar: str) -> str:
    if "::=" in grammar:
        return grammar
    try:
        return grammar_text(grammar)
    except UnknownGrammar as error:
        raise _fault("/grammar", str(error)) from None


def _grammar(text: str) -> Grammar:
    try:
        return read_grammar(text)
    except GrammarError as error:
        raise _fault("/grammar", str(error)) from None


def _fitting_grammar(configuration: Configuration, text: str, kind: Evolved) -> Grammar:
    """Return the grammar, after reading a phenotype for each of its productions as what is to be evolved."""
    grammar = _grammar(text)
    if configuration.search.mutation_rate is None and not grammar.notes.mutation_rates:
        raise _fault("/search/mutation_rate", "is empty, but the grammar gives no rates for its non-terminals")
    for phenotype in grammar.covering_phenotypes():
        try:
            kind.read(phenotype)
        except ExpressionError as error:
            raise _fault(
                "/grammar", f"it derives {_beginning(phenotype)!r}, which cannot be evolved here: {error}"
            ) from None
    return grammar


def _mutation_rate(configuration: Configuration, grammar: Grammar) -> float | Mapping[str, float]:
    given = configuration.search.mutation_rate
    return grammar.notes.mutation_rates if given is None else given


def _known_problem(name: str) -> Problem:
    try:
        return get_problem(name)
    except UnknownProblem as error:
        raise _fault("/problem", str(error)) from None


def _fitting_parts(configuration: Configuration, problem: Problem) -> Parts:
    """Return the sizes of the parts, those not given being the problem's own."""
    training, own = configuration.training, problem.parts
    wanted = {name: getattr(training, name) or getattr(own, name) for name in ("train", "validation", "fitness")}
    faults = [
        FieldError(
            f"/overrides/training/{name}", f"is {size}, but {problem.name} has only {getattr(own, name)} samples"
        )
        for name, size in wanted.items()
        if size > getattr(own, name)
    ]
    folds = configuration.fitness.folds
    if configuration.training.batch_size > wanted["train"] // folds:
        detail = f"is {training.batch_size}, but a fold has only {wanted['train'] // folds} training samples"
        faults.append(FieldError("/overrides/training/batch_size", detail))
    if faults:
        raise InvalidOrder(tuple(faults))
    return Parts(test=own.test, **wanted)


def _fault(pointer: str, detail: str) -> InvalidOrder:
    return InvalidOrder((FieldError(f"/overrides{pointer}", detail),))


def _beginning(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77]}..."
