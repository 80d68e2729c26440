"""Draw the icons of the installed site: the letter of static/img/favicon.svg, in the sizes devices want."""

from pathlib import Path

from PIL import Image, ImageDraw

OUT = Path(__file__).resolve().parents[1] / "static" / "img"
INK, PAPER, POINT = "#12161d", "#ffffff", "#d2324a"
LETTER = [
    (12.6, 6.2), (14.5, 6.2), (20.9, 23.3), (22.9, 23.8), (22.9, 25.4), (14.9, 25.4), (14.9, 23.8),
    (17.2, 23.3), (15.6, 18.7), (9.4, 18.7), (7.8, 23.2), (10.2, 23.8), (10.2, 25.4), (3.7, 25.4),
    (3.7, 23.8), (5.7, 23.2),
]  # fmt: skip
HOLE = [(9.9, 17), (15, 17), (12.5, 9.7)]
DOT = (26.2, 23.5, 2.4)
BOX = 32
FINE = 8
# What is left of an icon when a device cuts a circle out of it has four fifths of its width.
SCALES = {"any": 1.0, "maskable": 0.72}


def main() -> None:
    for purpose, scale in SCALES.items():
        for size in (192, 512):
            icon = draw(size * FINE, scale).resize((size, size), Image.Resampling.LANCZOS)
            icon.quantize(48).save(OUT / f"icon-{purpose}-{size}.png", optimize=True)


def draw(size: int, scale: float) -> Image.Image:
    def placed(*points: tuple[float, float]) -> list[tuple[float, ...]]:
        return [tuple(size / 2 + (each - BOX / 2) * size / BOX * scale for each in point) for point in points]

    icon = Image.new("RGB", (size, size), INK)
    canvas = ImageDraw.Draw(icon)
    canvas.polygon(placed(*LETTER), PAPER)
    canvas.polygon(placed(*HOLE), INK)
    x, y, radius = DOT
    canvas.ellipse(placed((x - radius, y - radius), (x + radius, y + radius)), POINT)
    return icon


if __name__ == "__main__":
    main()
