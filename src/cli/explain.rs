//! `canvass explain`: why a contingency came about, in one run and over many.

use super::exit::Exit;
use super::failure::Failure;
use super::origin::{Runs, Studied, contingency_named};
use super::style::{DIM, GOOD, HEADING, paint};
use super::words::{self, WIDTH, cut, plural, wrapped};
use super::{Global, interrupt, positive_number, whole_number};
use crate::report::{EXPLAIN_FORMAT, StudyFiles, write_causes, write_last_moments, write_patterns, write_together};
use crate::study::explain::{Explanation, LastMoment, Necessity, Patterns, Survey, explain, patterns, survey};
use crate::study::statistics::Share;
use crate::world::{Cause, Column, Model};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  canvass explain my-county.toml --contingency dark-page --run 812
      The chain of causes in run 812, and until when each response would have
      prevented it.
  canvass explain my-county.toml --contingency dark-page --worst 3 --median
      The three worst runs, and one in which it comes neither early nor late.
  canvass explain outputs/my-county --contingency dark-page --typical
      Of a batch: a run with the commonest chain of causes.

What is said of one run is exact: it is played again with one thing changed.";

/// Bad runs whose chains are compared, at most.
const COMPARED: usize = 1_000;

/// Chains that are shown.
const SHOWN: usize = 5;

/// Explain why a contingency came about
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Explain {
    /// The scenario, or a folder of its results
    #[arg(value_name = "FILE|OUTPUT")]
    path: PathBuf,
    /// The contingency
    #[arg(long, value_name = "ID")]
    contingency: String,
    /// Explain this run; may be given several times
    #[arg(long, value_name = "N", value_parser = whole_number)]
    run: Vec<u64>,
    /// Explain this many of the worst runs
    #[arg(long, value_name = "N", value_parser = positive_number)]
    worst: Option<u64>,
    /// Explain a run in which it comes neither early nor late
    #[arg(long)]
    median: bool,
    /// Explain a run with the commonest chain of causes
    #[arg(long)]
    typical: bool,
    #[command(flatten)]
    runs: Runs,
    /// The scenario a folder of results was made from, if it cannot be found
    #[arg(long, value_name = "FILE")]
    scenario: Option<PathBuf>,
    /// Folder for the files; outputs/<scenario>-explain, without it
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

impl Explain {
    pub(super) fn perform(&self, global: &Global) -> Result<Exit, Failure> {
        let studied = Studied::of(&self.path, self.scenario.as_deref(), &self.runs, global)?;
        let contingency = contingency_named(&studied.ready, &self.contingency)?;
        let folder = self
            .output
            .clone()
            .unwrap_or_else(|| Path::new("outputs").join(format!("{}-explain", studied.loaded.id())));
        let mut files = StudyFiles::open(&folder, EXPLAIN_FORMAT)?;
        let model = &studied.plan().model;
        let stop = interrupt::watch()?;
        let seed = studied.settings.seed;
        let overview = match self.looks_at_all_runs() {
            false => None,
            true => {
                let survey = survey(model, &studied.settings, &stop);
                let survey = survey.map_err(|error| Failure::failed(error.to_string()))?;
                if stop.load(std::sync::atomic::Ordering::Relaxed) {
                    return Ok(Exit::Interrupted);
                }
                let patterns = patterns(model, seed, &survey, contingency, COMPARED);
                Some(Overview { survey, patterns, contingency })
            }
        };
        let mut explained = Vec::new();
        let mut spared = Vec::new();
        for run in self.chosen(overview.as_ref()) {
            match explain(model, seed, run, contingency) {
                Some(explanation) => explained.push(explanation),
                None => spared.push(run),
            }
        }
        write_causes(&mut files, &self.contingency, &explained)?;
        write_last_moments(&mut files, &self.contingency, &explained)?;
        if let Some(overview) = &overview {
            write_patterns(&mut files, &self.contingency, &overview.patterns)?;
            write_together(&mut files, model.contingencies(), &overview.survey)?;
        }
        let options = BTreeMap::from([("contingency".to_owned(), self.contingency.clone())]);
        let paths = files.publish(studied.manifest(EXPLAIN_FORMAT, options))?;

        let mut out = anstream::stdout().lock();
        for explanation in &explained {
            let told = Told { model, explanation };
            told.write(&studied.plan().name, &mut out)?;
        }
        for run in spared {
            writeln!(out, "It did not happen in run {run}.\n")?;
        }
        match &overview {
            Some(overview) => {
                overview.write_patterns(&model.contingencies()[contingency], &mut out)?;
                overview.write_together(model.contingencies(), &mut out)?;
            }
            None => writeln!(out, "{}", paint(DIM, "Without --run: how it comes about over all runs."))?,
        }
        if !global.quiet {
            writeln!(out)?;
            for path in &paths {
                writeln!(out, "{}", path.display())?;
            }
        }
        out.flush()?;
        Ok(Exit::Done)
    }

    /// Single runs that are named need no others to be made.
    fn looks_at_all_runs(&self) -> bool {
        self.run.is_empty() || self.worst.is_some() || self.median || self.typical
    }

    /// The runs to explain, each once; the median one if none is asked for.
    fn chosen(&self, overview: Option<&Overview>) -> Vec<u64> {
        let mut chosen = self.run.clone();
        if let Some(Overview { survey, patterns, contingency }) = overview {
            let worst = self.worst.and_then(|worst| usize::try_from(worst).ok()).unwrap_or(0);
            chosen.extend(survey.worst(*contingency, worst));
            let none = chosen.is_empty() && !self.typical;
            chosen.extend(survey.median(*contingency).filter(|_| self.median || none));
            chosen.extend(patterns.typical.filter(|_| self.typical));
        }
        let mut once = Vec::new();
        for run in chosen {
            if !once.contains(&run) {
                once.push(run);
            }
        }
        once
    }
}

/// One run, explained.
struct Told<'a> {
    model: &'a Model,
    explanation: &'a Explanation,
}

impl Told<'_> {
    fn write(&self, plan: &str, out: &mut impl Write) -> io::Result<()> {
        let Explanation { run, tree, necessity, last_moments, .. } = self.explanation;
        let heading = format!("Why it happened in run {run}, plan {plan}");
        writeln!(out, "{}", paint(HEADING, &heading))?;
        self.write_cause(tree, "", "", out)?;
        for line in wrapped(&needed_in_words(necessity), WIDTH) {
            writeln!(out, "{line}")?;
        }
        if !last_moments.is_empty() {
            writeln!(out, "\n{}", paint(HEADING, "What would have prevented it, taking effect in time"))?;
        }
        for found in last_moments {
            for (place, line) in wrapped(&self.moment(found), WIDTH - 4).iter().enumerate() {
                writeln!(out, "{}{line}", if place == 0 { "  " } else { "    " })?;
            }
        }
        writeln!(out)
    }

    /// A cause and, below it, what brought it about.
    fn write_cause(&self, cause: &Cause, first: &str, rest: &str, out: &mut impl Write) -> io::Result<()> {
        let label = self.model.label(cause.time);
        let sources = &self.explanation.necessity.sources;
        let needed = cause.effect.and_then(|effect| sources.iter().find(|source| source.effect == effect));
        let mark = match needed {
            Some(source) if source.needed => " (needed)",
            Some(_) => " (it would have happened without this)",
            None => "",
        };
        let indent = words::width(first) + words::width(&label) + 2;
        let lines = wrapped(&format!("{}{mark}", cause.text), WIDTH.saturating_sub(indent).max(24));
        writeln!(out, "{first}{}  {}", paint(DIM, &label), lines[0])?;
        let below = if cause.causes.is_empty() { "" } else { "│" };
        for line in &lines[1..] {
            let gap = indent - words::width(rest) - words::width(below);
            writeln!(out, "{rest}{below}{}{line}", " ".repeat(gap))?;
        }
        for (place, each) in cause.causes.iter().enumerate() {
            let last = place + 1 == cause.causes.len();
            let (branch, on) = if last { ("└ ", "  ") } else { ("├ ", "│ ") };
            self.write_cause(each, &format!("{rest}{branch}"), &format!("{rest}{on}"), out)?;
        }
        Ok(())
    }

    fn moment(&self, found: &LastMoment) -> String {
        let done = match found.done {
            Some(done) => format!(" (it took effect at {})", self.model.label(done)),
            None => " (it did not take effect before)".to_owned(),
        };
        let Some(window) = found.window else {
            return format!("{}: at no moment{done}", found.title);
        };
        let from = if window.from.0 > 0 { format!("from {} ", self.model.label(window.from)) } else { String::new() };
        let gaps = if window.also_earlier { ", and in some stretches before" } else { "" };
        let tried = if found.exhaustive { "" } else { "; moments on a grid were tried" };
        format!("{}: {from}until {} at the latest{gaps}{done}{tried}", found.title, self.model.label(window.until))
    }
}

fn needed_in_words(necessity: &Necessity) -> String {
    let paths = |wanted: &dyn Fn(&&crate::study::explain::Source) -> bool| {
        let found: Vec<&str> = necessity.sources.iter().filter(wanted).map(|source| source.path.as_str()).collect();
        found.join(" and ")
    };
    let needed = paths(&|source| source.needed);
    let unseen = paths(&|source| source.needed && !source.in_tree);
    let named = paths(&|source| source.in_tree);
    let mut told = match (needed.is_empty(), necessity.together) {
        (false, _) => format!("Without {} it would not have happened.", needed.replace(" and ", ", or without ")),
        (true, Some(true)) => format!("Each of {named} could be spared, but not all of them together."),
        (true, Some(false)) => format!("It would have happened without {named} too, in another way."),
        (true, None) => "No single act brought it about.".to_owned(),
    };
    if !unseen.is_empty() {
        told.push_str(&format!(" The chain above does not show {unseen}, which prepared the ground."));
    }
    told
}

fn share_in_words(share: Share) -> String {
    share.wilson().map_or_else(|| "none".to_owned(), |interval| words::share(share.value(), interval))
}

/// One contingency over all runs.
struct Overview {
    survey: Survey,
    patterns: Patterns,
    contingency: usize,
}

impl Overview {
    /// In how many runs a contingency happened.
    fn base(&self, contingency: usize) -> Share {
        Share { hits: self.survey.hits[contingency].len() as u64, n: self.survey.runs }
    }

    /// By which chains of causes it comes about.
    fn write_patterns(&self, column: &Column, out: &mut impl Write) -> io::Result<()> {
        let heading = format!("How it comes about: {}", column.id);
        writeln!(out, "{}", paint(HEADING, &cut(&heading, WIDTH)))?;
        let base = self.base(self.contingency);
        let told = format!("It happens in {} of {}.", share_in_words(base), plural(base.n, "run"));
        wrapped(&told, WIDTH).iter().try_for_each(|line| writeln!(out, "{line}"))?;
        let Patterns { chains, n, .. } = &self.patterns;
        if *n > 0 {
            let told = format!("Chains of causes in {} of those, nearest cause first:", words::count(*n));
            writeln!(out, "{}", paint(DIM, &told))?;
        }
        for (chain, hits) in chains.iter().take(SHOWN) {
            let share = share_in_words(Share { hits: *hits, n: *n });
            let chain = chain.split_once(" ← ").map_or("no act that can be named", |(_, causes)| causes);
            write_item(&format!("{share}  {chain}"), |line| line, out)?;
        }
        if let Some(more) = chains.len().checked_sub(SHOWN).filter(|more| *more > 0) {
            writeln!(out, "  {}", paint(DIM, &format!("and {} in patterns.csv", plural(more as u64, "other chain"))))?;
        }
        Ok(())
    }

    /// What else happens in the runs in which it does.
    fn write_together(&self, columns: &[Column], out: &mut impl Write) -> io::Result<()> {
        let others: Vec<usize> = (0..columns.len()).filter(|&other| other != self.contingency).collect();
        if others.is_empty() || self.survey.hits[self.contingency].is_empty() {
            return Ok(());
        }
        writeln!(out, "\n{}", paint(HEADING, "What else happens in those runs"))?;
        for other in others {
            let given = self.survey.conditional(other, self.contingency);
            let text = format!(
                "{}: {}, n = {}; in all runs {}",
                columns[other].id,
                share_in_words(given),
                words::count(given.n),
                share_in_words(self.base(other))
            );
            let always = given.n > 0 && given.hits == given.n;
            write_item(&text, |line| if always { paint(GOOD, &line) } else { line }, out)?;
        }
        Ok(())
    }
}

/// An item of a list: indented, and further where it goes on.
fn write_item(text: &str, dress: impl Fn(String) -> String, out: &mut impl Write) -> io::Result<()> {
    for (place, line) in wrapped(text, WIDTH - 4).into_iter().enumerate() {
        writeln!(out, "{}{}", if place == 0 { "  " } else { "    " }, dress(line))?;
    }
    Ok(())
}
