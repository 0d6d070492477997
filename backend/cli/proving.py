"""Wait for the proof of an export: on the server that holds the data folder, else with workers of this process."""

import time

from backend.cli.failure import Failure
from backend.cli.folder_lock import holder
from backend.cli.output import note
from backend.cli.places import Place, server_at, this_machine
from backend.settings.settings import Settings

POLL_SECONDS = 0.3


def proven(settings: Settings, individual_id: int, format_name: str) -> str:
    """Have an individual's export proven; return what came of it, in a sentence."""
    other = holder(settings.data_dir)
    if other is None:
        if settings.workers == 0:
            raise Failure("Setting workers is 0: nobody would run the proof. Give at least 1.")
        # One is enough for one proof.
        with this_machine(settings.model_copy(update={"workers": 1})) as place:
            return _followed(place, individual_id, format_name)
    if other.address is None:
        raise Failure(f"{other} works in {settings.data_dir}. Wait for its end or choose another folder (--data-dir).")
    note(f"The proof takes place on the server at {other.address}, with the workers that it has.")
    with server_at(other.address) as place:
        return _followed(place, individual_id, format_name)


def _followed(place: Place, individual_id: int, format_name: str) -> str:
    place.request_proof(individual_id, format_name)
    while (text := place.proof(individual_id, format_name)) is None:
        time.sleep(POLL_SECONDS)
    return text
