//! The cells of a row, each read as what its column holds.

use super::{Draft, Reader, Texts, heading_of, is_edge, is_nothing, one_line};
use crate::intake::book::Row;
use crate::intake::cell::Cell;
use crate::intake::clock::{self, Day, Expect, Reading};
use crate::intake::field::Field;
use crate::intake::heading::normal;
use crate::intake::options::Clock;
use crate::intake::schedule::Asked;
use crate::intake::words::{self as vocabulary, Kind};

impl Reader<'_> {
    pub(super) fn kind(
        &mut self,
        row: &Row,
        cell: Option<(u32, String)>,
        kind: Option<Option<Kind>>,
        draft: &mut Draft,
    ) {
        if let Some((column, text)) = cell {
            if kind == Some(None) {
                let why = "the kind is not known; it is read as an inject that is given in any case";
                self.doubt(row, Some(column), &text, why, "write Inject, Contingency or Expected Action");
            }
            if !matches!(normal(&text).as_str(), "inject" | "standard") {
                draft.besides.push((heading_of(&self.columns, column), text));
            }
        }
        if let Some((column, trigger)) = self.one(row, Field::Trigger).map(|(column, cell)| (column, cell.text())) {
            draft.is_contingency |= vocabulary::kind(&trigger) == Some(Kind::Contingency);
            if !matches!(normal(&trigger).as_str(), "scheduled" | "manual") {
                draft.besides.push((heading_of(&self.columns, column), trigger));
            }
        }
    }

    pub(super) fn method(&mut self, row: &Row, draft: &mut Draft) {
        let Some((column, text)) = self.one(row, Field::Method).map(|(column, cell)| (column, cell.text())) else {
            return;
        };
        let (methods, unknown) = vocabulary::methods(&text);
        draft.method = methods.first().copied();
        if methods.len() == 1 && unknown.is_empty() {
            return;
        }
        draft.besides.push((heading_of(&self.columns, column), text.clone()));
        match draft.method {
            _ if is_nothing(&text) => {}
            None => self.doubt(
                row,
                Some(column),
                &text,
                "the way of delivery is not known",
                "write email, phone, text message, radio, in person, paper, social media, news or SimCell",
            ),
            Some(method) if methods.len() > 1 => {
                let why = format!("an inject has one way of delivery; `{}` is kept", vocabulary::method_word(method));
                self.doubt(row, Some(column), &text, &why, "make one inject of each, if it matters");
            }
            Some(_) => {}
        }
    }

    pub(super) fn chance(&mut self, row: &Row, draft: &mut Draft) {
        let Some((column, cell)) = self.one(row, Field::Chance) else {
            return;
        };
        let text = cell.text();
        let trimmed = text.trim().trim_start_matches(['<', '>', '~', '≈', ' ']);
        let share = match cell {
            Cell::Number(share) => Some(*share),
            _ => match trimmed.strip_suffix('%') {
                Some(percent) => percent.trim().replace(',', ".").parse::<f64>().ok().map(|percent| percent / 100.0),
                None => trimmed.parse().ok(),
            },
        };
        match share.filter(|share| (0.0..=1.0).contains(share)) {
            Some(share) => draft.chance = Some(share),
            None => {
                draft.besides.push((heading_of(&self.columns, column), text.clone()));
                if !is_nothing(&text) {
                    self.doubt(row, Some(column), &text, "it is no share between 0 and 100 %", "write it as 40 %");
                }
            }
        }
    }

    /// When the inject is given, as far as the row says it.
    pub(super) fn when(&mut self, row: &Row, draft: &mut Draft) {
        let story = self.reading(row, Field::StoryTime, Expect::Time, draft);
        let story_day = self.reading(row, Field::StoryDate, Expect::Day, draft);
        let story_day = story_day.or(self.reading(row, Field::StoryDay, Expect::Day, draft));
        let dtg = self.reading(row, Field::Dtg, Expect::Time, draft);
        let time = self.reading(row, Field::Time, Expect::Time, draft);
        let date = self.reading(row, Field::Date, Expect::Day, draft);
        let day = self.reading(row, Field::Day, Expect::Day, draft);
        let elapsed = self.elapsed(row, [&story, &dtg, &time, &date, &day], draft);

        if let (Some(dtg), Some(time)) = (&dtg, &time)
            && let (Some(group), Some(clock)) = (dtg.clock, time.clock)
            && group != clock
            && dtg.offset == time.offset
            && let Some((column, cell)) = self.one(row, Field::Dtg)
        {
            let what = cell.text();
            self.doubt(
                row,
                Some(column),
                &what,
                "the date-time group and the time differ; the group counts",
                "make them agree",
            );
        }
        let delivery = [dtg, time, date, day, elapsed];
        let story = [story, story_day];
        let ordered: Vec<&Reading> = match self.options.clock {
            Clock::Story if story[0].is_some() => story.iter().chain(&delivery).flatten().collect(),
            _ => delivery.iter().chain(&story).flatten().collect(),
        };
        // Of each part, the first cell that says it counts: with a clock from the story, a day may come from the exercise.
        let mut reading =
            Reading { on_order: !ordered.is_empty() && ordered.iter().all(|one| one.on_order), ..Reading::default() };
        for one in &ordered {
            if reading.clock.is_none() && one.clock.is_some() {
                (reading.clock, reading.offset) = (one.clock, one.offset);
            }
            reading.day = better(reading.day, one.day);
            reading.elapsed = reading.elapsed.or(one.elapsed);
            reading.span |= one.span;
        }
        // A length of time counts only where there is neither clock nor day.
        if reading.clock.is_some() || reading.day.is_some() {
            reading.elapsed = None;
        }
        draft.is_contingency |= reading.on_order && draft.parent.is_some();
        draft.asked = Asked {
            sheet: self.place,
            reading,
            heading: self.heading,
            is_start: is_edge(&draft.title, "startex") || is_edge(&draft.title, "start of exercise"),
        };
    }

    /// The time since the start, which counts only where the row says no other time; there it stays as a comment.
    fn elapsed(&mut self, row: &Row, others: [&Option<Reading>; 5], draft: &mut Draft) -> Option<Reading> {
        let (column, cell) = self.one(row, Field::Elapsed)?;
        let heading = heading_of(&self.columns, column);
        if others.into_iter().flatten().any(|other| other.clock.is_some() || other.day.is_some()) {
            draft.besides.push((heading, cell.text()));
            return None;
        }
        self.reading(row, Field::Elapsed, Expect::Elapsed(unit_of(&heading)), draft)
    }

    fn reading(&mut self, row: &Row, field: Field, expect: Expect, draft: &mut Draft) -> Option<Reading> {
        let (column, cell) = self.one(row, field)?;
        let text = cell.text();
        match clock::read(cell, expect) {
            Some(reading) => {
                if reading.span {
                    draft.besides.push((heading_of(&self.columns, column), text.clone()));
                    self.doubt(
                        row,
                        Some(column),
                        &text,
                        "only the beginning of a span is a time of an inject",
                        "the end stands in a comment",
                    );
                } else if reading.on_order && !is_nothing(&text) {
                    draft.besides.push((heading_of(&self.columns, column), text));
                }
                Some(reading)
            }
            None => {
                let why = if expect == Expect::Day {
                    "it is no day that is understood"
                } else {
                    "it is no time that is understood"
                };
                draft.unread.push((self.columns.name(column), text.clone(), why));
                draft.besides.push((heading_of(&self.columns, column), text));
                None
            }
        }
    }

    /// A number that a spreadsheet has turned into a date.
    pub(super) fn odd_number(&mut self, row: &Row) {
        if let Some((column, cell @ (Cell::Date(_) | Cell::Moment(_)))) = self.one(row, Field::Number) {
            let what = cell.text();
            self.doubt(
                row,
                Some(column),
                &what,
                "the number of the inject is a date: 5-1 becomes one when it is typed",
                "format the column as text and type it again",
            );
        }
    }

    /// Cells with an error in place of a value.
    pub(super) fn broken(&mut self, row: &Row) {
        for (&column, cell) in &row.cells {
            if let Cell::Broken(error) = cell {
                self.doubt(
                    row,
                    Some(column),
                    error,
                    "the formula of this cell has failed",
                    "mend it and save the workbook",
                );
            }
        }
    }

    /// What the row says besides: in columns that are not known, or that are not needed.
    pub(super) fn besides(&mut self, row: &Row, draft: &mut Draft, status: Option<String>) {
        let has_to = self.columns.has(Field::To);
        for (&column, cell) in &row.cells {
            let kept = match self.columns.fields.get(&column) {
                None => true,
                Some(Field::Unit) => has_to,
                _ => false,
            };
            if kept && !is_nothing(&cell.text()) {
                draft.besides.push((heading_of(&self.columns, column), cell.text()));
            }
        }
        if let Some(status) = status
            && let Some((column, _)) = self.one(row, Field::Status)
        {
            draft.besides.push((heading_of(&self.columns, column), status));
        }
    }

    /// The cell of a field, if there is something in it.
    pub(super) fn one<'r>(&self, row: &'r Row, field: Field) -> Option<(u32, &'r Cell)> {
        self.columns.of(field).find_map(|column| Some((column, row.cells.get(&column)?)))
    }

    pub(super) fn line(&self, row: &Row, field: Field) -> Option<String> {
        self.one(row, field).map(|(_, cell)| one_line(&cell.text())).filter(|text| !is_nothing(text))
    }

    pub(super) fn texts(&self, row: &Row) -> Texts {
        let text = |field: Field| match self.one(row, field)?.1 {
            Cell::Broken(_) => None,
            cell => Some(cell.text()),
        };
        let all = |field: Field| -> Vec<String> {
            self.columns
                .of(field)
                .filter_map(|column| row.cells.get(&column))
                .map(Cell::text)
                .filter(|text| !is_nothing(text))
                .collect()
        };
        let to = if self.columns.has(Field::To) { all(Field::To) } else { all(Field::Unit) };
        Texts {
            title: text(Field::Title),
            text: text(Field::Text),
            details: text(Field::Details).filter(|text| !is_nothing(text)),
            expected: text(Field::Expected).filter(|text| !is_nothing(text)),
            to,
            objectives: all(Field::Objective),
        }
    }
}

/// Of two days the one that says more; of equals, the first.
fn better(first: Option<Day>, second: Option<Day>) -> Option<Day> {
    match (first, second) {
        (Some(Day::Weekday(_) | Day::OfMonth(_)), Some(day)) => Some(day),
        (first, second) => first.or(second),
    }
}

/// Milliseconds of what a bare number counts in a column of lengths of time.
fn unit_of(heading: &str) -> i64 {
    let heading = normal(heading);
    match heading.as_str() {
        heading if heading.contains("second") || heading.split(' ').any(|word| word == "sec" || word == "s") => 1000,
        heading if heading.contains("hour") || heading.split(' ').any(|word| word == "h" || word == "hrs") => 3_600_000,
        "depends duration" => 1000,
        _ => 60_000,
    }
}
