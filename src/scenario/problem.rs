//! What is wrong with a scenario, where, and how to mend it.

use std::ops::Range;

/// Whether a problem stops the scenario from loading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The scenario does not load.
    Error,
    /// The scenario loads, but the exercise may not work as meant.
    Warning,
}

/// A position in one of the files a scenario is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Position of the file in [`super::Loaded`]: 0 is the scenario itself, the rest are its parts.
    pub file: usize,
    /// Bytes of that file.
    pub span: Range<usize>,
}

/// One thing that is wrong, with the mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Whether it stops the scenario from loading.
    pub severity: Severity,
    /// Path of the value, as `response.mirror.effect.restore.asset` or `campaign.flood.step[0].at`; empty for the whole file.
    pub path: String,
    /// Bytes inside the string value at `path`, where only a part of it is wrong.
    pub within: Option<Range<usize>>,
    /// What is wrong, in one lower-case sentence without a full stop.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
    /// Where it stands, once known.
    pub place: Option<Place>,
    /// Another place that matters, with a few words: `defined here`.
    pub related: Option<(Place, String)>,
}

impl Problem {
    /// An error about the value at `path`.
    pub fn error(path: impl Into<String>, message: impl Into<String>) -> Self {
        Problem {
            severity: Severity::Error,
            path: path.into(),
            within: None,
            message: message.into(),
            help: None,
            place: None,
            related: None,
        }
    }

    /// A warning about the value at `path`.
    pub fn warning(path: impl Into<String>, message: impl Into<String>) -> Self {
        Problem { severity: Severity::Warning, ..Problem::error(path, message) }
    }

    /// The same problem with a word on how to mend it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same problem, narrowed to some bytes inside the string value.
    #[must_use]
    pub fn within(mut self, range: Range<usize>) -> Self {
        self.within = Some(range);
        self
    }
}
