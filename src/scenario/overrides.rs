//! `[plan.NAME] set = { "asset.portal.recover" = "2h" }`: values that differ in a plan.

use super::problem::Problem;
use super::suggest;
use super::tree::{Kind, Node, Segment, join, segments};
use super::view::View;
use super::walk::Walk;
use serde_json::Value;

/// Tables and keys that a plan cannot change, because plans are made of them or before them.
const FIXED: [&str; 4] = ["plan", "checks", "scenario.extends", "scenario.title"];

/// Checks every override of a plan against the schema of the value it replaces.
pub(super) fn check(walk: &mut Walk<'_>, path: &str, node: &Node) {
    let Kind::Table(entries) = &node.kind else {
        let problem = Problem::error(path, format!("`{path}` must be a table of paths and values"));
        return walk.report(node, problem.help("write `set = { \"asset.portal.recover\" = \"2h\" }`"));
    };
    for (target, value) in entries {
        let at = join(path, target);
        if let Kind::Table(_) = value.kind
            && !target.contains('.')
        {
            let problem = Problem::error(&at, format!("`{target}` is not a path to a value"));
            walk.report(value, problem.help("put the whole path in quotes, as `\"asset.portal.recover\" = \"2h\"`"));
            continue;
        }
        match resolve(walk, target) {
            Ok(schema) => walk.value(&at, value, schema),
            Err(wrong) => {
                let problem = Problem { help: wrong.help, ..Problem::error(&at, wrong.message) };
                walk.report(value, Problem { place: value.key.clone(), ..problem });
            }
        }
    }
}

struct Wrong {
    message: String,
    help: Option<String>,
}

/// The schema of the value at a path, if there is one that a plan may change.
fn resolve<'a>(walk: &Walk<'a>, target: &str) -> Result<&'a Value, Wrong> {
    let wrong = |message: String, help: String| Wrong { message, help: Some(help) };
    let Some(path) = segments(target).filter(|path| !path.is_empty()) else {
        return Err(wrong(
            format!("`{target}` is not a path"),
            "write it as `asset.portal.recover` or `campaign.flood.step[0].success`".to_owned(),
        ));
    };
    let keys: Vec<&str> = path
        .iter()
        .map_while(|segment| match segment {
            Segment::Key(key) => Some(key.as_str()),
            Segment::Position(_) => None,
        })
        .collect();
    if let Some(fixed) = FIXED.into_iter().find(|fixed| keys.starts_with(&fixed.split('.').collect::<Vec<_>>())) {
        return Err(wrong(
            format!("a plan cannot change `{fixed}`"),
            "a plan changes values of the world it runs in".to_owned(),
        ));
    }
    let mut schema = walk.schema;
    let mut node = Some(walk.root);
    let mut so_far = String::new();
    for segment in &path {
        let view = View::of(walk.schema, schema);
        let below = node.and_then(|node| node.child(segment));
        match segment {
            Segment::Key(key) => {
                let property = view.properties().and_then(|properties| properties.get(key));
                let entry = view.get("additionalProperties").filter(|entry| entry.is_object());
                let here = if so_far.is_empty() { "a scenario".to_owned() } else { format!("`{so_far}`") };
                schema = match (property, entry) {
                    (Some(property), _) => property,
                    (None, Some(entry)) if below.is_some() => entry,
                    (None, Some(entry)) => {
                        let table = view.text("x-key-ref").map_or(node, |kind| walk.root.get(kind));
                        if view.get("x-key-ref").is_some() && table.is_some_and(|table| table.get(key).is_some()) {
                            schema = entry;
                            so_far = join(&so_far, key);
                            node = None;
                            continue;
                        }
                        let names: Vec<&str> = table
                            .and_then(Node::entries)
                            .into_iter()
                            .flat_map(|entries| entries.keys())
                            .map(String::as_str)
                            .collect();
                        return Err(wrong(format!("there is no `{key}` under {here}"), meant(&so_far, key, &names)));
                    }
                    (None, None) => {
                        let names: Vec<&str> =
                            view.properties().into_iter().flat_map(|all| all.keys()).map(String::as_str).collect();
                        return Err(wrong(format!("{here} has no key `{key}`"), meant(&so_far, key, &names)));
                    }
                };
                so_far = join(&so_far, key);
            }
            Segment::Position(position) => {
                let items = view.get("items").or_else(|| {
                    let arms = view.get("anyOf")?.as_array()?;
                    arms.iter().find_map(|arm| arm.get("items"))
                });
                let count = match node.map(|node| &node.kind) {
                    Some(Kind::List(list)) => list.len(),
                    _ => 0,
                };
                schema = match items {
                    Some(items) if *position < count => items,
                    Some(_) => {
                        return Err(wrong(
                            format!("`{so_far}` has no entry [{position}]"),
                            format!("it has {count}, and the first is [0]"),
                        ));
                    }
                    None => {
                        return Err(wrong(format!("`{so_far}` is not a list"), format!("leave out `[{position}]`")));
                    }
                };
                so_far = format!("{so_far}[{position}]");
            }
        }
        node = below;
    }
    Ok(schema)
}

fn meant(so_far: &str, key: &str, names: &[&str]) -> String {
    match suggest::closest(key, names.iter().copied()) {
        Some(name) => format!("did you mean `{}`?", join(so_far, name)),
        None if names.is_empty() => "nothing is defined there".to_owned(),
        None => format!("there are {}", suggest::list(names.iter().copied())),
    }
}
