//! A folder of results, given where a scenario could be: it names the scenario, and may hold it.

use super::failure::Failure;
use crate::report::{RunsRecord, ScenarioRecord};
use crate::scenario::Loaded;
use std::path::{Path, PathBuf};

/// What the manifest of a folder says of its runs.
pub(super) struct Stored {
    pub(super) scenario: ScenarioRecord,
    pub(super) seed: u64,
    pub(super) first_plan: Option<String>,
    pub(super) runs: RunsRecord,
}

impl Stored {
    /// Reads the manifest of a folder.
    pub(super) fn read(folder: &Path) -> Result<Self, Failure> {
        let path = folder.join("manifest.json");
        let wrong = |what: String| {
            Failure::bad_input(format!("cannot read {}: {what}", path.display()))
                .hint("name a scenario, or a folder of results such as `canvass batch` writes")
        };
        let bytes = std::fs::read(&path).map_err(|error| wrong(error.to_string()))?;
        let value: serde_json::Value = serde_json::from_slice(&bytes).map_err(|error| wrong(error.to_string()))?;
        let scenario = value.get("scenario").unwrap_or(&value["scenarios"][0]);
        let says = |key: &str| scenario[key].is_string();
        let found = || {
            let number = |key: &str| value["runs"][key].as_u64();
            Some(Stored {
                scenario: serde_json::from_value(scenario.clone()).ok().filter(|_| says("id") && says("sha256"))?,
                seed: value["seed"].as_u64()?,
                first_plan: value["plans"][0].as_str().map(str::to_owned),
                runs: RunsRecord { first: number("first")?, count: number("count")?, requested: number("requested")? },
            })
        };
        found().ok_or_else(|| wrong("it names no scenario, seed and runs".to_owned()))
    }

    /// The scenario file of that name and content: the one kept with the results, or the one they were made from.
    pub(super) fn scenario_file(&self, folder: &Path, named: Option<&Path>) -> Result<PathBuf, Failure> {
        let name = format!("{}.toml", self.scenario.id);
        let candidates = match named {
            Some(path) => vec![path.to_owned()],
            None => vec![folder.join(&name), PathBuf::from(&name), Path::new("scenarios").join(&name)],
        };
        let same = |path: &PathBuf| Loaded::read(path).is_ok_and(|loaded| loaded.sha256() == self.scenario.sha256);
        let exists = candidates.iter().any(|path| path.is_file());
        candidates.into_iter().find(same).ok_or_else(|| {
            let failure = Failure::bad_input(if exists {
                format!("`{name}` has changed since these runs were made")
            } else {
                format!("cannot find `{name}`, from which these runs were made")
            });
            failure.hint("name the scenario itself, as it was then, or make the runs again")
        })
    }
}
