//! `canvass discover`: where among the inputs the bad runs live.

use super::Global;
use super::exit::Exit;
use super::failure::Failure;
use super::origin::{Runs, extent, given, outcome_named};
use super::style::{DIM, HEADING, paint};
use super::words::{self, WIDTH, wrapped};
use crate::report::{DISCOVER_FORMAT, StudyFiles, write_discovery};
use crate::study::discover::{Cases, Found, PrimBox, Restriction, Tree, prim};
use crate::study::sensitivity::{InputColumn, OutcomeColumn};
use crate::study::statistics::Share;
use crate::world::Unit;
use std::io::{self, Write};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  canvass discover my-county.toml --for dark-page
      Make the runs, and find the box of inputs in which the bad ones lie.
  canvass discover my-county.toml --for dark-page --plan today --runs 10000
      One plan, with more runs for a sharper box.
  canvass discover outputs/my-county-drivers --for dark-page
      The same from the inputs.csv that `canvass drivers` has kept.

A box is made from every other run and judged on the rest; what is said of it
is the judgement.";

/// Find where the bad runs live
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Discover {
    /// The scenario, or a folder of results
    #[arg(value_name = "FILE|OUTPUT")]
    path: PathBuf,
    /// The contingency whose runs are bad
    #[arg(long = "for", value_name = "CONTINGENCY")]
    contingency: String,
    #[command(flatten)]
    runs: Runs,
    /// Folder for the files; outputs/<scenario>-discover, without it
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

impl Discover {
    pub(super) fn perform(&self, global: &Global) -> Result<Exit, Failure> {
        let given = given(&self.path, &self.runs, global, DISCOVER_FORMAT, "discover")?;
        let sample = &given.sample;
        let outcome = outcome_named(sample, &self.contingency, |outcome| outcome.contingency)?;
        if sample.inputs.is_empty() {
            return Err(Failure::bad_input("nothing is drawn in these runs under a name of its own")
                .hint("name the scenario instead of its results: then every number in it that is drawn counts"));
        }
        let mut files = StudyFiles::open(&self.output.clone().unwrap_or(given.folder), DISCOVER_FORMAT)?;
        let cases = Cases::of(sample, &outcome.values);
        let search = prim(&cases);
        let tree = Tree::grow(&cases);
        write_discovery(&mut files, &sample.plan, &outcome.column.id, &sample.inputs, &search, &tree)?;
        let paths = files.publish(given.manifest)?;

        let mut out = anstream::stdout().lock();
        let heading = format!("Where the bad runs live: {}", outcome.column.id);
        writeln!(out, "{}", paint(HEADING, &words::cut(&heading, WIDTH)))?;
        for line in wrapped(&told(search.found.as_ref(), outcome, &sample.inputs, cases.len()), WIDTH) {
            writeln!(out, "{line}")?;
        }
        let about = format!(
            "{}; the box is made from one half and these shares are those of the other. Shares are of simulated runs, not \
             probabilities that it will happen.",
            extent(cases.len(), &sample.plan)
        );
        for line in wrapped(&about, WIDTH) {
            writeln!(out, "{}", paint(DIM, &line))?;
        }
        write_tree(&tree, &sample.inputs, &mut out)?;
        if !global.quiet {
            writeln!(out)?;
            for path in &paths {
                writeln!(out, "{}", path.display())?;
            }
        }
        out.flush()?;
        Ok(Exit::Done)
    }
}

fn share_in_words(share: Share) -> String {
    let Some(interval) = share.wilson() else { return "none".to_owned() };
    let text = words::share(share.value(), interval);
    format!("{}, n = {})", text.strip_suffix(')').unwrap_or(&text), words::count(share.n))
}

fn told(found: Option<&Found>, outcome: &OutcomeColumn, inputs: &[InputColumn], n: usize) -> String {
    let bad = outcome.values.iter().filter(|value| **value != 0.0).count();
    if bad == 0 || bad == n {
        let how = if bad == 0 { "none" } else { "all" };
        return format!(
            "It happens in {how} of {}, so there is nothing to tell apart.",
            words::plural(n as u64, "run")
        );
    }
    let Some(found) = found else {
        return "No box of the inputs holds on runs it was not made from: the bad runs lie everywhere.".to_owned();
    };
    format!(
        "{} of the bad runs lie where {}; there {} are bad, against {} overall.",
        share_in_words(found.coverage),
        in_words(&found.bounds, inputs),
        share_in_words(found.density),
        share_in_words(found.overall)
    )
}

/// A box in words: `takes is more than 20 min and mode is not narrow`.
fn in_words(bounds: &PrimBox, inputs: &[InputColumn]) -> String {
    let part = |(input, restriction): &(usize, Restriction)| {
        let column = &inputs[*input].column;
        let value = |value: f64| words::value(value, &column.unit);
        let says = match (restriction, &column.unit) {
            (Restriction::Between(low, _), Unit::Truth) => if low.is_finite() { "is yes" } else { "is no" }.to_owned(),
            (Restriction::Between(low, high), _) if low.is_finite() && high.is_finite() => {
                format!("is between {} and {}", value(*low), value(*high))
            }
            (Restriction::Between(low, _), Unit::Choice(names)) if low.is_finite() => {
                format!("is {}", names.iter().skip(low.ceil() as usize).cloned().collect::<Vec<_>>().join(" or "))
            }
            (Restriction::Between(_, high), Unit::Choice(names)) => {
                format!("is {}", names.iter().take(*high as usize + 1).cloned().collect::<Vec<_>>().join(" or "))
            }
            (Restriction::Between(low, _), _) if low.is_finite() => format!("is at least {}", value(*low)),
            (Restriction::Between(_, high), _) => format!("is at most {}", value(*high)),
            (Restriction::Not(values), _) => {
                format!("is not {}", values.iter().map(|each| value(*each)).collect::<Vec<_>>().join(" or "))
            }
        };
        format!("{} {says}", column.id)
    };
    if bounds.restrictions.is_empty() {
        return "anything may be".to_owned();
    }
    bounds.restrictions.iter().map(part).collect::<Vec<_>>().join(" and ")
}

fn write_tree(tree: &Tree, inputs: &[InputColumn], out: &mut impl Write) -> io::Result<()> {
    if tree.leaves.len() < 2 {
        return writeln!(out, "\nA second view, a tree of questions, finds none worth asking.");
    }
    writeln!(out, "\n{}", paint(HEADING, "A second view: a tree of questions"))?;
    for leaf in &tree.leaves {
        let text = format!("where {}: {} are bad", in_words(&leaf.bounds, inputs), share_in_words(leaf.share));
        for (place, line) in wrapped(&text, WIDTH - 4).iter().enumerate() {
            writeln!(out, "{}{line}", if place == 0 { "  " } else { "    " })?;
        }
    }
    Ok(())
}
