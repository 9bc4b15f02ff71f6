"""`onrecord serve` as a person runs it."""

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from onrecord.keep.store import Store
from onrecord.show.cli import main
from reader_stories import pile


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "news.db"
    with Store.open(path, access="create") as store:
        for record in pile():
            store.put(record)
    return path


def test_it_prints_its_address_answers_there_and_stops_on_interrupt(database: Path) -> None:
    command = [sys.executable, "-m", "onrecord", "serve", str(database), "--token", "sesame"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    ) as it:
        assert it.stdout is not None
        address = re.findall(r"http://127\.0\.0\.1:\d+/\?token=sesame", it.stdout.readline())[0]
        with httpx.Client(follow_redirects=True, timeout=30) as client:
            assert "River rises" in client.get(address).text
        assert httpx.get(address.partition("?")[0], timeout=30).status_code == 401
        it.send_signal(signal.SIGINT)
        assert it.wait(30) == 0


def test_a_database_that_is_not_there(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["serve", str(tmp_path / "none.db")])
    assert result.exit_code == 1
    assert "there is no database" in result.output


def test_a_port_that_is_taken(database: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        result = CliRunner().invoke(main, ["serve", str(database), "--port", port])
    assert result.exit_code == 1
    assert f"port {port}" in result.output
