//! What all the little languages share: the words for a wrong text, suggestions, and the one door by which a text is checked.

use super::expression::{Condition, Formula, Statement, TextProblem};
use super::moment::{self, DateTime, Hours, Moment};
use super::names::Tag;

impl TextProblem {
    pub(crate) fn new(range: std::ops::Range<usize>, message: impl Into<String>) -> Self {
        TextProblem { range, message: message.into(), help: None }
    }

    #[must_use]
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same problem in a longer text, in which this one starts at byte `by`.
    #[must_use]
    pub(crate) fn shifted(mut self, by: usize) -> Self {
        self.range = self.range.start + by..self.range.end + by;
        self
    }
}

/// All problems in one line, as `serde` wants them.
pub(crate) fn one_line(problems: &[TextProblem]) -> String {
    let words: Vec<String> = problems
        .iter()
        .map(|problem| match &problem.help {
            Some(help) => format!("{}; {help}", problem.message),
            None => problem.message.clone(),
        })
        .collect();
    words.join("; ")
}

/// The candidate that `word` was probably meant to be: at most a third of its letters differ, or two.
pub(crate) fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|&(distance, candidate)| {
            distance <= (length / 3).max(2) && distance < length.min(candidate.chars().count())
        })
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// Checks a text of one of the formats a schema may name: `condition`, `formula`, `statement`, `moment`, `hours`, `tag`, `zone`
/// or `date-time`. A text of any other format passes.
///
/// # Errors
///
/// Everything that is wrong with the text by itself; whether the names in it exist is for [`super::expression::bind`] to say.
pub fn check_text(format: &str, text: &str) -> Result<(), Vec<TextProblem>> {
    match format {
        "condition" => Condition::parse(text).map(drop),
        "formula" => Formula::parse(text).map(drop),
        "statement" => Statement::parse(text).map(drop),
        "moment" => Moment::parse(text).map(drop),
        "hours" => Hours::parse(text).map(drop),
        "tag" => Tag::parse(text).map(drop).map_err(|problem| vec![problem]),
        "zone" => moment::zone(text).map(drop).map_err(|problem| vec![problem]),
        "date-time" => DateTime::parse(text).map(drop).map_err(|problem| vec![problem]),
        _ => Ok(()),
    }
}
