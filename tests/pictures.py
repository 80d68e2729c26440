"""Made pictures, and ways to look at those that come back."""

import io
import struct
import zlib

from PIL import Image as Picture


def encoded(picture, kind="JPEG", **options):
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def opened(data):
    picture = Picture.open(io.BytesIO(data))
    picture.load()
    return picture


def two_halves(size=(60, 40), mode="RGB"):
    """Left half red, right half blue: what turns or is cut can be seen."""
    picture = Picture.new(mode, size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    return picture


def scenery(size=(640, 480)):
    """Soft shapes with some grain, much as a photograph has, the same each time."""
    waves = Picture.radial_gradient("L").resize(size)
    slope = Picture.linear_gradient("L").rotate(90).resize(size)
    dots = Picture.new("L", (16, 12))
    dots.putdata([(index * 7919) % 256 for index in range(192)])
    return Picture.merge("RGB", (waves, slope, dots.resize(size, Picture.Resampling.BICUBIC)))


def chunk(kind, data):
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def png(width, height, *chunks, pixels=b"\0" * 1000):
    """A PNG that says it is of that size, with whatever else it is to hold."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = chunk(b"IHDR", header), *chunks, chunk(b"IDAT", zlib.compress(pixels)), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def with_segment(jpeg, marker, content):
    """The JPEG with one more segment at its beginning."""
    return jpeg[:2] + struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content + jpeg[2:]
