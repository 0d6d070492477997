"""The sender that puts ids on the broker."""

import logging
from collections.abc import Sequence

from kombu.exceptions import OperationalError

from backend.dispatch.celery_app import EVALUATE, make_celery
from backend.settings.settings import Settings

_log = logging.getLogger(__name__)


class CelerySender:
    """Sends ids through the broker of the settings."""

    def __init__(self, settings: Settings) -> None:
        self._app = make_celery(settings)

    def send(self, evaluation_ids: Sequence[int]) -> None:
        """Send each id once; a broker that does not answer is logged, for the reconciler sends them again."""
        try:
            for evaluation_id in evaluation_ids:
                self._app.send_task(EVALUATE, args=[evaluation_id], retry=False)
        except (OperationalError, OSError) as error:
            _log.warning("The broker does not take messages (%s); they will be sent later.", error)

    def close(self) -> None:
        """Give back the connections."""
        self._app.close()
