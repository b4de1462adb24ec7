//! The command line: one file a command. It parses, shows progress and finds words; what it shows is worked out elsewhere.

mod batch;
mod catalogue;
mod check;
mod choose;
mod compare;
mod completions;
mod discover;
mod drivers;
mod evidence;
mod exercise;
mod exit;
mod explain;
mod export;
mod failure;
mod gathering;
mod import;
mod interrupt;
mod journal;
mod lineup;
mod new;
mod odds;
mod origin;
mod panic_notice;
mod papers;
mod portfolios;
mod prepare;
mod retelling;
mod run;
mod schema;
mod shard;
mod stored;
mod story;
mod style;
mod sweep;
mod until;
mod validate;
mod versus;
mod words;

pub use exit::Exit;

use clap::{ColorChoice, Parser, Subcommand};
use failure::Failure;
use std::io::Write as _;
use std::num::NonZeroUsize;

/// What the program says of itself when it is given nothing to do.
const INTRODUCTION: &str = "\
Canvass turns an election exercise, written in one file, into the odds of what
its planner fears.

  canvass new NAME      write a commented scenario to start from
  canvass import FILE   make a scenario from a list of events in a workbook
  canvass check FILE    find every mistake in a scenario, with its mend
  canvass run FILE      tell the story of one run, each event with its cause
  canvass batch FILE    make many runs: odds with their uncertainty, and tables
  canvass compare FILE  hold plans against one another on the same worlds
  canvass drivers FILE  find which uncertain numbers move an outcome
  canvass discover FILE find where among those numbers the bad runs live
  canvass explain FILE  tell why a contingency came about, and what prevents it
  canvass evidence FILE list every number it rests on, and on what that rests
  canvass sweep FILE    choose the uncertain numbers by a design
  canvass choose FILE   find the best responses that a budget allows
  canvass shard         make one batch on many machines
  canvass validate      hold the model against published figures
  canvass export OUTPUT make a workbook and other files from results
  canvass schema        print the schema with which editors check a scenario
  canvass completions   print completions for a shell

Try:  canvass new my-county && canvass batch my-county.toml
Each command has its own examples:  canvass batch --help
";

/// A tabletop scenario-planning simulator for election-result contingencies.
#[derive(Debug, Parser)]
#[command(name = "canvass", version, max_term_width = 80, disable_help_subcommand = true)]
pub struct Arguments {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Option<Command>,
}

/// Options that mean the same everywhere.
#[derive(Debug, clap::Args)]
struct Global {
    /// Say nothing but results and errors
    #[arg(short, long, global = true, help_heading = "Everywhere")]
    quiet: bool,
    /// Colour the output; `auto` follows the terminal and NO_COLOR
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = "Everywhere")]
    color: ColorChoice,
    /// Make runs on this many threads; all there are, without it. Results do not depend on it
    #[arg(long, global = true, value_name = "N", help_heading = "Everywhere")]
    threads: Option<NonZeroUsize>,
}

impl Global {
    /// On how many threads runs are made.
    fn thread_count(&self) -> NonZeroUsize {
        self.threads.or_else(|| std::thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN)
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    New(new::New),
    Import(import::ImportCommand),
    Check(check::Check),
    Run(run::Run),
    Batch(batch::Batch),
    Compare(compare::Compare),
    Drivers(drivers::DriversCommand),
    Discover(discover::Discover),
    Explain(explain::Explain),
    Evidence(evidence::Evidence),
    Sweep(sweep::SweepCommand),
    Choose(choose::Choose),
    Shard(shard::Shard),
    Validate(validate::Validate),
    Export(export::Export),
    Schema(schema::Schema),
    Completions(completions::Completions),
}

/// Reads the command line of this process, does what it says, and tells how it went.
pub fn main() -> Exit {
    panic_notice::install();
    let arguments = Arguments::parse();
    match arguments.global.color {
        ColorChoice::Auto => {}
        ColorChoice::Always => anstream::ColorChoice::AlwaysAnsi.write_global(),
        ColorChoice::Never => anstream::ColorChoice::Never.write_global(),
    }
    let Arguments { global, command } = arguments;
    let done = match command {
        None => introduce(),
        Some(Command::New(new)) => new.perform(&global),
        Some(Command::Import(import)) => import.perform(&global),
        Some(Command::Check(check)) => check.perform(&global),
        Some(Command::Run(run)) => run.perform(&global),
        Some(Command::Batch(batch)) => batch.perform(&global),
        Some(Command::Compare(compare)) => compare.perform(&global),
        Some(Command::Drivers(drivers)) => drivers.perform(&global),
        Some(Command::Discover(discover)) => discover.perform(&global),
        Some(Command::Explain(explain)) => explain.perform(&global),
        Some(Command::Evidence(evidence)) => evidence.perform(&global),
        Some(Command::Sweep(sweep)) => sweep.perform(&global),
        Some(Command::Choose(choose)) => choose.perform(&global),
        Some(Command::Shard(shard)) => shard.perform(&global),
        Some(Command::Validate(validate)) => validate.perform(&global),
        Some(Command::Export(export)) => export.perform(&global),
        Some(Command::Schema(schema)) => schema.perform(),
        Some(Command::Completions(completions)) => completions.perform(),
    };
    done.unwrap_or_else(|failure| failure.report())
}

fn introduce() -> Result<Exit, Failure> {
    anstream::stdout().write_all(INTRODUCTION.as_bytes())?;
    Ok(Exit::Done)
}

/// A whole number as people write it: `10000`, `10_000` or `10,000`.
fn whole_number(text: &str) -> Result<u64, String> {
    let digits: String = text.chars().filter(|letter| !matches!(letter, '_' | ',')).collect();
    digits.parse().map_err(|_| "a whole number is needed, as 10000 or 10_000".to_owned())
}

/// A whole number that is not zero.
fn positive_number(text: &str) -> Result<u64, String> {
    match whole_number(text)? {
        0 => Err("at least 1 is needed".to_owned()),
        number => Ok(number),
    }
}
