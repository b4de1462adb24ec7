//! Where the bad runs live, in words and bounds, and by which chains of causes they come.

use super::Problem;
use super::page::{Kind, Page, Value, heading};
use super::results::Results;
use crate::report::kept::{KeptRow, KeptTable};
use crate::report::words::number;
use rust_xlsxwriter::Worksheet;

/// Chains of causes that are listed at most.
const CHAINS: usize = 25;

/// Whether there is anything for this sheet.
pub(super) fn is_known(results: &Results) -> bool {
    ["prim.csv", "patterns.csv"].iter().any(|table| results.with(table).is_some())
}

/// The sheet.
pub(super) fn bad(sheet: &mut Worksheet, results: &Results) -> Result<(), Problem> {
    let words =
        ["Bad runs are those in which the contingency came about. Shares are those of simulated runs.".to_owned()];
    let widths = [44.0, 34.0, 14.0, 14.0, 14.0, 12.0];
    let mut page = Page::begin(sheet, ("Bad outcomes", "How the bad runs come about"), results.tlp(), &widths, &words)?;
    if let Some(patterns) = results.table("patterns.csv")? {
        chains(&mut page, results, &patterns)?;
    }
    if let Some(prim) = results.table("prim.csv")? {
        boxes(&mut page, results, &prim)?;
    }
    if let Some(tree) = results.table("tree.csv")? {
        leaves(&mut page, results, &tree)?;
    }
    if let Some(together) = results.table("together.csv")? {
        company(&mut page, results, &together)?;
    }
    page.fit_width();
    Ok(())
}

fn chains(page: &mut Page, results: &Results, patterns: &KeptTable) -> Result<(), Problem> {
    page.subtitle("Chains of causes, nearest first")?;
    let headings = [
        heading("Contingency", Kind::Text, 44.0),
        heading("Chain", Kind::Text, 34.0),
        heading("Share of the bad runs", Kind::Bar, 14.0),
        heading("95 % interval, from", Kind::Share, 14.0),
        heading("to", Kind::Share, 14.0),
        heading("Bad runs", Kind::Whole, 12.0),
    ];
    let rows: Vec<Vec<Value>> = patterns
        .rows()
        .take(CHAINS)
        .map(|row| {
            let mut cells = vec![results.title(row.text("contingency")).into(), row.text("chain").into()];
            cells.extend(["share", "ci_lo", "ci_hi", "n"].map(|name| Value::from(row.number(name))));
            cells
        })
        .collect();
    page.table("Chains", &headings, &rows)?;
    Ok(())
}

/// `campaign.flood.step[0].success > 0.61 h`.
fn bounds(row: &KeptRow) -> String {
    let unit = match row.text("unit") {
        "" | "1" | "0/1" | "name" => String::new(),
        unit => format!(" {unit}"),
    };
    let (input, not) = (row.text("input"), row.text("not"));
    let named = |name: &str| row.number(name).map(|value| format!("{}{unit}", number(value)));
    match (named("from"), named("to")) {
        (Some(from), Some(to)) => format!("{input} from {from} to {to}"),
        (Some(from), None) => format!("{input} at least {from}"),
        (None, Some(to)) => format!("{input} at most {to}"),
        (None, None) if !not.is_empty() => format!("{input} other than {not}"),
        (None, None) => input.to_owned(),
    }
}

fn percent(row: &KeptRow, name: &str) -> String {
    row.number(name).map_or("an unknown share".to_owned(), |share| format!("{:.0} %", share * 100.0))
}

fn boxes(page: &mut Page, results: &Results, prim: &KeptTable) -> Result<(), Problem> {
    page.subtitle("A box around the bad runs (PRIM)")?;
    let Some(first) = prim.rows().next() else {
        return Ok(page.words("No box was found in which bad runs are denser than elsewhere.")?);
    };
    let box_of: Vec<String> = prim.rows().map(|row| bounds(&row)).collect();
    let trade = results.table("tradeoff.csv")?;
    let steps: Vec<KeptRow> = trade.iter().flat_map(KeptTable::rows).collect();
    let all = steps.first().map(|row| percent(row, "density"));
    let fits = |row: &&KeptRow| row.number("restricted") == Some(box_of.len() as f64);
    let chosen = steps.iter().rev().find(fits);
    let mut text = format!("“{}” lives where {}", results.title(first.text("contingency")), box_of.join(" and "));
    if let (Some(row), Some(all)) = (chosen, all) {
        let (density, coverage) = (percent(row, "density"), percent(row, "coverage"));
        text += &format!(
            ". The smallest box with these bounds holds {coverage} of the bad runs, and {density} of its runs are bad, against {all} of \
             all runs (on the half of the runs kept back)"
        );
    }
    page.words(&(text + "."))?;
    let headings = [
        heading("Contingency", Kind::Text, 44.0),
        heading("Input", Kind::Text, 34.0),
        heading("From", Kind::Figure, 14.0),
        heading("To", Kind::Figure, 14.0),
        heading("Unit or choices left out", Kind::Text, 14.0),
        heading("Chance of as dense a box without it", Kind::Chance, 12.0),
    ];
    let rows: Vec<Vec<Value>> = prim
        .rows()
        .map(|row| {
            let note = if row.text("not").is_empty() {
                row.text("unit").to_owned()
            } else {
                format!("not {}", row.text("not"))
            };
            vec![
                results.title(row.text("contingency")).into(),
                row.text("input").into(),
                row.number("from").into(),
                row.number("to").into(),
                note.into(),
                row.number("quasi_p").into(),
            ]
        })
        .collect();
    page.table("Box", &headings, &rows)?;
    Ok(())
}

fn leaves(page: &mut Page, results: &Results, tree: &KeptTable) -> Result<(), Problem> {
    page.subtitle("Rules that part bad runs from others (CART)")?;
    let mut rules: Vec<(String, KeptRow, Vec<String>)> = Vec::new();
    for row in tree.rows() {
        let leaf = row.text("leaf").to_owned();
        match rules.last_mut() {
            Some((known, _, parts)) if *known == leaf => parts.push(bounds(&row)),
            _ => rules.push((leaf, row, vec![bounds(&row)])),
        }
    }
    rules.sort_by(|a, b| b.1.number("share").unwrap_or(0.0).total_cmp(&a.1.number("share").unwrap_or(0.0)));
    let headings = [
        heading("Rule", Kind::Text, 44.0),
        heading("Contingency", Kind::Text, 34.0),
        heading("Share of its runs that are bad", Kind::Bar, 14.0),
        heading("95 % interval, from", Kind::Share, 14.0),
        heading("to", Kind::Share, 14.0),
        heading("Share of the bad runs", Kind::Share, 12.0),
    ];
    let rows: Vec<Vec<Value>> = rules
        .iter()
        .map(|(_, row, parts)| {
            let mut cells = vec![parts.join(" and ").into(), results.title(row.text("contingency")).into()];
            cells.extend(["share", "share_lo", "share_hi", "coverage"].map(|name| Value::from(row.number(name))));
            cells
        })
        .collect();
    page.table("Rules", &headings, &rows)?;
    Ok(())
}

fn company(page: &mut Page, results: &Results, together: &KeptTable) -> Result<(), Problem> {
    page.subtitle("What comes together")?;
    let headings = [
        heading("In runs in which this happened", Kind::Text, 44.0),
        heading("this happened too", Kind::Text, 34.0),
        heading("in this share of them", Kind::Bar, 14.0),
        heading("95 % interval, from", Kind::Share, 14.0),
        heading("to", Kind::Share, 14.0),
        heading("Runs", Kind::Whole, 12.0),
    ];
    let rows: Vec<Vec<Value>> = together
        .rows()
        .filter(|row| row.text("given") != row.text("also"))
        .map(|row| {
            let mut cells = vec![results.title(row.text("given")).into(), results.title(row.text("also")).into()];
            cells.extend(["share", "ci_lo", "ci_hi", "n"].map(|name| Value::from(row.number(name))));
            cells
        })
        .collect();
    page.table("Together", &headings, &rows)?;
    Ok(())
}
