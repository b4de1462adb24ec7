//! A catalogue of techniques that the user brings: DISARM or ATT&CK as CSV, or as a STIX bundle.
//!
//! None is shipped, so that none can be out of date; tags are checked in shape only.

use super::failure::Failure;
use super::style;
use super::words::{plural, wrapped};
use crate::scenario::Tag;
use crate::scenario::model::Scenario;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::Path;

/// More entries than this that the scenario leaves out are only counted.
const LISTED: usize = 20;

/// Headings under which lists keep the id, and the name.
const ID_HEADINGS: [&str; 5] = ["id", "disarm_id", "technique_id", "external_id", "attack_id"];
const NAME_HEADINGS: [&str; 3] = ["name", "title", "technique"];

/// Sources whose ids a STIX bundle's techniques are known by.
const STIX_SOURCES: [&str; 4] = ["mitre-attack", "mitre-ics-attack", "mitre-mobile-attack", "DISARM"];

/// Techniques by id.
pub(super) struct Catalogue(BTreeMap<String, String>);

#[derive(Deserialize)]
struct Bundle {
    objects: Vec<Object>,
}

#[derive(Deserialize)]
struct Object {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    revoked: bool,
    #[serde(default)]
    external_references: Vec<Reference>,
}

#[derive(Deserialize)]
struct Reference {
    #[serde(default)]
    source_name: String,
    external_id: Option<String>,
}

impl Catalogue {
    /// Reads a catalogue in either format.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let wrong = |what: String| Failure::bad_input(format!("{}: {what}", path.display()));
        let bytes = std::fs::read(path).map_err(|error| wrong(error.to_string()))?;
        let text = String::from_utf8(bytes).map_err(|_| wrong("the catalogue is not UTF-8 text".to_owned()))?;
        let text = text.trim_start_matches('\u{feff}');
        let entries = if text.trim_start().starts_with('{') { stix(text) } else { table(text) }.map_err(wrong)?;
        if entries.is_empty() {
            return Err(wrong("there is no technique in it".to_owned()));
        }
        Ok(Catalogue(entries))
    }

    /// Says which techniques the scenario is tagged with, and which of the catalogue it is not.
    pub(super) fn write_coverage(&self, scenario: &Scenario, out: &mut impl Write) -> io::Result<()> {
        let tags = tags(scenario);
        writeln!(out, "\n{}", style::paint(style::HEADING, &plural(tags.len() as u64, "tag")))?;
        for tag in &tags {
            match self.0.get(id(tag)) {
                Some(name) => writeln!(out, "  {tag}  {name}")?,
                None => writeln!(out, "  {tag}  {}", style::paint(style::DOUBT, "not in the catalogue"))?,
            }
        }
        let used: BTreeSet<&str> = tags.iter().map(|tag| id(tag)).collect();
        let left_out: Vec<&str> = self.0.keys().map(String::as_str).filter(|known| !used.contains(known)).collect();
        let heading = format!("{} of {} in the catalogue are not in the scenario", left_out.len(), self.0.len());
        writeln!(out, "{}", style::paint(style::HEADING, &heading))?;
        if left_out.len() <= LISTED {
            for id in left_out {
                for line in wrapped(&format!("{id} {}", self.0[id]), 76) {
                    writeln!(out, "  {line}")?;
                }
            }
        }
        Ok(())
    }
}

/// The id of a tag, without its catalogue: `T1498` of `attack:T1498`.
fn id(tag: &str) -> &str {
    tag.split_once(':').map_or(tag, |(_, id)| id)
}

/// All tags of a scenario, each once.
fn tags(scenario: &Scenario) -> BTreeSet<&str> {
    let steps = scenario.campaign.values().flat_map(|campaign| &campaign.step).flat_map(|step| &step.tags);
    let narratives = scenario.narrative.values().flat_map(|narrative| &narrative.tags);
    let responses = scenario.response.values().flat_map(|response| &response.tags);
    steps.chain(narratives).chain(responses).map(|Tag(tag)| tag.as_str()).collect()
}

fn stix(text: &str) -> Result<BTreeMap<String, String>, String> {
    let bundle: Bundle = serde_json::from_str(text).map_err(|error| format!("this is not a STIX bundle: {error}"))?;
    let techniques = bundle
        .objects
        .into_iter()
        .filter(|object| !object.revoked && matches!(object.kind.as_str(), "attack-pattern" | "course-of-action"));
    Ok(techniques
        .filter_map(|object| {
            let known = |reference: &Reference| STIX_SOURCES.contains(&reference.source_name.as_str());
            let id = object.external_references.into_iter().find(known)?.external_id?;
            Some((id, object.name))
        })
        .collect())
}

fn table(text: &str) -> Result<BTreeMap<String, String>, String> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let headings = reader.headers().map_err(|error| error.to_string())?.clone();
    let column = |known: &[&str]| {
        let wanted = |heading: &str| known.contains(&heading.trim().to_lowercase().as_str());
        headings.iter().position(wanted).ok_or_else(|| format!("there is no column `{}`", known[0]))
    };
    let (ids, names) = (column(&ID_HEADINGS)?, column(&NAME_HEADINGS)?);
    let mut entries = BTreeMap::new();
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        let cell = |column: usize| record.get(column).unwrap_or_default().trim().to_owned();
        if !cell(ids).is_empty() {
            entries.insert(cell(ids), cell(names));
        }
    }
    Ok(entries)
}
