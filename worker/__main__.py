"""`python -m worker`: supervise worker slots until SIGTERM or SIGINT."""

import argparse
import signal
import sys

from backend.settings.logs import log_to_stderr
from backend.settings.settings import SettingsError, load_settings
from backend.store.migrate import NewerDatabase
from worker import lifeline
from worker.supervisor import Supervisor


def main() -> int:
    """Run the supervisor; return the process's exit code."""
    arguments = _arguments()
    try:
        settings = load_settings(workers=arguments.slots)
        log_to_stderr(settings.log_level)
        supervisor = Supervisor(settings, settings.workers)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: supervisor.stop())
        if arguments.lifeline:
            lifeline.watch(supervisor.stop)
        supervisor.run()
    except (SettingsError, NewerDatabase) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m worker", description="Train what the backend asks for.")
    parser.add_argument("--slots", type=int, help="processes that train one evaluation at a time each")
    parser.add_argument("--lifeline", action="store_true", help="end when standard input ends")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
