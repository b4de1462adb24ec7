//! A scenario as one text that stands alone: what results are kept with, so that anybody can make them again.

use super::loaded::Loaded;
use super::tree::{Kind, Node, join};
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// Said at the top of a text that somebody may open and wonder about. It names no path: those differ between machines.
const FOLDED: &str =
    "# The scenario with its parts folded in, as it was run. Comments are in the files it was made from.\n\n";

impl Loaded {
    /// The scenario as one text without parts. A scenario that extends nothing is its own file, byte for byte; otherwise the
    /// parts are folded in, and comments are lost. Reading the text gives the same scenario, and the same text again.
    pub fn one_file(&self) -> Cow<'_, str> {
        match self.files() {
            [alone] => Cow::Borrowed(&alone.text),
            _ => Cow::Owned(folded(self.tree())),
        }
    }

    /// SHA-256, in hexadecimal, of [`Loaded::one_file`].
    pub fn sha256(&self) -> String {
        Sha256::digest(self.one_file().as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// A tree as TOML: a header for each named thing and list entry, all below it in one line a key. The order of keys is kept
/// at every level, for some of it means something: the first candidate, the first segment.
fn folded(tree: &Node) -> String {
    let mut text = FOLDED.to_owned();
    for (kind, node) in tree.entries().into_iter().flatten() {
        match &node.kind {
            Kind::List(items) => items.iter().for_each(|item| section(&mut text, &format!("[[{kind}]]"), item, &[])),
            Kind::Table(things) if things.values().all(|thing| matches!(thing.kind, Kind::Table(_))) => {
                for (name, thing) in things {
                    section(&mut text, &format!("[{}]", join(kind, name)), thing, &[]);
                }
            }
            // What stands once, as `[scenario]`, has its keys directly below it.
            Kind::Table(_) => section(&mut text, &format!("[{kind}]"), node, &["extends"]),
            _ => {}
        }
    }
    text
}

fn section(text: &mut String, header: &str, node: &Node, without: &[&str]) {
    text.push_str(header);
    text.push('\n');
    for (key, value) in node.entries().into_iter().flatten() {
        if !without.contains(&key.as_str()) {
            text.push_str(&format!("{} = {}\n", join("", key), value.to_value()));
        }
    }
    text.push('\n');
}
