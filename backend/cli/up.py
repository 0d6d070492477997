"""`autolr up`: everything on this machine, in one data folder."""

from contextlib import closing
from typing import Annotated

import typer

from backend.cli import options
from backend.cli.embedded_workers import embedded_workers
from backend.cli.failure import Failure
from backend.cli.folder_lock import holder, locked
from backend.cli.opening import check_can_train, make_data_folder, open_settings, shown, upgraded_database
from backend.cli.output import note
from backend.cli.serve import address, announce, listen, serve_until_interrupted
from backend.dispatch.celery_sender import CelerySender
from backend.experiments.configuration import Order
from backend.experiments.launch import launch
from backend.settings.settings import Settings
from backend.store import experiments
from backend.store.database import Database

# The same first impression everywhere.
DEMO = Order(preset="quickstart", seed=7)


def up(
    data_dir: options.DataDir = None,
    host: options.Host = None,
    port: options.Port = None,
    workers: options.Workers = None,
    demo: Annotated[bool, typer.Option(help="Start the preset quickstart if there is no experiment yet.")] = True,
) -> None:
    """Start web server and workers; what was running goes on. Ctrl-C ends all of it."""
    settings = open_settings(data_dir=data_dir, host=host, port=port, workers=workers)
    check_can_train()
    folder = make_data_folder(settings)
    if (other := holder(folder)) is not None:
        # Before the port is tried: the other one is probably what holds it.
        raise Failure(f"AutoLR already works in {folder}: {other}. Choose another folder (--data-dir).")
    with listen(settings) as listener, locked(folder, address(settings, listener)):
        with upgraded_database(settings) as database:
            note(f"Data folder {folder}, database {shown(database)}, {settings.workers} worker slots.")
            if demo:
                _launch_demo(database, settings)
        with embedded_workers(settings):
            serve_until_interrupted(settings, listener, lambda: announce(settings, listener))


def _launch_demo(database: Database, settings: Settings) -> None:
    with database.write() as session:
        if experiments.count(session):
            return
        launched = launch(session, DEMO)
    with closing(CelerySender(settings)) as sender:
        sender.send(launched.evaluation_ids)
    note(f"This is a new database: the preset {DEMO.preset} starts, so that there is something to see.")
