//! Objectives: from the cells of a list, and from a sheet of their own.

use super::account::{Account, Fate};
use super::book::Sheet;
use super::cell::Cell;
use super::field::Field;
use super::heading::normal;
use super::list::one_line;
use super::names::{Names, slug};
use super::numbering;
use super::table::{Table, words};

/// An objective.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Aim {
    /// Its name in the scenario.
    pub(super) name: String,
    pub(super) title: String,
    pub(super) capability: Option<String>,
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
    /// Reads a sheet of objectives.
    pub(super) fn read(&mut self, sheet: &Sheet, table: &Table, account: &mut Account) {
        let place = table.sheet;
        let capability = table
            .columns
            .headings
            .iter()
            .find(|(_, heading)| normal(heading).contains("capabilit"))
            .map(|(column, _)| *column);
        for (position, row) in sheet.rows.iter().enumerate() {
            if position <= table.head {
                let why = if position == table.head { "it holds the headings" } else { "it stands above the headings" };
                account.leave(place, row.number, Fate::Skipped, &words(row), why, "");
                continue;
            }
            let one = |field: Field| table.columns.of(field).find_map(|column| row.cells.get(&column)).map(Cell::text);
            let number = one(Field::Number).map(|number| key(&number)).filter(|number| !number.is_empty());
            let title = [Field::Objective, Field::Title, Field::Text].into_iter().find_map(one);
            let Some(title) = title else {
                account.leave(
                    place,
                    row.number,
                    Fate::NotUnderstood,
                    &words(row),
                    "it names no objective",
                    "say what the objective is, or clear the row",
                );
                continue;
            };
            let (own, title) = numbered(&title);
            let capability = capability.and_then(|column| row.cells.get(&column)).map(|cell| one_line(&cell.text()));
            self.add(number.or(own), &title, capability);
            account.enter(place, Fate::Read);
        }
    }

    /// The names of the objectives that a cell names, each once.
    pub(super) fn of(&mut self, cell: &str) -> Vec<String> {
        let mut names = Vec::new();
        for part in split(cell) {
            let (number, title) = numbered(&part);
            let name = match self.find(number.as_deref(), &title) {
                Some(place) => self.aims[place].name.clone(),
                None => self.add(number, &title, None),
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
                self.add(number, &title, None);
            }
        }
    }

    fn find(&self, number: Option<&str>, title: &str) -> Option<usize> {
        let title = normal(title);
        let by_number = |(own, _): &(Option<String>, String)| number.is_some() && own.as_deref() == number;
        let by_title = |(_, own): &(Option<String>, String)| !title.is_empty() && *own == title;
        self.keys.iter().position(by_number).or_else(|| self.keys.iter().position(by_title))
    }

    fn add(&mut self, number: Option<String>, title: &str, capability: Option<String>) -> String {
        let title = one_line(title);
        let (wanted, title) = match (&number, title.is_empty()) {
            (Some(number), true) => (format!("objective-{number}"), format!("Objective {}", number.to_uppercase())),
            (Some(number), false) => (format!("objective-{number}"), title),
            (None, _) => (slug(&title, LONGEST_NAME), title),
        };
        let name = self.names.take(&wanted, "objective");
        self.keys.push((number, normal(&title)));
        self.aims.push(Aim { name: name.clone(), title, capability });
        name
    }
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
