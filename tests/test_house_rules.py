"""The habits of the house that a test can keep. Each failure names the file and what to do instead."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CODE = [
    path
    for folder in ("azemedia", "accounts", "articles")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in path.parts
]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# Words by the thousand, not logic.
PROSE = ROOT / "articles" / "demo"


def name(path):
    return str(path.relative_to(ROOT))


def lines_matching(paths, pattern):
    return [
        f"{name(path)}:{number}: {line.strip()}"
        for path in paths
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if re.search(pattern, line)
    ]


def tracked_files():
    """What is in the repository, or about to be; without git, as in a source archive, nothing is known."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / path for path in listed.stdout.split("\0") if path and (ROOT / path).is_file()]


def test_no_module_is_named_after_nothing():
    vague = {"utils", "helpers", "common", "core", "misc", "services", "selectors", "signals", "constants"}

    assert [name(path) for path in CODE if path.stem in vague or vague & set(path.parts)] == []


def test_a_module_fits_in_one_head():
    long = {name(path): len(path.read_text().splitlines()) for path in CODE if PROSE not in path.parents}

    assert {path: length for path, length in long.items() if length >= 400} == {}


def test_functions_are_short():
    long = {
        f"{name(path)}: {node.name}": node.end_lineno - node.lineno + 1
        for path in CODE
        if PROSE not in path.parents
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
    }

    assert {function: length for function, length in long.items() if length > 40} == {}


@pytest.mark.parametrize("module", ["articles/views.py", "accounts/views.py"])
def test_a_page_is_one_short_function(module):
    functions = [
        node for node in ast.parse((ROOT / module).read_text()).body if isinstance(node, ast.FunctionDef)
    ]

    assert [node.name for node in functions if node.end_lineno - node.lineno >= 20] == []


def test_templates_hold_no_script_and_no_style():
    """The content security policy would silently block them."""
    data = r"type=\"(application/(ld\+)?json|importmap)\""
    inline = rf"<style|\sstyle=|\son[a-z]+=[\"']|javascript:|<script(?![^>]*\b(src|{data}))"
    # Mail programs know no style sheets, and no policy either.
    pages = [path for path in TEMPLATES if "emails" not in path.parts]

    assert lines_matching(pages, inline) == []


def test_only_the_cleaned_body_is_trusted():
    assert [
        line
        for line in lines_matching(TEMPLATES, r"\|\s*safe\b|autoescape off")
        if "body_html|safe" not in line
    ] == []


def test_html_is_never_marked_safe_in_passing():
    assert (
        lines_matching(
            [path for path in CODE if path.name != "rendering.py"], r"\b(mark_safe|Markup)\(f|SafeString\("
        )
        == []
    )


def test_what_is_published_is_spelled_once():
    """Ask Article.objects.published(): a filter on the status forgets the date."""
    homes = {"articles/querysets.py", "articles/workflow.py", "articles/filing.py"}
    # Importers speak the other system's words.
    elsewhere = [
        path for path in CODE if name(path) not in homes and not {"models", "importers"} & set(path.parts)
    ]

    assert lines_matching(elsewhere, r"status(__in)?=.*(PUBLISHED|[\"']published)") == []
    assert lines_matching([*elsewhere, *TEMPLATES], r"""status\s*==\s*["']""") == []


TRANSLATED_OR_SILENT = re.compile(
    r"(?s){% (blocktranslate|comment)\b.*?{% end\1 %}|{% block body_class %}.*?{% endblock %}|{#.*?#}"
    r"|<(script|style).*?</\2>"
)
NAMES = {"Aze", "Media", "Aze.Media", "Atom", "Telegram", "WhatsApp", "Facebook", "LinkedIn", "YouTube"}


def unmarked_words(path):
    """What a template says in words of its own: outside its tags, or in an attribute that is read out."""
    text = re.sub(r"(?s){%.*?%}|{{.*?}}", "", TRANSLATED_OR_SILENT.sub("", path.read_text()))
    spoken = re.findall(r"""\s(?:alt|aria-label|placeholder|title)="([^"]*)\"""", text)
    texts = re.sub(r"(?s)<[^>]*>", "\n", text).splitlines()
    said = [each.strip(" –()") for each in (*texts, *spoken)]
    return [words for words in said if re.search(r"[^\W\d_]{2}", words) and words not in NAMES]


def test_what_readers_are_told_is_marked_for_translation():
    """{{ _("...") }} or, in Django's language, {% translate %}; then `make messages`. Names are names."""
    desk = ROOT / "templates" / "admin"
    texts = [*TEMPLATES, *sorted((ROOT / "templates").rglob("*.txt"))]
    unmarked = {name(path): unmarked_words(path) for path in texts if desk not in path.parents}

    assert {path: words for path, words in unmarked.items() if words} == {}


def test_words_stand_where_they_are_looked_for():
    """`make messages` finds _() at the beginning of {{ }}, after a colon, and anywhere in {% %}."""
    assert lines_matching(TEMPLATES, r"""\{\{(?! _\()[^}]*[^\w:]_\(["']""") == []


def test_scripts_of_the_public_site_hold_no_words():
    """They find them in data- attributes, which the template writes in the reader's language."""
    told = r"""(textContent|innerText|title|ariaLabel|label)\s*[=:]\s*["'`][^"'`$]*[A-Za-z]{2}"""

    assert lines_matching(sorted((ROOT / "static" / "js").glob("*.js")), told) == []


def test_partials_begin_with_an_underscore():
    included = {
        found
        for path in TEMPLATES
        for found in re.findall(r"""{%\s*include\s+["']([^"']+)["']""", path.read_text())
    }

    ours = {path for path in included if not path.startswith(("admin/", "django/"))}
    assert [path for path in sorted(ours) if not Path(path).name.startswith("_")] == []


def test_nothing_is_loaded_from_another_host():
    loads = r"""<(script|img|iframe|link)[^>]+(src|href)=["'](https?:)?//"""
    in_css = r"""(url\(|@import)\s*["']?(https?:)?//"""
    styles = sorted((ROOT / "static").rglob("*.css"))

    assert lines_matching(TEMPLATES, loads) + lines_matching(styles, in_css) == []


def test_errors_are_caught_by_name():
    assert lines_matching(CODE, r"except(\s+(Base)?Exception)?\s*:") == []


def test_naive_clocks_are_not_read():
    assert lines_matching(CODE, r"datetime\.(now|utcnow|today)\(\)|date\.today\(\)") == []


def test_no_file_tells_where_it_was_made():
    """Neither a package index nor a folder of the machine belongs into a file that others use."""
    address = re.compile(
        r"--(extra-)?index-url\s+\S|--find-links\s+\S|https?://[^\s\"']*/simple\b|(?<![\w.])/(home|Users|work|root)/\w|/opt/(wheels|pypi)"
    )
    texts = [
        path
        for path in tracked_files()
        if path.suffix not in {".woff2", ".png", ".jpg", ".ico"} and path != Path(__file__)
    ]
    telling = [
        name(path) for path in texts if address.search(path.read_bytes().decode("utf-8", errors="ignore"))
    ]

    assert telling == []


def test_tests_stand_where_the_code_stands():
    """tests/articles/test_views.py for articles/views.py, or for the package articles/views/."""
    homeless = []
    for path in sorted((ROOT / "tests").glob("a*/**/test_*.py")):
        module = ROOT / path.relative_to(ROOT / "tests").parent / path.stem.removeprefix("test_")
        if not module.with_suffix(".py").exists() and not module.is_dir():
            homeless.append(name(path))

    assert homeless == []


def test_every_custom_property_that_a_style_asks_for_is_defined():
    styles = "".join(path.read_text() for path in (ROOT / "static").rglob("*.css"))
    defined = set(re.findall(r"(--[\w-]+)\s*:", styles))
    asked_for = set(re.findall(r"var\((--[\w-]+)\)", styles))  # one with a fallback may be missing
    assert asked_for - defined == set()
