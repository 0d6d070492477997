"""The tree of a schedule program, sent only if it changed."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from backend.api.conditional import unless_unchanged
from backend.api.documents.trees import TreeDocument, tree_document
from backend.api.errors import RequestError
from backend.api.existing import existing_individual, existing_run
from backend.api.failures import failures
from backend.api.parameters import IndividualId
from backend.api.services import UsesDatabase
from backend.experiments.design import design_of
from backend.experiments.program_portrait import program_of, tree_of
from backend.figures.tree_layout import tree_layout

router = APIRouter(prefix="/individuals", tags=["individuals"])


@router.get(
    "/{individual_id}/tree",
    response_model=TreeDocument,
    responses={304: {"description": "The tree is still what you have."}, **failures(404)},
)
def get_tree(individual_id: IndividualId, database: UsesDatabase, request: Request) -> Response:
    """Get the tree of a schedule program, node by node, with the places to draw them at; other kinds have none."""
    with database.read() as session:
        individual = existing_individual(session, individual_id).individual
        design = design_of(existing_run(session, individual.run_id).experiment)
    program = program_of(design, individual.phenotype)
    if program is None:
        raise RequestError(404, "not-found", f"Individual {individual.id} is no schedule program: it has no tree.")
    document = tree_document(tree_layout(tree_of(program)))
    return unless_unchanged(request, document.model_dump_json().encode())
