//! A scenario as it was read: its files, what is wrong with them, and the scenario each plan sees.

use super::added;
use super::consistency;
use super::evidence;
use super::ledger::{self, Number};
use super::load::{self, Gathered, ReadError};
use super::model::{Plan, Scenario};
use super::problem::{Place, Problem, Severity};
use super::schema::schema;
use super::suggest;
use super::syntax::{BrokenLines, line_of};
use super::tree::{self, Kind, Node, Segment, SourceFile};
use super::walk::{self, Walk};
use serde::Deserialize;
use serde_json::Value;
use std::path::Path;
use std::sync::LazyLock;

static SCHEMA: LazyLock<Value> = LazyLock::new(schema);

/// The plan of a scenario that defines none: everything, as the file says.
pub const ONLY_PLAN: &str = "all";

/// A scenario as it was read, with everything that is wrong with it.
#[derive(Clone, Debug)]
pub struct Loaded {
    id: String,
    files: Vec<SourceFile>,
    tree: Node,
    broken: BrokenLines,
    problems: Vec<Problem>,
    scenario: Option<Scenario>,
}

impl Loaded {
    /// Reads a scenario file and the parts it extends, and checks them.
    ///
    /// # Errors
    ///
    /// Only if the file cannot be read as text at all. Whatever is wrong in it is in [`Loaded::problems`].
    pub fn read(path: &Path) -> Result<Self, ReadError> {
        let text = load::read_text(path)?;
        Ok(Self::check(path, text))
    }

    /// Checks a text as if it had been read from a file of this name. Parts are looked for beside that name.
    pub fn from_text(name: &str, text: &str) -> Self {
        Self::check(Path::new(name), text.to_owned())
    }

    fn check(path: &Path, text: String) -> Self {
        let Gathered { files, tree, broken, mut problems } = load::gather(path, text);
        let id = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if walk::name_problem("", &id).is_some() {
            problems.push(id_problem(&id));
        }
        let mut walk = Walk::new(&tree, &SCHEMA, &broken);
        walk.run();
        let (found, quantities) = (walk.problems, walk.quantities);
        problems.extend(found);
        problems.extend(evidence::check(&tree, &quantities));
        problems.extend(consistency::formulas(&tree, &quantities));
        let mut loaded = Loaded { id, files, tree, broken, problems: Vec::new(), scenario: None };
        loaded.add(problems);
        let readable = loaded.errors() == 0;
        match Scenario::deserialize(loaded.tree.to_value()) {
            Ok(scenario) => {
                loaded.add(consistency::check(&scenario));
                loaded.scenario = Some(scenario);
                loaded.check_plans();
            }
            Err(error) if readable => {
                loaded.add(vec![Problem::error("", format!("the scenario cannot be read: {}", error.message()))]);
            }
            Err(_) => {}
        }
        loaded
    }

    /// Reports what is wrong with a plan only, once the scenario itself is in order.
    fn check_plans(&mut self) {
        if self.errors() > 0 {
            return;
        }
        let mut found = Vec::new();
        for name in self.plans() {
            for mut problem in self.plan(&name).err().unwrap_or_default() {
                problem.message = format!("{} (in plan `{name}`)", problem.message);
                found.push(problem);
            }
        }
        self.add(found);
    }

    fn errors(&self) -> usize {
        self.problems.iter().filter(|problem| problem.severity == Severity::Error).count()
    }

    /// What is wrong, in the order of the files.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The scenario; nothing while it has errors.
    pub fn scenario(&self) -> Option<&Scenario> {
        self.scenario.as_ref().filter(|_| self.errors() == 0)
    }

    /// Its name for outputs: the file's name without its ending.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The files it was read from: the scenario first, then its parts.
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// Its values, those of its parts among them.
    pub(super) fn tree(&self) -> &Node {
        &self.tree
    }

    /// Names of the plans in the order of the file; [`ONLY_PLAN`] if it defines none.
    pub fn plans(&self) -> Vec<String> {
        match &self.scenario {
            Some(scenario) if !scenario.plan.is_empty() => scenario.plan.keys().cloned().collect(),
            _ => vec![ONLY_PLAN.to_owned()],
        }
    }

    /// The scenario as a plan sees it: values it sets are replaced, responses it leaves out are gone. A response
    /// that waits for one which is left out no longer waits for it. Where responses cost anything, the measure
    /// [`COST`](super::COST) is added.
    ///
    /// # Errors
    ///
    /// The scenario's own errors; an unknown plan; or what the plan's values break.
    pub fn plan(&self, name: &str) -> Result<Scenario, Vec<Problem>> {
        self.plan_with(name, &[])
    }

    /// The scenario as a plan would see it if it set some more values: each a path, as `response.mirror.takes`, and what an
    /// author would write there. Numbers, `true` and `false` may stand without quotes, as in the file.
    ///
    /// # Errors
    ///
    /// As for [`Loaded::plan`]; and paths that lead nowhere.
    pub fn plan_with(&self, name: &str, values: &[(String, String)]) -> Result<Scenario, Vec<Problem>> {
        let scenario = self.sound()?;
        let alone = scenario.plan.is_empty() && name == ONLY_PLAN;
        let Some(plan) = scenario.plan.get(name).cloned().or_else(|| alone.then(Plan::default)) else {
            return Err(vec![self.no_such_plan(name)]);
        };
        let mut planned = if plan.set.is_empty() && values.is_empty() {
            scenario.clone()
        } else {
            self.with_values_of(name, values)?
        };
        leave_out(&mut planned, |response: &String| is_left_out(&plan, response));
        if added::acts_on_speech(scenario) {
            added::add_speech_costs(&mut planned);
        }
        if added::is_priced(scenario) || added::is_priced(&planned) {
            added::add_cost(&mut planned);
        }
        Ok(planned)
    }

    /// Every number that is written in the files, as a plan with some more values sees it, in the order of the files' tables.
    #[must_use]
    pub fn numbers(&self, name: &str, values: &[(String, String)]) -> Vec<Number> {
        let tree = self.overridden(name, values);
        let mut walk = Walk::new(&tree, &SCHEMA, &self.broken);
        walk.run();
        let plan = self.scenario.as_ref().and_then(|scenario| scenario.plan.get(name));
        let own = plan.into_iter().flat_map(|plan| plan.set.keys());
        let set: Vec<String> = own.chain(values.iter().map(|(path, _)| path)).cloned().collect();
        let left_out = |response: &str| plan.is_some_and(|plan| is_left_out(plan, response));
        ledger::numbers(&tree, &self.files, &walk.quantities, &set, left_out)
    }

    /// The scenario as the file says it, with these responses and no others, whatever its plans are; and with the measure
    /// [`STAFF`](super::STAFF) as its last one.
    ///
    /// # Errors
    ///
    /// The scenario's own errors; or a response that does not exist.
    pub fn with_only(&self, responses: &[&str]) -> Result<Scenario, Vec<Problem>> {
        let mut planned = self.sound()?.clone();
        let unknown = |name: &&&str| !planned.response.contains_key(**name);
        if let Some(name) = responses.iter().find(unknown) {
            return Err(vec![Problem::error("response", format!("there is no response named `{name}`"))]);
        }
        let priced = added::is_priced(&planned);
        let speech = added::acts_on_speech(&planned);
        leave_out(&mut planned, |response: &String| !responses.contains(&response.as_str()));
        if speech {
            added::add_speech_costs(&mut planned);
        }
        if priced {
            added::add_cost(&mut planned);
        }
        added::add_staff(&mut planned);
        Ok(planned)
    }

    fn sound(&self) -> Result<&Scenario, Vec<Problem>> {
        self.scenario().ok_or_else(|| {
            self.problems.iter().filter(|problem| problem.severity == Severity::Error).cloned().collect()
        })
    }

    /// The scenario with a plan's values in their places, checked as if the author had written it so.
    fn with_values_of(&self, name: &str, values: &[(String, String)]) -> Result<Scenario, Vec<Problem>> {
        let tree = self.overridden(name, values);
        let mut walk = Walk::new(&tree, &SCHEMA, &self.broken);
        walk.run();
        let mut found = walk.problems;
        found.extend(consistency::formulas(&tree, &walk.quantities));
        let read = Scenario::deserialize(tree.to_value());
        match &read {
            Ok(planned) => found.extend(consistency::check(planned)),
            Err(error) if found.is_empty() => found
                .push(Problem::error(tree::join("plan", name), format!("its values do not fit: {}", error.message()))),
            Err(_) => {}
        }
        found.retain(|problem| problem.severity == Severity::Error);
        match read {
            Ok(planned) if found.is_empty() => Ok(planned),
            _ => Err(found.into_iter().map(|problem| placed(&tree, &self.files, problem)).collect()),
        }
    }

    fn no_such_plan(&self, name: &str) -> Problem {
        let plans = self.plans();
        let problem = Problem::error("plan", format!("there is no plan named `{name}`"));
        match suggest::closest(name, plans.iter().map(String::as_str)) {
            Some(other) => problem.help(format!("did you mean `{other}`?")),
            None => problem.help(format!("the plans are {}", suggest::list(plans.iter().map(String::as_str)))),
        }
    }

    /// The tree with a plan's values put in their places, each still knowing where it was written; and with values from
    /// outside the file, as if the plan set them too.
    fn overridden(&self, name: &str, values: &[(String, String)]) -> Node {
        let mut tree = self.tree.clone();
        let steps = |target: &str| ["plan", name, "set", target].map(|key| Segment::Key(key.to_owned()));
        for (target, written) in values {
            tree.put(&steps(target), Node::from_words(written));
        }
        let set = tree
            .get("plan")
            .and_then(|plans| plans.get(name))
            .and_then(|plan| plan.get("set"))
            .and_then(Node::entries)
            .cloned();
        for (target, value) in set.into_iter().flatten() {
            if let Some(path) = tree::segments(&target) {
                tree.put(&path, value);
            }
        }
        tree
    }

    /// Where the value or key stands that a problem is about. For a path that is not in the files it is the
    /// nearest thing above that is.
    pub fn locate(&self, problem: &Problem) -> Place {
        locate(&self.tree, &self.files, problem)
    }

    /// Adds what later checks found, so that everything is shown together, in the order of the files.
    pub fn add(&mut self, problems: Vec<Problem>) {
        for problem in problems {
            let problem = placed(&self.tree, &self.files, problem);
            let silenced = problem.place.as_ref().is_some_and(|place| self.broken.covers(place));
            let syntax = problem.path.is_empty();
            if (syntax || !silenced) && !self.problems.contains(&problem) {
                self.problems.push(problem);
            }
        }
        self.problems.sort_by(|one, other| order(one).cmp(&order(other)));
    }
}

fn is_left_out(plan: &Plan, response: &str) -> bool {
    let named = |names: &super::Names| names.iter().any(|name| name == response);
    named(&plan.without) || plan.only.as_ref().is_some_and(|only| !named(only))
}

fn leave_out(planned: &mut Scenario, left_out: impl Fn(&String) -> bool) {
    planned.left_out.extend(planned.response.keys().filter(|response| left_out(response)).cloned());
    planned.response.retain(|response, _| !left_out(response));
    for response in planned.response.values_mut() {
        response.after.0.retain(|before| !left_out(before));
    }
}

fn order(problem: &Problem) -> (usize, usize, usize, Severity, &str) {
    let (file, start, end) =
        problem.place.as_ref().map_or((0, 0, 0), |place| (place.file, place.span.start, place.span.end));
    (file, start, end, problem.severity, &problem.message)
}

fn placed(tree: &Node, files: &[SourceFile], problem: Problem) -> Problem {
    let place = locate(tree, files, &problem);
    Problem { place: Some(place), within: None, ..problem }
}

fn locate(tree: &Node, files: &[SourceFile], problem: &Problem) -> Place {
    let node = nearest(tree, &problem.path);
    let place = problem.place.clone().or_else(|| node.map(Node::best_place)).unwrap_or_else(|| first_line(files));
    if let (Some(within), Some(node)) = (&problem.within, node) {
        let inside = node
            .text()
            .zip(files.get(place.file))
            .and_then(|(text, file)| tree::inside(&file.text, &place.span, text, within));
        if let Some(span) = inside {
            return Place { file: place.file, span };
        }
    }
    place
}

/// The deepest value on a path that is there; nothing if not even the first step is.
fn nearest<'t>(tree: &'t Node, path: &str) -> Option<&'t Node> {
    let mut found = tree;
    for segment in tree::segments(path)? {
        match step(found, &segment) {
            Some(below) => found = below,
            None => break,
        }
    }
    (!std::ptr::eq(found, tree)).then_some(found)
}

fn step<'t>(node: &'t Node, segment: &Segment) -> Option<&'t Node> {
    // A name written alone stands for a list of one.
    match (&node.kind, segment) {
        (Kind::Text(_), Segment::Position(0)) => Some(node),
        _ => node.child(segment),
    }
}

fn first_line(files: &[SourceFile]) -> Place {
    let end = files.first().map_or(0, |file| line_of(&file.text, 0).end);
    Place { file: 0, span: 0..end }
}

fn id_problem(id: &str) -> Problem {
    let mut problem = Problem::error("", format!("the file's name, `{id}`, cannot name a scenario"));
    problem.help =
        walk::name_problem("", id).and_then(|name| name.help).map(|help| match help.strip_prefix("write `") {
            Some(name) => format!("call the file `{}.toml`", name.trim_end_matches('`')),
            None => "names are small letters, digits and hyphens, and begin with a letter".to_owned(),
        });
    problem
}
