//! `manifest.json`: what was run, so that anybody can run it again, and what it left behind.

use super::folder::FileRecord;
use crate::scenario::model::{About, Tlp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The format of a batch folder. It changes when a column is renamed, moved or given another meaning.
pub const FORMAT: &str = "canvass-batch-1";

/// Name of the manifest in the folder.
pub(super) const MANIFEST: &str = "manifest.json";

/// What was run. It holds no date and no machine: the same batch writes the same manifest.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Manifest {
    /// [`FORMAT`].
    pub format: &'static str,
    /// The version of this program.
    pub canvass: &'static str,
    /// The scenario.
    pub scenario: ScenarioRecord,
    /// The master seed.
    pub seed: u64,
    /// How random numbers are made; two batches with different generators cannot be compared run by run.
    pub generator: GeneratorRecord,
    /// The plans, in the order of the rows of one run.
    pub plans: Vec<String>,
    /// The runs in these files.
    pub runs: RunsRecord,
    /// False if the batch was interrupted: then it holds the beginning of what was asked for.
    pub complete: bool,
    /// The files beside this one. Filled in when the folder is published.
    pub files: Vec<FileRecord>,
}

/// Which scenario was run. Manifests of older versions say less.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScenarioRecord {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What its planner asks.
    pub question: String,
    /// To whom results may be shown.
    pub tlp: Tlp,
    /// Whether it names real places, with numbers that are illustrations only.
    pub illustrative: bool,
    /// Of the scenario as one text with its parts, in hexadecimal: of the `<id>.toml` that a batch leaves.
    pub sha256: String,
}

impl ScenarioRecord {
    /// What a manifest says of the scenario that calls itself this.
    pub fn new(id: &str, about: Option<&About>, sha256: String) -> Self {
        ScenarioRecord {
            id: id.to_owned(),
            title: about.map(|about| about.title.clone()).unwrap_or_default(),
            question: about.map(|about| about.question.clone()).unwrap_or_default(),
            tlp: about.map(|about| about.tlp).unwrap_or_default(),
            illustrative: about.is_some_and(|about| about.illustrative),
            sha256,
        }
    }
}

/// How random numbers are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct GeneratorRecord {
    /// The generator.
    pub name: &'static str,
    /// The version of the layout of its streams.
    pub layout: u64,
}

/// Numbers of the runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunsRecord {
    /// The first.
    pub first: u64,
    /// How many there are.
    pub count: u64,
    /// How many were asked for.
    pub requested: u64,
}

/// What a study of several plans was made from: the manifest of a comparison or a choice.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StudyManifest {
    /// Which kind of study, with the version of its files.
    pub format: &'static str,
    /// The version of this program.
    pub canvass: &'static str,
    /// The scenarios, in the order in which they were given.
    pub scenarios: Vec<ScenarioRecord>,
    /// The master seed.
    pub seed: u64,
    /// How random numbers are made.
    pub generator: GeneratorRecord,
    /// The names of the plans.
    pub plans: Vec<String>,
    /// What else was asked for, option by option.
    pub options: BTreeMap<String, String>,
    /// The runs it rests on.
    pub runs: RunsRecord,
    /// False if it was interrupted.
    pub complete: bool,
    /// The files beside this one.
    pub files: Vec<FileRecord>,
}
