//! The columns of the list: those that Cadence maps by itself, in an order that Blueprint takes, and ours behind them.
//!
//! Cadence walks the headings from left to right and gives each of its fields the first that contains one of the field's synonyms, so
//! that order and wording both matter. Blueprint makes a field of every heading; it has its own `Time`, `Move` and `Group`, and
//! no heading may come twice.

use super::{Msel, Row, cut};

/// A column: its heading, its width in characters, and what stands in it.
pub(super) struct Column {
    pub(super) heading: &'static str,
    pub(super) width: f64,
    /// What the heading means.
    pub(super) meaning: &'static str,
    pub(super) cell: fn(&Msel, &Row) -> String,
}

/// Characters that fit in a title in Cadence.
const TITLE: usize = 200;
/// Characters that fit in a description.
const DESCRIPTION: usize = 4_000;
/// Characters that fit in the name of anything.
const NAME: usize = 200;
/// Characters that fit in the condition of a contingency inject.
const CONDITION: usize = 500;

const fn column(heading: &'static str, width: f64, meaning: &'static str, cell: fn(&Msel, &Row) -> String) -> Column {
    Column { heading, width, meaning, cell }
}

/// All columns of the default workbook and of the CSV.
pub(super) const COLUMNS: [Column; 23] = [
    column("#", 6.0, "Number; 5-A is a branch behind 5, C1 a contingency without a row of its own", |_, row| {
        row.number.clone()
    }),
    column("Title", 32.0, "In a few words", |_, row| cut(&row.title, TITLE)),
    column("Description", 44.0, "In full, as it is read out", |_, row| cut(&row.description, DESCRIPTION)),
    column("Scheduled Time", 10.0, "Time of day", clock),
    column("Scenario Day", 9.0, "Day of the story, from 1", |_, row| {
        row.at.as_ref().map_or_else(String::new, |at| at.day.to_string())
    }),
    column("Scenario Time", 9.0, "Time of day in the story", clock),
    column("From", 18.0, "From whom it seems to come", |_, row| cut(&row.from, NAME)),
    column("To", 24.0, "Who gets it, or who is expected to act", |_, row| cut(&row.to.join("; "), DESCRIPTION)),
    column("Delivery Method", 12.0, "How it reaches them", |_, row| row.method.to_owned()),
    column("Track", 14.0, "Storyline", |_, row| cut(&row.track, NAME)),
    column("Phase", 18.0, "The last milestone before it", |msel, row| {
        msel.phases.get(row.phase).map_or_else(String::new, |phase| cut(&phase.title, NAME))
    }),
    column("Expected Action", 38.0, "What players are expected to do", |_, row| cut(&row.expected, DESCRIPTION)),
    column("Notes", 34.0, "For the controllers", |_, row| cut(&row.notes, DESCRIPTION)),
    column("Priority", 8.0, "Left to the planner: 1 to 5", |_, _| String::new()),
    column("Controller", 14.0, "Who gives it", |_, row| cut(&row.controller, NAME)),
    column(
        "Inject Type",
        14.0,
        "Standard is given; Contingency is kept ready; Expected Action is awaited; Contextual is for controllers alone",
        |_, row| row.kind.word().to_owned(),
    ),
    column("Trigger Type", 12.0, "What sets it off", |_, row| row.trigger.word().to_owned()),
    column("Objective", 30.0, "Objectives it serves", |msel, row| cut(&objectives(msel, row), DESCRIPTION)),
    column("Branch Of", 8.0, "The row behind which it is a branch", |_, row| row.branch_of.clone()),
    column("Fire Condition", 30.0, "When it is given, as the scenario says it", |_, row| {
        cut(&row.fires_when, CONDITION)
    }),
    column("P(fires)", 9.0, "Share of the simulated runs in which it happens", |_, row| row.chance()),
    column(
        "Median Offset",
        13.0,
        "Half of those runs have it sooner: hours and minutes from the start, or from the row it branches off from",
        |_, row| row.median_offset(),
    ),
    column("P10–P90", 18.0, "Eight in ten of those runs have it between", |_, row| row.most_offsets()),
];

fn clock(_: &Msel, row: &Row) -> String {
    row.at.as_ref().map_or_else(String::new, |at| at.clock.clone())
}

/// The objectives of a row, by title.
pub(super) fn objectives(msel: &Msel, row: &Row) -> String {
    let titles = row.objectives.iter().filter_map(|&place| msel.objectives.get(place));
    titles.map(|objective| objective.title.as_str()).collect::<Vec<&str>>().join("; ")
}
