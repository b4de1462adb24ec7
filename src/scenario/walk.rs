//! The walk of a scenario's values against the schema: every mistake at once, each with its place.

use super::expression::Expression;
use super::problem::Problem;
use super::quantity::{Quantity, Unbound, Value as Worth};
use super::syntax::BrokenLines;
use super::tree::{Kind, Node, join};
use super::{overrides, reference, suggest};
use serde_json::{Map, Value};

/// Words that mean something in conditions and moments, and so cannot be names.
pub(super) const RESERVED: [&str; 13] =
    ["and", "or", "not", "now", "start", "end", "min", "max", "held", "since", "ever", "count", "true"];

/// A quantity that was met on the way, for the checks that look at all of them.
#[derive(Clone, Debug)]
pub(super) struct Met {
    pub(super) path: String,
    /// What it is worked out from, and how many bytes of the text stand before that.
    pub(super) formula: Option<(Expression, usize)>,
    /// Whether it carries a basis or a source.
    pub(super) evidence: bool,
    /// The file it stands in.
    pub(super) file: usize,
}

/// The state of a walk.
pub(super) struct Walk<'a> {
    pub(super) root: &'a Node,
    pub(super) schema: &'a Value,
    pub(super) broken: &'a BrokenLines,
    pub(super) problems: Vec<Problem>,
    pub(super) quantities: Vec<Met>,
}

/// A schema with its references followed: what stands nearer goes before what it refers to.
#[derive(Clone)]
pub(super) struct View<'s> {
    layers: Vec<&'s Map<String, Value>>,
}

impl<'s> View<'s> {
    pub(super) fn of(root: &'s Value, schema: &'s Value) -> Self {
        let mut layers = Vec::new();
        let mut next = schema.as_object();
        while let Some(layer) = next {
            layers.push(layer);
            next = layer
                .get("$ref")
                .and_then(Value::as_str)
                .and_then(|reference| root.pointer(reference.strip_prefix('#')?))
                .and_then(Value::as_object);
        }
        View { layers }
    }

    pub(super) fn get(&self, key: &str) -> Option<&'s Value> {
        self.layers.iter().find_map(|layer| layer.get(key))
    }

    pub(super) fn text(&self, key: &str) -> Option<&'s str> {
        self.get(key).and_then(Value::as_str)
    }

    pub(super) fn properties(&self) -> Option<&'s Map<String, Value>> {
        self.get("properties").and_then(Value::as_object)
    }

    /// The first sentence of the description.
    fn description(&self) -> Option<String> {
        let text = self.text("description")?;
        let sentence = text.split_once(". ").map_or(text, |(first, _)| first);
        let mut letters = sentence.trim_end_matches('.').chars();
        let first = letters.next()?;
        Some(first.to_lowercase().collect::<String>() + letters.as_str())
    }

    /// The values a choice allows, if this is one.
    fn choices(&self) -> Option<Vec<&'s str>> {
        if let Some(values) = self.get("enum").and_then(Value::as_array) {
            return Some(values.iter().filter_map(Value::as_str).collect());
        }
        let arms = self.get("oneOf").and_then(Value::as_array)?;
        Some(
            arms.iter()
                .flat_map(|arm| {
                    let one = arm.get("const").and_then(Value::as_str);
                    let several = arm.get("enum").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
                    one.into_iter().chain(several)
                })
                .collect(),
        )
    }
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
        let expected = expectation(view);
        let mut help = view.description();
        if view.text("format") == Some("moment") {
            help = Some("write it as \"polls-close + 2h\", or as 2026-11-03T19:00:00-05:00 without quotes".to_owned());
        } else if view.text("type") == Some("string") && view.get("x-ref").is_none() {
            if let Kind::Whole(Some(number)) = node.kind {
                help = Some(format!("write \"{number}\", if that is what is meant"));
            }
        }
        if let (Some("boolean"), Kind::Text(text)) = (view.text("type"), &node.kind) {
            if text == "true" || text == "false" {
                help = Some(format!("write {text} without quotes"));
            }
        }
        if let (Some("integer"), Kind::Text(text)) = (view.text("type"), &node.kind) {
            if text.parse::<i64>().is_ok() {
                help = Some(format!("write {text} without quotes"));
            }
        }
        if let (Some("array"), Some("object")) = (view.text("type"), view.get("items").and_then(|items| View::of(self.schema, items).text("type"))) {
            help = Some(format!("begin each entry with `[[{path}]]`"));
        }
        let problem = Problem::error(path, format!("`{path}` must be {expected}, not {}", kind_words(&node.kind)));
        self.report(node, Problem { help, ..problem });
    }

    fn table(&mut self, path: &str, node: &Node, view: &View<'a>) {
        let Some(entries) = node.entries() else { return };
        let property_of = |key: &str| view.properties().and_then(|properties| properties.get(key));
        let additional = view.get("additionalProperties");
        let free: Vec<&str> =
            view.properties().into_iter().flat_map(Map::keys).map(String::as_str).filter(|key| !entries.contains_key(*key)).collect();
        let tables = self.named_tables(view);
        let mut meant = Vec::new();
        for (key, below) in entries {
            let below_path = join(path, key);
            if let Some(property) = property_of(key) {
                self.value(&below_path, below, property);
                continue;
            }
            match additional {
                Some(Value::Bool(false)) | None => {
                    let repeatable = tables.iter().copied().find(|name| suggest::closest(key, [*name]).is_some());
                    self.unknown_key(path, &below_path, key, below, &free, &mut meant, repeatable);
                }
                Some(schema) => {
                    self.entry_name(&below_path, key, below, view);
                    self.value(&below_path, below, schema);
                }
            }
        }
        for key in view.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
            if !entries.contains_key(key) && !meant.contains(&key) && !self.broken.mention(key) {
                self.missing_key(path, key, node, property_of(key));
            }
        }
    }

    /// Keys that hold tables of named entries or lists, which may well be begun again under a slip of the hand.
    fn named_tables(&self, view: &View<'a>) -> Vec<&'a str> {
        let several = |schema: &'a Value| {
            let view = View::of(self.schema, schema);
            view.text("type") == Some("array") || view.get("additionalProperties").is_some_and(Value::is_object)
        };
        view.properties().into_iter().flatten().filter(|(_, schema)| several(schema)).map(|(key, _)| key.as_str()).collect()
    }

    fn unknown_key(&mut self, path: &str, below_path: &str, key: &str, below: &Node, free: &[&'a str], meant: &mut Vec<&'a str>, repeatable: Option<&str>) {
        let message = if path.is_empty() {
            format!("there is no table `{key}` in a scenario")
        } else {
            format!("`{path}` has no key `{key}`")
        };
        let mut problem = Problem::error(below_path, message);
        problem.help = match suggest::closest(key, free.iter().copied()) {
            Some(name) => {
                meant.push(name);
                Some(format!("did you mean `{name}`?"))
            }
            None if repeatable.is_some() => repeatable.map(|name| format!("did you mean `{name}`?")),
            None if free.is_empty() => Some("all its keys are already given; remove this one".to_owned()),
            None => Some(format!("keys still free here: {}", suggest::list(free.iter().copied()))),
        };
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
        let Some(names) = view.get("propertyNames") else { return };
        let names = View::of(self.schema, names);
        if let Some(choices) = names.choices() {
            if !choices.contains(&key) {
                let owner = path.rsplit_once('.').map_or(path, |(owner, _)| owner);
                let mut problem = Problem::error(path, format!("`{owner}` has no key `{key}`"));
                problem.help = Some(one_of(key, &choices));
                problem.place = node.key.clone();
                self.report(node, problem);
            }
        } else if names.get("pattern").is_some() {
            if let Some(mut problem) = name_problem(path, key) {
                problem.place = node.key.clone();
                self.report(node, problem);
            }
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
                (Some("string"), Kind::Moment(moment)) if matches!(view.text("format").or(arm.text("format")), Some("date-time" | "moment")) => {
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
                return self.text_problems(path, node, found);
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

    pub(super) fn text_problems(&mut self, path: &str, node: &Node, found: Vec<super::expression::TextProblem>) {
        for wrong in found {
            let problem = Problem { help: wrong.help, ..Problem::error(path, wrong.message) };
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
            Some(number) if (number as f64) < low => Problem::error(path, format!("`{path}` must be at least {low}, not {number}")),
            Some(number) if number as f64 > high => Problem::error(path, format!("`{path}` must be at most {high}, not {number}")),
            Some(_) => return,
        };
        self.report(node, Problem { help: view.description(), ..problem });
    }

    fn choice(&mut self, path: &str, node: &Node, choices: &[&str], view: &View<'_>) {
        match &node.kind {
            Kind::Text(text) if choices.contains(&text.as_str()) => {}
            Kind::Text(text) => {
                let problem = Problem::error(path, format!("`{text}` is not a choice for `{path}`"));
                self.report(node, problem.help(one_of(text, choices)));
            }
            other => {
                let problem = Problem::error(path, format!("`{path}` must be one of a few words in quotes, not {}", kind_words(other)));
                let help = format!("choose {}", suggest::list(choices.iter().copied()));
                let help = view.description().map_or(help.clone(), |words| format!("{help}: {words}"));
                self.report(node, problem.help(help));
            }
        }
    }

    fn quantity(&mut self, path: &str, node: &Node, name: &str, view: &View<'a>) {
        if let Kind::Table(entries) = &node.kind {
            return self.quantity_with_evidence(path, node, entries, name, view);
        }
        self.bare_quantity(path, node, name, view);
        self.quantities.push(Met {
            path: path.to_owned(),
            formula: node.text().and_then(formula),
            evidence: false,
            file: node.place.file,
        });
    }

    fn bare_quantity(&mut self, path: &str, node: &Node, name: &str, view: &View<'_>) {
        let number = match &node.kind {
            Kind::Text(text) => {
                if let Err(found) = super::check_quantity(name, text) {
                    self.text_problems(path, node, found);
                }
                return;
            }
            Kind::Whole(Some(number)) => *number as f64,
            Kind::Decimal(Some(number)) => *number,
            Kind::Whole(None) | Kind::Decimal(None) => {
                return self.report(node, Problem::error(path, format!("`{path}` is larger than any number can be here")));
            }
            other => {
                let examples: Vec<_> = view.get("examples").and_then(Value::as_array).into_iter().flatten().map(Value::to_string).collect();
                let problem = Problem::error(path, format!("`{path}` must be {} {name}, not {}", suggest::article(name), kind_words(other)));
                let help = (!examples.is_empty()).then(|| format!("write it as {}", examples.join(" or ")));
                return self.report(node, Problem { help, ..problem });
            }
        };
        if let Err(wrong) = super::check_number(name, number) {
            self.report(node, Problem { help: wrong.help, ..Problem::error(path, wrong.message) });
        }
    }

    fn quantity_with_evidence(&mut self, path: &str, node: &Node, entries: &indexmap::IndexMap<String, Node>, name: &str, view: &View<'a>) {
        const KEYS: [&str; 3] = ["value", "basis", "source"];
        let free: Vec<&str> = KEYS.into_iter().filter(|key| !entries.contains_key(*key)).collect();
        let mut meant = Vec::new();
        for (key, below) in entries {
            let below_path = join(path, key);
            match key.as_str() {
                "value" => self.bare_quantity(&below_path, below, name, view),
                "basis" => self.choice(&below_path, below, &["cited", "estimated", "assumed"], view),
                "source" if below.text().is_some_and(|text| !text.trim().is_empty()) => {}
                "source" => {
                    let problem = Problem::error(&below_path, "a source is text in quotes: who says so, and where");
                    self.report(below, problem);
                }
                _ => self.unknown_key(path, &below_path, key, below, &free, &mut meant, None),
            }
        }
        let value = entries.get("value");
        if value.is_none() && !meant.contains(&"value") {
            let problem = Problem::error(path, format!("`{path}` needs `value`"));
            self.report(node, problem.help("write `{ value = …, basis = \"assumed\" }`"));
        }
        if let Some(basis) = entries.get("basis").filter(|basis| basis.text() == Some("cited")) {
            if !entries.contains_key("source") && !meant.contains(&"source") {
                let problem = Problem::error(join(path, "basis"), format!("`{path}` is cited, but names no source"));
                self.report(basis, problem.help("add `source = \"…\"`, or call it `estimated` or `assumed`"));
            }
        }
        self.quantities.push(Met {
            path: path.to_owned(),
            formula: value.and_then(Node::text).and_then(formula),
            evidence: entries.contains_key("basis") || entries.contains_key("source"),
            file: node.place.file,
        });
    }
}

/// The formula a quantity is written as, if it is one.
fn formula(text: &str) -> Option<(Expression, usize)> {
    match Quantity::<Unbound>::parse(text).ok()?.value {
        Worth::Formula(expression) => Some((expression, 0)),
        _ => None,
    }
}

fn one_of(written: &str, choices: &[&str]) -> String {
    suggest::closest(written, choices.iter().copied()).map_or_else(
        || format!("choose one of {}", suggest::list(choices.iter().copied())),
        |name| format!("did you mean `{name}`?"),
    )
}

/// What is wrong with the name of an entry, if anything.
pub(super) fn name_problem(path: &str, name: &str) -> Option<Problem> {
    if RESERVED.contains(&name) || name == "false" {
        let problem = Problem::error(path, format!("`{name}` cannot be a name: it has a meaning in conditions"));
        return Some(problem.help("choose a name of two words, joined by a hyphen"));
    }
    let fits = name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if fits {
        return None;
    }
    let problem = Problem::error(path, format!("`{name}` is not a name: names are small letters, digits and hyphens, and begin with a letter"));
    let mended: String = name
        .to_lowercase()
        .chars()
        .map(|letter| if letter.is_ascii_lowercase() || letter.is_ascii_digit() { letter } else { '-' })
        .collect();
    let mended = mended.trim_matches(|letter: char| letter == '-' || letter.is_ascii_digit()).to_owned();
    Some(if mended.is_empty() { problem.help("as `results-page`") } else { problem.help(format!("write `{mended}`")) })
}

fn expectation(view: &View<'_>) -> String {
    if view.get("anyOf").is_some() {
        return "a name in quotes, or a list of names".to_owned();
    }
    match (view.text("type"), view.text("format")) {
        (Some("string"), Some("date-time")) => "a date and time with its offset, as 2026-11-03T19:00:00-05:00".to_owned(),
        (Some("string"), Some(format @ ("moment" | "condition" | "formula" | "statement"))) => format!("a {format} in quotes"),
        (Some("string"), Some("hours")) => "working hours in quotes, as \"Mon-Fri 08:00-18:00\"".to_owned(),
        (Some("string"), _) if view.get("x-ref").is_some() => "a name in quotes".to_owned(),
        (Some("string"), _) => "text in quotes".to_owned(),
        (Some("integer"), _) => "a whole number".to_owned(),
        (Some("number"), _) => "a number".to_owned(),
        (Some("boolean"), _) => "true or false".to_owned(),
        (Some("array"), _) => "a list".to_owned(),
        _ => "a table".to_owned(),
    }
}

fn kind_words(kind: &Kind) -> &'static str {
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
