//! The comparison as a table in Markdown and as JSON.

use super::line::{Line, MEASURES};
use super::{Entry, Measured};

/// The table: a row for each tool, those not run with the reason.
pub(super) fn table(rounds: u64, rows: &[(Entry, Measured)]) -> String {
    let mut text = format!(
        "\n| tool | version | what was run | runs/s, one core | times slower than by hand | than \
         hotwash | peak MiB | runs |\n|---|---|---|---|---|---|---|---|\n{}\n",
        rows.iter().map(|(entry, m)| row(entry, m)).collect::<Vec<_>>().join("\n")
    );
    text += &format!(
        "\nMedians of {rounds} rounds, least and largest in brackets; a ratio compares processes run one after \
         the other.\n\n| mean a run | {} |\n|---|---|---|---|---|---|\n",
        MEASURES.join(" | ")
    );
    for (entry, measured) in rows.iter().filter(|(entry, _)| entry.program.is_ok()) {
        let means = (0..5).map(|i| measured.pool.mean(i));
        let cells: Vec<_> = means.map(|(mean, error)| format!("{mean:.2} ± {error:.2}")).collect();
        text += &format!("| {} | {} |\n", entry.name, cells.join(" | "));
    }
    text
}

fn row(entry: &Entry, measured: &Measured) -> String {
    let (first, speeds) = match (&entry.program, measured.lines.first()) {
        (Err(why), _) => return format!("| {} | | not run: {why} | | | | | |", entry.name),
        (_, None) => return format!("| {} | | not run: no rounds | | | | | |", entry.name),
        (_, Some(first)) => (first, speeds(&measured.lines)),
    };
    let peak = measured.peak_kib();
    let cells = [
        first.tool.clone(),
        first.version.clone(),
        first.what.clone(),
        speed(median(speeds)),
        ratio(&measured.times_hand),
        ratio(&measured.times_engine),
        if peak > 0.0 { format!("{:.1}", peak / 1024.0) } else { "unknown".to_owned() },
        measured.pool.runs().to_string(),
    ];
    format!("| {} |", cells.join(" | "))
}

fn speeds(lines: &[Line]) -> Vec<f64> {
    lines.iter().map(|line| 1.0 / line.time_a_run()).collect()
}

fn speed(runs: f64) -> String {
    if runs < 100.0 { format!("{runs:.1}") } else { format!("{runs:.0}") }
}

/// The median of ratios with their range; nothing where the tool is what others are compared with.
fn ratio(ratios: &[f64]) -> String {
    if ratios.is_empty() {
        return String::new();
    }
    let shown = |value: f64| match value {
        v if v < 10.0 => format!("{v:.2}"),
        v if v < 100.0 => format!("{v:.1}"),
        v => format!("{v:.0}"),
    };
    let least = ratios.iter().copied().fold(f64::INFINITY, f64::min);
    let largest = ratios.iter().copied().fold(0.0, f64::max);
    format!("{} [{}-{}]", shown(median(ratios.to_vec())), shown(least), shown(largest))
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The same for programs: `rows` in the table's order, medians as numbers and every round in a list.
pub(super) fn json(rounds: u64, rows: &[(Entry, Measured)]) -> String {
    let objects: Vec<_> = rows.iter().map(|(entry, m)| object(entry, m)).collect();
    format!("{{\"rounds\":{rounds},\"rows\":[\n{}\n]}}\n", objects.join(",\n"))
}

fn object(entry: &Entry, measured: &Measured) -> String {
    let name = quoted(entry.name);
    let not_run = |why: &str| {
        let what = quoted(&format!("not run: {why}"));
        format!("{{\"name\":{name},\"tool\":{name},\"version\":\"\",\"what\":{what}}}")
    };
    let first = match (&entry.program, measured.lines.first()) {
        (Err(why), _) => return not_run(why),
        (_, None) => return not_run("no rounds"),
        (_, Some(first)) => first,
    };
    let mut text = format!(
        "{{\"name\":{name},\"tool\":{},\"version\":{},\"what\":{},\"runs\":{},\"peak_kib\":{}",
        quoted(&first.tool),
        quoted(&first.version),
        quoted(&first.what),
        measured.pool.runs(),
        measured.peak_kib(),
    );
    for (key, values) in [
        ("runs_per_second", &speeds(&measured.lines)),
        ("times_by_hand", &measured.times_hand),
        ("times_hotwash", &measured.times_engine),
    ] {
        // The first two rows have no ratio to themselves.
        if !values.is_empty() {
            let each: Vec<_> = values.iter().map(|v| format!("{v:.4}")).collect();
            let middle = median(values.clone());
            text += &format!(",\"{key}\":{middle:.4},\"{key}_each\":[{}]", each.join(","));
        }
    }
    for (i, measure) in MEASURES.into_iter().enumerate() {
        let (mean, error) = measured.pool.mean(i);
        text += &format!(",\"{measure}_mean\":{mean},\"{measure}_error\":{error}");
    }
    text + "}"
}

fn quoted(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("\"{}\"", plain.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::peers::agreement::Tolerance;

    fn line(tool: &str, runs: f64, seconds: f64) -> Line {
        let word = str::to_owned;
        let moments = [(1159.0, 40.0), (170.0, 13.0), (4.8, 2.0), (4680.0, 68.0), (4.7, 2.0)];
        let (tool, version, what) = (word(tool), word("1.0"), word("so"));
        Line { tool, version, what, runs, seconds, peak_kib: 2048.0, moments }
    }

    fn rows() -> Vec<(Entry, Measured)> {
        let entry = |name, program| Entry { name, runs: 10, tolerance: Tolerance::Chance, program };
        let mut slow = Measured::default();
        for (seconds, ratio) in [(2.0, 8.0), (1.0, 4.0), (4.0, 20.0)] {
            slow.add(line("Slow", 10.0, seconds), true);
            slow.times_hand.push(ratio);
            slow.times_engine.push(ratio / 2.0);
        }
        let missing = Err("needs \"what\" is not there".to_owned());
        vec![
            (entry("slow", Ok(vec!["slow".to_owned()])), slow),
            (entry("missing", missing), Measured::default()),
        ]
    }

    #[test]
    fn rows_show_medians_and_ranges_and_why_a_tool_was_not_run() {
        let text = table(3, &rows());
        let wanted = "| Slow | 1.0 | so | 5.0 | 8.00 [4.00-20.0] | 4.00 [2.00-10.0] | 2.0 | 30 |";
        assert!(text.contains(wanted), "{text}");
        assert!(text.contains("| missing | | not run: needs \"what\" is not there |"), "{text}");
        assert!(text.contains("| slow | 1159.00 ± "), "{text}");
        assert!(!text.contains("| missing | NaN"), "{text}");
    }

    #[test]
    fn json_keeps_every_round_and_quotes_what_needs_it() {
        let text = json(3, &rows());
        let speeds = "\"runs_per_second\":5.0000,\"runs_per_second_each\":[5.0000,10.0000,2.5000]";
        assert!(text.contains(speeds), "{text}");
        assert!(text.contains("\"times_by_hand\":8.0000"), "{text}");
        assert!(text.contains("\"what\":\"not run: needs \\\"what\\\" is not there\""), "{text}");
    }
}
