//! `docs/import.md`: the words that `canvass import` understands, made from the program.

use super::{is_fresh, with_part};
use canvass::intake::{FIELDS, KINDS, Kind, METHODS, OMITTED, OTHER_SHEETS, method_word};

fn words(words: &[&str]) -> String {
    words.join(", ")
}

#[test]
fn the_words_of_an_import_are_those_of_the_program() {
    let page = std::fs::read_to_string("docs/import.md").unwrap().replace("\r\n", "\n");
    let headings: String =
        FIELDS.iter().map(|known| format!("| {} | {} |\n", known.becomes, words(known.headings))).collect();
    let kinds: String = KINDS
        .iter()
        .map(|(kind, known)| {
            let kind = match kind {
                Kind::Scripted => "an inject that is given in any case",
                Kind::Contingency => "a contingency inject, given on a branch",
                Kind::ExpectedAction => "no inject: it joins `expected` of the inject above it",
            };
            format!("| {kind} | {} |\n", words(known))
        })
        .collect();
    let methods: String =
        METHODS.iter().map(|(method, known)| format!("| `{}` | {} |\n", method_word(*method), words(known))).collect();
    let sheets: Vec<&str> = OTHER_SHEETS.iter().map(|(word, _)| *word).collect();
    let parts = [
        ("sheets", words(&sheets) + ".\n"),
        ("headings", format!("| becomes | headings |\n|---|---|\n{headings}")),
        ("kinds", format!("| read as | words |\n|---|---|\n{kinds}")),
        ("methods", format!("| `method` | words |\n|---|---|\n{methods}")),
        ("omitted", words(OMITTED) + ".\n"),
    ];
    let made = parts.iter().fold(page, |page, (name, part)| with_part(&page, name, part.trim_end()));
    is_fresh("docs/import.md", &made);
}
