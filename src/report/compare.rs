//! The files of a comparison: `compare.csv`, one row a difference; `plans.csv`, one row a figure of a plan; `verdicts.csv`, one row
//! a plan; and `outcomes.csv`, one row a contingency or measure.

use super::dictionary::write_entries;
use super::evidence::{self, write_ledger};
use super::folder::{Folder, FolderError};
use super::manifest::StudyManifest;
use super::table::{Cell, Field};
use crate::study::compare::Subject;
use crate::study::findings::{Findings, Level, Shown, Stat};
use crate::study::statistics::{Interval, Moments, Share};
use crate::world::{Ledger, Unit};
use std::path::{Path, PathBuf};

/// The format of a folder with a comparison.
pub const FORMAT: &str = "canvass-compare-1";

const COMPARE: &str = "compare.csv";
const PLANS: &str = "plans.csv";
const VERDICTS: &str = "verdicts.csv";
pub(super) const OUTCOMES: &str = "outcomes.csv";

fn compare_fields() -> Vec<Field> {
    vec![
        Field::new("plan", "Name of the plan", ""),
        Field::new("against", "Name of the plan it is held against", ""),
        Field::new("outcome", "Id of the contingency or measure", ""),
        Field::new("unit", "Unit of the difference, its interval and its errors", ""),
        Field::new(
            "stat",
            "Which figure differs: the share of runs in which a contingency happened; its mean onset over the runs in which it \
             happened under both plans; the mean of a measure; the median of its differences run by run",
            "",
        ),
        Field::new(
            "difference",
            "The plan's figure less that of the plan it is held against; empty if no run has one",
            "unit",
        ),
        Field::new("ci_lo", "Lower end of its interval at 95 %, taken alone", "unit"),
        Field::new("ci_hi", "Upper end of its interval at 95 %, taken alone", "unit"),
        Field::new("p", "Probability of such a difference if there were none: McNemar mid-p, or paired t", "1"),
        Field::new("p_exact", "The same by McNemar's exact test, for a share", "1"),
        Field::new("p_holm", "The same as `p`, adjusted by Holm's method for all tests in this file", "1"),
        Field::new(
            "shown",
            "`better` or `worse` if p_holm is below 5 %, `changed` where the scenario names no better direction, else `not shown`",
            "",
        ),
        Field::new("runs_better", "Share of runs in which the plan is better", "1"),
        Field::new("runs_same", "Share of runs in which both plans have the same value", "1"),
        Field::new("runs_worse", "Share of runs in which the plan is worse", "1"),
        Field::new("se_paired", "Standard error of the difference", "unit"),
        Field::new("se_unpaired", "Standard error it would have had on separate runs for each plan", "unit"),
        Field::new("pairing_gain", "The second divided by the first", "1"),
        Field::new("n", "Number of runs it rests on", "1"),
        Field::new(
            "method",
            "How the interval was found: `tango` score for paired shares, `paired-t`, or `order-statistic` of the differences",
            "",
        ),
        Field::new(
            "variance_reduction",
            "The square of pairing_gain: as many times more runs would separate runs need for the same precision",
            "1",
        ),
        Field::new("correlation", "How the values of both plans move together from run to run", "1"),
        Field::new(
            "pairing_gain_most",
            "The largest pairing_gain that any pairing could give plans with these spreads; empty for no bound",
            "1",
        ),
    ]
}

fn plans_fields() -> Vec<Field> {
    vec![
        Field::new("plan", "Name of the plan", ""),
        Field::new("outcome", "Id of the contingency or measure; `all` for all contingencies together", ""),
        Field::new("unit", "Unit of the value and its interval", ""),
        Field::new(
            "stat",
            "Which figure: `share` of runs in which a contingency happened, `onset_p50` among those; `mean` and `p50` of a \
             measure; `regret_mean`, by how much the plan is worse than the best plan of each run, on average; `share_best`, \
             the share of runs in which no plan is better; `satisficing`, the share of runs in which no contingency happened",
            "",
        ),
        Field::new("value", "The figure; empty if no run has one", "unit"),
        Field::new("ci_lo", "Lower end of its interval at 95 %", "unit"),
        Field::new("ci_hi", "Upper end of its interval at 95 %", "unit"),
        Field::new("n", "Number of runs it rests on", "1"),
        Field::new("method", "How the interval was found: `wilson`, `normal` or `order-statistic`", ""),
    ]
}

fn verdicts_fields() -> Vec<Field> {
    let of_kind = |name: &str, what: &str| {
        let meaning = format!("Contingencies and measures in which the plan is shown {what}, with spaces between them");
        Field::new(name, meaning, "")
    };
    vec![
        Field::new("plan", "Name of the plan", ""),
        Field::new("against", "Name of the plan it is held against", ""),
        of_kind("better", "to be better"),
        of_kind("worse", "to be worse"),
        of_kind("changed", "to differ, though neither direction is better"),
        of_kind("not_shown", "neither way: no difference shown at this number of runs"),
        Field::new(
            "dominated_by",
            "Plans that are shown to be better in at least one contingency or measure, and worse in none",
            "",
        ),
    ]
}

fn outcomes_fields() -> Vec<Field> {
    vec![
        Field::new("outcome", "Id of the contingency or measure", ""),
        Field::new("kind", "`contingency` or `measure`", ""),
        Field::new("title", "What it means", ""),
        Field::new("unit", "Unit of its values", ""),
        Field::new("better", "`lower`, `higher`, or empty where the scenario does not say", ""),
    ]
}

/// The files of a comparison, in a folder that will do.
pub struct CompareFiles {
    folder: Folder,
}

impl CompareFiles {
    /// Opens the folder before the first run, so that one that will not do is found out early.
    ///
    /// # Errors
    ///
    /// When the folder holds the files of others, or cannot be written to.
    pub fn open(folder: &Path) -> Result<Self, FolderError> {
        Ok(CompareFiles { folder: Folder::open_for(folder, FORMAT)? })
    }

    /// Writes all files and gives them their names. Returns their paths, the manifest's last.
    ///
    /// # Errors
    ///
    /// When a file cannot be written or renamed.
    pub fn publish(
        mut self,
        findings: &Findings,
        ledger: &Ledger,
        manifest: StudyManifest,
    ) -> Result<Vec<PathBuf>, FolderError> {
        write_differences(&mut self.folder, findings)?;
        write_plans(&mut self.folder, findings)?;
        write_verdicts(&mut self.folder, findings)?;
        write_outcomes(&mut self.folder, findings)?;
        write_ledger(&mut self.folder, ledger)?;
        let files = [
            (COMPARE, compare_fields()),
            (PLANS, plans_fields()),
            (VERDICTS, verdicts_fields()),
            (OUTCOMES, outcomes_fields()),
            (evidence::NAME, evidence::fields()),
        ];
        write_entries(&mut self.folder, &files)?;
        self.folder.publish(|files| StudyManifest { files, ..manifest.clone() })
    }
}

fn write_differences(folder: &mut Folder, findings: &Findings) -> Result<(), FolderError> {
    let mut table = folder.table(COMPARE, &compare_fields())?;
    let against = &findings.plans[findings.reference].name;
    for plan in &findings.plans {
        for difference in &plan.differences {
            let subject = &findings.subjects[difference.subject];
            let hours = difference.stat == Stat::Onset;
            let unit = if hours { Unit::Hours.word() } else { unit_of(subject) };
            let n = difference.n();
            let share = |runs: u64| (n > 0).then(|| runs as f64 / n as f64);
            let sides = difference.better_and_worse(subject);
            table.row([
                Cell::Text(&plan.name),
                Cell::Text(against),
                Cell::Text(&subject.id),
                Cell::Text(unit),
                Cell::Text(difference.stat.word()),
                Cell::Maybe(difference.value),
                Cell::Maybe(difference.interval.map(|interval| interval.low)),
                Cell::Maybe(difference.interval.map(|interval| interval.high)),
                Cell::Maybe(difference.p),
                Cell::Maybe(difference.p_exact),
                Cell::Maybe(difference.p_holm),
                Cell::Text(if difference.p.is_some() { difference.shown.word() } else { "" }),
                Cell::Maybe(sides.and_then(|(better, _)| share(better))),
                Cell::Maybe(share(difference.same)),
                Cell::Maybe(sides.and_then(|(_, worse)| share(worse))),
                Cell::Maybe(difference.error),
                Cell::Maybe(difference.unpaired),
                Cell::Maybe(difference.gain()),
                Cell::Whole(n),
                Cell::Text(difference.stat.method()),
                Cell::Maybe(difference.gain().map(|gain| gain * gain)),
                Cell::Maybe(difference.correlation),
                Cell::Maybe(difference.most_gain),
            ])?;
        }
    }
    folder.keep(table)
}

/// The unit in which a subject's differences are written.
fn unit_of(subject: &Subject) -> &'static str {
    // The difference of two truths is a number between -1 and 1.
    match subject.unit {
        Unit::Truth => Unit::Number.word(),
        _ => subject.unit.word(),
    }
}

/// One row of `plans.csv`.
struct Figure {
    unit: &'static str,
    stat: &'static str,
    value: Option<f64>,
    interval: Option<Interval>,
    n: u64,
    method: &'static str,
}

impl Figure {
    fn share(stat: &'static str, share: Share) -> Self {
        let value = (share.n > 0).then(|| share.value());
        Figure { unit: "1", stat, value, interval: share.wilson(), n: share.n, method: "wilson" }
    }

    fn mean(unit: &'static str, stat: &'static str, moments: &Moments) -> Self {
        let (value, interval, n) = (moments.mean(), moments.interval(), moments.n());
        Figure { unit, stat, value, interval, n, method: "normal" }
    }

    fn median(unit: &'static str, stat: &'static str, found: Option<(f64, Option<Interval>, u64)>) -> Self {
        let (value, interval, n) = found.map_or((None, None, 0), |(value, interval, n)| (Some(value), interval, n));
        Figure { unit, stat, value, interval, n, method: "order-statistic" }
    }

    fn of(subject: &Subject, level: &Level) -> Vec<Figure> {
        let unit = unit_of(subject);
        let mut figures = if subject.contingency {
            vec![Figure::share("share", level.share), Figure::median("h", "onset_p50", level.onset)]
        } else {
            vec![Figure::mean(unit, "mean", &level.moments), Figure::median(unit, "p50", level.median)]
        };
        if subject.better_higher.is_some() {
            figures.extend([Figure::mean(unit, "regret_mean", &level.regret), Figure::share("share_best", level.best)]);
        }
        figures
    }
}

fn write_plans(folder: &mut Folder, findings: &Findings) -> Result<(), FolderError> {
    let mut table = folder.table(PLANS, &plans_fields())?;
    for plan in &findings.plans {
        let together = plan.spared.map(|spared| ("all", Figure::share("satisficing", spared)));
        let single = findings.subjects.iter().zip(&plan.levels).flat_map(|(subject, level)| {
            Figure::of(subject, level).into_iter().map(|figure| (subject.id.as_str(), figure))
        });
        for (outcome, figure) in together.into_iter().chain(single) {
            table.row([
                Cell::Text(&plan.name),
                Cell::Text(outcome),
                Cell::Text(figure.unit),
                Cell::Text(figure.stat),
                Cell::Maybe(figure.value),
                Cell::Maybe(figure.interval.map(|interval| interval.low)),
                Cell::Maybe(figure.interval.map(|interval| interval.high)),
                Cell::Whole(figure.n),
                Cell::Text(figure.method),
            ])?;
        }
    }
    folder.keep(table)
}

fn write_verdicts(folder: &mut Folder, findings: &Findings) -> Result<(), FolderError> {
    let mut table = folder.table(VERDICTS, &verdicts_fields())?;
    let against = &findings.plans[findings.reference].name;
    for (number, plan) in findings.plans.iter().enumerate() {
        let shown = |wanted: Shown| {
            let own = |stat| matches!(stat, Stat::Share | Stat::Mean);
            let differences = findings.tested(number).filter(|(_, found)| found.shown == wanted && own(found.stat));
            let ids: Vec<&str> = differences.map(|(subject, _)| subject.id.as_str()).collect();
            ids.join(" ")
        };
        let winners: Vec<&str> = plan.dominated_by.iter().map(|&winner| findings.plans[winner].name.as_str()).collect();
        let kinds = [Shown::Better, Shown::Worse, Shown::Changed, Shown::Nothing].map(shown);
        let names = if number == findings.reference { "" } else { against };
        table.cell(Cell::Text(&plan.name))?;
        table.cell(Cell::Text(names))?;
        table.row(kinds.iter().map(String::as_str).chain([winners.join("; ").as_str()]).map(Cell::Text))?;
    }
    folder.keep(table)
}

fn write_outcomes(folder: &mut Folder, findings: &Findings) -> Result<(), FolderError> {
    let mut table = folder.table(OUTCOMES, &outcomes_fields())?;
    for subject in &findings.subjects {
        let kind = if subject.contingency { "contingency" } else { "measure" };
        let better = subject.better_higher.map_or("", |higher| if higher { "higher" } else { "lower" });
        table.row([subject.id.as_str(), kind, &subject.title, unit_of(subject), better].map(Cell::Text))?;
    }
    folder.keep(table)
}
