import os
import re
import signal
import subprocess
import sys
import time
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles import pictures
from articles.models import Article, Image
from tests import factories

ROOT = Path(__file__).resolve().parents[4]
pytestmark = pytest.mark.django_db
TAKE_IN = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
from articles import pictures
from tests import factories
for _ in range(3):
    pictures.intake(factories.picture_file((2400, 1600)))
"""


@pytest.fixture
def media_root(settings):
    return settings.MEDIA_ROOT


def renditions(*options):
    out, err = StringIO(), StringIO()
    try:
        call_command("renditions", "--jobs=2", *options, stdout=out, stderr=err)
    except CommandError as failure:
        err.write(str(failure))
    return out.getvalue() + err.getvalue()


def uploaded(size=(300, 200)):
    return pictures.intake(factories.picture_file(size))


def files(media_root):
    return {
        str(path.relative_to(media_root)): path.stat().st_mtime_ns
        for path in media_root.rglob("*")
        if path.is_file()
    }


def age(media_root, hours=2):
    """As if all that lies there had been written long ago."""
    long_ago = time.time() - 3600 * hours
    for path in media_root.rglob("*"):
        os.utime(path, (long_ago, long_ago), follow_symlinks=False)


def test_what_is_missing_is_made_and_nothing_else(media_root):
    waiting, done, robbed = (uploaded() for _ in range(3))
    pictures.make_renditions(done)
    pictures.make_renditions(robbed)
    default_storage.delete(robbed.rendition_name("1x1", 96, "avif"))
    before = files(media_root)

    told = renditions()

    made = len(waiting.plan()) - 1 + 1
    assert f"{made} renditions of 2 pictures" in told
    assert before.items() < files(media_root).items()
    assert set(files(media_root)) == {
        name for each in Image.objects.all() for name in pictures.file_names(each)
    }
    assert not Image.objects.waiting().exists()
    assert "0 renditions of 0 pictures" in renditions()


def test_again_makes_all_of_them_anew_and_before_goes_on_with_the_rest(media_root):
    first, second = uploaded(), uploaded()
    for image in (first, second):
        pictures.make_renditions(image)
    before = files(media_root)
    stopped_at = timezone.now() - timedelta(hours=1)
    Image.objects.filter(pk=second.pk).update(rendered_at=stopped_at - timedelta(hours=1))

    assert f"{len(second.plan())} renditions of 1 picture" in renditions(
        "--again", "--before", stopped_at.isoformat()
    )
    kept = {name for name, written in files(media_root).items() if before[name] == written}
    assert kept == pictures.file_names(first) | {second.original.name}
    assert f"{2 * len(first.plan())} renditions of 2 pictures" in renditions("--again")
    assert Image.objects.filter(claimed_until=None, rendered_at__isnull=False).count() == 2


def test_what_a_worker_has_in_hand_is_left_to_it():
    image = uploaded()
    pictures.claim(image.pk, Image.objects.waiting())

    assert "0 renditions of 0 pictures" in (told := renditions())
    assert "A worker has 1 more in hand." in told


def test_what_cannot_be_made_is_named_at_the_end_and_keeps_no_other_waiting():
    lost, damaged, sound = uploaded(), uploaded(), uploaded()
    default_storage.delete(lost.original.name)
    default_storage.save(damaged.original.name, ContentFile(b"no picture any more"))

    told = renditions()

    assert f"Picture {lost.pk} ({lost.original.name}: " in told
    assert f"Picture {damaged.pk} ({damaged.original.name}: " in told
    assert told.endswith("Without renditions: 2 pictures.")
    sound.refresh_from_db()
    assert sound.rendered_at
    # Asked expressly, it tries what the worker has given up.
    assert renditions().endswith("Without renditions: 2 pictures.")


def test_a_dry_run_changes_nothing(media_root):
    uploaded()
    before = files(media_root)

    assert "Renditions of 1 picture would be made" in renditions("--dry-run")
    assert files(media_root) == before


@pytest.mark.parametrize(
    ("options", "refusal"),
    [(["--before", "2026-01-01"], "goes with --again"), (["--again", "--before", "x"], "time")],
)
def test_a_wrong_option_is_refused_in_words(options, refusal):
    assert refusal in renditions(*options)


# Orphans --------------------------------------------------------------------


def test_orphans_are_removed_and_nothing_that_a_row_names(media_root):
    image = uploaded()
    pictures.make_renditions(image)
    named = factories.article(social_card="cards/ab/abc.jpg")
    default_storage.save(named.social_card, ContentFile(b"card"))
    kept = set(files(media_root))
    orphans = [
        "images/ab/abcdef0123456789/original.jpg",
        "images/ab/abcdef0123456789/full-320.avif",
        "images/stray.jpg",
        f"{image.folder}/16x9-10x10-320.avif",
        f"{image.folder}/.half-written",
        f"images/zz/{image.key}/original.jpg",
        "cards/ab/old.jpg",
    ]
    for name in orphans:
        default_storage.save(name, ContentFile(b"1234567890"))
    age(media_root)

    trial = renditions("--orphans", "--dry-run")
    assert set(files(media_root)) == kept | set(orphans)
    assert all(name in trial for name in orphans)
    assert "7 files (70\xa0bytes) would be removed" in trial
    assert "7 files (70\xa0bytes) removed" in renditions("--orphans")
    assert set(files(media_root)) == kept
    assert not (media_root / "images/ab/abcdef0123456789").exists()
    assert Article.objects.get().social_card in kept


def test_what_was_written_just_now_may_get_its_row_yet(media_root):
    default_storage.save("images/ab/abcdef0123456789/original.jpg", ContentFile(b"1234567890"))

    assert "0 files" in renditions("--orphans")
    assert len(files(media_root)) == 1


# A process of its own -------------------------------------------------------


def test_stopped_in_the_middle_it_says_how_to_go_on(tmp_path):
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "DEBUG": "true"}

    def manage(*arguments):
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            # Tests that run in the background of a shell ignore Ctrl-C, and so would their children.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )  # fmt: skip

    assert manage("shell", "-v0", "-c", TAKE_IN).wait(60) == 0
    again = ["renditions", "--again"]
    for number in (signal.SIGINT, signal.SIGTERM):
        before = files(tmp_path / "media")
        command = manage(*again, "--jobs=1")
        deadline = time.monotonic() + 60
        while len(files(tmp_path / "media").items() - before.items()) < 3:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        command.send_signal(number)
        told = command.communicate(timeout=60)[0]
        assert command.returncode == 1
        assert "Traceback" not in told
        again = re.search(r"To go on: manage.py (renditions --again --before \S+)\n", told)[1].split()

    assert re.search(r"renditions of [1-3] pictures?", manage(*again).communicate(timeout=60)[0])
    assert "0 renditions of 0 pictures" in manage("renditions").communicate(timeout=60)[0]
