//! `canvass evidence`: on what the numbers of a scenario rest.

use super::exit::Exit;
use super::failure::Failure;
use super::prepare;
use super::style::{DIM, HEADING, paint};
use super::words::{self, WIDTH, cut, padded, padded_left, plural, wrapped};
use super::{Global, style};
use crate::report::{evidence_text, write_evidence};
use crate::scenario::Grade;
use crate::world::{Ledger, LedgerEntry, Origin, Shares, Standing};
use std::io::{self, Write};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  canvass evidence my-county.toml
      Every number the scenario rests on, what is only assumed first.
  canvass evidence my-county.toml --plan today
      Those that hold under one plan.
  canvass evidence my-county.toml -o evidence.csv
      The same as a table for a spreadsheet; --csv prints it.";

/// Widths of the table's columns: value and grade; the path has the rest.
const VALUE_ROOM: usize = 40;
const GRADE_ROOM: usize = 1;

/// Said beside results in which the cost of measures against posts cannot show.
pub(super) const HIDDEN_COSTS: &str = "Measures act on posts, but the scenario holds no accurate story and no unrelated \
                                       reports: what they cost accurate speech cannot show here.";

/// List every number a scenario rests on, with its source
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Evidence {
    /// The scenario
    file: PathBuf,
    /// Only this plan; may be given several times
    #[arg(long, value_name = "NAME")]
    plan: Vec<String>,
    /// Print the table as CSV
    #[arg(long)]
    csv: bool,
    /// Write the table as CSV to this file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Evidence {
    pub(super) fn perform(&self, global: &Global) -> Result<Exit, Failure> {
        let (loaded, ready) = prepare::open(&self.file, global.quiet)?;
        for name in &self.plan {
            prepare::plan_named(&ready, name)?;
        }
        let mut ledger = Ledger::default();
        for plan in ready.plans.iter().filter(|plan| self.plan.is_empty() || self.plan.contains(&plan.name)) {
            ledger.add(&plan.name, &loaded.numbers(&plan.name, &[]), &plan.model);
        }
        let mut out = anstream::stdout().lock();
        if self.csv {
            out.write_all(&evidence_text(&ledger)?)?;
        } else if !global.quiet {
            let title = loaded.scenario().map(|scenario| scenario.scenario.title.as_str()).unwrap_or_default();
            for line in wrapped(&format!("{} · {title}", loaded.id()), WIDTH) {
                writeln!(out, "{}", paint(HEADING, &line))?;
            }
            write_ledger(&ledger, &mut out)?;
        } else if self.output.is_none() {
            write_shares(&ledger.shares(), &mut out)?;
        }
        if let Some(path) = &self.output {
            let written = write_evidence(path, &ledger)?;
            if !global.quiet {
                writeln!(out, "\n{}", written.display())?;
            }
        }
        out.flush()?;
        Ok(Exit::Done)
    }
}

fn write_ledger(ledger: &Ledger, out: &mut impl Write) -> io::Result<()> {
    let entries = ledger.entries();
    for standing in [Standing::Unstated, Standing::Assumed, Standing::Estimated, Standing::Cited, Standing::Choice] {
        let own: Vec<&LedgerEntry> = entries.iter().filter(|entry| entry.standing == standing).collect();
        if own.is_empty() {
            continue;
        }
        let what = match standing {
            Standing::Unstated => "rest on nothing that is said",
            Standing::Assumed => "are assumed",
            Standing::Estimated => "are estimated",
            Standing::Cited => "are cited",
            Standing::Choice => "are choices of the author, and claim nothing about the world",
        };
        let numbers = plural(own.len() as u64, "number");
        writeln!(out, "\n{}", paint(HEADING, &format!("{numbers} {what}")))?;
        for entry in own {
            write_entry(entry, out)?;
        }
    }
    write_shares(&ledger.shares(), out)
}

/// Path, value and grade; below, where it stands and where it comes from.
fn write_entry(entry: &LedgerEntry, out: &mut impl Write) -> io::Result<()> {
    let grade = entry.grade.map_or("", Grade::word);
    let value_room = words::width(&entry.written).min(VALUE_ROOM);
    let path_room = WIDTH - 2 - 2 - value_room - 2 - GRADE_ROOM;
    let path = padded(&cut(&entry.path, path_room), path_room);
    let value = cut(&entry.written, value_room);
    let line = format!("  {path}  {value}  {}", padded_left(grade, GRADE_ROOM));
    writeln!(out, "{}", line.trim_end())?;
    let place = match &entry.origin {
        Origin::Written(place) => place.clone(),
        Origin::BuiltIn(_, 1) => "built in".to_owned(),
        Origin::BuiltIn(_, keys) => format!("built in, for {keys} keys"),
    };
    let plans = (!entry.plans.is_empty()).then(|| format!("plan {}", entry.plans.join(", ")));
    let parts = [Some(place), entry.source.clone(), plans];
    let beside = parts.into_iter().flatten().collect::<Vec<String>>().join(" · ");
    for line in wrapped(&beside, WIDTH - 6) {
        writeln!(out, "      {}", style::paint(DIM, &line))?;
    }
    Ok(())
}

/// One sentence on what share of the numbers is cited, estimated and assumed.
pub(super) fn write_shares(shares: &Shares, out: &mut impl Write) -> io::Result<()> {
    let Some(text) = words::rests_on(shares) else { return Ok(()) };
    writeln!(out)?;
    for line in wrapped(&text, WIDTH) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}
