//! What a comparison says on the screen: a table of differences, a verdict on each plan, its doubts, and a sentence to read out.

use super::evidence::{HIDDEN_COSTS, write_shares};
use super::style::{BAD, DIM, DOUBT, GOOD, HEADING, paint};
use super::words::{self, WIDTH, cut, padded, padded_left, plural, wrapped};
use crate::scenario::COST;
use crate::scenario::model::About;
use crate::study::compare::Subject;
use crate::study::findings::{Difference, Findings, Shown, Stat};
use crate::study::statistics::Interval;
use crate::world::{Shares, Unit};
use std::io::{self, Write};

/// Longest name of a plan in the table.
const NAME_ROOM: usize = 24;

/// Widths of the table's columns: level, difference, interval.
const LEVEL_ROOM: usize = 9;
const DIFFERENCE_ROOM: usize = 10;
const INTERVAL_ROOM: usize = 18;

/// Pairing that makes standard errors less than this many times smaller is not spoken of.
const WORTH_SAYING: f64 = 1.15;

/// A sentence names no more gains, or prices, than this.
const NAMED: usize = 3;

/// The results of a comparison, to be shown.
pub(super) struct Versus<'a> {
    pub(super) about: &'a About,
    pub(super) findings: &'a Findings,
    /// On what the numbers rest.
    pub(super) shares: Shares,
    /// Whether measures act on posts while nothing accurate is there to be hit.
    pub(super) hidden_costs: bool,
}

impl Versus<'_> {
    /// Says what was run.
    pub(super) fn write_heading(&self, id: &str, seed: u64, out: &mut impl Write) -> io::Result<()> {
        for line in wrapped(&format!("{id} · {}", self.about.title), WIDTH) {
            writeln!(out, "{}", paint(HEADING, &line))?;
        }
        for line in wrapped(&self.about.question, WIDTH) {
            writeln!(out, "{line}")?;
        }
        let plans = plural(self.findings.plans.len() as u64, "plan");
        let extent = format!("{plans} on the same {}, seed {seed}", plural(self.findings.runs, "run"));
        writeln!(out, "{}\n", paint(DIM, &extent))
    }

    /// Shows everything else.
    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        self.write_table(out)?;
        self.write_verdicts(out)?;
        self.write_doubts(out)?;
        write_shares(&self.shares, out)?;
        self.write_sentence(out)
    }

    fn reference(&self) -> &str {
        &self.findings.plans[self.findings.reference].name
    }

    /// What plans are called in the table: their names, or where those are too long their numbers and as much of the names as fits.
    fn labels(&self) -> Vec<String> {
        let names = self.findings.plans.iter().map(|plan| plan.name.as_str());
        if names.clone().all(|name| words::width(name) <= NAME_ROOM) {
            return names.map(str::to_owned).collect();
        }
        let digits = self.findings.plans.len().to_string().len();
        let numbered =
            |(place, name): (usize, &str)| format!("{} {name}", padded_left(&(place + 1).to_string(), digits));
        names.enumerate().map(numbered).collect()
    }

    fn write_table(&self, out: &mut impl Write) -> io::Result<()> {
        let findings = self.findings;
        let labels = self.labels();
        let longest = labels.iter().map(|label| words::width(label)).max().unwrap_or(0);
        let room = longest.clamp(4, NAME_ROOM);
        if longest > NAME_ROOM {
            let digits = findings.plans.len().to_string().len();
            for (place, plan) in findings.plans.iter().enumerate() {
                for (line, text) in wrapped(&plan.name, WIDTH - digits - 3).iter().enumerate() {
                    let number = if line == 0 { (place + 1).to_string() } else { String::new() };
                    writeln!(out, "  {} {text}", padded_left(&number, digits))?;
                }
            }
            writeln!(out)?;
        }
        let heading = format!(
            "{}{}  {}  {}  {}",
            " ".repeat(2 + room + 2),
            padded_left("", LEVEL_ROOM),
            padded_left("change", DIFFERENCE_ROOM),
            padded("95 % interval", INTERVAL_ROOM),
            "shown",
        );
        writeln!(out, "{}", paint(DIM, &heading))?;
        for (position, subject) in findings.subjects.iter().enumerate() {
            for line in wrapped(&subject.title, WIDTH) {
                writeln!(out, "{}", paint(HEADING, &line))?;
            }
            for (plan, label) in findings.plans.iter().zip(&labels) {
                let level = &plan.levels[position];
                let mean = level.moments.mean();
                let level = mean.map_or("none".to_owned(), |mean| amount(mean, subject, subject.contingency));
                let name = padded(&cut(label, room), room);
                let own = |difference: &&Difference| {
                    difference.subject == position && matches!(difference.stat, Stat::Share | Stat::Mean)
                };
                let rest = plan.differences.iter().find(own).map(|difference| change(difference, subject));
                let rest = rest.unwrap_or_default();
                writeln!(out, "{}", format!("  {name}  {}  {rest}", padded_left(&level, LEVEL_ROOM)).trim_end())?;
            }
        }
        Ok(())
    }

    /// For each plan, where it is better, worse, or not shown to be either.
    fn write_verdicts(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "\n{}", paint(HEADING, &format!("Against {}", self.reference())))?;
        for (number, plan) in self.findings.plans.iter().enumerate() {
            if number == self.findings.reference {
                continue;
            }
            for (line, text) in
                wrapped(&format!("{}: {}", plan.name, self.verdict(number)), WIDTH - 4).iter().enumerate()
            {
                writeln!(out, "{}{text}", if line == 0 { "  " } else { "    " })?;
            }
        }
        for plan in &self.findings.plans {
            let Some(&winner) = plan.dominated_by.first() else { continue };
            let winner = &self.findings.plans[winner].name;
            let text = format!("{} is dominated: {winner} is better somewhere and nowhere worse.", plan.name);
            for line in wrapped(&text, WIDTH - 4) {
                writeln!(out, "  {}", paint(DIM, &line))?;
            }
        }
        Ok(())
    }

    fn verdict(&self, plan: usize) -> String {
        let of = |wanted: Shown, stat: fn(Stat) -> bool| {
            let found = self.findings.tested(plan).filter(|(_, found)| found.shown == wanted && stat(found.stat));
            found.map(|(subject, _)| subject.id.as_str()).collect::<Vec<&str>>()
        };
        let main = |stat| matches!(stat, Stat::Share | Stat::Mean);
        let onset = |stat| stat == Stat::Onset;
        let not_shown = format!("no difference shown at {} on", plural(self.findings.runs, "run"));
        let parts = [
            ("better on", of(Shown::Better, main)),
            ("later to come", of(Shown::Better, onset)),
            ("worse on", of(Shown::Worse, main)),
            ("sooner to come", of(Shown::Worse, onset)),
            ("different on", of(Shown::Changed, main)),
            (not_shown.as_str(), of(Shown::Nothing, main)),
        ];
        let said: Vec<String> = parts
            .iter()
            .filter(|(_, ids)| !ids.is_empty())
            .map(|(words, ids)| format!("{words} {}", ids.join(", ")))
            .collect();
        if said.is_empty() { "nothing to compare".to_owned() } else { said.join("; ") }
    }

    fn write_doubts(&self, out: &mut impl Write) -> io::Result<()> {
        let findings = self.findings;
        let mut remarks = vec![format!(
            "Shown are differences that hold at 5 % for all {} together (Holm); each interval stands alone.",
            plural(findings.family as u64, "test")
        )];
        let mut gains: Vec<f64> =
            findings.plans.iter().flat_map(|plan| &plan.differences).filter_map(Difference::gain).collect();
        gains.sort_by(f64::total_cmp);
        if let Some(middle) = gains.get(gains.len() / 2).filter(|middle| **middle >= WORTH_SAYING) {
            remarks.push(format!(
                "Running plans on the same worlds makes standard errors {middle:.1} times smaller, in the middle of {} figures.",
                gains.len()
            ));
        }
        let mut doubts = Vec::new();
        if findings.unfinished > 0 {
            let runs = plural(findings.unfinished, "run");
            doubts.push(format!("{runs} not finished under every plan, and left out"));
        }
        if !findings.missing.is_empty() {
            doubts.push(format!("not in all plans, so not compared: {}", findings.missing.join(", ")));
        }
        writeln!(out)?;
        for line in remarks.iter().flat_map(|remark| wrapped(remark, WIDTH)) {
            writeln!(out, "{}", paint(DIM, &line))?;
        }
        for line in doubts.iter().flat_map(|doubt| wrapped(doubt, WIDTH)) {
            writeln!(out, "{}", paint(DOUBT, &line))?;
        }
        Ok(())
    }

    /// A sentence to read out, about the plan that does best in the outcome named first.
    fn write_sentence(&self, out: &mut impl Write) -> io::Result<()> {
        let Some(plan) = self.foremost() else {
            return Ok(());
        };
        writeln!(out)?;
        for line in wrapped(&self.sentence(plan), WIDTH) {
            writeln!(out, "{line}")?;
        }
        Ok(())
    }

    /// The plan with most gains shown against the reference; of several, the better one in the outcome named first.
    fn foremost(&self) -> Option<usize> {
        let rank = |&plan: &usize| {
            let gains = self.findings.tested(plan).filter(|(_, found)| found.shown == Shown::Better).count();
            let first = &self.findings.subjects.first()?.better_higher;
            let level = self.findings.plans[plan].levels.first()?.moments.mean()?;
            Some((gains, if *first == Some(true) { level } else { -level }))
        };
        (0..self.findings.plans.len())
            .filter(|&plan| plan != self.findings.reference)
            .filter_map(|plan| Some((plan, rank(&plan)?)))
            // Of equals, the plan named first.
            .reduce(|best, next| {
                let greater = next.1.0 > best.1.0 || (next.1.0 == best.1.0 && next.1.1 > best.1.1);
                if greater { next } else { best }
            })
            .map(|(plan, _)| plan)
    }

    fn sentence(&self, plan: usize) -> String {
        let main = |found: &&(&Subject, &Difference)| matches!(found.1.stat, Stat::Share | Stat::Mean);
        let tested: Vec<(&Subject, &Difference)> = self.findings.tested(plan).collect();
        let of = |wanted: Shown| tested.iter().filter(main).filter(move |(_, found)| found.shown == wanted);
        let name = &self.findings.plans[plan].name;
        let runs = plural(self.findings.runs, "simulated run");
        let gains = named(&of(Shown::Better).copied().collect::<Vec<_>>());
        let prices = named(&of(Shown::Worse).copied().collect::<Vec<_>>());
        let nothing: Vec<String> = of(Shown::Nothing).map(|(subject, _)| quoted(subject)).collect();
        let against = self.reference();
        let mut text = if gains.is_empty() {
            format!(
                "On the same {runs} under these assumptions, plan {name} shows no gain over plan {against} in any outcome"
            )
        } else {
            format!(
                "On the same {runs} under these assumptions, the gain of plan {name} over plan {against} is in {gains}"
            )
        };
        if !gains.is_empty() && !nothing.is_empty() {
            text += &format!("; not in {}, where no difference is shown", joined(&nothing, "or"));
        }
        text.push('.');
        if !prices.is_empty() {
            text += &format!(" The price is in {prices}.");
        }
        if self.hidden_costs {
            text += " ";
            text += HIDDEN_COSTS;
        }
        if self.about.illustrative {
            text += " The scenario is illustrative: its numbers are examples, not findings.";
        }
        text
    }
}

/// `“Time the page was dark” (29 min less, 27 to 31 min)`.
fn in_words((subject, difference): &(&Subject, &Difference)) -> String {
    let (Some(value), Some(interval)) = (difference.value, difference.interval) else {
        return quoted(subject);
    };
    let word = if value < 0.0 { "less" } else { "more" };
    let (near, far) = (interval.low.abs().min(interval.high.abs()), interval.low.abs().max(interval.high.abs()));
    let text = if subject.contingency {
        let points = |share: f64| format!("{:.*}", usize::from(share < 0.0995), share * 100.0);
        let word = if value < 0.0 { "fewer" } else { "more" };
        format!("{} points {word} of the runs, {} to {}", points(value.abs()), points(near), points(far))
    } else {
        let say = |value: f64| amount(value, subject, false);
        let per_run = if subject.id == COST { " a run" } else { " on average" };
        format!("{} {word}{per_run}, {} to {}", say(value.abs()), say(near), say(far))
    };
    format!("{} ({text})", quoted(subject))
}

fn quoted(subject: &Subject) -> String {
    format!("\u{201c}{}\u{201d}", subject.title.trim_end_matches('.'))
}

/// What a sentence says of several differences: the contingency and the measures named first with their figures, the rest by id.
fn named(found: &[(&Subject, &Difference)]) -> String {
    type Found<'a> = Vec<(&'a Subject, &'a Difference)>;
    let (contingencies, measures): (Found, Found) = found.iter().copied().partition(|(subject, _)| subject.contingency);
    let with_figures = NAMED - measures.len().min(NAMED - 1);
    let chosen: Vec<_> = contingencies.iter().take(with_figures).chain(&measures).take(NAMED).collect();
    let rest: Vec<String> = found
        .iter()
        .filter(|(subject, _)| !chosen.iter().any(|(other, _)| std::ptr::eq(*other, *subject)))
        .map(|(subject, _)| subject.id.clone())
        .collect();
    let mut texts: Vec<String> = chosen.iter().map(|found| in_words(found)).collect();
    if rest.is_empty() {
        return joined(&texts, "and");
    }
    texts.push(format!("also in {}", joined(&rest, "and")));
    joined(&texts, "and")
}

/// `a, b and c`.
fn joined(texts: &[String], word: &str) -> String {
    match texts.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} {word} {last}", rest.join(", ")),
        _ => texts.join(""),
    }
}

/// Difference, interval and what is shown, in columns.
fn change(difference: &Difference, subject: &Subject) -> String {
    let Some(value) = difference.value else {
        return "no run to compare".to_owned();
    };
    let shown = match difference.shown {
        Shown::Better => paint(GOOD, "better"),
        Shown::Worse => paint(BAD, "worse"),
        Shown::Changed => paint(HEADING, "changed"),
        Shown::Nothing => paint(DIM, "not shown"),
    };
    let interval = difference.interval.map(|interval| range(interval, subject)).unwrap_or_default();
    let signed = padded_left(&signed(value, subject), DIFFERENCE_ROOM);
    format!("{signed}  {}  {shown}", padded(&cut(&interval, INTERVAL_ROOM), INTERVAL_ROOM))
}

fn signed(value: f64, subject: &Subject) -> String {
    let text = amount(value, subject, false);
    let signed = if value > 0.0 { format!("+{text}") } else { text };
    // A number too small to be written out in its column.
    if words::width(&signed) > DIFFERENCE_ROOM { format!("{value:+.1e}") } else { signed }
}

/// An interval whose ends share a unit.
fn range(interval: Interval, subject: &Subject) -> String {
    if subject.contingency {
        return format!("{:.1} to {:.1}", interval.low * 100.0, interval.high * 100.0);
    }
    let (low, high) = (amount(interval.low, subject, false), amount(interval.high, subject, false));
    match (low.rsplit_once(' '), high.rsplit_once(' ')) {
        (Some((start, one)), Some((_, other))) if one == other => format!("{start} to {high}"),
        _ => format!("{low} to {high}"),
    }
}

/// A level or a difference in the unit of its subject: a share in percent, the difference of two shares in points.
fn amount(value: f64, subject: &Subject, level: bool) -> String {
    if !subject.contingency {
        return words::value(value, if subject.unit == Unit::Truth { &Unit::Number } else { &subject.unit });
    }
    if level { words::percent_in_column(value) } else { format!("{:.1} pt", value * 100.0) }
}
