"""Individuals: what they are, and how to use them."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from backend.api.documents.errors import Fault
from backend.api.documents.individuals import (
    IndividualDetail,
    ParentDocument,
    parent_document,
    program_portrait_document,
    rule_portrait_document,
    summary_fields,
)
from backend.api.documents.proofs import FormatName
from backend.api.errors import RequestError
from backend.api.existing import existing_individual, existing_run
from backend.api.failures import failures
from backend.api.parameters import IndividualId
from backend.api.routes.evaluations import evaluation_documents
from backend.api.services import UsesDatabase
from backend.experiments.design import Design, design_of
from backend.experiments.exporting import exported
from backend.experiments.phenotype_changes import phenotype_changes
from backend.experiments.portrait import portrait
from backend.experiments.program_portrait import program_of, program_portrait, rates_at_losses
from backend.experiments.reproduce import reproduce
from backend.experiments.request_proof import proof_of
from backend.experiments.rule_portrait import short_formula
from backend.export.formats import NotExportable, formats_of
from backend.store import lists
from backend.store.lists import IndividualWithBehaviour, RunInExperiment
from backend.store.tables import Individual

router = APIRouter(prefix="/individuals", tags=["individuals"])

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
    format: Annotated[FormatName, Query(description="for which library; a schedule is for keras alone")] = "keras",  # noqa: A002 - the API's word
) -> Response:
    """Download the schedule or update rule as a Python file that needs nothing of AutoLR."""
    with database.read() as session:
        individual = existing_individual(session, individual_id).individual
        run, experiment = existing_run(session, individual.run_id)
        row = RunInExperiment(run, experiment)
    url = f"{request.base_url}individuals/{individual.id}"
    try:
        with database.read() as session:
            proof = proof_of(session, row, individual, format).result
        file = exported(row, individual, format, url, proof.text if proof else None)
    except NotExportable as error:
        raise RequestError(422, "invalid-request", str(error), [Fault(parameter="format", detail=str(error))]) from None
    headers = {"Content-Disposition": f'attachment; filename="{file.file_name}"'}
    return Response(file.source, media_type="text/x-python", headers=headers)


def _detail(session: Session, row: IndividualWithBehaviour) -> IndividualDetail:
    individual, behaviour = row
    run, experiment = existing_run(session, individual.run_id)
    design = design_of(experiment)
    shown = portrait(design, individual.phenotype)
    program = program_of(design, individual.phenotype)
    formula = None if shown.rule is None else short_formula(individual.phenotype)
    return IndividualDetail(
        **summary_fields(row, formula, rates_at_losses(design, individual.phenotype)),
        parents=[_parent(design, parent, individual) for parent in lists.parents_of(session, individual)],
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
        program=None if program is None else program_portrait_document(program_portrait(program)),
        exports=list(formats_of(design.evolved.read(individual.phenotype))),
    )


def _parent(design: Design, parent: Individual, child: Individual) -> ParentDocument:
    if design.configuration.evolves == "schedule":
        return parent_document(parent, None)
    return parent_document(parent, phenotype_changes(design, parent.phenotype, child.phenotype))
