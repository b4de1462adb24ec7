//! The tables once more, in the form that a spreadsheet opens at a double click.

use super::derived::{EXCEL, EXCEL_EU, once_more};
use super::folder::{FolderError, StagedFile};
use super::kept::Kept;
use super::stored::StoredError;
use std::io::Write as _;
use std::path::PathBuf;

/// A form of CSV.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// A mark for UTF-8 at the beginning, lines that end as Windows ends them.
    Excel,
    /// The same with semicolons between cells and a decimal comma, as spreadsheets of continental Europe read it.
    ExcelEu,
}

/// Why tables could not be written once more.
#[derive(Debug, thiserror::Error)]
pub enum Unwritten {
    /// What was stored cannot be read.
    #[error(transparent)]
    Stored(#[from] StoredError),
    /// The file cannot be written.
    #[error(transparent)]
    Folder(#[from] FolderError),
}

impl Profile {
    /// What stands behind the name of a table.
    fn end(self) -> &'static str {
        match self {
            Profile::Excel => EXCEL,
            Profile::ExcelEu => EXCEL_EU,
        }
    }
}

/// Writes every table of a folder in a profile, beside it: `runs.excel.csv` beside `runs.csv`. Returns their paths.
///
/// # Errors
///
/// When a table cannot be read or written.
pub fn write_profile(folder: &Kept, profile: Profile) -> Result<Vec<PathBuf>, Unwritten> {
    let mut staged = Vec::new();
    for name in folder.tables() {
        let Some(mut stream) = folder.stream(name)? else { continue };
        let target = once_more(&folder.path.join(name), profile.end());
        let failed = |error: csv::Error| FolderError::write(&target, std::io::Error::other(error.to_string()));
        let mut file = StagedFile::new(&target)?;
        file.write_all("\u{feff}".as_bytes()).map_err(|error| FolderError::write(&target, error))?;
        let comma = profile == Profile::ExcelEu;
        let mut writer = csv::WriterBuilder::new()
            .delimiter(if comma { b';' } else { b',' })
            .terminator(csv::Terminator::CRLF)
            .from_writer(file);
        writer.write_record(&stream.headings).map_err(failed)?;
        while let Some(row) = stream.next_row()? {
            for cell in row {
                // A number among words, too: with a point, such a spreadsheet would take it for a day of the year.
                if comma && cell.parse::<f64>().is_ok() {
                    writer.write_field(cell.replace('.', ",")).map_err(failed)?;
                } else {
                    writer.write_field(cell).map_err(failed)?;
                }
            }
            writer.write_record(None::<&[u8]>).map_err(failed)?;
        }
        staged.push(writer.into_inner().map_err(|error| FolderError::write(&target, error.into_error()))?);
    }
    Ok(staged.into_iter().map(StagedFile::publish).collect::<Result<_, _>>()?)
}
