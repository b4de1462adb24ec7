//! What moves the outcomes: tornado charts, by rank correlation over all runs and by turning one input at a time.

use super::Page;
use super::bars::{Bar, Bars, Group, Mark};
use super::comparison::signed;
use super::markup::Html;
use super::scale::Scale;
use crate::report::kept::{KeptRow, KeptTable};
use crate::report::results::Results;
use crate::report::stored::StoredError;
use crate::report::verdict::driver_in_words;
use crate::report::words::number;

/// Inputs of a chart, and outcomes, at most.
const INPUTS: usize = 10;
const OUTCOMES: usize = 12;

/// Writes the section; nothing without a study of drivers.
pub(super) fn write(page: &Page, html: &mut Html) -> Result<(), StoredError> {
    let results = &page.results;
    let Some(table) = results.table("drivers.csv")? else { return Ok(()) };
    let swings = results.table("one_at_a_time.csv")?;
    let plan = table.rows().next().map(|row| row.text("plan").to_owned()).unwrap_or_default();
    let (groups, sentences, silent) = correlations(results, &table);
    html.tag("section", &[("id", &"drivers"), ("aria-labelledby", &"drivers-title")], |html| {
        html.line("h2", &[("id", &"drivers-title")], "What drives the answer");
        html.tag("p", &[], |html| {
            html.words("Under plan ");
            html.author(&plan);
            html.words(
                ". These uncertain numbers move the outcomes more than chance alone would. Where one is only assumed, ask whom you could \
                 ask about it.",
            );
        });
        if !sentences.is_empty() {
            html.tag("ul", &[], |html| {
                sentences.iter().for_each(|sentence| html.tag("li", &[], |html| html.author(sentence)));
            });
        }
        let tornado = Bars {
            caption: "Rank correlation of inputs with each outcome: to the right, more of the input goes with more of the outcome. The \
                      whisker is the 95 % interval.",
            headings: ["Input", "Correlation"],
            unit: "",
            mark: Mark::Bar,
            one_scale: true,
            groups,
        };
        tornado.write(html);
        if !silent.is_empty() {
            html.tag("p", &[("class", &"note")], |html| {
                html.words("No input stands out for: ");
                html.author(&silent.join("; "));
                html.words(".");
            });
        }
        if let Some(swings) = &swings {
            one_at_a_time(results, swings, html);
        }
    });
    Ok(())
}

/// Outcomes of a table, each once, in its order.
fn outcomes(table: &KeptTable) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for row in table.rows() {
        if !found.contains(&row.text("outcome")) {
            found.push(row.text("outcome"));
        }
    }
    found
}

fn basis(word: &str) -> Option<(&'static str, String)> {
    let class = match word {
        "cited" => "chip cited",
        "estimated" => "chip estimated",
        "assumed" => "chip assumed",
        _ => return Some(("chip quiet", "unstated".to_owned())),
    };
    Some((class, word.to_owned()))
}

/// The charts by rank correlation, a sentence for each, and the outcomes that nothing moves.
fn correlations(results: &Results, table: &KeptTable) -> (Vec<Group>, Vec<String>, Vec<String>) {
    let (mut groups, mut sentences, mut silent) = (Vec::new(), Vec::new(), Vec::new());
    for outcome in outcomes(table) {
        let above = |row: &KeptRow| row.text("outcome") == outcome && row.number("above_noise") == Some(1.0);
        let rows: Vec<KeptRow> = table.rows().filter(above).take(INPUTS).collect();
        let Some(first) = rows.first() else {
            silent.push(results.title(outcome).to_owned());
            continue;
        };
        if groups.len() == OUTCOMES {
            continue;
        }
        sentences.push(driver_in_words(results, outcome, first));
        let bars = rows.iter().map(|row| {
            let value = row.number("correlation");
            let interval = row.number("correlation_lo").zip(row.number("correlation_hi"));
            let alone = row
                .number("index")
                .map(|index| format!("; alone it goes with {:.0} % of the outcome's variance", index.max(0.0) * 100.0));
            Bar {
                name: row.text("input").to_owned(),
                note: basis(row.text("basis")),
                value,
                low: interval.map(|(low, _)| low),
                high: interval.map(|(_, high)| high),
                figure: value.map_or("–".to_owned(), |value| format!("{value:+.2}").replace('-', "−")),
                tip: format!("{}: {}{}", row.text("input"), row.text("written"), alone.unwrap_or_default()),
                colour: if value.unwrap_or_default() < 0.0 { 1 } else { 0 },
            }
        });
        groups.push(Group {
            title: Some(results.title(outcome).to_owned()),
            scale: Scale::between(-1.0, 1.0, 0.5),
            bars: bars.collect(),
        });
    }
    (groups, sentences, silent)
}

fn one_at_a_time(results: &Results, table: &KeptTable, html: &mut Html) {
    let mut groups = Vec::new();
    for outcome in outcomes(table) {
        let swing = |row: &KeptRow| row.number("swing").unwrap_or_default().abs();
        let mut rows: Vec<KeptRow> =
            table.rows().filter(|row| row.text("outcome") == outcome && swing(row) > 0.0).collect();
        rows.sort_by(|a, b| swing(b).total_cmp(&swing(a)));
        rows.truncate(INPUTS);
        let share = results.contingencies().any(|known| known.id == outcome);
        let factor = if share { 100.0 } else { 1.0 };
        let moved = |row: &KeptRow, at: &str| Some((row.number(at)? - row.number("at_p50")?) * factor);
        let ends = rows.iter().flat_map(|row| [moved(row, "at_p5"), moved(row, "at_p95")]).flatten();
        let reach = ends.fold(0.0, |reach: f64, end| reach.max(end.abs()));
        if reach == 0.0 || groups.len() == OUTCOMES {
            continue;
        }
        let scale = Scale::around_zero(reach, 4);
        let unit = results.outcomes.iter().find(|known| known.id == outcome).map_or("", |known| known.unit.as_str());
        let title =
            crate::report::results::with_unit(results.title(outcome), if share { "points of percent" } else { unit });
        let bars = rows.iter().map(|row| {
            let (at_low, at_high) = (moved(row, "at_p5"), moved(row, "at_p95"));
            let (from, to) = (at_low.unwrap_or_default(), at_high.unwrap_or_default());
            let level = |name: &str| row.number(name).map_or("–".to_owned(), |value| number(value * factor));
            Bar {
                name: row.text("input").to_owned(),
                note: None,
                value: None,
                low: Some(from.min(to)),
                high: Some(from.max(to)),
                figure: format!("{} to {}", signed(from), signed(to)),
                tip: format!(
                    "{}: the outcome is {} with the input at its 5th percentile, {} in its middle, {} at its 95th",
                    row.text("input"),
                    level("at_p5"),
                    level("at_p50"),
                    level("at_p95")
                ),
                colour: if from > to { 1 } else { 0 },
            }
        });
        groups.push(Group { title: Some(title), scale, bars: bars.collect() });
    }
    if groups.is_empty() {
        return;
    }
    html.line("h3", &[], "One input at a time");
    let bars = Bars {
        caption: "How far each outcome moves, against the middle, as one input goes from its 5th to its 95th percentile and all others \
                  stay as drawn.",
        headings: ["Input", "From p5 to p95"],
        unit: "",
        mark: Mark::Span,
        one_scale: false,
        groups,
    };
    bars.write(html);
}
