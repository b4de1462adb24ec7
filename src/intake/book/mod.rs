//! Workbooks and tables as rows of cells, whatever file they come from.

mod excel;
mod text;

use super::cell::Cell;
use super::heading;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

/// The most cells a workbook may have. A list of events has some ten thousand.
const MOST_CELLS: usize = 2_000_000;

/// A workbook, or a table as a book of one sheet.
#[derive(Debug)]
pub(super) struct Book {
    pub(super) sheets: Vec<Sheet>,
    /// How a text file was read, as far as that was a guess.
    pub(super) guesses: Vec<String>,
}

/// A sheet.
#[derive(Debug)]
pub(super) struct Sheet {
    /// Its name; of a text file, the name of the file.
    pub(super) name: String,
    /// Whether it is hidden.
    pub(super) hidden: bool,
    /// The rows that hold something, from the top.
    pub(super) rows: Vec<Row>,
}

/// A row that holds something.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    /// Its number, from 1.
    pub(super) number: u32,
    /// Its cells that hold something, by column from 0.
    pub(super) cells: BTreeMap<u32, Cell>,
    /// Columns whose cell is part of a merged cell that begins in a row above.
    pub(super) inherited: BTreeSet<u32>,
    /// How many columns its widest cell spans.
    pub(super) widest: u32,
}

/// Why a file is no workbook and no table.
#[derive(Debug, thiserror::Error)]
pub enum NoBook {
    /// It needs a password.
    #[error("it is protected by a password")]
    Locked,
    /// It is damaged.
    #[error("it is damaged: {0}")]
    Damaged(String),
    /// It is a web page with the ending of a workbook.
    #[error("it is a web page, not a workbook")]
    Page,
    /// It is something else.
    #[error("it is neither a workbook nor a table of text")]
    Foreign,
    /// It is too large.
    #[error("it has more than {MOST_CELLS} cells")]
    TooLarge,
    /// A quotation mark is opened and never closed.
    #[error("line {0}: a quotation mark is opened and never closed")]
    OpenQuote(u64),
    /// There is nothing in it.
    #[error("there is nothing in it")]
    Empty,
}

impl NoBook {
    /// What to do about it.
    pub fn mend(&self) -> &'static str {
        match self {
            NoBook::Locked => "open it, take the password off, and save it under another name",
            NoBook::Damaged(_) | NoBook::Page | NoBook::Foreign => {
                "open it in a spreadsheet program and save it as .xlsx or .csv"
            }
            NoBook::TooLarge => "delete the sheets that hold no list of events, or save the list alone as .csv",
            NoBook::OpenQuote(_) => "close it, or write two marks where the text has one",
            NoBook::Empty => "is it the right file?",
        }
    }
}

/// A cell that spans several rows or columns: first and last row, first and last column, from 0.
type Span = ((u32, u32), (u32, u32));

impl Book {
    /// Reads a workbook (.xlsx, .xlsm, .xls, .xlsb, .ods) or a table of text. What it is, its first bytes say.
    ///
    /// # Errors
    ///
    /// When it is neither, or empty.
    pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Book, NoBook> {
        let book = match bytes {
            [b'P', b'K', 3, 4, ..] => excel::zipped(Cursor::new(bytes))?,
            [0xd0, 0xcf, 0x11, 0xe0, ..] => excel::compound(Cursor::new(bytes))?,
            _ => text::table(name, bytes, heading::score)?,
        };
        if book.sheets.iter().all(|sheet| sheet.rows.is_empty()) {
            return Err(NoBook::Empty);
        }
        Ok(book)
    }
}

impl Sheet {
    /// A sheet from its cells, in any order, and the cells among them that span several. What a cell says that spans several rows,
    /// each of these rows says, if it says anything else.
    fn new(name: String, hidden: bool, cells: impl IntoIterator<Item = (u32, u32, Cell)>, spans: &[Span]) -> Sheet {
        let mut rows: BTreeMap<u32, Row> = BTreeMap::new();
        for (row, column, cell) in cells {
            let entry = rows.entry(row).or_insert_with(|| Row { number: row + 1, widest: 1, ..Row::default() });
            entry.cells.insert(column, cell);
        }
        for &((top, bottom), (left, right)) in spans {
            let Some(cell) = rows.get(&top).and_then(|row| row.cells.get(&left)).cloned() else {
                continue;
            };
            for (number, row) in rows.range_mut(top..=bottom.max(top)) {
                if *number == top {
                    row.widest = row.widest.max(right.saturating_sub(left) + 1);
                } else if let Entry::Vacant(free) = row.cells.entry(left) {
                    free.insert(cell.clone());
                    row.inherited.insert(left);
                }
            }
        }
        Sheet { name, hidden, rows: rows.into_values().collect() }
    }
}

/// The letters of a column: `A` for 0, `AB` for 27.
pub(super) fn letters(column: u32) -> String {
    let mut rest = u64::from(column) + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.push(b'A' + (rest % 26) as u8);
        rest /= 26;
    }
    letters.reverse();
    String::from_utf8_lossy(&letters).into_owned()
}
