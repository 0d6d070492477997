"""`autolr doctor`: is everything there, and what to do about what is not."""

from collections.abc import Sequence
from dataclasses import asdict

import typer

from backend.cli import options
from backend.cli.checks import Check, Verdict, all_checks
from backend.cli.opening import open_settings
from backend.cli.output import out, print_json, text

_COLOURS = {Verdict.OK: "green", Verdict.NOTE: "yellow", Verdict.PROBLEM: "red"}


def doctor(data_dir: options.DataDir = None, as_json: options.AsJson = False) -> None:
    """Look at versions, data folder, database, broker, processors, workers and data sets.

    The exit code is 1 if there is a problem.
    """
    checks = all_checks(open_settings(data_dir=data_dir))
    if as_json:
        print_json({"items": [asdict(check) for check in checks], "next_page_token": None})
    else:
        _print(checks)
    if any(check.verdict is Verdict.PROBLEM for check in checks):
        raise typer.Exit(1)


def _print(checks: Sequence[Check]) -> None:
    for check in checks:
        colour = _COLOURS[check.verdict]
        line = f"[{colour}]{check.verdict:8}[/{colour}] {check.subject}: {text(check.finding)}"
        out.print(line, soft_wrap=True)
        if check.remedy:
            out.print(f"{'':8} -> {text(check.remedy)}", soft_wrap=True)
