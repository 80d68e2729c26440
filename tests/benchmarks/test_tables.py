import pytest

from benchmarks import tables
from benchmarks.serving import BARE, STATIC, STORE


def at(size, ms, **others):
    cost = {"median_ms": ms, "p95_ms": ms * 2, "queries": 4, "requests": 50}
    return {
        "articles": size,
        "fill": {"articles_per_second": 5200, "seconds": 0.2, "database_bytes": 18_000_000},
        "pages": {"article": cost, "feed": cost},
        "desk": {"saving": cost},
        "import": {"posts_per_second": 310},
        "worker": {"loads_s": 1.1, "answers_s": 1.6, "pss_mb": None},
    } | others


@pytest.fixture
def found():
    rates = {
        "our server": {"per_second": 4500, "rounds": [4500, 2400, 4800], "failed": 0},
        BARE: {"per_second": 6000, "rounds": [6000, 3000, 6400], "failed": 0},
        STORE: {"per_second": 40_000, "rounds": [40_000, 20_000, 50_000], "failed": 0},
        STATIC: {"per_second": 45_000, "rounds": [45_000, 20_000, 50_000], "failed": 2},
    }
    return {
        "at": "2026-11-26",
        "machine": {
            "cores": 2, "processor": "A processor", "python": "3.11.7", "django": "5.2.19",
            "gunicorn": "27.0.1", "database": "SQLite 3.40.1",
        },
        "sizes": [at(1000, 4.0), at(1_000_000, 5.0)],
        "rates": {"article": {"bytes": 11_700, "rates": rates}},
    }  # fmt: skip


def test_growth_is_told_from_the_smallest_to_the_largest(found):
    table = tables.for_terminal(found)

    assert ["article", "4.0", "(8.0)", "5.0", "(10.0)", "4", "1.25"] in [
        line.split() for line in table.splitlines()
    ]
    assert "not known here" in table


def test_rates_are_told_with_their_share_of_the_limits_and_their_failures(found):
    table = tables.for_docs([found])

    assert "| our server | 4,500 (0.75 of bare) |" in table
    assert f"| {STORE} | 40,000 (1.00 of nginx's file) |" in table
    assert f"| {STATIC} | 45,000, 2 failed |" in table


def test_the_gist_has_a_column_for_each_database_and_size(found):
    other = found | {"machine": found["machine"] | {"database": "PostgreSQL 15.14"}}
    table = tables.for_readme([found, other])

    assert "| PostgreSQL, 1,000,000 articles |" in table
    assert "| article | 4.0 ms, 4 | 5.0 ms, 4 | 4.0 ms, 4 | 5.0 ms, 4 |" in table
    assert "| our server | 4,500 (0.75 of bare) |" in table


def test_a_machine_without_nginx_or_wrk_says_so(found):
    del found["rates"]["article"]["rates"][STATIC]
    assert "nginx is not installed" in tables.for_terminal(found)

    found["rates"] = {"missing": "Neither wrk nor hey is installed"}
    assert "Neither wrk nor hey is installed" in tables.for_terminal(found)


def test_peers_stand_in_it_with_their_conditions(found):
    for table in (tables.for_terminal(found), tables.for_readme([found])):
        assert "one 2-core machine, the same 2,000 articles, wrk with 16 connections" in table
        assert "WordPress" in table
        assert "35,600/s" in table


def test_the_table_is_written_between_its_marks(tmp_path):
    file = tmp_path / "README.md"
    file.write_text(f"before\n{tables.BEGIN}\nold\n{tables.END}\nafter\n")

    tables.write_into(file, "new")
    tables.write_into(file, "newer")

    assert file.read_text() == f"before\n{tables.BEGIN}\nnewer\n{tables.END}\nafter\n"


def test_a_file_without_marks_is_left_alone(tmp_path):
    file = tmp_path / "README.md"
    file.write_text("words")

    with pytest.raises(ValueError, match="lacks the marks"):
        tables.write_into(file, "new")
    assert file.read_text() == "words"
