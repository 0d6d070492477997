"""Everything on one machine, as `make run` starts it."""

import json
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil
import pytest

from backend.settings.settings import Settings
from tests.backend.cli.programs import start
from tests.backend.cli.test_run import SMALL, lines_of


@contextmanager
def up(settings: Settings, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
    """`autolr up`, once it has said where it is."""
    process = start(["up", "--port", str(settings.port), "--workers", "1", *arguments])
    assert process.stderr is not None
    try:
        for line in process.stderr:
            if "AutoLR is at" in line:
                break
        yield process
    finally:
        process.kill()
        process.communicate()


def client(settings: Settings) -> httpx.Client:
    return httpx.Client(base_url=f"http://127.0.0.1:{settings.port}", timeout=60, trust_env=False)


def children(process: "subprocess.Popen[str]") -> list[psutil.Process]:
    return psutil.Process(process.pid).children(recursive=True)


def none_left(processes: list[psutil.Process], seconds: float = 20.0) -> bool:
    _, alive = psutil.wait_procs(processes, timeout=seconds)
    return not alive


def interrupt(process: "subprocess.Popen[str]") -> int:
    process.send_signal(signal.SIGINT)
    return process.wait(60)


@pytest.mark.training
def test_a_run_is_submitted_to_the_server_that_holds_the_data_folder_and_ctrl_c_ends_everything(
    settings: Settings,
) -> None:
    with up(settings, "--no-demo") as process:
        (document,) = lines_of(start(["run", "quickstart", "--seed", "7", *SMALL, "--json"]))
        with client(settings) as web:
            assert web.get("/healthz").status_code == 200
            (listed,) = web.get("/api/v1/runs").json()["items"]
        started = children(process)
        assert len(started) == 2
        assert interrupt(process) == 0
        assert none_left(started)
    assert (document["state"], document["digest"]) == ("finished", listed["digest"])


@pytest.mark.training
def test_a_new_database_begins_with_the_quickstart_and_a_second_start_goes_on_with_it(settings: Settings) -> None:
    with up(settings) as process, client(settings) as web:
        (run,) = web.get("/api/v1/runs").json()["items"]
        assert (run["preset"], run["state"]) == ("quickstart", "running")
        assert interrupt(process) == 0
    with up(settings), client(settings) as web:
        deadline = time.monotonic() + 120
        while not (workers := web.get("/api/v1/workers").json()["items"]) or workers[0]["evaluation"] is None:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        (again,) = web.get("/api/v1/runs").json()["items"]
        assert again["id"] == run["id"]


def test_a_second_one_names_the_first_one_and_leaves_it_alone(settings: Settings) -> None:
    with up(settings, "--no-demo", "--workers", "0"), client(settings) as web:
        second = start(["up", "--port", "0"])
        out, err = second.communicate(timeout=60)
        assert (second.returncode, out, err.count("\n")) == (2, "", 1)
        assert f"http://127.0.0.1:{settings.port}" in err
        assert web.get("/healthz").status_code == 200


def test_workers_end_with_a_server_that_is_killed(settings: Settings) -> None:
    with up(settings, "--no-demo") as process:
        deadline = time.monotonic() + 60
        while len(started := children(process)) < 2:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        process.kill()
        assert none_left(started)


def test_the_lock_names_the_address(settings: Settings, data_dir: Path) -> None:
    with up(settings, "--no-demo", "--workers", "0") as process:
        known = json.loads((data_dir / "autolr.lock").read_text())
    assert known == {"pid": process.pid, "address": f"http://127.0.0.1:{settings.port}"}
