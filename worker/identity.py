"""Who a worker slot is."""

import os
import socket
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Identity:
    """A worker slot: its name, which also owns what it trains, and where it runs."""

    name: str
    queue: str
    host: str = field(default_factory=socket.gethostname)
    pid: int = field(default_factory=os.getpid)
