//! The walk of a scenario's values against the schema: every mistake at once, each with its place.

use super::expression::TextProblem;
use super::numbers::Met;
use super::problem::Problem;
use super::syntax::BrokenLines;
use super::tree::{Kind, Node, join};
use super::view::View;
use super::{overrides, reference, suggest};
use serde_json::Value;

/// Words that mean something in conditions and moments, and so cannot be names.
pub(super) const RESERVED: [&str; 13] =
    ["and", "or", "not", "now", "start", "end", "min", "max", "held", "since", "ever", "count", "true"];

/// The keys of a table while those the author wrote are gone through.
pub(super) struct Keys<'a> {
    /// Keys that are not given.
    pub(super) free: Vec<&'a str>,
    /// Keys of tables and lists, which may well be begun again under a slip of the hand.
    pub(super) repeatable: Vec<&'a str>,
    /// Keys that were meant where another was written.
    pub(super) meant: Vec<&'a str>,
}

/// The state of a walk.
pub(super) struct Walk<'a> {
    pub(super) root: &'a Node,
    pub(super) schema: &'a Value,
    pub(super) broken: &'a BrokenLines,
    pub(super) problems: Vec<Problem>,
    pub(super) quantities: Vec<Met>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(root: &'a Node, schema: &'a Value, broken: &'a BrokenLines) -> Self {
        Walk { root, schema, broken, problems: Vec::new(), quantities: Vec::new() }
    }

    /// Checks everything.
    pub(super) fn run(&mut self) {
        let (root, schema) = (self.root, self.schema);
        self.value("", root, schema);
    }

    pub(super) fn report(&mut self, node: &Node, problem: Problem) {
        let place = problem.place.clone().unwrap_or_else(|| node.best_place());
        if !self.broken.covers(&place) {
            self.problems.push(Problem { place: Some(place), ..problem });
        }
    }

    /// Checks one value.
    pub(super) fn value(&mut self, path: &str, node: &Node, schema: &'a Value) {
        let view = View::of(self.schema, schema);
        if let Some(name) = view.text("x-quantity") {
            return self.quantity(path, node, name, &view);
        }
        if view.get("x-overrides").is_some() {
            return overrides::check(self, path, node);
        }
        if let Some(choices) = view.choices() {
            return self.choice(path, node, &choices, &view);
        }
        if view.get("anyOf").is_some() {
            return self.one_or_several(path, node, &view);
        }
        match (view.text("type"), &node.kind) {
            (Some("object"), Kind::Table(_)) => self.table(path, node, &view),
            (Some("array"), Kind::List(items)) => self.list(path, node, items, &view),
            (Some("string"), Kind::Text(text)) => self.text(path, node, text, &view),
            (Some("string"), Kind::Moment(moment)) if matches!(view.text("format"), Some("date-time" | "moment")) => {
                self.text(path, node, &moment.to_string(), &view);
            }
            (Some("integer"), Kind::Whole(number)) => self.whole(path, node, *number, &view),
            (Some("number"), Kind::Whole(_) | Kind::Decimal(_)) | (Some("boolean"), Kind::Truth(_)) | (None, _) => {}
            _ => self.wrong_kind(path, node, &view),
        }
    }

    fn wrong_kind(&mut self, path: &str, node: &Node, view: &View<'_>) {
        let expected = view.expectation();
        let mut help = view.description();
        if view.text("format") == Some("moment") {
            help = Some("write it as \"polls-close + 2h\", or as 2026-11-03T19:00:00-05:00 without quotes".to_owned());
        } else if view.text("type") == Some("string")
            && view.get("x-ref").is_none()
            && let Kind::Whole(Some(number)) = node.kind
        {
            help = Some(format!("write \"{number}\", if that is what is meant"));
        }
        if let (Some("boolean"), Kind::Text(text)) = (view.text("type"), &node.kind)
            && (text == "true" || text == "false")
        {
            help = Some(format!("write {text} without quotes"));
        }
        if let (Some("integer"), Kind::Text(text)) = (view.text("type"), &node.kind)
            && text.parse::<i64>().is_ok()
        {
            help = Some(format!("write {text} without quotes"));
        }
        if let (Some("array"), Some("object")) =
            (view.text("type"), view.get("items").and_then(|items| View::of(self.schema, items).text("type")))
        {
            help = Some(format!("begin each entry with `[[{path}]]`"));
        }
        let problem = Problem::error(path, format!("`{path}` must be {expected}, not {}", kind_words(&node.kind)));
        self.report(node, Problem { help, ..problem });
    }

    fn table(&mut self, path: &str, node: &Node, view: &View<'a>) {
        let Some(entries) = node.entries() else {
            return;
        };
        let property_of = |key: &str| view.properties().and_then(|properties| properties.get(key));
        let additional = view.get("additionalProperties");
        let properties = view.properties().into_iter().flatten();
        let mut keys = Keys {
            free: properties.clone().map(|(key, _)| key.as_str()).filter(|key| !entries.contains_key(*key)).collect(),
            repeatable: properties
                .filter(|(_, schema)| self.holds_several(schema))
                .map(|(key, _)| key.as_str())
                .collect(),
            meant: Vec::new(),
        };
        for (key, below) in entries {
            let below_path = join(path, key);
            if let Some(property) = property_of(key) {
                self.value(&below_path, below, property);
                continue;
            }
            match additional {
                Some(Value::Bool(false)) | None => self.unknown_key(path, key, below, &mut keys),
                Some(schema) => {
                    self.entry_name(&below_path, key, below, view);
                    self.value(&below_path, below, schema);
                }
            }
        }
        for key in view.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
            if !entries.contains_key(key) && !keys.meant.contains(&key) && !self.broken.mention(key) {
                self.missing_key(path, key, node, property_of(key));
            }
        }
    }

    fn holds_several(&self, schema: &'a Value) -> bool {
        let view = View::of(self.schema, schema);
        view.text("type") == Some("array") || view.get("additionalProperties").is_some_and(Value::is_object)
    }

    pub(super) fn unknown_key(&mut self, path: &str, key: &str, below: &Node, keys: &mut Keys<'a>) {
        let message = if path.is_empty() {
            format!("there is no table `{key}` in a scenario")
        } else {
            format!("`{path}` has no key `{key}`")
        };
        let mut problem = Problem::error(join(path, key), message);
        let free = suggest::closest(key, keys.free.iter().copied());
        keys.meant.extend(free);
        problem.help = Some(match free.or_else(|| suggest::closest(key, keys.repeatable.iter().copied())) {
            Some(name) => format!("did you mean `{name}`?"),
            None if keys.free.is_empty() => "all its keys are already given; remove this one".to_owned(),
            None => format!("keys still free here: {}", suggest::list(keys.free.iter().copied())),
        });
        problem.place = below.key.clone();
        self.report(below, problem);
    }

    fn missing_key(&mut self, path: &str, key: &str, node: &Node, property: Option<&'a Value>) {
        let message = if path.is_empty() {
            format!("the file has no `[{key}]` table")
        } else {
            format!("`{path}` needs `{key}`")
        };
        let mut problem = Problem::error(path, message);
        if let Some(property) = property {
            let view = View::of(self.schema, property);
            problem.help = view.description().map(|words| format!("`{key}`: {words}"));
        }
        self.report(node, problem);
    }

    /// Checks the key of an entry: a name, a reference, or one of a choice.
    fn entry_name(&mut self, path: &str, key: &str, node: &Node, view: &View<'a>) {
        if let Some(kind) = view.text("x-key-ref") {
            let place = node.key.clone();
            return reference::check(self, path, node, key, kind, place);
        }
        let Some(names) = view.get("propertyNames") else {
            return;
        };
        let names = View::of(self.schema, names);
        if let Some(choices) = names.choices() {
            if !choices.contains(&key) {
                let owner = path.rsplit_once('.').map_or(path, |(owner, _)| owner);
                let mut problem = Problem::error(path, format!("`{owner}` has no key `{key}`"));
                problem.help = Some(one_of(key, &choices));
                problem.place = node.key.clone();
                self.report(node, problem);
            }
        } else if names.get("pattern").is_some()
            && let Some(mut problem) = name_problem(path, key)
        {
            problem.place = node.key.clone();
            self.report(node, problem);
        }
    }

    fn list(&mut self, path: &str, node: &Node, items: &[Node], view: &View<'a>) {
        let limit = |key| view.get(key).and_then(Value::as_u64).and_then(|limit| usize::try_from(limit).ok());
        let (least, most) = (limit("minItems"), limit("maxItems"));
        if least.is_some_and(|least| items.len() < least) || most.is_some_and(|most| items.len() > most) {
            let wanted = match (least, most) {
                (Some(least), Some(most)) if least == most => format!("exactly {least}"),
                (Some(least), None) => format!("at least {least}"),
                (None, Some(most)) => format!("at most {most}"),
                (least, most) => format!("from {} to {}", least.unwrap_or(0), most.unwrap_or(usize::MAX)),
            };
            let problem = Problem::error(path, format!("`{path}` must hold {wanted} values, not {}", items.len()));
            self.report(node, Problem { help: view.description(), ..problem });
        }
        for (position, item) in items.iter().enumerate() {
            let below = format!("{path}[{position}]");
            if let Some(schema) = view.get("items") {
                self.value(&below, item, schema);
            }
            if let (Some(kind), Some(name)) = (view.text("x-ref"), item.text()) {
                reference::check(self, &below, item, name, kind, None);
            }
        }
    }

    /// One name or several.
    fn one_or_several(&mut self, path: &str, node: &Node, view: &View<'a>) {
        let arms = view.get("anyOf").and_then(Value::as_array).into_iter().flatten();
        for arm in arms {
            let arm = View::of(self.schema, arm);
            match (arm.text("type"), &node.kind) {
                (Some("string"), Kind::Text(text)) => {
                    let both = View { layers: view.layers.iter().chain(&arm.layers).copied().collect() };
                    return self.text(path, node, text, &both);
                }
                (Some("array"), Kind::List(items)) => {
                    let both = View { layers: view.layers.iter().chain(&arm.layers).copied().collect() };
                    return self.list(path, node, items, &both);
                }
                (Some("string"), Kind::Moment(moment))
                    if matches!(view.text("format").or(arm.text("format")), Some("date-time" | "moment")) =>
                {
                    return self.text(path, node, &moment.to_string(), view);
                }
                _ => {}
            }
        }
        self.wrong_kind(path, node, view);
    }

    fn text(&mut self, path: &str, node: &Node, text: &str, view: &View<'a>) {
        if let Some(kind) = view.text("x-ref") {
            return reference::check(self, path, node, text, kind, None);
        }
        if let Some(format) = view.text("format") {
            if let Err(found) = super::check_text(format, text) {
                return self.text_problems(path, node, found, view);
            }
            if format == "moment" {
                reference::check_moment(self, path, node, text);
            }
        }
        if text.is_empty() && view.get("format").is_none() {
            let problem = Problem::error(path, format!("`{path}` is empty"));
            self.report(node, Problem { help: view.description(), ..problem });
        }
    }

    pub(super) fn text_problems(&mut self, path: &str, node: &Node, found: Vec<TextProblem>, view: &View<'_>) {
        for wrong in found {
            let help = wrong.help.or_else(|| view.examples()).or_else(|| view.description());
            let problem = Problem { help, ..Problem::error(path, wrong.message) };
            self.report(node, problem.within(wrong.range));
        }
    }

    fn whole(&mut self, path: &str, node: &Node, number: Option<i64>, view: &View<'_>) {
        let (low, high) = match view.text("format") {
            Some("uint8") => (0.0, 255.0),
            Some("uint16") => (0.0, 65_535.0),
            Some("uint32") => (0.0, f64::from(u32::MAX)),
            Some("int32") => (f64::from(i32::MIN), f64::from(i32::MAX)),
            Some("uint64" | "uint") => (0.0, f64::INFINITY),
            _ => (f64::NEG_INFINITY, f64::INFINITY),
        };
        let low = view.get("minimum").and_then(Value::as_f64).map_or(low, |limit| limit.max(low));
        let high = view.get("maximum").and_then(Value::as_f64).map_or(high, |limit| limit.min(high));
        let problem = match number {
            None => Problem::error(path, format!("`{path}` is larger than any number can be here")),
            Some(number) if (number as f64) < low => {
                Problem::error(path, format!("`{path}` must be at least {low}, not {number}"))
            }
            Some(number) if number as f64 > high => {
                Problem::error(path, format!("`{path}` must be at most {high}, not {number}"))
            }
            Some(_) => return,
        };
        self.report(node, Problem { help: view.description(), ..problem });
    }

    pub(super) fn choice(&mut self, path: &str, node: &Node, choices: &[&str], view: &View<'_>) {
        match &node.kind {
            Kind::Text(text) if choices.contains(&text.as_str()) => {}
            Kind::Text(text) => {
                let problem = Problem::error(path, format!("`{text}` is not a choice for `{path}`"));
                self.report(node, problem.help(one_of(text, choices)));
            }
            other => {
                let problem = Problem::error(
                    path,
                    format!("`{path}` must be one of a few words in quotes, not {}", kind_words(other)),
                );
                let help = format!("choose {}", suggest::list(choices.iter().copied()));
                let help = view.description().map_or(help.clone(), |words| format!("{help}: {words}"));
                self.report(node, problem.help(help));
            }
        }
    }
}

fn one_of(written: &str, choices: &[&str]) -> String {
    suggest::closest(written, choices.iter().copied()).map_or_else(
        || format!("choose one of {}", suggest::list(choices.iter().copied())),
        |name| format!("did you mean `{name}`?"),
    )
}

/// Whether a word cannot be a name because it has a meaning in conditions.
pub(crate) fn is_taken(word: &str) -> bool {
    RESERVED.contains(&word) || word == "false"
}

/// What is wrong with the name of an entry, if anything.
pub(super) fn name_problem(path: &str, name: &str) -> Option<Problem> {
    if is_taken(name) {
        let problem = Problem::error(path, format!("`{name}` cannot be a name: it has a meaning in conditions"));
        return Some(problem.help("choose a name of two words, joined by a hyphen"));
    }
    let fits = name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if fits {
        return None;
    }
    let problem = Problem::error(
        path,
        format!("`{name}` is not a name: names are small letters, digits and hyphens, and begin with a letter"),
    );
    let mended: String = name
        .to_lowercase()
        .chars()
        .map(|letter| if letter.is_ascii_lowercase() || letter.is_ascii_digit() { letter } else { '-' })
        .collect();
    let mended = mended.trim_matches(|letter: char| letter == '-' || letter.is_ascii_digit()).to_owned();
    Some(if mended.is_empty() { problem.help("as `results-page`") } else { problem.help(format!("write `{mended}`")) })
}

pub(super) fn kind_words(kind: &Kind) -> &'static str {
    match kind {
        Kind::Text(_) => "text",
        Kind::Whole(_) => "a whole number",
        Kind::Decimal(_) => "a decimal number",
        Kind::Truth(_) => "true or false",
        Kind::Moment(_) => "a date or time",
        Kind::List(_) => "a list",
        Kind::Table(_) => "a table",
    }
}
