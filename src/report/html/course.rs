//! How measures move over time: the middle of the runs at each moment, and the band in which nine in ten of them lie.

use super::lines::{Line, Lines, MOST, Moment};
use super::markup::Html;
use super::scale::Scale;
use crate::report::kept::{KeptRow, KeptTable};
use crate::report::results::{Outcome, Results};
use crate::report::words::number;

/// Drawings at most.
const CHARTS: usize = 12;

/// Moments of a drawing at most.
const MOMENTS: usize = 61;

/// The moments of the series, thinned where there are more than can be shown.
pub(super) fn moments(table: Option<&KeptTable>) -> Vec<Moment> {
    let Some(first) = table.and_then(|table| table.rows().next()) else { return Vec::new() };
    let same = |row: &KeptRow| row.text("plan") == first.text("plan") && row.text("measure") == first.text("measure");
    let all: Vec<Moment> = table
        .iter()
        .flat_map(|table| table.rows())
        .take_while(same)
        .filter_map(|row| Some(Moment { hours: row.number("time_h")?, clock: row.text("clock").to_owned() }))
        .collect();
    kept(all.len()).into_iter().map(|place| all[place].clone()).collect()
}

/// Places of the moments that are kept, the first and the last among them.
fn kept(all: usize) -> Vec<usize> {
    if all <= MOMENTS {
        return (0..all).collect();
    }
    (0..MOMENTS).map(|place| place * (all - 1) / (MOMENTS - 1)).collect()
}

/// Writes the section; nothing without series.
pub(super) fn write(results: &Results, table: Option<&KeptTable>, moments: &[Moment], html: &mut Html) {
    let Some(table) = table.filter(|_| moments.len() > 1) else { return };
    let mut drawn = Vec::new();
    let mut still = Vec::new();
    for measure in results.measures() {
        match lines(results, measure, table) {
            Some(lines) if drawn.len() < CHARTS => drawn.push((measure, lines)),
            Some(_) => {}
            None => still.push(measure.title.as_str()),
        }
    }
    if drawn.is_empty() {
        return;
    }
    html.tag("section", &[("id", &"course"), ("aria-labelledby", &"course-title")], |html| {
        html.line("h2", &[("id", &"course-title")], "How it moves over time");
        html.p(
            "",
            "Full line: the middle of the runs at each moment. Shaded: where nine in ten runs lie. It is no path that a single run takes.",
        );
        if results.plans.len() > MOST {
            html.p("note", format!("The charts show the first {MOST} plans; series.csv has all."));
        }
        html.tag("div", &[("class", &"charts")], |html| {
            for (place, (measure, lines)) in drawn.into_iter().enumerate() {
                chart(place, measure, lines, moments, html);
            }
        });
        if !still.is_empty() {
            html.tag("p", &[("class", &"note")], |html| {
                html.words("Not drawn, because it does not move: ");
                html.author(&still.join("; "));
                html.words(".");
            });
        }
    });
}

fn lines(results: &Results, measure: &Outcome, table: &KeptTable) -> Option<Vec<Line>> {
    let mut moves = false;
    let mut lines = Vec::new();
    for (colour, plan) in results.plans.iter().enumerate().take(MOST) {
        let of = |row: &KeptRow| row.text("measure") == measure.id && row.text("plan") == plan;
        let rows: Vec<KeptRow> = table.rows().filter(of).collect();
        let rows: Vec<KeptRow> = kept(rows.len()).into_iter().map(|place| rows[place]).collect();
        let middle: Vec<Option<f64>> = rows.iter().map(|row| row.number("p50")).collect();
        let band: Vec<_> = rows.iter().map(|row| row.number("p5").zip(row.number("p95"))).collect();
        let values =
            middle.iter().flatten().copied().chain(band.iter().flatten().flat_map(|(low, high)| [*low, *high]));
        let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
        // What differs by rounding alone does not move.
        moves |= high - low > 1e-9 * high.abs().max(low.abs()).max(1.0);
        if !rows.is_empty() {
            lines.push(Line { name: plan.clone(), colour, middle, band });
        }
    }
    moves.then_some(lines)
}

fn chart(place: usize, measure: &Outcome, lines: Vec<Line>, moments: &[Moment], html: &mut Html) {
    let bands = lines.iter().flat_map(|line| line.band.iter().flatten());
    let ends = bands.flat_map(|(low, high)| [*low, *high]);
    let values = lines.iter().flat_map(|line| line.middle.iter().flatten().copied()).chain(ends);
    let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
    // Zero belongs on the axis unless the values are far from it.
    let low = if low > 0.0 && low < 0.5 * high { 0.0 } else { low };
    let unit = if measure.unit == "h" { " h" } else { "" };
    let last = |line: &Line| {
        let middle = line.middle.last().copied().flatten()?;
        let band = line.band.last().copied().flatten();
        let band = band.map(|(low, high)| format!(" ({} to {})", number(low), number(high))).unwrap_or_default();
        Some(format!("{} {}{unit}{band}", line.name, number(middle)))
    };
    let said: Vec<String> = lines.iter().filter_map(last).collect();
    let about = format!(
        "Middle of the runs at each moment, and the band in which nine in ten lie. At the end: {}.",
        if said.is_empty() { "no value".to_owned() } else { said.join(", ") }
    );
    Lines {
        id: format!("course-{place}"),
        title: &measure.title,
        about,
        moments,
        scale: Scale::holding(low, high, 4),
        unit,
        lines,
    }
    .write(html);
}
