"""Experiments: order one, see what an order would mean, list what was ordered."""

from typing import Annotated

from fastapi import APIRouter, Body, Header, Response

from backend.api.documents.document import Page
from backend.api.documents.experiments import (
    ExperimentDocument,
    PreviewDocument,
    experiment_document,
    preview_document,
)
from backend.api.failures import WRITING, failures
from backend.api.launched import launched
from backend.api.paging import NUMBER_KEY, Paged, page_of, read_token
from backend.api.parameters import ExperimentId
from backend.api.services import UsesDatabase, UsesServices
from backend.experiments.configuration import Order, Text
from backend.experiments.errors import NotFound
from backend.experiments.launch import launch
from backend.experiments.overview import overviews
from backend.experiments.preview import preview
from backend.store import experiments, lists

router = APIRouter(prefix="/experiments", tags=["experiments"])

IdempotencyKey = Annotated[
    Text | None,
    Header(
        min_length=1,
        max_length=200,
        description="any text of yours; the same order sent again with it gives the same experiment",
    ),
]


ExampleOrder = Annotated[
    Order,
    Body(
        openapi_examples={
            "preset": {"summary": "A preset as it is", "value": {"preset": "quickstart"}},
            "changed": {
                "summary": "A preset with changes, three runs with seeds 7, 8, 9",
                "value": {
                    "preset": "quickstart",
                    "overrides": {"search": {"population_size": 40}},
                    "name": "twice the population",
                    "seed": 7,
                    "runs": 3,
                },
            },
        }
    ),
]


@router.post("", status_code=202, responses=WRITING)
def create_experiment(
    order: ExampleOrder, services: UsesServices, response: Response, idempotency_key: IdempotencyKey = None
) -> ExperimentDocument:
    """Order an experiment: its runs begin at once, or when there is a worker."""
    made = launched(services.database, idempotency_key, lambda session: launch(session, order, idempotency_key))
    # Only now: a worker that is quick must find the evaluations committed.
    services.sender.send(made.evaluation_ids)
    response.headers["Location"] = f"/api/v1/experiments/{made.experiment.id}"
    return get_experiment(made.experiment.id, services.database)


@router.post("/preview", responses=failures(403, 413))
def preview_experiment(order: ExampleOrder, database: UsesDatabase) -> PreviewDocument:
    """Say what an order would mean and cost; nothing is stored."""
    with database.read() as session:
        return preview_document(preview(session, order))


@router.get("")
def list_experiments(database: UsesDatabase, paged: Paged) -> Page[ExperimentDocument]:
    """List experiments, newest first."""
    after = read_token(paged.token, "experiments", NUMBER_KEY)
    with database.read() as session:
        rows = lists.experiments_page(session, after=after, limit=paged.size + 1)
        page, token = page_of(rows, paged.size, "experiments", lambda row: row.id)
        runs = overviews(session, lists.runs_of_experiments(session, [row.id for row in page]))
    return Page(items=[experiment_document(row, runs) for row in page], next_page_token=token)


@router.get("/{experiment_id}", responses=failures(404))
def get_experiment(experiment_id: ExperimentId, database: UsesDatabase) -> ExperimentDocument:
    """Get an experiment with its runs."""
    with database.read() as session:
        experiment = experiments.get(session, experiment_id)
        if experiment is None:
            raise NotFound("experiment", experiment_id)
        return experiment_document(experiment, overviews(session, lists.runs_of_experiments(session, [experiment.id])))
