//! Every malformed file of `tests/bad` against what is said about it. `UPDATE=1` writes what is said now.

use super::{errors, good, scenario_with};
use canvass::scenario::{Loaded, Problem, Severity, Style, render, render_json};
use std::path::{Path, PathBuf};

fn malformed_files() -> Vec<PathBuf> {
    let mut files: Vec<_> = std::fs::read_dir("tests/bad")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    files.sort();
    files
}

#[test]
fn every_malformed_file_is_answered_as_recorded() {
    let files = malformed_files();
    assert!(files.len() >= 20, "only {} malformed files", files.len());
    let mut differing = Vec::new();
    for file in files {
        let loaded = Loaded::read(&file).unwrap();
        let said = render(&loaded, loaded.problems(), Style::default()).replace('\\', "/");
        let recorded = file.with_extension("stderr");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&recorded, &said).unwrap();
        }
        if std::fs::read_to_string(&recorded).unwrap_or_default() != said {
            differing.push(format!("{}:\n{said}", file.display()));
        }
    }
    assert!(differing.is_empty(), "said otherwise than recorded:\n{}", differing.join("\n"));
}

#[test]
fn every_error_says_how_to_mend_it_and_keeps_the_scenario_from_loading() {
    for file in malformed_files() {
        let loaded = Loaded::read(&file).unwrap();
        let wrong = !errors(&loaded).is_empty();
        assert_eq!(loaded.scenario().is_none(), wrong, "{}", file.display());
        assert!(!loaded.problems().is_empty(), "{}", file.display());
        for problem in loaded.problems() {
            assert!(problem.help.is_some(), "{}: no mend for: {}", file.display(), problem.message);
            assert!(!problem.message.ends_with('.'), "{}", problem.message);
            for word in ["Option", "Vec", "f64", "u64", "i64", "struct", "enum", "serde"] {
                assert!(!problem.message.contains(word), "{}", problem.message);
            }
        }
    }
}

#[test]
fn ten_mistakes_are_said_at_once() {
    let loaded = Loaded::read(Path::new("tests/bad/Ten_Mistakes.toml")).unwrap();
    assert!(errors(&loaded).len() >= 10, "{:?}", errors(&loaded));
}

#[test]
fn a_misspelt_key_is_not_missed_as_well() {
    let loaded = scenario_with("[contingency.dark]\ntitel = \"Dark\"\nwhen = \"now > 1h\"\n");
    assert_eq!(errors(&loaded), ["`contingency.dark` has no key `titel`"]);
    assert_eq!(loaded.problems()[0].help.as_deref(), Some("did you mean `title`?"));
}

#[test]
fn on_a_line_that_cannot_be_read_nothing_else_is_said() {
    let loaded = scenario_with("[contingency.dark]\ntitle = Dark\nwhen = \"now > 1h\"\ncolour = red\n");
    assert_eq!(errors(&loaded), ["`Dark` must stand in quotes", "`red` must stand in quotes"]);
}

#[test]
fn a_wrong_word_inside_a_text_is_underlined_alone() {
    let text = "[asset.portal]\ndetect = \"pert(2h, 8x, 30h)\"\n";
    let loaded = scenario_with(text);
    let problem = &loaded.problems()[0];
    let span = loaded.locate(problem).span;
    let shown = &loaded.files()[0].text[span];
    assert!(shown == "x" || shown == "8x", "underlined {shown:?}: {}", problem.message);
}

#[test]
fn places_are_found_by_path() {
    let loaded = good("results-page.toml");
    let text = &loaded.files()[0].text;
    let shown = |path: &str| &text[loaded.locate(&Problem::error(path, "")).span];
    assert_eq!(shown("campaign.flood.step[0].success"), "\"50 %\"");
    assert_eq!(shown("response.mirror.effect.restore"), "restore");
    assert_eq!(shown("response.mirror.effect.restore.asset[0]"), "\"results-page\"");
    assert_eq!(shown("asset.results-page.fallback.rate"), "results-page");
    assert_eq!(&text[loaded.locate(&Problem::error("asset.results-page.detect", "").within(8..13)).span], "30min");
}

#[test]
fn later_problems_are_sorted_among_the_others() {
    let mut loaded = good("results-page.toml");
    loaded.add(vec![
        Problem::warning("contingency.dark-page.when", "third"),
        Problem::error("asset.results-page.recover", "second"),
        Problem::warning("milestone.polls-close", "first"),
    ]);
    let messages: Vec<_> = loaded.problems().iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(messages, ["first", "second", "third"]);
    assert!(loaded.scenario().is_none(), "an error added later must stop the scenario as well");
    let shown = render(&loaded, loaded.problems(), Style { unicode: false, ..Style::default() });
    assert!(shown.is_ascii(), "{shown}");
    assert!(shown.ends_with("found 1 error and 2 warnings in tests/good/results-page.toml\n"), "{shown}");
}

#[test]
fn editors_get_lines_and_columns() {
    let loaded =
        Loaded::from_text("a-test.toml", "[scenario]\ntitle = \"é\"\nquestion = \"?\"\nstart = \"é\" # é\nend = 3\n");
    let found: serde_json::Value = serde_json::from_str(&render_json(&loaded, loaded.problems())).unwrap();
    let end = found.as_array().unwrap().iter().find(|entry| entry["path"] == "scenario.end").unwrap();
    assert_eq!((&end["line"], &end["column"], &end["end_column"]), (&5.into(), &7.into(), &8.into()));
    assert_eq!((&end["severity"], &end["file"]), (&"error".into(), &"a-test.toml".into()));
    let keys: Vec<_> = end.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["severity", "file", "line", "column", "end_line", "end_column", "path", "message", "help"]);
}

#[test]
fn the_file_name_must_be_a_name() {
    let loaded = Loaded::from_text("Results Page.toml", "");
    assert!(
        loaded.problems().iter().any(|problem| problem.help.as_deref() == Some("call the file `results-page.toml`"))
    );
}

#[test]
fn one_warning_gathers_all_numbers_without_evidence() {
    let tables = "[asset.portal]\ndetect = \"1h\"\nrecover = \"4h\"\nhardened = { value = 0.5, basis = \"assumed\" }\n";
    let loaded = scenario_with(tables);
    assert_eq!(loaded.problems().len(), 1);
    assert_eq!(loaded.problems()[0].severity, Severity::Warning);
    assert_eq!(
        loaded.problems()[0].message,
        "2 numbers do not say what they rest on: `asset.portal.detect` and `asset.portal.recover`"
    );
    assert!(loaded.scenario().is_some());
    assert!(scenario_with(&tables.replace("{ value = 0.5, basis = \"assumed\" }", "0.5")).problems().is_empty());
}

#[test]
fn what_cannot_be_read_at_all_is_an_error_of_reading() {
    let error = Loaded::read(Path::new("tests/bad/not-there.toml")).unwrap_err();
    assert!(error.to_string().starts_with("cannot read tests/bad/not-there.toml: "), "{error}");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bytes.toml");
    std::fs::write(&path, b"[scenario]\ntitle = \"\xff\"\n").unwrap();
    assert!(Loaded::read(&path).unwrap_err().to_string().contains("is not UTF-8 text (line 2)"));
}

#[test]
fn names_under_a_misspelt_table_are_not_missed_as_well() {
    let loaded = scenario_with("[assets.portal]\ndetect = \"1h\"\n[asset.database]\ndepends = \"portal\"\n");
    assert_eq!(errors(&loaded), ["there is no table `assets` in a scenario"]);
    assert_eq!(loaded.problems()[0].help.as_deref(), Some("did you mean `asset`?"));
}
