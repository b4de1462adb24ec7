//! Files for spreadsheets and analysts, read back as those programs read them.

#[path = "cli/program.rs"]
mod program;

#[path = "export/blueprint.rs"]
mod blueprint;
#[path = "export/cadence.rs"]
mod cadence;
#[path = "export/charts.rs"]
mod charts;
#[path = "export/hostile.rs"]
mod hostile;
#[path = "export/msel.rs"]
mod msel;
#[path = "export/openaev.rs"]
mod openaev;
#[path = "export/page.rs"]
mod page;
#[path = "export/papers.rs"]
mod papers;
#[path = "export/stix.rs"]
mod stix;
#[path = "export/tables.rs"]
mod tables;
#[path = "export/workbook.rs"]
mod workbook;

use program::Desk;
use std::io::Read as _;
use std::path::Path;

/// A desk with the starter scenario and a batch of so many runs.
fn with_batch(runs: &str) -> Desk {
    let desk = Desk::with_starter();
    desk.call(&["batch", "starter.toml", "-q", "--runs", runs]).succeeds();
    desk
}

/// Every part of a workbook, by name.
fn parts(path: &Path) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    (0..archive.len())
        .map(|position| {
            let mut part = archive.by_index(position).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            (part.name().unwrap().into_owned(), text)
        })
        .collect()
}
