//! What the figures say against the record: pure functions, no counting.

use super::record::{Figure, Record};

/// By how many per cent a figure may grow.
const ALLOWED: u64 = 5;

/// What is wrong, and what is only worth telling.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Judgement {
    /// Each is enough to fail.
    pub failures: Vec<String>,
    /// None of them is.
    pub notes: Vec<String>,
}

/// Holds what was measured against the record. Exactly 5 % more is allowed.
pub(crate) fn judge(record: &Record, measured: &[Figure]) -> Judgement {
    let mut judgement = Judgement::default();
    for figure in measured {
        let Figure { work, per_event } = figure;
        let Some(row) = record.row(work) else {
            judgement.failures.push(format!("{work}: no row of the record is about it"));
            continue;
        };
        let (was, is) = (tenths(row.instructions_per_event), tenths(*per_event));
        let change = (is as f64 / was as f64 - 1.0) * 100.0;
        let moved = format!(
            "{:.1} instructions per event, recorded {:.1} ({change:+.1} %; {})",
            is as f64 / 10.0,
            was as f64 / 10.0,
            row.reason
        );
        if is * 100 > was * (100 + ALLOWED) {
            judgement.failures.push(format!("{work} has grown: {moved}"));
        } else if is * 100 < was * (100 - ALLOWED) {
            judgement.notes.push(format!(
                "{work} has fallen: {moved}. Record it (`cargo xtask guard --record \"why\"`), or the gain may be lost \
                 again unseen"
            ));
        }
    }
    for row in &record.rows {
        if !measured.iter().any(|figure| figure.work == row.work) {
            judgement.failures.push(format!(
                "{}: the record has a row of it, but nothing is called so",
                row.work
            ));
        }
    }
    judgement
}

/// Rows whose figure is another than before and whose reason is not.
pub(crate) fn unexplained(before: &Record, now: &Record) -> Vec<String> {
    let mut failures = Vec::new();
    for row in &now.rows {
        let Some(old) = before.row(&row.work) else { continue };
        let has_moved = tenths(old.instructions_per_event) != tenths(row.instructions_per_event);
        if has_moved && old.reason == row.reason {
            failures.push(format!(
                "{}: the figure was changed from {:.1} to {:.1}, but not its reason",
                row.work, old.instructions_per_event, row.instructions_per_event
            ));
        }
    }
    failures
}

/// Figures are kept to a tenth; compared as whole numbers, so that 5 % is 5 %.
fn tenths(per_event: f64) -> u64 {
    (per_event * 10.0).round() as u64
}

#[cfg(test)]
mod tests {
    use super::super::record::Row;
    use super::*;

    fn record(rows: &[(&str, f64, &str)]) -> Record {
        let rows = rows.iter().map(|(work, figure, reason)| Row {
            work: (*work).to_owned(),
            instructions_per_event: *figure,
            reason: (*reason).to_owned(),
        });
        Record { rows: rows.collect(), ..Record::default() }
    }

    fn measured(figures: &[(&str, f64)]) -> Vec<Figure> {
        let figure = |(work, per_event): &(&str, f64)| Figure {
            work: (*work).to_owned(),
            per_event: *per_event,
        };
        figures.iter().map(figure).collect()
    }

    #[test]
    fn five_per_cent_more_is_allowed_and_a_tenth_beyond_is_not() {
        for (recorded, most) in [(1000.0, 1050.0), (980.0, 1029.0), (2.0, 2.1)] {
            let record = record(&[("a", recorded, "why")]);
            assert_eq!(judge(&record, &measured(&[("a", most)])), Judgement::default(), "{most}");
            let beyond = judge(&record, &measured(&[("a", most + 0.1)]));
            assert_eq!(beyond.failures.len(), 1, "{most}");
            assert!(beyond.notes.is_empty());
        }
    }

    #[test]
    fn a_failure_names_the_row_the_record_the_measurement_and_the_reason() {
        let record = record(&[("twin/engine", 500.0, "own queries"), ("twin/hand", 400.0, "heap")]);
        let judged = judge(&record, &measured(&[("twin/engine", 560.0), ("twin/hand", 401.0)]));
        assert_eq!(
            judged.failures,
            [
                "twin/engine has grown: 560.0 instructions per event, recorded 500.0 (+12.0 %; own queries)"
            ]
        );
    }

    #[test]
    fn a_fall_is_told_and_fails_nothing() {
        let record = record(&[("a", 1000.0, "why")]);
        assert_eq!(judge(&record, &measured(&[("a", 950.0)])), Judgement::default());
        let judged = judge(&record, &measured(&[("a", 949.9)]));
        assert!(judged.failures.is_empty());
        assert!(judged.notes[0].contains("a has fallen") && judged.notes[0].contains("--record"));
    }

    #[test]
    fn a_row_missing_on_either_side_fails() {
        let judged = judge(&record(&[("a", 10.0, "why")]), &measured(&[("b", 10.0)]));
        assert_eq!(
            judged.failures,
            [
                "b: no row of the record is about it",
                "a: the record has a row of it, but nothing is called so"
            ]
        );
        assert!(judge(&record(&[]), &measured(&[("a", 1.0)])).failures.len() == 1);
    }

    #[test]
    fn a_changed_figure_needs_a_changed_reason() {
        let before = record(&[("a", 100.0, "first"), ("b", 100.0, "first"), ("c", 100.0, "first")]);
        let now = record(&[
            ("a", 103.0, "first"),
            ("b", 103.0, "beliefs are kept by matter"),
            ("c", 100.0, "first"),
            ("d", 5.0, "first"),
        ]);
        assert_eq!(
            unexplained(&before, &now),
            ["a: the figure was changed from 100.0 to 103.0, but not its reason"]
        );
        assert!(unexplained(&now, &now).is_empty());
        // A lower figure needs its reason as well: who lowers it by hand makes the next change fail.
        assert_eq!(unexplained(&before, &record(&[("b", 90.0, "first")])).len(), 1);
    }
}
