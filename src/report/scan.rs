//! One reading of `runs.csv`, however long it is: what the sheets need of single runs, in memory that does not grow with them.

use super::kept::{Kept, Meaning};
use super::runs;
use super::stored::StoredError;
use crate::study::sketch::Sketch;
use crate::study::statistics::Share;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Worst runs that are kept for each plan.
pub(super) const WORST: usize = 20;

/// Runs after which odds are looked at, doubling from here.
const FIRST_WAVE: u64 = 250;

/// What a column of `runs.csv` holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Plan,
    Run,
    Status,
    Input,
    Measure,
    Happened,
    Onset,
}

/// A column of `runs.csv`.
#[derive(Clone, Debug)]
pub(super) struct RunColumn {
    pub(super) heading: String,
    /// The id of what it is about.
    pub(super) id: String,
    pub(super) role: Role,
    pub(super) text: bool,
}

/// How bad a run was: how many contingencies came about, and how early the first.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Badness {
    pub(super) run: u64,
    pub(super) count: usize,
    /// In hours; infinite if none came about.
    pub(super) onset: f64,
    /// Which came about.
    pub(super) which: Vec<String>,
}

impl Badness {
    /// The worse first; of equals, the run with the lower number.
    fn compare(&self, other: &Self) -> Ordering {
        let by_count = other.count.cmp(&self.count);
        by_count.then(self.onset.total_cmp(&other.onset)).then(self.run.cmp(&other.run))
    }
}

/// What is kept of one plan.
pub(super) struct PlanScan {
    pub(super) name: String,
    /// Runs that were finished.
    pub(super) finished: u64,
    /// Runs that were stopped.
    pub(super) stopped: u64,
    /// Runs in which no contingency came about.
    pub(super) spared: Share,
    /// By column: the values of the runs that have one.
    pub(super) values: Vec<Option<Sketch>>,
    /// By column: how often it happened, in all runs and in those with even numbers.
    pub(super) hits: Vec<(u64, u64)>,
    /// Finished runs with even numbers.
    pub(super) even: u64,
    /// Number of runs, and by column how often it had happened by then.
    pub(super) waves: Vec<(u64, Vec<u64>)>,
    /// The worst first.
    pub(super) worst: Vec<Badness>,
    /// By number of contingencies, when the first of them came.
    onsets: BTreeMap<usize, (u64, Sketch)>,
    /// A run in the middle.
    pub(super) middle: Option<Badness>,
}

/// What is kept of all runs.
pub(super) struct Scan {
    pub(super) columns: Vec<RunColumn>,
    pub(super) plans: Vec<PlanScan>,
    /// Rows of the table.
    pub(super) rows: u64,
}

impl Scan {
    /// Reads the runs twice: for what they add up to, and for one in the middle of each plan. Nothing if the folder has none.
    pub(super) fn read(folder: &Kept) -> Result<Option<Scan>, StoredError> {
        let Some(mut stream) = folder.stream(runs::NAME)? else { return Ok(None) };
        let columns: Vec<RunColumn> = stream.headings.iter().map(|heading| column(folder, heading)).collect();
        let mut scan = Scan { columns, plans: Vec::new(), rows: 0 };
        while let Some(row) = stream.next_row()? {
            scan.rows += 1;
            scan.take(row);
        }
        for plan in &mut scan.plans {
            let last = (plan.finished, plan.hits.iter().map(|(all, _)| *all).collect());
            if plan.waves.last().is_none_or(|(runs, _)| *runs != plan.finished) {
                plan.waves.push(last);
            }
        }
        let Some(mut stream) = folder.stream(runs::NAME)? else { return Ok(None) };
        let middles: Vec<(usize, f64)> = scan.plans.iter().map(PlanScan::middle_of).collect();
        while let Some(row) = stream.next_row()? {
            let (Some(position), Some(found)) = (scan.position(row), scan.badness(row)) else { continue };
            let (count, onset) = middles[position];
            let middle = &mut scan.plans[position].middle;
            let distance = |badness: &Badness| if badness.onset == onset { 0.0 } else { (badness.onset - onset).abs() };
            if found.count == count && middle.as_ref().is_none_or(|known| distance(&found) < distance(known)) {
                *middle = Some(found);
            }
        }
        Ok(Some(scan))
    }

    /// Positions of the columns of a role.
    pub(super) fn of(&self, role: Role) -> impl Iterator<Item = (usize, &RunColumn)> {
        self.columns.iter().enumerate().filter(move |(_, column)| column.role == role)
    }

    /// The position of a column about an outcome or input.
    pub(super) fn about(&self, role: Role, id: &str) -> Option<usize> {
        self.of(role).find(|(_, column)| column.id == id).map(|(position, _)| position)
    }

    fn text<'r>(&self, row: &'r csv::StringRecord, role: Role) -> &'r str {
        self.of(role).next().and_then(|(position, _)| row.get(position)).unwrap_or_default()
    }

    fn position(&self, row: &csv::StringRecord) -> Option<usize> {
        let name = self.text(row, Role::Plan);
        self.plans.iter().position(|plan| plan.name == name)
    }

    /// How bad a finished run was.
    fn badness(&self, row: &csv::StringRecord) -> Option<Badness> {
        if self.text(row, Role::Status) != "ok" {
            return None;
        }
        let run = self.text(row, Role::Run).parse().ok()?;
        let happened = |position: usize| row.get(position) == Some("1");
        let which: Vec<String> = self
            .of(Role::Happened)
            .filter(|(position, _)| happened(*position))
            .map(|(_, column)| column.id.clone())
            .collect();
        let onsets = self.of(Role::Onset).filter_map(|(position, _)| row.get(position)?.parse::<f64>().ok());
        Some(Badness { run, count: which.len(), onset: onsets.fold(f64::INFINITY, f64::min), which })
    }

    fn take(&mut self, row: &csv::StringRecord) {
        let position = self.position(row).unwrap_or_else(|| {
            let name = self.text(row, Role::Plan).to_owned();
            self.plans.push(PlanScan::new(name, &self.columns));
            self.plans.len() - 1
        });
        let Some(badness) = self.badness(row) else {
            self.plans[position].stopped += 1;
            return;
        };
        let plan = &mut self.plans[position];
        plan.finished += 1;
        let even = badness.run.is_multiple_of(2);
        plan.even += u64::from(even);
        plan.spared.n += 1;
        plan.spared.hits += u64::from(badness.count == 0);
        for (place, cell) in row.iter().enumerate() {
            match self.columns.get(place).map(|column| column.role) {
                Some(Role::Input | Role::Measure | Role::Onset) => {
                    if let (Some(values), Ok(value)) = (&mut plan.values[place], cell.parse()) {
                        values.push(value);
                    }
                }
                Some(Role::Happened) if cell == "1" => {
                    plan.hits[place].0 += 1;
                    plan.hits[place].1 += u64::from(even);
                }
                _ => {}
            }
        }
        if plan.finished >= FIRST_WAVE
            && plan.finished.is_multiple_of(FIRST_WAVE)
            && (plan.finished / FIRST_WAVE).is_power_of_two()
        {
            plan.waves.push((plan.finished, plan.hits.iter().map(|(all, _)| *all).collect()));
        }
        let (runs, onsets) = plan.onsets.entry(badness.count).or_insert_with(|| (0, Sketch::coarse()));
        *runs += 1;
        if badness.onset.is_finite() {
            onsets.push(badness.onset);
        }
        let place = plan.worst.partition_point(|known| known.compare(&badness) == Ordering::Less);
        if place < WORST {
            plan.worst.insert(place, badness);
            plan.worst.truncate(WORST);
        }
    }
}

impl PlanScan {
    fn new(name: String, columns: &[RunColumn]) -> Self {
        let number = |column: &RunColumn| {
            let wanted = matches!(column.role, Role::Input | Role::Measure | Role::Onset) && !column.text;
            wanted.then(Sketch::fine)
        };
        PlanScan {
            name,
            finished: 0,
            stopped: 0,
            spared: Share::default(),
            values: columns.iter().map(number).collect(),
            hits: vec![(0, 0); columns.len()],
            even: 0,
            waves: Vec::new(),
            worst: Vec::new(),
            onsets: BTreeMap::new(),
            middle: None,
        }
    }

    /// The middle number of contingencies, and when the first of them comes in the middle of those runs.
    fn middle_of(&self) -> (usize, f64) {
        let mut seen = 0;
        for (&count, (runs, onsets)) in self.onsets.iter().rev() {
            seen += runs;
            if seen * 2 >= self.finished {
                return (count, onsets.quantile(0.5).unwrap_or(f64::INFINITY));
            }
        }
        (0, f64::INFINITY)
    }
}

fn column(folder: &Kept, heading: &str) -> RunColumn {
    let own = |role, id: &str| (role, id.replace('_', "-"));
    let (role, id) = match heading {
        "plan" => own(Role::Plan, ""),
        "run" => own(Role::Run, ""),
        "status" => own(Role::Status, ""),
        _ => match heading.split_once('_') {
            Some(("u", id)) => own(Role::Input, id),
            Some(("m", id)) => own(Role::Measure, id),
            Some((_, id)) => {
                match id.strip_suffix("_onset_h").filter(|id| folder.meaning(runs::NAME, &format!("k_{id}")).is_some())
                {
                    Some(id) => own(Role::Onset, id),
                    None => own(Role::Happened, id),
                }
            }
            None => own(Role::Status, ""),
        },
    };
    let text = folder.meaning(runs::NAME, heading).is_some_and(Meaning::is_text);
    RunColumn { heading: heading.to_owned(), id, role, text }
}
