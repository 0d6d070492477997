"""The Celery application that producers and workers share. It carries ids and nothing else."""

from celery import Celery
from kombu import Queue

from backend.dispatch import file_transport
from backend.settings.settings import Settings

# The tasks there are: train and score the evaluation with this id; run the proof with this id.
EVALUATE = "autolr.evaluate"
PROVE = "autolr.prove"

# Seconds to wait for a broker that does not answer.
_BROKER_TIMEOUT = 4


def make_celery(settings: Settings) -> Celery:
    """Return an application for the broker of the settings (`files://` or `redis://`)."""
    file_transport.register()
    app = Celery("autolr", set_as_current=False, fixups=[])
    app.conf.update(
        broker_url=settings.broker_url,
        broker_connection_retry_on_startup=True,
        # A worker waits for its broker as long as it takes.
        broker_connection_max_retries=None,
        broker_connection_timeout=_BROKER_TIMEOUT,
        broker_transport_options=_transport_options(settings.broker_url),
        # No exchange: a message names its queue, which every transport understands the same way.
        task_queues=[Queue(settings.queue, exchange="", routing_key=settings.queue)],
        task_default_queue=settings.queue,
        task_default_exchange="",
        task_default_routing_key=settings.queue,
        task_serializer="json",
        accept_content=["json"],
        # The database knows what happened to an evaluation; the broker need not.
        result_backend=None,
        task_ignore_result=True,
        task_store_errors_even_if_ignored=False,
        # Early: a message is a hint, the claim in the database decides, and the reconciler sends lost ones again.
        task_acks_late=False,
        worker_prefetch_multiplier=1,
        worker_enable_remote_control=False,
        worker_send_task_events=False,
        worker_disable_rate_limits=True,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
    )
    return app


def _transport_options(broker_url: str) -> dict[str, float | int]:
    if not broker_url.startswith("redis"):
        return {}
    return {"socket_connect_timeout": _BROKER_TIMEOUT, "socket_timeout": _BROKER_TIMEOUT}
