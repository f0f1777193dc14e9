//! Writing a table in both forms from one description: drafts beside their place, then moved there.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use parquet::errors::ParquetError;

use super::parquet_file::ParquetFile;
use super::{Cell, Sort, Table};
use crate::error::LabError;

/// A table that is being written: `NAME.parquet` and `NAME.csv`, once [`TableWriter::finish`] is done.
pub struct TableWriter {
    table: Table,
    parquet: (Place, ParquetFile),
    csv: (Place, BufWriter<File>),
    line: String,
}

/// Where a file will be and where it is written until then.
struct Place {
    path: PathBuf,
    draft: PathBuf,
}

impl Place {
    fn new(dir: &Path, name: &str, extension: &str) -> Self {
        let path = dir.join(format!("{name}.{extension}"));
        Place { draft: dir.join(format!("{name}.{extension}.part")), path }
    }

    fn create(&self) -> Result<File, LabError> {
        File::create(&self.draft).map_err(|error| LabError::io(&self.path, &error))
    }

    fn settle(&self) -> Result<(), LabError> {
        std::fs::rename(&self.draft, &self.path).map_err(|error| LabError::io(&self.path, &error))
    }
}

fn wrong(place: &Place) -> impl Fn(ParquetError) -> LabError {
    let path = place.path.clone();
    move |error| match error {
        ParquetError::External(inner) => {
            LabError::Io { path: path.clone(), message: inner.to_string() }
        }
        other => LabError::Io { path: path.clone(), message: other.to_string() },
    }
}

impl TableWriter {
    /// Begins a table; `metadata` goes into the Parquet file.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn create(
        dir: &Path,
        table: Table,
        metadata: &[(String, String)],
    ) -> Result<Self, LabError> {
        let place = Place::new(dir, table.name, "parquet");
        let file = ParquetFile::new(place.create()?, &table, metadata).map_err(wrong(&place))?;
        let parquet = (place, file);
        let place = Place::new(dir, table.name, "csv");
        let mut csv = BufWriter::new(place.create()?);
        let names: Vec<&str> = table.columns.iter().map(|c| c.name).collect();
        writeln!(csv, "{}", names.join(",")).map_err(|e| LabError::io(&place.path, &e))?;
        Ok(TableWriter { table, parquet, csv: (place, csv), line: String::new() })
    }

    /// Writes a row.
    ///
    /// # Errors
    /// When a file cannot be written.
    ///
    /// # Panics
    /// When the row does not have the table's columns: a bug of whoever fills it.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), LabError> {
        assert_eq!(cells.len(), self.table.columns.len(), "a row of table {}", self.table.name);
        self.line.clear();
        for (i, (column, cell)) in self.table.columns.iter().zip(cells).enumerate() {
            let fits = match cell {
                Cell::Count(_) => column.sort == Sort::Count,
                Cell::Number(x) => column.sort == Sort::Number && x.is_finite(),
                Cell::Text(_) => column.sort == Sort::Text,
                Cell::Missing => column.is_optional,
            };
            assert!(fits, "{cell:?} in column {} of table {}", column.name, self.table.name);
            if i > 0 {
                self.line.push(',');
            }
            push_csv(&mut self.line, *cell);
        }
        self.line.push('\n');
        let (place, csv) = &mut self.csv;
        csv.write_all(self.line.as_bytes()).map_err(|e| LabError::io(&place.path, &e))?;
        let (place, file) = &mut self.parquet;
        file.row(cells).map_err(wrong(place))
    }

    /// Ends the table: both files are in their place, whole.
    ///
    /// # Errors
    /// When a file cannot be written; then what was in its place before is still there.
    pub fn finish(self) -> Result<(), LabError> {
        let (place, mut csv) = self.csv;
        csv.flush().map_err(|e| LabError::io(&place.path, &e))?;
        let (parquet, file) = self.parquet;
        file.finish().map_err(wrong(&parquet))?;
        place.settle()?;
        parquet.settle()
    }
}

/// A value as RFC 4180 has it: quoted where it must be, empty when missing. Numbers have the fewest
/// digits from which the same 64 bits are read again.
fn push_csv(out: &mut String, cell: Cell<'_>) {
    use std::fmt::Write as _;
    match cell {
        Cell::Count(n) => {
            let _ = write!(out, "{n}");
        }
        Cell::Number(x) => {
            let _ = write!(out, "{x}");
        }
        Cell::Text(text) if text.is_empty() || text.contains([',', '"', '\n', '\r']) => {
            out.push('"');
            out.push_str(&text.replace('"', "\"\""));
            out.push('"');
        }
        Cell::Text(text) => out.push_str(text),
        Cell::Missing => {}
    }
}

#[cfg(test)]
mod tests {
    use parquet::file::reader::{FileReader as _, SerializedFileReader};
    use parquet::record::RowAccessor as _;

    use super::*;
    use crate::tables::Column;

    const TABLE: Table = Table {
        name: "things",
        about: "One row is a thing.",
        columns: &[
            Column::count("number", ""),
            Column::text("name", "").optional(),
            Column::number("weight", "kg", "").optional(),
        ],
    };

    fn scratch(name: &str) -> PathBuf {
        let dir = std::env::temp_dir().join(format!("hotwash-table-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&dir);
        std::fs::create_dir(&dir).unwrap();
        dir
    }

    fn fill(dir: &Path, rows: u64) {
        let metadata = [("hotwash.seed".to_owned(), "calm-otter".to_owned())];
        let mut writer = TableWriter::create(dir, TABLE, &metadata).unwrap();
        for n in 0..rows {
            let name =
                ["plain", "with, comma", "with \"quotes\"", "two\nlines", ""][n as usize % 5];
            let name = if n % 7 == 3 { Cell::Missing } else { Cell::Text(name) };
            let weight = (n % 3 > 0).then_some(n as f64 / 10.0);
            writer.row(&[Cell::Count(n), name, Cell::number(weight)]).unwrap();
        }
        writer.finish().unwrap();
    }

    #[test]
    fn csv_quotes_what_it_must_and_keeps_every_bit() {
        let dir = scratch("csv");
        fill(&dir, 6);
        let text = std::fs::read_to_string(dir.join("things.csv")).unwrap();
        let expected = "number,name,weight\n0,plain,\n1,\"with, comma\",0.1\n\
            2,\"with \"\"quotes\"\"\",0.2\n3,,\n4,\"\",0.4\n5,plain,0.5\n";
        assert_eq!(text, expected);
        for x in [0.1 + 0.2, 1e300, -5e-324, f64::MAX, 1.0 / 3.0] {
            let mut out = String::new();
            push_csv(&mut out, Cell::Number(x));
            assert_eq!(out.parse::<f64>().unwrap().to_bits(), x.to_bits());
        }
        std::fs::remove_dir_all(dir).unwrap();
    }

    #[test]
    fn parquet_says_the_same_over_many_groups_and_has_the_same_bytes_again() {
        let (dir, again) = (scratch("one"), scratch("two"));
        let rows = 250_007;
        fill(&dir, rows);
        fill(&again, rows);
        for name in ["things.parquet", "things.csv"] {
            let bytes = |dir: &Path| std::fs::read(dir.join(name)).unwrap();
            assert!(bytes(&dir) == bytes(&again), "{name}");
        }
        let reader = SerializedFileReader::new(File::open(dir.join("things.parquet")).unwrap());
        let reader = reader.unwrap();
        assert_eq!(reader.num_row_groups(), 3);
        let metadata = reader.metadata().file_metadata();
        assert_eq!(metadata.num_rows(), rows as i64);
        let pairs = metadata.key_value_metadata().unwrap();
        assert_eq!(pairs[0].value.as_deref(), Some("calm-otter"));
        // The last group, with its missing values.
        let group = reader.get_row_group(2).unwrap();
        let mut seen = 200_000;
        for row in group.get_row_iter(None).unwrap() {
            let row = row.unwrap();
            assert_eq!(row.get_ulong(0).unwrap(), seen);
            assert_eq!(row.get_string(1).is_err(), seen % 7 == 3);
            assert_eq!(row.get_double(2).ok(), (seen % 3 > 0).then_some(seen as f64 / 10.0));
            seen += 1;
        }
        assert_eq!(seen, rows);
        std::fs::remove_dir_all(dir).unwrap();
        std::fs::remove_dir_all(again).unwrap();
    }

    #[test]
    fn what_was_there_stays_until_the_new_table_is_whole() {
        let dir = scratch("draft");
        fill(&dir, 3);
        let mut writer = TableWriter::create(&dir, TABLE, &[]).unwrap();
        writer.row(&[Cell::Count(9), Cell::Missing, Cell::Missing]).unwrap();
        drop(writer);
        let text = std::fs::read_to_string(dir.join("things.csv")).unwrap();
        assert_eq!(text.lines().count(), 4);
        std::fs::remove_dir_all(dir).unwrap();
    }

    #[test]
    #[should_panic(expected = "in column number of table things")]
    fn a_row_of_another_table_is_a_bug() {
        let dir = scratch("wrong");
        let mut writer = TableWriter::create(&dir, TABLE, &[]).unwrap();
        let _ = writer.row(&[Cell::Missing, Cell::Missing, Cell::Missing]);
    }

    #[test]
    fn an_empty_table_can_be_read() {
        let dir = scratch("empty");
        fill(&dir, 0);
        let reader = SerializedFileReader::new(File::open(dir.join("things.parquet")).unwrap());
        assert_eq!(reader.unwrap().metadata().file_metadata().num_rows(), 0);
        std::fs::remove_dir_all(dir).unwrap();
    }
}
