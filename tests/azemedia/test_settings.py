"""Each case is a start of its own: settings are read once per process."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "SECRET_KEY": "a long row of random characters, in earnest " * 2,
    "ALLOWED_HOSTS": "news.example.org,www.example.org",
    "SITE_URL": "https://news.example.org",
}
ASK = """
import json
from azemedia import settings
print(json.dumps({{name: getattr(settings, name) for name in {}}}, default=str))
"""
KEEP_A_NAME = """
import django
django.setup()
from django.core.cache import cache
cache.set("name", "Bakı")
print(cache.get("name"))
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port):
    for _ in range(100):
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(f"nobody answers on port {port}")


def start(tmp_path, code, **variables):
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), **variables}
    command = [sys.executable, "-c", code] if isinstance(code, str) else [sys.executable, *code]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)


@pytest.fixture
def settings_of(tmp_path):
    def read(*names, **variables):
        done = start(tmp_path, ASK.format(names), **variables)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return read


@pytest.fixture
def refusal_of(tmp_path):
    def read(**variables):
        done = start(tmp_path, "from azemedia import settings", **variables)
        assert done.returncode != 0, "it started"
        return (
            done.stderr.strip().splitlines()[-1].removeprefix("django.core.exceptions.ImproperlyConfigured: ")
        )

    return read


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_production_refuses_to_start_without(name, refusal_of):
    message = refusal_of(**{**PRODUCTION, name: ""})

    assert message.startswith(f"{name} is not set. It takes ")


def test_the_server_itself_refuses_and_says_why(tmp_path):
    done = start(tmp_path, ["-m", "gunicorn", "--check-config", "azemedia.wsgi"])

    assert done.returncode != 0
    assert "SECRET_KEY is not set. It takes at least 50 random characters" in done.stderr


@pytest.mark.parametrize(
    ("name", "given", "takes"),
    [
        ("DEBUG", "yes", "true or false"),
        ("ALLOWED_HOSTS", ",", "the host names that the site answers to"),
        ("SITE_URL", "news.example.org", "an address such as https://news.example.org"),
        ("SITE_URL", "https://news.example.org/news/", "an address such as https://news.example.org"),
        ("SITE_URL", "https://news.example.org:https", "an address such as https://news.example.org"),
        ("DATABASE_URL", "postgress://db/azemedia", "sqlite:////absolute/path or postgres://"),
        ("DATABASE_URL", "postgres://db", "sqlite:////absolute/path or postgres://"),
        ("DATABASE_URL", "postgres://db/azemedia?pool=yes", "?pool=true or ?pool=false"),
        ("DATABASE_URL", "sqlite:///azemedia.sqlite3", "sqlite:////absolute/path"),
        ("REDIS_URL", "localhost:6379", "redis://host:6379/0"),
        ("EMAIL_URL", "smpt://mail.example.org", "smtp://user:password@host:port"),
        ("EMAIL_URL", "smtp://mail.example.org:twentyfive", "smtp://user:password@host:port"),
        ("ADMINS", "Leyla", "e-mail addresses separated by commas"),
        ("TIME_ZONE", "Baku", "a time zone's name such as Asia/Baku"),
        ("TRUSTED_PROXY_COUNT", "one", "a whole number"),
        ("HSTS_SECONDS", "-1", "a whole number"),
        ("LOG_FORMAT", "xml", "text or json"),
        ("LOG_LEVEL", "chatty", "DEBUG or INFO or WARNING or ERROR"),
    ],
)
def test_a_value_that_is_not_understood_is_named_with_what_it_takes(name, given, takes, refusal_of):
    message = refusal_of(**{**PRODUCTION, name: given})

    assert message.startswith(f"{name} is '{given}', but takes ")
    assert takes in message


@pytest.mark.parametrize("name", ["DATABASE_URL", "EMAIL_URL", "REDIS_URL"])
@pytest.mark.parametrize("port", ["5432", "none"])
def test_a_refusal_never_shows_the_password(name, port, refusal_of):
    message = refusal_of(**{**PRODUCTION, name: f"oracle://user:hunter2@db:{port}/azemedia"})

    assert name in message
    assert "hunter2" not in message


def test_a_database_gets_its_folder_or_the_reason_why_not(tmp_path, settings_of, refusal_of):
    settings_of("DEBUG", **PRODUCTION, DATABASE_URL=f"sqlite:///{tmp_path}/new/folder/azemedia.sqlite3")
    assert (tmp_path / "new" / "folder").is_dir()

    (tmp_path / "file").touch()
    message = refusal_of(**PRODUCTION, DATABASE_URL=f"sqlite:///{tmp_path}/file/azemedia.sqlite3")
    assert message == f"There is no folder for the database, {tmp_path}/file/azemedia.sqlite3: File exists."


def test_development_needs_one_word(settings_of):
    settings = settings_of("DEBUG", "SITE_URL", "HTTPS", DEBUG="true")

    assert settings == {"DEBUG": True, "SITE_URL": "http://localhost:8000", "HTTPS": False}


def test_without_site_url_production_lives_on_https_at_its_first_host(settings_of):
    settings = settings_of("SITE_URL", "SESSION_COOKIE_SECURE", **{**PRODUCTION, "SITE_URL": ""})

    assert settings == {"SITE_URL": "https://news.example.org", "SESSION_COOKIE_SECURE": True}


def test_what_make_run_decided_holds_for_manage_py_and_the_environment_goes_before_it(tmp_path, settings_of):
    (tmp_path / "run.env").write_text(
        "# kept\nSECRET_KEY=from-the-file\nALLOWED_HOSTS=localhost\nSITE_URL=http://localhost:8123\n"
    )

    settings = settings_of("SECRET_KEY", "SITE_URL", SITE_URL="http://localhost:9000")

    assert settings == {"SECRET_KEY": "from-the-file", "SITE_URL": "http://localhost:9000"}


def test_a_database_address_is_read_to_the_letter(settings_of):
    database = settings_of(
        "DATABASES",
        **PRODUCTION,
        DATABASE_URL="postgres://us%40er:p%2Fw@%2Frun%2Fpostgresql:5433/azemedia?sslmode=require&pool=true",
    )["DATABASES"]["default"]

    assert (database["USER"], database["PASSWORD"], database["HOST"]) == ("us@er", "p/w", "/run/postgresql")
    assert (database["PORT"], database["NAME"]) == ("5433", "azemedia")
    assert database["OPTIONS"] == {"sslmode": "require", "pool": True}
    assert database["CONN_MAX_AGE"] == 0


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://mail.example.org", 25, False, False),
        ("smtp+tls://me%40example.org:p%40ss@mail.example.org", 587, True, False),
        ("smtps://mail.example.org:2465", 2465, False, True),
    ],
)
def test_a_mail_server_is_reached_as_its_address_says(url, port, tls, ssl, settings_of):
    settings = settings_of(
        "EMAIL_HOST",
        "EMAIL_PORT",
        "EMAIL_USE_TLS",
        "EMAIL_USE_SSL",
        "EMAIL_HOST_USER",
        **PRODUCTION,
        EMAIL_URL=url,
    )

    assert settings == {
        "EMAIL_HOST": "mail.example.org",
        "EMAIL_PORT": port,
        "EMAIL_USE_TLS": tls,
        "EMAIL_USE_SSL": ssl,
        "EMAIL_HOST_USER": "me@example.org" if tls else "",
    }


def test_without_servers_mail_and_cache_are_files_in_the_data_folder(tmp_path, settings_of):
    settings = settings_of("EMAIL_FILE_PATH", "CACHES", "MEDIA_ROOT", **PRODUCTION)

    assert settings["EMAIL_FILE_PATH"] == str(tmp_path / "mail")
    assert settings["CACHES"]["default"]["LOCATION"] == str(tmp_path / "cache")
    assert settings["MEDIA_ROOT"] == str(tmp_path / "media")


def test_pictures_may_come_from_the_address_of_a_cdn_and_from_no_other(settings_of):
    def sources(**variables):
        policy = settings_of("CONTENT_SECURITY_POLICY", **PRODUCTION, **variables)["CONTENT_SECURITY_POLICY"]
        return policy["DIRECTIVES"]["img-src"]

    assert sources() == ["'self'", "data:"]
    assert sources(MEDIA_URL="https://cdn.example.org:444/media/")[2:] == ["https://cdn.example.org:444"]


def test_deployed_as_recommended_django_finds_nothing_to_warn_of(tmp_path):
    done = start(tmp_path, ["manage.py", "check", "--deploy", "--fail-level", "DEBUG"], **PRODUCTION)

    assert done.returncode == 0, done.stderr
    assert "(0 silenced)" in done.stdout


def test_the_example_lists_every_variable_and_no_other():
    code = "".join(
        (ROOT / path).read_text() for path in ("azemedia/settings.py", "gunicorn.conf.py", "bin/run.py")
    )
    asked = set(re.findall(r"""environment\.\w+\(\s*"([A-Z_]+)\"""", code)) | set(
        re.findall(r"""os\.environ\.get\(["']([A-Z_]+)["']""", code)
    )
    listed = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))

    assert asked | {"DEMO_PASSWORD"} == listed


def test_the_example_is_understood_as_it_stands(settings_of):
    lines = re.findall(r"^([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE)
    example = {name: value for name, value in lines if name != "DATA_DIR"}

    assert (
        settings_of("SITE_URL", **example | {"SECRET_KEY": "x" * 60})["SITE_URL"]
        == "https://news.example.org"
    )


def test_redis_is_the_cache_where_there_is_one(tmp_path, program):
    port = free_port()
    command = [
        program("redis-server"),
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--appendonly",
        "no",
    ]
    redis = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL)
    try:
        wait_for(port)
        done = start(
            tmp_path,
            KEEP_A_NAME,
            **PRODUCTION,
            REDIS_URL=f"redis://127.0.0.1:{port}/0",
            DJANGO_SETTINGS_MODULE="azemedia.settings",
        )
    finally:
        redis.terminate()
        redis.wait(10)

    assert done.stdout == "Bakı\n", done.stderr
