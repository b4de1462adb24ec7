//! Quantities on the walk: bare, or with the evidence they rest on.

use super::expression::Expression;
use super::problem::{Place, Problem};
use super::quantity::{Basis, Grade, Quantity, Unbound, Value};
use super::suggest;
use super::tree::{Kind, Node, join};
use super::view::View;
use super::walk::{Keys, Walk, kind_words};
use indexmap::IndexMap;

/// A quantity that was met on the way, for the checks that look at all of them.
#[derive(Clone, Debug)]
pub(super) struct Met {
    pub(super) path: String,
    /// What it is worked out from, and how many bytes of the text stand before that.
    pub(super) formula: Option<(Expression, usize)>,
    /// What kind of quantity the schema wants there, as `period`.
    pub(super) kind: String,
    /// As it was written.
    pub(super) written: String,
    /// What it says of its evidence.
    pub(super) evidence: Evidence,
    /// Where it stands.
    pub(super) place: Place,
}

impl Met {
    /// What stands at a node, with the evidence beside it.
    pub(super) fn new(path: &str, kind: &str, node: &Node) -> Self {
        let value = node.get("value").unwrap_or(node);
        let written = match &value.kind {
            Kind::Text(text) => text.clone(),
            Kind::Whole(Some(number)) => number.to_string(),
            Kind::Decimal(Some(number)) => number.to_string(),
            _ => String::new(),
        };
        Met {
            path: path.to_owned(),
            formula: value.text().and_then(formula),
            kind: kind.to_owned(),
            written,
            evidence: Evidence::beside(node),
            place: node.best_place(),
        }
    }
}

/// The kind of the offset of a moment, which is a period and needs no evidence of its own.
pub(super) const MOMENT: &str = "moment";

/// What a table says about the number it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Evidence {
    pub(super) basis: Option<Basis>,
    pub(super) source: Option<String>,
    pub(super) grade: Option<Grade>,
    /// Whether it says on what the number rests, rightly or wrongly.
    pub(super) is_given: bool,
}

impl Evidence {
    /// The evidence among the keys of a table; none for anything else.
    pub(super) fn beside(node: &Node) -> Self {
        let word = |key| node.get(key).and_then(Node::text);
        let basis = BASES.into_iter().find(|basis| word("basis") == Some(basis.word()));
        let grade = GRADES.into_iter().find(|grade| word("grade") == Some(grade.word()));
        let is_given = node.get("basis").or(node.get("source")).is_some();
        Evidence { basis, source: word("source").map(str::to_owned), grade, is_given }
    }
}

const BASES: [Basis; 3] = [Basis::Cited, Basis::Estimated, Basis::Assumed];
const GRADES: [Grade; 4] = [Grade::A, Grade::B, Grade::C, Grade::D];

impl<'a> Walk<'a> {
    /// Checks a quantity, with or without its evidence, and notes it.
    pub(super) fn quantity(&mut self, path: &str, node: &Node, name: &str, view: &View<'a>) {
        if let Kind::Table(entries) = &node.kind {
            return self.quantity_with_evidence(path, node, entries, name, view);
        }
        self.bare_quantity(path, node, name, view);
        self.quantities.push(Met::new(path, name, node));
    }

    fn bare_quantity(&mut self, path: &str, node: &Node, name: &str, view: &View<'_>) {
        let number = match &node.kind {
            Kind::Text(text) => {
                if let Err(found) = super::check_quantity(name, text) {
                    self.text_problems(path, node, found, view);
                }
                return;
            }
            Kind::Whole(Some(number)) => *number as f64,
            Kind::Decimal(Some(number)) => *number,
            Kind::Whole(None) | Kind::Decimal(None) => {
                return self.report(
                    node,
                    Problem::error(path, format!("`{path}` is larger than any number can be here"))
                        .help("write a smaller number"),
                );
            }
            other => {
                let problem = Problem::error(
                    path,
                    format!("`{path}` must be {} {name}, not {}", suggest::article(name), kind_words(other)),
                );
                let help = view.examples();
                return self.report(node, Problem { help, ..problem });
            }
        };
        if let Err(wrong) = super::check_number(name, number) {
            let help = wrong.help.or_else(|| view.examples());
            self.report(node, Problem { help, ..Problem::error(path, wrong.message) });
        }
    }

    fn quantity_with_evidence(
        &mut self,
        path: &str,
        node: &Node,
        entries: &IndexMap<String, Node>,
        name: &str,
        view: &View<'a>,
    ) {
        const KEYS: [&str; 4] = ["value", "basis", "source", "grade"];
        let free = KEYS.into_iter().filter(|key| !entries.contains_key(*key)).collect();
        let mut keys = Keys { free, repeatable: Vec::new(), meant: Vec::new() };
        for (key, below) in entries {
            let below_path = join(path, key);
            match key.as_str() {
                "value" => self.bare_quantity(&below_path, below, name, view),
                "basis" => {
                    self.choice(&below_path, below, &BASES.map(Basis::word), view);
                }
                "grade" => {
                    self.choice(&below_path, below, &GRADES.map(Grade::word), view);
                }
                "source" if below.text().is_some_and(|text| !text.trim().is_empty()) => {}
                "source" => {
                    let problem = Problem::error(&below_path, "a source is text in quotes: who says so, and where");
                    self.report(below, problem);
                }
                _ => self.unknown_key(path, key, below, &mut keys),
            }
        }
        let value = entries.get("value");
        if value.is_none() && !keys.meant.contains(&"value") {
            let problem = Problem::error(path, format!("`{path}` needs `value`"));
            self.report(node, problem.help("write `{ value = …, basis = \"assumed\" }`"));
        }
        if let Some(basis) = entries.get("basis").filter(|basis| basis.text() == Some("cited"))
            && !entries.contains_key("source")
            && !keys.meant.contains(&"source")
        {
            let problem = Problem::error(join(path, "basis"), format!("`{path}` is cited, but names no source"));
            self.report(basis, problem.help("add `source = \"…\"`, or call it `estimated` or `assumed`"));
        }
        self.quantities.push(Met::new(path, name, node));
    }
}

/// The formula a quantity is written as, if it is one.
fn formula(text: &str) -> Option<(Expression, usize)> {
    match Quantity::<Unbound>::parse(text).ok()?.value {
        Value::Formula(expression) => Some((expression, 0)),
        _ => None,
    }
}
