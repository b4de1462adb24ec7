//! Which sheets hold a list of events, and what stands above it.

use super::account::{Account, Fate};
use super::aims::Aims;
use super::book::{Book, Row, Sheet};
use super::cell::Cell;
use super::clock::{Day, day_within};
use super::field::Field;
use super::heading::{self, Columns, TOP_ROWS, normal};
use super::options::{Clock, Options};
use super::schedule::SheetDay;
use crate::scenario::model::Tlp;

/// Words in the name of a sheet that holds something else, and what that is.
pub const OTHER_SHEETS: &[(&str, &str)] = &[
    ("key event", "key events, which the list tells again"),
    ("key events", "key events, which the list tells again"),
    ("lookup", "lists to choose from"),
    ("lookups", "lists to choose from"),
    ("instruction", "instructions"),
    ("instructions", "instructions"),
    ("read me", "instructions"),
    ("readme", "instructions"),
    ("legend", "a legend"),
    ("dictionary", "a dictionary"),
    ("phases", "phases"),
    ("observation", "observations"),
    ("observations", "observations"),
    ("roster", "people"),
    ("contact", "people"),
    ("contacts", "people"),
    ("acronym", "abbreviations"),
    ("acronyms", "abbreviations"),
    ("change log", "changes"),
    ("revision", "changes"),
    ("revisions", "changes"),
];

/// A sheet with a list of events.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) sheet: usize,
    /// Place of the row of headings among the rows of the sheet.
    pub(super) head: usize,
    pub(super) columns: Columns,
    pub(super) day: SheetDay,
}

/// What the title block above a list says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) title: Option<String>,
    pub(super) sponsor: Option<String>,
    pub(super) contact: Option<String>,
    pub(super) scope: Option<String>,
    pub(super) tlp: Tlp,
}

/// Sheets of a book, sorted.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    pub(super) tables: Vec<Table>,
    /// What the sheet of objectives says.
    pub(super) aims: Aims,
    pub(super) block: Block,
}

/// Why a book holds no list of events.
#[derive(Debug, thiserror::Error)]
pub enum NoList {
    /// No sheet has a row of headings.
    #[error("no list of events was found: {seen}")]
    Nowhere {
        /// What each sheet has in its place.
        seen: String,
    },
    /// A sheet was named that is not there.
    #[error("there is no sheet `{name}`")]
    NoSheet {
        /// The name.
        name: String,
        /// The sheets there are.
        sheets: Vec<String>,
    },
}

/// Finds the lists of events. The rows of all other sheets are entered as skipped.
pub(super) fn sort(book: &Book, options: &Options, account: &mut Account) -> Result<Sorted, NoList> {
    for name in &options.sheets {
        if !book.sheets.iter().any(|sheet| same(&sheet.name, name)) {
            let sheets = book.sheets.iter().map(|sheet| sheet.name.clone()).collect();
            return Err(NoList::NoSheet { name: name.clone(), sheets });
        }
    }
    let wanted = |sheet: &Sheet| options.sheets.iter().any(|name| same(name, &sheet.name));
    let mut sorted = Sorted::default();
    let mut left: Vec<(usize, String, &str)> = Vec::new();
    let mut lists: Vec<(usize, usize, Columns)> = Vec::new();
    for (place, sheet) in book.sheets.iter().enumerate().filter(|(_, sheet)| !sheet.rows.is_empty()) {
        let found = heading::find(&sheet.rows);
        let mend_sheet = "if it holds injects, name it with --sheet";
        if !options.sheets.is_empty() && !wanted(sheet) {
            left.push((place, "the sheet is not among those named with --sheet".to_owned(), "name it too"));
        } else if let Some(about) = other(&sheet.name).filter(|_| options.sheets.is_empty()) {
            left.push((place, format!("the sheet holds {about}"), mend_sheet));
        } else if sheet.hidden && options.sheets.is_empty() {
            left.push((place, "the sheet is hidden".to_owned(), mend_sheet));
        } else if is_objectives(&sheet.name) && options.sheets.is_empty() {
            if !sorted.aims.read(place, sheet, account) {
                left.push((
                    place,
                    "the sheet of objectives has no headings that are known".to_owned(),
                    "head its columns Number, Objective, Capability",
                ));
            }
        } else {
            match found {
                Some((head, columns)) => lists.push((place, head, columns)),
                None => left.push((
                    place,
                    format!("no row of headings was found among its first {TOP_ROWS}"),
                    "put headings as Time, To, Description above its columns",
                )),
            }
        }
    }
    // A list may consist of titles alone, if there is no better one.
    let has_events = lists.iter().any(|(.., columns)| columns.is_events());
    for (place, head, columns) in lists {
        if has_events && !columns.is_events() {
            left.push((place, "its columns say neither when nor to whom".to_owned(), "head a column Time or To"));
            continue;
        }
        let sheet = &book.sheets[place];
        let above = &sheet.rows[..head];
        let day = SheetDay { named: day_within(&sheet.name), above: above.iter().filter_map(dated).next() };
        sorted.block.add(above);
        for row in above {
            account.leave(place, row.number, Fate::Skipped, &words(row), "it stands above the headings", "");
        }
        account.leave(
            place,
            sheet.rows[head].number,
            Fate::Skipped,
            &words(&sheet.rows[head]),
            "it holds the headings",
            "",
        );
        sorted.tables.push(Table { sheet: place, head, columns, day });
    }
    if sorted.tables.is_empty() {
        let seen = |(place, why, _): &(usize, String, &str)| format!("`{}`: {why}", book.sheets[*place].name);
        return Err(NoList::Nowhere { seen: left.iter().map(seen).collect::<Vec<_>>().join("; ") });
    }
    for (place, why, mend) in left {
        for row in &book.sheets[place].rows {
            account.leave(place, row.number, Fate::Skipped, &words(row), &why, mend);
        }
    }
    Ok(sorted)
}

fn same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

fn other(name: &str) -> Option<&'static str> {
    let name = format!(" {} ", normal(name));
    OTHER_SHEETS.iter().find(|(words, _)| name.contains(&format!(" {words} "))).map(|(_, about)| *about)
}

fn is_objectives(name: &str) -> bool {
    let name = normal(name);
    name.contains("objective") && !name.contains("inject") && !name.contains("msel")
}

/// What a row says, in one line.
pub(super) fn words(row: &Row) -> String {
    let mut words = String::new();
    let own = row.cells.iter().filter(|(column, _)| !row.inherited.contains(column));
    for (_, cell) in own {
        if !words.is_empty() {
            words.push_str(" | ");
        }
        words.push_str(&cell.text());
        if words.len() > 400 {
            break;
        }
    }
    words
}

/// The date a row of a title block says, unless it is the date on which somebody worked on the list.
fn dated(row: &Row) -> Option<Day> {
    let text = normal(&words(row));
    let of_the_list =
        ["revis", "version", "updated", "as of", "printed", "modified", "saved", "draft", "created", "prepared"];
    if of_the_list.iter().any(|word| text.contains(word)) {
        return None;
    }
    row.cells.values().find_map(|cell| match cell {
        Cell::Date(date) => Some(Day::Date(*date)),
        Cell::Moment(moment) => Some(Day::Date(moment.date())),
        Cell::Text(text) if text.chars().count() <= 120 => day_within(text)
            .filter(|day| matches!(day, Day::Date(_) | Day::Slashes { year: Some(_), .. } | Day::Yearless(..))),
        _ => None,
    })
}

impl Block {
    fn add(&mut self, rows: &[Row]) {
        for row in rows {
            let cells: Vec<String> = row
                .cells
                .iter()
                .filter(|(column, _)| !row.inherited.contains(column))
                .map(|(_, cell)| cell.text())
                .collect();
            for (place, cell) in cells.iter().enumerate() {
                self.mark(cell);
                let (label, within) = match cell.split_once(':') {
                    Some((label, value)) => {
                        (normal(label), Some(value.trim().to_owned()).filter(|value| !value.is_empty()))
                    }
                    None => (normal(cell), None),
                };
                let Some(value) = within.or_else(|| cells.get(place + 1).cloned()) else {
                    continue;
                };
                let slot = match label.as_str() {
                    "exercise name" | "exercise" | "exercise title" | "name of exercise" | "title" => &mut self.title,
                    "sponsor" | "exercise sponsor" | "sponsoring agency" | "sponsoring organization" => {
                        &mut self.sponsor
                    }
                    "contact" | "poc" | "point of contact" | "exercise director" | "exercise poc" => &mut self.contact,
                    "scope" | "exercise scope" => &mut self.scope,
                    _ => continue,
                };
                slot.get_or_insert(value);
            }
        }
        // Without a label, the first words of the block are its title.
        let first = rows.iter().flat_map(|row| row.cells.values()).find_map(|cell| match cell {
            Cell::Text(text)
                if text.chars().count() > 3 && !text.contains(':') && !text.to_uppercase().contains("TLP") =>
            {
                Some(text.clone())
            }
            _ => None,
        });
        if self.title.is_none() {
            self.title = first;
        }
    }

    /// A marking of the Traffic Light Protocol goes with the list wherever it goes; the strictest counts.
    fn mark(&mut self, text: &str) {
        let text = text.to_uppercase();
        let marking =
            [Tlp::Red, Tlp::AmberStrict, Tlp::Amber, Tlp::Green].into_iter().find(|tlp| text.contains(tlp.marking()));
        self.tlp = self.tlp.max(marking.unwrap_or_default());
    }
}

impl Sorted {
    /// Headings that were understood although they are misspelt, in sentences.
    pub(super) fn slips(&self, book: &Book) -> Vec<String> {
        let mut said = Vec::new();
        for table in &self.tables {
            for column in &table.columns.slips {
                let name = &book.sheets[table.sheet].name;
                let field = table
                    .columns
                    .fields
                    .get(column)
                    .map(|field| format!("{field:?}").to_lowercase())
                    .unwrap_or_default();
                said.push(format!("{name}, column {}, is taken for the {field}.", table.columns.name(*column)));
            }
        }
        said
    }

    /// Which clock counts where a list has two, in a sentence.
    pub(super) fn clocks(&self, book: &Book, options: &Options) -> Option<String> {
        const DELIVERY: [Field; 3] = [Field::Time, Field::Dtg, Field::Elapsed];
        let two = self.tables.iter().find_map(|table| {
            let story = table.columns.of(Field::StoryTime).next()?;
            let delivery = DELIVERY.into_iter().find_map(|field| table.columns.of(field).next())?;
            let rows = &book.sheets[table.sheet].rows[table.head + 1..];
            let filled = |column: u32| rows.iter().any(|row| row.cells.contains_key(&column));
            (filled(story) && filled(delivery)).then(|| (table.columns.name(story), table.columns.name(delivery)))
        });
        let (story, delivery) = two?;
        Some(match options.clock {
            Clock::Story => format!(
                "Of two clocks the one of the story counts, column {story}; --clock delivery takes column {delivery}."
            ),
            Clock::Delivery => format!(
                "Of two clocks the one of the delivery counts, column {delivery}; --clock story takes column {story}."
            ),
        })
    }
}
