"""What a worker slot does with the message of a proof: claim it, run the exported code, record what came of it."""

import logging
import time
from collections.abc import Callable

from backend.experiments.proof_result import ProofResult
from backend.experiments.proving import ClaimedProof, claim_proof, record_proof
from backend.export.proof import Export, prove
from backend.export.proof_process import DEFAULT_TIMEOUT, ProofAborted
from backend.export.schedule_proof import prove_schedule
from backend.phenotypes.schedule import Schedule
from backend.settings.settings import Settings
from backend.store.database import Database
from worker.heartbeat import Heartbeat
from worker.leases import ProofLease

_log = logging.getLogger(__name__)


class Prover:
    """Runs one proof after the other on behalf of `owner`; each step is a transaction of its own."""

    def __init__(
        self, database: Database, heartbeat: Heartbeat, settings: Settings, owner: str, stopping: Callable[[], bool]
    ) -> None:
        self._database = database
        self._heartbeat = heartbeat
        self._settings = settings
        self._owner = owner
        self._stopping = stopping

    def prove(self, proof_id: int) -> None:
        """Prove it, unless it is done or somebody else's already."""
        with self._database.write() as session:
            claimed = claim_proof(session, proof_id, self._owner, self._settings.lease_seconds)
        if claimed is None:
            return
        with self._heartbeat.watching(ProofLease(claimed)) as watched:
            result = self._result(claimed, lambda: self._stopping() or watched.abandoned)
            if result is not None:
                self._record(claimed, result)

    def _result(self, claimed: ClaimedProof, should_stop: Callable[[], bool]) -> ProofResult | None:
        """Run the code; None if that was aborted, because nobody wants it here any more."""
        began = time.monotonic()
        interpreter = self._settings.python_for(claimed.format)
        # It ends by itself before the heartbeat would take it for hung.
        timeout = min(DEFAULT_TIMEOUT, self._settings.evaluation_limit_seconds / 2)
        phenotype = claimed.phenotype
        try:
            if isinstance(phenotype, Schedule):
                proof = prove_schedule(phenotype, claimed.source, claimed.epochs, interpreter, timeout, should_stop)
            else:
                export = Export(phenotype, claimed.source)
                proof = prove(export, claimed.format, interpreter, timeout, should_stop)
        except ProofAborted:
            _log.info("Proof %d: aborted", claimed.proof_id)
            return None
        except Exception as error:  # noqa: BLE001 - whatever goes wrong is the proof's result, not the worker's end
            _log.exception("Proof %d failed", claimed.proof_id)
            return ProofResult.failed(f"{type(error).__name__}: {error}")
        return ProofResult.of(proof, claimed.format, time.monotonic() - began)

    def _record(self, claimed: ClaimedProof, result: ProofResult) -> None:
        with self._database.write() as session:
            recorded = record_proof(session, claimed, result)
        note = "" if recorded else " Not recorded: it is somebody else's by now."
        _log.info("Proof %d in %.1f s: %s%s", claimed.proof_id, result.seconds, result.text, note)
