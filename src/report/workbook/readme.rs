//! The first sheet: the question, the verdict in words, how to read the rest, and what is not there.

use super::page::Page;
use super::{Problem, closing};
use crate::report::results::Results;
use crate::report::scan::Scan;
use crate::report::text::SIMULATED;
use crate::report::verdict::{Part, missing};
use crate::report::words::{count, plural};
use rust_xlsxwriter::Worksheet;

/// Writes the sheet.
pub(super) fn readme(
    sheet: &mut Worksheet,
    results: &Results,
    scan: Option<&Scan>,
    verdict: &[String],
) -> Result<(), Problem> {
    let scenario = results.scenario();
    let title = if scenario.title.is_empty() { scenario.id.clone() } else { scenario.title.clone() };
    let mut page = Page::begin(sheet, ("Read me", &title), results.tlp(), &[95.0], &[])?;
    if !scenario.question.is_empty() {
        page.subtitle("The question")?;
        page.words(&scenario.question)?;
        page.gap();
    }
    page.subtitle("The verdict")?;
    if verdict.is_empty() {
        page.words("The tables at hand give no verdict in words; see the sheets.")?;
    }
    for sentence in verdict {
        page.words(sentence)?;
    }
    page.gap();
    page.subtitle("How to read this workbook")?;
    for line in [
        "Every share is the share of simulated runs under these assumptions. It is no forecast of an election: change the assumptions, \
         and the shares change.",
        "Every figure has a 95 % interval. It says how far chance alone may have moved the figure because the number of runs is limited, \
         and nothing of whether the assumptions are right. Four times as many runs halve it.",
        "One run number is the same simulated world under every plan: the same luck, the same floods. So plans are compared run by run.",
        "Times are hours since the start of the scenario. An empty cell means that there is no value.",
    ] {
        page.words(line)?;
    }
    page.gap();
    page.subtitle("The sheets")?;
    for (sheet, about, there) in sheets(results, scan) {
        if there {
            page.words(&format!("{sheet}: {about}"))?;
        }
    }
    let missing = missing(results);
    if !missing.is_empty() {
        page.gap();
        page.subtitle("What is not here")?;
        for part in missing {
            page.words(&format!(
                "{}: made by {}; then export both folders together: canvass export FOLDER FOLDER --xlsx",
                sheets_of(part),
                part.command()
            ))?;
        }
    }
    page.gap();
    page.subtitle("From what it was made")?;
    for folder in results.folders {
        let manifest = &folder.manifest;
        let end = (manifest.runs.first + manifest.runs.count).saturating_sub(1);
        let cut = if manifest.complete { "" } else { ", interrupted" };
        let plans = plural(manifest.plans.len() as u64, "plan");
        let kind = manifest.format.trim_start_matches("canvass-").split('-').next().unwrap_or_default();
        page.words(&format!(
            "{kind}: canvass {}, {plans}, {} ({} to {}) each, seed {}{cut}",
            manifest.canvass,
            plural(manifest.runs.count, "run"),
            count(manifest.runs.first),
            count(end),
            manifest.seed,
        ))?;
        for scenario in &manifest.scenarios {
            page.words(&format!("scenario {}, SHA-256 {}", scenario.id, scenario.sha256))?;
        }
    }
    page.words("Runs are drawn at random (plain Monte Carlo) by ChaCha8, a stream for each thing that happens.")?;
    page.words(&format!("{}: {SIMULATED}.", results.tlp().marking()))?;
    page.fit_width();
    Ok(())
}

/// The sheets, what they hold, and whether they are there.
fn sheets(results: &Results, scan: Option<&Scan>) -> [(&'static str, &'static str, bool); 16] {
    let (has, batch) = (|table| results.with(table).is_some(), scan.is_some());
    let rests = closing::has_assumptions(results);
    [
        ("Summary", "one row a plan; a chart of the odds", true),
        ("Odds", "one row a contingency and plan: share of runs with interval, when, how long", results.has_batch()),
        ("Compare", "plan against plan on the same runs", has("compare.csv")),
        ("Drivers", "which uncertain numbers move the outcomes, as tornado charts", has("drivers.csv")),
        ("Drivers data", "the same for every input and outcome", has("drivers.csv")),
        (
            "Bad outcomes",
            "where the bad runs live, and by which chains of causes they come",
            super::bad::is_known(results),
        ),
        ("Percentiles", "how values are spread over the runs", batch),
        ("Curves", "by when contingencies come about; exceedance curves of measures", batch),
        ("Timeline", "how measures move over time, as charts", has("series.csv")),
        ("Timeline data", "the same as a table", has("series.csv")),
        ("Runs", "single runs", batch),
        ("Worst cases", "runs worth looking at, with the command that tells their story", batch),
        ("Assumptions", "the numbers it all rests on, with basis and source", rests),
        ("Data dictionary", "what every column of the tables means", true),
        ("Checks", "how the odds settled, whether both halves agree, files with their sums", true),
        ("Chart data", "the numbers behind the charts", true),
    ]
}

/// The sheets that show a part.
fn sheets_of(part: Part) -> &'static str {
    match part {
        Part::Batch => "Odds, Percentiles, Curves, Timeline, Runs, Worst cases",
        Part::Comparison => "Compare",
        Part::Drivers => "Drivers",
        Part::Boxes => "Bad outcomes, the box and the rules",
        Part::Chains => "Bad outcomes, the chains of causes",
    }
}
