//! The master scenario events list: what the players are given in one run, row by row, in the forms that exercise tools read.
//!
//! [`Msel::of_run`] and [`Msel::scripted`] make the rows, in words; each form then lays them out. The forms follow what the tools
//! accept: the first sheet of a workbook holds the list and nothing else, its first row the headings, and every cell is text.

mod blueprint;
mod columns;
mod list;
mod openaev;
mod table;
mod workbook;

pub use list::Source;

use super::folder::{FolderError, StagedFile};
use super::manifest::ScenarioRecord;
use super::text::SIMULATED;
use super::words::plural;
use crate::study::exemplar::{Happening, Spread};
use rust_xlsxwriter::XlsxError;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// A form of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A workbook that Cadence maps by itself and Blueprint takes as it is.
    Cadence,
    /// A workbook with the ten headings of HSEEP.
    Hseep,
    /// JSON for Blueprint, in which the times survive.
    Blueprint,
    /// An archive for OpenAEV.
    OpenAev,
    /// The columns of the first workbook as CSV.
    Csv,
}

/// Why a list could not be written.
#[derive(Debug, thiserror::Error)]
pub enum MselProblem {
    /// The file cannot be written.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The workbook cannot hold it.
    #[error("cannot make the workbook: {0}")]
    Xlsx(#[from] XlsxError),
}

/// A list of events, and from what it was made.
#[derive(Clone, Debug, PartialEq)]
pub struct Msel {
    /// The scenario.
    pub scenario: ScenarioRecord,
    /// The version of this program.
    pub canvass: &'static str,
    /// The master seed.
    pub seed: u64,
    /// The plan.
    pub plan: String,
    /// The run that is told; nothing for the script alone.
    pub run: Option<u64>,
    /// How many runs the odds rest on.
    pub runs: u64,
    /// Why this run, in whole sentences.
    pub why: String,
    /// Who plays.
    pub teams: Vec<Team>,
    /// What the players are to show.
    pub objectives: Vec<Objective>,
    /// Stretches of the story, in order; the first begins with it.
    pub phases: Vec<Phase>,
    /// When the story begins.
    pub start: Moment,
    /// When it ends.
    pub end: Moment,
    /// The rows, in the order in which they are shown.
    pub rows: Vec<Row>,
}

/// A team of players: a responder of the scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    /// Its name in the scenario.
    pub id: String,
    /// What it is called.
    pub title: String,
}

/// An objective of the exercise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objective {
    /// Its name in the scenario.
    pub id: String,
    /// The objective, in a sentence.
    pub title: String,
    /// The core capability it tests; empty for none.
    pub capability: String,
    /// How much of that is wanted; empty if nobody says.
    pub target: String,
    /// Critical tasks.
    pub tasks: Vec<String>,
    /// Whose players are evaluated.
    pub owners: Vec<String>,
}

/// A stretch of the story, from one milestone to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phase {
    /// What it is called.
    pub title: String,
    /// When it begins.
    pub begins: Moment,
}

/// A moment of the story, in the ways in which it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// Milliseconds since the start.
    pub ms: i64,
    /// The day, where that of the start is day 1.
    pub day: i64,
    /// The time of day, as `20:05`.
    pub clock: String,
    /// With the offset of the place, as `2026-11-03T20:05:00-05:00`.
    pub local: String,
    /// In universal time, as `2026-11-04T01:05:00.000Z`.
    pub utc: String,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The beginning or the end of the exercise.
    Administrative,
    /// Something that is given to players: scripted, or told by the simulation cell.
    Inject,
    /// What is so in the simulated world, for controllers alone.
    Contextual,
    /// What players are expected to do.
    ExpectedAction,
    /// Something that does not happen in this run and does in others, kept ready.
    Contingency,
}

/// What sets a row off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// Somebody decides.
    Manual,
    /// The clock.
    Scheduled,
    /// A condition.
    Conditional,
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its number: `5`; `5-A` for a branch behind row 5; `C1` for a contingency that is no branch of a row.
    pub number: String,
    /// What it is in the scenario, as `inject.reporter`; empty for the beginning and the end.
    pub path: String,
    /// What it is.
    pub kind: Kind,
    /// In a few words.
    pub title: String,
    /// In full; empty if the title says it.
    pub description: String,
    /// When; nothing for what never comes about.
    pub at: Option<Moment>,
    /// From whom it seems to come; empty if nobody says.
    pub from: String,
    /// Who gets it, or who is expected to act.
    pub to: Vec<String>,
    /// How it reaches them; empty if nobody says.
    pub method: &'static str,
    /// The storyline; empty for none.
    pub track: String,
    /// The position of its phase.
    pub phase: usize,
    /// What players are expected to do; empty if nobody says.
    pub expected: String,
    /// For the controllers; empty for nothing.
    pub notes: String,
    /// Who gives it; empty if nobody says.
    pub controller: String,
    /// What sets it off.
    pub trigger: Trigger,
    /// Positions of the objectives it serves.
    pub objectives: Vec<usize>,
    /// The number of the row behind which it is a branch; empty for none.
    pub branch_of: String,
    /// The condition under which it is given, as the scenario says it; empty for the clock alone.
    pub fires_when: String,
    /// How often and when it happens over all runs, where that is known.
    pub odds: Option<Happening>,
}

/// Everybody who plays.
pub(super) const ALL_PLAYERS: &str = "All players";
/// Who knows the simulated world.
const CONTROLLERS: &str = "Controllers";
/// Who speaks for everybody that is not in the room.
pub(super) const SIMULATION_CELL: &str = "SimCell";

impl Msel {
    /// What every file says of itself, in one line.
    pub fn marking(&self) -> String {
        let run = match self.run {
            Some(run) => format!("run {run}"),
            None => "the script alone".to_owned(),
        };
        format!(
            "{} · {SIMULATED} · scenario {} · plan {} · {run} · odds over {} · seed {} · canvass {} · scenario SHA-256 {}",
            self.scenario.tlp.marking(),
            self.scenario.id,
            self.plan,
            plural(self.runs, "run"),
            self.seed,
            self.canvass,
            self.scenario.sha256
        )
    }

    /// Names of which identifiers are made: all that tells two lists apart.
    fn names<'a>(&'a self, more: &[&'a str]) -> Vec<String> {
        let run = self.run.map_or_else(|| "script".to_owned(), |run| run.to_string());
        let own = ["canvass", "msel", &self.scenario.sha256, &self.plan].map(str::to_owned);
        own.into_iter().chain([self.seed.to_string(), run]).chain(more.iter().map(|&name| name.to_owned())).collect()
    }

    /// An identifier for a part of this list.
    fn uuid(&self, kind: &str, name: &str) -> String {
        let names = self.names(&[kind, name]);
        super::identifier::uuid(&names.iter().map(String::as_str).collect::<Vec<&str>>())
    }

    /// Writes the list in a form to a file. Returns its path.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn write(&self, form: Form, target: &Path) -> Result<PathBuf, MselProblem> {
        let mut file = StagedFile::new(target)?;
        let bytes = match form {
            Form::Cadence => workbook::cadence(self)?,
            Form::Hseep => workbook::hseep(self)?,
            Form::Blueprint => blueprint::json(self),
            Form::OpenAev => openaev::archive(self).map_err(|error| FolderError::write(target, error))?,
            Form::Csv => table::csv(self, target)?,
        };
        file.write_all(&bytes).map_err(|error| FolderError::write(target, error))?;
        Ok(file.publish()?)
    }
}

impl Kind {
    /// The word in the column of types, which Cadence knows.
    fn word(self) -> &'static str {
        match self {
            Kind::Administrative => "Administrative",
            Kind::Inject => "Standard",
            Kind::Contextual => "Contextual",
            Kind::ExpectedAction => "Expected Action",
            Kind::Contingency => "Contingency",
        }
    }

    /// The word that HSEEP has for it.
    fn hseep(self) -> &'static str {
        match self {
            Kind::Administrative => "Administrative",
            Kind::Inject => "Inject",
            Kind::Contextual => "Contextual",
            Kind::ExpectedAction => "Expected Action",
            Kind::Contingency => "Contingency Inject",
        }
    }
}

impl Trigger {
    fn word(self) -> &'static str {
        match self {
            Trigger::Manual => "Manual",
            Trigger::Scheduled => "Scheduled",
            Trigger::Conditional => "Conditional",
        }
    }
}

impl Row {
    /// In how many of all runs it happens, as `14.6 %`; empty if nobody knows.
    fn chance(&self) -> String {
        let share = self.odds.as_ref().map(|odds| odds.share).filter(|share| share.n > 0);
        share.map_or_else(String::new, |share| super::words::percent_in_column(share.value()))
    }

    /// When it happens over all runs: behind the row it branches off from, or else after the start.
    fn spread(&self) -> Option<Spread> {
        let odds = self.odds.as_ref()?;
        odds.behind.as_ref().and_then(|behind| behind.offset).or(odds.offset)
    }

    /// From what its offsets are counted, as words behind them: ` after 5`.
    fn counted_from(&self) -> String {
        let behind = self.odds.as_ref().and_then(|odds| odds.behind.as_ref()).and_then(|behind| behind.offset);
        match behind {
            Some(_) if !self.branch_of.is_empty() => format!(" after {}", self.branch_of),
            _ => String::new(),
        }
    }

    /// The middle of its offsets, as `01:53`; empty if nobody knows.
    fn median_offset(&self) -> String {
        self.spread().map_or_else(String::new, |spread| offset(spread.median.0) + &self.counted_from())
    }

    /// Between what most of its offsets lie, as `01:10 to 03:00`; empty if nobody knows.
    fn most_offsets(&self) -> String {
        self.spread().map_or_else(String::new, |spread| {
            format!("{} to {}{}", offset(spread.p10.0), offset(spread.p90.0), self.counted_from())
        })
    }
}

/// A length of time in hours and minutes, with the days before them: `2 d 01:53`.
fn offset(ms: i64) -> String {
    let minutes = (ms.max(0) + 30_000) / 60_000;
    let (days, hours, minutes) = (minutes / 1_440, minutes / 60 % 24, minutes % 60);
    match days {
        0 => format!("{hours:02}:{minutes:02}"),
        _ => format!("{days} d {hours:02}:{minutes:02}"),
    }
}

/// A text of at most this many characters.
fn cut(text: &str, room: usize) -> String {
    if text.chars().count() <= room {
        return text.to_owned();
    }
    let kept: String = text.chars().take(room.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
