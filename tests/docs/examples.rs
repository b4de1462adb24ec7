//! Every ```console block is run, in a folder that holds the library of scenarios, and says what it says there.

use super::recipes::{INTO_FILE, placed};
use super::{is_fresh, pages};
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// A folder with the library in it, as a fresh clone has it.
fn desk() -> TempDir {
    let desk = TempDir::new().unwrap();
    copy(Path::new("scenarios"), &desk.path().join("scenarios"));
    desk
}

pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(|entry| entry.unwrap()) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// What a command of the documents leaves on the terminal: results, then everything else.
fn said(desk: &Path, command: &str) -> String {
    let arguments = command
        .strip_prefix("canvass")
        .or_else(|| command.strip_prefix("cargo run --release --"))
        .unwrap_or_else(|| panic!("only canvass can be called in an example, not: {command}"));
    let output = Command::new(env!("CARGO_BIN_EXE_canvass"))
        .args(arguments.split_whitespace())
        .current_dir(desk)
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    text.replace('\\', "/").replace("\r\n", "\n")
}

/// A page as it is when every example says what the program says. The commands of a page share a folder, and what the page puts into the
/// reader's file is put there on the way.
fn as_run(page: &str) -> String {
    let desk = desk();
    let mut made = String::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        made.push_str(line);
        made.push('\n');
        if line == INTO_FILE {
            let snippet: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            let snippet = snippet.join("\n");
            made.push_str(&format!("{snippet}\n```\n"));
            let path = desk.path().join("my-county.toml");
            let before = std::fs::read_to_string(&path).unwrap();
            std::fs::write(&path, placed(&before, &snippet)).unwrap();
            continue;
        }
        if line != "```console" {
            continue;
        }
        for line in lines.by_ref() {
            if line == "```" {
                made.push_str("```\n");
                break;
            }
            if let Some(command) = line.strip_prefix("$ ") {
                made.push_str(line);
                made.push('\n');
                made.push_str(&said(desk.path(), command));
            }
        }
    }
    made
}

#[test]
fn every_example_says_what_the_program_says() {
    let mut examples = 0;
    for page in pages() {
        let text = std::fs::read_to_string(&page).unwrap().replace("\r\n", "\n");
        examples += text.matches("```console").count();
        is_fresh(page.to_str().unwrap(), &as_run(&text));
    }
    assert!(examples > 2, "only {examples} examples");
}

#[test]
fn examples_fit_a_terminal() {
    for page in pages() {
        let text = std::fs::read_to_string(&page).unwrap();
        let mut within = false;
        for line in text.lines() {
            within = if line.starts_with("```") { line == "```console" } else { within };
            assert!(!within || line.chars().count() <= 80, "{}: {line}", page.display());
        }
    }
}

#[test]
fn links_between_pages_lead_somewhere() {
    for page in pages() {
        let text = std::fs::read_to_string(&page).unwrap();
        for part in text.split("](").skip(1) {
            let target = part.split([')', '#']).next().unwrap();
            if target.is_empty() || target.starts_with("http") {
                continue;
            }
            let path = page.parent().unwrap().join(target);
            assert!(path.exists(), "{}: {target}", page.display());
        }
    }
}

/// The README promises that the delay of the mirror is changed in three lines.
#[test]
fn the_delay_of_the_mirror_can_be_changed_as_the_readme_says() {
    let readme = std::fs::read_to_string("README.md").unwrap();
    let quoted = |start: &str| {
        let from = readme.find(start).unwrap_or_else(|| panic!("the README no longer says {start}"));
        readme[from + 1..].split('`').next().unwrap().to_owned()
    };
    let (before, after) = (quoted("`\"uniform(2min, 8min)"), quoted("`\"30min to 90min"));
    let desk = desk();
    let path = desk.path().join("scenarios/starter-results-site.toml");
    let command = "canvass batch scenarios/starter-results-site.toml --runs 200 -q";
    let first = said(desk.path(), command);
    let text = std::fs::read_to_string(&path).unwrap();
    let (head, mirror) = text.split_at(text.find("\n[response.mirror]").unwrap() + 1);
    let place = mirror.find(&before).expect("the mirror takes as long as the README says");
    assert!(!mirror[1..place].contains("\n["), "the delay stands in the table of the mirror");
    std::fs::write(&path, format!("{head}{}", mirror.replacen(&before, &after, 1))).unwrap();
    let second = said(desk.path(), command);
    assert_ne!(first, second);
    assert!(second.contains("95 % interval"), "{second}");
}
