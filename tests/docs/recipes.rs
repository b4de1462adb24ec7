//! The cookbook of docs/authoring.md: each recipe is put into the file that the guide makes, is sound there, and does what it is about.

use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// A block of a page that goes into the reader's file.
pub(crate) const INTO_FILE: &str = "```toml my-county.toml";

const RUNS: &str = "60";

/// A scenario with a snippet put in as the guide says: at the end, and in place of tables whose name is there already.
pub(crate) fn placed(scenario: &str, snippet: &str) -> String {
    let is_new = |header: &str| !snippet.lines().any(|line| line == header && !line.starts_with("[["));
    let mut kept = String::new();
    let mut keeping = true;
    for line in scenario.lines() {
        if line.starts_with('[') {
            keeping = is_new(line);
        }
        if keeping {
            kept += line;
            kept.push('\n');
        }
    }
    format!("{}\n\n{}\n", kept.trim_end(), snippet.trim_end())
}

/// The first block of a text that begins with a line, without its fences.
fn block<'t>(text: &'t str, fence: &str) -> Option<(&'t str, &'t str)> {
    let from = text.find(&format!("{fence}\n"))? + fence.len() + 1;
    let until = from + text[from..].find("```")?;
    Some((&text[from..until], &text[until + 3..]))
}

struct Recipe {
    title: String,
    snippet: String,
    /// Where to look, and for what.
    sign: (String, Vec<String>),
}

fn recipes(page: &str) -> Vec<Recipe> {
    let cookbook = page.split("\n## Cookbook\n").nth(1).expect("the guide has a cookbook");
    let recipe = |text: &str| {
        let title = text.lines().next().unwrap().to_owned();
        let (snippet, rest) = block(text, "```toml").unwrap_or_else(|| panic!("no snippet: {title}"));
        let place = ["Timeline:", "Measure:", "Odds:", "Column:", "Check:", "Plans:"]
            .into_iter()
            .find(|place| rest.contains(place))
            .unwrap_or_else(|| panic!("{title} does not say where to look"));
        let after = &rest[rest.find(place).unwrap()..];
        let names = after.split('`').skip(1).step_by(2).map(str::to_owned).collect();
        Recipe { title, snippet: snippet.to_owned(), sign: (place.to_owned(), names) }
    };
    cookbook.split("\n### ").skip(1).map(recipe).collect()
}

fn canvass(desk: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_canvass"))
        .args(arguments)
        .current_dir(desk)
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// The values of a column of runs.csv, each with its plan.
fn column(desk: &Path, name: &str) -> Vec<(String, String)> {
    let text = std::fs::read_to_string(desk.join("out/runs.csv")).unwrap();
    let mut lines = text.lines().map(|line| line.split(',').collect::<Vec<&str>>());
    let heads = lines.next().unwrap();
    let position = |name: &str| heads.iter().position(|head| *head == name);
    let (plan, wanted) = (position("plan").unwrap(), position(name).unwrap_or_else(|| panic!("no {name}: {heads:?}")));
    lines.map(|line| (line[plan].to_owned(), line[wanted].to_owned())).collect()
}

fn id(prefix: &str, name: &str) -> String {
    format!("{prefix}{}", name.replace('-', "_"))
}

/// Whether the thing a recipe is about is seen where it says.
fn is_seen(desk: &Path, plans: &[String], (place, names): &(String, Vec<String>)) -> bool {
    match place.as_str() {
        "Timeline:" => plans.iter().any(|plan| {
            (0..40).any(|run| {
                let story = canvass(desk, &["run", "recipe.toml", "--plan", plan, "--run", &run.to_string()]);
                // A long line is folded.
                let story = story.split_whitespace().collect::<Vec<_>>().join(" ");
                story.split("What the planner feared").next().unwrap().contains(names[0].as_str())
            })
        }),
        "Measure:" => column(desk, &id("m_", &names[0]))
            .iter()
            .any(|(_, value)| value.parse().is_ok_and(|value: f64| value > 0.0)),
        "Odds:" => column(desk, &id("k_", &names[0])).iter().any(|(_, value)| value == "1" || value == "true"),
        "Column:" => {
            let values = column(desk, &names[0]);
            values.iter().any(|(_, value)| *value != values[0].1)
        }
        "Check:" => {
            canvass(desk, &["batch", "recipe.toml", "-q", "-o", "checked"]).contains(&format!("✓ {}", names[0]))
        }
        "Plans:" => {
            let values = column(desk, &id("m_", &names[2]));
            let of = |plan: &str| -> Vec<&str> {
                values.iter().filter(|(own, _)| own == plan).map(|(_, value)| value.as_str()).collect()
            };
            !of(&names[0]).is_empty() && of(&names[0]).len() == of(&names[1]).len() && of(&names[0]) != of(&names[1])
        }
        other => panic!("{other}"),
    }
}

fn plans(scenario: &str) -> Vec<String> {
    let name = |line: &str| Some(line.strip_prefix("[plan.")?.strip_suffix(']')?.split('.').next()?.to_owned());
    scenario.lines().filter_map(name).collect()
}

#[test]
fn every_recipe_is_sound_in_the_file_of_the_guide_and_does_what_it_is_about() {
    let page = std::fs::read_to_string("docs/authoring.md").unwrap().replace("\r\n", "\n");
    let recipes = recipes(&page);
    assert_eq!(recipes.len(), 20);
    let desk = TempDir::new().unwrap();
    super::examples::copy(Path::new("scenarios"), &desk.path().join("scenarios"));
    canvass(desk.path(), &["new", "my-county"]);
    let mut base = std::fs::read_to_string(desk.path().join("my-county.toml")).unwrap();
    let mut rest = page.as_str();
    while let Some((snippet, after)) = block(rest, INTO_FILE) {
        base = placed(&base, snippet);
        rest = after;
    }
    let mut failures = Vec::new();
    for recipe in recipes {
        let scenario = placed(&base, &recipe.snippet);
        std::fs::write(desk.path().join("recipe.toml"), &scenario).unwrap();
        let checked = canvass(desk.path(), &["check", "recipe.toml"]);
        if !checked.contains("is sound") {
            failures.push(format!("{} is not clean:\n{checked}", recipe.title));
            continue;
        }
        let batch = canvass(desk.path(), &["batch", "recipe.toml", "--runs", RUNS, "-q", "-o", "out"]);
        if !desk.path().join("out/runs.csv").exists() {
            failures.push(format!("{} does not run:\n{batch}", recipe.title));
        } else if !is_seen(desk.path(), &plans(&scenario), &recipe.sign) {
            failures.push(format!("{}: nothing is seen of {:?}", recipe.title, recipe.sign));
        }
        let _ = std::fs::remove_dir_all(desk.path().join("out"));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn a_table_of_a_snippet_takes_the_place_of_its_namesake_and_an_entry_of_a_list_does_not() {
    let scenario = "[a.b]\nx = 1\n[[c.d]]\ny = 1\n[e.f]\nz = 1\n";
    let made = placed(scenario, "[a.b]\nx = 2\n[[c.d]]\ny = 2\n");
    assert_eq!(made, "[[c.d]]\ny = 1\n[e.f]\nz = 1\n\n[a.b]\nx = 2\n[[c.d]]\ny = 2\n");
}
