//! One CSV table: its fields, its cells, and what a spreadsheet must not misread.

use super::folder::{FolderError, StagedFile};
use std::io::Write;
use std::path::{Path, PathBuf};

/// A column of a file: its heading, and what the dictionary says of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The heading.
    pub name: String,
    /// What it means.
    pub meaning: String,
    /// Its unit; empty for text.
    pub unit: String,
    /// Where it comes from; empty if that goes without saying.
    pub source: String,
}

impl Field {
    /// A field whose source goes without saying.
    pub fn new(name: impl Into<String>, meaning: impl Into<String>, unit: impl Into<String>) -> Self {
        Field { name: name.into(), meaning: meaning.into(), unit: unit.into(), source: String::new() }
    }

    /// The same field with its source.
    #[must_use]
    pub fn from_source(mut self, source: impl Into<String>) -> Self {
        self.source = source.into();
        self
    }
}

/// An id of the scenario as part of a heading: formula languages read a dash as a minus.
pub(super) fn heading(prefix: &str, id: &str) -> String {
    format!("{prefix}{}", id.replace('-', "_"))
}

/// What stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Words. They may come from a stranger's scenario, so what a spreadsheet would take for a formula gets an apostrophe in front.
    Text(&'a str),
    /// A number, in the shortest form that reads back as the same number; NaN is an empty cell.
    Number(f64),
    /// A whole number.
    Whole(u64),
    /// A number, if there is one.
    Maybe(Option<f64>),
}

/// Characters with which a spreadsheet lets a formula begin, or behind which it looks for one (OWASP ASVS 5.0, 1.2.10).
const FORMULA_STARTS: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\0'];

/// A text as it was before a table guarded it.
pub(super) fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| text.starts_with(FORMULA_STARTS)).unwrap_or(cell)
}

/// A CSV file being written.
pub struct Table<W: Write = StagedFile> {
    writer: csv::Writer<W>,
    fields: Vec<Field>,
    /// What its errors name.
    path: PathBuf,
    /// The cell at hand, kept so that no cell allocates.
    text: Vec<u8>,
    rows: u64,
}

impl<W: Write> Table<W> {
    /// Starts a table with its header line. The path is for error messages.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub fn new(target: W, path: &Path, fields: &[Field]) -> Result<Self, FolderError> {
        let writer = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(target);
        let mut table = Table { writer, fields: fields.to_vec(), path: path.to_owned(), text: Vec::new(), rows: 0 };
        for field in fields {
            table.cell(Cell::Text(&field.name))?;
        }
        table.end_row()?;
        table.rows = 0;
        Ok(table)
    }

    /// Its columns.
    pub(super) fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// Writes the next cell of the row.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub fn cell(&mut self, cell: Cell) -> Result<(), FolderError> {
        self.text.clear();
        let written = match cell {
            Cell::Text(text) => {
                if text.starts_with(FORMULA_STARTS) {
                    self.text.push(b'\'');
                }
                self.text.extend_from_slice(text.as_bytes());
                Ok(())
            }
            Cell::Number(value) if value.is_nan() => Ok(()),
            // Adding zero turns -0 into 0.
            Cell::Number(value) => write!(self.text, "{}", value + 0.0),
            Cell::Whole(value) => write!(self.text, "{value}"),
            Cell::Maybe(value) => return self.cell(Cell::Number(value.unwrap_or(f64::NAN))),
        };
        let written = written.map_err(csv::Error::from).and_then(|()| self.writer.write_field(&self.text));
        written.map_err(|error| self.failed(error))
    }

    /// Ends the row.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub fn end_row(&mut self) -> Result<(), FolderError> {
        self.rows += 1;
        self.writer.write_record(None::<&[u8]>).map_err(|error| self.failed(error))
    }

    /// Writes a whole row.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) -> Result<(), FolderError> {
        for cell in cells {
            self.cell(cell)?;
        }
        self.end_row()
    }

    /// Ends the table. Returns what it was written to, and the number of rows below the header.
    ///
    /// # Errors
    ///
    /// When the last of it cannot be written.
    pub fn finish(self) -> Result<(W, u64), FolderError> {
        let target = self.writer.into_inner().map_err(|error| FolderError::write(&self.path, error.into_error()))?;
        Ok((target, self.rows))
    }

    fn failed(&self, error: csv::Error) -> FolderError {
        match error.into_kind() {
            csv::ErrorKind::Io(error) => FolderError::write(&self.path, error),
            other => FolderError::write(&self.path, std::io::Error::other(format!("{other:?}"))),
        }
    }
}
