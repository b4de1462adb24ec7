//! On what the answer rests: the share of numbers that are cited, estimated and assumed, and every one of them.

use super::Page;
use super::markup::{Attributes, Html, percent, shown};
use crate::report::evidence;
use crate::report::kept::{KeptRow, KeptTable};
use crate::report::stored::StoredError;
use crate::report::words::{count, number, plural};

/// Numbers that are listed at most.
const LISTED: usize = 3_000;

/// Bases of a number, weakest last, and what they mean.
const BASES: [(&str, &str); 4] = [
    ("cited", "read in a source"),
    ("estimated", "worked out from evidence"),
    ("assumed", "an assumption, argued or not"),
    ("unstated", "nobody said"),
];

const CHOICE: &str = "choice";

/// Headings of the ledger, with how its rows are ordered by them.
const HEADINGS: [(&str, &str); 6] = [
    ("Number", "text"),
    ("Basis", "order"),
    ("Grade", "text"),
    ("As written", "text"),
    ("Middle, and nine in ten draws", "order"),
    ("Where it comes from, or why it is assumed", "text"),
];

/// Writes the section; nothing without a ledger.
pub(super) fn write(page: &Page, html: &mut Html) -> Result<(), StoredError> {
    let Some(table) = page.results.table(evidence::NAME)? else { return Ok(()) };
    let of = |basis: &str| table.rows().filter(|row| row.text("basis") == basis).count();
    let counted: Vec<(&str, &str, usize)> =
        BASES.iter().map(|(basis, meaning)| (*basis, *meaning, of(basis))).collect();
    let all: usize = counted.iter().map(|(_, _, number)| number).sum();
    let built_in = table.rows().filter(|row| row.text("origin") == "built-in" && row.text("basis") != CHOICE).count();
    html.tag("section", &[("id", &"evidence"), ("aria-labelledby", &"evidence-title")], |html| {
        html.line("h2", &[("id", &"evidence-title")], "What the answer rests on");
        if all > 0 {
            shares(&counted, all, built_in, html);
        }
        html.p(
            "note",
            "This says how many numbers rest on what, not how much each of them moves the answer; for that see what drives it. Grades: A \
             cause and effect in the field, B experiments, C fits of models and single cases, D none. A choice is a decision of the author \
             and claims nothing about the world; choices are not counted above.",
        );
        ledger(&table, html);
    });
    Ok(())
}

fn shares(counted: &[(&str, &str, usize)], all: usize, built_in: usize, html: &mut Html) {
    let part = |number: usize| number as f64 / all as f64;
    let said = |(basis, _, number): &(&str, &str, usize)| format!("{:.0} % {basis}", part(*number) * 100.0);
    let there: Vec<_> = counted.iter().filter(|(_, _, number)| *number > 0).collect();
    let sentence = format!(
        "This rests on {} ({} built in): {}.",
        plural(all as u64, "number"),
        count(built_in as u64),
        there.iter().map(|part| said(part)).collect::<Vec<_>>().join(", ")
    );
    html.p("verdict small", &sentence);
    html.tag("figure", &[("class", &"shares")], |html| {
        let field: Attributes = &[
            ("width", &"100%"),
            ("height", &"28"),
            ("role", &"img"),
            ("aria-labelledby", &"shares-title shares-about"),
        ];
        html.tag("svg", field, |html| {
            html.line("title", &[("id", &"shares-title")], "Share of numbers by basis");
            html.line("desc", &[("id", &"shares-about")], &sentence);
            let mut from = 0.0;
            for (basis, meaning, number) in &there {
                let width = part(*number);
                let (class, tip) = (format!("basis {basis}"), format!("{} {basis}: {meaning}", count(*number as u64)));
                let block: Attributes = &[
                    ("class", &class),
                    ("x", &percent(from)),
                    ("width", &percent(width)),
                    ("height", &"28"),
                    ("data-tip", &tip),
                ];
                html.shape("rect", block);
                from += width;
            }
        });
        html.tag("table", &[("class", &"plain")], |html| {
            html.line("caption", &[], "Numbers by basis");
            html.tag("thead", &[], |html| {
                html.tag("tr", &[], |html| {
                    html.line("th", &[("scope", &"col")], "Basis");
                    html.line("th", &[("scope", &"col"), ("class", &"figure")], "Numbers");
                    html.line("th", &[("scope", &"col"), ("class", &"figure")], "Share");
                    html.line("th", &[("scope", &"col")], "What it means");
                });
            });
            html.tag("tbody", &[], |html| {
                for (basis, meaning, number) in counted {
                    html.tag("tr", &[], |html| {
                        html.tag("th", &[("scope", &"row")], |html| chip(basis, html));
                        html.line("td", &[("class", &"figure")], count(*number as u64));
                        html.line("td", &[("class", &"figure")], format!("{:.0} %", part(*number) * 100.0));
                        html.line("td", &[], *meaning);
                    });
                }
            });
        });
    });
}

fn chip(basis: &str, html: &mut Html) {
    let class = match basis {
        "cited" => "chip cited",
        "estimated" => "chip estimated",
        "assumed" => "chip assumed",
        _ => "chip quiet",
    };
    html.line("span", &[("class", &class)], shown(basis));
}

/// Where a basis stands when rows are ordered by it: what nobody vouches for comes first.
fn order(basis: &str) -> usize {
    ["unstated", "assumed", "estimated", "cited", CHOICE].iter().position(|known| *known == basis).unwrap_or(5)
}

fn ledger(table: &KeptTable, html: &mut Html) {
    let mut rows: Vec<KeptRow> = table.rows().collect();
    rows.sort_by_key(|row| order(row.text("basis")));
    let all = rows.len();
    rows.truncate(LISTED);
    html.line("h3", &[], "Every number");
    html.tag("div", &[("class", &"filters scripted")], |html| {
        html.tag("fieldset", &[], |html| {
            html.line("legend", &[], "Show");
            for basis in BASES.iter().map(|(basis, _)| *basis).chain([CHOICE]) {
                html.tag("label", &[], |html| {
                    html.void("input", &[("type", &"checkbox"), ("checked", &""), ("data-basis", &basis)]);
                    html.words(format!(" {basis}"));
                });
            }
        });
        html.line("label", &[("for", &"ledger-search")], "Find");
        html.void("input", &[("type", &"search"), ("id", &"ledger-search")]);
        html.tag("p", &[("class", &"status"), ("role", &"status"), ("id", &"ledger-status")], |_| ());
    });
    html.tag("table", &[("class", &"plain cards ledger"), ("id", &"ledger")], |html| {
        let said = if all > rows.len() {
            format!(
                "The first {} of {} numbers, those nobody vouches for first; evidence.csv has all.",
                count(LISTED as u64),
                count(all as u64)
            )
        } else {
            format!("All {} numbers, those nobody vouches for first.", count(all as u64))
        };
        html.line("caption", &[], said);
        html.tag("thead", &[], |html| {
            html.tag("tr", &[], |html| {
                for (heading, sorted) in HEADINGS {
                    html.line("th", &[("scope", &"col"), ("data-sort", &sorted)], heading);
                }
            });
        });
        html.tag("tbody", &[], |html| rows.iter().for_each(|row| entry(row, html)));
    });
    html.tag("p", &[("class", &"scripted more")], |html| {
        html.line("button", &[("type", &"button"), ("id", &"ledger-more")], "Show all numbers");
    });
}

fn entry(row: &KeptRow, html: &mut Html) {
    let basis = row.text("basis");
    html.tag("tr", &[("data-basis", &shown(basis))], |html| {
        html.tag("th", &[("scope", &"row")], |html| {
            html.tag("code", &[], |html| html.author(row.text("path")));
            let mut beside = vec![];
            if row.text("origin") == "built-in" {
                beside.push("built in".to_owned());
            } else if !row.text("place").is_empty() {
                beside.push(row.text("place").to_owned());
            }
            if !row.text("plan").is_empty() {
                beside.push(format!("under {}", row.text("plan")));
            }
            html.tag("span", &[("class", &"beside")], |html| html.author(&beside.join(" · ")));
        });
        html.tag("td", &[("data-label", &HEADINGS[1].0), ("data-order", &order(basis))], |html| chip(basis, html));
        html.tag("td", &[("data-label", &HEADINGS[2].0)], |html| html.author(or_dash(row.text("grade"))));
        html.tag("td", &[("data-label", &HEADINGS[3].0)], |html| html.author(or_dash(row.text("value"))));
        let middle = row.number("p50");
        let by = middle.map(|middle| middle.to_string()).unwrap_or_default();
        html.line("td", &[("data-label", &HEADINGS[4].0), ("data-order", &by)], draws(row, middle));
        html.tag("td", &[("data-label", &HEADINGS[5].0)], |html| html.author(or_dash(row.text("source"))));
    });
}

fn or_dash(text: &str) -> &str {
    if text.is_empty() { "–" } else { text }
}

fn draws(row: &KeptRow, middle: Option<f64>) -> String {
    let unit = if matches!(row.text("unit"), "h" | "/h") { row.text("unit") } else { "" };
    let Some(middle) = middle else { return "–".to_owned() };
    let ends = row.number("p5").zip(row.number("p95")).filter(|(low, high)| low < high);
    let ends = ends.map(|(low, high)| format!(" ({} to {})", number(low), number(high))).unwrap_or_default();
    format!("{}{ends}\u{a0}{unit}", number(middle)).trim_end().replace('-', "−")
}
