//! `canvass check`: every mistake in a scenario at once, with its mend.

use super::catalogue::Catalogue;
use super::exit::Exit;
use super::failure::Failure;
use super::prepare::{self, Ready};
use super::{Global, style};
use crate::scenario::{Loaded, Severity, render, render_json};
use clap::ValueEnum;
use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  canvass check my-county.toml
      Show every mistake with its line and how to mend it.
  canvass check my-county.toml --deny-warnings
      Fail on warnings as well, as on the eve of an exercise.
  canvass check my-county.toml --catalogue disarm-techniques.csv
      Name the techniques it is tagged with, and count those it leaves out.

Exit codes: 0 the scenario is sound, 2 it is not.";

/// Find every mistake in a scenario, with its mend
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Check {
    /// The scenario
    file: PathBuf,
    /// How problems are written: for people, or for editors
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// A list of techniques: CSV with the columns `id` and `name`, or a STIX bundle in JSON
    #[arg(long, value_name = "FILE")]
    catalogue: Option<PathBuf>,
    /// Treat warnings as errors
    #[arg(short = 'W', long)]
    deny_warnings: bool,
}

/// How problems are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

impl Check {
    pub(super) fn perform(&self, global: &Global) -> Result<Exit, Failure> {
        let catalogue = self.catalogue.as_deref().map(Catalogue::read).transpose()?;
        let mut loaded = prepare::read(&self.file)?;
        let ready = prepare::compile(&mut loaded);

        let mut out = anstream::stdout().lock();
        match self.format {
            Format::Json => writeln!(out, "{}", render_json(&loaded, loaded.problems()))?,
            Format::Text => {
                let terminal = std::io::stdout().is_terminal();
                write!(out, "{}", render(&loaded, loaded.problems(), prepare::terminal_style(terminal)))?;
                if let Some(ready) = ready.as_ref().filter(|_| !global.quiet) {
                    writeln!(out, "{}", self.praise(&loaded, ready))?;
                }
                if let (Some(catalogue), Some(scenario)) = (&catalogue, loaded.scenario()) {
                    catalogue.write_coverage(scenario, &mut out)?;
                }
            }
        }
        out.flush()?;
        let denied = |severity| severity == Severity::Error || self.deny_warnings;
        let refused = ready.is_none() || loaded.problems().iter().any(|problem| denied(problem.severity));
        Ok(if refused { Exit::BadInput } else { Exit::Done })
    }

    fn praise(&self, loaded: &Loaded, ready: &Ready) -> String {
        let columns = &ready.columns;
        let counts = [
            (ready.plans.len(), "plan", "plans"),
            (columns.contingencies.len(), "contingency", "contingencies"),
            (columns.measures.len(), "measure", "measures"),
            (columns.uncertainties.len(), "uncertainty", "uncertainties"),
            (ready.expectations.len(), "check", "checks"),
        ];
        let parts: Vec<String> = counts
            .into_iter()
            .filter(|(number, ..)| *number > 0)
            .map(|(number, one, several)| format!("{number} {}", if number == 1 { one } else { several }))
            .collect();
        let verdict = if loaded.problems().is_empty() { "is sound" } else { "can be run" };
        format!("{} {} {verdict}\n  {}", style::paint(style::GOOD, "✓"), self.file.display(), parts.join(", "))
    }
}
