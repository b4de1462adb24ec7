//! `validation.csv` and the page `docs/validation.md`: what was published, and what the simulation gives.

use super::folder::{FolderError, StagedFile};
use super::study::StudyFiles;
use super::table::{Cell, Field};
use crate::study::validation::{Figure, Study};
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// The format of the folders that `canvass validate` writes.
pub const VALIDATION_FORMAT: &str = "canvass-validation-1";

/// A study with what came of it.
pub struct Validated {
    /// The study.
    pub study: Study,
    /// Its figures.
    pub figures: Vec<Figure>,
    /// Runs of every plan.
    pub runs: u64,
}

fn fields() -> Vec<Field> {
    vec![
        Field::new("study", "Name of the study, as on the command line", ""),
        Field::new("figure", "What the figure is", ""),
        Field::new("unit", "Unit of the values of the row; empty for plain numbers", ""),
        Field::new("published", "The published value; empty where none is at hand", "unit"),
        Field::new("simulated", "The simulated value; empty where a quick validation leaves it out", "unit"),
        Field::new("difference", "Simulated less published", "unit"),
        Field::new("lowest", "Lowest value that agrees", "unit"),
        Field::new("highest", "Highest value that agrees", "unit"),
        Field::new(
            "verdict",
            "`holds`, `MISSES`, `known miss`, `UNEXPECTED`, `full only` in a quick validation, or `-` where nothing is judged",
            "",
        ),
        Field::new("reason", "Why it is expected to miss, if it is", ""),
        Field::new("runs", "Number of runs of every plan", "1"),
        Field::new("source", "Where the published value comes from", ""),
    ]
}

/// Writes `validation.csv`.
///
/// # Errors
///
/// When it cannot be written.
pub fn write_validation(files: &mut StudyFiles, validated: &[Validated]) -> Result<(), FolderError> {
    let rows = validated.iter().flat_map(|Validated { study, figures, runs }| {
        figures.iter().map(move |figure| {
            let judged = |value: f64| Cell::Maybe(figure.published.map(|_| value));
            vec![
                Cell::Text(study.id),
                Cell::Text(&figure.what),
                Cell::Text(figure.unit),
                Cell::Maybe(figure.published),
                Cell::Maybe(figure.simulated),
                Cell::Maybe(figure.difference()),
                judged(figure.bounds[0]),
                judged(figure.bounds[1]),
                Cell::Text(figure.verdict().word()),
                Cell::Text(figure.expected_to_miss.unwrap_or_default()),
                Cell::Whole(*runs),
                Cell::Text(study.source),
            ]
        })
    });
    files.write("validation.csv", fields(), rows)
}

/// A value of a figure with three digits or so, and its bounds in words.
pub fn figure_words(figure: &Figure) -> [String; 4] {
    let number = |value: f64| match value.abs() {
        size if size >= 1_000.0 => format!("{value:.0}"),
        size if size >= 100.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    };
    let maybe = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), number);
    let [low, high] = figure.bounds;
    let bounds = if figure.published.is_none() { "-".to_owned() } else { format!("{}..{}", number(low), number(high)) };
    [maybe(figure.published), maybe(figure.simulated), maybe(figure.difference()), bounds]
}

const BEGIN: &str = "<!-- studies: written by `canvass validate --page docs/validation.md` -->";
const END: &str = "<!-- end of studies -->";

/// Writes the studies into a page, between their two marks; what else stands on the page is kept. A page that is not there is made.
///
/// # Errors
///
/// When it cannot be read or written, or has no place for the studies.
pub fn write_page(path: &Path, validated: &[Validated]) -> Result<PathBuf, FolderError> {
    let failed = |cause: io::Error| FolderError::write(path, cause);
    let page = match std::fs::read_to_string(path) {
        Ok(page) => page,
        Err(error) if error.kind() == io::ErrorKind::NotFound => format!("# Validation\n\n{BEGIN}\n{END}\n"),
        Err(error) => return Err(failed(error)),
    };
    let place = page.split_once(BEGIN).and_then(|(before, rest)| Some((before, rest.split_once(END)?.1)));
    let Some((before, after)) = place else {
        return Err(failed(io::Error::other(format!("it has no lines `{BEGIN}` and `{END}`"))));
    };
    let mut file = StagedFile::new(path)?;
    file.write_all(format!("{before}{BEGIN}\n{}\n{END}{after}", page_part(validated)).as_bytes()).map_err(failed)?;
    file.publish()
}

/// The studies as sections of a page.
fn page_part(validated: &[Validated]) -> String {
    let mut text = String::new();
    for Validated { study, figures, runs } in validated {
        // A string takes everything.
        let _ = write!(
            text,
            "\n## {}\n\n`{}`, {runs} runs of every plan. {}\n\nSource: {}.\n\n\
             | figure | unit | published | simulated | difference | bounds | verdict |\n|---|---|---|---|---|---|---|\n",
            study.title, study.id, study.about, study.source
        );
        for figure in figures {
            let [published, simulated, difference, bounds] = figure_words(figure);
            let verdict = figure.verdict().word();
            let _ = writeln!(
                text,
                "| {} | {} | {published} | {simulated} | {difference} | {bounds} | {verdict} |",
                figure.what, figure.unit
            );
        }
        let mut reasons: Vec<&str> = figures.iter().filter_map(|figure| figure.expected_to_miss).collect();
        reasons.dedup();
        for reason in reasons {
            let _ = writeln!(text, "\nKnown misses: {reason}.");
        }
    }
    text
}
