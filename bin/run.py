"""One command, a whole site: prepares the data, then keeps the web server and the worker running.

Started by `make run`. Needs no variable: what production must be told is decided here for a site
that only this machine sees.
"""

import hashlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA_DIR = (ROOT / (os.environ.get("DATA_DIR") or "var")).resolve()
HOST = os.environ.get("HOST") or "127.0.0.1"
PORT = os.environ.get("PORT") or "8000"
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 (said by whoever starts it, never by us)
# Longer than gunicorn gives its workers to finish what they serve.
PATIENCE = 40


def main() -> int:
    refuse_a_port_that_is_taken()
    decide_what_is_unset()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped before the site was up."))
    prepare()
    return supervise(
        [[sys.executable, "-m", "gunicorn", "azemedia.wsgi"], [sys.executable, "manage.py", "worker"]]
    )


def refuse_a_port_that_is_taken() -> None:
    if not PORT.isdecimal() or not 0 < int(PORT) < 65536:
        sys.exit(f"PORT is {PORT!r}, but takes a number from 1 to 65535.")
    try:
        family, *_, address = socket.getaddrinfo(HOST, int(PORT), type=socket.SOCK_STREAM)[0]
    except OSError:
        sys.exit(f"HOST is {HOST!r}, but takes a name or address of this machine.")
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            sys.exit(
                f"Cannot listen on {HOST}:{PORT}: {error.strerror}. PORT=8001 make run takes another port."
            )


def decide_what_is_unset() -> None:
    """Environment first, then what the last start decided; kept for manage.py in DATA_DIR/run.env."""
    kept = DATA_DIR / "run.env"
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    lines = kept.read_text().splitlines() if kept.exists() else []
    key = next((line.removeprefix("SECRET_KEY=") for line in lines if line.startswith("SECRET_KEY=")), None)
    hosts = ["localhost", "127.0.0.1", "[::1]", socket.gethostname()]
    host = "localhost" if HOST in EVERYWHERE else f"[{HOST}]" if ":" in HOST else HOST
    decided = {
        "SECRET_KEY": key or secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": ",".join(dict.fromkeys([*hosts, host])),
        "SITE_URL": f"http://{host}:{PORT}",
    }
    for name, value in decided.items():
        os.environ[name] = os.environ.get(name) or value
    os.environ |= {
        "DATA_DIR": str(DATA_DIR),
        "HOST": HOST,
        "PORT": PORT,
        "DJANGO_SETTINGS_MODULE": "azemedia.settings",
    }
    kept.touch(mode=0o600)
    kept.write_text(
        "# Written by `make run` at every start, and read by manage.py. The environment goes before it.\n"
        + "".join(f"{name}={os.environ[name]}\n" for name in decided)
    )


def prepare() -> None:
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import CommandError, call_command
    from django.db import OperationalError

    try:
        django.setup()
        say("Preparing the database.")
        call_command("migrate", verbosity=0, interactive=False)
        collect_static()
        fill_with_the_demo()
    except (CommandError, ImproperlyConfigured, OperationalError) as error:
        sys.exit(f"The site cannot start: {error}")


def collect_static() -> None:
    """Hashing and packing takes its time: only when a file has changed since."""
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    from azemedia import storage as how

    state = hashlib.sha256(Path(how.__file__).read_bytes())
    for finder in get_finders():
        for path, storage in finder.list([]):
            state.update(f"{path} {os.stat(storage.path(path)).st_mtime_ns}\n".encode())
    stamp = DATA_DIR / "static.state"
    if stamp.exists() and stamp.read_text() == state.hexdigest():
        return
    say("Collecting static files.")
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(state.hexdigest())


def fill_with_the_demo() -> None:
    from django.core.management import call_command
    from django.db import connections

    from articles import demo

    if demo.is_filled():
        first = demo.ACCOUNTS[0][0]
        say(f"Sign in as {first}; `.venv/bin/python manage.py changepassword {first}` makes a new password.")
    elif not demo.is_occupied():
        say("The database is empty: filling it with the demo newsroom.")
        call_command("demo")
    connections.close_all()


def supervise(commands: list[list[str]]) -> int:
    """Run them all until a signal comes or one of them ends; then stop every one."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    processes: list[subprocess.Popen] = []
    try:
        for command in commands:
            # Sessions of their own: Ctrl-C reaches this process only, which stops them in good order.
            processes.append(subprocess.Popen(command, cwd=ROOT, start_new_session=True))
        threading.Thread(target=greet, args=(stop,), daemon=True).start()
        while not stop.wait(0.3):
            for process in processes:
                if process.poll() is not None:
                    say(f"{' '.join(process.args[1:])} ended ({process.returncode}), so everything stops.")
                    return 1
        say("\nStopping.")
        return 0
    finally:
        end(processes)


def end(processes: list[subprocess.Popen]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + PATIENCE
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def greet(stop: threading.Event) -> None:
    """Addresses, once somebody answers there."""
    from django.conf import settings

    while not stop.wait(0.1):
        try:
            socket.create_connection((HOST, int(PORT)), timeout=1).close()
            break
        except OSError:
            continue
    say(f"\nThe site      {settings.SITE_URL}/")
    say(f"The newsroom  {settings.SITE_URL}/admin/")
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        say(f"Mail          no server is set (EMAIL_URL): messages are kept in {settings.EMAIL_FILE_PATH}")
    say("Ctrl-C stops it.")


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("\nStopped before the site was up.")
