//! Every number that is written in a scenario's files, as a plan sees it, with what it rests on.

use super::evidence::{evidence_of, is_choice};
use super::numbers::{MOMENT, Met};
use super::quantity::{Basis, Grade, Read, Value, read_as};
use super::tree::{Node, SourceFile};
use super::units::Dimension;
use std::path::Path;

/// A number as it stands in a file.
#[derive(Clone, Debug)]
pub struct Number {
    /// Its path, as `asset.portal.recover`.
    pub path: String,
    /// As it was written.
    pub written: String,
    /// What that means.
    pub value: Value,
    /// What kind of thing it is.
    pub dimension: Dimension,
    /// The range its draws are kept to, in canonical units.
    pub range: (f64, f64),
    /// On what it rests, if the file says.
    pub basis: Option<Basis>,
    /// Where it comes from, if the file says.
    pub source: Option<String>,
    /// How strong that evidence is, if the file says.
    pub grade: Option<Grade>,
    /// True for a decision of the author, which claims nothing about the world.
    pub choice: bool,
    /// The file and line it stands in, as `my-county.toml:12`; `command line` for a value from there.
    pub place: String,
}

/// The numbers a walk has met. Those that a plan sets itself are its choices, unless they say on what they rest; those of
/// responses that are left out are not there.
pub(super) fn numbers(
    tree: &Node,
    files: &[SourceFile],
    met: &[Met],
    set: &[String],
    left_out: impl Fn(&str) -> bool,
) -> Vec<Number> {
    let absent = |path: &str| {
        let response = path.strip_prefix("response.").and_then(|rest| rest.split('.').next());
        path.starts_with("plan.") || response.is_some_and(&left_out)
    };
    met.iter()
        .filter(|met| met.formula.is_none() && !absent(&met.path))
        .filter_map(|met| {
            let kind = if met.kind == MOMENT { "period" } else { &met.kind };
            let Read { value, dimension, range } = read_as(kind, &met.written).ok()??;
            let evidence = evidence_of(tree, met);
            let planned = set.iter().any(|path| is_within(&met.path, path));
            Some(Number {
                choice: !evidence.is_given && (planned || is_choice(met)),
                // Whoever names a source has cited it.
                basis: evidence.basis.or(evidence.source.as_ref().map(|_| Basis::Cited)),
                source: evidence.source,
                grade: evidence.grade,
                path: met.path.clone(),
                written: met.written.clone(),
                value,
                dimension,
                range,
                place: place(files, met),
            })
        })
        .collect()
}

fn is_within(path: &str, outer: &str) -> bool {
    path.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// The file, without the way to it, so that the ledger does not depend on from where the program was called.
fn place(files: &[SourceFile], met: &Met) -> String {
    let (Some(file), Some(first)) = (files.get(met.place.file), files.first()) else {
        return String::new();
    };
    if met.place.span.end == 0 {
        return "command line".to_owned();
    }
    let folder = Path::new(&first.name).parent().unwrap_or(Path::new(""));
    let name = Path::new(&file.name).strip_prefix(folder).unwrap_or(Path::new(&file.name));
    let line = file.text.get(..met.place.span.start).unwrap_or_default().matches('\n').count() + 1;
    format!("{}:{line}", name.to_string_lossy().replace('\\', "/"))
}
