//! What became of every row, and what could not be read.

use super::book::Sheet;

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is an inject, or part of one, or an objective.
    Read,
    /// It was left out for a reason: a heading, a sheet of another kind, an inject that is omitted.
    Skipped,
    /// It holds something that makes no inject.
    NotUnderstood,
}

impl Fate {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Fate::Read => "read",
            Fate::Skipped => "skipped",
            Fate::NotUnderstood => "not understood",
        }
    }
}

/// Something that was not read as it stands there, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The sheet.
    pub sheet: String,
    /// The row, from 1.
    pub row: u32,
    /// The column, as `C (Time)`; nothing if the whole row is meant.
    pub column: Option<String>,
    /// What became of the row: a row that was read may still have a cell that was not.
    pub fate: Fate,
    /// What stands there, cut if it is long.
    pub what: String,
    /// Why it was not read, or not all of it.
    pub why: String,
    /// What to do about it.
    pub mend: String,
}

/// The rows of a sheet by what became of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetCount {
    /// Name of the sheet.
    pub name: String,
    /// Rows that hold something.
    pub rows: usize,
    /// Rows that were read.
    pub read: usize,
    /// Rows that were left out.
    pub skipped: usize,
    /// Rows that were not understood.
    pub not_understood: usize,
}

/// The account of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Sheet by sheet, in the order of the book.
    pub sheets: Vec<SheetCount>,
    /// What was not read, from top to bottom.
    pub notes: Vec<Note>,
}

/// Longest text of a cell that is shown.
const LONGEST_SHOWN: usize = 60;

impl Account {
    pub(super) fn new(sheets: &[Sheet]) -> Self {
        let count =
            |sheet: &Sheet| SheetCount { name: sheet.name.clone(), rows: sheet.rows.len(), ..SheetCount::default() };
        Account { sheets: sheets.iter().map(count).collect(), notes: Vec::new() }
    }

    /// Rows of all sheets that hold something.
    pub fn rows(&self) -> usize {
        self.sheets.iter().map(|sheet| sheet.rows).sum()
    }

    /// Rows of all sheets with one fate.
    pub fn with(&self, fate: Fate) -> usize {
        let count = |sheet: &SheetCount| match fate {
            Fate::Read => sheet.read,
            Fate::Skipped => sheet.skipped,
            Fate::NotUnderstood => sheet.not_understood,
        };
        self.sheets.iter().map(count).sum()
    }

    /// Enters a row. Each row of a sheet is entered once.
    pub(super) fn enter(&mut self, sheet: usize, fate: Fate) {
        let count = &mut self.sheets[sheet];
        match fate {
            Fate::Read => count.read += 1,
            Fate::Skipped => count.skipped += 1,
            Fate::NotUnderstood => count.not_understood += 1,
        }
    }

    /// Enters a row that is not read, with the reason.
    pub(super) fn leave(&mut self, sheet: usize, row: u32, fate: Fate, what: &str, why: &str, mend: &str) {
        self.enter(sheet, fate);
        self.note(sheet, row, None, fate, what, why, mend);
    }

    /// Notes a cell of a row that is read.
    pub(super) fn doubt(&mut self, sheet: usize, row: u32, column: Option<String>, what: &str, why: &str, mend: &str) {
        self.note(sheet, row, column, Fate::Read, what, why, mend);
    }

    #[allow(clippy::too_many_arguments, reason = "the columns of a table")]
    fn note(&mut self, sheet: usize, row: u32, column: Option<String>, fate: Fate, what: &str, why: &str, mend: &str) {
        self.notes.push(Note {
            sheet: self.sheets[sheet].name.clone(),
            row,
            column,
            fate,
            what: shown(what),
            why: why.to_owned(),
            mend: mend.to_owned(),
        });
    }

    /// Puts the notes into the order of the book.
    pub(super) fn sort(&mut self) {
        let place = |name: &str| self.sheets.iter().position(|sheet| sheet.name == name);
        self.notes.sort_by_key(|note| (place(&note.sheet), note.row));
    }
}

/// A text in one line, cut if it is long, with signs for letters that do harm on a terminal.
fn shown(text: &str) -> String {
    let line: String = text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .map(|letter| if is_harmful(letter) { '\u{fffd}' } else { letter })
        .collect();
    if line.chars().count() <= LONGEST_SHOWN {
        return line;
    }
    let mut cut: String = line.chars().take(LONGEST_SHOWN - 1).collect();
    cut.push('…');
    cut
}

/// Letters that move the cursor or turn the direction of writing, and so can make a text look like another.
pub(super) fn is_harmful(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
}
