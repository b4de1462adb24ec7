//! Does every number that claims something about the world say on what it rests?

use super::numbers::{Evidence, MOMENT, Met};
use super::problem::Problem;
use super::suggest;
use super::tree::{Kind, Node};

/// Warns, once, of numbers that carry no evidence, in a scenario where others do. Parts are not looked at.
pub(super) fn check(tree: &Node, quantities: &[Met]) -> Vec<Problem> {
    let sources = tree.get("scenario").and_then(|about| about.get("sources"));
    let sourced = sources.is_some_and(|sources| matches!(&sources.kind, Kind::List(items) if !items.is_empty()));
    let carries = |met: &Met| evidence_of(tree, met).is_given;
    if !sourced && !quantities.iter().any(|met| met.formula.is_none() && carries(met)) {
        return uncited(tree);
    }
    let bare: Vec<&Met> =
        quantities.iter().filter(|met| met.place.file == 0 && !carries(met) && !is_choice(met)).collect();
    let mut found = uncited(tree);
    if let Some(first) = bare.first() {
        const SHOWN: usize = 3;
        let shown = bare.iter().take(SHOWN).map(|met| met.path.as_str());
        let named = match bare.len().checked_sub(SHOWN + 1) {
            None => suggest::list(shown),
            Some(rest) => format!(
                "{} and {} more",
                shown.map(|path| format!("`{path}`")).collect::<Vec<_>>().join(", "),
                rest + 1
            ),
        };
        let count = if bare.len() == 1 {
            "one number does not say what it rests".to_owned()
        } else {
            format!("{} numbers do not say what they rest", bare.len())
        };
        found
            .push(Problem::warning(&first.path, format!("{count} on: {named}")).help(
                "write `{ value = …, basis = \"cited\", source = \"…\" }`, or `basis = \"assumed\"` for a guess",
            ));
    }
    found
}

/// Numbers that the author sets and nobody can look up: what counts as too long, what matters how much, what a plan gives.
/// A star stands for one name.
const CHOICES: [&str; 12] = [
    "adversary.*.objectives.*",
    "contingency.*.above",
    "contingency.*.after",
    "contingency.*.for",
    "exercise.duration",
    "inject.*.for",
    "milestone.*.every",
    "response.*.cost",
    "response.*.for",
    "response.*.priority",
    "responder.*.staff",
    "response.*.effect.reviewers.add",
];

/// True for a number that is a decision of the author and claims nothing about the world. So is every moment: it is the
/// exercise's script.
pub(super) fn is_choice(met: &Met) -> bool {
    let path = met.path.as_str();
    let fits = |pattern: &&str| {
        let (mut wanted, mut steps) = (pattern.split('.'), path.split('.'));
        loop {
            match (wanted.next(), steps.next()) {
                (None, None) => return true,
                (Some(name), Some(step)) if name == "*" || name == step => {}
                _ => return false,
            }
        }
    };
    met.kind == MOMENT || path.starts_with("plan.") || CHOICES.iter().any(fits)
}

/// What the file says a number rests on. For an uncertainty that may stand with the value, or beside it.
pub(super) fn evidence_of(tree: &Node, met: &Met) -> Evidence {
    match uncertainty(tree, &met.path).map(Evidence::beside) {
        Some(outer) if outer.is_given => outer,
        _ => met.evidence.clone(),
    }
}

fn uncertainty<'t>(tree: &'t Node, path: &str) -> Option<&'t Node> {
    let name = path.strip_prefix("uncertainty.")?.strip_suffix(".value")?;
    tree.get("uncertainty")?.get(name)
}

/// Uncertainties and milestones called cited that name no source.
fn uncited(tree: &Node) -> Vec<Problem> {
    let entries = |kind: &'static str| {
        let entries = tree.get(kind).and_then(Node::entries).into_iter().flatten();
        entries.map(move |(name, entry)| (kind, name, entry))
    };
    entries("uncertainty")
        .chain(entries("milestone"))
        .filter(|(_, _, entry)| {
            entry.get("basis").and_then(Node::text) == Some("cited") && entry.get("source").is_none()
        })
        .map(|(kind, name, _)| {
            Problem::error(format!("{kind}.{name}.basis"), format!("`{kind}.{name}` is cited, but names no source"))
                .help("add `source = \"…\"`, or call it `estimated` or `assumed`")
        })
        .collect()
}
