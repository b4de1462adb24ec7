//! From the name of a file to plans that are ready to run, or to everything that is wrong with it.

use super::exit::Exit;
use super::failure::Failure;
use super::stored::Stored;
use super::words::{self, plural};
use crate::scenario::{Loaded, Problem, Severity, Style, render};
use crate::scenario::{closest, list};
use crate::study::Columns;
use crate::study::expectation::{Expectation, read_checks};
use crate::world::Model;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

/// A plan, compiled.
pub(super) struct Plan {
    pub(super) name: String,
    pub(super) model: Model,
}

/// A scenario that can be run: all its plans in the order of the file, and what its author expects.
pub(super) struct Ready {
    pub(super) plans: Vec<Plan>,
    pub(super) columns: Columns,
    pub(super) expectations: Vec<Expectation>,
}

/// Reads a scenario file, right or wrong. A folder of results stands for the scenario they were made from.
pub(super) fn read(path: &Path) -> Result<Loaded, Failure> {
    if path.is_dir() {
        let file = Stored::read(path)?.scenario_file(path, None)?;
        return read(&file);
    }
    Loaded::read(path).map_err(|error| {
        let failure = Failure::bad_input(error.to_string());
        match nearby(path) {
            Some(close) => failure.hint(format!("did you mean `{}`?", close.display())),
            None => failure.hint("`canvass new NAME` writes a scenario to start from"),
        }
    })
}

/// A scenario whose name is close to a path that leads nowhere.
fn nearby(path: &Path) -> Option<PathBuf> {
    let stem = path.file_stem()?.to_str()?.to_owned();
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    [parent, Path::new("scenarios")].into_iter().find_map(|folder| {
        let scenarios: Vec<PathBuf> = std::fs::read_dir(folder)
            .ok()?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
            .collect();
        let stem_of = |path: &PathBuf| path.file_stem().map(|name| name.to_string_lossy().into_owned());
        let mut stems: Vec<String> = scenarios.iter().filter_map(stem_of).collect();
        // The order in which a folder lists its files is nobody's promise.
        stems.sort();
        let close = match stems.iter().find(|known| **known == stem) {
            Some(same) => same,
            None => closest(&stem, stems.iter().map(String::as_str))?,
        };
        let found = format!("{close}.toml");
        Some(if folder == Path::new(".") { PathBuf::from(found) } else { folder.join(found) })
    })
}

/// Compiles all plans of a scenario and adds to it whatever is found wrong on the way. Nothing if there are errors.
pub(super) fn compile(loaded: &mut Loaded) -> Option<Ready> {
    let scenario = loaded.scenario()?.clone();
    let mut plans = Vec::new();
    let mut problems: Vec<Problem> = Vec::new();
    for name in loaded.plans() {
        match loaded.plan(&name).and_then(|scenario| Model::compile(&scenario)) {
            Ok(model) => plans.push(Plan { name, model }),
            Err(found) => problems.extend(found),
        }
    }
    let columns = plans.first().map(|plan| Columns::of(&plan.model)).unwrap_or_default();
    for plan in &plans {
        if let Some(id) = columns.first_difference(&Columns::of(&plan.model)) {
            let message = format!("`{id}` is another column under this plan than under the others");
            problems.push(Problem::error(format!("plan.{}", plan.name), message));
        }
    }
    let mut expectations = Vec::new();
    if problems.is_empty() {
        match read_checks(&scenario, &columns.measures) {
            Ok(read) => expectations = read,
            Err(found) => problems.extend(found),
        }
    }
    problems.extend(warnings_of_all(&plans));
    let sound = problems.iter().all(|problem| problem.severity != Severity::Error);
    add_new(loaded, problems);
    sound.then_some(Ready { plans, columns, expectations })
}

/// What the exercise lint says under every plan. A responder who is idle under one plan only is what that plan is about.
fn warnings_of_all(plans: &[Plan]) -> Vec<Problem> {
    let Some((first, others)) = plans.split_first() else {
        return Vec::new();
    };
    let everywhere = |warning: &&Problem| others.iter().all(|plan| plan.model.warnings().contains(warning));
    first.model.warnings().iter().filter(everywhere).cloned().collect()
}

/// Adds problems, each once: what is wrong under one plan is often wrong under all.
fn add_new(loaded: &mut Loaded, problems: Vec<Problem>) {
    for problem in problems {
        if !loaded.problems().contains(&problem) {
            loaded.add(vec![problem]);
        }
    }
}

/// Reads and compiles a scenario that is about to be run. What is wrong with it goes to the terminal.
pub(super) fn open(path: &Path, quiet: bool) -> Result<(Loaded, Ready), Failure> {
    let mut loaded = read(path)?;
    let ready = compile(&mut loaded);
    let Some(ready) = ready else {
        anstream::eprint!("{}", render(&loaded, loaded.problems(), terminal_style(std::io::stderr().is_terminal())));
        return Err(Failure::silent(Exit::BadInput));
    };
    let warnings = loaded.problems().len() as u64;
    if warnings > 0 && !quiet {
        anstream::eprintln!("{}; `canvass check {}` shows them", plural(warnings, "warning"), path.display());
    }
    Ok((loaded, ready))
}

/// How problems are shown. Colours that a terminal does not want are taken out again on the way.
pub(super) fn terminal_style(terminal: bool) -> Style {
    Style { colour: true, unicode: true, width: if terminal { words::WIDTH } else { 2 * words::WIDTH } }
}

/// The position of a plan by its name.
pub(super) fn plan_named(ready: &Ready, name: &str) -> Result<usize, Failure> {
    let names = || ready.plans.iter().map(|plan| plan.name.as_str());
    names().position(|known| known == name).ok_or_else(|| {
        let failure = Failure::bad_input(format!("there is no plan `{name}`"));
        match closest(name, names()) {
            Some(close) => failure.hint(format!("did you mean `{close}`?")),
            None => failure.hint(format!("there is {}", list(names()))),
        }
    })
}
