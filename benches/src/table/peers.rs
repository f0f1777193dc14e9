//! The same toy model in what other people use, as `cargo xtask peers` has measured it.

use serde_json::Value;

use super::Effort;
use crate::page::{Cell, Page, n, t};

/// Where that leaves its results, from the project's folder.
const RESULTS: &str = "target/peers/results.json";

pub(super) fn print(page: &mut Page, _: Effort) -> Result<(), String> {
    page.section("peers", "Against what people use");
    let path = crate::guard::root().join(RESULTS);
    let Ok(text) = std::fs::read_to_string(path) else {
        page.say("Not measured: `cargo xtask peers` has not been run here.");
        return Ok(());
    };
    let results: Value = serde_json::from_str(&text).map_err(|e| format!("{RESULTS}: {e}"))?;
    let rows = rows(&results)?;
    page.table(
        &[
            "tool",
            "version",
            "written as",
            "runs/s",
            "times slower than the engine",
            "than by hand",
            "peak MiB",
        ],
        &rows,
    );
    page.say("All were run in turn, in rounds, with the engine and the hand-written loop among them; time per run, in times of theirs.");
    Ok(())
}

/// A row for each tool. The ratios are the medians of those taken round by round where there are such, because what
/// else the machine did touched both sides of a round alike; of the engine and the hand-written loop themselves they
/// are those of their medians.
fn rows(results: &Value) -> Result<Vec<Vec<Cell>>, String> {
    let list = results["rows"].as_array();
    let list = list.ok_or_else(|| format!("{RESULTS} holds no list of tools"))?;
    let number = |row: &Value, key: &str| row[key].as_f64().unwrap_or(f64::NAN);
    let words = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let rate_of = |name: &str| {
        let row = list.iter().find(|row| row["name"] == name);
        row.map_or(f64::NAN, |row| number(row, "runs_per_second"))
    };
    let ratio = |row: &Value, key: &str, to: &str| {
        let paired = number(row, key);
        if paired.is_nan() { rate_of(to) / number(row, "runs_per_second") } else { paired }
    };
    let row = |row: &Value| {
        let rate = number(row, "runs_per_second");
        vec![
            t(words(row, "name")),
            t(words(row, "version")),
            t(words(row, "what")),
            n(rate, if rate < 100.0 { 1 } else { 0 }),
            n(ratio(row, "times_hotwash", "hotwash"), 2),
            n(ratio(row, "times_by_hand", "by hand"), 2),
            n(number(row, "peak_kib") / 1024.0, 1),
        ]
    };
    Ok(list.iter().map(row).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn ratios_are_paired_ones_where_there_are_any_and_a_tool_that_did_not_run_has_none() {
        let results = json!({ "rows": [
            { "name": "by hand", "runs_per_second": 1000.0, "what": "structs" },
            { "name": "hotwash", "runs_per_second": 800.0, "times_by_hand": 1.3 },
            { "name": "slow", "runs_per_second": 10.0, "times_by_hand": 99.0, "times_hotwash": 77.0 },
            { "name": "absent", "what": "not run: there is no such thing" },
        ]});
        let rows = rows(&results).unwrap();
        let number = |row: usize, column: usize| match rows[row][column] {
            Cell::Number(value, _) => value,
            Cell::Text(_) => panic!("row {row}, column {column} is text"),
        };
        assert_eq!((number(0, 4), number(0, 5)), (0.8, 1.0));
        assert_eq!((number(1, 4), number(1, 5)), (1.0, 1.3));
        assert_eq!((number(2, 4), number(2, 5)), (77.0, 99.0));
        assert!(number(3, 3).is_nan() && number(3, 4).is_nan());
        assert!(super::rows(&json!([])).is_err());
    }
}
