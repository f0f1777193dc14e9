//! `README.md` of a study's directory: what lies there and how to read it.

use std::fmt::Write as _;

use hotwash_lab::findings::Header;
use hotwash_lab::tables::{Table, columns};

use super::manifest::Manifest;
use crate::text::number;

/// The page.
pub(super) fn readme(header: &Header, manifest: &Manifest, tables: &[Table]) -> String {
    let Header { scenario, title, command, worlds, runs, seed, .. } = header;
    let mut out = format!("# {scenario}: {title}\n\n```\n{command}\n```\n\n");
    let (worlds, runs) = (number(*worlds as f64), number(*runs as f64));
    let _ = writeln!(
        out,
        "{worlds} worlds, {runs} runs in all, seed `{seed}`. Runs that were made a second time, to watch \
         something over time, are counted here and are not in the tables."
    );
    if header.is_partial {
        out += "\n**Stopped before all worlds were met.** Figures and tables are of those that were; \
                go on with `--resume` and this directory.\n";
    }
    let _ = write!(
        out,
        "\nMade by hotwash {} (streams {}, journal {}) from the scenario with SHA-256 `{}`. The same \
         command with the same program and scenario gives the same bytes.\n\n## Files\n\n\
         * `finding.txt`, `finding.json`: what was found, for people and for programs.\n\
         * `study.json`: what was asked for, and by which program.\n",
        header.hotwash, header.streams, manifest.journal, header.scenario_sha256
    );
    if header.is_partial {
        out += "* `batches.log`: the runs done so far, to go on from.\n";
    }
    for table in tables {
        let _ = writeln!(out, "* `{0}.parquet`, `{0}.csv`: see below.", table.name);
    }
    if !tables.is_empty() {
        let _ = write!(out, "\n## Tables\n\n{}{READING}", columns(tables));
    }
    out
}

const READING: &str = "\
## How to read them

Parquet and CSV hold the same rows in the same order. Every Parquet file carries the seed, the
scenario's SHA-256, the versions and the command in its metadata, under keys that begin with
`hotwash.`; of the CSV files `runs.csv` has them as columns. A missing value is null in Parquet and an
empty field in CSV. Numbers in CSV have all their digits.

```python
import pandas, polars, duckdb

metrics = pandas.read_parquet(\"metrics.parquet\")
metrics.groupby([\"cell\", \"metric\"])[\"value\"].median()

# Cells meet the same worlds: compare within a replication.
wide = metrics.pivot(index=[\"replication\", \"metric\"], columns=\"cell\", values=\"value\")

polars.scan_parquet(\"metrics.parquet\").group_by(\"cell\", \"metric\").agg(polars.col(\"value\").median()).collect()
duckdb.sql(\"SELECT cell, metric, median(value) FROM 'metrics.parquet' GROUP BY ALL\")
duckdb.sql(\"SELECT * FROM parquet_kv_metadata('metrics.parquet')\")
```
";
