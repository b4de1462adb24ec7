//! What a choice says on the screen: the frontier, what each response is worth, how sure the choice is, and a sentence.

use super::evidence::HIDDEN_COSTS;
use super::style::{DIM, DOUBT, GOOD, HEADING, paint};
use super::words::{self, WIDTH, cut, padded, padded_left, plural, wrapped};
use crate::scenario::model::About;
use crate::study::choose::{Choice, Goal, Judged, Marginal, Method, Terms};
use crate::study::statistics::Interval;
use crate::world::Unit;
use std::io::{self, Write};

/// Widths of the tables' columns.
const NAMES_ROOM: usize = 34;
const NUMBER_ROOM: usize = 8;
const INTERVAL_ROOM: usize = 20;

/// Adjusted probabilities below this show a difference.
const SHOWN: f64 = 0.05;

/// A choice, to be shown.
pub(super) struct Portfolios<'a> {
    pub(super) about: &'a About,
    pub(super) title: &'a str,
    pub(super) goal: &'a Goal,
    pub(super) terms: &'a Terms,
    pub(super) responses: &'a [String],
    pub(super) choice: &'a Choice,
    /// Whether the scenario holds nothing on which the cost of measures against posts could show.
    pub(super) hidden_costs: bool,
}

impl Portfolios<'_> {
    /// Says what was asked.
    pub(super) fn write_heading(&self, id: &str, out: &mut impl Write) -> io::Result<()> {
        for line in wrapped(&format!("{id} · {}", self.about.title), WIDTH) {
            writeln!(out, "{}", paint(HEADING, &line))?;
        }
        let staff = self.terms.staff.map(|staff| format!(", {} at work at once", words::number(staff)));
        let limits = format!(
            "at most {}{}, seed {}",
            points(self.terms.budget),
            staff.unwrap_or_default(),
            self.terms.settings.seed
        );
        writeln!(out, "{}\n", paint(DIM, &limits))
    }

    /// Shows everything else.
    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        self.write_frontier(out)?;
        self.write_marginal(out)?;
        self.write_sureness(out)?;
        self.write_sentence(out)
    }

    fn chosen(&self) -> &Judged {
        &self.choice.judged[self.choice.chosen]
    }

    fn names(&self, portfolio: &[usize]) -> String {
        let names: Vec<&str> = portfolio.iter().map(|&response| self.responses[response].as_str()).collect();
        if names.is_empty() { "nothing".to_owned() } else { names.join(" + ") }
    }

    fn write_frontier(&self, out: &mut impl Write) -> io::Result<()> {
        for line in wrapped(&format!("Cost against \u{201c}{}\u{201d}", self.title), WIDTH) {
            writeln!(out, "{}", paint(HEADING, &line))?;
        }
        let figure = if self.goal.contingency { "odds" } else { "mean" };
        let heading = format!(
            "  {}  {}  {}  {}  95 % interval",
            padded("responses", NAMES_ROOM),
            padded_left("price", 5),
            padded_left("spend", 6),
            padded_left(figure, NUMBER_ROOM)
        );
        writeln!(out, "{}", paint(DIM, &heading))?;
        for (position, judged) in self.choice.judged.iter().enumerate() {
            let chosen = position == self.choice.chosen;
            if !judged.on_frontier && !chosen {
                continue;
            }
            let sign = if chosen { paint(GOOD, "▸") } else { " ".to_owned() };
            writeln!(
                out,
                "{sign} {}  {}  {}  {}  {}",
                padded(&cut(&self.names(&judged.portfolio), NAMES_ROOM), NAMES_ROOM),
                padded_left(&words::number(judged.price), 5),
                padded_left(&judged.spend.map(words::number).unwrap_or_default(), 6),
                padded_left(&judged.value.map(|value| self.amount(value)).unwrap_or_default(), NUMBER_ROOM),
                judged.interval.map(|interval| self.range(interval)).unwrap_or_default()
            )?;
            if let [Some(wrong), Some(held)] = judged.speech {
                let cost = format!(
                    "wrong actions {}, accurate posts held back {}",
                    words::value(wrong, &Unit::Number),
                    words::value(held, &Unit::Number)
                );
                writeln!(out, "    {}", paint(DIM, &cost))?;
            }
        }
        if self.hidden_costs {
            wrapped(HIDDEN_COSTS, WIDTH - 2).iter().try_for_each(|line| writeln!(out, "  {}", paint(DIM, line)))?;
        }
        Ok(())
    }

    fn write_marginal(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "\n{}", paint(HEADING, "What each response changes, beside the chosen others"))?;
        for marginal in &self.choice.marginal {
            let kind = match (marginal.chosen, marginal.within_budget) {
                (true, _) => "chosen",
                (false, true) => "left out",
                (false, false) => "over budget",
            };
            let shown = if marginal.p_holm.is_some_and(|p| p < SHOWN) { "" } else { "not shown" };
            writeln!(
                out,
                "  {}  {}  {}  {}  {}",
                padded(&cut(&self.responses[marginal.response], 20), 20),
                padded(kind, 11),
                padded_left(&self.change(marginal), NUMBER_ROOM + 2),
                padded(&marginal.interval.map(|interval| self.range(interval)).unwrap_or_default(), INTERVAL_ROOM),
                paint(DIM, shown)
            )?;
        }
        Ok(())
    }

    fn change(&self, marginal: &Marginal) -> String {
        let Some(difference) = marginal.difference else {
            return String::new();
        };
        let sign = if difference > 0.0 { "+" } else { "" };
        if self.goal.contingency {
            format!("{sign}{:.1} pt", difference * 100.0)
        } else {
            format!("{sign}{}", self.amount(difference))
        }
    }

    fn write_sureness(&self, out: &mut impl Write) -> io::Result<()> {
        let sure = &self.choice.sureness;
        let percent = words::number(sure.confidence * 100.0);
        let worth = if self.goal.contingency { points(sure.worth * 100.0) } else { self.amount(sure.worth) };
        let among = plural(sure.contenders as u64, "portfolio");
        let mut lines = Vec::new();
        match sure.method {
            Method::Sure { .. } if sure.settled => lines.push(format!(
                "Picked from {among} on {}: if it truly is better than each other one by {worth} or more, this picks it with a \
                 probability of at least {percent} % (KN). What differs by less counts as equal.",
                plural(sure.runs, "run")
            )),
            Method::Sure { .. } => {}
            Method::Budget { runs } => lines.push(format!(
                "Picked from {among} with {} in all, {} of them its own (OCBA). The chance that no other one is better by {worth} \
                 or more is put at {percent} %: an estimate, not a promise.",
                plural(runs, "run"),
                words::count(sure.runs)
            )),
        }
        lines.push(format!(
            "The figures above come from {} that had no part in the choice.",
            plural(self.choice.runs, "further run")
        ));
        let mut doubts = Vec::new();
        if !sure.settled {
            doubts.push(format!(
                "Not settled: after {} each, {} of {among} could still be the best. --max-runs or a larger --worth may settle it.",
                plural(sure.runs, "run"),
                sure.remaining
            ));
        }
        if !sure.exhaustive {
            doubts.push(
                "There are too many portfolios to try all: a search picked those. Of the ones it passed over nothing is promised."
                    .to_owned(),
            );
        }
        if !self.chosen().allowed {
            doubts.push("In the further runs the choice needs more staff than there are.".to_owned());
        }
        writeln!(out)?;
        for line in lines.iter().flat_map(|line| wrapped(line, WIDTH)) {
            writeln!(out, "{}", paint(DIM, &line))?;
        }
        for line in doubts.iter().flat_map(|doubt| wrapped(doubt, WIDTH)) {
            writeln!(out, "{}", paint(DOUBT, &line))?;
        }
        Ok(())
    }

    fn write_sentence(&self, out: &mut impl Write) -> io::Result<()> {
        let chosen = self.chosen();
        let nothing = self.choice.judged.iter().find(|judged| judged.portfolio.is_empty());
        let say = |judged: &Judged| match (judged.value, judged.interval) {
            (Some(value), Some(interval)) if self.goal.contingency => words::share(value, interval),
            (Some(value), Some(interval)) => format!("{} ({})", self.amount(value), self.range(interval)),
            _ => "unknown".to_owned(),
        };
        let title = self.title.trim_end_matches('.');
        let verb = if self.goal.contingency { "comes true in" } else { "is on average" };
        let mut sentence = format!(
            "For at most {}, take {} ({}): \u{201c}{title}\u{201d} then {verb} {}",
            points(self.terms.budget),
            self.names(&chosen.portfolio),
            points(chosen.price),
            say(chosen)
        );
        if let Some(nothing) = nothing.filter(|_| !chosen.portfolio.is_empty()) {
            sentence += &format!(", against {} with nothing done", say(nothing));
        }
        sentence += if self.goal.contingency {
            ", of simulated runs under these assumptions."
        } else {
            ", in simulated runs under these assumptions."
        };
        if self.about.illustrative {
            sentence += " The scenario is illustrative: its numbers are examples, not findings.";
        }
        writeln!(out)?;
        for line in wrapped(&sentence, WIDTH) {
            writeln!(out, "{line}")?;
        }
        let only: Vec<String> =
            chosen.portfolio.iter().map(|&response| format!("\"{}\"", self.responses[response])).collect();
        writeln!(out, "\nAs a plan of the scenario:\n  [plan.chosen]\n  only = [{}]", only.join(", "))
    }

    fn amount(&self, value: f64) -> String {
        if self.goal.contingency {
            return words::percent_in_column(value);
        }
        words::value(value, if self.goal.unit == Unit::Truth { &Unit::Number } else { &self.goal.unit })
    }

    fn range(&self, interval: Interval) -> String {
        if self.goal.contingency {
            return format!("{:.1} to {:.1}", interval.low * 100.0, interval.high * 100.0);
        }
        format!("{} to {}", self.amount(interval.low), self.amount(interval.high))
    }
}

/// `1 point`, `2.5 points`.
fn points(value: f64) -> String {
    format!("{} point{}", words::number(value), if value == 1.0 { "" } else { "s" })
}
