"""Figures: Plotly's JSON, sent only if it changed."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from plotly.graph_objects import Figure

from backend.api.conditional import unless_unchanged
from backend.api.existing import existing_individual, existing_run
from backend.api.failures import failures
from backend.api.figure_data import baselines, cells, curves, generation_points, rate_lines, rule_responses
from backend.api.parameters import IndividualId, RunId
from backend.api.program_figure_data import extents, program_rates, program_surface
from backend.api.services import UsesDatabase
from backend.experiments.imported import imported
from backend.experiments.lineage import points
from backend.figures.behaviours import behaviours_figure
from backend.figures.bloat import bloat_figure
from backend.figures.fitness import fitness_figure
from backend.figures.heatmap import heatmap_figure
from backend.figures.lineage import lineage_figure
from backend.figures.program_rates import program_rates_figure
from backend.figures.rates import rates_figure
from backend.figures.response import response_figure
from backend.figures.surface import surface_figure
from backend.figures.template import empty_figure
from backend.figures.training import training_figure

router = APIRouter(tags=["figures"])

_FIGURE: dict[str, Any] = {
    "description": "A figure of Plotly.",
    "headers": {"ETag": {"schema": {"type": "string"}, "description": "send it as If-None-Match next time"}},
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["data", "layout"],
                "properties": {
                    "data": {"type": "array", "items": {"type": "object"}},
                    "layout": {"type": "object"},
                },
            },
            "example": {"data": [{"type": "scatter", "x": [0, 1], "y": [0.58, 0.61], "name": "best"}], "layout": {}},
        }
    },
}
FIGURE_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: _FIGURE,
    304: {"description": "The figure is still what you have."},
    **failures(404),
}


@router.get("/runs/{run_id}/figures/fitness", response_class=Response, responses=FIGURE_RESPONSES)
def get_fitness_figure(run_id: RunId, database: UsesDatabase, request: Request) -> Response:
    """Draw best, median and spread of fitness by generation, and the baselines."""
    with database.read() as session:
        row = existing_run(session, run_id)
        return sent(request, fitness_figure(generation_points(session, run_id), baselines(session, row)))


@router.get("/runs/{run_id}/figures/behaviours", response_class=Response, responses=FIGURE_RESPONSES)
def get_behaviours_figure(run_id: RunId, database: UsesDatabase, request: Request) -> Response:
    """Draw how many individuals of each generation were new, known already, unable to train, failed."""
    with database.read() as session:
        run, experiment = existing_run(session, run_id)
        elsewhere = imported(experiment, run)
        count = elsewhere.generations if elsewhere else 0
        return sent(request, behaviours_figure(generation_points(session, run_id), count))


@router.get("/runs/{run_id}/figures/heatmap", response_class=Response, responses=FIGURE_RESPONSES)
def get_heatmap_figure(run_id: RunId, database: UsesDatabase, request: Request) -> Response:
    """Draw all individuals, a column a generation, coloured by fitness."""
    with database.read() as session:
        existing_run(session, run_id)
        return sent(request, heatmap_figure(cells(session, run_id)))


@router.get("/runs/{run_id}/figures/bloat", response_class=Response, responses=FIGURE_RESPONSES)
def get_bloat_figure(run_id: RunId, database: UsesDatabase, request: Request) -> Response:
    """Draw how large the phenotypes of each generation are, dead parts included: nodes and depth."""
    with database.read() as session:
        existing_run(session, run_id)
        return sent(request, bloat_figure(extents(session, run_id)))


@router.get("/individuals/{individual_id}/figures/rates", response_class=Response, responses=FIGURE_RESPONSES)
def get_rates_figure(individual_id: IndividualId, database: UsesDatabase, request: Request) -> Response:
    """Draw the learning rate over the epochs, past the last trained one, beside a constant one and the parents'.

    A schedule program that reads a loss has a line at each of three losses, and what its first training set. Update
    rules have no such rate: their figure is empty.
    """
    with database.read() as session:
        individual = existing_individual(session, individual_id).individual
        program = program_rates(session, individual)
        lines = rate_lines(session, individual) if program is None else None
    if program is not None:
        return sent(request, program_rates_figure(program.lines, program.epochs, program.baseline, program.trainings))
    if lines is None:
        return sent(request, empty_figure())
    return sent(request, rates_figure(lines.schedule, lines.epochs, lines.baseline, lines.parents))


@router.get("/individuals/{individual_id}/figures/surface", response_class=Response, responses=FIGURE_RESPONSES)
def get_surface_figure(individual_id: IndividualId, database: UsesDatabase, request: Request) -> Response:
    """Draw the learning rate of a schedule program against epoch and loss, and where its trainings went.

    A val_loss that is not dead is taken to be equal to the loss. The figure is empty for whatever reads no loss.
    """
    with database.read() as session:
        found = program_surface(session, existing_individual(session, individual_id).individual)
    return sent(request, empty_figure() if found is None else surface_figure(found.surface, found.trainings))


@router.get("/individuals/{individual_id}/figures/response", response_class=Response, responses=FIGURE_RESPONSES)
def get_response_figure(individual_id: IndividualId, database: UsesDatabase, request: Request) -> Response:
    """Draw what an update rule does to a constant, an alternating and a noisy gradient, beside Adam and SGD.

    Schedules see no gradient: their figure is empty.
    """
    with database.read() as session:
        individual = existing_individual(session, individual_id).individual
        return sent(request, response_figure(rule_responses(session, individual)))


@router.get("/individuals/{individual_id}/figures/genealogy", response_class=Response, responses=FIGURE_RESPONSES)
def get_genealogy_figure(individual_id: IndividualId, database: UsesDatabase, request: Request) -> Response:
    """Draw the fitness along an individual's line of descent, with a mark wherever it began to do something else."""
    with database.read() as session:
        individual = existing_individual(session, individual_id).individual
        return sent(request, lineage_figure(points(session, individual)))


@router.get("/individuals/{individual_id}/figures/training", response_class=Response, responses=FIGURE_RESPONSES)
def get_training_figure(individual_id: IndividualId, database: UsesDatabase, request: Request) -> Response:
    """Draw loss and accuracy over the epochs of an individual's trainings."""
    with database.read() as session:
        individual = existing_individual(session, individual_id).individual
        return sent(request, training_figure(curves(session, individual)))


def sent(request: Request, figure: Figure) -> Response:
    """Return the figure, or 304 where the client has it."""
    # Plotly's own writer: it knows the figure's types and writes null for what is no number.
    return unless_unchanged(request, figure.to_json().encode())
