//! What each scenario shows: its exercise, a small batch and two stories, kept beside the tests so that a change is seen.
//!
//! The small batch is a change detector and proves nothing: forty runs are too few for an answer. After a change that is meant:
//! `UPDATE=1 cargo test --release --test library figures`.

use crate::evidence::ledger;
use crate::shelf::files;
use canvass::scenario::Loaded;
use canvass::scenario::model::Scenario;
use canvass::study::Columns;
use canvass::world::{Model, Origin, World};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

const RUNS: u64 = 40;

/// Where the figures of a scenario are kept.
pub(crate) fn kept(id: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/library/figures").join(format!("{id}.txt"))
}

/// The figures of a small batch of every plan, and the first two stories of the last.
///
/// # Errors
///
/// What keeps the scenario from being run.
pub(crate) fn small(loaded: &Loaded) -> Result<String, String> {
    let mut page = String::new();
    let about = &loaded.scenario().ok_or("it cannot be read")?.scenario;
    let _ = writeln!(page, "{}\n{}\n{}", about.title, about.question, about.sources.join("\n"));
    loaded.scenario().into_iter().for_each(|scenario| exercise(scenario, &mut page));
    let plans = loaded.plans();
    for name in &plans {
        let scenario = loaded.plan(name).map_err(|problems| format!("{problems:?}"))?;
        let title = scenario.plan.get(name).and_then(|plan| plan.title.clone()).unwrap_or_default();
        let model = Model::compile(&scenario).map_err(|problems| format!("{problems:?}"))?;
        let _ = writeln!(page, "\n{name}: {title}");
        odds(&model, about.seed, &mut page);
        if Some(name) == plans.last() {
            stories(&model, about.seed, &mut page);
        }
    }
    page.push('\n');
    evidence(loaded, &mut page);
    Ok(page)
}

/// On how many numbers of its own the scenario rests, by kind, as `canvass evidence` counts them, and which techniques it names.
fn evidence(loaded: &Loaded, page: &mut String) {
    let mut counts = BTreeMap::new();
    for entry in ledger(loaded).entries() {
        if matches!(entry.origin, Origin::Written(_)) {
            *counts.entry(format!("{:?}", entry.standing).to_lowercase()).or_insert(0_u32) += 1;
        }
    }
    for (standing, numbers) in counts {
        let _ = writeln!(page, "{numbers} numbers {standing}");
    }
    let Some(scenario) = loaded.scenario() else { return };
    let steps = scenario.campaign.values().flat_map(|campaign| &campaign.step).flat_map(|step| step.tags.iter());
    let responses = scenario.response.values().flat_map(|response| response.tags.iter());
    let _ = writeln!(page, "{}", steps.chain(responses).map(|tag| tag.0.as_str()).collect::<Vec<_>>().join(" "));
}

/// What the papers of an exercise are made of.
fn exercise(scenario: &Scenario, page: &mut String) {
    let facts = &scenario.exercise;
    let words = [&facts.sponsor, &facts.scope, &facts.contact];
    let _ = writeln!(page, "\n{}", words.map(|text| text.as_deref().unwrap_or_default()).join("\n"));
    let _ = writeln!(page, "{:?}\n{}", facts.duration.as_ref().map(|long| &long.value), facts.assumptions.join("\n"));
    for (name, objective) in &scenario.objective {
        let words = [&objective.capability, &objective.target].map(|text| text.as_deref().unwrap_or_default());
        let _ = writeln!(page, "\n{name}: {}\n{}\n{}", objective.title, words.join("\n"), objective.owner.join(", "));
        let _ = writeln!(page, "{}\n{}", objective.tasks.join("\n"), objective.questions.join("\n"));
    }
    for (name, inject) in &scenario.inject {
        let words =
            [&inject.from, &inject.controller, &inject.track, &inject.branch_of, &inject.text, &inject.expected];
        let _ = writeln!(page, "\n{name}: {}", inject.title);
        let _ = writeln!(page, "{:?} {} {}", inject.method, inject.to.join(", "), inject.objective.join(", "));
        let _ = writeln!(page, "{}", words.map(|text| text.as_deref().unwrap_or_default()).join("\n"));
        let _ = writeln!(page, "{}", inject.because.as_deref().unwrap_or_default());
    }
}

fn odds(model: &Model, seed: u64, page: &mut String) {
    let columns = Columns::of(model);
    let mut world = World::new(model, seed);
    let mut happened = vec![(0_u64, 0.0, 0.0); columns.contingencies.len()];
    let mut measured = vec![(0_u64, 0.0); columns.measures.len()];
    for run in 0..RUNS {
        let outcome = world.run(run);
        for (sums, outcome) in happened.iter_mut().zip(&outcome.contingencies) {
            if let Some(onset) = outcome.onset {
                *sums = (sums.0 + 1, sums.1 + onset.hours(), sums.2 + outcome.severity.unwrap_or(0.0));
            }
        }
        for ((sums, value), column) in measured.iter_mut().zip(&outcome.measures).zip(&columns.measures) {
            if !value.is_nan() {
                *sums = (sums.0 + 1, sums.1 + column.unit.external(*value));
            }
        }
    }
    for (column, (times, onset, severity)) in columns.contingencies.iter().zip(happened) {
        let _ = writeln!(page, "  {times:>2}  {}  {onset:.3} {severity:.4}", column.title);
    }
    for (column, (runs, sum)) in columns.measures.iter().zip(measured) {
        let better =
            column.better_higher.map_or("", |higher| if higher { "higher is better" } else { "lower is better" });
        let _ = writeln!(page, "  {runs:>2}  {}  {:.6}  {better}", column.title, sum / runs as f64);
    }
}

fn stories(model: &Model, seed: u64, page: &mut String) {
    let mut world = World::new(model, seed);
    for run in 0..2 {
        let _ = writeln!(page, "\nrun {run}");
        for entry in world.story(run).1.iter().filter(|entry| entry.story) {
            let because = entry.because.as_deref().map(|because| format!(" ({because})")).unwrap_or_default();
            let _ = writeln!(page, "  {}  {}{because}", model.label(entry.time), entry.text);
        }
    }
}

#[test]
#[cfg_attr(debug_assertions, ignore = "minutes without optimisation: cargo test --release --test library")]
fn figures_are_as_they_were() {
    let update = std::env::var_os("UPDATE").is_some();
    for path in files("scenarios") {
        let loaded = Loaded::read(&path).unwrap();
        let made = small(&loaded).unwrap();
        let kept = kept(loaded.id());
        if update {
            std::fs::create_dir_all(kept.parent().unwrap()).unwrap();
            std::fs::write(&kept, &made).unwrap();
        }
        let known = std::fs::read_to_string(&kept).unwrap_or_default().replace("\r\n", "\n");
        for (known, made) in known.lines().zip(made.lines()) {
            assert_eq!(known, made, "{}; if the change is meant: UPDATE=1", loaded.id());
        }
        assert!(known == made, "{} has changed; if it is meant: UPDATE=1", loaded.id());
    }
}

/// Says whether a small batch of a changed scenario differs from what is kept.
pub(crate) fn differs(loaded: &Loaded, id: &str) -> bool {
    let known = std::fs::read_to_string(kept(id)).unwrap_or_default().replace("\r\n", "\n");
    small(loaded).map_or(true, |made| made != known)
}
