from articles.importers import wordpress
from articles.importers import wxr as reader
from articles.importers.records import ArticleRecord
from benchmarks import wxr


def test_an_export_is_read_without_fault(tmp_path):
    file = tmp_path / "export.xml"
    wxr.write(file, 20)

    assert reader.survey(file) == 20
    records = [each for each in wordpress.records(reader.elements(file)) if isinstance(each, ArticleRecord)]
    assert len({record.slug for record in records}) == 20
    assert all(record.body and record.tags and record.categories and record.authors for record in records)
    assert [note for record in records for note in record.notes] == []
