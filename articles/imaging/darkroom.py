"""Pictures are decoded and encoded in a process of its own, so that a hostile file hurts nothing else.

The same two functions as in `originals` and `renditions`. Each call starts a Python that knows only those
modules, takes away from it what it does not need (environment, memory, processor time, files to write) and
hands it the picture through a pipe. What comes back is looked at before it is believed: JSON and bytes, never
pickles.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import struct
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import closing, suppress
from pathlib import Path
from threading import Thread, Timer
from typing import IO, Any, NoReturn, cast

from articles.imaging import originals, renditions
from articles.imaging.facts import LONGEST as LONGEST_FACTS
from articles.imaging.originals import MAX_SIDE, Original, UnusablePicture
from articles.imaging.renditions import Plan, Rendition

log = logging.getLogger(__name__)

# Measured: the largest pictures that are accepted stay below 250 MB, and what asks for them needs 60 more.
MEMORY = 280 * 1024 * 1024
# For one picture, in seconds of the processor; on the clock longer, since it is shared with others. Somebody
# waits while a picture is normalised, nobody while its renditions are made.
PROCESSOR = 60
CLOCK = {"normalise": 60, "render": 300}
# What may come back at once: an original of 16 million pixels that compresses badly.
LONGEST = 128 * 1024 * 1024
LONGEST_HEADER = 64 * 1024
FACTS = {*LONGEST_FACTS, "taken_on"}
HEAD = struct.Struct(">II")
SIGNATURES = {
    "jpg": b"\xff\xd8\xff",
    "png": b"\x89PNG\r\n\x1a\n",
    "webp": b"RIFF",
    "avif": b"\0\0\0",
    "svg": b"<svg ",
}
FAILED = "The picture could not be read. Save it anew, as JPEG, and try again."
BUSY = "The server cannot look at pictures at the moment. Try again in a while."
SLOW = "The picture takes too long to read. Save it smaller, as JPEG, and try again."
# -I: whatever lies in the working directory, or is said in the environment, is not for this Python.
BOOT = "import sys; sys.path.insert(0, sys.argv[1]); from articles.imaging import darkroom; darkroom.work()"
COMMAND = [sys.executable, "-IB", "-c", BOOT, str(Path(__file__).resolve().parents[2])]

Record = tuple[dict[str, Any], bytes]


def normalise(data: bytes, kind: str = "photograph") -> Original:
    """As `originals.normalise`, elsewhere. Raises UnusablePicture, whatever happens there."""
    with closing(_ask({"work": "normalise", "kind": kind}, data)) as answers:
        try:
            (header, content), (_, preview) = next(answers), next(answers)
            return _original(header, content, preview)
        except UnusablePicture:
            raise
        except (StopIteration, AttributeError, LookupError, TypeError, ValueError) as fault:
            raise UnusablePicture(FAILED) from fault


def render(data: bytes, wanted: Plan, focal_point: tuple[float, float]) -> Iterator[tuple[Rendition, bytes]]:
    """As `renditions.render`, elsewhere, one at a time. Closing it early ends the other process."""
    missing = set(wanted)
    request = {"work": "render", "wanted": wanted, "focal_point": focal_point}
    with closing(_ask(request, data)) as answers:
        for header, content in answers:
            named = header.get("rendition")
            rendition = next((each for each in missing if list(each) == named), None)
            if rendition is None or not content.startswith(SIGNATURES[rendition[2]]):
                raise UnusablePicture(FAILED)
            missing.remove(rendition)
            yield rendition, content
    if missing:
        raise UnusablePicture(FAILED)


# Here: asking, and looking at what is answered.


def _ask(request: dict[str, Any], data: bytes) -> Generator[Record]:
    process = _started()
    question, answers = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
    watch = Timer(CLOCK[request["work"]], process.kill)
    watch.daemon = True
    watch.start()
    try:
        with suppress(BrokenPipeError):  # it died over it; there will be no answer
            _send(question, request, data)
        while record := _receive(answers):
            yield _checked(record)
        if process.wait() != 0:
            log.warning("The darkroom ended with status %s", process.returncode)
            slow = process.returncode == -signal.SIGXCPU or not watch.is_alive()
            raise UnusablePicture(SLOW if slow else FAILED)
    finally:
        watch.cancel()
        process.kill()
        process.wait()
        answers.close()
        with suppress(BrokenPipeError):
            question.close()


def _started() -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603
            COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"MALLOC_ARENA_MAX": "1", "LC_ALL": "C.UTF-8"},
            cwd="/",
        )
    except OSError as fault:
        log.exception("No darkroom")
        raise UnusablePicture(BUSY) from fault


def _checked(record: Record) -> Record:
    header, _ = record
    if "refused" in header:
        raise UnusablePicture(str(header["refused"])[:300])
    if "fault" in header:
        log.error("The darkroom failed:\n%s", str(header["fault"])[:10_000])
        raise UnusablePicture(FAILED)
    return record


def _original(header: dict[str, Any], content: bytes, preview: bytes) -> Original:
    """What came back, if it is what it must be."""
    extension, (x, y) = header["extension"], header["focal_point"]
    fallback = "png" if extension == "png" else "jpg"
    if extension not in ("jpg", "png", "webp", "svg") or not content.startswith(SIGNATURES[extension]):
        raise ValueError("not a picture")
    if not preview.startswith(b"" if extension == "svg" else SIGNATURES[fallback]):
        raise ValueError("not a preview")
    width, height, fingerprint = int(header["width"]), int(header["height"]), header["fingerprint"]
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE and 0.0 <= x <= 1.0 and 0.0 <= y <= 1.0):
        raise ValueError("not a size, or not a place")
    return Original(
        data=content,
        extension=extension,
        width=width,
        height=height,
        preview=preview,
        colour=str(header["colour"])[:7],
        fingerprint=None if fingerprint is None else int(fingerprint),
        focal_point=(float(x), float(y)),
        is_animated=bool(header["is_animated"]),
        facts={name: str(value) for name, value in header["facts"].items() if name in FACTS},
    )


# Both sides: a record is two lengths, a header and bytes.


def _send(pipe: IO[bytes], header: dict[str, Any], content: bytes) -> None:
    encoded = json.dumps(header).encode()
    pipe.write(HEAD.pack(len(encoded), len(content)) + encoded)
    pipe.write(content)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> Record | None:
    """The next record, or nothing at the end; what is no record counts as none."""
    head = pipe.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    header_length, length = HEAD.unpack(head)
    if header_length > LONGEST_HEADER or length > LONGEST:
        return None
    header, content = pipe.read(header_length), pipe.read(length)
    try:
        decoded = json.loads(header)
    except ValueError:
        return None
    return (decoded, content) if isinstance(decoded, dict) and len(content) == length else None


# There: the process that does the work.


def work() -> None:
    """What the other process does: one request in, its answers out."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    sys.excepthook = lambda kind, fault, trace: _confess(answers, fault)
    _restrict()
    request = _receive(sys.stdin.buffer)
    if request is None:
        return
    Thread(target=_end_with_parent, daemon=True).start()
    try:
        for header, content in _answers(*request):
            _send(answers, header, content)
    except UnusablePicture as refusal:
        _send(answers, {"refused": str(refusal)}, b"")
    except MemoryError:
        _send(answers, {"refused": "The picture needs too much memory. Save it smaller, as JPEG."}, b"")


def _answers(request: dict[str, Any], data: bytes) -> Iterator[Record]:
    if request["work"] == "normalise":
        original = originals.normalise(data, request["kind"])
        header = original._asdict()
        content, preview = header.pop("data"), header.pop("preview")
        yield header, content
        yield {}, preview
    else:
        wanted = [tuple(rendition) for rendition in request["wanted"]]
        for rendition, content in renditions.render(data, wanted, request["focal_point"]):
            yield {"rendition": rendition}, content


def _confess(answers: IO[bytes], fault: BaseException) -> None:
    """A mistake of ours is told to the one who keeps the log."""
    import traceback

    with suppress(OSError):
        _send(answers, {"fault": "".join(traceback.format_exception(fault))[-10_000:]}, b"")


def _restrict() -> None:
    """Give away for good what no picture needs. Not every system knows every limit."""
    os.nice(5)
    try:
        import resource
    except ImportError:
        return
    limits = {
        "RLIMIT_DATA": (MEMORY, MEMORY),
        "RLIMIT_CPU": (PROCESSOR, PROCESSOR + 1),  # the first limit ends it by a signal that says why
        "RLIMIT_FSIZE": (0, 0),
        "RLIMIT_CORE": (0, 0),
        "RLIMIT_NOFILE": (32, 32),
    }
    for name, limit in limits.items():
        with suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, name), limit)


def _end_with_parent() -> NoReturn:
    """The parent's end of the pipe closes when it dies, however it dies: nobody waits for the picture."""
    os.read(0, 1)
    os._exit(1)
