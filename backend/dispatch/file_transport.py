"""A message broker that is a folder, for one machine without any service: `files:///folder`.

Each queue is a folder, each message a file in it. A message is written beside the queue and moved into it, so a
consumer sees it whole or not at all; whoever manages to unlink the file has the message. kombu's own `filesystem`
transport writes in place: it loses messages under two producers, and one torn file stops its worker.
"""

import json
import logging
import os
import time
from collections import deque
from pathlib import Path
from queue import Empty
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from kombu.transport import TRANSPORT_ALIASES, virtual

SCHEME = "files"

# Seconds between two looks into an empty queue.
POLL_SECONDS = 0.2

_log = logging.getLogger(__name__)


class Channel(virtual.Channel):
    """Puts messages into folders and takes them out again."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        # Messages that were there at the last look, by queue, oldest first.
        self._seen: dict[str, deque[Path]] = {}

    # Bodies stay readable text; they are JSON anyway.
    body_encoding = None

    @property
    def folder(self) -> Path:
        """The broker's folder, from the URL."""
        return Path("/", self.connection.client.virtual_host)

    def _queue_folder(self, queue: str) -> Path:
        return self.folder / "queues" / quote(queue, safe="")

    def _put(self, queue: str, message: dict[str, Any], **_: Any) -> None:
        # Names sort by time, so that the oldest message goes first.
        name = f"{time.time_ns():020d}-{uuid4().hex}.json"
        written = self.folder / "writing" / name
        published = self._queue_folder(queue) / name
        written.parent.mkdir(parents=True, exist_ok=True)
        published.parent.mkdir(parents=True, exist_ok=True)
        written.write_text(json.dumps(message), encoding="utf-8")
        os.replace(written, published)

    def _get(self, queue: str, timeout: float | None = None) -> dict[str, Any]:  # noqa: ARG002 - kombu's signature
        seen = self._seen.setdefault(queue, deque())
        # A long queue is listed once for all that is in it, not once a message: what came later is listed later.
        for _ in range(2):
            while seen:
                message = self._take(seen.popleft())
                if message is not None:
                    return message
            seen.extend(self._files(queue))
        raise Empty

    def _take(self, file: Path) -> dict[str, Any] | None:
        """Return the message and remove its file, or None if another consumer has it or it is no message."""
        try:
            content = file.read_bytes()
            message = _parse(content)
            if message is None:
                self._bury(file)
            else:
                file.unlink()
        except FileNotFoundError:
            return None
        return message

    def _bury(self, file: Path) -> None:
        """Put aside what is no message: it would stop every consumer, and someone may want to look at it."""
        dead = self.folder / "dead"
        dead.mkdir(exist_ok=True)
        os.replace(file, dead / file.name)
        _log.warning("%s was no message; it is now in %s.", file, dead)

    def _files(self, queue: str) -> list[Path]:
        folder = self._queue_folder(queue)
        return sorted(folder.iterdir()) if folder.is_dir() else []

    def _size(self, queue: str) -> int:
        return len(self._files(queue))

    def _purge(self, queue: str) -> int:
        files = self._files(queue)
        for file in files:
            file.unlink(missing_ok=True)
        return len(files)


class Transport(virtual.Transport):
    """The transport behind `files://`."""

    Channel = Channel
    polling_interval = POLL_SECONDS
    driver_type = SCHEME
    driver_name = SCHEME

    @property
    def default_connection_params(self) -> dict[str, str]:
        """Return nothing: a folder has neither host nor port."""
        return {}

    def driver_version(self) -> str:
        """Return the version of the folder's layout."""
        return "1"


def _parse(content: bytes) -> dict[str, Any] | None:
    """Return the message, or None if kombu could not read it."""
    try:
        message = json.loads(content)
        readable = (
            isinstance(message["body"], str)
            and isinstance(message["headers"], dict)
            and isinstance(message["properties"]["delivery_tag"], str)
            and isinstance(message["properties"]["delivery_info"], dict)
            and message["properties"].get("body_encoding") is None
        )
    except (ValueError, LookupError, TypeError, AttributeError):
        return None
    return message if readable else None


def register() -> None:
    """Teach kombu the scheme."""
    TRANSPORT_ALIASES[SCHEME] = f"{__name__}:Transport"
