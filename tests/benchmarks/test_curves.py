from itertools import pairwise
from xml.etree import ElementTree

import pytest

from benchmarks import curves

SVG = "{http://www.w3.org/2000/svg}"


def found(*sizes, **kinds):
    return {
        "machine": {"database": "SQLite 3 <&>"},
        "sizes": [
            {"articles": size, "pages": {kind: {"median_ms": ms[place]} for kind, ms in kinds.items()}}
            for place, size in enumerate(sizes)
        ],
    }


def drawn(*everything, **options):
    return ElementTree.fromstring(curves.draw(everything, **options))


def test_sizes_stand_by_powers_of_ten():
    picture = drawn(found(1_000, 10_000, 100_000, article=[2.0, 2.0, 4.0]), kinds=["article"])
    [points] = [line.get("points").split() for line in picture.iter(f"{SVG}polyline")]
    places = [tuple(map(float, point.split(","))) for point in points]

    assert places[1][0] - places[0][0] == pytest.approx(places[2][0] - places[1][0])
    assert places[0][1] == places[1][1] > places[2][1]


def test_each_database_has_its_panel_and_each_curve_its_label():
    results = found(1_000, 100_000, article=[2.0, 2.5], feed=[3.0, 3.1])
    picture = drawn(results, results, kinds=["article", "feed", "unknown"])
    words = [text.text for text in picture.iter(f"{SVG}text")]

    assert words.count("article 2.5") == words.count("feed 3.1") == 2
    assert words.count("SQLite 3 <&>: median ms of a page rendered anew") == 2


def test_labels_do_not_cover_each_other():
    same = {kind: [5.0, 5.0] for kind in ("article", "feed", "tag")}
    picture = drawn(found(1_000, 100_000, **same), kinds=list(same))
    heights = sorted(float(text.get("y")) for text in picture.iter(f"{SVG}text") if text.get("style"))

    assert min(b - a for a, b in pairwise(heights)) >= curves.LINE


def test_a_single_size_is_a_point():
    picture = drawn(found(1_000, article=[2.0]), kinds=["article"])

    assert len(list(picture.iter(f"{SVG}circle"))) == 1


@pytest.mark.parametrize(("most", "top"), [(0.7, 0.8), (3.4, 4), (4, 4), (48, 60), (101, 200)])
def test_the_scale_ends_at_a_round_number(most, top):
    assert curves.ceiling(most) == pytest.approx(top)
