//! `canvass validate`: the studies that are built in, against published figures.

use super::exit::Exit;
use super::failure::Failure;
use super::style::{BAD, DIM, GOOD, HEADING, paint};
use super::words::{WIDTH, cut, padded, padded_left, plural, wrapped};
use super::{Global, interrupt};
use crate::engine::streams::LAYOUT_VERSION;
use crate::report::{
    GeneratorRecord, RunsRecord, StudyFiles, StudyManifest, VALIDATION_FORMAT, Validated, figure_words, write_page,
    write_validation,
};
use crate::scenario::{closest, list};
use crate::study::validation::{Effort, Study, StudyError, Verdict, perform, studies};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  canvass validate --quick
      Hold the model against published figures with few runs.
  canvass validate --show half-life > half-life.toml
      Print the scenario of a study, to run or change it yourself.
  canvass validate closed-forms --set narrative.story.branching=62%
      Change a number of a study, and see which figures no longer hold.

A figure that does not do what is expected of it ends the command with code 3.";

/// Hold the model against published figures
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Validate {
    /// Studies to run; all of them, without it
    #[arg(value_name = "STUDY")]
    studies: Vec<String>,
    /// Make fewer runs: seconds instead of minutes
    #[arg(long)]
    quick: bool,
    /// Print the scenario of a study instead of running it
    #[arg(long, value_name = "STUDY", conflicts_with_all = ["studies", "quick", "set", "output", "page"])]
    show: Option<String>,
    /// Change a number of the studies named, for instance by 20 %
    #[arg(long, value_name = "PATH=VALUE", requires = "studies")]
    set: Vec<String>,
    /// Folder for the files; outputs/validation, without it
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Write the studies into this page as well, between their marks
    #[arg(long, value_name = "FILE", conflicts_with_all = ["studies", "set"])]
    page: Option<PathBuf>,
}

impl Validate {
    pub(super) fn perform(&self, global: &Global) -> Result<Exit, Failure> {
        if let Some(name) = &self.show {
            let study = named(name)?;
            io::stdout().lock().write_all(study.scenario.as_bytes())?;
            return Ok(Exit::Done);
        }
        let chosen: Vec<Study> = match &self.studies[..] {
            [] => studies(),
            names => names.iter().map(|name| named(name)).collect::<Result<_, _>>()?,
        };
        let effort = Effort {
            quick: self.quick,
            threads: global.threads.or_else(|| std::thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN),
            changes: self.set.iter().map(|change| split(change)).collect::<Result<_, _>>()?,
        };
        let folder = self.output.clone().unwrap_or_else(|| PathBuf::from("outputs/validation"));
        let mut files = StudyFiles::open(&folder, VALIDATION_FORMAT)?;
        let stop = interrupt::watch()?;
        let mut out = anstream::stdout().lock();
        let mut validated = Vec::new();
        for study in chosen {
            let figures = match perform(&study, &effort, &stop) {
                Ok(figures) => figures,
                Err(error) => return Err(failure(&study, error)),
            };
            let runs = study.runs[usize::from(!self.quick)];
            let done = Validated { study, figures, runs };
            write(&done, &mut out)?;
            out.flush()?;
            validated.push(done);
        }
        write_validation(&mut files, &validated)?;
        let mut paths = files.publish(self.manifest(&validated))?;
        if let Some(page) = &self.page {
            paths.push(write_page(page, &validated)?);
        }
        let expected = write_sum(&validated, &mut out)?;
        if !global.quiet {
            writeln!(out)?;
            for path in &paths {
                writeln!(out, "{}", path.display())?;
            }
        }
        out.flush()?;
        Ok(if expected { Exit::Done } else { Exit::CheckFailed })
    }

    fn manifest(&self, validated: &[Validated]) -> StudyManifest {
        let runs = validated.iter().map(|done| done.runs).sum();
        let names = validated.iter().map(|done| done.study.id).collect::<Vec<_>>().join(", ");
        let mut options = BTreeMap::from([("quick".to_owned(), self.quick.to_string()), ("studies".to_owned(), names)]);
        if !self.set.is_empty() {
            options.insert("set".to_owned(), self.set.join(", "));
        }
        StudyManifest {
            format: VALIDATION_FORMAT,
            canvass: env!("CARGO_PKG_VERSION"),
            scenarios: Vec::new(),
            seed: crate::study::validation::SEED,
            generator: GeneratorRecord { name: "ChaCha8", layout: LAYOUT_VERSION },
            plans: Vec::new(),
            options,
            runs: RunsRecord { first: 0, count: runs, requested: runs },
            complete: true,
            files: Vec::new(),
        }
    }
}

fn named(name: &str) -> Result<Study, Failure> {
    let mut all = studies();
    if let Some(place) = all.iter().position(|study| study.id == name) {
        return Ok(all.swap_remove(place));
    }
    let failure = Failure::bad_input(format!("there is no study `{name}`"));
    let ids = || all.iter().map(|study| study.id);
    Err(match closest(name, ids()) {
        Some(close) => failure.hint(format!("did you mean `{close}`?")),
        None => failure.hint(format!("there is {}", list(ids()))),
    })
}

fn split(change: &str) -> Result<(String, String), Failure> {
    match change.split_once('=') {
        Some((path, value)) if !path.trim().is_empty() => Ok((path.trim().to_owned(), value.trim().to_owned())),
        _ => Err(Failure::bad_input(format!("`{change}` changes nothing"))
            .hint("write a path and a value, as `narrative.story.branching=62%`")),
    }
}

fn failure(study: &Study, error: StudyError) -> Failure {
    match error {
        StudyError::Scenario(problems) => {
            let said = problems.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>().join("; ");
            Failure::bad_input(format!("the study {} does not load with this change: {said}", study.id))
                .hint(format!("`canvass validate --show {}` prints its scenario", study.id))
        }
        StudyError::Failed(why) => Failure::failed(why),
        StudyError::Interrupted => {
            anstream::eprintln!("interrupted; no file was written");
            Failure::silent(Exit::Interrupted)
        }
    }
}

fn row(cells: [&str; 6]) -> String {
    let [what, published, simulated, difference, bounds, verdict] = cells;
    format!(
        "  {} {} {} {} {}  {verdict}",
        padded(&cut(what, 27), 27),
        padded_left(published, 7),
        padded_left(simulated, 7),
        padded_left(difference, 7),
        padded_left(bounds, 14)
    )
}

fn write(done: &Validated, out: &mut impl Write) -> io::Result<()> {
    let study = &done.study;
    writeln!(out, "{}", paint(HEADING, &cut(&format!("{}: {}", study.id, study.title), WIDTH)))?;
    for line in wrapped(&format!("{} of every plan. {}", plural(done.runs, "run"), study.source), WIDTH) {
        writeln!(out, "{}", paint(DIM, &line))?;
    }
    let unit = done.figures.first().map_or("", |figure| figure.unit);
    let head = if unit.is_empty() { "figure".to_owned() } else { format!("figure ({unit})") };
    let line = row([&head, "publ.", "simul.", "differ.", "bounds", "verdict"]);
    writeln!(out, "{}", paint(DIM, &line))?;
    for figure in &done.figures {
        let verdict = figure.verdict();
        let word = match verdict {
            Verdict::Holds => paint(GOOD, verdict.word()),
            Verdict::Misses | Verdict::HoldsUnexpectedly => paint(BAD, verdict.word()),
            Verdict::MissesAsExpected | Verdict::NotJudged | Verdict::FullOnly => verdict.word().to_owned(),
        };
        let what = match figure.unit {
            own if own == unit => figure.what.clone(),
            "" => format!("{} (number)", figure.what),
            own => format!("{} ({own})", figure.what),
        };
        let [published, simulated, difference, bounds] = figure_words(figure);
        writeln!(out, "{}", row([&what, &published, &simulated, &difference, &bounds, &word]))?;
    }
    let mut reasons: Vec<&str> = done.figures.iter().filter_map(|figure| figure.expected_to_miss).collect();
    reasons.dedup();
    for line in reasons.iter().flat_map(|reason| wrapped(&format!("known to miss: {reason}"), WIDTH - 2)) {
        writeln!(out, "  {line}")?;
    }
    writeln!(out)
}

/// Says how all of it went. True if nothing is unexpected.
fn write_sum(validated: &[Validated], out: &mut impl Write) -> io::Result<bool> {
    let verdicts = || validated.iter().flat_map(|done| &done.figures).map(|figure| figure.verdict());
    let count = |wanted: Verdict| verdicts().filter(|verdict| *verdict == wanted).count();
    let told = format!(
        "{} in {}: {} within bounds, {} outside, {} known to miss, {} holding against expectation, {} without a published value, {} for a full validation.",
        plural(verdicts().count() as u64, "figure"),
        if validated.len() == 1 { "1 study".to_owned() } else { format!("{} studies", validated.len()) },
        count(Verdict::Holds),
        count(Verdict::Misses),
        count(Verdict::MissesAsExpected),
        count(Verdict::HoldsUnexpectedly),
        count(Verdict::NotJudged),
        count(Verdict::FullOnly),
    );
    for line in wrapped(&told, WIDTH) {
        writeln!(out, "{line}")?;
    }
    Ok(verdicts().all(Verdict::is_expected))
}
