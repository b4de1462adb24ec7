//! What a batch says on the screen: checks, the table of odds, a sentence to quote, and its doubts.

use super::evidence::{HIDDEN_COSTS, write_shares};
use super::style::{BAD, DIM, DOUBT, GOOD, HEADING, paint};
use super::words::{self, WIDTH, cut, padded, padded_left, plural, wrapped};
use crate::scenario::model::About;
use crate::study::expectation::{Reading, Verdict};
use crate::study::{Columns, ContingencyTally, Tally};
use crate::world::Shares;
use std::io::{self, Write};

/// A half-width of more than this many points is a word of doubt worth.
const DOUBTFUL_POINTS: f64 = 1.0;

/// Below this many runs in which something happened, little can be said about when and how badly.
const FEW: u64 = 10;

/// Longest name of a plan in the table.
const NAME_ROOM: usize = 24;

/// Widths of the table's columns: share, interval, onset.
const SHARE_ROOM: usize = 7;
const INTERVAL_ROOM: usize = 18;
const ONSET_ROOM: usize = 12;

/// The results of a batch, to be shown.
pub(super) struct Odds<'a> {
    pub(super) about: &'a About,
    pub(super) columns: &'a Columns,
    pub(super) plans: Vec<PlanOdds<'a>>,
    /// One for each of the scenario's checks; nothing for one about a plan that was not run.
    pub(super) verdicts: &'a [Option<Verdict>],
    /// On what the numbers rest.
    pub(super) shares: Shares,
    /// Whether measures act on posts while nothing accurate is there to be hit.
    pub(super) hidden_costs: bool,
    pub(super) runs: u64,
}

/// A plan and what its runs add up to.
pub(super) struct PlanOdds<'a> {
    pub(super) name: &'a str,
    pub(super) tally: &'a Tally,
}

impl Odds<'_> {
    /// Says what was run.
    pub(super) fn write_heading(&self, id: &str, seed: u64, out: &mut impl Write) -> io::Result<()> {
        for line in wrapped(&format!("{id} · {}", self.about.title), WIDTH) {
            writeln!(out, "{}", paint(HEADING, &line))?;
        }
        for line in wrapped(&self.about.question, WIDTH) {
            writeln!(out, "{line}")?;
        }
        let plans = plural(self.plans.len() as u64, "plan");
        let extent = format!("{plans}, {} each, seed {seed}", plural(self.runs, "run"));
        writeln!(out, "{}\n", paint(DIM, &extent))
    }

    /// Shows everything else.
    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        self.write_checks(out)?;
        self.write_table(out)?;
        self.write_doubts(out)?;
        write_shares(&self.shares, out)?;
        self.write_sentence(out)
    }

    fn write_checks(&self, out: &mut impl Write) -> io::Result<()> {
        for verdict in self.verdicts.iter().flatten() {
            write_verdict(verdict, out)?;
        }
        let left_out = self.verdicts.iter().filter(|verdict| verdict.is_none()).count() as u64;
        if left_out > 0 {
            let line = format!("– {} not made: about plans that were not run", plural(left_out, "check"));
            writeln!(out, "{}", paint(DIM, &line))?;
        }
        if !self.verdicts.is_empty() {
            writeln!(out)?;
        }
        Ok(())
    }

    fn write_table(&self, out: &mut impl Write) -> io::Result<()> {
        if self.columns.contingencies.is_empty() {
            return writeln!(out, "The scenario names no contingency; its measures are in summary.csv.");
        }
        let longest = self.plans.iter().map(|plan| words::width(plan.name)).max().unwrap_or(0);
        let name_room = longest.clamp(4, NAME_ROOM);
        let fixed = 2 + name_room + 2 + SHARE_ROOM + 2 + INTERVAL_ROOM + 2 + 2 + ONSET_ROOM;
        let bar_room = WIDTH.saturating_sub(fixed).min(20);
        let heading = format!(
            "{}{}  {}  {}  {}",
            " ".repeat(2 + name_room + 2),
            padded_left("odds", SHARE_ROOM),
            padded("95 % interval", INTERVAL_ROOM),
            " ".repeat(bar_room),
            "median onset",
        );
        writeln!(out, "{}", paint(DIM, &cut(&heading, WIDTH)))?;
        for (position, column) in self.columns.contingencies.iter().enumerate() {
            for line in wrapped(&column.title, WIDTH) {
                writeln!(out, "{}", paint(HEADING, &line))?;
            }
            for plan in &self.plans {
                let found = &plan.tally.contingencies[position];
                let name = padded(&cut(plan.name, name_room), name_room);
                writeln!(out, "  {name}  {}", odds_in_columns(found, bar_room))?;
            }
        }
        Ok(())
    }

    fn write_doubts(&self, out: &mut impl Write) -> io::Result<()> {
        let shares = || self.plans.iter().flat_map(|plan| &plan.tally.contingencies).map(|found| found.share);
        let worst = shares().max_by(|a, b| a.half_width_at(a.n).total_cmp(&b.half_width_at(b.n)));
        let mut doubts = Vec::new();
        if let Some(share) = worst {
            let points = share.half_width_at(share.n) * 100.0;
            if points > DOUBTFUL_POINTS {
                let more = self.runs.saturating_mul(10);
                let then = share.half_width_at(share.n.saturating_mul(10)) * 100.0;
                let now = plural(self.runs, "run");
                doubts.push(format!("{now}: ± {points:.1} points at worst; --runs {more} gives ± {then:.1}"));
            }
        }
        if shares().any(|share| (1..FEW).contains(&share.hits)) {
            doubts.push(format!("what happened in fewer than {FEW} runs says little about its onset and severity"));
        }
        let unfinished: u64 = self.plans.iter().map(|plan| plan.tally.unfinished).sum();
        if unfinished > 0 {
            let runs = plural(unfinished, "run");
            doubts.push(format!("{runs} stopped because events bred events without end, and not counted"));
        }
        if !doubts.is_empty() {
            writeln!(out)?;
        }
        for line in doubts.iter().flat_map(|doubt| wrapped(doubt, WIDTH)) {
            writeln!(out, "{}", paint(DOUBT, &line))?;
        }
        Ok(())
    }

    /// A sentence a planner can read out, about the contingency named first: it carries its own uncertainty.
    fn write_sentence(&self, out: &mut impl Write) -> io::Result<()> {
        let Some(column) = self.columns.contingencies.first() else {
            return Ok(());
        };
        let share_of = |plan: &PlanOdds| plan.tally.contingencies[0].share;
        let by_share = |a: &&PlanOdds, b: &&PlanOdds| share_of(a).value().total_cmp(&share_of(b).value());
        // Of plans that do equally well, the one named first.
        let (Some(best), Some(worst)) = (self.plans.iter().min_by(by_share), self.plans.iter().rev().max_by(by_share))
        else {
            return Ok(());
        };
        let (Some(low), Some(high)) = (share_of(best).wilson(), share_of(worst).wilson()) else {
            return Ok(());
        };
        let title = column.title.trim_end_matches('.');
        let worst_share = share_of(worst);
        let mut sentence = format!(
            "In {} of {} under these assumptions, \u{201c}{title}\u{201d} came true",
            words::share(worst_share.value(), high),
            plural(worst_share.n, "simulated run"),
        );
        if self.plans.len() > 1 && best.name != worst.name {
            let others = words::share(share_of(best).value(), low);
            sentence += &format!(
                " with plan {} (the worst of {}); with plan {} (the best) it was {others}",
                worst.name,
                self.plans.len(),
                best.name,
            );
        }
        sentence.push('.');
        if best.name != worst.name && low.high >= high.low {
            sentence += " The intervals overlap: the order of the plans is not settled by this table.";
        }
        if self.hidden_costs {
            sentence += " ";
            sentence += HIDDEN_COSTS;
        }
        if self.about.illustrative {
            sentence += " The scenario is illustrative: its numbers are examples, not findings.";
        }
        writeln!(out)?;
        for line in wrapped(&sentence, WIDTH) {
            writeln!(out, "{line}")?;
        }
        Ok(())
    }
}

/// A sign, the statement, what its figures are, and a word of doubt.
fn write_verdict(verdict: &Verdict, out: &mut impl Write) -> io::Result<()> {
    let sign = if verdict.holds { paint(GOOD, "✓") } else { paint(BAD, "✗") };
    let several = verdict.figures.len() > 1;
    let figures = verdict.figures.iter().map(|figure| figure_in_words(figure, several));
    let doubt = verdict.close.then(|| "too close to call at this number of runs".to_owned());
    let remarks: Vec<String> = figures.chain(doubt.clone()).collect();
    let beside = remarks.join("  ");
    let paint_doubt = |text: &str| match &doubt {
        Some(doubt) => text.replace(doubt, &paint(DOUBT, doubt)),
        None => text.to_owned(),
    };
    if 4 + words::width(&verdict.text) + words::width(&beside) <= WIDTH {
        writeln!(out, "{sign} {}  {}", verdict.text, paint_doubt(&beside))?;
    } else {
        // A figure stays on one line.
        let statement = verdict.text.replace(", ", ",\u{a0}");
        for (position, line) in wrapped(&statement, WIDTH - 4).iter().enumerate() {
            let before = if position == 0 { format!("{sign} ") } else { " ".repeat(4) };
            writeln!(out, "{before}{line}")?;
        }
        for remark in &remarks {
            writeln!(out, "    {}", paint_doubt(remark))?;
        }
    }
    if let Some(because) = verdict.because.as_ref().filter(|_| !verdict.holds) {
        for line in wrapped(&format!("expected because: {because}"), WIDTH - 4) {
            writeln!(out, "    {}", paint(DIM, &line))?;
        }
    }
    Ok(())
}

/// Share, interval, bar and median onset of one contingency under one plan.
fn odds_in_columns(found: &ContingencyTally, bar_room: usize) -> String {
    let Some(interval) = found.share.wilson() else {
        return "no run counts".to_owned();
    };
    let share = padded_left(&words::percent_in_column(found.share.value()), SHARE_ROOM);
    let interval = padded(&words::percent_interval(interval, 1), INTERVAL_ROOM);
    let onset = found.onset.quantile(0.5).map(words::hours).unwrap_or_default();
    let bar = padded(&bar(found.share.value(), bar_room), bar_room);
    format!("{share}  {interval}  {bar}  {}", padded_left(&onset, ONSET_ROOM)).trim_end().to_owned()
}

/// A bar in eighths of a column.
fn bar(share: f64, room: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = (share * room as f64 * 8.0).round() as usize;
    // What happened at all must show.
    let eighths = if share > 0.0 { eighths.max(1) } else { eighths };
    format!("{}{}", "█".repeat(eighths / 8), EIGHTHS[eighths % 8])
}

/// `3.1 % (2.4 to 4.0 %)`, or with its name where a statement speaks of several.
fn figure_in_words(figure: &Reading, named: bool) -> String {
    let text = match (figure.value, figure.interval) {
        (None, _) => "in no run".to_owned(),
        (Some(value), Some(interval)) if figure.share => words::share(value, interval),
        (Some(value), Some(interval)) if interval.low != interval.high => {
            let say = |value| words::value(value, &figure.unit);
            format!("{} ({} to {})", say(value), say(interval.low), say(interval.high))
        }
        (Some(value), _) => words::value(value, &figure.unit),
    };
    if named { format!("{} {text}", figure.text) } else { text }
}
