//! Single runs: the beginning of the table of all runs, and runs worth looking at.

use super::Problem;
use super::page::{Kind, Page, Value, heading, number_format};
use crate::report::kept::Kept;
use crate::report::results::Results;
use crate::report::scan::{Badness, Role, RunColumn, Scan, WORST};
use crate::report::text::fit;
use crate::report::words::count;
use crate::report::{runs, table};
use rust_xlsxwriter::{Color, Format, FormatAlign, Worksheet};

/// Rows of a sheet, less those above the runs.
pub const MOST_ROWS: u64 = 1_048_570;

/// The first rows of `runs.csv`, written one by one: a row that is written takes no memory.
pub(super) fn runs(
    sheet: &mut Worksheet,
    results: &Results,
    folder: &Kept,
    scan: &Scan,
    limit: u64,
) -> Result<(), Problem> {
    let Some(mut stream) = folder.stream(runs::NAME)? else { return Ok(()) };
    let shown = scan.rows.min(limit);
    let banner = if shown == scan.rows {
        format!("All {} rows of runs.csv: one a plan and run.", count(scan.rows))
    } else {
        format!("The first {} of {} rows; all of them are in runs.csv.", count(shown), count(scan.rows))
    };
    let said =
        "What the columns mean is on the sheet Data dictionary. An empty cell means that the run has no such value.";
    let width = |column: &RunColumn| match column.role {
        Role::Plan => 20.0,
        // A letter in bold, and the arrow of the filter, take more than a digit.
        _ => (column.heading.chars().count() as f64 * 1.15 + 3.0).clamp(9.0, 32.0),
    };
    let widths: Vec<f64> = scan.columns.iter().map(width).collect();
    let mut page = Page::begin(sheet, ("Runs", "Single runs"), results.tlp(), &widths, &[banner, said.to_owned()])?;
    let top = page.row();
    let bold = Format::new().set_bold().set_align(FormatAlign::Top);
    let bold = bold.set_background_color(Color::RGB(0x1F_3864)).set_font_color(Color::White);
    let right = bold.clone().set_align(FormatAlign::Right);
    for (place, column) in scan.columns.iter().enumerate() {
        let format = if column.text { &bold } else { &right };
        page.sheet.write_string_with_format(top, place as u16, fit(&column.heading), format)?;
    }
    // A cell holds all digits and shows those that can be read; made once, for there may be a million cells.
    let mut formats: Vec<(&str, Format)> = Vec::new();
    let words = Format::new().set_indent(1);
    let mut row = top;
    while let Some(cells) = stream.next_row()? {
        if u64::from(row - top) == shown {
            break;
        }
        row += 1;
        for (place, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let text = scan.columns.get(place).is_none_or(|column| column.text);
            match cell.parse::<f64>().ok().filter(|number| !text && number.is_finite()) {
                Some(number) if number.fract() == 0.0 => page.sheet.write_number(row, place as u16, number)?,
                Some(number) => {
                    let shown = number_format(number, Kind::Figure);
                    let known = formats.iter().position(|(code, _)| *code == shown).unwrap_or_else(|| {
                        formats.push((shown, Format::new().set_num_format(shown)));
                        formats.len() - 1
                    });
                    page.sheet.write_number_with_format(row, place as u16, number, &formats[known].1)?
                }
                None if place == 0 => page.sheet.write_string(row, 0, fit(table::unguarded(cell)))?,
                None => page.sheet.write_string_with_format(row, place as u16, fit(table::unguarded(cell)), &words)?,
            };
        }
    }
    if row > top && !scan.columns.is_empty() {
        page.sheet.autofilter(top, 0, row, scan.columns.len() as u16 - 1)?;
    }
    page.freeze(top + 1, 2)?;
    page.fit_width();
    Ok(())
}

/// For each plan the worst runs and one in the middle, with the command that tells their story.
pub(super) fn worst(sheet: &mut Worksheet, results: &Results, folder: &Kept, scan: &Scan) -> Result<(), Problem> {
    let headings = [
        heading("Plan", Kind::Text, 20.0),
        heading("Which", Kind::Text, 10.0),
        heading("Run", Kind::Whole, 9.0),
        heading("Contingencies", Kind::Whole, 14.0),
        heading("First of them [h]", Kind::Figure, 10.0),
        heading("Which came about", Kind::Text, 40.0),
        heading("To see how it came about", Kind::Text, 58.0),
    ];
    let words = [
        format!(
            "Up to {WORST} runs of each plan with the most contingencies, of equals those in which the first came earliest; and a run in \
             the middle of that order."
        ),
        "FILE is the scenario file from which these results were made. The same command tells the same story on any machine.".to_owned(),
    ];
    let widths: Vec<f64> = headings.iter().map(|heading| heading.width).collect();
    let mut page = Page::begin(sheet, ("Worst cases", "Runs worth looking at"), results.tlp(), &widths, &words)?;
    let seed = folder.manifest.seed;
    let row = |plan: &str, which: &str, found: &Badness| {
        let onset = Some(found.onset).filter(|onset| onset.is_finite());
        vec![
            plan.into(),
            which.into(),
            Value::Number(found.run as f64),
            Value::Number(found.count as f64),
            onset.into(),
            found.which.join(", ").into(),
            format!("canvass run FILE --plan {plan} --seed {seed} --run {}", found.run).into(),
        ]
    };
    let mut rows = Vec::new();
    for plan in &scan.plans {
        let bad = plan.worst.iter().filter(|found| found.count > 0);
        rows.extend(bad.map(|found| row(&plan.name, "worst", found)));
        rows.extend(plan.middle.iter().map(|found| row(&plan.name, "middle", found)));
    }
    let first = page.table("Worst", &headings, &rows)?;
    page.freeze(first, 1)?;
    page.fit_width();
    Ok(())
}
