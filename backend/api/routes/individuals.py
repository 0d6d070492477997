"""Individuals: what they are, and how to use them."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from backend.api.documents.errors import Fault
from backend.api.documents.individuals import (
    IndividualDetail,
    ParentDocument,
    parent_document,
    rule_portrait_document,
    summary_fields,
)
from backend.api.errors import RequestError
from backend.api.existing import existing_individual, existing_run
from backend.api.failures import failures
from backend.api.parameters import IndividualId
from backend.api.routes.evaluations import evaluation_documents
from backend.api.services import UsesDatabase
from backend.experiments.design import design_of
from backend.experiments.exporting import exported
from backend.experiments.portrait import portrait
from backend.experiments.reproduce import reproduce
from backend.experiments.rule_changes import rule_changes
from backend.experiments.rule_portrait import short_formula
from backend.export.formats import NotExportable, formats_of
from backend.store import lists
from backend.store.lists import IndividualWithBehaviour, RunInExperiment
from backend.store.tables import Individual

router = APIRouter(prefix="/individuals", tags=["individuals"])

Format = Literal["keras", "torch", "optax"]

_PYTHON = {"schema": {"type": "string"}, "example": "def schedule(epoch, learning_rate):\n    return 0.0506\n"}


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
    format: Annotated[Format, Query(description="for which library; a schedule is for keras alone")] = "keras",  # noqa: A002 - the API's word
) -> Response:
    """Download the schedule or update rule as a Python file that needs nothing of AutoLR."""
    with database.read() as session:
        individual = existing_individual(session, individual_id).individual
        run, experiment = existing_run(session, individual.run_id)
    url = f"{request.base_url}individuals/{individual.id}"
    try:
        file = exported(RunInExperiment(run, experiment), individual, format, url)
    except NotExportable as error:
        raise RequestError(422, "invalid-request", str(error), [Fault(parameter="format", detail=str(error))]) from None
    headers = {"Content-Disposition": f'attachment; filename="{file.file_name}"'}
    return Response(file.source, media_type="text/x-python", headers=headers)


def _detail(session: Session, row: IndividualWithBehaviour) -> IndividualDetail:
    individual, behaviour = row
    run, experiment = existing_run(session, individual.run_id)
    design = design_of(experiment)
    shown = portrait(design, individual.phenotype)
    is_rule = shown.rule is not None
    return IndividualDetail(
        **summary_fields(row, short_formula(individual.phenotype) if is_rule else None),
        parents=[_parent(parent, individual, is_rule) for parent in lists.parents_of(session, individual)],
        genotype=individual.genotype,
        simplified=shown.simplified,
        latex=shown.latex,
        mathml=shown.mathml,
        words=shown.words,
        behaviour_key=behaviour.key if behaviour else None,
        behaviour_kind=behaviour.kind if behaviour else None,
        evaluations=evaluation_documents(session, lists.evaluations_of(session, individual)),
        reproduce=reproduce(experiment, run),
        cannot_train=shown.cannot_train,
        after_last_epoch=shown.after_last_epoch,
        rule=None if shown.rule is None else rule_portrait_document(shown.rule),
        exports=list(formats_of(design.evolved.read(individual.phenotype))),
    )


def _parent(parent: Individual, child: Individual, is_rule: bool) -> ParentDocument:
    return parent_document(parent, rule_changes(parent.phenotype, child.phenotype) if is_rule else None)
