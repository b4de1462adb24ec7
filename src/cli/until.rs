//! `--until`: runs in waves until a figure is known well enough; shared by `batch` and `compare`.

use super::failure::Failure;
use super::words::{self, WIDTH, plural, wrapped};
use super::{batch, positive_number, style};
use crate::report::{PartHead, Waiting};
use crate::study::batch::{BatchError, Settings};
use crate::study::past::{self, Past};
use crate::study::precision::{Ending, FIRST_WAVE, Known, MOST_RUNS, Precision};
use crate::study::{Columns, Replicable};
use crate::world::{Outcome, Unit};
use indicatif::ProgressBar;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Range;
use std::sync::atomic::AtomicBool;

/// When to stop.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Until {
    /// Go on in doubling waves until a figure is known so well, as "share(dark-page, mirror) within 1 %"; --runs is then
    /// the first wave
    #[arg(long, value_name = "FIGURE within AMOUNT")]
    until: Option<String>,
    /// With --until, make no more runs than this
    #[arg(long, value_name = "N", value_parser = positive_number, requires = "until", default_value_t = MOST_RUNS)]
    max_runs: u64,
}

/// Runs that were made, and how well a figure is known if one was waited for.
pub(super) struct Made {
    pub(super) runs: Range<u64>,
    /// What was asked for.
    pub(super) wanted: Range<u64>,
    pub(super) ending: Option<Ending>,
}

impl Until {
    /// How many runs are made, or are in the first wave.
    pub(super) fn first_wave(&self, asked: Option<u64>, otherwise: u64) -> u64 {
        asked.unwrap_or(if self.until.is_some() { FIRST_WAVE } else { otherwise })
    }

    /// What a manifest says was asked for.
    pub(super) fn record(&self, options: &mut BTreeMap<String, String>) {
        if let Some(until) = &self.until {
            options.insert("until".to_owned(), until.clone());
            options.insert("max-runs".to_owned(), self.max_runs.to_string());
        }
    }

    /// What the journal of a batch says was waited for.
    pub(super) fn waiting(&self) -> Option<Waiting> {
        let figure = self.until.clone()?;
        Some(Waiting { figure, most: self.max_runs })
    }

    /// The same, or what was waited for in a batch that is gone on with. It cannot be anything else.
    pub(super) fn or_as_before(&self, before: Option<&PartHead>) -> Result<Until, Failure> {
        let Some(before) = before else { return Ok(self.clone()) };
        match (self.waiting(), before.until.clone()) {
            (None, None) => Ok(self.clone()),
            (None, Some(Waiting { figure, most })) => Ok(Until { until: Some(figure), max_runs: most }),
            (Some(given), before) if Some(&given) == before.as_ref() => Ok(self.clone()),
            (Some(given), before) => {
                let words = |waiting: Waiting| format!("\"{}\" --max-runs {}", waiting.figure, waiting.most);
                let before = before.map_or("(not at all)".to_owned(), words);
                Err(batch::not_as_before("--until", &words(given), &before))
            }
        }
    }

    /// Reads the wish, so that a mistake in it is found out before the first run.
    pub(super) fn read(&self, plans: &[(&str, &Columns)]) -> Result<Option<Precision>, Failure> {
        let precision = self.until.as_deref().map(|text| Precision::parse(text, plans)).transpose();
        precision.map_err(|error| Failure::bad_input(format!("--until: {}", error.message)).hint(error.help))
    }

    /// A bar for the runs to come.
    pub(super) fn bar(&self, settings: &Settings, quiet: bool) -> ProgressBar {
        let most = if self.until.is_some() { self.max_runs } else { settings.runs.end - settings.runs.start };
        batch::progress(most, quiet)
    }

    /// Makes the runs.
    pub(super) fn run<P: Replicable, E: Into<Failure>>(
        &self,
        precision: Option<Precision>,
        plans: &[P],
        settings: &Settings,
        past: &mut impl Past,
        stop: &AtomicBool,
        consume: impl FnMut(u64, &[Outcome]) -> Result<(), E>,
    ) -> Result<Made, Failure> {
        let start = settings.runs.start;
        let made = match precision {
            None => past::run(plans, settings, past, stop, consume).map(|runs| Made {
                runs,
                wanted: settings.runs.clone(),
                ending: None,
            }),
            Some(precision) => precision.run(plans, settings, self.max_runs, past, stop, consume).map(|ending| {
                // A wave that was finished is all that was wanted, wherever the waves stopped.
                let most = start.saturating_add(self.max_runs);
                let wanted = if ending.whole { ending.made.clone() } else { start..most };
                Made { runs: ending.made.clone(), wanted, ending: Some(ending) }
            }),
        };
        made.map_err(|error: BatchError<E>| match error {
            BatchError::Consumer(error) => error.into(),
            BatchError::Worker { first } => {
                let error = BatchError::<Never>::Worker { first };
                Failure::failed(error.to_string()).hint("no file was written")
            }
        })
    }
}

/// A consumer's error that never comes.
#[derive(Debug, thiserror::Error)]
pub(super) enum Never {}

impl From<Never> for Failure {
    fn from(never: Never) -> Self {
        match never {}
    }
}

/// Says how well the figures are known.
pub(super) fn write_ending(ending: &Ending, out: &mut impl Write) -> io::Result<()> {
    let runs = plural(ending.made.end - ending.made.start, "run");
    let waves = format!("{runs}, wave {} of at most {}", ending.waves, ending.looks);
    let sign = if ending.reached { style::paint(style::GOOD, "✓") } else { style::paint(style::DOUBT, "–") };
    let outcome = if ending.reached { "known as well as was wanted" } else { "not yet known as well as was wanted" };
    writeln!(out, "{sign} {outcome}: {waves}")?;
    for known in &ending.known {
        for line in wrapped(&in_words(known, ending.within), WIDTH - 4) {
            writeln!(out, "    {line}")?;
        }
    }
    writeln!(out)
}

fn in_words(known: &Known, within: f64) -> String {
    let say = |value: f64| {
        if known.share {
            format!("{:.2} %", value * 100.0)
        } else {
            words::value(value, if known.unit == Unit::Truth { &Unit::Number } else { &known.unit })
        }
    };
    match (known.value, known.interval) {
        (Some(value), Some(interval)) => format!(
            "{} is {} ({} to {}, widened for the looks; wanted within {})",
            known.text,
            say(value),
            say(interval.low),
            say(interval.high),
            say(within)
        ),
        _ => format!("{}: no run has a value", known.text),
    }
}
