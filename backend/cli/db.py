"""`autolr db`: the database as a whole."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from backend.cli import options
from backend.cli.failure import Failure
from backend.cli.opening import current_database, make_data_folder, open_settings, shown, upgraded_database
from backend.cli.output import note
from backend.store.backup import BackupFailed, back_up

commands = typer.Typer(no_args_is_help=True, help="Upgrade and back up the database.")


@commands.command("upgrade")
def upgrade_database(data_dir: options.DataDir = None) -> None:
    """Make the tables, or bring them to this version. `up` and `serve` do it by themselves."""
    settings = open_settings(data_dir=data_dir)
    make_data_folder(settings)
    with upgraded_database(settings) as database:
        note(f"The database {shown(database)} is of this version.")


@commands.command("backup")
def backup_database(
    target: Annotated[Path | None, typer.Argument(help="File to write; else one in the data folder.")] = None,
    data_dir: options.DataDir = None,
) -> None:
    """Copy the database into a file, also while it is in use."""
    settings = open_settings(data_dir=data_dir)
    file = target or settings.data_dir / f"autolr-{datetime.now():%Y%m%d-%H%M%S}.backup"
    with current_database(settings) as database:
        try:
            back_up(database, file)
        except BackupFailed as error:
            raise Failure(str(error)) from None
    note(f"Written: {file}")
