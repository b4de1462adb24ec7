//! Objectives: from the cells of a list, and from a sheet of their own.

use super::account::{Account, Fate};
use super::book::{Row, Sheet};
use super::heading::{TOP_ROWS, normal};
use super::list::one_line;
use super::names::{Names, slug};
use super::numbering;
use super::table::words;
use std::collections::BTreeMap;

/// An objective.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Aim {
    /// Its name in the scenario.
    pub(super) name: String,
    pub(super) title: String,
    pub(super) capability: Option<String>,
    pub(super) target: Option<String>,
    pub(super) tasks: Vec<String>,
}

/// What a column of a sheet of objectives holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Number,
    Title,
    Description,
    Capability,
    Target,
    Tasks,
}

/// All objectives.
#[derive(Debug, Default)]
pub(super) struct Aims {
    pub(super) aims: Vec<Aim>,
    /// Number and title of each, as keys.
    keys: Vec<(Option<String>, String)>,
    names: Names,
}

/// Longest name of an objective.
const LONGEST_NAME: usize = 32;

impl Aims {
    /// Reads a sheet of objectives, and enters each of its rows. Nothing if it has no row of headings.
    pub(super) fn read(&mut self, place: usize, sheet: &Sheet, account: &mut Account) -> bool {
        let Some((head, columns)) = columns(&sheet.rows) else {
            return false;
        };
        for (position, row) in sheet.rows.iter().enumerate() {
            if position <= head {
                let why = if position == head { "it holds the headings" } else { "it stands above the headings" };
                account.leave(place, row.number, Fate::Skipped, &words(row), why, "");
                continue;
            }
            let cell = |part: Part| Some(row.cells.get(columns.get(&part)?)?.text());
            let line = |part: Part| cell(part).map(|text| one_line(&text)).filter(|text| !text.is_empty());
            let number = cell(Part::Number).map(|number| key(&number)).filter(|number| !number.is_empty());
            let Some(title) = line(Part::Title).or_else(|| line(Part::Description)) else {
                let (why, mend) = ("it names no objective", "say what the objective is, or clear the row");
                account.leave(place, row.number, Fate::NotUnderstood, &words(row), why, mend);
                continue;
            };
            let (own, title) = numbered(&title);
            self.add(number.or(own), &title);
            if let Some(aim) = self.aims.last_mut() {
                aim.capability = line(Part::Capability);
                aim.target = line(Part::Target);
                let tasks = cell(Part::Tasks).unwrap_or_default();
                aim.tasks = tasks.split(['\n', ';']).map(one_line).filter(|task| !task.is_empty()).collect();
            }
            account.enter(place, Fate::Read);
        }
        true
    }

    /// The names of the objectives that a cell names, each once.
    pub(super) fn of(&mut self, cell: &str) -> Vec<String> {
        let mut names = Vec::new();
        for part in split(cell) {
            let (number, title) = numbered(&part);
            let name = match self.find(number.as_deref(), &title) {
                Some(place) => self.aims[place].name.clone(),
                None => self.add(number, &title),
            };
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// Makes sure that a number told with its title somewhere has it everywhere.
    pub(super) fn learn(&mut self, cells: &[String]) {
        for part in cells.iter().flat_map(|cell| split(cell)) {
            let (number, title) = numbered(&part);
            if number.is_some() && !title.is_empty() && self.find(number.as_deref(), &title).is_none() {
                self.add(number, &title);
            }
        }
    }

    fn find(&self, number: Option<&str>, title: &str) -> Option<usize> {
        let title = normal(title);
        let by_number = |(own, _): &(Option<String>, String)| number.is_some() && own.as_deref() == number;
        let by_title = |(_, own): &(Option<String>, String)| !title.is_empty() && *own == title;
        self.keys.iter().position(by_number).or_else(|| self.keys.iter().position(by_title))
    }

    fn add(&mut self, number: Option<String>, title: &str) -> String {
        let title = one_line(title);
        let (wanted, title) = match (&number, title.is_empty()) {
            (Some(number), true) => (format!("objective-{number}"), format!("Objective {}", number.to_uppercase())),
            (Some(number), false) => (format!("objective-{number}"), title),
            (None, _) => (slug(&title, LONGEST_NAME), title),
        };
        let name = self.names.take(&wanted, "objective");
        self.keys.push((number, normal(&title)));
        self.aims.push(Aim { name: name.clone(), title, ..Aim::default() });
        name
    }
}

/// The row of headings of a sheet of objectives, and its columns.
fn columns(rows: &[Row]) -> Option<(usize, BTreeMap<Part, u32>)> {
    const HEADINGS: [(Part, &[&str]); 6] = [
        (Part::Number, &["number", "objective number", "id", "ref"]),
        (Part::Title, &["objective", "objectives", "exercise objective", "objective name", "title", "name"]),
        (Part::Description, &["description", "objective description", "text"]),
        (Part::Capability, &["capability", "core capability", "capabilities", "core capabilities"]),
        (Part::Target, &["target", "capability target", "capability targets"]),
        (Part::Tasks, &["critical tasks", "critical task", "tasks"]),
    ];
    rows.iter().take(TOP_ROWS).enumerate().find_map(|(place, row)| {
        let mut columns = BTreeMap::new();
        for (&column, cell) in &row.cells {
            let heading = normal(&cell.text());
            let part = HEADINGS.iter().find(|(_, words)| words.contains(&heading.as_str())).map(|(part, _)| *part);
            if let Some(part) = part {
                columns.entry(part).or_insert(column);
            }
        }
        let names = columns.contains_key(&Part::Title) || columns.contains_key(&Part::Description);
        (names && row.cells.len() >= 2).then_some((place, columns))
    })
}

/// Several objectives in one cell stand in lines, or between semicolons; bare numbers also between commas.
fn split(cell: &str) -> Vec<String> {
    let parts = cell.split(['\n', ';', '|', '•']).map(str::trim).filter(|part| !normal(part).is_empty());
    let mut found = Vec::new();
    for part in parts {
        let small: Vec<&str> =
            part.split([',', '&', '/', '+']).flat_map(|part| part.split(" and ")).map(str::trim).collect();
        if small.len() > 1 && small.iter().all(|part| matches!(numbered(part), (Some(_), title) if title.is_empty())) {
            found.extend(small.into_iter().map(str::to_owned));
        } else {
            found.push(part.to_owned());
        }
    }
    found
}

/// The number of an objective and the rest: `Objective 2: Speak with one voice`, `2. Speak …`, `Obj. 2`, `2`.
fn numbered(text: &str) -> (Option<String>, String) {
    let text = text.trim();
    let rest = ["objective", "obj.", "obj", "#"].iter().find_map(|word| {
        let head = text.get(..word.len())?;
        head.eq_ignore_ascii_case(word).then(|| text[word.len()..].trim_start_matches([' ', '#', '.']))
    });
    let body = rest.unwrap_or(text);
    let end = body
        .find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '.' || letter == '-'))
        .unwrap_or(body.len());
    let (head, tail) = body.split_at(end);
    let number = head.trim_end_matches(['.', '-']);
    let short = !number.is_empty() && number.len() <= 6 && number.chars().any(|letter| letter.is_ascii_digit());
    let tail = tail.trim_start_matches([' ', ':', '.', ')', '-', '–', '—']).trim();
    // `911 centre staff are told` begins with a number that is none of an objective.
    let marked = rest.is_some()
        || tail.is_empty()
        || head.ends_with('.')
        || body[end..].starts_with([':', ')'])
        || body[end..].starts_with(" - ")
        || body[end..].starts_with(" – ");
    if short && marked { (Some(key(number)), tail.to_owned()) } else { (None, text.to_owned()) }
}

fn key(number: &str) -> String {
    numbering::key(number).trim_start_matches("objective-").trim_start_matches("obj-").to_owned()
}
