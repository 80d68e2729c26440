"""The few inks every demo picture is printed with."""

Colour = tuple[int, int, int]


def _ink(value: str) -> Colour:
    return int(value[0:2], 16), int(value[2:4], 16), int(value[4:6], 16)


INK = _ink("14202b")
NIGHT = _ink("1b3048")
DUSK = _ink("41597a")
HAZE = _ink("8ea3b6")
MIST = _ink("c8d3d6")
PAPER = _ink("f7f0e3")
CREAM = _ink("f0e2c8")
SAND = _ink("e2c899")
STONE = _ink("c3a275")
EARTH = _ink("8f6a45")
BARK = _ink("4b3429")
AMBER = _ink("edb654")
OCHRE = _ink("d0913a")
RUST = _ink("b5562f")
POMEGRANATE = _ink("a91d33")
WINE = _ink("661728")
ROSE = _ink("dd8f7c")
BLUSH = _ink("f2cbb2")
CASPIAN = _ink("0f5660")
TEAL = _ink("2f8287")
FOAM = _ink("93c2ba")
MOSS = _ink("667647")
PINE = _ink("22433d")
OLIVE = _ink("9a9555")


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """`one` with `share` (0 to 1) of `other` stirred in."""
    return tuple(round(a + (b - a) * share) for a, b in zip(one, other, strict=True))


def sheer(colour: Colour, opacity: float) -> tuple[int, int, int, int]:
    """The same ink, thinned so that what lies under it shows through."""
    return *colour, round(255 * opacity)
