//! The list as comma-separated text.

use super::{HEADS, Row};

/// The list as CSV with a head, in UTF-8.
///
/// # Panics
/// Never: writing to memory does not fail.
pub fn csv(rows: &[Row]) -> Vec<u8> {
    let mut out = csv::Writer::from_writer(Vec::new());
    let lines = rows.iter().enumerate().map(|(i, row)| row.cells(i + 1).map(|cell| guarded(&cell)));
    let written = out
        .write_record(HEADS)
        .and_then(|()| lines.into_iter().try_for_each(|cells| out.write_record(cells)))
        .map_err(|e| e.to_string())
        .and_then(|()| out.into_inner().map_err(|e| e.to_string()));
    match written {
        Ok(bytes) => bytes,
        Err(error) => unreachable!("memory takes what is written to it: {error}"),
    }
}

/// A cell that a spreadsheet would take for a formula gets an apostrophe in front: what players write
/// stays text. Whoever reads the file back takes it off again.
fn guarded(cell: &str) -> String {
    let text = crate::svg::clean(cell);
    if text.starts_with(['=', '+', '-', '@', '\t']) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_text_to_a_spreadsheet() {
        let row = Row { text: "=HYPERLINK(\"x\"), \"and\"\nmore".to_owned(), ..Row::default() };
        let bytes = csv(&[row]);
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let record = reader.records().next().unwrap().unwrap();
        assert_eq!(&record[4], "'=HYPERLINK(\"x\"), \"and\"\nmore");
        assert_eq!(record.len(), HEADS.len());
    }
}
