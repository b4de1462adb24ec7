//! `canvass import`: a scenario from a planner's list of events.

use super::exit::Exit;
use super::failure::Failure;
use super::new::is_id;
use super::words::{WIDTH, count, padded, padded_left, plural, wrapped};
use super::{Global, style};
use crate::intake::{Account, Clock, Fate, Import, ImportError, NoList, Note, Options, Start, check_zone, import};
use crate::report::{Cell, Field, FolderError, StagedFile, Table};
use crate::scenario::{closest, list};
use std::io::Write;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  canvass import msel.xlsx -o clear-ballot.toml
      Make a scenario of the list, and say what could not be read.
  canvass import msel.csv --start 2026-11-03T08:00 --zone America/Detroit
      A list with clock times only, on election day, at Detroit's clock.
  canvass import msel.xlsx --sheet \"Day 1\" --day-first --unread unread.csv
      One sheet, dates with the day first, and a table of what is left.";

/// How a person writes the fates of rows in a table.
const UNREAD: [(&str, &str); 7] = [
    ("sheet", "Sheet of the list"),
    ("row", "Row, from 1"),
    ("column", "Column that was not read; empty if the whole row is meant"),
    ("state", "`read` if the row is an inject all the same, `skipped`, or `not understood`"),
    ("what", "What stands there"),
    ("why", "Why it was not read as it stands"),
    ("mend", "What to do about it"),
];

/// Make a scenario from a list of events in a workbook or table
///
/// Reads .xlsx, .xlsm, .xls, .xlsb, .ods and .csv. Finds the row of headings
/// by itself; docs/import.md lists the headings and the ways to write times.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct ImportCommand {
    /// The list of events
    file: PathBuf,
    /// Scenario to write; without it, named after the list and put here
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// When the exercise begins, as 2026-11-03T08:00 or with its offset
    #[arg(long, value_name = "MOMENT", value_parser = Start::parse, help_heading = "What the list leaves open")]
    start: Option<Start>,
    /// Time zone of the list's clocks, as America/Detroit
    #[arg(long, value_name = "ZONE", value_parser = check_zone, help_heading = "What the list leaves open")]
    zone: Option<String>,
    /// Read 12/05 as the twelfth of May
    #[arg(long, overrides_with = "month_first", help_heading = "What the list leaves open")]
    day_first: bool,
    /// Read 12/05 as the fifth of December
    #[arg(long, help_heading = "What the list leaves open")]
    month_first: bool,
    /// Which clock counts if there are two
    #[arg(long, value_enum, default_value = "story", value_name = "CLOCK", help_heading = "What the list leaves open")]
    clock: WhichClock,
    /// Read this sheet; may be given several times
    #[arg(long = "sheet", value_name = "NAME", help_heading = "What the list leaves open")]
    sheets: Vec<String>,
    /// Write a table of everything that was not read
    #[arg(long, value_name = "FILE")]
    unread: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum WhichClock {
    /// The time in the story
    Story,
    /// The time of delivery
    Delivery,
}

impl ImportCommand {
    pub(super) fn perform(&self, global: &Global) -> Result<Exit, Failure> {
        let target = self.target()?;
        for path in [Some(&target), self.unread.as_ref()].into_iter().flatten() {
            free(path)?;
        }
        let id = target.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let options = Options {
            start: self.start,
            zone: self.zone.clone(),
            day_first: (self.day_first || self.month_first).then_some(self.day_first),
            sheets: self.sheets.clone(),
            clock: match self.clock {
                WhichClock::Story => Clock::Story,
                WhichClock::Delivery => Clock::Delivery,
            },
        };
        let import = import(&self.file, &id, &options).map_err(|error| self.failure(error))?;
        if let Some(path) = &self.unread {
            write_unread(path, &import.account)?;
        }
        let mut file = StagedFile::new(&target)?;
        file.write_all(import.scenario.as_bytes()).map_err(|error| FolderError::write(&target, error))?;
        file.publish_new()?;
        if !global.quiet {
            let mut out = anstream::stdout().lock();
            tell(&import, &target, &mut out)?;
            if let Some(path) = &self.unread {
                writeln!(out, "{}", path.display())?;
            }
            writeln!(out, "Next:  canvass check {}", target.display())?;
        }
        Ok(Exit::Done)
    }

    /// Where the scenario goes. Its name must be one that a scenario may have.
    fn target(&self) -> Result<PathBuf, Failure> {
        let Some(target) = &self.output else {
            let stem = self.file.file_stem().map(|stem| stem.to_string_lossy().to_lowercase()).unwrap_or_default();
            let words: Vec<&str> =
                stem.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
            let name = words.join("-");
            let name = if is_id(&name) { name } else { "imported".to_owned() };
            return Ok(PathBuf::from(format!("{name}.toml")));
        };
        let id = target.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let ending = target.extension().is_some_and(|ending| ending == "toml");
        if !ending || !is_id(&id) {
            return Err(Failure::bad_input(format!("`{}` cannot be the name of a scenario", target.display()))
                .hint("use lower-case letters, digits and dashes, a letter first, and the ending .toml"));
        }
        Ok(target.clone())
    }

    fn failure(&self, error: ImportError) -> Failure {
        let failure = match &error {
            ImportError::Unsound(_) => Failure::failed(format!("{}: {error}", self.file.display())),
            _ => Failure::bad_input(format!("{}: {error}", self.file.display())),
        };
        match &error {
            ImportError::Io(_) => failure.hint("is the path right?"),
            ImportError::NoBook(problem) => failure.hint(problem.mend()),
            ImportError::NoList(NoList::Nowhere { .. }) => failure
                .hint("a list needs headings, as Time, To and Description, in one of the first rows of a sheet")
                .hint("`--sheet NAME` reads a sheet that was left out"),
            ImportError::NoList(NoList::NoSheet { name, sheets }) => {
                match closest(name, sheets.iter().map(String::as_str)) {
                    Some(near) => failure.hint(format!("did you mean `{near}`?")),
                    None => failure.hint(format!("there is {}", list(sheets.iter().map(String::as_str)))),
                }
            }
            ImportError::NoInject { account, .. } => {
                account.notes.iter().filter(|note| note.fate == Fate::NotUnderstood).take(3).fold(
                    failure,
                    |failure, note| {
                        failure.hint(format!("{}, row {}: {}; {}", note.sheet, note.row, note.why, note.mend))
                    },
                )
            }
            ImportError::Unsound(_) => failure.hint("this is a fault of canvass; nothing was written"),
        }
    }
}

/// Nothing is overwritten.
fn free(path: &Path) -> Result<(), Failure> {
    if path.exists() {
        return Err(Failure::bad_input(format!("{} exists already", path.display()))
            .hint("choose another name; nothing was overwritten"));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if folder.is_some_and(|folder| !folder.is_dir()) {
        return Err(
            Failure::bad_input(format!("there is no folder for {}", path.display())).hint("make the folder first")
        );
    }
    Ok(())
}

fn write_unread(path: &Path, account: &Account) -> Result<(), Failure> {
    let fields = UNREAD.map(|(name, meaning)| Field::new(name, meaning, ""));
    let mut table = Table::new(StagedFile::new(path)?, path, &fields)?;
    for note in &account.notes {
        table.row([
            Cell::Text(&note.sheet),
            Cell::Whole(u64::from(note.row)),
            Cell::Text(note.column.as_deref().unwrap_or_default()),
            Cell::Text(note.fate.word()),
            Cell::Text(&note.what),
            Cell::Text(&note.why),
            Cell::Text(&note.mend),
        ])?;
    }
    table.finish()?.0.publish_new()?;
    Ok(())
}

/// What was made, what was assumed, and what is left, for the terminal.
fn tell(import: &Import, target: &Path, out: &mut impl Write) -> Result<(), Failure> {
    let parts = [
        (import.injects, "inject"),
        (import.branches, "of them on a branch"),
        (import.responders, "responder"),
        (import.objectives, "objective"),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, noun)| if noun.contains(' ') { format!("{number} {noun}") } else { plural(number as u64, noun) })
        .collect();
    writeln!(out, "{} {}", style::paint(style::GOOD, "wrote"), target.display())?;
    writeln!(out, "  {}\n", parts.join(", "))?;
    sheets(&import.account, out)?;
    if !import.assumed.is_empty() {
        writeln!(out, "{}", style::paint(style::HEADING, "Assumed"))?;
        for assumed in &import.assumed {
            bullet(out, assumed)?;
        }
        writeln!(out)?;
    }
    let captions =
        [(Fate::NotUnderstood, "Not understood"), (Fate::Read, "Read, but not all of it"), (Fate::Skipped, "Left out")];
    for (fate, caption) in captions {
        let notes: Vec<&Note> = import.account.notes.iter().filter(|note| note.fate == fate).collect();
        if !notes.is_empty() {
            writeln!(out, "{}", style::paint(style::HEADING, caption))?;
            told(&notes, out)?;
            writeln!(out)?;
        }
    }
    Ok(())
}

fn sheets(account: &Account, out: &mut impl Write) -> Result<(), Failure> {
    const NUMBER: usize = 10;
    let names = WIDTH - 4 * NUMBER - 8;
    let heads = ["rows", "read", "left out", "not understood"];
    let line = |name: &str, numbers: [String; 4]| {
        let numbers: Vec<String> =
            numbers.iter().zip(heads).map(|(number, head)| padded_left(number, NUMBER.max(head.len() + 2))).collect();
        format!("{}{}", padded(&super::words::cut(name, names - 2), names), numbers.concat()).trim_end().to_owned()
    };
    writeln!(out, "{}", line("", heads.map(str::to_owned)))?;
    for sheet in account.sheets.iter().filter(|sheet| sheet.rows > 0) {
        let numbers = [sheet.rows, sheet.read, sheet.skipped, sheet.not_understood];
        writeln!(out, "{}", line(&sheet.name, numbers.map(|number| count(number as u64))))?;
    }
    writeln!(out)?;
    Ok(())
}

fn bullet(out: &mut impl Write, text: &str) -> Result<(), Failure> {
    for (place, line) in wrapped(text, WIDTH - 4).into_iter().enumerate() {
        writeln!(out, "{}{line}", if place == 0 { "  · " } else { "    " })?;
    }
    Ok(())
}

/// Notes with the reason they share, each with its rows.
fn told(notes: &[&Note], out: &mut impl Write) -> Result<(), Failure> {
    let mut groups: Vec<Vec<&Note>> = Vec::new();
    for note in notes {
        let like = |group: &&mut Vec<&Note>| {
            let first = group[0];
            (&first.sheet, &first.column, &first.why, &first.mend) == (&note.sheet, &note.column, &note.why, &note.mend)
        };
        match groups.iter_mut().find(like) {
            Some(group) => group.push(note),
            None => groups.push(vec![note]),
        }
    }
    for group in groups {
        let first = group[0];
        let mut rows: Vec<u32> = group.iter().map(|note| note.row).collect();
        rows.dedup();
        let mut place = format!("{}, {}", first.sheet, ranges(&rows));
        if let Some(column) = &first.column {
            place += &format!(", column {column}");
        }
        let mend = if first.mend.is_empty() { String::new() } else { format!("; {}", first.mend) };
        bullet(out, &format!("{place}: {}{mend}", first.why))?;
        for note in group.iter().filter(|note| !note.what.is_empty() && note.fate != Fate::Skipped) {
            let text = if group.len() > 1 { format!("{}: {}", note.row, note.what) } else { note.what.clone() };
            writeln!(out, "{}", style::paint(style::DIM, &format!("      {}", super::words::cut(&text, WIDTH - 6))))?;
        }
    }
    Ok(())
}

/// `row 3`, `rows 3, 5 to 9`.
fn ranges(rows: &[u32]) -> String {
    let mut parts: Vec<(u32, u32)> = Vec::new();
    for &row in rows {
        match parts.last_mut() {
            Some((_, last)) if *last + 1 == row => *last = row,
            _ => parts.push((row, row)),
        }
    }
    let words: Vec<String> = parts
        .iter()
        .map(|(first, last)| if first == last { first.to_string() } else { format!("{first} to {last}") })
        .collect();
    format!("row{} {}", if rows.len() == 1 { "" } else { "s" }, words.join(", "))
}
