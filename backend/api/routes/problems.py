"""Problems."""

from fastapi import APIRouter
from sqlalchemy.orm import Session

from backend.api.documents.document import Page
from backend.api.documents.problems import ProblemDocument, problem_document
from backend.api.failures import failures
from backend.api.parameters import NameInPath
from backend.api.services import UsesDatabase
from backend.problems.catalogue import get_problem as named_problem
from backend.problems.catalogue import problem_names
from backend.store import workers

router = APIRouter(prefix="/problems", tags=["problems"])


@router.get("")
def list_problems(database: UsesDatabase) -> Page[ProblemDocument]:
    """List all problems."""
    with database.read() as session:
        return Page(items=[_document(session, name) for name in problem_names()])


@router.get("/{name}", responses=failures(404))
def get_problem(name: NameInPath, database: UsesDatabase) -> ProblemDocument:
    """Get a problem: its data, its network, and whether the workers present can load it."""
    with database.read() as session:
        return _document(session, name)


def _document(session: Session, name: str) -> ProblemDocument:
    present = [worker.problems for worker in workers.alive(session)]
    return problem_document(named_problem(name), [known[name] for known in present if name in known])
