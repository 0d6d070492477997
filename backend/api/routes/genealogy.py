"""Genealogy: an individual's line of descent, back to generation 0."""

from fastapi import APIRouter

from backend.api.documents.document import Page
from backend.api.documents.genealogy import StepDocument, step_document
from backend.api.existing import existing_individual, existing_run
from backend.api.failures import failures
from backend.api.paging import NUMBER_KEY, Paged, read_token, write_token
from backend.api.parameters import IndividualId
from backend.api.services import UsesDatabase
from backend.experiments.design import design_of
from backend.experiments.errors import NotFound
from backend.experiments.lineage import Step, lineage
from backend.experiments.program_portrait import rates_at_losses
from backend.experiments.rule_portrait import short_formula
from backend.store import behaviours

router = APIRouter(prefix="/individuals", tags=["individuals"])


@router.get("/{individual_id}/genealogy", responses=failures(404))
def list_ancestors(individual_id: IndividualId, database: UsesDatabase, paged: Paged) -> Page[StepDocument]:
    """List the steps of an individual's line of descent, newest first; generations that changed nothing are one step.

    Of two parents the line follows the one that the child shares more with.
    """
    order = f"genealogy:{individual_id}"
    begin = read_token(paged.token, order, NUMBER_KEY)
    with database.read() as session:
        run_id = existing_individual(session, individual_id).individual.run_id
        beginning = existing_individual(session, begin or individual_id).individual
        if beginning.run_id != run_id:
            raise NotFound("individual", begin)
        design = design_of(existing_run(session, run_id).experiment)
        found = lineage(session, design, beginning, paged.size)
        ids = {step.form.member.behaviour_id for step in found.steps}
        contents = behaviours.contents(session, {known for known in ids if known is not None})
    is_rule = design.configuration.evolves == "update_rule"
    items = [
        step_document(
            step,
            contents.get(step.form.member.behaviour_id or 0, {}),
            _formula(step) if is_rule else None,
            rates_at_losses(design, step.form.member.phenotype),
        )
        for step in found.steps
    ]
    return Page(items=items, next_page_token=found.goes_on and write_token(order, found.goes_on))


def _formula(step: Step) -> str:
    return short_formula(step.form.member.phenotype)
