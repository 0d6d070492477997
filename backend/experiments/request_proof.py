"""Ask for the proof of an export: a worker runs the code beside our own arithmetic. And what is known of proofs."""

import hashlib
from dataclasses import dataclass

from sqlalchemy.orm import Session

from backend.experiments.design import design_of
from backend.experiments.errors import NotFound
from backend.experiments.exporting import provable
from backend.experiments.proof_result import ProofResult
from backend.export.formats import formats_of
from backend.store import events, individuals, lists, proofs, runs
from backend.store.leases import WorkState
from backend.store.lists import RunInExperiment
from backend.store.tables import Individual, Proof


@dataclass(frozen=True)
class ProofStanding:
    """A format, and the proof of what it makes of an individual today; None if nobody has asked for it."""

    format: str
    proof: Proof | None

    @property
    def result(self) -> ProofResult | None:
        """What came of it; None while that is not known."""
        return ProofResult.from_json(self.proof.result) if self.proof and self.proof.result else None


def request_proof(session: Session, individual_id: int, format_name: str) -> list[int]:
    """Ask for the proof of an individual's export; return its id if it has to be sent.

    One that is under way or has an answer stays as it is; one that could not be done is tried again. Raises NotFound,
    and NotExportable for a format that has no form for the individual.
    """
    individual, row = _found(session, individual_id)
    # Whoever asks for the same at the same moment waits here and then finds it.
    runs.lock(session, row.run.id)
    source = provable(row, individual, format_name)
    digest = _digest(source)
    known = proofs.of_source(session, individual.id, format_name, digest)
    if known is None:
        known = proofs.add(session, individual_id=individual.id, format_name=format_name, source=source, digest=digest)
    elif known.state == WorkState.FINISHED and (known.result or {}).get("outcome") == "not_proven":
        proofs.restart(session, known)
    else:
        return []
    events.announce(session, "proof.changed", row.run.id, individual_id=individual.id, format=format_name)
    return [known.id]


def proofs_of(session: Session, individual_id: int) -> list[ProofStanding]:
    """Return how the proofs of an individual's exports stand, a format each. Raises NotFound."""
    individual, row = _found(session, individual_id)
    formats = formats_of(design_of(row.experiment).evolved.read(individual.phenotype))
    return [proof_of(session, row, individual, name) for name in formats]


def proof_of(session: Session, row: RunInExperiment, individual: Individual, format_name: str) -> ProofStanding:
    """Return how the proof of one format stands. Raises NotExportable."""
    digest = _digest(provable(row, individual, format_name))
    return ProofStanding(format_name, proofs.of_source(session, individual.id, format_name, digest))


def _found(session: Session, individual_id: int) -> tuple[Individual, RunInExperiment]:
    individual = individuals.get(session, individual_id)
    row = None if individual is None else lists.run_in_experiment(session, individual.run_id)
    if individual is None or row is None:
        raise NotFound("individual", individual_id)
    return individual, row


def _digest(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()
