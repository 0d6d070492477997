"""Individuals: what they are, and how to use them."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from backend.api.documents.individuals import IndividualDetail, ParentDocument, summary_fields
from backend.api.existing import existing_individual, existing_run
from backend.api.failures import failures
from backend.api.parameters import IndividualId
from backend.api.routes.evaluations import evaluation_documents
from backend.api.services import UsesDatabase
from backend.experiments.design import design_of
from backend.experiments.portrait import portrait
from backend.experiments.reproduce import reproduce
from backend.export.context import ExportContext
from backend.export.keras_schedule import export_schedule
from backend.store import lists
from backend.store.lists import IndividualWithBehaviour
from backend.store.tables import Individual

router = APIRouter(prefix="/individuals", tags=["individuals"])

_PYTHON = {"schema": {"type": "string"}, "example": "def schedule(epoch, learning_rate):\n    return 0.0506\n"}

# By the library they are for.
EXPORTS = {"keras": export_schedule}


@router.get("/{individual_id}", responses=failures(404))
def get_individual(individual_id: IndividualId, database: UsesDatabase) -> IndividualDetail:
    """Get an individual: its formula, its shape in words, its parents, its trainings."""
    with database.read() as session:
        return _detail(session, existing_individual(session, individual_id))


@router.get(
    "/{individual_id}/export",
    response_class=Response,
    responses={200: {"content": {"text/x-python": _PYTHON}}, **failures(404)},
)
def export_individual(
    individual_id: IndividualId,
    database: UsesDatabase,
    request: Request,
    format: Annotated[Literal["keras"], Query(description="for which library")] = "keras",  # noqa: A002 - the API's word
) -> Response:
    """Download the schedule as a Python file that needs nothing of AutoLR."""
    with database.read() as session:
        individual = existing_individual(session, individual_id).individual
        run, experiment = existing_run(session, individual.run_id)
    design = design_of(experiment)
    context = ExportContext(
        name=experiment.name,
        run_id=run.id,
        individual_id=individual.id,
        seed=run.seed,
        problem=design.problem.name,
        fitness=individual.fitness,
        generation=individual.generation,
        url=f"{request.base_url}individuals/{individual.id}",
        epochs=design.configuration.training.epochs,
    )
    source = EXPORTS[format](design.schedule(individual.phenotype), context)
    file = f"schedule_{individual.id}.py"
    return Response(
        source, media_type="text/x-python", headers={"Content-Disposition": f'attachment; filename="{file}"'}
    )


def _detail(session: Session, row: IndividualWithBehaviour) -> IndividualDetail:
    individual, behaviour = row
    run, experiment = existing_run(session, individual.run_id)
    shown = portrait(design_of(experiment), individual.phenotype)
    return IndividualDetail(
        **summary_fields(row),
        parents=[_parent(parent) for parent in lists.parents_of(session, individual)],
        genotype=individual.genotype,
        simplified=shown.simplified,
        latex=shown.latex,
        mathml=shown.mathml,
        words=shown.words,
        behaviour_key=behaviour.key if behaviour else None,
        behaviour_kind=behaviour.kind if behaviour else None,
        evaluations=evaluation_documents(session, lists.evaluations_of(session, individual)),
        reproduce=reproduce(experiment, run),
        after_last_epoch=shown.after_last_epoch,
    )


def _parent(individual: Individual) -> ParentDocument:
    return ParentDocument(
        id=individual.id,
        generation=individual.generation,
        index=individual.index,
        phenotype=individual.phenotype,
        fitness=individual.fitness,
    )
