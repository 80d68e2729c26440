import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def processes_in(folder):
    """Whoever has the folder in the environment or on the command line."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            told = (process / "environ").read_bytes() + (process / "cmdline").read_bytes()
        except OSError:
            continue
        if str(folder).encode() in told:
            found.append(int(process.name))
    return found


def is_filling(folder):
    try:
        return any(folder.glob("**/azemedia-index-*"))
    except FileNotFoundError:  # of what went while we looked
        return False


def test_a_run_that_is_stopped_leaves_nothing_behind(tmp_path):
    temporary, results = tmp_path / "temporary", tmp_path / "results"
    temporary.mkdir()
    run = subprocess.Popen(
        [sys.executable, "-m", "benchmarks", "run", "--sizes", "20000", "--results", str(results)],
        cwd=ROOT, env=os.environ | {"TMPDIR": str(temporary)}, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    until = time.monotonic() + 60
    while not is_filling(temporary) and time.monotonic() < until:
        time.sleep(0.02)
    assert len(processes_in(temporary)) > 1  # one of a site is at work: it is being filled

    run.send_signal(signal.SIGINT)
    run.send_signal(signal.SIGINT)
    _, told = run.communicate(timeout=60)

    assert run.returncode == 1
    assert told.endswith("Stopped.\n")
    assert list(temporary.iterdir()) == []
    assert processes_in(temporary) == []
    assert not results.exists()
