"""nginx for a measurement: the same bytes as a file, and our own store by the configuration in deploy/."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.processes import ROOT, free_port, running, wait_for

# Debian keeps it where only root looks for programs.
WHERE = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
DEPLOYED = ROOT / "deploy" / "nginx.conf"
SCRATCH = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")

AROUND = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
worker_processes auto;
{user}
events {{ worker_connections 512; }}
http {{
    access_log off;
    sendfile on;
    {scratch}
    {server}
}}
"""
FILE = """
    server {{
        listen 127.0.0.1:{port};
        root {folder};
        location / {{
            {headers}
        }}
    }}
"""


Header = tuple[str, str]
# What nginx itself says of a file.
OWN = {"etag", "last-modified"}


def program() -> str | None:
    return shutil.which("nginx", path=WHERE)


@contextmanager
def serving_file(folder: Path, body: bytes, headers: Iterable[Header], log: Path) -> Iterator[str]:
    """The address of a page that nginx serves as it lies on the disk, gzipped beforehand."""
    folder.mkdir(parents=True)
    (folder / "page").write_bytes(body)
    port = free_port()
    said = "\n".join(_said(name, value) for name, value in headers if name.lower() not in OWN)
    with _started(folder, FILE.format(folder=folder, port=port, headers=said), port, log):
        yield f"http://127.0.0.1:{port}/page"


@contextmanager
def serving_store(folder: Path, data: Path, behind: int, log: Path) -> Iterator[int]:
    """The port of a server by deploy/nginx.conf, but without TLS, before our own one at the port given."""
    folder.mkdir(parents=True)
    port = free_port()
    server = DEPLOYED.read_text()
    for written, here in {
        "listen 80;": f"listen 127.0.0.1:{free_port()};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{port};",
        "127.0.0.1:8000": f"127.0.0.1:{behind}",
        "/srv/azemedia/var": str(data),
        "    ssl_": "    # ssl_",
    }.items():
        server = server.replace(written, here)
    with _started(folder, server, port, log):
        yield port


@contextmanager
def _started(folder: Path, server: str, port: int, log: Path) -> Iterator[None]:
    configuration = folder / "nginx.conf"
    scratch = " ".join(f"{name}_temp_path {folder}/{name};" for name in SCRATCH)
    user = "user root;" if os.getuid() == 0 else ""
    configuration.write_text(AROUND.format(folder=folder, user=user, scratch=scratch, server=server))
    with running(
        [str(program()), "-p", str(folder), "-c", str(configuration)], os.environ, log=log
    ) as process:
        wait_for(port, process, log)
        yield


def _said(name: str, value: str) -> str:
    quoted = '"{}"'.format(value.replace("\\", "\\\\").replace('"', '\\"'))
    return f"default_type {quoted};" if name.lower() == "content-type" else f"add_header {name} {quoted};"
