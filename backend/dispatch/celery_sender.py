"""The sender that puts ids on the broker."""

import logging
from collections.abc import Sequence

from kombu.exceptions import ChannelError, OperationalError

from backend.dispatch.celery_app import EVALUATE, PROVE, make_celery
from backend.settings.settings import Settings

_log = logging.getLogger(__name__)


class CelerySender:
    """Sends ids through the broker of the settings."""

    def __init__(self, settings: Settings) -> None:
        self._app = make_celery(settings)

    def send(self, evaluation_ids: Sequence[int]) -> None:
        """Send each id once; a broker that does not answer is logged, for the reconciler sends them again."""
        self._send(EVALUATE, evaluation_ids)

    def send_proofs(self, proof_ids: Sequence[int]) -> None:
        """Send each id once, as `send` does."""
        self._send(PROVE, proof_ids)

    def waiting(self) -> int:
        """Return how many messages are in the queue; 0 if the broker does not answer, or knows no such queue."""
        try:
            with self._app.connection_for_read() as connection:
                return int(connection.default_channel.queue_declare(self._app.conf.task_default_queue, passive=True)[1])
        except (OperationalError, ChannelError, OSError) as error:
            _log.warning("The broker does not say how many messages wait (%s).", error)
            return 0

    def _send(self, task: str, ids: Sequence[int]) -> None:
        try:
            for number in ids:
                self._app.send_task(task, args=[number], retry=False)
        except (OperationalError, OSError) as error:
            _log.warning("The broker does not take messages (%s); they will be sent later.", error)

    def close(self) -> None:
        """Give back the connections."""
        self._app.close()
