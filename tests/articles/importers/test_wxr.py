import pytest

from articles.importers.wxr import MalformedError, UnreadableError, elements, survey

EXPORT = """<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<wp:wxr_version>1.2</wp:wxr_version>
{}
</channel></rss>"""


@pytest.fixture
def written(tmp_path):
    def write(content):
        path = tmp_path / "export.xml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_items_are_counted(written):
    assert survey(written(EXPORT.format("<item><title>a</title></item><item/>"))) == 2


@pytest.mark.parametrize("version", ["http://wordpress.org/export/1.0/", "https://wordpress.org/export/1.2/"])
def test_every_version_reads_alike(written, version):
    text = EXPORT.format("").replace("http://wordpress.org/export/1.2/", version)
    assert [name for name, _ in elements(written(text))] == ["wp:wxr_version"]


def test_broken_xml_is_told_with_its_line(written):
    with pytest.raises(MalformedError, match=r"export\.xml: line 3, column 12: the XML is broken") as error:
        survey(written(EXPORT.format("<item><a>x & y</a></item>")))
    assert error.value.line == 3


def test_a_file_cut_short_is_broken(written):
    with pytest.raises(MalformedError, match="line 4"):
        survey(written(EXPORT.format("<item/>").replace("</channel></rss>", "")))


@pytest.mark.parametrize(
    "content",
    ["", "   ", "just words", b"\x89PNG\r\n\x1a\n\0\0", b"\xff\xfe\xfa", "<rss/>", "<feed><channel/></feed>",
     "<rss><channel><title>An ordinary feed</title><item/></channel></rss>",
     '<?xml version="1.0" encoding="no-such"?><rss/>'],
)  # fmt: skip
def test_what_is_no_export_is_refused(written, content):
    with pytest.raises(UnreadableError, match=r"export\.xml: .+\."):
        survey(written(content))


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(UnreadableError, match="No such file"):
        survey(tmp_path / "none.xml")
    with pytest.raises(UnreadableError, match="Is a directory"):
        survey(tmp_path)


@pytest.mark.parametrize(
    "name",
    [
        "xmlbomb.xml",
        "xmlbomb2.xml",
        "quadratic.xml",
        "cyclic.xml",
        "external.xml",
        "external_file.xml",
        "dtd.xml",
        "simple.xml",
        "simple-ns.xml",
    ],
)
def test_bombs_and_foreign_xml_are_refused(corpora, name):
    with pytest.raises(UnreadableError):
        survey(corpora / "xml" / name)


def test_a_bomb_inside_an_export_is_refused(written):
    entities = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    with pytest.raises(UnreadableError, match="entities"):
        survey(written(entities + EXPORT.format("<item>&b;</item>")))
