//! Results are called what they are: shares of simulated runs under assumptions. Nothing a person reads says that anything will happen.

use std::fs;
use std::path::{Path, PathBuf};

/// Words that claim to know the future.
const CLAIMS: [&str; 6] =
    ["forecast", "predict", "probability that it will", "probabilities that", "will happen", "foretell"];

/// What turns such a claim into its denial, in the same sentence.
const DENIALS: [&str; 4] = ["not ", "never", "nobody", "no "];

fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::from(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|own| own == ending) {
                found.push(path);
            }
        }
    }
    found
}

/// The sentences of a text that make such a claim and do not deny it.
fn claims(text: &str) -> Vec<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let sentences = text.split_inclusive(". ").filter(|sentence| CLAIMS.iter().any(|claim| sentence.contains(claim)));
    sentences.filter(|sentence| !DENIALS.iter().any(|denial| sentence.contains(denial))).map(str::to_owned).collect()
}

/// What stands in quotes in a source file, comments left out.
fn spoken(source: &str) -> String {
    let code: Vec<&str> = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    code.join(" ").replace("\\\n", "").split('"').skip(1).step_by(2).collect::<Vec<_>>().join(". ")
}

#[test]
fn nothing_a_person_reads_claims_to_know_the_future() {
    let mut pages: Vec<PathBuf> = ["README.md", "CHANGELOG.md", "tests/cli/help.txt"].map(PathBuf::from).to_vec();
    pages.extend(files("docs", "md"));
    pages.extend(files("schema", "json"));
    pages.extend(files("scenarios", "toml"));
    pages.extend(files("scenarios", "md"));
    for page in pages {
        assert_eq!(claims(&fs::read_to_string(&page).unwrap()), [""; 0], "{}", page.display());
    }
    for source in files("src", "rs") {
        assert_eq!(claims(&spoken(&fs::read_to_string(&source).unwrap())), [""; 0], "{}", source.display());
    }
}

#[test]
fn the_words_for_results_stand_where_results_do() {
    let words = "under these assumptions";
    for place in ["src/cli/odds.rs", "README.md"] {
        let text = fs::read_to_string(Path::new(place)).unwrap();
        assert!(text.contains(words), "{place}");
    }
    assert_eq!(
        claims("The forecast is rain. We do not predict. It will happen. It never will happen."),
        ["the forecast is rain. ", "it will happen. "]
    );
}
