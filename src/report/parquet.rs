//! The tables as Parquet: the same columns with their types, for programs that read many of them. Part of the build with the
//! feature `parquet`.

use super::derived::{PARQUET, once_more};
use super::folder::{FolderError, StagedFile};
use super::kept::{Kept, Meaning};
use super::profile::Unwritten;
use super::table::unguarded;
use parquet::basic::{Compression, ConvertedType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Rows that are held at a time.
const GROUP: usize = 65_536;

/// What a column holds. An empty cell is null; numbers are never NaN.
enum Values {
    Texts(Vec<ByteArray>),
    Numbers(Vec<f64>),
    Whole(Vec<i64>),
    Truths(Vec<i32>),
}

/// A column of the rows at hand.
struct Held {
    values: Values,
    /// By row, 1 if there is a value.
    present: Vec<i16>,
}

impl Held {
    fn new(heading: &str, meaning: Option<&Meaning>) -> Self {
        let values = match meaning {
            Some(meaning) if heading == "run" && meaning.unit == "1" => Values::Whole(Vec::new()),
            Some(meaning) if meaning.unit == "0/1" => Values::Truths(Vec::new()),
            Some(meaning) if !meaning.is_text() => Values::Numbers(Vec::new()),
            _ => Values::Texts(Vec::new()),
        };
        Held { values, present: Vec::new() }
    }

    fn schema(&self, heading: &str) -> Result<TypePtr, ParquetError> {
        let (physical, converted) = match self.values {
            Values::Texts(_) => (Physical::BYTE_ARRAY, ConvertedType::UTF8),
            Values::Numbers(_) => (Physical::DOUBLE, ConvertedType::NONE),
            Values::Whole(_) => (Physical::INT64, ConvertedType::NONE),
            Values::Truths(_) => (Physical::INT32, ConvertedType::NONE),
        };
        let column = Type::primitive_type_builder(heading, physical).with_converted_type(converted);
        Ok(Arc::new(column.with_repetition(Repetition::OPTIONAL).build()?))
    }

    /// Takes a cell. Nothing if it is not what its column holds.
    fn push(&mut self, cell: &str) -> Option<()> {
        self.present.push(i16::from(!cell.is_empty()));
        if cell.is_empty() {
            return Some(());
        }
        match &mut self.values {
            Values::Texts(values) => values.push(ByteArray::from(unguarded(cell))),
            Values::Numbers(values) => values.push(cell.parse().ok()?),
            Values::Whole(values) => values.push(cell.parse().ok()?),
            Values::Truths(values) => values.push(cell.parse().ok()?),
        }
        Some(())
    }

    fn write(&mut self, mut column: SerializedColumnWriter) -> Result<(), ParquetError> {
        let present = Some(self.present.as_slice());
        match &mut self.values {
            Values::Texts(values) => column.typed::<ByteArrayType>().write_batch(values, present, None)?,
            Values::Numbers(values) => column.typed::<DoubleType>().write_batch(values, present, None)?,
            Values::Whole(values) => column.typed::<Int64Type>().write_batch(values, present, None)?,
            Values::Truths(values) => column.typed::<Int32Type>().write_batch(values, present, None)?,
        };
        match &mut self.values {
            Values::Texts(values) => values.clear(),
            Values::Numbers(values) => values.clear(),
            Values::Whole(values) => values.clear(),
            Values::Truths(values) => values.clear(),
        }
        self.present.clear();
        column.close()
    }
}

/// Writes every table of a folder as Parquet, beside it: `runs.parquet` beside `runs.csv`. Returns their paths.
///
/// # Errors
///
/// When a table cannot be read or written.
pub fn write_parquet(folder: &Kept) -> Result<Vec<PathBuf>, Unwritten> {
    let mut staged = Vec::new();
    for name in folder.tables() {
        let target = once_more(&folder.path.join(name), PARQUET);
        staged.extend(write_table(folder, name, &target)?);
    }
    Ok(staged.into_iter().map(StagedFile::publish).collect::<Result<_, _>>()?)
}

fn write_table(folder: &Kept, name: &str, target: &Path) -> Result<Option<StagedFile>, Unwritten> {
    let Some(mut stream) = folder.stream(name)? else { return Ok(None) };
    let failed = |error: ParquetError| FolderError::write(target, std::io::Error::other(error.to_string()));
    let mut columns: Vec<Held> =
        stream.headings.iter().map(|heading| Held::new(heading, folder.meaning(name, heading))).collect();
    let fields = columns.iter().zip(&stream.headings).map(|(column, heading)| column.schema(heading));
    let schema = fields
        .collect::<Result<Vec<TypePtr>, _>>()
        .and_then(|fields| Type::group_type_builder("schema").with_fields(fields).build());
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(format!("canvass {}", env!("CARGO_PKG_VERSION")))
        .set_key_value_metadata(Some(metadata(folder)))
        .build();
    let file = StagedFile::new(target)?;
    let schema = Arc::new(schema.map_err(failed)?);
    let mut writer = SerializedFileWriter::new(file, schema, Arc::new(properties)).map_err(failed)?;
    let mut rows = 0;
    loop {
        let row = stream.next_row()?;
        let end = row.is_none();
        if let Some(row) = row {
            rows += 1;
            for (column, cell) in columns.iter_mut().zip(row) {
                let wrong = || std::io::Error::other(format!("{name} says `{cell}` where a number should stand"));
                column.push(cell).ok_or_else(wrong).map_err(|error| FolderError::write(target, error))?;
            }
        }
        if rows > 0 && (end || rows == GROUP) {
            write_group(&mut writer, &mut columns).map_err(failed)?;
            rows = 0;
        }
        if end {
            break;
        }
    }
    Ok(Some(writer.into_inner().map_err(failed)?))
}

fn write_group(writer: &mut SerializedFileWriter<StagedFile>, columns: &mut [Held]) -> Result<(), ParquetError> {
    let mut group = writer.next_row_group()?;
    for column in columns {
        if let Some(target) = group.next_column()? {
            column.write(target)?;
        }
    }
    group.close()?;
    Ok(())
}

/// What the file says of itself.
fn metadata(folder: &Kept) -> Vec<KeyValue> {
    let manifest = &folder.manifest;
    let scenario = manifest.scenarios.first().cloned().unwrap_or_default();
    let pair = |key: &str, value: String| KeyValue::new(key.to_owned(), value);
    vec![
        pair("scenario", scenario.id),
        pair("scenario_sha256", scenario.sha256),
        pair("seed", manifest.seed.to_string()),
        pair("engine_version", manifest.canvass.clone()),
        pair("tlp", scenario.tlp.marking().to_owned()),
        pair("marking", super::text::SIMULATED.to_owned()),
    ]
}
