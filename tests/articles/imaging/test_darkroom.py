import json
import os
import signal
import struct
import subprocess
import sys
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image as Picture

from articles.imaging import darkroom, originals, renditions
from articles.imaging.darkroom import UnusablePicture, normalise, render
from articles.imaging.renditions import plan
from tests.pictures import chunk, encoded, opened, png, scenery

ROOT = Path(__file__).resolve().parents[3]
# Of the 300 that a worker may take, its own process needs 60.
MEGABYTES = 240

# Looks at each file in turn and tells what came of it, its time on the processor, and the most memory that
# any of the processes needed so far.
WATCH = """
import json, resource, sys
from pathlib import Path
from articles.imaging import darkroom
for path in sys.argv[1:]:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        original = darkroom.normalise(Path(path).read_bytes(), "graphic")
        outcome = f"{original.extension} {original.width}x{original.height}"
    except darkroom.UnusablePicture as refusal:
        outcome = str(refusal)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(json.dumps([outcome, seconds, after.ru_maxrss / 1024]), flush=True)
"""


def watched(folder, files):
    """What became of each of the files (name: bytes) in a darkroom, with its cost."""
    paths = []
    for index, data in enumerate(files.values()):
        paths.append(folder / str(index))
        paths[-1].write_bytes(data)
    command = [sys.executable, "-c", WATCH, *map(str, paths)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=True)
    return dict(zip(files, map(json.loads, ran.stdout.splitlines()), strict=True))


def darkroom_that(code):
    """The command of another process in the darkroom's place."""
    boot = "import os, sys, time; sys.path.insert(0, sys.argv[1]); from articles.imaging import darkroom\n"
    return [sys.executable, "-I", "-c", boot + code, str(ROOT)]


def answer(header, content=b""):
    return f"darkroom._send(sys.stdout.buffer, {header!r}, {content!r})"


def gone(pid):
    """Whether the process is no more, within a while."""
    for _ in range(200):
        state = Path(f"/proc/{pid}/stat")
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


def children(pid):
    command = ["ps", "-o", "pid=,comm=", "--ppid", str(pid)]
    found = subprocess.run(command, capture_output=True, text=True).stdout
    return {int(line.split()[0]) for line in found.splitlines() if line.split()[1] != "ps"}


# The same as without it.


@pytest.mark.parametrize("kind", ["photograph", "graphic"])
def test_a_picture_comes_out_as_if_it_had_been_made_here(kind):
    exif = Picture.Exif()
    exif[0x010E] = "Körpü üstündə"
    for picture in (scenery((1200, 800)), scenery().convert("LA")):
        data = encoded(picture, "PNG", exif=exif)

        assert normalise(data, kind) == originals.normalise(data, kind)


def test_renditions_come_out_as_if_they_had_been_made_here():
    data = encoded(scenery((700, 500)))
    wanted = plan(700, 500, "jpg")

    assert list(render(data, wanted, (0.2, 0.3))) == list(renditions.render(data, wanted, (0.2, 0.3)))


def test_a_logo_comes_out_cleaned():
    logo = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script/><path d="M0 0h9"/></svg>'

    assert normalise(logo, "logo") == originals.normalise(logo, "logo")


def test_a_refusal_is_told_in_the_same_words():
    with pytest.raises(UnusablePicture, match="This is not a JPEG, PNG"):
        normalise(b"<html>")
    with pytest.raises(UnusablePicture, match="empty"):
        normalise(b"")


def test_damaged_originals_have_no_renditions():
    for data in (b"", b"<html>", encoded(scenery())[:900]):
        with pytest.raises(UnusablePicture):
            list(render(data, [("full", 320, "jpg")], (0.5, 0.5)))


def test_several_can_be_asked_at_once():
    pictures = [encoded(scenery((200 + number, 150))) for number in range(8)]

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(normalise, pictures))

    assert [original.width for original in found] == list(range(200, 208))


# Alone.


def test_the_other_process_knows_no_django():
    code = "import articles.imaging.originals; assert not {'django', 'numpy', 'pi_heif'} & set(sys.modules)"

    subprocess.run(darkroom_that(code), check=True)


def test_the_other_process_is_told_nothing_of_this_one(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "never to be seen")
    said = '{"refused": ",".join(os.environ) + os.getcwd()}'
    monkeypatch.setattr(darkroom, "COMMAND", darkroom_that(f"darkroom._send(sys.stdout.buffer, {said}, b'')"))

    with pytest.raises(UnusablePicture, match=r"^[A-Z_,]+/$") as told:
        normalise(b"x")

    assert "SECRET" not in str(told.value)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems know other limits")
@pytest.mark.parametrize(
    "deed",
    [
        "os.write(os.open({path!r}, os.O_CREAT | os.O_WRONLY), b'x')",
        "bytearray(darkroom.MEMORY)",
        "[open('/dev/null') for _ in range(50)]",
    ],
)
def test_the_other_process_cannot_write_nor_take_much(monkeypatch, tmp_path, deed):
    code = f"""
darkroom._restrict()
try:
    {deed.format(path=str(tmp_path / "written"))}
except (OSError, MemoryError) as fault:
    darkroom._send(sys.stdout.buffer, {{"refused": type(fault).__name__}}, b"")
"""
    monkeypatch.setattr(darkroom, "COMMAND", darkroom_that(code))

    with pytest.raises(UnusablePicture, match=r"OSError|MemoryError"):
        normalise(b"x")


# Whatever happens there.

GOOD = {
    "extension": "jpg", "width": 5, "height": 5, "colour": "#000000", "fingerprint": 1,
    "focal_point": [0.5, 0.5], "is_animated": False, "facts": {},
}  # fmt: skip
JPEG = b"\xff\xd8\xff"


def test_a_good_answer_is_believed(monkeypatch):
    facts = {"caption": "A bridge", "is_superuser": "yes"}
    code = answer(GOOD | {"facts": facts}, JPEG) + ";" + answer({}, JPEG)
    monkeypatch.setattr(darkroom, "COMMAND", darkroom_that(code))

    original = normalise(b"x")

    assert (original.data, original.facts) == (JPEG, {"caption": "A bridge"})


@pytest.mark.parametrize(
    "code",
    [
        "pass",
        "sys.exit(3)",
        "os.kill(os.getpid(), 11)",
        "os.kill(os.getpid(), 9)",
        "os.close(0); os.close(1)",
        "print('<html>' * 10_000)",
        "sys.stdout.buffer.write(b'\\xff' * 100)",
        "sys.stdout.buffer.write(darkroom.HEAD.pack(5, 0) + b'[1,2]')",
        "sys.stdout.buffer.write(darkroom.HEAD.pack(5, 0) + b'nojson')",
        "sys.stdout.buffer.write(darkroom.HEAD.pack(2, 2**31) + b'{}')",
        answer({}, b"x"),
        answer(GOOD, JPEG),
        answer(GOOD, b"<html>") + ";" + answer({}, JPEG),
        answer(GOOD, JPEG) + ";" + answer({}, b"<html>"),
        answer(GOOD | {"extension": "html"}, b"<html>") + ";" + answer({}, JPEG),
        answer(GOOD | {"width": 10**9}, JPEG) + ";" + answer({}, JPEG),
        answer(GOOD | {"width": "wide"}, JPEG) + ";" + answer({}, JPEG),
        answer(GOOD | {"focal_point": [7, 0.5]}, JPEG) + ";" + answer({}, JPEG),
        answer(GOOD | {"facts": None}, JPEG) + ";" + answer({}, JPEG),
        answer({"fault": "Traceback"}),
    ],
)  # fmt: skip
def test_whatever_goes_wrong_there_is_a_sentence_here(monkeypatch, code):
    monkeypatch.setattr(darkroom, "COMMAND", darkroom_that(code))

    with pytest.raises(UnusablePicture, match="could not be read"):
        normalise(b"x" * 1_000_000)


@pytest.mark.parametrize(
    "code",
    [
        "pass",
        answer({"rendition": ["full", 320, "jpg"]}, JPEG),
        answer({"rendition": ["full", 999, "jpg"]}, JPEG),
        answer({"rendition": "full"}, JPEG),
        answer({"rendition": ["full", 320, ["jpg"]]}, JPEG),
        answer({"rendition": ["full", 320, "webp"]}, b"<html>"),
        "os.kill(os.getpid(), 11)",
    ],
)
def test_renditions_that_were_not_asked_for_or_do_not_come_are_noticed(monkeypatch, code):
    monkeypatch.setattr(darkroom, "COMMAND", darkroom_that(code))

    with pytest.raises(UnusablePicture, match="could not be read"):
        list(render(b"x", [("full", 320, "jpg"), ("full", 320, "webp")], (0.5, 0.5)))


def test_who_never_answers_is_not_waited_for(monkeypatch):
    monkeypatch.setitem(darkroom.CLOCK, "normalise", 1)
    monkeypatch.setattr(darkroom, "COMMAND", darkroom_that("time.sleep(60)"))
    started = time.monotonic()

    with pytest.raises(UnusablePicture, match="too long"):
        normalise(b"x" * 1_000_000)

    assert time.monotonic() - started < 20


def test_who_thinks_too_long_is_stopped(monkeypatch):
    code = "darkroom.PROCESSOR = 1; darkroom._restrict()\nwhile True: pass"
    monkeypatch.setattr(darkroom, "COMMAND", darkroom_that(code))

    with pytest.raises(UnusablePicture, match="too long"):
        normalise(b"x")


def test_a_python_that_cannot_be_started_is_our_trouble_not_the_pictures(monkeypatch):
    monkeypatch.setattr(darkroom, "COMMAND", ["/nowhere/python"])

    with pytest.raises(UnusablePicture, match="at the moment"):
        normalise(b"x")


def test_a_mistake_of_ours_is_logged_with_its_place(monkeypatch, caplog):
    code = "darkroom.originals.normalise = lambda data, kind: 1 / 0; darkroom.work()"
    monkeypatch.setattr(darkroom, "COMMAND", darkroom_that(code))

    with pytest.raises(UnusablePicture, match="could not be read"):
        normalise(b"x")

    assert "ZeroDivisionError" in caplog.text


# Nothing is left behind.


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_the_other_process_ends_with_this_one():
    code = """
import sys
from articles.imaging import darkroom
from tests.pictures import encoded, scenery
wanted = darkroom.renditions.plan(1900, 1900, "jpg")
answers = darkroom.render(encoded(scenery((1900, 1900))), wanted, (0.5, 0.5))
next(answers)
print("started", flush=True)
sys.stdin.read()
"""
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout.readline() == b"started\n"
        (child,) = children(parent.pid)
        os.kill(parent.pid, signal.SIGKILL)

    assert gone(child)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_who_stops_listening_ends_the_other_process():
    before = children(os.getpid())
    answers = render(encoded(scenery((1900, 1900))), plan(1900, 1900, "jpg"), (0.5, 0.5))
    next(answers)
    (child,) = children(os.getpid()) - before
    answers.close()

    assert gone(child)


def test_no_zombies_stay():
    code = """
import os, subprocess
from articles.imaging import darkroom
for data in (b"", b"x", b"<svg"):
    try:
        darkroom.normalise(data)
    except darkroom.UnusablePicture:
        pass
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    print("none")
"""
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert ran.stdout == "none\n"


# What it costs.


def gif_of_many_frames():
    frame = encoded(Picture.new("L", (2, 2)), "GIF")
    start = frame.index(b",")
    return frame[:start] + frame[start:-1] * 1_000_000 + b";"


def tiff_with_a_huge_strip():
    return encoded(Picture.new("L", (8, 8)), "TIFF", tiffinfo={}).replace(
        struct.pack("<HHII", 256, 4, 1, 8), struct.pack("<HHII", 256, 4, 1, 5_000_000)
    )


@pytest.mark.skipif(sys.platform != "linux", reason="other systems count memory otherwise")
def test_hostile_files_cost_little(tmp_path):
    noise = Picture.effect_noise((1000, 1000), 90).convert("RGB")
    files = {
        "wide header": png(50_000, 50_000),
        "bomb just below the limit": png(5480, 5480, pixels=b"\0" * 5481 * 5480),
        "note that is a bomb": png(4, 4, chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(100_000_000)))),
        "profile that is a bomb": png(4, 4, chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(100_000_000)))),
        "screen of a giant": b"GIF89a\xff\xff\xff\xff\0\0\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0;",
        "frames without end": gif_of_many_frames(),
        "strip of a giant": tiff_with_a_huge_strip(),
        "cut off": encoded(noise)[:200_000],
        "scans without end": encoded(noise, progressive=True) + b"\xff\xda\0\x08" * 100_000,
        "page": b"<!doctype html>" * 1_000_000,
        "archive": b"PK\3\4" + bytes(20_000_000),
        "zeros": bytes(20_000_000),
        "entities": b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>',
        "column": encoded(Picture.new("RGB", (1, 10_000)), "PNG"),
        "line": encoded(Picture.new("RGB", (10_000, 1)), "PNG"),
    }
    found = watched(tmp_path, files)

    refused = {name: seconds for name, (told, seconds, _) in found.items() if told.endswith(".")}
    assert {name: seconds for name, seconds in refused.items() if seconds > 1.0} == {}
    assert max(peak for _, _, peak in found.values()) < MEGABYTES
    taken = {name for name, (outcome, _, _) in found.items() if not outcome.endswith(".")}
    assert taken <= {"column", "line", "bomb just below the limit"}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems count memory otherwise")
def test_the_largest_pictures_that_are_accepted_leave_room_for_who_asks(tmp_path):
    def large(megapixels, kind, mode="RGB", **options):
        width = int((megapixels * 1_500_000) ** 0.5)
        picture = Picture.linear_gradient("L").resize((width, int(width / 1.5)), Picture.Resampling.NEAREST)
        return encoded(picture.convert(mode), kind, **options)

    files = {
        "progressive JPEG": large(49, "JPEG", progressive=True),
        "transparent PNG": large(30, "PNG", "RGBA", compress_level=1),
        "WebP": large(12, "WEBP", method=0, lossless=False),
        "AVIF": large(12, "AVIF", speed=10),
        "TIFF": large(24, "TIFF", "CMYK", compression="tiff_lzw"),
    }
    found = watched(tmp_path, files)

    assert {name: outcome for name, (outcome, _, _) in found.items() if outcome.endswith(".")} == {}
    assert max(peak for _, _, peak in found.values()) < MEGABYTES


@pytest.mark.skipif(sys.platform != "linux", reason="other systems count memory otherwise")
@pytest.mark.parametrize("size", [(4000, 4000), (2000, 4000)])
def test_all_renditions_of_the_largest_original_leave_room_for_who_asks(tmp_path, size):
    (tmp_path / "picture").write_bytes(encoded(scenery(size)))
    code = """
import json, resource, sys
from pathlib import Path
from articles.imaging import darkroom, renditions
wanted = [each for each in renditions.plan(*json.loads(sys.argv[2]), "jpg") if each[1] > 960]
for _ in darkroom.render(Path(sys.argv[1]).read_bytes(), wanted, (0.5, 0.5)):
    pass
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""
    command = [sys.executable, "-c", code, str(tmp_path / "picture"), json.dumps(size)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=200)

    assert 50 < int(ran.stdout) < MEGABYTES


def test_what_comes_back_can_be_opened():
    assert opened(normalise(encoded(scenery((100, 80)))).data).size == (100, 80)
