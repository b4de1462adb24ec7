//! A county of a million ballots whose numbers can be worked out by hand: polls are open for ten hours, in-person votes are reported two
//! hours after the close, and nothing is drawn but what a test adds.

use crate::case::{Case, taken};

/// What a test adds to the county.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Vale<'t> {
    /// Its final margin.
    pub(crate) margin: &'t str,
    /// Shares by mode; nothing of what is not named.
    pub(crate) modes: &'t str,
    /// Gaps by mode.
    pub(crate) gaps: &'t str,
    /// Further keys of the jurisdiction.
    pub(crate) keys: &'t str,
    /// Further keys of the contest.
    pub(crate) contest: &'t str,
    /// Whatever else stands in the file.
    pub(crate) rest: &'t str,
}

/// Dates of certification for a county that needs them: canvassed after two days, boards on day ten, the whole on day twenty.
pub(crate) const DATES: &str =
    "certification = { canvass = \"2d\", local = \"start + 10d\", state = \"start + 20d\", refuses = \"0 %\" }\n";

impl Vale<'_> {
    /// The county with some measures: those at the end and those of a first time.
    pub(crate) fn case(&self, last: &[(&str, &str)], first: &[(&str, &str)]) -> Case {
        let mut modes = String::new();
        for mode in ["early", "mail", "drop-off", "late", "provisional", "overseas", "online"] {
            if !self.modes.contains(&format!("{mode} =")) {
                modes += &format!("{mode} = \"0 %\", ");
            }
        }
        let text = format!(
            "[scenario]\ntitle = \"A county\"\nquestion = \"What comes of it?\"\nstart = 2026-11-03T10:00:00Z\nend = 2026-12-15T10:00:00Z\n\
             [responder.clerk]\nkind = \"local-election-office\"\n[responder.court]\nkind = \"court\"\n[responder.ash]\nkind = \"party\"\n\
             [asset.portal]\nowner = \"clerk\"\ndetect = \"900h\"\nrecover = \"900h\"\n\
             [contest.seat]\ncandidates = [\"ash\", \"birch\"]\nshared-error = \"0 %\"\nregion-error = \"0 %\"\nown-error = \"0 %\"\n{}\n\
             [jurisdiction.vale]\ncontest = \"seat\"\nowner = \"clerk\"\nballots = 1_000_000\nmargin = \"{}\"\nothers = \"0 %\"\ncloses = \"start + 10h\"\n\
             reports = \"2h\"\nreports-growth = 0\nreports-spread = 0\npublication = \"0min\"\nrejected = \"0 %\"\nrelease = \"merged\"\n\
             modes = {{ {modes}{} }}\ngaps = {{ {} }}\n{}\n{}\n{}\n",
            self.contest,
            self.margin,
            self.modes,
            self.gaps,
            if self.keys.contains("errors =") { "" } else { "errors = \"0 %\"" },
            self.keys,
            self.rest
        );
        Case::of(&(text + &taken("last", last) + &taken("first-time", first)))
    }
}

/// An effect at a moment.
pub(crate) fn inject(name: &str, at: &str, effect: &str) -> String {
    format!("[inject.{name}]\ntitle = \"{name}\"\nat = \"start + {at}\"\neffect = {{ {effect} }}\n")
}

/// Equal but for rounding.
pub(crate) fn near(value: f64, wanted: f64) {
    assert!((value - wanted).abs() <= 1e-9 * wanted.abs().max(1.0), "{value} for {wanted}");
}
