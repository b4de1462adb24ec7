//! From a planner's list of events to a scenario: sheets, rows, headings, times, injects, TOML.
//!
//! A master scenario events list may be a workbook or a table of text, in any of the forms that planners use. Every row of it that
//! holds something is accounted for: read, left out for a reason that is told, or not understood.

mod account;
mod aims;
mod assemble;
mod book;
mod cast;
mod cell;
mod clock;
mod field;
mod heading;
mod list;
mod names;
mod numbering;
mod options;
mod schedule;
mod table;
mod words;
mod write;

pub use account::{Account, Fate, Note, SheetCount};
pub use book::NoBook;
pub use field::{FIELDS, Field, Known};
pub use options::{Clock, Options, Start, check_zone};
pub use table::{NoList, OTHER_SHEETS};
pub use words::{KINDS, Kind, METHODS, OMITTED, method_word};

use crate::scenario::{Loaded, Severity};
use book::Book;
use list::Draft;
use schedule::{Asked, SheetDay};
use std::path::Path;

/// A list of events as a scenario.
#[derive(Debug)]
pub struct Import {
    /// The scenario, as the text of its file.
    pub scenario: String,
    /// How many injects it has.
    pub injects: usize,
    /// How many of them branch.
    pub branches: usize,
    /// How many responders it has.
    pub responders: usize,
    /// How many objectives it has.
    pub objectives: usize,
    /// What was assumed where the list leaves it open, in sentences.
    pub assumed: Vec<String>,
    /// What became of every row.
    pub account: Account,
}

/// Why a file cannot be imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It cannot be read.
    #[error("cannot read it: {0}")]
    Io(#[from] std::io::Error),
    /// It is no workbook and no table.
    #[error(transparent)]
    NoBook(#[from] NoBook),
    /// It holds no list of events.
    #[error(transparent)]
    NoList(#[from] NoList),
    /// It holds a list, and no row of it is an inject.
    #[error("none of its {rows} rows makes an inject")]
    NoInject {
        /// Rows that hold something.
        rows: usize,
        /// What became of them.
        account: Account,
    },
    /// The scenario that was made has mistakes: a fault of this program.
    #[error("the scenario made from it has a mistake: {0}")]
    Unsound(String),
}

/// Imports a file. `id` is the name the scenario will have.
///
/// # Errors
///
/// When it cannot be read, or holds no inject.
pub fn import(file: &Path, id: &str, options: &Options) -> Result<Import, ImportError> {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    import_bytes(&name, &std::fs::read(file)?, id, options)
}

/// Imports what a file of this name holds.
///
/// # Errors
///
/// When it holds no inject.
pub fn import_bytes(name: &str, bytes: &[u8], id: &str, options: &Options) -> Result<Import, ImportError> {
    let book = Book::read(name, bytes)?;
    let mut account = Account::new(&book.sheets);
    let mut sorted = table::sort(&book, options, &mut account)?;
    let mut drafts: Vec<Draft> = Vec::new();
    for table in &sorted.tables {
        let sheet = &book.sheets[table.sheet];
        if list::is_supplement(sheet, table, &drafts) {
            list::complete(sheet, table, options, &mut account, &mut drafts);
        } else {
            list::drafts(sheet, table, options, &mut account, &mut drafts);
        }
    }
    account.sort();
    if drafts.is_empty() {
        return Err(ImportError::NoInject { rows: account.rows(), account });
    }
    let asked: Vec<Asked> = drafts.iter().map(|draft| draft.asked.clone()).collect();
    let mut days = vec![SheetDay::default(); book.sheets.len()];
    for table in &sorted.tables {
        days[table.sheet] = table.day;
    }
    let schedule = schedule::schedule(&asked, &days, options);
    let assembly = assemble::assemble(drafts, &schedule, std::mem::take(&mut sorted.aims), &mut account);
    account.sort();
    let assumed: Vec<String> = book
        .guesses
        .iter()
        .cloned()
        .chain(sorted.slips(&book))
        .chain(sorted.clocks(&book, options))
        .chain(schedule.assumed.iter().cloned())
        .collect();
    let scenario = write::scenario(&write::Writing {
        source: name,
        sheets: &book.sheets,
        block: &sorted.block,
        assembly: &assembly,
        schedule: &schedule,
        options,
        assumed: &assumed,
        account: &account,
    });
    let loaded = Loaded::from_text(&format!("{id}.toml"), &scenario);
    if let Some(problem) = loaded.problems().iter().find(|problem| problem.severity == Severity::Error) {
        return Err(ImportError::Unsound(format!("{}: {}", problem.path, problem.message)));
    }
    Ok(Import {
        injects: assembly.drafts.len(),
        branches: assembly.placed.iter().filter(|placed| placed.behind.is_some()).count(),
        responders: assembly.cast.players.len(),
        objectives: assembly.aims.aims.len(),
        scenario,
        assumed,
        account,
    })
}
