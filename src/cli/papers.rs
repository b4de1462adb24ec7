//! `canvass export … --papers`: the papers of an exercise, from a scenario or from a folder of its results.

use super::exercise::observe;
use super::failure::Failure;
use super::origin::{Runs, Studied};
use super::{Global, words};
use crate::report::{Material, PAPERS_FORMAT, PaperFiles, PaperForm, Vocabulary};
use crate::study::exemplar::branches;
use crate::world::{Ledger, World};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Which papers to make.
#[derive(Debug, clap::Args)]
pub(super) struct Papers {
    /// Write the papers of the exercise: for players, facilitator and evaluators, for the hot wash, feedback and the report after it
    #[arg(long, value_name = "FORM", num_args = 0..=1, default_missing_value = "docx", help_heading = "Exercise papers")]
    papers: Option<Form>,
    /// In whose words the papers are written
    #[arg(long, value_name = "SCHOOL", default_value = "hseep", requires = "papers", help_heading = "Exercise papers")]
    vocabulary: School,
}

/// The form of the papers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    /// For Word, LibreOffice and their like
    Docx,
    /// Plain text with marks
    Markdown,
}

/// Whose words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum School {
    /// Homeland Security Exercise and Evaluation Program, United States
    Hseep,
    /// North Atlantic Treaty Organisation
    Nato,
    /// United Kingdom
    Uk,
    /// Australia and New Zealand
    Au,
}

impl School {
    fn vocabulary(self) -> (&'static str, Vocabulary) {
        match self {
            School::Hseep => ("hseep", Vocabulary::Hseep),
            School::Nato => ("nato", Vocabulary::Nato),
            School::Uk => ("uk", Vocabulary::Uk),
            School::Au => ("au", Vocabulary::Au),
        }
    }
}

impl Papers {
    /// Whether any are asked for.
    pub(super) fn any(&self) -> bool {
        self.papers.is_some()
    }

    /// Makes the runs of a scenario, or those of a folder of results once more, and writes the papers. Returns their paths.
    pub(super) fn make(
        &self,
        path: &Path,
        runs: &Runs,
        output: Option<&Path>,
        global: &Global,
    ) -> Result<Vec<PathBuf>, Failure> {
        let form = match self.papers {
            Some(Form::Markdown) => PaperForm::Markdown,
            Some(Form::Docx) | None => PaperForm::Docx,
        };
        let studied = Studied::of(path, None, runs, global)?;
        let (loaded, plan) = (&studied.loaded, studied.plan());
        let folder = match output {
            Some(folder) => folder.to_owned(),
            None => Path::new("outputs").join(format!("{}-papers", loaded.id())),
        };
        let files = PaperFiles::open(&folder)?;

        let observed = observe(&studied, global)?;
        let exemplar = observed.median(None);
        let seed = studied.settings.seed;
        let story = exemplar.as_ref().map(|exemplar| World::new(&plan.model, seed).story(exemplar.run).1);
        let scenario = loaded.plan(&plan.name).expect("a plan that compiled has loaded");
        let mut ledger = Ledger::default();
        ledger.add(&plan.name, &loaded.numbers(&plan.name, &[]), &plan.model);
        let contingencies = &studied.ready.columns.contingencies;
        let material = Material {
            id: loaded.id(),
            scenario: &scenario,
            plan: &plan.name,
            seed,
            runs: observed.runs(),
            rests_on: words::rests_on(&ledger.shares()).unwrap_or_default(),
            happenings: observed.happenings(&branches(&scenario)),
            feared: contingencies.iter().map(|column| (column.id.clone(), column.title.clone())).collect(),
            exemplar,
            story: story.unwrap_or_default(),
        };
        let (school, vocabulary) = self.vocabulary.vocabulary();
        let options = BTreeMap::from([("vocabulary".to_owned(), school.to_owned())]);
        Ok(files.publish(&material, vocabulary, form, studied.manifest(PAPERS_FORMAT, options))?)
    }
}
