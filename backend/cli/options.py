"""Options that several commands share. Without one, the environment, the settings' file or the default counts."""

from pathlib import Path
from typing import Annotated

import typer

DataDir = Annotated[
    Path | None, typer.Option("--data-dir", help="Folder of database, broker and lock [AUTOLR_DATA_DIR].")
]
Host = Annotated[str | None, typer.Option("--host", help="Address to listen on [AUTOLR_HOST].")]
Port = Annotated[int | None, typer.Option("--port", help="Port to listen on; 0: any free one [AUTOLR_PORT].")]
Workers = Annotated[
    int | None, typer.Option("--workers", help="Processes that train, one thread each [AUTOLR_WORKERS].")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]
