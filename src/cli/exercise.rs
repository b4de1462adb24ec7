//! `canvass export … --msel --stix`: files for exercise tools and threat-intelligence platforms, made from one run.

use super::exit::Exit;
use super::failure::Failure;
use super::origin::{Runs, Studied, contingency_named};
use super::words::{WIDTH, plural, wrapped};
use super::{Global, batch, interrupt, lineup, whole_number};
use crate::report::{Bundle, FolderError, Form, Msel, MselProblem, MselSource};
use crate::study::exemplar::{Exemplar, Observed, branches};
use crate::study::explain::patterns;
use crate::world::World;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

/// Runs whose chains of causes are compared for the typical one, at most.
const COMPARED: usize = 1_000;

const HEADING: &str = "Exercise files";

/// Which files to make, and of which run.
#[derive(Debug, clap::Args)]
pub(super) struct ExerciseFiles {
    /// Write a master scenario events list; several forms with commas between
    #[arg(long, value_name = "FORM", value_delimiter = ',', num_args = 0..=1, default_missing_value = "cadence", help_heading = HEADING)]
    msel: Vec<ListForm>,
    /// Write the run as a STIX 2.1 bundle, every object marked as simulated
    #[arg(long, help_heading = HEADING)]
    stix: bool,
    /// Which run is told
    #[arg(long, value_name = "WHICH", conflicts_with = "run", help_heading = HEADING)]
    of: Option<Which>,
    /// Tell the run of this number
    #[arg(long, value_name = "N", value_parser = whole_number, help_heading = HEADING)]
    run: Option<u64>,
    /// Choose the run among those in which this contingency happened, by how severe it was
    #[arg(long, value_name = "ID", conflicts_with = "run", help_heading = HEADING)]
    contingency: Option<String>,
}

/// The form of a list of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum ListForm {
    /// A workbook that Cadence maps by itself and Blueprint takes as it is
    Cadence,
    /// A workbook with the ten headings of HSEEP
    Hseep,
    /// JSON for Blueprint, which keeps the times
    BlueprintJson,
    /// An archive for OpenAEV
    Openaev,
    /// The columns of the first as CSV
    Csv,
}

/// Which run stands for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Which {
    /// In the middle, by how bad the runs are
    Median,
    /// Worse than nine in ten
    Bad,
    /// With the commonest chain of causes of the contingency
    Typical,
    /// None: the scripted injects alone
    Scripted,
}

impl ListForm {
    /// The form, and how the names of its files end.
    fn form(self) -> (Form, &'static str) {
        match self {
            ListForm::Cadence => (Form::Cadence, "msel.xlsx"),
            ListForm::Hseep => (Form::Hseep, "msel-hseep.xlsx"),
            ListForm::BlueprintJson => (Form::Blueprint, "msel-blueprint.json"),
            ListForm::Openaev => (Form::OpenAev, "msel-openaev.zip"),
            ListForm::Csv => (Form::Csv, "msel.csv"),
        }
    }
}

impl ExerciseFiles {
    /// Whether any are asked for.
    pub(super) fn any(&self) -> bool {
        self.stix || !self.msel.is_empty()
    }

    /// Makes the runs of a scenario, or those of a folder of results once more, and writes the files. Returns their paths.
    pub(super) fn make(
        &self,
        path: &Path,
        runs: &Runs,
        output: Option<&Path>,
        global: &Global,
    ) -> Result<Vec<PathBuf>, Failure> {
        let studied = Studied::of(path, None, runs, global)?;
        let contingency = self.contingency.as_deref().map(|id| contingency_named(&studied.ready, id)).transpose()?;
        let which = self.of.unwrap_or(Which::Median);
        match (which, contingency) {
            (Which::Typical, None) => {
                return Err(
                    Failure::bad_input("a run is typical of a contingency").hint("name it with --contingency ID")
                );
            }
            (Which::Scripted, Some(_)) => {
                return Err(Failure::bad_input("--contingency chooses a run, and the script alone is no run")
                    .hint("leave one of them out"));
            }
            (Which::Scripted, None) if self.stix => {
                return Err(Failure::bad_input("a STIX bundle tells a run, and the script alone is no run")
                    .hint("say --of median or --run N"));
            }
            _ => {}
        }
        let observed = observe(&studied, global)?;
        let chosen = self.choose(which, contingency, &observed, &studied)?;
        let (loaded, plan) = (&studied.loaded, studied.plan());
        let scenario = loaded.plan(&plan.name).expect("a plan that compiled has loaded");
        let happenings = observed.happenings(&branches(&scenario));
        let source = MselSource {
            scenario: &scenario,
            record: lineup::record(loaded),
            canvass: env!("CARGO_PKG_VERSION"),
            seed: studied.settings.seed,
            plan: &plan.name,
            runs: observed.runs(),
            why: chosen.as_ref().map(|exemplar| exemplar.why.clone()).unwrap_or_default(),
            contingencies: plan.model.contingencies(),
            happenings: &happenings,
        };
        let folder = match output {
            Some(folder) => folder.to_owned(),
            None => Path::new("outputs").join(format!("{}-exercise", loaded.id())),
        };
        std::fs::create_dir_all(&folder).map_err(|cause| FolderError::Io {
            action: "make",
            path: folder.clone(),
            cause,
        })?;
        let name = |end: &str| folder.join(format!("{}-{}-{}-{end}", loaded.id(), plan.name, self.label(which)));
        let mut world = World::new(&plan.model, source.seed);
        let told = chosen.as_ref().map(|exemplar| (exemplar.run, world.story(exemplar.run).1));
        let list = match &told {
            Some((run, story)) => Msel::of_run(&source, *run, story),
            None => Msel::scripted(&source),
        };
        let mut paths = Vec::new();
        for form in &self.msel {
            let (form, end) = form.form();
            paths.push(list.write(form, &name(end))?);
        }
        if let (Some((run, story)), true) = (&told, self.stix) {
            let causes = world.account(*run).contingencies;
            let bundle = Bundle { source: &source, run: *run, story, causes: &causes };
            paths.push(bundle.write(&name("stix.json"))?);
        }
        if let (Some(exemplar), false) = (&chosen, global.quiet) {
            for line in wrapped(&exemplar.why, WIDTH) {
                anstream::eprintln!("{line}");
            }
        }
        Ok(paths)
    }

    /// The run that is told; nothing for the script alone.
    fn choose(
        &self,
        which: Which,
        contingency: Option<usize>,
        observed: &Observed,
        studied: &Studied,
    ) -> Result<Option<Exemplar>, Failure> {
        if let Some(run) = self.run {
            return Ok(Some(Exemplar { run, why: format!("Run {run} was asked for by its number.") }));
        }
        let found = match (which, contingency) {
            (Which::Scripted, _) => return Ok(None),
            (Which::Bad, contingency) => observed.bad(contingency),
            (Which::Typical, Some(position)) => {
                let model = &studied.plan().model;
                let patterns = patterns(model, studied.settings.seed, &observed.survey, position, COMPARED);
                observed.typical(position, &patterns)
            }
            (Which::Median | Which::Typical, contingency) => observed.median(contingency),
        };
        found.map(Some).ok_or_else(|| {
            let runs = plural(observed.runs(), "run");
            match &self.contingency {
                Some(id) => {
                    Failure::bad_input(format!("`{id}` happened in none of {runs} of plan {}", studied.plan().name))
                        .hint("make more runs with --runs, or name another plan")
                }
                None => Failure::failed(format!("none of {runs} reached its end")),
            }
        })
    }

    /// What the names of the files say of the run.
    fn label(&self, which: Which) -> String {
        let which = match (self.run, which) {
            (Some(run), _) => return format!("run-{run}"),
            (None, Which::Median) => "median",
            (None, Which::Bad) => "bad",
            (None, Which::Typical) => "typical",
            (None, Which::Scripted) => "scripted",
        };
        match &self.contingency {
            Some(id) => format!("{which}-{id}"),
            None => which.to_owned(),
        }
    }
}

/// Makes the runs and notes what happened in each.
pub(super) fn observe(studied: &Studied, global: &Global) -> Result<Observed, Failure> {
    let stop = interrupt::watch()?;
    let bar = batch::progress(studied.settings.runs.end - studied.settings.runs.start, global.quiet);
    let observed = Observed::of(&studied.plan().model, &studied.settings, &stop, || bar.inc(1));
    bar.finish_and_clear();
    let observed = observed.map_err(|error| Failure::failed(error.to_string()))?;
    match stop.load(Ordering::Relaxed) {
        true => Err(Failure::silent(Exit::Interrupted)),
        false => Ok(observed),
    }
}

impl From<MselProblem> for Failure {
    fn from(problem: MselProblem) -> Self {
        match problem {
            MselProblem::Folder(error) => error.into(),
            MselProblem::Xlsx(error) => Failure::failed(format!("cannot make the workbook: {error}")),
        }
    }
}
