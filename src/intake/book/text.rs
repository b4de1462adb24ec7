//! Tables of text: comma, semicolon, tab or bar between the cells; UTF-8, UTF-16 or the letters of western Windows.

use super::{Book, MOST_CELLS, NoBook, Row, Sheet};
use crate::intake::cell::Cell;
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use std::collections::BTreeMap;

/// What may stand between cells.
const SEPARATORS: [(u8, &str); 4] = [(b',', "comma"), (b';', "semicolon"), (b'\t', "tab"), (b'|', "bar")];

/// Reads a table. The separator is the one by which `score` finds most headings in the rows.
pub(super) fn table(name: &str, bytes: &[u8], score: impl Fn(&[Row]) -> u32) -> Result<Book, NoBook> {
    let mut guesses = Vec::new();
    let (encoding, _) = Encoding::for_bom(bytes).unwrap_or((UTF_8, 0));
    let (mut text, _, broken) = encoding.decode(bytes);
    if text.contains('\0') {
        return Err(NoBook::Foreign);
    }
    if broken {
        text = WINDOWS_1252.decode(bytes).0;
        guesses.push(
            "The file is not UTF-8; its letters are read as those of western Windows (code page 1252).".to_owned(),
        );
    }
    let begin = text.trim_start().get(..9).unwrap_or_default().to_ascii_lowercase();
    if begin.starts_with("<html") || begin.starts_with("<!doctype") || begin.starts_with("<?xml") {
        return Err(NoBook::Page);
    }
    // Excel writes and reads a first line that names the separator.
    let named = text.get(..5).filter(|head| head.starts_with("sep=")).map(|head| head.as_bytes()[4]);
    let (body, above) = match (named, text.find('\n')) {
        (Some(_), Some(end)) => (&text[end + 1..], 1),
        _ => (&*text, 0),
    };
    let separators: Vec<u8> = match named {
        Some(separator) => vec![separator],
        None => SEPARATORS.iter().map(|(separator, _)| *separator).collect(),
    };
    let mut best: Option<(u32, usize, Vec<Row>)> = None;
    let mut problem = None;
    for separator in separators {
        match rows(body, separator, above) {
            Ok(rows) => {
                let quality = (score(&rows), rows.iter().map(|row| row.cells.len()).sum());
                if best.as_ref().is_none_or(|(score, cells, _)| quality > (*score, *cells)) {
                    best = Some((quality.0, quality.1, rows));
                }
            }
            Err(found) => problem = Some(problem.unwrap_or(found)),
        }
    }
    match (best, problem) {
        (Some((_, _, rows)), _) => {
            Ok(Book { sheets: vec![Sheet { name: name.to_owned(), hidden: false, rows }], guesses })
        }
        (None, Some(problem)) => Err(problem),
        (None, None) => Err(NoBook::Empty),
    }
}

fn rows(text: &str, separator: u8, above: u32) -> Result<Vec<Row>, NoBook> {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    let mut number = above;
    let mut count = 0;
    let mut from = 0;
    while reader.read_record(&mut record).map_err(|error| NoBook::Damaged(error.to_string()))? {
        // A spreadsheet counts empty lines as rows, the reader leaves them out.
        let until = reader.position().byte() as usize;
        let mut passed = text.get(from..until).unwrap_or_default();
        // Of a line that ends in two signs, the reader leaves the second to the next record.
        if text[..from].ends_with('\r') && passed.starts_with('\n') {
            from += 1;
            passed = &passed[1..];
        }
        let empty = passed.len() - passed.trim_start_matches(['\n', '\r']).len();
        number += 1 + passed[..empty].matches('\n').count() as u32;
        let is_last = passed.trim_end().len() + from >= text.trim_end().len();
        if is_last && passed.trim_end().contains('\n') && passed.matches('"').count() % 2 == 1 {
            let line = 1 + u64::from(above) + text[..from + empty].matches('\n').count() as u64;
            return Err(NoBook::OpenQuote(line));
        }
        from = until;
        let cells: BTreeMap<u32, Cell> = (0..)
            .zip(record.iter())
            .filter_map(|(column, text)| Some((column, Cell::of_text(unguarded(text))?)))
            .collect();
        count += cells.len();
        if count > MOST_CELLS {
            return Err(NoBook::TooLarge);
        }
        if !cells.is_empty() {
            rows.push(Row { number, cells, widest: 1, ..Row::default() });
        }
    }
    Ok(rows)
}

/// Tables that keep formulas from being run put an apostrophe before a text that looks like one.
fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(text)
}
