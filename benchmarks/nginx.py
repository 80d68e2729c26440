"""nginx for a measurement: the same bytes as a file, and our own store by the configuration in deploy/."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.processes import free_port, running, wait_for

# Debian keeps it where only root looks for programs.
WHERE = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"

STATIC = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
worker_processes auto;
{user}
events {{ worker_connections 512; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000;
    open_file_cache max=1000;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {folder}/files;
        location / {{
            gzip_static on;
            default_type text/html;
        }}
    }}
}}
"""


def program() -> str | None:
    return shutil.which("nginx", path=WHERE)


@contextmanager
def serving_file(folder: Path, body: bytes, log: Path) -> Iterator[str]:
    """The address of a page that nginx serves as it lies on the disk, gzipped beforehand."""
    files = folder / "files"
    files.mkdir(parents=True)
    (files / "page.html.gz").write_bytes(body)
    # gzip_static wants to see the plain one for its date only with some versions.
    (files / "page.html").write_bytes(b"")
    port = free_port()
    configuration = folder / "nginx.conf"
    user = "user root;" if os.getuid() == 0 else ""
    configuration.write_text(STATIC.format(folder=folder, port=port, user=user))
    with started(configuration, folder, port, log):
        yield f"http://127.0.0.1:{port}/page.html"


@contextmanager
def started(configuration: Path, folder: Path, port: int, log: Path) -> Iterator[None]:
    command = [str(program()), "-p", str(folder), "-c", str(configuration)]
    with running(command, os.environ, log=log) as process:
        wait_for(port, process, log)
        yield
