//! Where the bad runs live, in words and bounds, and by which chains of causes they come.

use super::Problem;
use super::page::{Kind, Page, Value, heading};
use crate::report::kept::KeptTable;
use crate::report::results::Results;
use crate::report::verdict::{box_in_words, rules_of};
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

fn boxes(page: &mut Page, results: &Results, prim: &KeptTable) -> Result<(), Problem> {
    page.subtitle("A box around the bad runs (PRIM)")?;
    let Some(sentence) = box_in_words(results, prim)? else {
        return Ok(page.words("No box was found in which bad runs are denser than elsewhere.")?);
    };
    page.words(&sentence)?;
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
    let headings = [
        heading("Rule", Kind::Text, 44.0),
        heading("Contingency", Kind::Text, 34.0),
        heading("Share of its runs that are bad", Kind::Bar, 14.0),
        heading("95 % interval, from", Kind::Share, 14.0),
        heading("to", Kind::Share, 14.0),
        heading("Share of the bad runs", Kind::Share, 12.0),
    ];
    let rows: Vec<Vec<Value>> = rules_of(tree)
        .iter()
        .map(|(row, rule)| {
            let mut cells = vec![rule.as_str().into(), results.title(row.text("contingency")).into()];
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
