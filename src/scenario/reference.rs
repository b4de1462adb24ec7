//! References between tables: does what a name stands for exist, and what else may have been meant.

use super::moment::{Anchor, Moment};
use super::numbers::{MOMENT, Met};
use super::problem::{Place, Problem};
use super::quantity::Value;
use super::suggest;
use super::tree::Node;
use super::walk::Walk;

/// Tables whose entries a `subject` may name.
const SUBJECTS: [&str; 4] = ["asset", "narrative", "adversary", "campaign"];

/// Checks that a value or key names an entry of a table. The place is the value's own unless given.
pub(super) fn check(walk: &mut Walk<'_>, path: &str, node: &Node, written: &str, kind: &str, place: Option<Place>) {
    let problem = if kind == "subject" { subject(walk, path, written) } else { named(walk, path, written, kind) };
    if let Some(problem) = problem {
        walk.report(node, Problem { place, ..problem });
    }
}

fn named(walk: &Walk<'_>, path: &str, written: &str, kind: &str) -> Option<Problem> {
    let entries = walk.root.get(kind).and_then(Node::entries);
    if entries.is_some_and(|entries| entries.contains_key(written)) || walk.broken.mention(written) {
        return None;
    }
    if under_a_misspelt_table(walk, written, kind) {
        return None;
    }
    let names = || entries.into_iter().flat_map(|entries| entries.keys()).map(String::as_str);
    let mut problem = Problem::error(path, format!("there is no {kind} named `{written}`"));
    problem.help = Some(match suggest::closest(written, names()) {
        Some(name) => {
            let defined = entries.and_then(|entries| entries.get(name)).and_then(|node| node.key.clone());
            problem.related = defined.map(|place| (place, "defined here".to_owned()));
            format!("did you mean `{name}`?")
        }
        None if names().next().is_none() => {
            format!("add a `[{kind}.{written}]` table, or remove the name")
        }
        None => format!("named under `[{kind}]`: {}", suggest::list(names())),
    });
    Some(problem)
}

/// True if the name stands under a table whose own name is a slip of the hand: saying that once is enough.
fn under_a_misspelt_table(walk: &Walk<'_>, written: &str, kind: &str) -> bool {
    let tables = walk.root.entries().into_iter().flatten();
    tables
        .filter(|(table, node)| walk.schema["properties"].get(table).is_none() && node.get(written).is_some())
        .any(|(table, _)| suggest::closest(table, [kind]).is_some())
}

fn subject(walk: &Walk<'_>, path: &str, written: &str) -> Option<Problem> {
    match written.split_once('.') {
        Some((kind, name)) if SUBJECTS.contains(&kind) => named(walk, path, name, kind).map(|mut problem| {
            if let Some(help) = problem.help.take() {
                problem.help = Some(help.replace("did you mean `", &format!("did you mean `{kind}.")));
            }
            problem
        }),
        Some((kind, name)) => {
            let problem = Problem::error(
                path,
                format!("`{written}` cannot be spoken of: `{kind}` is none of the kinds that can"),
            );
            Some(match suggest::closest(kind, SUBJECTS) {
                Some(kind) => problem.help(format!("did you mean `{kind}.{name}`?")),
                None => problem.help(format!("write one of {}, a point, and the name", suggest::list(SUBJECTS))),
            })
        }
        None => {
            let holder =
                SUBJECTS.into_iter().find(|kind| walk.root.get(kind).and_then(|table| table.get(written)).is_some());
            let problem = Problem::error(path, format!("`{written}` does not say what kind of thing it is"));
            Some(match holder {
                Some(kind) => problem.help(format!("write `{kind}.{written}`")),
                None => problem
                    .help("write it as `asset.portal`, `narrative.rigged`, `adversary.flooders` or `campaign.mails`"),
            })
        }
    }
}

/// Checks that the milestone a moment counts from exists, and notes the formula of its offset.
pub(super) fn check_moment(walk: &mut Walk<'_>, path: &str, node: &Node, text: &str) {
    let Ok(Moment::Relative { anchor, offset, .. }) = Moment::parse(text) else {
        return;
    };
    if let Anchor::Milestone(name) = anchor
        && let Some(problem) = named(walk, path, &name, "milestone")
    {
        let start = text.len() - text.trim_start().len();
        walk.report(node, problem.within(start..start + name.len()));
    }
    let Some(offset) = offset else {
        return;
    };
    let formula = match offset.value {
        Value::Formula(expression) => {
            let before = text.rfind(expression.text.as_str()).unwrap_or(0);
            Some((expression, before))
        }
        _ => None,
    };
    let met = Met::new(path, MOMENT, node);
    walk.quantities.push(Met { formula, written: offset.written, ..met });
}
