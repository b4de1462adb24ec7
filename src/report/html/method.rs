//! How it was made: seed, scenario, version; how to read it; and what is not there.

use super::Page;
use super::markup::Html;
use crate::report::text::SIMULATED;
use crate::report::verdict::{Part, missing};
use crate::report::words::{count, plural};

/// Writes the section.
pub(super) fn write(page: &Page, untold: Option<&str>, html: &mut Html) {
    let results = &page.results;
    html.tag("section", &[("id", &"method"), ("aria-labelledby", &"method-title")], |html| {
        html.line("h2", &[("id", &"method-title")], "How it was made, and how to read it");
        html.tag("ul", &[], |html| {
            for sentence in [
                "Every share is the share of simulated runs under these assumptions. It is no forecast of an election: change the \
                 assumptions, and the shares change.",
                "Every figure has a 95 % interval. It says how far chance alone may have moved the figure because the number of runs is \
                 limited, and nothing of whether the assumptions are right. Four times as many runs halve it.",
                "One run number is the same simulated world under every plan: the same luck, the same floods. So plans are compared run \
                 by run.",
                "Runs are drawn at random (plain Monte Carlo) by ChaCha8, a stream for each thing that happens. The same scenario, seed \
                 and version give the same bytes on every machine.",
            ] {
                html.line("li", &[], sentence);
            }
        });
        html.line("h3", &[], "From what it was made");
        html.tag("table", &[("class", &"plain cards")], |html| {
            const HEADINGS: [&str; 4] = ["Plans", "Runs of each", "Seed", "Version"];
            html.line("caption", &[], "The folders of results, as their manifests say.");
            html.tag("thead", &[], |html| {
                html.tag("tr", &[], |html| {
                    html.line("th", &[("scope", &"col")], "Study");
                    HEADINGS.iter().for_each(|heading| html.line("th", &[("scope", &"col")], heading));
                });
            });
            html.tag("tbody", &[], |html| {
                for folder in results.folders {
                    let manifest = &folder.manifest;
                    let end = (manifest.runs.first + manifest.runs.count).saturating_sub(1);
                    let cut = if manifest.complete { "" } else { ", interrupted" };
                    let runs =
                        format!("{} ({} to {}){cut}", count(manifest.runs.count), count(manifest.runs.first), count(end));
                    let kind = manifest.format.trim_start_matches("canvass-").split('-').next().unwrap_or_default();
                    html.tag("tr", &[], |html| {
                        html.tag("th", &[("scope", &"row")], |html| html.author(kind));
                        html.tag("td", &[("data-label", &HEADINGS[0])], |html| html.author(&manifest.plans.join(", ")));
                        html.line("td", &[("data-label", &HEADINGS[1])], runs);
                        html.line("td", &[("data-label", &HEADINGS[2])], manifest.seed);
                        html.tag("td", &[("data-label", &HEADINGS[3])], |html| {
                            html.author(&format!("canvass {}", manifest.canvass));
                        });
                    });
                }
            });
        });
        html.tag("dl", &[], |html| {
            for scenario in results.folders.iter().take(1).flat_map(|folder| &folder.manifest.scenarios) {
                html.line("dt", &[], "Scenario");
                html.tag("dd", &[], |html| html.author(&scenario.id));
                html.line("dt", &[], "SHA-256 of the scenario");
                html.tag("dd", &[], |html| html.tag("code", &[], |html| html.author(&scenario.sha256)));
            }
            html.line("dt", &[], "Marking");
            html.line("dd", &[], format!("{}, {SIMULATED}", results.tlp().marking()));
        });
        lacks(page, untold, html);
    });
}

/// What part of the page a study would add.
fn adds(part: Part) -> &'static str {
    match part {
        Part::Batch => "The odds, how measures move over time, and one run as a timeline",
        Part::Comparison => "Which plan is better, run by run",
        Part::Drivers => "What drives the answer",
        Part::Boxes => "Where the bad runs live, and the rules that part them from others",
        Part::Chains => "The chains of causes",
    }
}

fn lacks(page: &Page, untold: Option<&str>, html: &mut Html) {
    let missing = missing(&page.results);
    if missing.is_empty() && untold.is_none() {
        return;
    }
    html.tag("div", &[("id", &"missing")], |html| {
        html.line("h3", &[], "What is not here");
        html.tag("ul", &[], |html| {
            for part in &missing {
                html.tag("li", &[], |html| {
                    html.words(format!("{}: made by ", adds(*part)));
                    html.line("code", &[], part.command());
                    html.words(".");
                });
            }
            if let Some(untold) = untold {
                html.tag("li", &[], |html| {
                    html.words("One run as a timeline: ");
                    html.author(untold);
                    html.words(".");
                });
            }
        });
        if !missing.is_empty() {
            html.tag("p", &[], |html| {
                html.words("Then make the page from all folders together: ");
                html.line("code", &[], "canvass export FOLDER FOLDER --html");
                html.words(format!(". {} is used here.", plural(page.results.folders.len() as u64, "folder")));
            });
        }
    });
}
