"""From a configuration to the parts of an evolution: grammar, engine, problem, fitness rule; with every fault named."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from backend.experiments.configuration import Configuration
from backend.experiments.errors import FieldError, InvalidOrder
from backend.experiments.evolved import Evolved, EvolvedSchedules, evolved
from backend.experiments.representations import fault, fitting_grammar, representation, text_of_grammar
from backend.grammar.grammar import Grammar
from backend.phenotypes.schedule import Schedule
from backend.problems.catalogue import UnknownProblem, get_problem
from backend.problems.fitness_rule import FitnessRule, NextFold
from backend.problems.problem import Parts, Problem
from backend.problems.specification import EvaluationSpecification, optimizer_of
from backend.search.engine import SearchParameters
from backend.search.representation import Representation
from backend.search.seeds import Place, evaluation_seed
from backend.store.tables import Experiment


@dataclass(frozen=True)
class Design:
    """All that an experiment's runs are made with."""

    configuration: Configuration
    # Trees have none.
    grammar: Grammar | None
    problem: Problem
    parts: Parts
    representation: Representation[Any]
    parameters: SearchParameters
    fitness_rule: FitnessRule
    evolved: Evolved

    def schedule(self, phenotype: str) -> Schedule:
        """Return the schedule that a phenotype is; `TypeError` where the phenotypes are none."""
        if not isinstance(self.evolved, EvolvedSchedules):
            raise TypeError(
                f"The phenotypes of this experiment are no schedules: it evolves {self.configuration.evolves}."
            )
        return self.evolved.read(phenotype)

    def specification(
        self, kind: str, content: Mapping[str, Any], step: NextFold, run_seed: int, place: Place | None = None
    ) -> EvaluationSpecification:
        """Return the evaluation of a behaviour in the run of that seed.

        The individual's place matters only where each individual has seeds of its own.
        """
        training = self.configuration.training
        own_seeds = self.configuration.fitness.seeds == "per_individual"
        return EvaluationSpecification(
            behaviour_kind=kind,
            behaviour_content=content,
            problem=self.problem.name,
            parts=self.parts,
            folds=self.fitness_rule.folds,
            fold=step.fold,
            repetition=step.repetition,
            seed=evaluation_seed(run_seed, step.fold, step.repetition, place if own_seeds else None),
            epochs=training.epochs,
            batch_size=training.batch_size,
            patience=training.patience,
            optimizer=optimizer_of(kind, training.optimizer),
            scored_part="fitness",
            data_seed=self._data_seed(run_seed, step),
        )

    def _data_seed(self, run_seed: int, step: NextFold) -> int | None:
        """Return what the data are drawn with, the same for all folds and individuals; None for the problem's own."""
        fresh = self.configuration.fitness.new_data and step.repetition > 0
        return evaluation_seed(run_seed, 0, step.repetition) if fresh else None


def design(configuration: Configuration) -> Design:
    """Return the parts that the configuration names; `InvalidOrder` with all that is wrong with them."""
    return _design(configuration, text_of_grammar(configuration))


def design_of(experiment: Experiment) -> Design:
    """Return the parts of a stored experiment, with the grammar as it was then."""
    return _cached_design(json.dumps(experiment.configuration, sort_keys=True), experiment.grammar_text)


@lru_cache(maxsize=64)
def _cached_design(configuration: str, text: str) -> Design:
    return _design(Configuration.model_validate_json(configuration), text)


def _design(configuration: Configuration, text: str) -> Design:
    kind = evolved(configuration)
    grammar = fitting_grammar(configuration, text, kind)
    problem = _known_problem(configuration.problem)
    return Design(
        configuration=configuration,
        grammar=grammar,
        problem=problem,
        parts=_fitting_parts(configuration, problem),
        representation=representation(configuration.search, grammar),
        parameters=_parameters(configuration),
        fitness_rule=fitness_rule(configuration),
        evolved=kind,
    )


def fitness_rule(configuration: Configuration) -> FitnessRule:
    """Return how scores become a fitness."""
    given = configuration.fitness
    return FitnessRule(given.folds, given.floor, given.combine, given.repetitions)


def _parameters(configuration: Configuration) -> SearchParameters:
    search = configuration.search
    trees = search.representation == "tree"
    return SearchParameters(
        population_size=search.population_size,
        generations=search.generations,
        tournament_size=search.tournament_size,
        crossover_rate=search.crossover_rate,
        elitism=search.elitism,
        elitism_of=search.elitism_of,
        breeding="mating_pool" if trees else "generational",
        child_mutation_rate=search.mutation_rate or 0.0,
        protected=len(configuration.seeds) if configuration.protect_seeds else 0,
    )


def _known_problem(name: str) -> Problem:
    try:
        return get_problem(name)
    except UnknownProblem as error:
        raise fault("/problem", str(error)) from None


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
    if configuration.fitness.new_data and problem.cuts_test_from_pool:
        detail = f"would mix test samples of {problem.name} into its other parts"
        faults.append(FieldError("/overrides/fitness/new_data", detail))
    if wanted["validation"] == 0:
        faults += _without_validation(configuration, problem)
    if faults:
        raise InvalidOrder(tuple(faults))
    return Parts(test=own.test, **wanted)


def _without_validation(configuration: Configuration, problem: Problem) -> Iterator[FieldError]:
    """Yield what would read the validation part that the problem does not have."""
    training = configuration.training
    reading = {"patience": training.patience is not None}
    reading["val_loss"] = configuration.evolves == "schedule_program" and training.val_loss == "measured"
    for name in (name for name, is_read in reading.items() if is_read):
        detail = f"is {getattr(training, name)}, but {problem.name} has no validation part"
        yield FieldError(f"/overrides/training/{name}", detail)
