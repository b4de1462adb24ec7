//! Workbooks as planners make them.

use rust_xlsxwriter::{Format, Workbook};

/// What stands in a cell.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Is {
    /// Nothing.
    Blank,
    /// Text.
    Text(&'static str),
    /// A number.
    Number(f64),
    /// A serial number with a format for dates or times.
    Serial(f64, &'static str),
}

impl From<&'static str> for Is {
    fn from(text: &'static str) -> Is {
        if text.is_empty() { Is::Blank } else { Is::Text(text) }
    }
}

impl From<f64> for Is {
    fn from(number: f64) -> Is {
        Is::Number(number)
    }
}

impl From<i32> for Is {
    fn from(number: i32) -> Is {
        Is::Number(f64::from(number))
    }
}

/// A row of cells of any kind.
macro_rules! row {
    ($($cell:expr),* $(,)?) => { vec![$($crate::books::Is::from($cell)),*] };
}
pub(crate) use row;

/// A sheet in the making.
#[derive(Default)]
pub(crate) struct Page {
    pub(crate) name: &'static str,
    pub(crate) rows: Vec<Vec<Is>>,
    /// First row, first column, last row, last column, from 0.
    pub(crate) merged: Vec<(u32, u16, u32, u16)>,
    pub(crate) hidden: bool,
}

pub(crate) fn page(name: &'static str, rows: Vec<Vec<Is>>) -> Page {
    Page { name, rows, ..Page::default() }
}

/// The bytes of a workbook, and how many of its rows hold something.
pub(crate) fn book(pages: Vec<Page>) -> (Vec<u8>, usize) {
    let mut workbook = Workbook::new();
    let mut filled = 0;
    for page in pages {
        let sheet = workbook.add_worksheet();
        sheet.set_name(page.name).unwrap();
        sheet.set_hidden(page.hidden);
        for &(top, left, bottom, right) in &page.merged {
            sheet.merge_range(top, left, bottom, right, "", &Format::new()).unwrap();
        }
        for (row, cells) in (0..).zip(&page.rows) {
            filled += usize::from(cells.iter().any(|cell| !matches!(cell, Is::Blank)));
            for (column, cell) in (0..).zip(cells) {
                match cell {
                    Is::Blank => {}
                    Is::Text(text) => {
                        sheet.write_string(row, column, *text).unwrap();
                    }
                    Is::Number(number) => {
                        sheet.write_number(row, column, *number).unwrap();
                    }
                    Is::Serial(number, format) => {
                        let format = Format::new().set_num_format(*format);
                        sheet.write_number_with_format(row, column, *number, &format).unwrap();
                    }
                }
            }
        }
    }
    (workbook.save_to_buffer().unwrap(), filled)
}

/// The serial number of 3 November 2026.
pub(crate) const ELECTION_DAY: f64 = 46_329.0;
