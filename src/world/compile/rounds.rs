//! The votes of each contest: the first, and those that may follow it, under names of their own.

use super::Bench;
use crate::scenario::Problem;
use crate::scenario::model;

/// A vote of a contest.
pub(super) struct Vote<'a> {
    /// Its name: that of the contest, with what it is behind it.
    pub(super) name: String,
    /// The contest.
    pub(super) entry: &'a model::Contest,
    /// Which of its votes.
    pub(super) kind: Kind<'a>,
}

/// Which vote of its contest.
#[derive(Clone, Copy)]
pub(super) enum Kind<'a> {
    /// The first, with the positions of those that may follow.
    First {
        /// The run-off.
        runoff: Option<usize>,
        /// The rerun.
        rerun: Option<usize>,
    },
    /// One that follows.
    Later {
        /// The name of the contest.
        of: &'a str,
        /// The position of its first vote.
        first: usize,
        /// A run-off, or the rerun of one.
        runoff: bool,
        /// Its own rerun.
        rerun: Option<usize>,
    },
}

impl Vote<'_> {
    /// What it is called in the story.
    pub(super) fn title(&self) -> String {
        let (of, what) = match self.kind {
            Kind::First { .. } => (self.name.as_str(), ""),
            Kind::Later { of, runoff: true, .. } if self.name.ends_with("-rerun") => (of, " (run-off, rerun)"),
            Kind::Later { of, runoff: true, .. } => (of, " (run-off)"),
            Kind::Later { of, .. } => (of, " (rerun)"),
        };
        let title = self.entry.title.clone().unwrap_or_else(|| of.replace('-', " "));
        format!("{title}{what}")
    }

    /// What stands behind the names of its jurisdictions.
    fn suffix(&self) -> &str {
        match self.kind {
            Kind::First { .. } => "",
            Kind::Later { of, .. } => &self.name[of.len()..],
        }
    }
}

/// A jurisdiction in a vote.
pub(super) struct Place<'a> {
    /// Its name in this vote.
    pub(super) name: String,
    /// Its name in the file.
    pub(super) first: String,
    /// What the file says of it.
    pub(super) entry: &'a model::Jurisdiction,
    /// The vote; nothing if its contest does not exist, which has been reported.
    pub(super) vote: Option<usize>,
    /// Whether the vote is held only if something calls it.
    pub(super) later: bool,
}

/// All votes: those of the file first, in its order.
pub(super) fn votes<'a>(bench: &Bench<'a>) -> Vec<Vote<'a>> {
    let contests = &bench.scenario.contest;
    let mut later = Vec::new();
    let mut votes: Vec<Vote<'a>> = Vec::new();
    for (first, (name, entry)) in contests.iter().enumerate() {
        let mut add = |suffix: &str, runoff: bool, rerun: Option<usize>| {
            later.push(Vote {
                name: format!("{name}-{suffix}"),
                entry,
                kind: Kind::Later { of: name, first, runoff, rerun },
            });
            contests.len() + later.len() - 1
        };
        let again = entry.rerun.is_some();
        let runoff = entry.runoff.as_ref().map(|_| {
            let rerun = again.then(|| add("runoff-rerun", true, None));
            add("runoff", true, rerun)
        });
        let rerun = again.then(|| add("rerun", false, None));
        votes.push(Vote { name: name.clone(), entry, kind: Kind::First { runoff, rerun } });
    }
    votes.append(&mut later);
    votes
}

/// The jurisdictions of all votes: those of the file first, in its order.
pub(super) fn places<'a>(bench: &mut Bench<'a>, votes: &[Vote<'a>]) -> Vec<Place<'a>> {
    let file = &bench.scenario.jurisdiction;
    let contests = &bench.scenario.contest;
    let mut places: Vec<Place<'a>> = file
        .iter()
        .map(|(name, entry)| {
            let vote = contests.get_index_of(&entry.contest);
            Place { name: name.clone(), first: name.clone(), entry, vote, later: false }
        })
        .collect();
    for (vote, each) in votes.iter().enumerate() {
        let Kind::Later { of, .. } = each.kind else { continue };
        if contests.contains_key(&each.name) {
            bench.problems.push(taken("contest", &each.name, of));
        }
        for (name, entry) in file.iter().filter(|(_, entry)| entry.contest == of) {
            let first = name.clone();
            let name = format!("{name}{}", each.suffix());
            if file.contains_key(&name) {
                bench.problems.push(taken("jurisdiction", &name, of));
            }
            places.push(Place { name, first, entry, vote: Some(vote), later: true });
        }
    }
    places
}

fn taken(kind: &str, name: &str, of: &str) -> Problem {
    Problem::error(format!("{kind}.{name}"), format!("the name `{name}` is needed for a later vote of `{of}`"))
        .help("give it another name")
}
