//! What folders of results hold together, found by table, plan and outcome.

use super::kept::{Kept, KeptRow, KeptTable, Meaning};
use super::manifest::ScenarioRecord;
use super::stored::StoredError;
use super::{compare, contingencies, dictionary, runs, series, summary};
use crate::scenario::model::Tlp;

/// A contingency or measure.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Outcome {
    pub(super) id: String,
    pub(super) title: String,
    /// As the tables write it; that of a contingency is a share.
    pub(super) unit: String,
    pub(super) contingency: bool,
}

/// A figure of an outcome under a plan, with its interval at 95 %.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Figure {
    pub(super) value: Option<f64>,
    pub(super) low: Option<f64>,
    pub(super) high: Option<f64>,
    pub(super) n: Option<f64>,
}

/// Folders that belong together.
pub(super) struct Results<'a> {
    pub(super) folders: &'a [Kept],
    pub(super) outcomes: Vec<Outcome>,
    pub(super) plans: Vec<String>,
    summary: KeptTable,
}

impl<'a> Results<'a> {
    /// Reads what the sheets have in common.
    pub(super) fn gather(folders: &'a [Kept]) -> Result<Self, StoredError> {
        let mut results = Results { folders, outcomes: Vec::new(), plans: Vec::new(), summary: KeptTable::default() };
        for folder in folders {
            for plan in &folder.manifest.plans {
                if !results.plans.contains(plan) {
                    results.plans.push(plan.clone());
                }
            }
        }
        results.summary = results.table(summary::NAME)?.unwrap_or_default();
        results.outcomes = results.read_outcomes()?;
        Ok(results)
    }

    /// The first folder's scenario: all folders are of one.
    pub(super) fn scenario(&self) -> ScenarioRecord {
        self.folders.first().and_then(|folder| folder.manifest.scenarios.first()).cloned().unwrap_or_default()
    }

    /// The strictest marking of all scenarios.
    pub(super) fn tlp(&self) -> Tlp {
        let scenarios = self.folders.iter().flat_map(|folder| &folder.manifest.scenarios);
        scenarios.map(|scenario| scenario.tlp).max().unwrap_or_default()
    }

    /// The folder that has a table.
    pub(super) fn with(&self, table: &str) -> Option<&'a Kept> {
        self.folders.iter().find(|folder| folder.tables().any(|name| name == table))
    }

    /// A table as a whole, if one of the folders has it.
    pub(super) fn table(&self, name: &str) -> Result<Option<KeptTable>, StoredError> {
        self.with(name).map_or(Ok(None), |folder| folder.table(name))
    }

    fn read_outcomes(&self) -> Result<Vec<Outcome>, StoredError> {
        let mut outcomes: Vec<Outcome> = Vec::new();
        let mut add = |outcome: Outcome| {
            if !outcomes.iter().any(|known| known.id == outcome.id) {
                outcomes.push(outcome);
            }
        };
        for table in [compare::OUTCOMES] {
            for row in self.table(table)?.iter().flat_map(KeptTable::rows) {
                let contingency = row.text("kind") == "contingency";
                let (id, title) = (row.text("outcome").to_owned(), row.text("title").to_owned());
                add(Outcome { id, title, unit: row.text("unit").to_owned(), contingency });
            }
        }
        let described = || {
            let dictionary = self.folders.iter().flat_map(|folder| &folder.dictionary);
            dictionary.filter(|(file, _, _)| [runs::NAME, "inputs.csv"].contains(&file.as_str()))
        };
        for prefix in ["k_", "m_"] {
            for (_, column, meaning) in described() {
                let Some(id) = column.strip_prefix(prefix).filter(|id| !id.ends_with("_onset_h")) else { continue };
                let unit = if prefix == "k_" { "1" } else { &meaning.unit };
                add(Outcome {
                    id: id.replace('_', "-"),
                    title: meaning.meaning.clone(),
                    unit: unit.to_owned(),
                    contingency: prefix == "k_",
                });
            }
        }
        Ok(outcomes)
    }

    /// The title of an outcome; its id if no table tells it.
    pub(super) fn title<'b>(&'b self, id: &'b str) -> &'b str {
        let known = self.outcomes.iter().find(|outcome| outcome.id == id);
        known.map(|outcome| outcome.title.as_str()).filter(|title| !title.is_empty()).unwrap_or(id)
    }

    /// Contingencies, in the order of the scenario.
    pub(super) fn contingencies(&self) -> impl Iterator<Item = &Outcome> {
        self.outcomes.iter().filter(|outcome| outcome.contingency)
    }

    /// Measures, in the order of the scenario.
    pub(super) fn measures(&self) -> impl Iterator<Item = &Outcome> {
        self.outcomes.iter().filter(|outcome| !outcome.contingency)
    }

    /// A figure of `summary.csv`.
    pub(super) fn figure(&self, plan: &str, outcome: &str, stat: &str) -> Figure {
        let fits =
            |row: &KeptRow| row.text("stat") == stat && row.text("outcome") == outcome && row.text("plan") == plan;
        self.summary.rows().find(fits).map_or(Figure::default(), |row| Figure {
            value: row.number("value"),
            low: row.number("ci_lo"),
            high: row.number("ci_hi"),
            n: row.number("n"),
        })
    }

    /// Whether the folders hold a batch.
    pub(super) fn has_batch(&self) -> bool {
        [summary::NAME, runs::NAME, series::NAME, contingencies::NAME].iter().all(|name| self.with(name).is_some())
    }

    /// Tables that are listed in the dictionary sheet, without the dictionary itself.
    pub(super) fn described(&self) -> Vec<(&'a str, &'a str, &'a Meaning)> {
        let own = |folder: &'a Kept| {
            let listed = move |file: &str| folder.tables().any(|name| name == file) && file != dictionary::NAME;
            folder.dictionary.iter().filter(move |(file, _, _)| listed(file))
        };
        let all = self.folders.iter().flat_map(own);
        all.map(|(file, column, meaning)| (file.as_str(), column.as_str(), meaning)).collect()
    }
}

/// A unit in brackets behind a name: `Time to contain [h]`.
pub(super) fn with_unit(title: &str, unit: &str) -> String {
    match unit {
        "" | "1" | "0/1" | "name" => title.to_owned(),
        unit => format!("{title} [{unit}]"),
    }
}
