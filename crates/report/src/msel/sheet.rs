//! Tables out of files: the sheets of a workbook, or a table with commas, semicolons or tabs.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};

/// Largest file in bytes.
const MOST_BYTES: usize = 8 << 20;
/// Most rows and columns that are looked at.
const MOST_ROWS: usize = 2_000;
const MOST_COLUMNS: usize = 100;

/// A table: rows with their numbers as the user's program shows them.
pub(super) struct Table {
    /// The sheet's name, where there are sheets.
    pub(super) sheet: Option<String>,
    pub(super) rows: Vec<(usize, Vec<String>)>,
}

/// All tables of a file.
pub(super) fn tables(name: &str, bytes: &[u8]) -> Result<Vec<Table>, String> {
    if bytes.len() > MOST_BYTES {
        return Err(format!("{name}: the file has more than {} MiB", MOST_BYTES >> 20));
    }
    let is_workbook = bytes.starts_with(b"PK\x03\x04");
    let tables = if is_workbook { workbook(name, bytes)? } else { vec![delimited(name, bytes)?] };
    match tables.iter().find(|t| t.rows.len() > MOST_ROWS) {
        Some(_) => Err(format!("{name}: the list has more than {MOST_ROWS} rows")),
        None => Ok(tables),
    }
}

fn workbook(name: &str, bytes: &[u8]) -> Result<Vec<Table>, String> {
    let wrong = |why: calamine::XlsxError| {
        format!("{name}: this workbook cannot be read ({why}); save it as .xlsx or .csv again")
    };
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(wrong)?;
    let mut out = Vec::new();
    for sheet in book.sheet_names() {
        let range = book.worksheet_range(&sheet).map_err(wrong)?;
        let (top, left) = range.start().unwrap_or((0, 0));
        let (top, left) = (top as usize, left as usize);
        let row = |(at, cells): (usize, &[Data])| {
            let cells = cells.iter().take(MOST_COLUMNS).map(text);
            (top + at + 1, vec![String::new(); left].into_iter().chain(cells).collect())
        };
        let rows = range.rows().enumerate().take(MOST_ROWS + 1).map(row).collect();
        out.push(Table { sheet: Some(sheet), rows });
    }
    Ok(out)
}

/// A cell as somebody would have typed it.
fn text(cell: &Data) -> String {
    match cell {
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(n) => n.to_string(),
        Data::Float(n) => n.to_string(),
        Data::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Data::DateTime(at) => {
            let (year, month, day, hour, minute, ..) = at.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}")
        }
        Data::Error(_) | Data::Empty => String::new(),
    }
}

fn delimited(name: &str, bytes: &[u8]) -> Result<Table, String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let Ok(all) = std::str::from_utf8(bytes) else {
        return Err(format!(
            "{name}: this is neither .xlsx nor text; save it as CSV UTF-8 or .xlsx"
        ));
    };
    let first = all.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |sign: char| first.matches(sign).count();
    let sign = [',', ';', '\t'].into_iter().max_by_key(|s| count(*s)).unwrap_or(',');
    // Of equals the comma: `max_by_key` gives the last.
    let sign = if count(',') == count(sign) { ',' } else { sign };
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.has_headers(false).flexible(true).delimiter(sign as u8);
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    let mut reader = reader.from_reader(bytes);
    while rows.len() <= MOST_ROWS {
        match reader.read_record(&mut record) {
            Ok(true) => {
                let cells = record.iter().take(MOST_COLUMNS).map(str::to_owned).collect();
                rows.push((rows.len() + 1, cells));
            }
            Ok(false) => break,
            Err(why) => return Err(format!("{name}: this is no table ({why})")),
        }
    }
    Ok(Table { sheet: None, rows })
}
