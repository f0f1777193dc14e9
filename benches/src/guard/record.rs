//! The record: a figure and a reason for each row, as JSON that people can read and review.

use serde::{Deserialize, Serialize};

/// A change below this is not worth a new figure; the old one goes on being what counts.
const WORTH_RECORDING: f64 = 0.01;

/// What was counted just now.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Figure {
    /// The work's name.
    pub work: String,
    /// Instructions per event or entry.
    pub per_event: f64,
}

/// What was counted once, and why it is so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Row {
    /// The work's name.
    pub work: String,
    /// Instructions per event or entry, to a tenth.
    pub instructions_per_event: f64,
    /// Why the figure is what it is, or why it is not what it was.
    pub reason: String,
}

/// All rows, and what they were counted with.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Record {
    /// The processor's architecture.
    pub architecture: String,
    /// The compiler.
    pub compiler: String,
    /// The rows, in the order in which they are counted.
    pub rows: Vec<Row>,
}

impl Record {
    /// Reads a record.
    pub(crate) fn read(text: &str) -> Result<Record, String> {
        serde_json::from_str(text).map_err(|e| format!("the record cannot be read: {e}"))
    }

    /// As it is kept.
    pub(crate) fn write(&self) -> Result<String, String> {
        serde_json::to_string_pretty(self).map(|text| text + "\n").map_err(|e| e.to_string())
    }

    /// The row of some work.
    pub(crate) fn row(&self, work: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.work == work)
    }

    /// With these figures and this reason wherever one is new or has moved by more than 1 %; rows of what is no
    /// longer counted go.
    pub(crate) fn renewed(&self, measured: &[Figure], reason: &str) -> Result<Record, String> {
        let mut rows = Vec::new();
        for figure in measured {
            let per_event = (figure.per_event * 10.0).round() / 10.0;
            match self.row(&figure.work) {
                Some(row) if is_near(row.instructions_per_event, per_event) => {
                    rows.push(row.clone())
                }
                Some(row) if row.reason == reason => {
                    return Err(format!(
                        "{}: that is the reason that stands there already",
                        row.work
                    ));
                }
                _ => rows.push(Row {
                    work: figure.work.clone(),
                    instructions_per_event: per_event,
                    reason: reason.to_owned(),
                }),
            }
        }
        Ok(Record {
            architecture: std::env::consts::ARCH.to_owned(),
            compiler: crate::machine::rustc(),
            rows,
        })
    }
}

fn is_near(recorded: f64, now: f64) -> bool {
    (now - recorded).abs() <= recorded * WORTH_RECORDING
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(work: &str, figure: f64, reason: &str) -> Row {
        Row { work: work.to_owned(), instructions_per_event: figure, reason: reason.to_owned() }
    }

    fn figure(work: &str, per_event: f64) -> Figure {
        Figure { work: work.to_owned(), per_event }
    }

    #[test]
    fn what_has_moved_gets_the_new_figure_and_the_reason() {
        let rows = vec![row("a", 100.0, "old"), row("b", 100.0, "old"), row("gone", 1.0, "old")];
        let record = Record { rows, ..Record::default() };
        let measured = [figure("a", 100.9), figure("b", 98.04), figure("c", 7.0)];
        let now = record.renewed(&measured, "because").unwrap();
        assert_eq!(
            now.rows,
            [row("a", 100.0, "old"), row("b", 98.0, "because"), row("c", 7.0, "because")]
        );
        assert_eq!(Record::read(&now.write().unwrap()).unwrap(), now);
        assert!(record.renewed(&measured, "old").is_err(), "the same reason explains nothing new");
    }

    #[test]
    fn the_record_that_is_kept_can_be_read_and_gives_a_reason_for_each_row() {
        let text =
            std::fs::read_to_string(crate::guard::root().join(crate::guard::RECORD)).unwrap();
        let record = Record::read(&text).unwrap();
        let wanted: Vec<String> =
            crate::guard::wanted().unwrap().into_iter().map(|w| w.0).collect();
        let kept: Vec<&String> = record.rows.iter().map(|row| &row.work).collect();
        assert_eq!(kept, wanted.iter().collect::<Vec<_>>());
        assert!(record.rows.iter().all(|r| r.reason.len() > 10 && r.instructions_per_event > 50.0));
    }
}
