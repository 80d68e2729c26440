"""The environment, read strictly: a variable is understood or the site does not start.

Each function takes the variable's name and its default, and refuses anything else by name: which
variable, what was given, what it takes. A default of None means that the variable is required.

Why not a library: the usual ones read DEBUG=yse as false, and guess about half of an address.
"""

import os
import re
import zoneinfo
from email.utils import parseaddr
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def read_file(path: Path) -> None:
    """Take NAME=value lines as defaults: a variable that is set already wins over the file."""
    if not path.is_file():
        return
    for number, line in enumerate(path.read_text().splitlines(), start=1):
        name, equals, value = line.strip().partition("=")
        if name.startswith("#") or not name:
            continue
        if not equals or not name.isidentifier():
            raise ImproperlyConfigured(f"{path}, line {number}: takes NAME=value, got {line!r}.")
        os.environ.setdefault(name, value.strip().strip("\"'"))


def refuse(name: str, given: str, takes: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} is {given!r}, but takes {takes}.")


def text(name: str, default: str | None = "", takes: str = "a value") -> str:
    value = os.environ.get(name, "").strip()
    if not value and default is None:
        raise ImproperlyConfigured(f"{name} is not set. It takes {takes}.")
    return value or default or ""


def choice(name: str, default: str, among: tuple[str, ...]) -> str:
    value = text(name, default)
    if value not in among:
        raise refuse(name, value, " or ".join(among))
    return value


def boolean(name: str, default: bool = False) -> bool:
    return choice(name, "true" if default else "false", ("true", "false")) == "true"


def number(name: str, default: int) -> int:
    value = text(name, str(default))
    if not value.isdecimal():
        raise refuse(name, value, "a whole number, 0 or more")
    return int(value)


def words(name: str, default: str | None = "", takes: str = "words separated by commas") -> list[str]:
    value = text(name, default, takes)
    found = [word.strip() for word in value.split(",") if word.strip()]
    if value and not found:
        raise refuse(name, value, takes)
    return found


def addresses(name: str) -> list[tuple[str, str]]:
    """People as Django's ADMINS wants them: `Leyla <leyla@example.org>, ops@example.org`."""
    people = [parseaddr(word) for word in words(name)]
    if any("@" not in address for _, address in people):
        raise refuse(
            name, text(name), "e-mail addresses separated by commas, as in Leyla <leyla@example.org>"
        )
    return people


def time_zone(name: str, default: str) -> str:
    value = text(name, default)
    if value not in zoneinfo.available_timezones():
        raise refuse(name, value, "a time zone's name such as Asia/Baku")
    return value


def origin(name: str, default: str) -> SplitResult:
    """The scheme, host and port of a site, nothing behind them."""
    value = text(name, default)
    parts = _split(name, value, ("http", "https"), takes := "an address such as https://news.example.org")
    if not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise refuse(name, value, takes)
    return parts._replace(path="")


def media_url(name: str, default: str) -> str:
    """Where browsers ask for uploaded files: here, or at the address of somebody who passes them on."""
    value = text(name)
    if not value:
        return default
    takes = "an address such as https://cdn.example.org/media/"
    parts = _split(name, value, ("http", "https"), takes)
    if not parts.hostname or parts.query or parts.fragment or "@" in parts.netloc:
        raise refuse(name, _after_the_password(value), takes)
    return parts._replace(path=f"{parts.path.rstrip('/')}/").geturl()


def media_storage(name: str) -> dict:
    """Django's storage for uploaded files: a folder, or a bucket of a server that speaks the S3 API."""
    value = text(name)
    if not value:
        return {"BACKEND": "azemedia.storage.MediaFolder"}
    takes = "s3://key:secret@host/bucket?region=name (s3+http:// for a server without TLS)"
    parts = _split(name, value, ("s3", "s3+http"), takes)
    bucket, options = unquote(parts.path.strip("/")), dict(parse_qsl(parts.query, keep_blank_values=True))
    is_named = parts.hostname and re.fullmatch(r"[\w.-]{3,63}", bucket)
    if not is_named or options.keys() - {"region"} or parts.fragment:
        raise refuse(name, _after_the_password(value), takes)
    if bool(parts.username) != bool(parts.password):
        raise refuse(name, _after_the_password(value), "both a key and its secret, or neither")
    if not (find_spec("storages") and find_spec("boto3")):
        raise ImproperlyConfigured(f"{name} needs the extra s3: install the requirements with it.")
    scheme = "https" if parts.scheme == "s3" else "http"
    return {
        "BACKEND": "azemedia.bucket.MediaBucket",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": f"{scheme}://{parts.netloc.rpartition('@')[2]}",
            "region_name": options.get("region", "us-east-1"),
            # Without them, the machine's own role is asked.
            "access_key": unquote(parts.username) if parts.username else None,
            "secret_key": unquote(parts.password) if parts.password else None,
        },
    }


def database(name: str, default_path: Path) -> dict:
    value = text(name)
    if not value:
        return _sqlite(default_path)
    takes = "sqlite:////absolute/path or postgres://user:password@host:port/name"
    parts = _split(name, value, ("sqlite", "postgres", "postgresql"), takes)
    if parts.scheme == "sqlite":
        # Three slashes would mean a file in whatever folder the process happens to start in.
        if parts.netloc or not parts.path.startswith("//"):
            raise refuse(name, value, takes)
        return _sqlite(Path(unquote(parts.path[1:])))
    if parts.path.strip("/") == "":
        raise refuse(name, _without_password(parts), takes)
    options: dict = dict(parse_qsl(parts.query))
    if "pool" in options:
        if options["pool"] not in ("true", "false"):
            raise refuse(name, _without_password(parts), "?pool=true or ?pool=false")
        options["pool"] = options["pool"] == "true"
    return {
        "ENGINE": "azemedia.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
        # A pool keeps its own connections; Django refuses to keep them twice.
        "CONN_MAX_AGE": 0 if options.get("pool") else 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _sqlite(path: Path) -> dict:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise ImproperlyConfigured(
            f"There is no folder for the database, {path}: {fault.strerror}."
        ) from fault
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        # As long as one stays open, its two companion files stay, too: a disk that is full has no room to
        # make them anew, and without them nothing can even be read.
        "CONN_MAX_AGE": None,
        # Readers never wait for a writer (WAL), and a writer says so at the start of its transaction:
        # one that begins by reading could not wait for its turn, SQLite would refuse it at once. Its own
        # cache of 2 MB does not even hold what a few pages read; 8 MB do, once for each thread that serves.
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=5000;"
            " PRAGMA cache_size=-8000;",
        },
    }


def cache(name: str, default_path: Path) -> dict:
    """Redis where there is one, else files: memory would count rate limits once per process."""
    value = text(name)
    if not value:
        return {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": default_path}
    takes = "redis://host:6379/0, or rediss:// for TLS"
    if not _split(name, value, ("redis", "rediss"), takes).hostname:
        raise refuse(name, value, takes)
    return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": value}


def purge_url(name: str) -> str:
    """Who is told when a page goes; its parts are read by `articles.caching.purging`."""
    value = text(name)
    if not value:
        return ""
    takes = "fastly://token@service-id, cloudflare://token@zone-id or varnish://host:port"
    parts = _split(name, value, ("fastly", "cloudflare", "varnish"), takes)
    if not parts.hostname or (parts.scheme != "varnish" and not parts.username):
        raise refuse(name, _after_the_password(value), takes)
    return value


def email(name: str, default_path: Path) -> dict:
    """Django's EMAIL_* settings; without a server, messages are files in a folder."""
    value = text(name)
    if not value:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": default_path,
        }
    takes = "smtp://user:password@host:port (smtp+tls:// for STARTTLS, smtps:// for TLS from the start)"
    parts = _split(name, value, ("smtp", "smtp+tls", "smtps"), takes)
    if not parts.hostname or parts.path.strip("/") or parts.query:
        raise refuse(name, _without_password(parts), takes)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
    }


def _split(name: str, value: str, schemes: tuple[str, ...], takes: str) -> SplitResult:
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018 (reading it is what checks it)
    except ValueError:
        raise refuse(name, _after_the_password(value), takes) from None
    if parts.scheme not in schemes:
        raise refuse(name, _without_password(parts), takes)
    return parts


def _after_the_password(value: str) -> str:
    """What is safe to say of an address of which we are not sure where its parts begin and end."""
    before, at, rest = value.rpartition("@")
    return f"{before.partition('://')[0]}://***@{rest}" if at else rest


def _without_password(parts: SplitResult) -> str:
    """Errors end in logs; passwords must not."""
    if parts.password is None:
        return parts.geturl()
    return parts._replace(netloc=f"{parts.username}:***@{parts.netloc.rpartition('@')[2]}").geturl()
