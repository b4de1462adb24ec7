//! What the planner fears: the odds of each contingency by plan, when it comes, and by when it has come.

use super::Page;
use super::answer::share_bar;
use super::bars::{Bars, Group, Mark};
use super::lines::{Line, Lines, MOST, Moment};
use super::markup::Html;
use super::scale::Scale;
use crate::report::results::{Outcome, Results};
use crate::report::scan::{Role, Scan};
use crate::report::words::hours;
use crate::study::sketch::Sketch;

/// Curves at most.
const CURVES: usize = 12;

/// A curve needs at least this many runs.
const FEW: u64 = 20;

/// Writes the section; nothing without a batch.
pub(super) fn write(page: &Page, moments: &[Moment], html: &mut Html) {
    let results = &page.results;
    if !results.has_batch() || results.contingencies().next().is_none() {
        return;
    }
    html.tag("section", &[("id", &"odds"), ("aria-labelledby", &"odds-title")], |html| {
        html.line("h2", &[("id", &"odds-title")], "What the planner fears, and how often it happens");
        let highest = results.contingencies().flat_map(|outcome| {
            results.plans.iter().filter_map(|plan| results.figure(plan, &outcome.id, "share").high)
        });
        let highest = highest.fold(0.0, f64::max) * 100.0;
        let scale = if highest > 50.0 { Scale::between(0.0, 100.0, 25.0) } else { Scale::holding(0.0, highest, 5) };
        let group = |outcome: &Outcome| Group {
            title: Some(outcome.title.clone()),
            scale,
            bars: results.plans.iter().enumerate().map(|(place, plan)| bar(results, outcome, plan, place)).collect(),
        };
        let bars = Bars {
            caption: "Share of simulated runs in which each contingency came about, by plan. The whisker is the 95 % interval.",
            headings: ["Plan", "Share of runs"],
            unit: " %",
            mark: Mark::Bar,
            one_scale: true,
            groups: results.contingencies().map(group).collect(),
        };
        bars.write(html);
        onsets(results, html);
        if let Some(scan) = &page.scan {
            curves(results, scan, moments, html);
        }
    });
}

fn bar(results: &Results, outcome: &Outcome, plan: &str, place: usize) -> super::bars::Bar {
    let mut bar = share_bar(plan, place, &results.figure(plan, &outcome.id, "share"), "it happens");
    if let Some(median) = results.figure(plan, &outcome.id, "onset_p50").value {
        bar.tip += &format!("; half of those by {} after the start", hours(median));
    }
    bar
}

fn onsets(results: &Results, html: &mut Html) {
    const HEADINGS: [&str; 3] = ["Median onset", "Nine in ten begin", "Mean duration"];
    let came = |outcome: &Outcome, plan: &String| results.figure(plan, &outcome.id, "onset_p50").value.is_some();
    if !results.contingencies().any(|outcome| results.plans.iter().any(|plan| came(outcome, plan))) {
        return;
    }
    html.line("h3", &[], "When it begins, and how long it lasts");
    html.tag("table", &[("class", &"plain cards")], |html| {
        html.line(
            "caption",
            &[],
            "Times since the start, among the runs in which it happened; plans under which it never did are left out. What happened in few \
             runs says little about its times.",
        );
        html.tag("thead", &[], |html| {
            html.tag("tr", &[], |html| {
                html.line("th", &[("scope", &"col")], "Plan");
                HEADINGS.iter().for_each(|heading| html.line("th", &[("scope", &"col"), ("class", &"figure")], heading));
            });
        });
        for outcome in results.contingencies() {
            let plans: Vec<&String> = results.plans.iter().filter(|plan| came(outcome, plan)).collect();
            if plans.is_empty() {
                continue;
            }
            html.tag("tbody", &[], |html| {
                html.tag("tr", &[("class", &"group")], |html| {
                    html.tag("th", &[("scope", &"rowgroup"), ("colspan", &4)], |html| html.author(&outcome.title));
                });
                for plan in plans {
                    let figure = |stat: &str| results.figure(plan, &outcome.id, stat);
                    let said = |value: Option<f64>| value.map_or("–".to_owned(), hours);
                    let ends = figure("onset_p5").value.zip(figure("onset_p95").value);
                    let cells = [
                        said(figure("onset_p50").value),
                        ends.map_or("–".to_owned(), |(from, to)| format!("{} to {}", hours(from), hours(to))),
                        said(figure("duration_mean").value),
                    ];
                    html.tag("tr", &[], |html| {
                        html.tag("th", &[("scope", &"row")], |html| html.author(plan));
                        for (heading, cell) in HEADINGS.iter().zip(cells) {
                            html.line("td", &[("class", &"figure"), ("data-label", heading)], cell);
                        }
                    });
                }
            });
        }
    });
}

/// By when each contingency has come about.
fn curves(results: &Results, scan: &Scan, moments: &[Moment], html: &mut Html) {
    if moments.len() < 2 {
        return;
    }
    let mut drawn: Vec<(&Outcome, Vec<Line>)> = Vec::new();
    let mut rare = Vec::new();
    for outcome in results.contingencies() {
        let Some(column) = scan.about(Role::Onset, &outcome.id) else { continue };
        let mut lines = Vec::new();
        for (place, plan) in results.plans.iter().enumerate().take(MOST) {
            let Some(found) = scan.plans.iter().find(|known| known.name == *plan) else { continue };
            let Some(sketch) = found.values[column].as_ref().filter(|sketch| sketch.count() >= FEW) else { continue };
            let part = sketch.count() as f64 / found.finished.max(1) as f64;
            let reached = moments.iter().map(|moment| Some(before(sketch, moment.hours) * part * 100.0));
            lines.push(Line { name: plan.clone(), colour: place, middle: reached.collect(), band: Vec::new() });
        }
        match lines.is_empty() {
            true => rare.push(outcome.title.as_str()),
            false if drawn.len() < CURVES => drawn.push((outcome, lines)),
            false => {}
        }
    }
    if drawn.is_empty() {
        return;
    }
    html.line("h3", &[], "By when it has happened");
    html.p("", "The share of all simulated runs in which it had happened by each moment.");
    html.tag("div", &[("class", &"charts")], |html| {
        for (place, (outcome, lines)) in drawn.into_iter().enumerate() {
            let highest = lines.iter().flat_map(|line| line.middle.iter().flatten()).copied().fold(0.0, f64::max);
            let ends = lines.iter().map(|line| {
                let last = line.middle.last().copied().flatten().unwrap_or_default();
                format!("{} {:.1} %", line.name, last)
            });
            let about = format!(
                "Share of simulated runs in which it had happened by each moment. At the end: {}.",
                ends.collect::<Vec<_>>().join(", ")
            );
            let scale = Scale::holding(0.0, highest, 4);
            let (id, title) = (format!("by-when-{place}"), outcome.title.as_str());
            Lines { id, title, about, moments, scale, unit: " %", lines }.write(html);
        }
    });
    if !rare.is_empty() {
        html.tag("p", &[("class", &"note")], |html| {
            html.words("Not drawn, because it happens too rarely: ");
            html.author(&rare.join("; "));
            html.words(".");
        });
    }
}

/// The share of values that are no greater, to the nearest percent.
fn before(sketch: &Sketch, hours: f64) -> f64 {
    let reached = (1..=100u32)
        .take_while(|percent| sketch.quantile(f64::from(*percent) / 100.0).is_some_and(|value| value <= hours));
    reached.count() as f64 / 100.0
}
