//! The files of a choice: `choose.csv`, one row a portfolio that was judged, and `marginal.csv`, one row a response.

use super::dictionary::write_entries;
use super::folder::{Folder, FolderError};
use super::manifest::StudyManifest;
use super::table::{Cell, Field};
use crate::study::choose::Choice;
use std::path::{Path, PathBuf};

/// The format of a folder with a choice.
pub const FORMAT: &str = "canvass-choose-1";

const CHOOSE: &str = "choose.csv";
const MARGINAL: &str = "marginal.csv";

/// What the positions in a choice stand for.
#[derive(Clone, Copy, Debug)]
pub struct ChosenAmong<'a> {
    /// The contingency or measure that was to be made better.
    pub outcome: &'a str,
    /// Its unit; `1` for the share of a contingency.
    pub unit: &'a str,
    /// Which figure of it: `share` or `mean`.
    pub stat: &'a str,
    /// Names of the responses.
    pub responses: &'a [String],
}

fn choose_fields() -> Vec<Field> {
    vec![
        Field::new(
            "responses",
            "Names of the responses of the portfolio, with spaces between them; empty for none",
            "",
        ),
        Field::new("price", "What they cost together, each done once, in the scenario's points", "1"),
        Field::new("spend", "What a run cost on average, as they were used", "1"),
        Field::new("outcome", "Id of the contingency or measure that was to be made better", ""),
        Field::new("unit", "Unit of the value and its interval", ""),
        Field::new("stat", "Which figure of it: the `share` of runs, or the `mean`", ""),
        Field::new("value", "The figure", "unit"),
        Field::new("ci_lo", "Lower end of its interval at 95 %", "unit"),
        Field::new("ci_hi", "Upper end of its interval at 95 %", "unit"),
        Field::new(
            "wrong_actions",
            "Measures against accurate items in a run, on average; empty where no response acts on posts",
            "1",
        ),
        Field::new(
            "accurate_held_back",
            "Posts of accurate stories made while something held them back, in a run on average; empty as above",
            "1",
        ),
        Field::new("allowed", "Whether the portfolio keeps within budget and staff", "0/1"),
        Field::new("frontier", "Whether no portfolio that is allowed and costs as little does as well", "0/1"),
        Field::new("chosen", "Whether it is the one that was chosen", "0/1"),
        Field::new("n", "Number of runs it rests on; none of them had a part in the choice", "1"),
    ]
}

fn marginal_fields() -> Vec<Field> {
    vec![
        Field::new("response", "Name of the response", ""),
        Field::new("chosen", "Whether it is in the chosen portfolio", "0/1"),
        Field::new("outcome", "Id of the contingency or measure", ""),
        Field::new("unit", "Unit of the difference and its interval", ""),
        Field::new(
            "difference",
            "The figure with the response less without it, beside the chosen others, run by run",
            "unit",
        ),
        Field::new("ci_lo", "Lower end of its interval at 95 %, taken alone", "unit"),
        Field::new("ci_hi", "Upper end of its interval at 95 %, taken alone", "unit"),
        Field::new(
            "p_holm",
            "Probability of such a difference if there were none, adjusted for all rows by Holm's method",
            "1",
        ),
        Field::new("within_budget", "Whether the portfolio with it is within budget", "0/1"),
        Field::new("n", "Number of runs it rests on", "1"),
    ]
}

/// The files of a choice, in a folder that will do.
pub struct ChooseFiles {
    folder: Folder,
}

impl ChooseFiles {
    /// Opens the folder before the first run.
    ///
    /// # Errors
    ///
    /// When the folder holds the files of others, or cannot be written to.
    pub fn open(folder: &Path) -> Result<Self, FolderError> {
        Ok(ChooseFiles { folder: Folder::open_for(folder, FORMAT)? })
    }

    /// Writes all files and gives them their names. Returns their paths, the manifest's last.
    ///
    /// # Errors
    ///
    /// When a file cannot be written or renamed.
    pub fn publish(
        mut self,
        choice: &Choice,
        among: ChosenAmong,
        manifest: StudyManifest,
    ) -> Result<Vec<PathBuf>, FolderError> {
        write_portfolios(&mut self.folder, choice, among)?;
        write_marginal(&mut self.folder, choice, among)?;
        let files = [(CHOOSE, choose_fields()), (MARGINAL, marginal_fields())];
        write_entries(&mut self.folder, &files)?;
        self.folder.publish(|files| StudyManifest { files, ..manifest.clone() })
    }
}

fn write_portfolios(folder: &mut Folder, choice: &Choice, among: ChosenAmong) -> Result<(), FolderError> {
    let mut table = folder.table(CHOOSE, &choose_fields())?;
    for (position, judged) in choice.judged.iter().enumerate() {
        let names: Vec<&str> = judged.portfolio.iter().map(|&response| among.responses[response].as_str()).collect();
        table.row([
            Cell::Text(&names.join(" ")),
            Cell::Number(judged.price),
            Cell::Maybe(judged.spend),
            Cell::Text(among.outcome),
            Cell::Text(among.unit),
            Cell::Text(among.stat),
            Cell::Maybe(judged.value),
            Cell::Maybe(judged.interval.map(|interval| interval.low)),
            Cell::Maybe(judged.interval.map(|interval| interval.high)),
            Cell::Maybe(judged.speech[0]),
            Cell::Maybe(judged.speech[1]),
            Cell::Whole(judged.allowed.into()),
            Cell::Whole(judged.on_frontier.into()),
            Cell::Whole((position == choice.chosen).into()),
            Cell::Whole(choice.runs),
        ])?;
    }
    folder.keep(table)
}

fn write_marginal(folder: &mut Folder, choice: &Choice, among: ChosenAmong) -> Result<(), FolderError> {
    let mut table = folder.table(MARGINAL, &marginal_fields())?;
    for marginal in &choice.marginal {
        table.row([
            Cell::Text(&among.responses[marginal.response]),
            Cell::Whole(marginal.chosen.into()),
            Cell::Text(among.outcome),
            Cell::Text(among.unit),
            Cell::Maybe(marginal.difference),
            Cell::Maybe(marginal.interval.map(|interval| interval.low)),
            Cell::Maybe(marginal.interval.map(|interval| interval.high)),
            Cell::Maybe(marginal.p_holm),
            Cell::Whole(marginal.within_budget.into()),
            Cell::Whole(choice.runs),
        ])?;
    }
    folder.keep(table)
}
