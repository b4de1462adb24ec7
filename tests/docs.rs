//! What the README and the documents say is true: their examples are run, their tables are made from the program.
//!
//! After a change that is meant: `UPDATE=1 cargo test --test docs`.

#[path = "docs/dictionary.rs"]
mod dictionary;
#[path = "docs/examples.rs"]
mod examples;
#[path = "docs/import.rs"]
mod import;
#[path = "docs/recipes.rs"]
mod recipes;
#[path = "docs/reference.rs"]
mod reference;
#[path = "docs/words.rs"]
mod words;

use std::path::PathBuf;

/// Compares a page with what it should be, or writes it if that is asked for.
#[track_caller]
fn is_fresh(path: &str, made: &str) {
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, made).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    for (number, (kept, made)) in kept.lines().zip(made.lines()).enumerate() {
        assert_eq!(kept, made, "{path}, line {}; if the change is meant: UPDATE=1 cargo test --test docs", number + 1);
    }
    assert!(kept == made, "{path} is stale; if the change is meant: UPDATE=1 cargo test --test docs");
}

/// A page with the part between two markers replaced.
fn with_part(page: &str, name: &str, part: &str) -> String {
    let (begin, end) = (format!("<!-- {name}: made by tests/docs -->\n"), format!("<!-- end of {name} -->"));
    let from = page.find(&begin).unwrap_or_else(|| panic!("no {begin:?}")) + begin.len();
    let until = page.find(&end).unwrap_or_else(|| panic!("no {end:?}"));
    format!("{}\n{part}\n{}", &page[..from], &page[until..])
}

/// The README and all documents.
fn pages() -> Vec<PathBuf> {
    let mut pages: Vec<PathBuf> = std::fs::read_dir("docs")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    pages.push("README.md".into());
    pages.sort();
    pages
}
