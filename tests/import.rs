//! A planner's list of events becomes a scenario: what is in it, what is not, and that every row is accounted for.

#[allow(dead_code, reason = "it serves every target that calls the program")]
#[path = "cli/program.rs"]
mod program;

#[path = "import/books.rs"]
mod books;
#[path = "import/clocks.rs"]
mod clocks;
#[path = "import/command.rs"]
mod command;
#[path = "import/people.rs"]
mod people;
#[path = "import/robustness.rs"]
mod robustness;
#[path = "import/round_trip.rs"]
mod round_trip;
#[path = "import/styles.rs"]
mod styles;

use canvass::intake::{Fate, Import, ImportError, Options, import_bytes};
use canvass::scenario::model::{Inject, Scenario};
use canvass::scenario::{Loaded, Moment, Severity};
use canvass::world::Model;

/// Imports a table of text, and holds it to what is true of every import.
fn import_table(text: &str, options: &Options) -> Import {
    import_book("list.csv", text.as_bytes(), options)
}

fn import_book(name: &str, bytes: &[u8], options: &Options) -> Import {
    let import = import_bytes(name, bytes, "list", options).unwrap_or_else(|error| panic!("{error}"));
    is_accounted_for(&import);
    is_sound(&import);
    import
}

/// Every row that holds something was read, left out or not understood, and whatever was not read has its reason.
#[track_caller]
fn is_accounted_for(import: &Import) {
    let account = &import.account;
    for sheet in &account.sheets {
        assert_eq!(sheet.rows, sheet.read + sheet.skipped + sheet.not_understood, "{sheet:?}");
        for (fate, count) in [(Fate::Skipped, sheet.skipped), (Fate::NotUnderstood, sheet.not_understood)] {
            let notes = account.notes.iter().filter(|note| note.sheet == sheet.name && note.fate == fate);
            assert_eq!(notes.count(), count, "{sheet:?}: {:#?}", account.notes);
        }
    }
    assert!(account.notes.iter().all(|note| !note.why.is_empty() && note.row > 0));
}

/// The scenario has no mistake, and as many injects as it says.
#[track_caller]
fn is_sound(import: &Import) {
    let loaded = Loaded::from_text("list.toml", &import.scenario);
    let errors: Vec<_> = loaded.problems().iter().filter(|problem| problem.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}\n{}", import.scenario);
    let scenario = loaded.scenario().expect("a scenario that can be read");
    Model::compile(scenario).unwrap_or_else(|problems| panic!("{problems:?}\n{}", import.scenario));
    assert_eq!(scenario.inject.len(), import.injects);
    assert_eq!(scenario.responder.len(), import.responders);
    assert_eq!(scenario.objective.len(), import.objectives);
}

fn scenario(import: &Import) -> Scenario {
    Loaded::from_text("list.toml", &import.scenario).scenario().expect("a scenario").clone()
}

/// When an inject is given, as it is written.
fn at(inject: &Inject) -> String {
    match &inject.at {
        Some(Moment::At(moment)) => moment.to_string(),
        other => panic!("{other:?}"),
    }
}

/// All injects in a line each: name, moment, recipients, title.
fn lines(import: &Import) -> Vec<String> {
    let line = |(name, inject): (&String, &Inject)| {
        format!("{name} {} [{}] {}", at(inject), inject.to.join(" "), inject.title)
    };
    scenario(import).inject.iter().map(line).collect()
}

/// What was not read, in a line each: sheet, row, column, fate, and what stands there.
fn unread(import: &Import, fate: Fate) -> Vec<String> {
    let notes = import.account.notes.iter().filter(|note| note.fate == fate);
    notes
        .map(|note| {
            let column = note.column.as_deref().map(|column| format!(" {column}")).unwrap_or_default();
            format!("{} {}{column}: {}", note.sheet, note.row, note.what)
        })
        .collect()
}

fn start(text: &str) -> Options {
    Options { start: Some(canvass::intake::Start::parse(text).unwrap()), ..Options::default() }
}

fn refused(name: &str, bytes: &[u8]) -> ImportError {
    import_bytes(name, bytes, "list", &Options::default()).expect_err("it is refused")
}
