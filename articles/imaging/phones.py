"""HEIC, the format of phones: decoded, never made."""

from __future__ import annotations

from typing import Any

from PIL import Image

from articles.imaging import colours


class PhonePicture:
    """As much of Pillow's picture as is needed, without a second copy of all its pixels."""

    format = "HEIF"

    def __init__(self, source: Any) -> None:
        self.source = source
        self.size: tuple[int, int] = source.size
        self.info: dict[str, Any] = source.info

    @property
    def width(self) -> int:
        return self.size[0]

    @property
    def height(self) -> int:
        return self.size[1]

    def getexif(self) -> Image.Exif:
        """Without the orientation: the decoder has applied the one that counts."""
        exif = Image.Exif()
        if self.info.get("exif"):
            exif.load(self.info["exif"])
        exif[0x0112] = 1
        return exif

    def close(self) -> None:
        self.source = None

    def crop(self, box: tuple[int, int, int, int]) -> Image.Image:
        """A band of the picture, over its whole width."""
        _, first, width, last = box
        data, stride, mode = self.source.data, self.source.stride, self.source.mode
        rows = data[first * stride : last * stride]
        return Image.frombytes(mode, (width, last - first), rows, "raw", mode, stride)


def opened(data: bytes) -> PhonePicture:
    # Not before one comes: the library takes time to load.
    from pi_heif import HeifFile, options

    options.DECODE_THREADS = 1
    options.THUMBNAILS = options.DEPTH_IMAGES = options.AUX_IMAGES = False
    file = HeifFile(data, convert_hdr_to_8bit=True)
    picture = PhonePicture(file[file.primary_index])
    video = picture.info.get("nclx_profile")
    if video and not picture.info.get("icc_profile"):
        numbers = video["color_primaries"], video["transfer_characteristics"]
        picture.info["icc_profile"] = colours.profile_of(*(int(number) for number in numbers))
    return picture
