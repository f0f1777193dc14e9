//! A table as a Parquet file, by the format's own low-level writer: no Arrow in between.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;

use super::{Cell, Column, Sort, Table};

/// Rows that are kept in memory and written together.
const GROUP: usize = 100_000;

/// Says who wrote the file. Without the version of the library, so that the bytes stay the same.
const CREATED_BY: &str = "hotwash";

/// The rows of one column that have not been written yet.
enum Buffer {
    Counts(Vec<i64>),
    Numbers(Vec<f64>),
    Texts(Vec<ByteArray>),
}

struct Pending {
    values: Buffer,
    /// For each row 1 when it has a value, in columns where it may be missing.
    levels: Option<Vec<i16>>,
}

impl Pending {
    fn new(column: &Column) -> Self {
        let values = match column.sort {
            Sort::Count => Buffer::Counts(Vec::new()),
            Sort::Number => Buffer::Numbers(Vec::new()),
            Sort::Text => Buffer::Texts(Vec::new()),
        };
        Pending { values, levels: column.is_optional.then(Vec::new) }
    }

    /// Takes a value. The caller has checked that it belongs into the column.
    fn push(&mut self, cell: Cell<'_>) {
        if let Some(levels) = &mut self.levels {
            levels.push(i16::from(cell != Cell::Missing));
        }
        match (&mut self.values, cell) {
            (Buffer::Counts(list), Cell::Count(n)) => list.push(n as i64),
            (Buffer::Numbers(list), Cell::Number(x)) => list.push(x),
            (Buffer::Texts(list), Cell::Text(text)) => {
                // Neighbours often are the same words: then they share them.
                let same = list.last().filter(|last| last.data() == text.as_bytes()).cloned();
                list.push(same.unwrap_or_else(|| ByteArray::from(text)));
            }
            _ => {}
        }
    }

    fn write(&mut self, column: &mut SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        fn put<T: DataType>(
            column: &mut SerializedColumnWriter<'_>,
            values: &mut Vec<T::T>,
            levels: Option<&[i16]>,
        ) -> Result<(), ParquetError>
        where
            T::T: Clone,
        {
            column.typed::<T>().write_batch(values, levels, None)?;
            values.clear();
            Ok(())
        }
        let levels = self.levels.as_deref();
        match &mut self.values {
            Buffer::Counts(values) => put::<Int64Type>(column, values, levels),
            Buffer::Numbers(values) => put::<DoubleType>(column, values, levels),
            Buffer::Texts(values) => put::<ByteArrayType>(column, values, levels),
        }?;
        if let Some(levels) = &mut self.levels {
            levels.clear();
        }
        Ok(())
    }
}

/// A Parquet file that is being written.
pub(super) struct ParquetFile {
    writer: SerializedFileWriter<BufWriter<File>>,
    columns: Vec<Pending>,
    rows: usize,
}

impl ParquetFile {
    pub(super) fn new(
        file: File,
        table: &Table,
        metadata: &[(String, String)],
    ) -> Result<Self, ParquetError> {
        let pairs = metadata.iter().map(|(k, v)| KeyValue::new(k.clone(), v.clone())).collect();
        let properties = WriterProperties::builder()
            .set_created_by(CREATED_BY.to_owned())
            .set_compression(Compression::SNAPPY)
            .set_key_value_metadata(Some(pairs));
        // Values hardly ever repeat, except in columns of words and small counts.
        let properties = table
            .columns
            .iter()
            .filter(|c| c.sort == Sort::Number)
            .fold(properties, |p, c| p.set_column_dictionary_enabled(c.name.into(), false));
        let writer = SerializedFileWriter::new(
            BufWriter::new(file),
            Arc::new(schema(table)?),
            Arc::new(properties.build()),
        )?;
        let columns = table.columns.iter().map(Pending::new).collect();
        Ok(ParquetFile { writer, columns, rows: 0 })
    }

    pub(super) fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), ParquetError> {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.push(*cell);
        }
        self.rows += 1;
        if self.rows == GROUP { self.write_group() } else { Ok(()) }
    }

    fn write_group(&mut self) -> Result<(), ParquetError> {
        let mut group = self.writer.next_row_group()?;
        for pending in &mut self.columns {
            let Some(mut column) = group.next_column()? else { break };
            pending.write(&mut column)?;
            column.close()?;
        }
        group.close()?;
        self.rows = 0;
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<(), ParquetError> {
        // An empty table has one empty group: some readers want at least one.
        if self.rows > 0 || self.writer.flushed_row_groups().is_empty() {
            self.write_group()?;
        }
        self.writer.finish()?;
        self.writer.inner_mut().flush()?;
        Ok(())
    }
}

fn schema(table: &Table) -> Result<Type, ParquetError> {
    let field = |column: &Column| {
        let (physical, logical) = match column.sort {
            Sort::Count => {
                let unsigned = LogicalType::integer(64, false);
                (Physical::INT64, Some(unsigned))
            }
            Sort::Number => (Physical::DOUBLE, None),
            Sort::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        };
        let repetition =
            if column.is_optional { Repetition::OPTIONAL } else { Repetition::REQUIRED };
        Type::primitive_type_builder(column.name, physical)
            .with_logical_type(logical)
            .with_repetition(repetition)
            .build()
            .map(Arc::new)
    };
    let fields = table.columns.iter().map(field).collect::<Result<Vec<_>, _>>()?;
    Type::group_type_builder(table.name).with_fields(fields).build()
}
