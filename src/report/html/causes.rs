//! How the bad runs come about: chains of causes, the box around them, rules, and single runs explained.

use super::Page;
use super::bars::{Bar, Bars, Group, Mark};
use super::markup::Html;
use super::scale::Scale;
use crate::report::kept::{KeptRow, KeptTable};
use crate::report::results::{Figure, Results};
use crate::report::stored::StoredError;
use crate::report::verdict::{box_in_words, rules_of};
use crate::report::words::{hours, number};

/// Chains and rules that are listed at most.
const LISTED: usize = 25;

/// Runs whose tree of causes is shown at most, and lines of each.
const TREES: usize = 5;
const LINES: usize = 200;

/// How deep a tree is shown.
const DEEP: usize = 12;

/// Writes the section; nothing without any of these studies.
pub(super) fn write(page: &Page, html: &mut Html) -> Result<(), StoredError> {
    let results = &page.results;
    let [patterns, together, prim, tree, causes, moments] =
        ["patterns.csv", "together.csv", "prim.csv", "tree.csv", "causes.csv", "last_moments.csv"]
            .map(|name| results.table(name));
    let (patterns, together, prim, tree) = (patterns?, together?, prim?, tree?);
    let (causes, moments) = (causes?, moments?);
    if patterns.is_none() && prim.is_none() && causes.is_none() {
        return Ok(());
    }
    let sentence = prim.as_ref().map(|prim| box_in_words(results, prim)).transpose()?;
    html.tag("section", &[("id", &"causes"), ("aria-labelledby", &"causes-title")], |html| {
        html.line("h2", &[("id", &"causes-title")], "How it comes about");
        html.p("", "Bad runs are those in which the contingency came about.");
        if let Some(patterns) = &patterns {
            chains(results, patterns, html);
        }
        if let Some(together) = &together {
            company(results, together, html);
        }
        if let Some(causes) = &causes {
            trees(results, causes, moments.as_ref(), html);
        }
        if let Some(found) = sentence {
            html.line("h3", &[], "Where the bad runs live");
            match found {
                Some(sentence) => html.tag("p", &[("class", &"verdict small")], |html| html.author(&sentence)),
                None => html.p("", "No box was found in which bad runs are denser than elsewhere (PRIM)."),
            }
        }
        if let Some(prim) = &prim {
            boxes(prim, html);
        }
        if let Some(tree) = &tree {
            rules(results, tree, html);
        }
    });
    Ok(())
}

fn share_of(row: &KeptRow) -> Figure {
    Figure { value: row.number("share"), low: row.number("ci_lo"), high: row.number("ci_hi"), n: row.number("n") }
}

fn share_row(name: String, row: &KeptRow) -> Bar {
    let bar = super::answer::share_bar(&name, 0, &share_of(row), "so it was");
    Bar { tip: format!("{name}: {} of {} runs", bar.figure, row.text("n")), ..bar }
}

/// Rows parted by what stands in a column, in their order.
fn parted<'t>(table: &'t KeptTable, column: &str) -> Vec<(&'t str, Vec<KeptRow<'t>>)> {
    let mut parts: Vec<(&str, Vec<KeptRow>)> = Vec::new();
    for row in table.rows() {
        match parts.iter_mut().find(|(known, _)| *known == row.text(column)) {
            Some((_, rows)) => rows.push(row),
            None => parts.push((row.text(column), vec![row])),
        }
    }
    parts
}

fn chains(results: &Results, patterns: &KeptTable, html: &mut Html) {
    html.line("h3", &[], "The commonest chains of causes");
    let group = |(contingency, rows): (&str, Vec<KeptRow>)| Group {
        title: Some(results.title(contingency).to_owned()),
        scale: Scale::between(0.0, 100.0, 25.0),
        bars: rows
            .iter()
            .take(LISTED)
            .map(|row| {
                let causes =
                    row.text("chain").split_once(" ← ").map_or("no act that can be named", |(_, causes)| causes);
                share_row(format!("← {causes}"), row)
            })
            .collect(),
    };
    let bars = Bars {
        caption: "Share of the bad runs with each chain, nearest cause first.",
        headings: ["Came about through", "Share of the bad runs"],
        unit: " %",
        mark: Mark::Bar,
        one_scale: true,
        groups: parted(patterns, "contingency").into_iter().map(group).collect(),
    };
    bars.write(html);
}

fn company(results: &Results, together: &KeptTable, html: &mut Html) {
    let group = |(given, rows): (&str, Vec<KeptRow>)| Group {
        title: Some(format!("Where this happens: {}", results.title(given))),
        scale: Scale::between(0.0, 100.0, 25.0),
        bars: rows
            .iter()
            .filter(|row| row.text("also") != given && row.number("share").is_some())
            .map(|row| share_row(results.title(row.text("also")).to_owned(), row))
            .collect(),
    };
    let groups: Vec<Group> =
        parted(together, "given").into_iter().map(group).filter(|group| !group.bars.is_empty()).collect();
    if groups.is_empty() {
        return;
    }
    html.tag("details", &[("class", &"numbers")], |html| {
        html.line("summary", &[], "What else happens where a contingency does");
        let bars = Bars {
            caption: "Of the runs in which the first contingency happened, the share in which the second did too.",
            headings: ["this happens too", "Share of those runs"],
            unit: " %",
            mark: Mark::Bar,
            one_scale: true,
            groups,
        };
        bars.write(html);
    });
}

fn trees(results: &Results, causes: &KeptTable, moments: Option<&KeptTable>, html: &mut Html) {
    let runs = parted(causes, "run");
    if runs.is_empty() {
        return;
    }
    html.line("h3", &[], "Single runs, explained");
    for (run, rows) in runs.into_iter().take(TREES) {
        let contingency = rows.first().map(|row| row.text("contingency")).unwrap_or_default();
        html.tag("h4", &[], |html| {
            html.words(format!("Run {run}: "));
            html.author(results.title(contingency));
        });
        let rows = &rows[..rows.len().min(LINES)];
        html.tag("ul", &[("class", &"tree")], |html| branch(rows, "", DEEP, html));
        let found: Vec<KeptRow> =
            moments.iter().flat_map(|table| table.rows()).filter(|row| row.text("run") == run).collect();
        if !found.is_empty() {
            html.p("", "What would have prevented it, taking effect in time:");
            html.tag("ul", &[], |html| {
                for row in &found {
                    html.tag("li", &[], |html| {
                        html.author(row.text("response"));
                        html.words(": ");
                        html.words(match (row.number("from_h"), row.number("until_h")) {
                            (Some(from), Some(until)) if from > 0.0 => {
                                format!("from {} until {} after the start", hours(from), hours(until))
                            }
                            (_, Some(until)) => format!("until {} after the start", hours(until)),
                            (_, None) => "at no moment".to_owned(),
                        });
                    });
                }
            });
        }
    }
}

fn branch(rows: &[KeptRow], above: &str, deep: usize, html: &mut Html) {
    for row in rows.iter().filter(|row| row.text("leads_to") == above) {
        html.tag("li", &[], |html| {
            if let Some(moment) = row.number("time_h") {
                html.line("span", &[("class", &"clock")], hours(moment));
                html.words(" ");
            }
            html.author(row.text("text"));
            html.words(" ");
            match row.number("needed") {
                Some(1.0) => html.line("span", &[("class", &"chip bad")], "needed"),
                Some(_) => html.line("span", &[("class", &"chip quiet")], "would have happened without this"),
                None => {}
            }
            // The line of a cause is never that of what it led to, but a file may say so.
            let line = row.text("line");
            if deep > 0 && !line.is_empty() && rows.iter().any(|row| row.text("leads_to") == line) {
                html.tag("ul", &[], |html| branch(rows, line, deep - 1, html));
            }
        });
    }
}

fn boxes(prim: &KeptTable, html: &mut Html) {
    const HEADINGS: [&str; 3] = ["From", "To", "Chance of as dense a box without it"];
    if prim.rows().next().is_none() {
        return;
    }
    html.tag("table", &[("class", &"plain cards")], |html| {
        html.line("caption", &[], "The box around the bad runs (PRIM), bound by bound.");
        html.tag("thead", &[], |html| {
            html.tag("tr", &[], |html| {
                html.line("th", &[("scope", &"col")], "Input");
                HEADINGS
                    .iter()
                    .for_each(|heading| html.line("th", &[("scope", &"col"), ("class", &"figure")], heading));
            });
        });
        html.tag("tbody", &[], |html| {
            for row in prim.rows() {
                html.tag("tr", &[], |html| {
                    html.tag("th", &[("scope", &"row")], |html| {
                        html.author(row.text("input"));
                        if !row.text("not").is_empty() {
                            html.words(" other than ");
                            html.author(row.text("not"));
                        }
                    });
                    let unit = if matches!(row.text("unit"), "h" | "/h") { row.text("unit") } else { "" };
                    let said = |name: &str| {
                        row.number(name).map_or("–".to_owned(), |value| format!("{} {unit}", number(value)))
                    };
                    let chance = row
                        .number("quasi_p")
                        .map_or("–".to_owned(), |p| if p < 0.001 { "< 0.001".to_owned() } else { format!("{p:.3}") });
                    for (heading, cell) in HEADINGS.iter().zip([said("from"), said("to"), chance]) {
                        html.line("td", &[("class", &"figure"), ("data-label", heading)], cell.trim_end());
                    }
                });
            }
        });
    });
}

fn rules(results: &Results, tree: &KeptTable, html: &mut Html) {
    let found = rules_of(tree);
    if found.is_empty() {
        return;
    }
    html.line("h3", &[], "Rules that part bad runs from others");
    let mut groups: Vec<Group> = Vec::new();
    for (row, rule) in found.iter().take(LISTED) {
        let figure = Figure {
            value: row.number("share"),
            low: row.number("share_lo"),
            high: row.number("share_hi"),
            n: row.number("share_n"),
        };
        let holds = row.number("coverage").map(|share| format!("; it holds {:.0} % of the bad runs", share * 100.0));
        let bar = super::answer::share_bar(rule, 0, &figure, "bad");
        let bar = Bar { tip: format!("{}{}", bar.tip, holds.unwrap_or_default()), ..bar };
        let title = results.title(row.text("contingency"));
        match groups.iter_mut().find(|group| group.title.as_deref() == Some(title)) {
            Some(group) => group.bars.push(bar),
            None => {
                groups.push(Group {
                    title: Some(title.to_owned()),
                    scale: Scale::between(0.0, 100.0, 25.0),
                    bars: vec![bar],
                });
            }
        }
    }
    let bars = Bars {
        caption: "Share of the runs under each rule that are bad (CART), on the half of the runs kept back.",
        headings: ["Rule", "Share that is bad"],
        unit: " %",
        mark: Mark::Bar,
        one_scale: true,
        groups,
    };
    bars.write(html);
}
