"""`make run`, from the port to the last process: on SQLite and free ports, in a folder of its own."""

import os
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# One worker runs them all, because the data folder is dear.
pytestmark = pytest.mark.xdist_group("run")


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory):
    """Somebody works here already, so the demo keeps out."""
    # The space is part of the test.
    folder = tmp_path_factory.mktemp("a newsroom")
    variables = environment(folder, DEBUG="true", DJANGO_SUPERUSER_PASSWORD="correct horse")
    for arguments in (["migrate", "-v0"], ["createsuperuser", "--no-input", "--email", "chief@example.org"]):
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=variables, check=True)
    return folder


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(folder, **variables):
    return {"PATH": os.environ["PATH"], "DATA_DIR": str(folder), **variables}


def start(folder, **variables):
    return subprocess.Popen(
        [sys.executable, "bin/run.py"],
        cwd=ROOT,
        env=environment(folder, **variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # As in a terminal of its own, where Ctrl-C would reach every process at once.
        start_new_session=True,
    )


@pytest.fixture
def site(data_dir, port):
    process = start(data_dir, PORT=str(port))
    try:
        wait_until(lambda: answers(port) or process.poll() is not None)
        yield process
    finally:
        if process.poll() is None:
            process.kill()


def wait_until(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.1)


def answers(port, path="/robots.txt"):
    try:
        return urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10).status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None


def children_of(process):
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True).stdout
    rows = [line.split(maxsplit=2) for line in listed.splitlines()]
    return {int(pid): command for pid, parent, command in rows if int(parent) == process.pid}


def is_running(pid):
    return Path(f"/proc/{pid}/cmdline").exists() and Path(f"/proc/{pid}/cmdline").read_bytes() != b""


def test_it_serves_the_site_and_leaves_nothing_behind(site, data_dir, port):
    children = children_of(site)
    status = answers(port, "/accounts/login/")

    site.send_signal(signal.SIGTERM)
    output = site.communicate(timeout=60)[0]

    assert status == 200
    assert len(children) == 2
    assert site.returncode == 0, output
    assert not any(is_running(pid) for pid in children)
    assert answers(port) is None
    assert f"http://127.0.0.1:{port}/" in output
    assert f"messages are kept in {data_dir}/mail" in output


def test_ctrl_c_stops_it_as_well(site, port):
    site.send_signal(signal.SIGINT)
    output = site.communicate(timeout=60)[0]

    assert site.returncode == 0
    assert "Traceback" not in output
    assert answers(port) is None


def test_when_the_worker_dies_everything_stops_and_says_so(site, port):
    worker = next(pid for pid, command in children_of(site).items() if "manage.py worker" in command)

    os.kill(worker, signal.SIGKILL)
    output = site.communicate(timeout=60)[0]

    assert site.returncode == 1
    assert "manage.py worker ended" in output
    assert answers(port) is None


def test_the_secret_key_is_made_once_and_kept_from_others(site, data_dir, port):
    kept = data_dir / "run.env"
    first = kept.read_text()

    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert f"SITE_URL=http://127.0.0.1:{port}\n" in first
    site.send_signal(signal.SIGTERM)
    site.communicate(timeout=60)
    again = start(data_dir, PORT=str(port))
    wait_until(lambda: answers(port) or again.poll() is not None)
    again.send_signal(signal.SIGTERM)
    again.communicate(timeout=60)
    assert kept.read_text() == first


def test_a_port_that_is_taken_is_named_before_anything_is_touched(tmp_path, port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        process = start(tmp_path / "new", PORT=str(port))
        output = process.communicate(timeout=60)[0]

    assert process.returncode == 1
    assert f"Cannot listen on 127.0.0.1:{port}: Address already in use. PORT=" in output
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("variables", "refusal"),
    [
        ({"PORT": "http"}, "PORT is 'http', but takes a number from 1 to 65535."),
        ({"HOST": "no.such.host.invalid"}, "HOST is 'no.such.host.invalid', but takes a name or address"),
        ({"EMAIL_URL": "mail.example.org"}, "EMAIL_URL is 'mail.example.org', but takes smtp://"),
    ],
)
def test_a_value_that_is_not_understood_stops_it_with_a_sentence(variables, refusal, tmp_path, port):
    process = start(tmp_path, **{"PORT": str(port), **variables})
    output = process.communicate(timeout=60)[0]

    assert process.returncode == 1
    assert refusal in output
    assert "Traceback" not in output
