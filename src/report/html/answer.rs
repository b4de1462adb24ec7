//! The question, the verdict in words, and a row a plan: how often nothing that is feared happens, and what that costs.

use super::Page;
use super::bars::{Bar, Bars, Group, Mark};
use super::markup::Html;
use super::scale::Scale;
use crate::report::kept::{KeptRow, KeptTable};
use crate::report::results::{Figure, Results};
use crate::report::stored::StoredError;
use crate::report::words::{count, number, percent_interval, plural, share};
use crate::scenario::{ACCURATE_HELD_BACK, COST, WRONG_ACTIONS};
use crate::study::statistics::Interval;

/// What plans cost, in measures that are added to every scenario that can have them.
const COSTS: [(&str, &str); 3] = [
    (COST, "Cost of the responses, in points"),
    (WRONG_ACTIONS, "Wrong actions: measures against accurate posts"),
    (ACCURATE_HELD_BACK, "Accurate posts held back"),
];

/// Writes the section.
pub(super) fn write(page: &Page, verdict: &[String], html: &mut Html) -> Result<(), StoredError> {
    let results = &page.results;
    let scenario = results.scenario();
    let spared = spared(page)?;
    let costs = costs(results)?;
    let standings = standings(results)?;
    html.tag("section", &[("id", &"answer"), ("aria-labelledby", &"answer-title")], |html| {
        html.line("h2", &[("id", &"answer-title")], "The answer");
        if !scenario.question.is_empty() {
            html.tag("p", &[("class", &"question")], |html| html.author(&scenario.question));
        }
        // What the comparison says in ids, the table below says in titles.
        let mut verdict = verdict.iter().take(if standings.is_empty() { verdict.len() } else { 1 });
        match verdict.next() {
            Some(first) => html.tag("p", &[("class", &"verdict")], |html| html.author(first)),
            None => html.p("verdict", "The tables at hand give no verdict in words; see what follows."),
        }
        if verdict.len() > 0 {
            html.tag("ul", &[("class", &"verdict")], |html| {
                verdict.for_each(|sentence| html.tag("li", &[], |html| html.author(sentence)));
            });
        }
        html.p(
            "note",
            "Shares are those of simulated runs under these assumptions: what follows from them, and no forecast of an election.",
        );
        if !spared.bars.is_empty() {
            html.line("h3", &[], "How often nothing that is feared happens");
            let bars = Bars {
                caption: "Share of simulated runs in which none of the contingencies came about, by plan. The whisker is the 95 % \
                          interval: how far chance alone may have moved the share.",
                headings: ["Plan", "Share of runs"],
                unit: " %",
                mark: Mark::Bar,
                one_scale: true,
                groups: vec![spared],
            };
            bars.write(html);
        }
        if costs.rows.iter().any(|(_, cells)| cells.iter().any(Option::is_some)) {
            costs.write(html);
        }
        if !standings.is_empty() {
            html.line("h3", &[], "What each plan is shown to change");
            write_standings(&standings, results, html);
        }
    });
    Ok(())
}

fn levels<'t>(table: &'t Option<KeptTable>, plan: &str, outcome: &str, stat: &str) -> Option<KeptRow<'t>> {
    let fits = |row: &KeptRow| row.text("plan") == plan && row.text("outcome") == outcome && row.text("stat") == stat;
    table.as_ref().and_then(|table| table.rows().find(fits))
}

fn figure_of(row: KeptRow) -> Figure {
    Figure { value: row.number("value"), low: row.number("ci_lo"), high: row.number("ci_hi"), n: row.number("n") }
}

/// A share with its interval in words.
pub(super) fn share_in_words(figure: &Figure) -> String {
    match (figure.value, figure.low.zip(figure.high)) {
        (Some(value), Some((low, high))) => share(value, Interval { low, high }),
        (Some(value), None) => format!("{:.1} %", value * 100.0),
        (None, _) => "–".to_owned(),
    }
}

fn spared(page: &Page) -> Result<Group, StoredError> {
    let results = &page.results;
    let plans = results.table("plans.csv")?;
    let mut bars = Vec::new();
    for (place, plan) in results.plans.iter().enumerate() {
        let scanned = page.scan.as_ref().and_then(|scan| scan.plans.iter().find(|known| known.name == *plan));
        let figure = match scanned {
            Some(found) => {
                let interval = found.spared.wilson();
                Figure {
                    value: (found.spared.n > 0).then(|| found.spared.value()),
                    low: interval.map(|interval| interval.low),
                    high: interval.map(|interval| interval.high),
                    n: Some(found.spared.n as f64),
                }
            }
            None => levels(&plans, plan, "all", "satisficing").map(figure_of).unwrap_or_default(),
        };
        if results.contingencies().next().is_some() && figure.value.is_some() {
            bars.push(share_bar(plan, place, &figure, "nothing feared happens"));
        }
    }
    Ok(Group { title: None, scale: Scale::between(0.0, 100.0, 25.0), bars })
}

/// A bar of a share, in percent.
pub(super) fn share_bar(plan: &str, place: usize, figure: &Figure, what: &str) -> Bar {
    let points = |share: Option<f64>| share.map(|share| share * 100.0);
    let runs = figure.n.map(|n| format!(" of {}", plural(n as u64, "simulated run"))).unwrap_or_default();
    let mut tip = format!("{plan}: {what} in {}{runs}", share_in_words(figure));
    if let (Some(value), Some(n)) = (figure.value, figure.n) {
        tip += &format!(", {} in number", count((value * n).round() as u64));
    }
    if let Some((low, high)) = figure.low.zip(figure.high) {
        tip += &format!("; 95 % interval {}", percent_interval(Interval { low, high }, 1));
    }
    Bar {
        name: plan.to_owned(),
        note: None,
        value: points(figure.value),
        low: points(figure.low),
        high: points(figure.high),
        figure: share_in_words(figure),
        tip,
        colour: place,
    }
}

/// What plans cost.
struct Costs {
    headings: Vec<&'static str>,
    /// By plan, one figure a heading.
    rows: Vec<(String, Vec<Option<Figure>>)>,
    /// Whether speech has a price here, and whether any plan pays it.
    speech: Option<bool>,
}

fn costs(results: &Results) -> Result<Costs, StoredError> {
    let plans = results.table("plans.csv")?;
    let there = |id: &str| results.measures().any(|measure| measure.id == id);
    let shown: Vec<_> = COSTS.into_iter().filter(|(id, _)| there(id)).collect();
    let mut rows = Vec::new();
    for plan in &results.plans {
        let figure = |id: &str| {
            let summed = results.figure(plan, id, "mean");
            let figure = if summed.value.is_some() { summed } else { figure_of(levels(&plans, plan, id, "mean")?) };
            figure.value.map(|_| figure)
        };
        rows.push((plan.clone(), shown.iter().map(|(id, _)| figure(id)).collect::<Vec<_>>()));
    }
    let of_speech: Vec<usize> = (0..shown.len()).filter(|place| shown[*place].0 != COST).collect();
    let paid = |place: &usize| {
        rows.iter()
            .any(|(_, figures)| figures[*place].is_some_and(|figure| figure.value.is_some_and(|value| value > 0.0)))
    };
    let speech = (!of_speech.is_empty()).then(|| of_speech.iter().any(paid));
    Ok(Costs { headings: shown.into_iter().map(|(_, title)| title).collect(), rows, speech })
}

impl Costs {
    fn write(&self, html: &mut Html) {
        let title = if self.speech.is_some() { "What it costs, free expression included" } else { "What it costs" };
        html.line("h3", &[], title);
        html.tag("table", &[("class", &"plain cards")], |html| {
            html.line("caption", &[], "Means over the simulated runs, with 95 % intervals.");
            html.tag("thead", &[], |html| {
                html.tag("tr", &[], |html| {
                    html.line("th", &[("scope", &"col")], "Plan");
                    for heading in &self.headings {
                        html.line("th", &[("scope", &"col"), ("class", &"figure")], heading);
                    }
                });
            });
            html.tag("tbody", &[], |html| {
                for (plan, figures) in &self.rows {
                    html.tag("tr", &[], |html| {
                        html.tag("th", &[("scope", &"row")], |html| html.author(plan));
                        for (heading, figure) in self.headings.iter().zip(figures) {
                            let text = figure.as_ref().map_or("–".to_owned(), mean_in_words);
                            html.line("td", &[("class", &"figure"), ("data-label", heading)], text);
                        }
                    });
                }
            });
        });
        match self.speech {
            Some(false) => html.p(
                "note",
                "No accurate post is hit in any run: either the measures spare them, or the scenario holds nothing accurate that they \
                 could hit. Look before you conclude.",
            ),
            Some(true) => html.p(
                "note",
                "A measure against posts that lowers a rumour's reach pays in accurate posts that are acted on or held back. Weigh both.",
            ),
            None => {}
        }
    }
}

fn mean_in_words(figure: &Figure) -> String {
    let Some(value) = figure.value else { return "–".to_owned() };
    match figure.low.zip(figure.high).filter(|(low, high)| low < high) {
        Some((low, high)) => format!("{} ({} to {})", number(value), number(low), number(high)),
        None => number(value),
    }
}

/// A plan, and the titles of what it is shown to change.
struct Standing {
    plan: String,
    reference: bool,
    better: Vec<String>,
    worse: Vec<String>,
    beaten_by: String,
}

fn standings(results: &Results) -> Result<Vec<Standing>, StoredError> {
    let table = results.table("verdicts.csv")?;
    let titles = |text: &str| text.split_whitespace().map(|id| results.title(id).to_owned()).collect();
    let read = |row: KeptRow| Standing {
        plan: row.text("plan").to_owned(),
        reference: row.text("against").is_empty(),
        better: titles(row.text("better")),
        worse: titles(row.text("worse")),
        beaten_by: row.text("dominated_by").replace(' ', ", "),
    };
    Ok(table.iter().flat_map(KeptTable::rows).map(read).collect())
}

fn write_standings(standings: &[Standing], results: &Results, html: &mut Html) {
    const HEADINGS: [&str; 3] = ["Shown to be better on", "Shown to be worse on", "Beaten by"];
    let reference = standings.iter().find(|standing| standing.reference).map(|standing| standing.plan.as_str());
    html.tag("table", &[("class", &"plain cards")], |html| {
        html.tag("caption", &[], |html| {
            html.words("Held against plan ");
            html.author(reference.or(results.plans.first().map(String::as_str)).unwrap_or_default());
            html.words(
                " on the same simulated runs, at 5 % for all tests together. A plan is beaten by another that is better in something \
                 and worse in nothing.",
            );
        });
        html.tag("thead", &[], |html| {
            html.tag("tr", &[], |html| {
                html.line("th", &[("scope", &"col")], "Plan");
                HEADINGS.iter().for_each(|heading| html.line("th", &[("scope", &"col")], heading));
            });
        });
        html.tag("tbody", &[], |html| {
            for standing in standings.iter().filter(|standing| !standing.reference) {
                html.tag("tr", &[], |html| {
                    html.tag("th", &[("scope", &"row")], |html| html.author(&standing.plan));
                    for (heading, titles) in HEADINGS.iter().zip([&standing.better, &standing.worse]) {
                        html.tag("td", &[("data-label", heading)], |html| list(titles, html));
                    }
                    html.tag("td", &[("data-label", &HEADINGS[2])], |html| {
                        html.author(if standing.beaten_by.is_empty() { "–" } else { &standing.beaten_by });
                    });
                });
            }
        });
    });
}

fn list(titles: &[String], html: &mut Html) {
    if titles.is_empty() {
        return html.words("–");
    }
    html.tag("ul", &[], |html| titles.iter().for_each(|title| html.tag("li", &[], |html| html.author(title))));
}
