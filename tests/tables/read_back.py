"""Reads a study's tables with pandas, polars and DuckDB, as those who get them will.

All three must read both forms, to the rows that Python's own csv module finds; types, missing values
and metadata must be what README.md says; and the figures of finding.json must come out of them again.

    python read_back.py DIR        of a `compare` with --out DIR and --events
"""

import csv
import json
import math
import pathlib
import sys

import duckdb
import pandas
import polars
import pyarrow.parquet

COUNT, NUMBER, TEXT = "uint64", "double", "string"
KEY = {"run": COUNT, "policy": TEXT, "cell": TEXT, "replication": COUNT}
TABLES = {
    "runs": KEY | {"seed": TEXT, "scenario": TEXT, "scenario_sha256": TEXT, "hotwash": TEXT},
    "settings": {"policy": TEXT, "cell": TEXT, "kind": TEXT, "name": TEXT, "value": TEXT},
    "metrics": KEY | {"metric": TEXT, "unit": TEXT, "value": NUMBER},
    "decisions": KEY | {"decision": TEXT, "asked_hours": NUMBER, "option": TEXT},
    "events": KEY
    | {"n": COUNT, "cause": COUNT, "at_hours": NUMBER, "date": TEXT, "who": TEXT, "lane": TEXT}
    | {"weight": TEXT, "kind": TEXT, "text": TEXT},
}


def plain(value, sort):
    """A value of any reader as Python's own; what is missing, and what is empty, is None."""
    if value is None or value is pandas.NA or value == "" or (isinstance(value, float) and math.isnan(value)):
        return None
    return {COUNT: int, NUMBER: float, TEXT: str}[sort](value)


def rows(columns, sorts):
    """Columns of any reader as rows of Python's own values."""
    return list(zip(*([plain(v, sort) for v in column] for column, sort in zip(columns, sorts))))


def readings(path, columns):
    """The rows of a table by every reader and from both forms, by what read them."""
    names, sorts = list(columns), list(columns.values())
    of_pandas = {COUNT: "UInt64", NUMBER: "float64", TEXT: "string"}
    of_polars = {COUNT: polars.UInt64, NUMBER: polars.Float64, TEXT: polars.String}
    of_duckdb = {COUNT: "UBIGINT", NUMBER: "DOUBLE", TEXT: "VARCHAR"}
    types = {n: of_duckdb[s] for n, s in columns.items()}
    frames = {
        "pandas, parquet": pandas.read_parquet(f"{path}.parquet"),
        "pandas, csv": pandas.read_csv(
            f"{path}.csv", dtype={n: of_pandas[s] for n, s in columns.items()}
        ),
        "polars, parquet": polars.read_parquet(f"{path}.parquet"),
        "polars, csv": polars.read_csv(
            f"{path}.csv", schema={n: of_polars[s] for n, s in columns.items()}
        ),
    }
    for what, frame in frames.items():
        assert list(frame.columns) == names, f"{what}: {list(frame.columns)}"
        yield what, rows([frame[name].to_list() for name in names], sorts)
    for what, query in {
        "duckdb, parquet": f"SELECT * FROM read_parquet('{path}.parquet')",
        "duckdb, csv": f"SELECT * FROM read_csv('{path}.csv', header = true, columns = {types})",
    }.items():
        result = duckdb.sql(query)
        assert result.columns == names, f"{what}: {result.columns}"
        if what == "duckdb, parquet":
            found = [str(t) for t in result.types]
            assert found == list(types.values()), f"{what}: {found}"
        yield what, rows(zip(*result.fetchall()), sorts)


def check_table(study, name):
    columns = TABLES[name]
    path = study / name
    with open(f"{path}.csv", newline="", encoding="utf-8") as file:
        head, *body = csv.reader(file)
    assert head == list(columns), f"{name}: {head}"
    expected = rows(zip(*body), columns.values())
    for what, found in readings(path, columns):
        assert len(found) == len(expected), f"{name} by {what}: {len(found)} rows of {len(expected)}"
        for i, (ours, theirs) in enumerate(zip(expected, found)):
            assert ours == theirs, f"{name} by {what}, row {i}: {theirs} is not {ours}"
    schema = pyarrow.parquet.read_schema(f"{path}.parquet")
    assert {f.name: str(f.type) for f in schema} == columns, f"{name}: {schema}"
    return expected


def check_metadata(study, name, header):
    metadata = pyarrow.parquet.read_metadata(study / f"{name}.parquet").metadata
    found = {key.decode(): value.decode() for key, value in metadata.items()}
    expected = {
        "hotwash.scenario": header["scenario"],
        "hotwash.scenario_sha256": header["scenario_sha256"],
        "hotwash.seed": header["seed"],
        "hotwash.version": header["hotwash"],
        "hotwash.streams": str(header["streams"]),
        "hotwash.command": header["command"],
        "hotwash.worlds": str(header["worlds"]),
        "hotwash.is_partial": str(header["is_partial"]).lower(),
    }
    for key, value in expected.items():
        assert found.get(key) == value, f"{name}: {key} is {found.get(key)!r}, not {value!r}"


def check_figures(study, finding):
    """The finding's counts, means and medians from the table of metrics, by all three readers."""
    path = study / "metrics.parquet"
    frame = pandas.read_parquet(path).groupby(["cell", "metric"])["value"]
    by_pandas = {k: (n, mean, median) for k, n, mean, median in zip(
        frame.count().index, frame.count(), frame.mean(), frame.median()
    )}
    value = polars.col("value")
    grouped = polars.scan_parquet(path).group_by("cell", "metric")
    grouped = grouped.agg(n=value.count(), mean=value.mean(), median=value.median()).collect()
    by_polars = {(c, m): rest for c, m, *rest in grouped.iter_rows()}
    query = f"SELECT cell, metric, count(value), avg(value), median(value) FROM '{path}' GROUP BY ALL"
    by_duckdb = {(c, m): rest for c, m, *rest in duckdb.sql(query).fetchall()}
    checked = 0
    for metric in finding["metrics"]:
        for arm, summary in zip(finding["arms"], metric["arms"], strict=True):
            key = (arm["name"], metric["measure"]["name"])
            for what, found in [("pandas", by_pandas), ("polars", by_polars), ("duckdb", by_duckdb)]:
                count, mean, median = found[key]
                assert count == summary["count"], f"{key} by {what}: {count} values"
                if not count:
                    continue
                pairs = [(mean, summary["mean"]["value"]), (median, summary["quantiles"][2]["value"])]
                for theirs, ours in pairs:
                    assert math.isclose(theirs, ours, rel_tol=1e-9, abs_tol=1e-9), f"{key} by {what}: {theirs}, not {ours}"
                checked += 1
    assert checked > 0, "the finding has no figures to check"
    return checked


def main():
    study = pathlib.Path(sys.argv[1])
    finding = json.loads((study / "finding.json").read_text(encoding="utf-8"))
    header = finding["header"]
    found = {}
    for name in TABLES:
        found[name] = check_table(study, name)
        check_metadata(study, name, header)
    runs = found["runs"]
    assert len(runs) == header["runs"] == header["worlds"] * len(finding["arms"])
    assert [run[0] for run in runs] == list(range(len(runs)))
    groups = pyarrow.parquet.read_metadata(study / "metrics.parquet").num_row_groups
    assert groups > 1, "take more worlds, so that there is more than one group of rows"
    missing = sum(row[-1] is None for row in found["metrics"])
    assert missing > 0, "take a scenario in which some metric has no value"
    checked = check_figures(study, finding)
    counts = ", ".join(f"{len(rows)} {name}" for name, rows in found.items())
    print(f"read back by pandas, polars and DuckDB: {counts}; {checked} figures agree")


if __name__ == "__main__":
    main()
