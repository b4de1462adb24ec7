//! One run as a timeline that a facilitator can read aloud.

use super::style::{DIM, GOOD, HEADING, paint};
use super::words::{self, WIDTH, padded, padded_left, wrapped};
use crate::engine::Time;
use crate::report::told_causes;
use crate::study::Columns;
use crate::world::{Entry, Model, Outcome, Status};
use std::io::{self, Write};

/// What is needed to tell a run.
pub(super) struct Story<'a> {
    pub(super) model: &'a Model,
    pub(super) columns: &'a Columns,
    /// True to show inner workings as well.
    pub(super) all: bool,
}

impl Story<'_> {
    /// Writes the timeline, then what came of it.
    pub(super) fn write(&self, entries: &[Entry], outcome: &Outcome, out: &mut impl Write) -> io::Result<()> {
        self.write_timeline(entries, out)?;
        self.write_contingencies(outcome, out)?;
        self.write_measures(outcome, out)?;
        if outcome.status != Status::Ok {
            writeln!(out, "\nThe run was stopped: events bred events without end.")?;
        }
        Ok(())
    }

    fn write_timeline(&self, entries: &[Entry], out: &mut impl Write) -> io::Result<()> {
        let told: Vec<&Entry> = entries.iter().filter(|entry| self.all || entry.story).collect();
        let causes = told_causes(&told, entries);
        let number_width = told.len().to_string().len();
        let labels: Vec<String> = told.iter().map(|entry| self.model.label(entry.time)).collect();
        let label_width = labels.iter().map(|label| words::width(label)).max().unwrap_or(0);
        let indent = number_width + label_width + 4;
        let room = WIDTH.saturating_sub(indent).max(24);
        for (position, (entry, label)) in told.iter().zip(&labels).enumerate() {
            let cause = causes[position].map(|line| format!("← {}", line + 1));
            let mut text = wrapped(&entry.text, room);
            if let Some(cause) = cause {
                let last = text.pop().unwrap_or_default();
                let gap = room.saturating_sub(words::width(&last) + words::width(&cause));
                if gap >= 2 {
                    text.push(format!("{last}{}{}", " ".repeat(gap), paint(DIM, &cause)));
                } else {
                    text.extend([last, paint(DIM, &padded_left(&cause, room))]);
                }
            }
            let number = padded_left(&(position + 1).to_string(), number_width);
            writeln!(out, "{}  {}  {}", paint(DIM, &number), padded(label, label_width), text[0])?;
            let because = entry.because.iter().flat_map(|because| wrapped(because, room)).map(|line| paint(DIM, &line));
            for line in text.into_iter().skip(1).chain(because) {
                writeln!(out, "{}{line}", " ".repeat(indent))?;
            }
        }
        Ok(())
    }

    fn write_contingencies(&self, outcome: &Outcome, out: &mut impl Write) -> io::Result<()> {
        if self.columns.contingencies.is_empty() {
            return Ok(());
        }
        writeln!(out, "\n{}", paint(HEADING, "What the planner feared"))?;
        for (column, found) in self.columns.contingencies.iter().zip(&outcome.contingencies) {
            let (sign, end) = match found.onset {
                None => (paint(GOOD, "did not happen"), String::new()),
                Some(onset) => (paint(HEADING, "happened      "), self.onset(onset, found.duration.hours())),
            };
            let lines = wrapped(&format!("{}{end}", column.title), WIDTH - 18);
            writeln!(out, "  {sign}  {}", lines[0])?;
            for line in &lines[1..] {
                writeln!(out, "{}{line}", " ".repeat(18))?;
            }
        }
        Ok(())
    }

    fn onset(&self, onset: Time, held: f64) -> String {
        format!(": {}, for {}", self.model.label(onset), words::hours(held))
    }

    fn write_measures(&self, outcome: &Outcome, out: &mut impl Write) -> io::Result<()> {
        if self.columns.measures.is_empty() {
            return Ok(());
        }
        writeln!(out, "\n{}", paint(HEADING, "Measures"))?;
        for (column, &value) in self.columns.measures.iter().zip(&outcome.measures) {
            let text = if value.is_nan() {
                "none".to_owned()
            } else {
                words::value(column.unit.external(value), &column.unit)
            };
            for (position, line) in wrapped(&column.title, WIDTH - 18).into_iter().enumerate() {
                writeln!(out, "  {}  {line}", padded_left(if position == 0 { &text } else { "" }, 14))?;
            }
        }
        Ok(())
    }
}
