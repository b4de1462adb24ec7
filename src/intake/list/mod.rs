//! Rows of a list of events as injects in the making.

mod cells;

use super::account::{Account, Fate};
use super::book::{Row, Sheet};
use super::cell::Cell;
use super::clock::{self, Day, Expect};
use super::field::Field;
use super::heading::{self, Columns, normal};
use super::numbering::{self, number_text};
use super::options::Options;
use super::schedule::Asked;
use super::table::{Table, words};
use super::words::{self as vocabulary, Kind};
use crate::scenario::model::Method;
use std::collections::{BTreeMap, BTreeSet};

/// An inject in the making.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) sheet: usize,
    pub(super) row: u32,
    pub(super) number: Option<String>,
    pub(super) title: String,
    pub(super) text: Option<String>,
    pub(super) asked: Asked,
    pub(super) to: Vec<String>,
    pub(super) from: Option<String>,
    pub(super) method: Option<Method>,
    pub(super) expected: Option<String>,
    pub(super) objectives: Vec<String>,
    pub(super) controller: Option<String>,
    pub(super) track: Option<String>,
    pub(super) is_contingency: bool,
    /// The number of the inject it branches from, if a column says it.
    pub(super) parent: Option<String>,
    /// When its branch is taken, in the words of the list.
    pub(super) condition: Option<String>,
    /// How often it is given.
    pub(super) chance: Option<f64>,
    /// What the row says besides, each with the heading of its column.
    pub(super) besides: Vec<(String, String)>,
    /// Cells that should tell the time and could not be read, each with its column and the reason.
    pub(super) unread: Vec<(String, String, &'static str)>,
}

/// How to write a time, for those whose time was not understood.
pub(super) const TIMES: &str = "write it as 14:00, D+1 14:00, +02:30 or 2026-11-03 14:00";

/// A title is cut at about so many letters; the whole of it then stands in the text.
const LONGEST_TITLE: usize = 120;

/// Reads the rows below the headings of a table.
pub(super) fn drafts(sheet: &Sheet, table: &Table, options: &Options, account: &mut Account, drafts: &mut Vec<Draft>) {
    let mut reader = Reader {
        place: table.sheet,
        columns: table.columns.clone(),
        options,
        heading: None,
        first: drafts.len(),
        account,
        drafts,
    };
    for (place, row) in sheet.rows.iter().enumerate().skip(table.head + 1) {
        reader.row(row, &sheet.rows[place + 1..]);
    }
}

/// Whether a table tells only more of injects that are known already: it has their numbers, and neither their words nor their recipients.
pub(super) fn is_supplement(sheet: &Sheet, table: &Table, drafts: &[Draft]) -> bool {
    let columns = &table.columns;
    let Some(number) = columns.of(Field::Number).next() else {
        return false;
    };
    if columns.has(Field::Text) || columns.has(Field::To) || drafts.is_empty() {
        return false;
    }
    let known: BTreeSet<String> =
        drafts.iter().filter_map(|draft| draft.number.as_deref()).map(numbering::key).collect();
    let numbers = || sheet.rows[table.head + 1..].iter().filter_map(|row| row.cells.get(&number));
    let there = numbers().filter(|cell| known.contains(&numbering::key(&number_text(cell)))).count();
    // Most of them: rows that are no injects, as expected actions, are in such a sheet too.
    there > 0 && there * 2 >= numbers().count()
}

/// Reads a table that tells more of known injects: what they lack is filled in, and a date with its offset goes before a bare clock.
pub(super) fn complete(
    sheet: &Sheet,
    table: &Table,
    options: &Options,
    account: &mut Account,
    drafts: &mut Vec<Draft>,
) {
    let by_number: BTreeMap<String, usize> = drafts
        .iter()
        .enumerate()
        .rev()
        .filter_map(|(place, draft)| Some((numbering::key(draft.number.as_deref()?), place)))
        .collect();
    let first = drafts.len();
    let mut reader =
        Reader { place: table.sheet, columns: table.columns.clone(), options, heading: None, first, account, drafts };
    for row in &sheet.rows[table.head + 1..] {
        let number = reader.one(row, Field::Number).map(|(_, cell)| numbering::key(&number_text(cell)));
        let Some(place) = number.and_then(|number| by_number.get(&number)).copied() else {
            reader.leave(row, Fate::Skipped, "it tells more of a row that is no inject", "");
            continue;
        };
        let texts = reader.texts(row);
        let kind_cell = reader.one(row, Field::Type).map(|(column, cell)| (column, cell.text()));
        let kind = kind_cell.as_ref().map(|(_, text)| vocabulary::kind(text));
        let more = reader.draft(row, texts, kind_cell, kind, None);
        reader.account.enter(table.sheet, Fate::Read);
        reader.drafts[place].fill(more);
    }
}

impl Draft {
    /// Takes over what this one lacks.
    fn fill(&mut self, more: Draft) {
        let full = matches!(more.asked.reading.day, Some(Day::Date(_))) && more.asked.reading.clock.is_some();
        let known = matches!(self.asked.reading.day, Some(Day::Date(_))) && self.asked.reading.clock.is_some();
        if full && !known || self.asked.reading.is_empty() {
            self.asked.reading = more.asked.reading;
        }
        self.from = self.from.take().or(more.from);
        self.method = self.method.or(more.method);
        self.expected = self.expected.take().or(more.expected);
        self.controller = self.controller.take().or(more.controller);
        self.track = self.track.take().or(more.track);
        self.parent = self.parent.take().or(more.parent);
        self.condition = self.condition.take().or(more.condition);
        self.chance = self.chance.or(more.chance);
        self.is_contingency |= more.is_contingency;
        if self.objectives.is_empty() {
            self.objectives = more.objectives;
        }
        let new: Vec<(String, String)> =
            more.besides.into_iter().filter(|beside| !self.besides.contains(beside)).collect();
        self.besides.extend(new);
        self.unread.extend(more.unread);
    }
}

struct Reader<'a> {
    place: usize,
    columns: Columns,
    options: &'a Options,
    /// The day of the last heading between the rows.
    heading: Option<Day>,
    /// Place of the first draft of this sheet.
    first: usize,
    account: &'a mut Account,
    drafts: &'a mut Vec<Draft>,
}

impl Reader<'_> {
    fn row(&mut self, row: &Row, below: &[Row]) {
        if let Some(columns) = heading::again(row, below) {
            self.leave(row, Fate::Skipped, "it holds headings once more", "");
            self.columns = columns;
        } else if !self.is_heading(row) && !self.is_joined(row) {
            self.inject(row);
        }
    }

    fn leave(&mut self, row: &Row, fate: Fate, why: &str, mend: &str) {
        self.account.leave(self.place, row.number, fate, &words(row), why, mend);
    }

    fn doubt(&mut self, row: &Row, column: Option<u32>, what: &str, why: &str, mend: &str) {
        let column = column.map(|column| self.columns.name(column));
        self.account.doubt(self.place, row.number, column, what, why, mend);
    }

    /// A row with a single cell: the day of the rows below it, a caption, a number that waits for its inject.
    fn is_heading(&mut self, row: &Row) -> bool {
        let own: Vec<(u32, &Cell)> = row
            .cells
            .iter()
            .filter(|(column, _)| !row.inherited.contains(column))
            .map(|(column, cell)| (*column, cell))
            .collect();
        let [(column, cell)] = own[..] else {
            return false;
        };
        if !row.inherited.is_empty() {
            return false;
        }
        let text = cell.text();
        let field = self.columns.fields.get(&column).copied();
        let short = text.chars().count() <= 80;
        let day = match cell {
            Cell::Date(date) => Some(Day::Date(*date)),
            Cell::Text(text) if short => clock::day_within(text),
            _ => None,
        };
        let says_what = matches!(field, Some(Field::Title | Field::Text | Field::Details));
        if let Some(day) =
            day.filter(|_| !says_what || row.widest > 1 || clock::read_text(&text, Expect::Day).is_some())
        {
            self.heading = Some(day);
            self.leave(row, Fate::Skipped, "it gives the day of the rows below it", "");
            return true;
        }
        if field == Some(Field::Number) && (text.chars().count() <= 8 && text.chars().any(char::is_numeric)) {
            self.leave(row, Fate::Skipped, "only its number is filled in", "give it a title or a description");
            return true;
        }
        if row.widest > 2
            || (short && !says_what && (field.is_none() || field == Some(Field::Number)) && column == self.left())
        {
            self.leave(
                row,
                Fate::Skipped,
                "it is a caption between the rows",
                "if it is an inject, give it a time and a recipient",
            );
            return true;
        }
        false
    }

    /// The leftmost column of the table.
    fn left(&self) -> u32 {
        self.columns.headings.keys().next().copied().unwrap_or(0)
    }

    /// Whether a row belongs to the inject above it, because their number, or what they say, stands in one merged cell.
    fn is_joined(&mut self, row: &Row) -> bool {
        let inherits = |field: Field| {
            let mut columns = self.columns.of(field).peekable();
            columns.peek().is_some() && columns.all(|column| row.inherited.contains(&column))
        };
        let own = |field: Field| {
            self.columns.of(field).any(|column| row.cells.contains_key(&column) && !row.inherited.contains(&column))
        };
        let says = own(Field::Title) || own(Field::Text);
        let timed = own(Field::Time) || own(Field::Dtg) || own(Field::StoryTime);
        let one = if self.columns.has(Field::Number) {
            inherits(Field::Number) && !(says && timed)
        } else {
            !says && (inherits(Field::Text) || inherits(Field::Title))
        };
        if !one || self.drafts.len() <= self.first {
            return false;
        }
        let mut own = row.clone();
        own.cells.retain(|column, _| !row.inherited.contains(column));
        let more = self.texts(&own);
        let columns = &self.columns;
        let Some(above) = self.drafts.last_mut() else {
            return false;
        };
        above.to.extend(more.to);
        above.objectives.extend(more.objectives);
        for part in [more.title, more.text, more.details].into_iter().flatten() {
            append(&mut above.text, &part);
        }
        if let Some(expected) = more.expected {
            append(&mut above.expected, &expected);
        }
        let taken =
            [Field::To, Field::Unit, Field::Objective, Field::Title, Field::Text, Field::Details, Field::Expected];
        for (column, cell) in &own.cells {
            if !columns.fields.get(column).is_some_and(|field| taken.contains(field)) {
                above.besides.push((heading_of(columns, *column), cell.text()));
            }
        }
        self.account.enter(self.place, Fate::Read);
        true
    }

    fn inject(&mut self, row: &Row) {
        let texts = self.texts(row);
        let status = self.one(row, Field::Status).map(|(_, cell)| cell.text());
        if let Some(status) = status.as_deref().filter(|status| vocabulary::is_omitted(status)) {
            let why = format!("its status is {}", one_line(status));
            self.leave(row, Fate::Skipped, &why, "give it another status to have it read");
            return;
        }
        let kind_cell = self.one(row, Field::Type).map(|(column, cell)| (column, cell.text()));
        let kind = kind_cell.as_ref().map(|(_, text)| vocabulary::kind(text));
        if kind == Some(Some(Kind::ExpectedAction)) {
            self.expected_action(row, texts);
            return;
        }
        let start_or_end = kind_cell
            .as_ref()
            .map(|(_, text)| text.clone())
            .filter(|text| is_edge(text, "startex") || is_edge(text, "endex"));
        let (title, text) = match (texts.title, texts.text) {
            (Some(title), text) => (title, text),
            (None, Some(text)) => (String::new(), Some(text)),
            (None, None) => match start_or_end {
                Some(word) => (word, None),
                None if row.cells.keys().all(|column| row.inherited.contains(column)) => {
                    self.leave(
                        row,
                        Fate::NotUnderstood,
                        "all of it is part of merged cells that begin above",
                        "unmerge them",
                    );
                    return;
                }
                None => {
                    self.leave(
                        row,
                        Fate::NotUnderstood,
                        "it has neither a title nor a description",
                        "say what the inject is, or clear the row",
                    );
                    return;
                }
            },
        };
        if let Some((sheet, other)) = self.twin(row, &title, text.as_deref()) {
            let why = format!("the same inject stands in row {other} of {sheet}");
            self.leave(row, Fate::Skipped, &why, "");
            return;
        }
        let texts = Texts { title: Some(title), text, ..texts };
        let draft = self.draft(row, texts, kind_cell, kind, status);
        self.account.enter(self.place, Fate::Read);
        self.drafts.push(draft);
    }

    /// An inject of another sheet that has the same number and says the same.
    fn twin(&self, row: &Row, title: &str, text: Option<&str>) -> Option<(String, u32)> {
        let number = numbering::key(&number_text(self.one(row, Field::Number)?.1));
        let (title, text) = titled(title.to_owned(), text.map(str::to_owned));
        let same = |draft: &&Draft| {
            draft.title == title
                && draft.text == text
                && draft.number.as_deref().map(numbering::key).as_ref() == Some(&number)
        };
        let twin = self.drafts[..self.first].iter().find(same)?;
        Some((self.account.sheets[twin.sheet].name.clone(), twin.row))
    }

    /// What a row says, as an inject in the making.
    fn draft(
        &mut self,
        row: &Row,
        texts: Texts,
        kind_cell: Option<(u32, String)>,
        kind: Option<Option<Kind>>,
        status: Option<String>,
    ) -> Draft {
        let text = match (texts.text, texts.details) {
            (None, details) => details,
            (Some(text), None) => Some(text),
            (Some(text), Some(details)) => Some(format!("{text}\n\n{details}")),
        };
        let (title, text) = titled(texts.title.unwrap_or_default(), text);
        let mut draft = Draft {
            sheet: self.place,
            row: row.number,
            number: self.one(row, Field::Number).map(|(_, cell)| number_text(cell)),
            is_contingency: kind == Some(Some(Kind::Contingency)),
            title,
            text,
            to: texts.to,
            expected: texts.expected,
            objectives: texts.objectives,
            from: self.line(row, Field::From),
            controller: self.line(row, Field::Controller),
            track: self.line(row, Field::Track),
            parent: self.line(row, Field::Parent).filter(|parent| parent.chars().any(char::is_alphanumeric)),
            condition: self.one(row, Field::Condition).map(|(_, cell)| cell.text()),
            ..Draft::default()
        };
        self.odd_number(row);
        self.broken(row);
        self.kind(row, kind_cell, kind, &mut draft);
        self.method(row, &mut draft);
        self.chance(row, &mut draft);
        self.when(row, &mut draft);
        self.besides(row, &mut draft, status);
        draft
    }

    /// What players should do joins the inject it follows.
    fn expected_action(&mut self, row: &Row, texts: Texts) {
        let said: Vec<String> =
            [texts.title, texts.text, texts.details, texts.expected].into_iter().flatten().collect();
        if said.is_empty() {
            self.leave(
                row,
                Fate::NotUnderstood,
                "it is an expected action that says nothing",
                "say what players should do",
            );
            return;
        }
        let who = texts.to.join(", ");
        let when: Vec<String> = [Field::Dtg, Field::Date, Field::Day, Field::Time, Field::StoryTime, Field::Elapsed]
            .into_iter()
            .filter_map(|field| self.one(row, field))
            .filter(|(column, _)| !row.inherited.contains(column))
            .map(|(_, cell)| one_line(&cell.text()))
            .collect();
        let mut line = String::new();
        if !when.is_empty() {
            line += &format!("by {}: ", when.join(" "));
        }
        if !who.is_empty() {
            line += &format!("{}: ", one_line(&who));
        }
        line += &said.join("\n");
        let parent = self.line(row, Field::Parent).map(|parent| numbering::key(&parent));
        let here = &mut self.drafts[self.first..];
        let named = parent.and_then(|parent| {
            here.iter().rposition(|draft| draft.number.as_deref().map(numbering::key) == Some(parent.clone()))
        });
        let place = named.or(here.len().checked_sub(1));
        let Some(above) = place.and_then(|place| here.get_mut(place)) else {
            self.leave(
                row,
                Fate::NotUnderstood,
                "it is an expected action, and no inject stands above it",
                "put it below the inject it answers",
            );
            return;
        };
        append(&mut above.expected, &line);
        let unknown = row.cells.iter().filter(|(column, _)| !self.columns.fields.contains_key(column));
        let besides = unknown.map(|(column, cell)| (heading_of(&self.columns, *column), cell.text()));
        above.besides.extend(besides.filter(|(_, text)| !is_nothing(text)));
        let number = above.number.clone().unwrap_or_else(|| above.title.clone());
        self.account.enter(self.place, Fate::Read);
        let why = format!("it is an expected action; it joined `expected` of inject {}", one_line(&number));
        self.doubt(row, None, &words(row), &why, "if it answers another inject, move it there");
    }
}

/// What a row says in words.
struct Texts {
    title: Option<String>,
    text: Option<String>,
    details: Option<String>,
    expected: Option<String>,
    to: Vec<String>,
    objectives: Vec<String>,
}

fn append(to: &mut Option<String>, more: &str) {
    match to {
        Some(text) => {
            text.push('\n');
            text.push_str(more);
        }
        None => *to = Some(more.to_owned()),
    }
}

/// A title of one line, and the text below it. A row without a title gets the beginning of its text; a long title is kept whole as text.
fn titled(title: String, text: Option<String>) -> (String, Option<String>) {
    let line = one_line(&title);
    match text {
        Some(text) if line.is_empty() => (beginning(&text), Some(text)),
        Some(text) if line.chars().count() > LONGEST_TITLE => (beginning(&line), Some(format!("{title}\n\n{text}"))),
        None if line.chars().count() > LONGEST_TITLE => (beginning(&line), Some(title)),
        text => (line, text),
    }
}

/// The first sentence or line of a text, or as much of it as makes a title.
fn beginning(text: &str) -> String {
    const LONGEST: usize = 80;
    let line = one_line(text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default());
    let sentence = line.split_inclusive(['.', '!', '?']).next().unwrap_or_default();
    let sentence = if sentence.chars().count() >= 8 { sentence.trim_end_matches('.') } else { &line };
    if sentence.chars().count() <= LONGEST {
        return sentence.to_owned();
    }
    let mut cut = String::new();
    for word in sentence.split(' ') {
        if cut.chars().count() + word.chars().count() + 1 >= LONGEST {
            break;
        }
        if !cut.is_empty() {
            cut.push(' ');
        }
        cut.push_str(word);
    }
    if cut.is_empty() {
        cut = sentence.chars().take(LONGEST - 1).collect();
    }
    cut + "…"
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_edge(text: &str, word: &str) -> bool {
    normal(text).starts_with(word)
}

/// Whether a cell says that there is nothing.
fn is_nothing(text: &str) -> bool {
    matches!(text.trim().to_lowercase().as_str(), "" | "-" | "–" | "—" | "n/a" | "na" | "none" | "nil")
}

fn heading_of(columns: &Columns, column: u32) -> String {
    columns
        .headings
        .get(&column)
        .map_or_else(|| format!("Column {}", super::book::letters(column)), |heading| one_line(heading))
}
