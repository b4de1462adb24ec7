//! Workbooks, as Excel and LibreOffice write them.

use super::{Book, MOST_CELLS, NoBook, Sheet, Span};
use crate::intake::cell::{Cell, DAY_MS};
use calamine::{
    CellErrorType, Data, Dimensions, ExcelDateTime, Ods, OdsError, Reader, SheetType, SheetVisible, Xls, XlsError,
    Xlsb, XlsbError, Xlsx, XlsxError,
};
use jiff::civil::{Date, DateTime, Time};
use std::fmt::Display;
use std::io::Cursor;

/// A workbook in a zip archive: .xlsx, .xlsm, .ods or .xlsb.
pub(super) fn zipped(bytes: Cursor<&[u8]>) -> Result<Book, NoBook> {
    let first = match Xlsx::new(bytes.clone()) {
        Ok(book) => return xlsx(book),
        Err(XlsxError::Password) => return Err(NoBook::Locked),
        Err(error) => error,
    };
    match Ods::new(bytes.clone()) {
        Ok(book) => return plain(book),
        Err(OdsError::Password) => return Err(NoBook::Locked),
        Err(_) => {}
    }
    match Xlsb::new(bytes) {
        Ok(book) => plain(book),
        Err(XlsbError::Password) => Err(NoBook::Locked),
        Err(_) => Err(damaged(first)),
    }
}

/// A workbook in a compound file: .xls, or any workbook with a password.
pub(super) fn compound(bytes: Cursor<&[u8]>) -> Result<Book, NoBook> {
    match Xls::new(bytes.clone()) {
        Ok(mut book) => {
            let spans = |book: &mut Xls<_>, name: &str| book.merge_cells_by_sheet_name(name).unwrap_or_default();
            sheets(&mut book, spans)
        }
        Err(XlsError::Password) => Err(NoBook::Locked),
        // A workbook of today with a password is wrapped up in this way.
        Err(error) => match Xlsx::new(bytes) {
            Err(XlsxError::Password) => Err(NoBook::Locked),
            _ => Err(damaged(error)),
        },
    }
}

fn damaged(error: impl Display) -> NoBook {
    NoBook::Damaged(error.to_string())
}

/// Names of the work sheets, and whether they are hidden.
fn names<B: Reader<Cursor<C>>, C: AsRef<[u8]>>(book: &B) -> Vec<(String, bool)> {
    let metadata = book.sheets_metadata().iter();
    metadata
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect()
}

/// Cell by cell: one stray cell in the last row of a sheet must not take the memory of a full sheet.
fn xlsx(mut book: Xlsx<Cursor<&[u8]>>) -> Result<Book, NoBook> {
    let mut sheets = Vec::new();
    let mut count = 0;
    for (name, hidden) in names(&book) {
        let spans = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let mut cells = Vec::new();
        let mut reader = book.worksheet_cells_reader(&name).map_err(damaged)?;
        while let Some(cell) = reader.next_cell().map_err(damaged)? {
            let (row, column) = cell.get_position();
            if let Some(cell) = convert(&cell.get_value().clone().into()) {
                cells.push((row, column, cell));
                count += 1;
            }
            if count > MOST_CELLS {
                return Err(NoBook::TooLarge);
            }
        }
        sheets.push(Sheet::new(name, hidden, cells, &converted(&spans)));
    }
    Ok(Book { sheets, guesses: Vec::new() })
}

/// A workbook of a kind of which merged cells are not told.
fn plain<B: Reader<Cursor<C>>, C: AsRef<[u8]>>(mut book: B) -> Result<Book, NoBook>
where
    B::Error: Display,
{
    sheets(&mut book, |_, _| Vec::new())
}

fn sheets<B: Reader<Cursor<C>>, C: AsRef<[u8]>>(
    book: &mut B,
    spans: impl Fn(&mut B, &str) -> Vec<Dimensions>,
) -> Result<Book, NoBook>
where
    B::Error: Display,
{
    let mut made = Vec::new();
    let mut count = 0;
    for (name, hidden) in names(book) {
        let range = book.worksheet_range(&name).map_err(damaged)?;
        let (top, left) = range.start().unwrap_or_default();
        let cells: Vec<(u32, u32, Cell)> = range
            .used_cells()
            .filter_map(|(row, column, value)| Some((top + row as u32, left + column as u32, convert(value)?)))
            .collect();
        count += cells.len();
        if count > MOST_CELLS {
            return Err(NoBook::TooLarge);
        }
        let spans = spans(book, &name);
        made.push(Sheet::new(name, hidden, cells, &converted(&spans)));
    }
    Ok(Book { sheets: made, guesses: Vec::new() })
}

fn converted(spans: &[Dimensions]) -> Vec<Span> {
    spans.iter().map(|span| ((span.start.0, span.end.0), (span.start.1, span.end.1))).collect()
}

fn convert(value: &Data) -> Option<Cell> {
    match value {
        Data::Empty => None,
        Data::String(text) => Cell::of_text(text),
        Data::Int(number) => Some(Cell::Number(*number as f64)),
        Data::Float(number) => Some(Cell::Number(*number)),
        Data::Bool(truth) => Some(Cell::Truth(*truth)),
        Data::DateTime(moment) => Some(moment_of(moment)),
        Data::DateTimeIso(text) => Some(iso_moment(text).unwrap_or_else(|| Cell::Text(text.clone()))),
        Data::DurationIso(text) => Some(iso_duration(text).unwrap_or_else(|| Cell::Text(text.clone()))),
        Data::Error(error) => Some(Cell::Broken(error_text(error))),
    }
}

/// A date, a time of day, or both: which of them a cell holds, only its value says. Rounded to seconds, for a time of day is a share of
/// a day, and shares are rarely exact.
fn moment_of(moment: &ExcelDateTime) -> Cell {
    let value = moment.as_f64();
    if moment.is_duration() || (0.0..1.0).contains(&value) {
        let seconds = (value * 86_400.0).round();
        return if seconds.abs() < 1e12 { Cell::Clock(seconds as i64 * 1000) } else { Cell::Number(value) };
    }
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    let date = i16::try_from(year).ok().and_then(|year| Date::new(year, month as i8, day as i8).ok());
    let time = Time::new(hour as i8, minute as i8, second as i8, 0).ok();
    let (Some(date), Some(time)) = (date, time) else {
        return Cell::Number(value);
    };
    let exact = date.to_datetime(time);
    let rounded =
        if milli >= 500 { exact.checked_add(jiff::SignedDuration::from_secs(1)).unwrap_or(exact) } else { exact };
    of_moment(rounded)
}

fn of_moment(moment: DateTime) -> Cell {
    if moment.time() == Time::midnight() { Cell::Date(moment.date()) } else { Cell::Moment(moment) }
}

fn iso_moment(text: &str) -> Option<Cell> {
    let moment: DateTime = text.parse().ok()?;
    moment.round(jiff::Unit::Second).ok().map(of_moment)
}

/// `PT09H30M00S`, as LibreOffice writes a time of day.
fn iso_duration(text: &str) -> Option<Cell> {
    let span: jiff::SignedDuration = text.parse().ok()?;
    let ms = i64::try_from(span.as_millis()).ok()?;
    (ms.abs() < 10_000 * DAY_MS).then_some(Cell::Clock(ms))
}

fn error_text(error: &CellErrorType) -> String {
    error.to_string()
}
