"""The demo's drawings: every one at the asked size, the same every time, no two alike."""

import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from articles.demo.pictures import LOGOS, SCENES, draw

SMALL = (240, 160)
PAINTED = tuple(scene for scene in SCENES if scene not in LOGOS)


def fingerprint(image):
    return hashlib.sha256(image.tobytes()).hexdigest()


@pytest.mark.parametrize("scene", PAINTED)
def test_a_scene_comes_out_in_full_colour_at_the_size_asked_for(scene):
    image = draw(scene, SMALL)
    assert image.size == SMALL
    assert image.mode == "RGB"


@pytest.mark.parametrize("scene", SCENES)
def test_a_scene_is_the_same_every_time(scene):
    assert fingerprint(draw(scene, SMALL)) == fingerprint(draw(scene, SMALL))


def test_no_two_scenes_look_alike():
    assert len({fingerprint(draw(scene, SMALL)) for scene in SCENES}) == len(SCENES)


def test_another_process_draws_the_same_picture_and_needs_nothing_of_the_site_to_do_so():
    program = "import hashlib; from pictures import draw; "
    program += f"print(hashlib.sha256(draw('ship', {SMALL}).tobytes()).hexdigest())"
    demo = Path(__file__).parents[3] / "articles" / "demo"
    answer = subprocess.run(
        [sys.executable, "-c", program],
        cwd=demo,
        env={**os.environ, "PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.strip() == fingerprint(draw("ship", SMALL))


def test_a_scene_is_a_large_three_by_two_picture_unless_told_otherwise():
    assert draw("graph").size == (1600, 1067)


@pytest.mark.parametrize("size", [(300, 300), (320, 180), (90, 240)])
def test_other_proportions_keep_the_middle_of_the_picture(size):
    assert draw("portrait-a", size).size == size


@pytest.mark.parametrize("scene", ["carpet", "market", "library"])
def test_even_a_busy_picture_is_a_light_file(scene):
    file = io.BytesIO()
    draw(scene).save(file, "JPEG", quality=85)
    assert file.tell() < 420_000


@pytest.mark.parametrize("logo", LOGOS)
def test_a_logo_stands_on_a_clear_ground(logo):
    image = draw(logo)
    assert image.size == (400, 160)
    assert image.mode == "RGBA"
    assert image.getchannel("A").getextrema() == (0, 255)
    assert image.getpixel((0, 0))[3] == 0


def test_there_are_a_dozen_portraits_and_four_logos():
    portraits = [scene for scene in SCENES if scene.startswith("portrait-")]
    assert portraits == [f"portrait-{letter}" for letter in "abcdefghijkl"]
    assert len(LOGOS) == 4


def test_an_unknown_scene_is_refused_and_the_known_ones_are_named():
    with pytest.raises(ValueError, match=r"caspian-dawn.*tea-glass.*logo-a"):
        draw("atlantis")
