//! `canvass compare`: plans on the same simulated worlds, run by run.

use super::exit::Exit;
use super::export::Artefacts;
use super::failure::Failure;
use super::lineup::Lineup;
use super::until::{Never, Until, write_ending};
use super::versus::Versus;
use super::words::plural;
use super::{Global, interrupt, positive_number, whole_number};
use crate::engine::streams::LAYOUT_VERSION;
use crate::report::{COMPARE_FORMAT, CompareFiles, GeneratorRecord, RunsRecord, StudyManifest};
use crate::study::NoPast;
use crate::study::batch::Settings;
use crate::study::compare::Comparison;
use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  canvass compare my-county.toml
      Hold every plan against the first one, on the same simulated worlds.
  canvass compare my-county.toml --against today --runs 20000
      Another plan to hold them against, and smaller differences to be seen.
  canvass compare my-county.toml --plan with-mirror \\
                  --grid \"response.mirror.takes=2min,8min,30min\"
      One plan with several values; several grids make all combinations.

Differences are shown only where Holm's method allows it for all tests together.";

/// Hold plans against one another on the same simulated worlds
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Compare {
    /// The scenario, or several
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Only this plan; may be given several times
    #[arg(long, value_name = "NAME")]
    plan: Vec<String>,
    /// Values to try, as "response.mirror.takes=2min,8min"; may be given several times
    #[arg(long, value_name = "PATH=VALUES")]
    grid: Vec<String>,
    /// The plan that others are held against; the first, without it
    #[arg(long, value_name = "PLAN")]
    against: Option<String>,
    /// How many runs of each plan; the first scenario's own number, without it
    #[arg(long, value_name = "N", value_parser = positive_number)]
    runs: Option<u64>,
    #[command(flatten)]
    until: Until,
    /// The master seed; the first scenario's own, without it
    #[arg(long, value_name = "N", value_parser = whole_number)]
    seed: Option<u64>,
    /// Folder for the files; outputs/<scenario>-compare, without it
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    #[command(flatten)]
    artefacts: Artefacts,
}

impl Compare {
    pub(super) fn perform(&self, global: &Global) -> Result<Exit, Failure> {
        self.artefacts.possible()?;
        let lineup = Lineup::gather(&self.files, &self.plan, &self.grid, global.quiet)?;
        let reference = lineup.reference(self.against.as_deref())?;
        if lineup.entrants.len() < 2 {
            return Err(Failure::bad_input("there is only one plan: nothing to compare it with")
                .hint("add a plan to the scenario, or several values with --grid"));
        }
        let settings = Settings {
            seed: self.seed.unwrap_or(lineup.about.seed),
            runs: 0..self.until.first_wave(self.runs, lineup.about.runs),
            threads: global.thread_count(),
        };
        let id = &lineup.scenarios[0].id;
        let folder = self.output.clone().unwrap_or_else(|| Path::new("outputs").join(format!("{id}-compare")));
        let names: Vec<(&str, _)> =
            lineup.entrants.iter().map(|entrant| (entrant.name.as_str(), &entrant.columns)).collect();
        let precision = self.until.read(&names)?;
        let files = CompareFiles::open(&folder)?;
        let stop = interrupt::watch()?;

        let mut comparison = Comparison::new(&names, reference);
        let models: Vec<_> = lineup.entrants.iter().map(|entrant| &entrant.model).collect();
        let bar = self.until.bar(&settings, global.quiet);
        let made = self.until.run(precision, &models, &settings, &mut NoPast, &stop, |_, outcomes| {
            bar.inc(1);
            comparison.push(outcomes);
            Ok::<_, Never>(())
        });
        bar.finish_and_clear();
        let made = made?;
        if made.runs.is_empty() {
            anstream::eprintln!("interrupted before any run was finished; nothing was written");
            return Ok(Exit::Interrupted);
        }
        let findings = comparison.findings();
        let manifest = StudyManifest {
            format: COMPARE_FORMAT,
            canvass: env!("CARGO_PKG_VERSION"),
            scenarios: lineup.scenarios.clone(),
            seed: settings.seed,
            generator: GeneratorRecord { name: "ChaCha8", layout: LAYOUT_VERSION },
            plans: lineup.entrants.iter().map(|entrant| entrant.name.clone()).collect(),
            options: self.options(&lineup.entrants[reference].name),
            runs: RunsRecord { first: 0, count: made.runs.end, requested: made.wanted.end },
            complete: made.runs == made.wanted,
            files: Vec::new(),
        };
        let mut paths = files.publish(&findings, &lineup.ledger, manifest)?;
        paths.extend(self.artefacts.make(&[&folder])?);

        let versus = Versus {
            about: &lineup.about,
            findings: &findings,
            shares: lineup.ledger.shares(),
            hidden_costs: lineup.hidden_costs,
        };
        let mut out = anstream::stdout().lock();
        if !global.quiet {
            versus.write_heading(id, settings.seed, &mut out)?;
        }
        if let Some(ending) = &made.ending {
            write_ending(ending, &mut out)?;
        }
        versus.write(&mut out)?;
        if !global.quiet {
            writeln!(out)?;
            for path in &paths {
                writeln!(out, "{}", path.display())?;
            }
        }
        out.flush()?;
        if made.runs != made.wanted {
            let all = plural(made.wanted.end, "run");
            anstream::eprintln!("\ninterrupted after {} of {all}; the comparison rests on those", made.runs.end);
            return Ok(Exit::Interrupted);
        }
        Ok(Exit::Done)
    }

    /// What the manifest says was asked for.
    fn options(&self, against: &str) -> BTreeMap<String, String> {
        let mut options = BTreeMap::from([("against".to_owned(), against.to_owned())]);
        if !self.grid.is_empty() {
            options.insert("grid".to_owned(), self.grid.join("; "));
        }
        self.until.record(&mut options);
        options
    }
}
