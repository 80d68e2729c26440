from benchmarks import results


def found(size, revision="one"):
    return {"machine": {"revision": revision}, "sizes": [{"articles": size}], "at": "2026-11-26"}


def test_sizes_of_the_same_code_and_machine_are_kept_together(tmp_path):
    file = tmp_path / "results" / "sqlite.json"
    results.write(file, found(100_000))
    results.write(file, found(1_000))

    assert results.sizes(results.read(file)) == [1_000, 100_000]


def test_figures_of_other_code_do_not_stand_beside_new_ones(tmp_path):
    file = tmp_path / "sqlite.json"
    results.write(file, found(100_000))
    results.write(file, found(1_000, revision="two"))

    assert results.sizes(results.read(file)) == [1_000]


def test_sqlite_comes_first(tmp_path):
    for name in ("postgresql", "sqlite"):
        results.write(tmp_path / f"{name}.json", found(1_000, revision=name))

    assert [each["machine"]["revision"] for each in results.everything(tmp_path)] == ["sqlite", "postgresql"]
