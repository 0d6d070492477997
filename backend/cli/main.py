"""The program `autolr`: its commands, and what becomes of errors."""

import sys
from collections.abc import Sequence

import typer

from backend.cli import db, runs
from backend.cli.benchmark import benchmark
from backend.cli.benchmark_report import benchmark_report
from backend.cli.benchmarks import benchmarks
from backend.cli.doctor import doctor
from backend.cli.export import export
from backend.cli.extend import extend
from backend.cli.failure import Failure
from backend.cli.genealogy import genealogy
from backend.cli.import_original import import_original
from backend.cli.run import run
from backend.cli.serve import serve
from backend.cli.up import up
from backend.cli.worker import worker
from backend.experiments.errors import InvalidOrder

commands = typer.Typer(
    name="autolr", no_args_is_help=True, add_completion=False, help="Evolve learning-rate schedules; watch it live."
)
for command in (up, serve, worker, run, extend, benchmark, benchmark_report, benchmarks, export, genealogy, doctor):
    commands.command()(command)
# The word itself is no name in Python.
commands.command("import")(import_original)
commands.add_typer(runs.commands, name="runs")
commands.add_typer(db.commands, name="db")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command that the arguments name, and exit with its code: 2 where the user can put it right."""
    try:
        code = commands(arguments, prog_name="autolr", standalone_mode=False)
    except typer.TyperException as error:
        sys.exit(_complaint(error.format_message(), error.exit_code))
    except typer.Abort:
        sys.exit(_complaint("Interrupted.", 130))
    except Failure as failure:
        sys.exit(_complaint(str(failure), failure.exit_code))
    except InvalidOrder as error:
        sys.exit(_complaint(str(error), 2))
    sys.exit(code or 0)


def _complaint(message: str, exit_code: int) -> int:
    sys.stderr.write(f"{message}\n")
    return exit_code


if __name__ == "__main__":
    main()
