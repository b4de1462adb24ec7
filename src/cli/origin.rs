//! Where a study's runs come from: a scenario, or a folder of results that names one.

use super::exit::Exit;
use super::failure::Failure;
use super::lineup::record;
use super::prepare::{self, Plan, Ready};
use super::stored::Stored;
use super::words::plural;
use super::{Global, batch, interrupt};
use crate::engine::streams::LAYOUT_VERSION;
use crate::report::{GeneratorRecord, RunsRecord, ScenarioRecord, StoredError, StudyManifest, read_sample};
use crate::scenario::{Loaded, closest, list};
use crate::study::batch::Settings;
use crate::study::sensitivity::{OutcomeColumn, Sample};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Which runs to make; shared by the commands that study one plan.
#[derive(Debug, clap::Args)]
pub(super) struct Runs {
    /// The plan; the first, without it
    #[arg(long, value_name = "NAME")]
    pub(super) plan: Option<String>,
    /// How many runs; the scenario's own number, without it
    #[arg(long, value_name = "N", value_parser = super::positive_number)]
    pub(super) runs: Option<u64>,
    /// The master seed; the scenario's own, without it
    #[arg(long, value_name = "N", value_parser = super::whole_number)]
    pub(super) seed: Option<u64>,
}

impl Runs {
    /// Whether anything is said of them.
    pub(super) fn any(&self) -> bool {
        self.plan.is_some() || self.runs.is_some() || self.seed.is_some()
    }
}

/// A scenario with the plan that is studied.
pub(super) struct Studied {
    pub(super) loaded: Loaded,
    pub(super) ready: Ready,
    pub(super) chosen: usize,
    pub(super) settings: Settings,
}

impl Studied {
    /// Reads and compiles a scenario.
    pub(super) fn open(file: &Path, runs: &Runs, global: &Global) -> Result<Self, Failure> {
        let (loaded, ready) = prepare::open(file, global.quiet)?;
        let chosen = runs.plan.as_deref().map_or(Ok(0), |name| prepare::plan_named(&ready, name))?;
        let about = &loaded.scenario().expect("a scenario that compiled has loaded").scenario;
        let settings = Settings {
            seed: runs.seed.unwrap_or(about.seed),
            runs: 0..runs.runs.unwrap_or(about.runs),
            threads: global.thread_count(),
        };
        Ok(Studied { loaded, ready, chosen, settings })
    }

    /// Reads and compiles a scenario, or that from which a folder of results was made, with the seed, plan and runs of those.
    pub(super) fn of(path: &Path, scenario: Option<&Path>, runs: &Runs, global: &Global) -> Result<Self, Failure> {
        if !path.is_dir() {
            return Studied::open(path, runs, global);
        }
        let stored = Stored::read(path)?;
        let file = stored.scenario_file(path, scenario)?;
        let runs = Runs {
            plan: runs.plan.clone().or(stored.first_plan),
            runs: Some(runs.runs.unwrap_or(stored.runs.count)),
            seed: Some(runs.seed.unwrap_or(stored.seed)),
        };
        let mut studied = Studied::open(&file, &runs, global)?;
        let first = stored.runs.first;
        studied.settings.runs = first..first.saturating_add(studied.settings.runs.end);
        Ok(studied)
    }

    /// The plan that is studied.
    pub(super) fn plan(&self) -> &Plan {
        &self.ready.plans[self.chosen]
    }

    /// The manifest of what was made of it.
    pub(super) fn manifest(&self, format: &'static str, options: BTreeMap<String, String>) -> StudyManifest {
        let count = self.settings.runs.end - self.settings.runs.start;
        let runs = RunsRecord { first: self.settings.runs.start, count, requested: count };
        manifest(format, record(&self.loaded), self.settings.seed, &self.plan().name, runs, options)
    }
}

fn manifest(
    format: &'static str,
    scenario: ScenarioRecord,
    seed: u64,
    plan: &str,
    runs: RunsRecord,
    options: BTreeMap<String, String>,
) -> StudyManifest {
    StudyManifest {
        format,
        canvass: env!("CARGO_PKG_VERSION"),
        scenarios: vec![scenario],
        seed,
        generator: GeneratorRecord { name: "ChaCha8", layout: LAYOUT_VERSION },
        plans: vec![plan.to_owned()],
        options,
        runs,
        complete: true,
        files: Vec::new(),
    }
}

/// The runs of one plan, made anew or read again, with the manifest of what will be made of them.
pub(super) struct Given {
    pub(super) sample: Sample,
    pub(super) manifest: StudyManifest,
    /// The folder for the files, unless another is asked for.
    pub(super) folder: PathBuf,
    /// The scenario, where the runs were made from it.
    pub(super) studied: Option<Studied>,
    /// Whether the folder holds the named uncertainties alone, and not everything that was drawn.
    pub(super) named_only: bool,
}

/// Makes the runs of a scenario, or reads those in a folder.
pub(super) fn given(
    path: &Path,
    runs: &Runs,
    global: &Global,
    format: &'static str,
    suffix: &str,
) -> Result<Given, Failure> {
    if path.is_dir() {
        let stored = Stored::read(path)?;
        let sample = read_sample(path, runs.plan.as_deref())?;
        let mut name = path.as_os_str().to_owned();
        name.push(format!("-{suffix}"));
        let manifest = manifest(format, stored.scenario, stored.seed, &sample.plan, stored.runs, BTreeMap::new());
        let named_only = !path.join("inputs.csv").is_file();
        return Ok(Given { sample, manifest, folder: name.into(), studied: None, named_only });
    }
    let studied = Studied::open(path, runs, global)?;
    let stop = interrupt::watch()?;
    let wanted = studied.settings.runs.end - studied.settings.runs.start;
    let bar = batch::progress(wanted, global.quiet);
    let drawn = Sample::draw(&studied.plan().model, &studied.plan().name, &studied.settings, &stop, || bar.inc(1));
    bar.finish_and_clear();
    let sample = drawn.map_err(|error| Failure::failed(error.to_string()))?;
    if stop.load(std::sync::atomic::Ordering::Relaxed) {
        return Err(Failure::silent(Exit::Interrupted));
    }
    let folder = Path::new("outputs").join(format!("{}-{suffix}", studied.loaded.id()));
    let manifest = studied.manifest(format, BTreeMap::new());
    Ok(Given { sample, manifest, folder, studied: Some(studied), named_only: false })
}

/// The outcome of an id.
pub(super) fn outcome_named<'s>(
    sample: &'s Sample,
    id: &str,
    wanted: impl Fn(&OutcomeColumn) -> bool,
) -> Result<&'s OutcomeColumn, Failure> {
    let names = || sample.outcomes.iter().filter(|outcome| wanted(outcome)).map(|outcome| outcome.column.id.as_str());
    sample.outcomes.iter().find(|outcome| outcome.column.id == id && wanted(outcome)).ok_or_else(|| {
        let failure = Failure::bad_input(format!("nothing to study is called `{id}`"));
        match closest(id, names()) {
            Some(close) => failure.hint(format!("did you mean `{close}`?")),
            None => failure.hint(format!("there is {}", list(names()))),
        }
    })
}

/// The position of a contingency by its id.
pub(super) fn contingency_named(ready: &Ready, id: &str) -> Result<usize, Failure> {
    let names = || ready.columns.contingencies.iter().map(|column| column.id.as_str());
    names().position(|known| known == id).ok_or_else(|| {
        let failure = Failure::bad_input(format!("there is no contingency `{id}`"));
        match closest(id, names()) {
            Some(close) => failure.hint(format!("did you mean `{close}`?")),
            None => failure.hint(format!("there is {}", list(names()))),
        }
    })
}

/// `1,000 runs of plan today`.
pub(super) fn extent(n: usize, plan: &str) -> String {
    format!("{} of plan {plan}", plural(n as u64, "run"))
}

impl From<StoredError> for Failure {
    fn from(error: StoredError) -> Self {
        Failure::bad_input(error.to_string())
    }
}
