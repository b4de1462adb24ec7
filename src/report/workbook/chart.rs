//! Charts, and the sheet with the numbers behind them.
//!
//! A chart never holds a text itself: titles and names are read from cells, so that no text can be taken for a reference.

use super::page::{Kind, Page, Value, write};
use crate::report::text::{SIMULATED, short};
use crate::scenario::model::Tlp;
use rust_xlsxwriter::{
    Chart, ChartAxisLabelPosition, ChartErrorBars, ChartErrorBarsType, ChartFont, ChartFormat, ChartLegendPosition,
    ChartLine, ChartLineDashType, ChartMarker, ChartMarkerType, ChartRange, ChartSeries, ChartSolidFill, ChartType,
    Color, Format, FormatAlign, Worksheet, XlsxError,
};

/// The sheet with the numbers behind the charts.
pub(super) const SHEET: &str = "Chart data";

/// Colours that people who see colours differently can tell apart (Okabe and Ito 2008).
const COLOURS: [u32; 6] = [0x00_72B2, 0xD5_5E00, 0x00_9E73, 0xCC_79A7, 0xE6_9F00, 0x56_B4E9];

/// Plans that a chart shows at most.
pub(super) const PLANS: usize = COLOURS.len();

/// Pixels of a row.
const ROW: u32 = 20;

/// A chart with its height.
pub(super) struct Placed {
    pub(super) chart: Chart,
    height: u32,
}

impl Placed {
    /// How many rows it covers.
    pub(super) fn rows(&self) -> u32 {
        self.height.div_ceil(ROW)
    }
}

/// Numbers behind a chart: a title, headings, and columns of one length.
struct Block {
    title: String,
    headings: Vec<String>,
    columns: Vec<Vec<Value>>,
}

/// The numbers behind all charts.
#[derive(Default)]
pub(super) struct ChartData {
    blocks: Vec<Block>,
    next: u32,
}

/// Where the numbers of a chart will stand.
#[derive(Clone, Copy)]
pub(super) struct Source {
    row: u32,
    length: u32,
}

impl Source {
    fn title(self) -> ChartRange {
        ChartRange::new_from_range(SHEET, self.row, 0, self.row, 0)
    }

    fn name(self, column: u16) -> ChartRange {
        ChartRange::new_from_range(SHEET, self.row + 1, column, self.row + 1, column)
    }

    fn column(self, column: u16) -> ChartRange {
        ChartRange::new_from_range(SHEET, self.row + 2, column, self.row + 1 + self.length, column)
    }
}

impl ChartData {
    /// Puts numbers aside, and says where they will stand.
    pub(super) fn add(&mut self, title: &str, headings: Vec<String>, columns: Vec<Vec<Value>>) -> Source {
        let length = columns.iter().map(Vec::len).max().unwrap_or_default() as u32;
        // The first sheet rows are its own title.
        let row = self.next + 5;
        self.next += length + 3;
        self.blocks.push(Block { title: title.to_owned(), headings, columns });
        Source { row, length }
    }

    /// Writes the sheet.
    pub(super) fn write(&self, sheet: &mut Worksheet, tlp: Tlp) -> Result<(), XlsxError> {
        let words = ["The numbers from which the charts are drawn.".to_owned()];
        let widths = [vec![44.0], vec![17.0; 13]].concat();
        let page = Page::begin(sheet, (SHEET, "Numbers behind the charts"), tlp, &widths, &words)?;
        let mut row = page.row().max(5);
        debug_assert_eq!(row, 5, "blocks begin where charts look for them");
        let bold = Format::new().set_bold();
        for block in &self.blocks {
            page.sheet.write_string_with_format(row, 0, &block.title, &bold)?;
            for (column, (heading, values)) in block.headings.iter().zip(&block.columns).enumerate() {
                let named = values.iter().any(|value| matches!(value, Value::Text(_)));
                let side = if named { FormatAlign::Left } else { FormatAlign::Right };
                page.sheet.write_string_with_format(row + 1, column as u16, heading, &Format::new().set_align(side))?;
                for (offset, value) in values.iter().enumerate() {
                    let row = row + 2 + offset as u32;
                    match value {
                        Value::Text(text) => page.sheet.write_string(row, column as u16, text).map(|_| ())?,
                        _ => write(page.sheet, row, column as u16, value, Kind::Figure)?,
                    }
                }
            }
            row += block.columns.iter().map(Vec::len).max().unwrap_or_default() as u32 + 3;
        }
        page.sheet.set_print_fit_to_pages(1, 0);
        Ok(())
    }
}

fn colour(position: usize) -> Color {
    Color::RGB(COLOURS[position % COLOURS.len()])
}

fn dress(chart: &mut Chart, source: Source, alt: &str, size: (u32, u32)) {
    chart.title().set_name(&source.title()).set_font(ChartFont::new().set_size(11).set_bold());
    chart.set_width(size.0).set_height(size.1).set_alt_text(short(&format!("{alt} ({SIMULATED})"), 250));
    chart.legend().set_position(ChartLegendPosition::Bottom);
}

fn pale() -> ChartLine {
    ChartLine::new().set_color(Color::RGB(0xD9_D9D9)).set_width(0.75).clone()
}

/// What a bar chart shows.
pub(super) struct Bars<'a> {
    /// Where its numbers are: names in column 0, then for each series its values, and how far the interval reaches down and up.
    pub(super) source: Source,
    /// How many series there are.
    pub(super) series: usize,
    /// How many names there are.
    pub(super) names: usize,
    /// What the values are.
    pub(super) axis: &'a str,
    /// Ends of the axis.
    pub(super) ends: (f64, f64),
    /// The number format of the axis.
    pub(super) format: &'a str,
    /// Whether bars of all series lie on one line, as in a tornado.
    pub(super) on_one_line: bool,
    /// What it shows, for those who cannot see it.
    pub(super) alt: &'a str,
    /// In pixels.
    pub(super) width: u32,
}

impl Bars<'_> {
    /// Draws it.
    pub(super) fn draw(&self) -> Placed {
        let each = if self.on_one_line { 26 } else { 16 * self.series as u32 + 14 };
        let height = 130 + each * self.names as u32;
        let mut chart = Chart::new(ChartType::Bar);
        dress(&mut chart, self.source, self.alt, (self.width, height));
        for series in 0..self.series {
            let column = 1 + 3 * series as u16;
            let reach = ChartErrorBarsType::Custom(self.source.column(column + 2), self.source.column(column + 1));
            let mut errors = ChartErrorBars::new();
            errors.set_type(reach).set_format(ChartLine::new().set_color(Color::RGB(0x40_4040)).set_width(1));
            chart
                .add_series()
                .set_name(&self.source.name(column))
                .set_categories(&self.source.column(0))
                .set_values(&self.source.column(column))
                .set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(colour(series))))
                .set_gap(40)
                .set_overlap(if self.on_one_line { 100 } else { 0 })
                .set_x_error_bars(&errors);
        }
        // Bars lie: the names stand on the vertical axis, which begins at its foot unless it is turned round.
        let font = ChartFont::new().set_size(9).unset_bold().clone();
        chart.y_axis().set_reverse().set_label_position(ChartAxisLabelPosition::Low).set_font(&font);
        chart.y_axis().set_major_gridlines(false);
        chart.x_axis().set_name(self.axis).set_min(self.ends.0).set_max(self.ends.1).set_num_format(self.format);
        chart.x_axis().set_name_font(&font).set_major_gridlines(true).set_major_gridlines_line(&pale());
        chart.x_axis().set_label_position(ChartAxisLabelPosition::High);
        if self.series == 1 {
            chart.legend().set_hidden();
        }
        Placed { chart, height }
    }
}

/// A line of a line chart: where its x and y are, and how it looks.
pub(super) struct Line {
    pub(super) x: ChartRange,
    pub(super) y: ChartRange,
    pub(super) name: ChartRange,
    /// Which colour.
    pub(super) colour: usize,
    /// Whether it is an edge of a band.
    pub(super) edge: bool,
}

impl Line {
    /// A line from two columns of chart data, named by the heading of one of them.
    pub(super) fn of(source: Source, (x, y): (u16, u16), name: u16, colour: usize) -> Self {
        Line { x: source.column(x), y: source.column(y), name: source.name(name), colour, edge: false }
    }
}

/// What a line chart shows.
pub(super) struct Lines<'a> {
    /// Where its title is.
    pub(super) source: Source,
    pub(super) lines: Vec<Line>,
    /// What the axes show, and the number formats of their figures.
    pub(super) axes: [(&'a str, &'a str); 2],
    /// Ends of the vertical axis, where they are known.
    pub(super) ends: Option<(f64, f64)>,
    /// What it shows, for those who cannot see it.
    pub(super) alt: &'a str,
    /// In pixels.
    pub(super) size: (u32, u32),
}

impl Lines<'_> {
    /// Draws it.
    pub(super) fn draw(&self) -> Placed {
        let mut chart = Chart::new(ChartType::ScatterStraight);
        dress(&mut chart, self.source, self.alt, self.size);
        for line in &self.lines {
            let mut look = ChartLine::new();
            look.set_color(colour(line.colour)).set_width(if line.edge { 1.0 } else { 2.25 });
            if line.edge {
                look.set_dash_type(ChartLineDashType::Dash);
            }
            let mut series = ChartSeries::new();
            series.set_name(&line.name).set_categories(&line.x).set_values(&line.y).set_format(&mut look);
            series.set_marker(ChartMarker::new().set_type(ChartMarkerType::Circle).set_none());
            chart.push_series(&series);
        }
        let [(x, x_format), (y, y_format)] = self.axes;
        let font = ChartFont::new().set_size(9).unset_bold().clone();
        chart.x_axis().set_name(x).set_num_format(x_format).set_name_font(&font).set_major_gridlines(false);
        chart.y_axis().set_name(y).set_num_format(y_format).set_name_font(&font).set_major_gridlines_line(&pale());
        chart.x_axis().set_label_position(ChartAxisLabelPosition::Low);
        chart.y_axis().set_label_position(ChartAxisLabelPosition::Low);
        if let Some((low, high)) = self.ends {
            chart.y_axis().set_min(low).set_max(high);
        }
        Placed { chart, height: self.size.1 }
    }
}
