//! The list as a workbook: the list alone on the first sheet, what people need beside it on the others.

use super::columns::{COLUMNS, Column, objectives};
use super::{Kind, Msel, Row};
use crate::report::text::{SIMULATED, fit, lines};
use crate::report::words::{count, plural};
use crate::report::workbook::{CellKind, Page, Value, heading, properties};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

/// Tabloid: two such pages side by side hold the list in letters that can be read.
const PAPER: u8 = 3;
/// The height of a line, and the greatest that a spreadsheet gives to a row, in points.
const LINE: f64 = 15.0;
const HIGHEST: f64 = 409.0;

/// The ten headings of HSEEP, in the order of Blueprint's own template.
const HSEEP: [Column; 10] = [
    Column { heading: "Event Number", width: 8.0, meaning: "", cell: |_, row| row.number.clone() },
    Column { heading: "Designated Scenario Time", width: 27.0, meaning: "", cell: |_, row| local(row) },
    Column { heading: "Event Type", width: 16.0, meaning: "", cell: |_, row| row.kind.hseep().to_owned() },
    Column { heading: "Inject Mode", width: 13.0, meaning: "", cell: |_, row| row.method.to_owned() },
    Column { heading: "From", width: 18.0, meaning: "", cell: |_, row| row.from.clone() },
    Column { heading: "To", width: 24.0, meaning: "", cell: |_, row| row.to.join("; ") },
    Column { heading: "Message", width: 48.0, meaning: "", cell: |_, row| message(row) },
    Column { heading: "Expected Participant Response", width: 36.0, meaning: "", cell: |_, row| row.expected.clone() },
    Column { heading: "Exercise Objective", width: 30.0, meaning: "", cell: objectives },
    Column { heading: "Notes", width: 36.0, meaning: "", cell: |_, row| row.notes.clone() },
];

/// What the workbook of ten headings has no room for.
const BESIDE: [usize; 10] = [0, 1, 9, 10, 14, 16, 18, 19, 20, 21];

fn local(row: &Row) -> String {
    row.at.as_ref().map_or_else(String::new, |at| at.local.clone())
}

fn message(row: &Row) -> String {
    match row.description.is_empty() {
        true => row.title.clone(),
        false => format!("{}\n{}", row.title, row.description),
    }
}

/// The default workbook.
pub(super) fn cadence(msel: &Msel) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = begin(msel)?;
    list(workbook.add_worksheet(), msel, &COLUMNS)?;
    times(workbook.add_worksheet(), msel)?;
    finish(workbook, msel, &COLUMNS)
}

/// The workbook of ten headings.
pub(super) fn hseep(msel: &Msel) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = begin(msel)?;
    list(workbook.add_worksheet(), msel, &HSEEP)?;
    let columns: Vec<&Column> = BESIDE.iter().chain(&[22]).map(|&place| &COLUMNS[place]).collect();
    let headings: Vec<_> =
        columns.iter().map(|column| heading(column.heading, CellKind::Text, column.width.max(10.0))).collect();
    let widths: Vec<f64> = headings.iter().map(|heading| heading.width).collect();
    let mut page = Page::begin(
        workbook.add_worksheet(),
        ("Odds", title(msel)),
        msel.scenario.tlp,
        &widths,
        &[msel.marking(), "How often and when it happens, over all runs.".to_owned()],
    )?;
    let rows: Vec<Vec<Value>> =
        msel.rows.iter().map(|row| columns.iter().map(|column| (column.cell)(msel, row).into()).collect()).collect();
    let first = page.table("Odds", &headings, &rows)?;
    page.freeze(first, 2)?;
    page.fit_width();
    finish(workbook, msel, &HSEEP)
}

fn begin(msel: &Msel) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(&msel.scenario)?.set_comment(fit(&msel.marking())));
    Ok(workbook)
}

fn finish(mut workbook: Workbook, msel: &Msel, columns: &[Column]) -> Result<Vec<u8>, XlsxError> {
    if !msel.objectives.is_empty() {
        aims(workbook.add_worksheet(), msel)?;
    }
    about(workbook.add_worksheet(), msel, columns)?;
    workbook.save_to_buffer()
}

/// The list itself: headings in the first row and nothing above them, every cell a text.
fn list(sheet: &mut Worksheet, msel: &Msel, columns: &[Column]) -> Result<(), XlsxError> {
    sheet.set_name("MSEL")?;
    let own = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::VerticalCenter);
    let own = own.set_background_color(Color::RGB(0x1F_3864)).set_font_color(Color::White);
    let cells: Vec<Vec<String>> =
        msel.rows.iter().map(|row| columns.iter().map(|column| (column.cell)(msel, row)).collect()).collect();
    let widths: Vec<f64> = columns.iter().enumerate().map(|(place, column)| width(column, place, &cells)).collect();
    for (place, (column, width)) in columns.iter().zip(&widths).enumerate() {
        sheet.write_string_with_format(0, place as u16, column.heading, &own)?;
        sheet.set_column_width(place as u16, *width)?;
    }
    sheet.set_row_height(0, 2.0 * LINE + 4.0)?;
    for (place, (row, cells)) in msel.rows.iter().zip(&cells).enumerate() {
        let at = place as u32 + 1;
        let format = format(row.kind);
        for (column, text) in cells.iter().enumerate() {
            sheet.write_string_with_format(at, column as u16, fit(text), &format)?;
        }
        let depth = |(text, width): (&String, &f64)| -> usize {
            text.split('\n').map(|part| lines(part, (*width as usize).saturating_sub(2)).len().max(1)).sum()
        };
        let deep = cells.iter().zip(&widths).map(depth).max().unwrap_or(1);
        sheet.set_row_height(at, (LINE * deep as f64 + 2.0).min(HIGHEST))?;
    }
    let last = (msel.rows.len() as u32, columns.len() as u16 - 1);
    sheet.autofilter(0, 0, last.0, last.1)?;
    sheet.set_freeze_panes(1, 2)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_paper_size(PAPER).set_landscape().set_margins(0.4, 0.4, 0.7, 0.6, 0.3, 0.3);
    let wide: f64 = widths.iter().sum();
    if wide > 280.0 {
        sheet.set_repeat_columns(0, 1)?;
    }
    sheet.set_print_fit_to_pages(if wide > 280.0 { 2 } else { 1 }, 0);
    sheet.set_header(format!("&L{}&R{SIMULATED}", msel.scenario.tlp.marking()));
    sheet.set_footer(format!("&L{} · {}&RPage &P of &N", msel.scenario.id, short_origin(msel)));
    Ok(())
}

/// A column's width: no wider than its heading needs if nothing stands in it.
fn width(column: &Column, place: usize, cells: &[Vec<String>]) -> f64 {
    match cells.iter().all(|row| row[place].is_empty()) {
        true => column.width.min(11.0),
        false => column.width,
    }
}

/// Colours tell what is given from what is only known or awaited; the column of types says the same in words.
fn format(kind: Kind) -> Format {
    let format = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_align(FormatAlign::Left);
    let format = format.set_border(FormatBorder::Thin).set_border_color(Color::RGB(0xBF_BFBF));
    match kind {
        Kind::Inject => format,
        Kind::Administrative => format.set_bold().set_background_color(Color::RGB(0xD9_E2F3)),
        Kind::Contextual => format.set_font_color(Color::RGB(0x59_5959)).set_background_color(Color::RGB(0xF2_F2F2)),
        Kind::ExpectedAction => format.set_background_color(Color::RGB(0xE2_EFDA)),
        Kind::Contingency => format.set_background_color(Color::RGB(0xFF_F2CC)),
    }
}

fn title(msel: &Msel) -> &str {
    if msel.scenario.title.is_empty() { &msel.scenario.id } else { &msel.scenario.title }
}

fn short_origin(msel: &Msel) -> String {
    let run = msel.run.map_or_else(|| "script".to_owned(), |run| format!("run {run}"));
    format!("plan {} · {run} · seed {} · {}", msel.plan, msel.seed, &msel.scenario.sha256[..12])
}

/// The moments in full, which the first sheet has no column for.
fn times(sheet: &mut Worksheet, msel: &Msel) -> Result<(), XlsxError> {
    let headings = [
        heading("#", CellKind::Text, 8.0),
        heading("Title", CellKind::Text, 44.0),
        heading("Local time (ISO 8601)", CellKind::Text, 28.0),
        heading("Universal time (ISO 8601)", CellKind::Text, 28.0),
        heading("Seconds passed", CellKind::Text, 14.0),
    ];
    let widths: Vec<f64> = headings.iter().map(|heading| heading.width).collect();
    let words = [msel.marking(), "The moments in full, which the first sheet has no columns for.".to_owned()];
    let mut page = Page::begin(sheet, ("Times", title(msel)), msel.scenario.tlp, &widths, &words)?;
    let row = |row: &Row| -> Vec<Value> {
        let at = row.at.clone().unwrap_or_default();
        let seconds = row.at.as_ref().map_or_else(String::new, |at| (at.ms / 1_000).to_string());
        vec![row.number.clone().into(), row.title.clone().into(), at.local.into(), at.utc.into(), seconds.into()]
    };
    let rows: Vec<Vec<Value>> = msel.rows.iter().map(row).collect();
    let first = page.table("Times", &headings, &rows)?;
    page.freeze(first, 2)?;
    page.fit_width();
    Ok(())
}

/// Objectives with their capabilities, targets and tasks.
fn aims(sheet: &mut Worksheet, msel: &Msel) -> Result<(), XlsxError> {
    let headings = [
        heading("Objective", CellKind::Text, 44.0),
        heading("Capability", CellKind::Text, 24.0),
        heading("Target", CellKind::Text, 32.0),
        heading("Critical tasks", CellKind::Text, 44.0),
        heading("Evaluated", CellKind::Text, 26.0),
        heading("Rows", CellKind::Text, 14.0),
    ];
    let widths: Vec<f64> = headings.iter().map(|heading| heading.width).collect();
    let mut page = Page::begin(sheet, ("Objectives", "What the players are to show"), msel.scenario.tlp, &widths, &[])?;
    let mut rows: Vec<Vec<Value>> = Vec::new();
    for (place, objective) in msel.objectives.iter().enumerate() {
        let serving = msel.rows.iter().filter(|row| row.objectives.contains(&place));
        rows.push(vec![
            objective.title.clone().into(),
            objective.capability.clone().into(),
            objective.target.clone().into(),
            objective.tasks.join("; ").into(),
            objective.owners.join("; ").into(),
            serving.map(|row| row.number.as_str()).collect::<Vec<&str>>().join(", ").into(),
        ]);
    }
    let first = page.table("Objectives", &headings, &rows)?;
    page.freeze(first, 1)?;
    page.fit_width();
    Ok(())
}

/// What this is, how it was chosen, and how it is read.
fn about(sheet: &mut Worksheet, msel: &Msel, columns: &[Column]) -> Result<(), XlsxError> {
    let mut page = Page::begin(sheet, ("About", title(msel)), msel.scenario.tlp, &[22.0, 90.0], &[])?;
    page.subtitle("What this is")?;
    page.words(match msel.run {
        Some(_) => {
            "A master scenario events list made from one simulated run: what was scripted, what the simulation cell tells the players, what \
             they are expected to do, and what other runs hold in store. It is an exercise: it tells of nothing that has happened, and is no forecast."
        }
        None => {
            "The scripted injects of a scenario as a master scenario events list, each at the middle of the moments at which the simulated \
             runs give it. It is an exercise: it tells of nothing that has happened, and is no forecast."
        }
    })?;
    page.words(&msel.why)?;
    page.gap();
    page.subtitle("How it is read")?;
    for line in [
        "White rows are given to the players. Green rows are what players are expected to do. Grey rows are what is so in the simulated world: \
         for controllers alone. Yellow rows are contingency injects, kept ready for another turn of events. The type of a row says the same in \
         words.",
        "Numbers such as 5-A are branches behind row 5. C1, C2 and so on stand for themselves: their condition says when they fit.",
        "P(fires) is the share of simulated runs, under this plan, in which it happens; offsets are counted from the start, or from the row behind \
         which it is a branch. They follow from the scenario's assumptions and are no forecast.",
        "Every cell of the first sheet is text, so that other tools take it as it stands. Moments in full, with their offset from universal time, \
         are in the Times sheet or in the second column.",
    ] {
        page.words(line)?;
    }
    page.gap();
    let described: Vec<Vec<Value>> = columns
        .iter()
        .filter(|column| !column.meaning.is_empty())
        .map(|column| vec![column.heading.into(), column.meaning.into()])
        .collect();
    if !described.is_empty() {
        let headings = [heading("Column", CellKind::Text, 22.0), heading("What stands in it", CellKind::Text, 90.0)];
        page.subtitle("The columns")?;
        page.table("Columns", &headings, &described)?;
    }
    page.subtitle("From what it was made")?;
    let run = msel.run.map_or_else(|| "the script alone".to_owned(), |run| format!("run {}", count(run)));
    page.words(&format!(
        "canvass {}, scenario {}, plan {}, {run}, seed {}",
        msel.canvass, msel.scenario.id, msel.plan, msel.seed
    ))?;
    page.words(&format!("odds and offsets over {}", plural(msel.runs, "run")))?;
    page.words(&format!("SHA-256 of the scenario: {}", msel.scenario.sha256))?;
    page.fit_width();
    Ok(())
}
