//! One sheet: a title, words, tables and charts from top to bottom, and how it is printed.

use super::chart::Placed;
use crate::report::text::{SIMULATED, fit, lines};
use crate::scenario::model::Tlp;
use rust_xlsxwriter::{
    Color, ConditionalFormatDataBar, ConditionalFormatDataBarDirection, ConditionalFormatType, Format, FormatAlign,
    Table, TableColumn, TableStyle, Worksheet, XlsxError,
};

/// US Letter.
const PAPER: u8 = 1;

/// The paper's width in characters of the body font, landscape.
const LANDSCAPE: f64 = 130.0;
/// The same, portrait.
const PORTRAIT: f64 = 95.0;

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::report) enum Value {
    /// Words.
    Text(String),
    /// A number.
    Number(f64),
    /// Nothing.
    None,
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::Text(text)
    }
}

impl From<Option<f64>> for Value {
    fn from(number: Option<f64>) -> Self {
        number.filter(|number| number.is_finite()).map_or(Value::None, Value::Number)
    }
}

/// How a column is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Kind {
    /// Words, wrapped.
    Text,
    /// A share, as a percentage.
    Share,
    /// A share with a bar behind it.
    Bar,
    /// A number in as many digits as matter.
    Figure,
    /// A whole number with thousands apart.
    Whole,
    /// A probability of a test.
    Chance,
}

/// A column of a table.
#[derive(Clone, Debug)]
pub(in crate::report) struct Heading {
    pub(in crate::report) name: String,
    pub(in crate::report) kind: Kind,
    /// In characters.
    pub(in crate::report) width: f64,
}

/// Names a column.
pub(in crate::report) fn heading(name: &str, kind: Kind, width: f64) -> Heading {
    Heading { name: name.to_owned(), kind, width }
}

/// A sheet being filled from top to bottom.
pub(in crate::report) struct Page<'a> {
    pub(in crate::report) sheet: &'a mut Worksheet,
    row: u32,
    /// Characters that fit side by side.
    room: f64,
}

impl<'a> Page<'a> {
    /// Begins a sheet with its title, what it says of itself, and some sentences.
    pub(in crate::report) fn begin(
        sheet: &'a mut Worksheet,
        (name, title): (&str, &str),
        tlp: Tlp,
        widths: &[f64],
        words: &[String],
    ) -> Result<Self, XlsxError> {
        sheet.set_name(name)?;
        sheet.set_paper_size(PAPER).set_margins(0.4, 0.4, 0.7, 0.6, 0.3, 0.3);
        sheet.set_header(format!("&L{}&R{SIMULATED}", tlp.marking()));
        sheet.set_footer("&L&A&RPage &P of &N");
        sheet.set_screen_gridlines(false);
        let total: f64 = widths.iter().sum();
        if total > PORTRAIT {
            sheet.set_landscape();
        }
        for (column, width) in widths.iter().enumerate() {
            sheet.set_column_width(column as u16, *width)?;
        }
        let room = if total > PORTRAIT { total.max(LANDSCAPE * 0.8) } else { total.max(PORTRAIT * 0.8) };
        let mut page = Page { sheet, row: 0, room };
        page.sheet.write_string_with_format(0, 0, fit(title), &Format::new().set_bold().set_font_size(16))?;
        page.sheet.set_row_height(0, 24)?;
        page.row = 1;
        page.mark(tlp, widths)?;
        for sentence in words {
            page.words(sentence)?;
        }
        page.row += 1;
        Ok(page)
    }

    /// The marking, in the colours that its standard gives (FIRST, TLP 2.0), and what the numbers are.
    fn mark(&mut self, tlp: Tlp, widths: &[f64]) -> Result<(), XlsxError> {
        /// Characters that any marking needs.
        const NEEDED: f64 = 50.0;
        let format = Format::new().set_bold().set_font_color(Color::RGB(tlp.colour()));
        let format = format.set_background_color(Color::Black).set_align(FormatAlign::Left);
        self.sheet.write_string_with_format(self.row, 0, format!("{} · {SIMULATED}", tlp.marking()), &format)?;
        let mut dark = 0.0;
        for (column, width) in widths.iter().enumerate() {
            if column > 0 && dark < NEEDED {
                self.sheet.write_blank(self.row, column as u16, &format)?;
            }
            dark += width;
        }
        self.row += 1;
        Ok(())
    }

    /// A sentence, broken into lines that fit the sheet.
    pub(in crate::report) fn words(&mut self, sentence: &str) -> Result<(), XlsxError> {
        for line in lines(&fit(sentence), (self.room * 1.05) as usize) {
            self.sheet.write_string(self.row, 0, line)?;
            self.row += 1;
        }
        Ok(())
    }

    /// A heading within the sheet.
    pub(in crate::report) fn subtitle(&mut self, text: &str) -> Result<(), XlsxError> {
        let format = Format::new().set_bold().set_font_size(12).set_font_color(Color::RGB(0x1F_3864));
        self.sheet.write_string_with_format(self.row, 0, fit(text), &format)?;
        self.row += 1;
        Ok(())
    }

    /// Leaves a row free.
    pub(in crate::report) fn gap(&mut self) {
        self.row += 1;
    }

    /// Writes a native table; nothing if there are no rows. `name` names it for formulas. Returns the row of its first entry.
    pub(in crate::report) fn table(
        &mut self,
        name: &str,
        headings: &[Heading],
        rows: &[Vec<Value>],
    ) -> Result<u32, XlsxError> {
        let top = self.row;
        if rows.is_empty() {
            self.words("None.")?;
            return Ok(top);
        }
        let own = |heading: &Heading| {
            let format = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::VerticalCenter);
            let format = format.set_background_color(Color::RGB(0x1F_3864)).set_font_color(Color::White);
            let format = match heading.kind {
                Kind::Text => format.set_align(FormatAlign::Left).set_indent(1),
                _ => format.set_align(FormatAlign::Right),
            };
            TableColumn::new().set_header(&heading.name).set_header_format(format)
        };
        let columns: Vec<TableColumn> = headings.iter().map(own).collect();
        let last = (top + rows.len() as u32, headings.len() as u16 - 1);
        let table = Table::new().set_name(name).set_style(TableStyle::Light1).set_columns(&columns);
        self.sheet.add_table(top, 0, last.0, last.1, &table)?;
        let room = |heading: &Heading| heading.name.chars().count() as f64 / (heading.width - 3.0).max(1.0);
        let deepest = headings.iter().map(room).fold(1.0, f64::max);
        self.sheet.set_row_height(top, 16.0 * deepest.ceil().clamp(2.0, 4.0))?;
        for (offset, row) in rows.iter().enumerate() {
            let at = top + 1 + offset as u32;
            let mut deep = 1;
            for (column, (value, heading)) in row.iter().zip(headings).enumerate() {
                if let Value::Text(text) = value {
                    deep = deep.max(lines(text, heading.width as usize - 1).len());
                }
                write(self.sheet, at, column as u16, value, heading.kind)?;
            }
            // Said rather than left to the reader's program: not all of them measure wrapped cells before they print.
            self.sheet.set_row_height(at, 15.0 * deep.clamp(1, 20) as f64 + 1.0)?;
        }
        for (column, _) in headings.iter().enumerate().filter(|(_, heading)| heading.kind == Kind::Bar) {
            bar(self.sheet, (top + 1, last.0), column as u16)?;
        }
        self.row = last.0 + 2;
        Ok(top + 1)
    }

    /// Keeps the rows above `first` and `columns` in sight, and repeats the heading on every printed page.
    pub(in crate::report) fn freeze(&mut self, first: u32, columns: u16) -> Result<(), XlsxError> {
        self.sheet.set_freeze_panes(first, columns)?;
        self.sheet.set_repeat_rows(first - 1, first - 1)?;
        Ok(())
    }

    /// Prints the sheet as wide as the page.
    pub(in crate::report) fn fit_width(&mut self) {
        self.sheet.set_print_fit_to_pages(1, 0);
    }

    /// Puts a chart below what is there.
    pub(super) fn chart(&mut self, chart: &Placed) -> Result<(), XlsxError> {
        self.sheet.insert_chart_with_offset(self.row, 0, &chart.chart, 4, 4)?;
        self.row += chart.rows() + 1;
        Ok(())
    }

    /// Puts charts below what is there, two side by side, and breaks pages between them.
    pub(super) fn charts(&mut self, charts: &[Placed], second_column: u16) -> Result<(), XlsxError> {
        /// Rows of a landscape page at the scale below. (A spreadsheet ignores page breaks where it fits pages by itself.)
        const PAGE: u32 = 42;
        let mut breaks = Vec::new();
        let mut page_began = 0;
        for pair in charts.chunks(2) {
            let deep = pair.iter().map(Placed::rows).max().unwrap_or_default() + 1;
            if self.row + deep > page_began + PAGE {
                breaks.push(self.row);
                page_began = self.row;
            }
            for (chart, column) in pair.iter().zip([0, second_column]) {
                self.sheet.insert_chart_with_offset(self.row, column, &chart.chart, 4, 4)?;
            }
            self.row += deep;
        }
        self.sheet.set_page_breaks(&breaks)?.set_print_scale(75);
        Ok(())
    }

    /// The row that comes next.
    pub(in crate::report) fn row(&self) -> u32 {
        self.row
    }
}

/// The number format of a value.
pub(in crate::report) fn number_format(value: f64, kind: Kind) -> &'static str {
    match kind {
        Kind::Share | Kind::Bar => "0.0%",
        Kind::Whole => "#,##0",
        Kind::Chance if value < 0.001 => "0.0E+00",
        Kind::Chance => "0.000",
        Kind::Text | Kind::Figure => match value.abs() {
            size if size >= 100.0 => "#,##0",
            0.0 => "0",
            size if size >= 10.0 => "0.0",
            size if size >= 1.0 => "0.00",
            size if size >= 0.001 => "0.000",
            _ => "0.0E+00",
        },
    }
}

/// Writes one cell.
pub(in crate::report) fn write(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    value: &Value,
    kind: Kind,
) -> Result<(), XlsxError> {
    let format = Format::new().set_align(FormatAlign::Top);
    match value {
        Value::Text(text) => {
            let format = format.set_text_wrap();
            let format = if kind == Kind::Text {
                format.set_align(FormatAlign::Left).set_indent(1)
            } else {
                format.set_align(FormatAlign::Right)
            };
            sheet.write_string_with_format(row, column, fit(text), &format)?;
        }
        Value::Number(number) => {
            let format = format.set_num_format(number_format(*number, kind));
            sheet.write_number_with_format(row, column, *number, &format)?;
        }
        Value::None => {}
    }
    Ok(())
}

/// Bars behind shares, from none to all.
fn bar(sheet: &mut Worksheet, (first, last): (u32, u32), column: u16) -> Result<(), XlsxError> {
    let bars = ConditionalFormatDataBar::new()
        .set_minimum(ConditionalFormatType::Number, 0)
        .set_maximum(ConditionalFormatType::Number, 1)
        .set_solid_fill(true)
        .set_direction(ConditionalFormatDataBarDirection::LeftToRight)
        .set_fill_color(Color::RGB(0x9D_C3E6));
    sheet.add_conditional_format(first, column, last, column, &bars)?;
    Ok(())
}
