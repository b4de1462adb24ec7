//! Plan against plan, on the same simulated runs.

use super::Page;
use super::bars::{Bar, Bars, Group, Mark};
use super::markup::Html;
use super::scale::Scale;
use crate::report::kept::{KeptRow, KeptTable};
use crate::report::results::with_unit;
use crate::report::stored::StoredError;
use crate::report::words::{number, plural};

/// Writes the section; nothing without a comparison.
pub(super) fn write(page: &Page, html: &mut Html) -> Result<(), StoredError> {
    let results = &page.results;
    let Some(table) = results.table("compare.csv")? else { return Ok(()) };
    let against = table.rows().next().map(|row| row.text("against").to_owned()).unwrap_or_default();
    let mut groups = Vec::new();
    for outcome in &results.outcomes {
        let stat = if outcome.contingency { "share" } else { "mean" };
        let of = |row: &KeptRow| row.text("outcome") == outcome.id && row.text("stat") == stat;
        let rows: Vec<KeptRow> = table.rows().filter(of).collect();
        if rows.is_empty() {
            continue;
        }
        let factor = if outcome.contingency { 100.0 } else { 1.0 };
        let ends = rows.iter().flat_map(|row| ["difference", "ci_lo", "ci_hi"].map(|name| row.number(name)));
        let reach = ends.flatten().fold(0.0, |reach: f64, end| reach.max(end.abs())) * factor;
        let unit = if outcome.contingency { "points of percent" } else { &outcome.unit };
        let place = |row: &KeptRow| results.plans.iter().position(|plan| plan == row.text("plan")).unwrap_or_default();
        groups.push(Group {
            title: Some(with_unit(&outcome.title, unit)),
            scale: Scale::around_zero(reach, 4),
            bars: rows.iter().map(|row| bar(row, factor, place(row))).collect(),
        });
    }
    html.tag("section", &[("id", &"comparison"), ("aria-labelledby", &"comparison-title")], |html| {
        html.line("h2", &[("id", &"comparison-title")], "Which plan is better");
        html.tag("p", &[], |html| {
            html.words("Every plan is held against plan ");
            html.author(&against);
            html.words(" on the same simulated runs, so that what both share cancels out. Each point is the plan's figure less that of ");
            html.author(&against);
            html.words(
                "; the whisker is the 95 % interval of that difference. A difference is called shown if it holds at 5 % for all tests \
                 together (Holm). No difference shown is not no difference: the interval says how large one could be.",
            );
        });
        let bars = Bars {
            caption: "Differences between plans, run by run, with 95 % intervals.",
            headings: ["Plan", "Difference"],
            unit: "",
            mark: Mark::Point,
            one_scale: false,
            groups,
        };
        bars.write(html);
        all(page, &table, html);
    });
    Ok(())
}

fn bar(row: &KeptRow, factor: f64, place: usize) -> Bar {
    let amount = |name: &str| row.number(name).map(|value| value * factor);
    let (value, low, high) = (amount("difference"), amount("ci_lo"), amount("ci_hi"));
    let note = match row.text("shown") {
        "better" => Some(("chip good", "▲ better".to_owned())),
        "worse" => Some(("chip bad", "▼ worse".to_owned())),
        "changed" => Some(("chip", "◆ changed".to_owned())),
        "not shown" => Some(("chip quiet", "no difference shown".to_owned())),
        _ => None,
    };
    let percent = |name: &str| row.number(name).map(|share| format!("{:.0} %", share * 100.0));
    let mut tip = format!("{} against {}", row.text("plan"), row.text("against"));
    if let (Some(better), Some(same), Some(worse)) =
        (percent("runs_better"), percent("runs_same"), percent("runs_worse"))
    {
        tip += &format!(": better in {better} of the runs, the same in {same}, worse in {worse}");
    }
    if let Some(n) = row.number("n") {
        tip += &format!("; {}", plural(n as u64, "run"));
    }
    Bar {
        name: row.text("plan").to_owned(),
        note,
        value,
        low,
        high,
        figure: difference_in_words(value, low.zip(high)),
        tip,
        colour: place,
    }
}

/// `−52.4 (−54.6 to −50.1)`.
fn difference_in_words(value: Option<f64>, interval: Option<(f64, f64)>) -> String {
    match (value, interval) {
        (Some(value), Some((low, high))) => format!("{} ({} to {})", signed(value), signed(low), signed(high)),
        (Some(value), None) => signed(value),
        (None, _) => "–".to_owned(),
    }
}

/// A number with its sign.
pub(super) fn signed(value: f64) -> String {
    let sign = if value > 0.0 { "+" } else { "" };
    format!("{sign}{}", number(value)).replace('-', "−")
}

/// The whole table, for who wants it.
fn all(page: &Page, table: &KeptTable, html: &mut Html) {
    const HEADINGS: [&str; 7] =
        ["Figure", "Difference", "95 % interval", "Unit", "Shown", "p, adjusted", "Runs better, same, worse"];
    html.tag("details", &[("class", &"numbers")], |html| {
        html.line("summary", &[], "Every difference");
        html.tag("div", super::SCROLL, |html| {
            html.tag("table", &[("class", &"plain")], |html| {
                html.line("caption", &[], "Every figure of every outcome, plan against plan.");
                html.tag("thead", &[], |html| {
                    html.tag("tr", &[], |html| {
                        html.line("th", &[("scope", &"col")], "Outcome, plan");
                        HEADINGS.iter().for_each(|heading| html.line("th", &[("scope", &"col")], heading));
                    });
                });
                html.tag("tbody", &[], |html| {
                    for row in table.rows() {
                        html.tag("tr", &[], |html| difference(page, &row, html));
                    }
                });
            });
        });
    });
}

fn difference(page: &Page, row: &KeptRow, html: &mut Html) {
    html.tag("th", &[("scope", &"row")], |html| {
        html.author(page.results.title(row.text("outcome")));
        html.words(", ");
        html.author(row.text("plan"));
    });
    let share = row.text("stat") == "share";
    let stat = match row.text("stat") {
        "share" => "share of runs",
        "onset_mean" => "mean onset",
        "median_of_differences" => "median of differences",
        other => other,
    };
    let amount = |name: &str| row.number(name).map(|value| signed(if share { value * 100.0 } else { value }));
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
    let interval = amount("ci_lo").zip(amount("ci_hi")).map(|(low, high)| format!("{low} to {high}"));
    let runs = ["runs_better", "runs_same", "runs_worse"].map(|name| row.number(name));
    let runs = match runs {
        [Some(better), Some(same), Some(worse)] => {
            [better, same, worse].map(|share| format!("{:.1} %", share * 100.0)).join(" · ")
        }
        _ => "–".to_owned(),
    };
    let p = row.number("p_holm").map(|p| if p < 0.001 { "< 0.001".to_owned() } else { format!("{p:.3}") });
    let unit = if share { "points" } else { row.text("unit") };
    let cells = [
        stat.to_owned(),
        or_dash(amount("difference")),
        or_dash(interval),
        unit.to_owned(),
        row.text("shown").to_owned(),
    ];
    cells.into_iter().chain([or_dash(p), runs]).for_each(|cell| html.line("td", &[], super::markup::shown(&cell)));
}
