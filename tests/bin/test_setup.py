"""bin/setup, with lock files that ask for nothing, so that no test waits for the network."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def checkout(tmp_path):
    folder = tmp_path / "a fresh clone"
    (folder / "bin").mkdir(parents=True)
    shutil.copy(ROOT / "bin" / "setup", folder / "bin")
    for lock in ("requirements.txt", "requirements-dev.txt"):
        (folder / lock).write_text("# nothing\n")
    return folder


@pytest.fixture
def stand_in(tmp_path):
    """What a version manager leaves in the path for a Python that is not installed."""
    path = tmp_path / "python3.13"
    path.write_text("#!/bin/sh\necho 'python3.13: command not found' >&2\nexit 127\n")
    path.chmod(0o755)
    return path


def setup(checkout, *arguments, python=sys.executable):
    variables = {**os.environ, "PYTHON": str(python), "PIP_NO_INDEX": "1"}
    command = [str(checkout / "bin" / "setup"), *arguments]
    return subprocess.run(command, env=variables, capture_output=True, text=True, timeout=120)


def test_the_first_python_that_really_runs_is_taken_and_what_is_there_is_kept(checkout, stand_in):
    """One story, because each .venv takes seconds to make."""
    first = setup(checkout, python=f"{stand_in} {sys.executable}")
    assert first.returncode == 0, first.stderr
    assert "Making .venv with Python 3." in first.stdout
    assert "Installing requirements.txt." in first.stdout

    second = setup(checkout)
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")

    (checkout / "requirements.txt").write_text("# still nothing\n")
    assert setup(checkout).stdout == "Installing requirements.txt.\n"

    assert setup(checkout, "dev").stdout == "Installing requirements-dev.txt.\n"
    assert setup(checkout).stdout == "", "running the site keeps what the tests need"

    catalogue = checkout / "locale" / "ru" / "LC_MESSAGES" / "django.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text("# nothing\n")
    os.utime(catalogue, (1, 1))
    compiler = checkout / ".venv" / "bin" / "pybabel"
    compiler.write_text('#!/bin/sh\necho Compiling.\ntouch "$6"\n')
    compiler.chmod(0o755)
    assert setup(checkout).stdout == "Compiling.\n"
    assert catalogue.with_suffix(".mo").exists()
    assert setup(checkout).stdout == "", "what is newer than its catalogue is kept"


def test_without_a_python_that_runs_it_says_what_to_do(checkout, stand_in):
    done = setup(checkout, python=stand_in)

    assert done.returncode == 1
    assert "No Python 3.11 or newer with venv was found" in done.stderr
    assert "apt-get install python3-venv" in done.stderr
    assert not (checkout / ".venv").exists()
