//! The ready-made contingencies C1 to C27: predicates an author switches on with one line.
//!
//! Each is a condition of the ordinary language with places for a contest, a jurisdiction, a system, a threshold and a time.
//! `{any}` takes every jurisdiction where the file names none.

use super::Bench;
use crate::scenario::model::{Contingency, Standard};
use crate::scenario::{Condition, Problem};

/// A ready-made contingency.
struct Ready {
    title: &'static str,
    when: &'static str,
    above: &'static str,
    after: &'static str,
    hold: &'static str,
}

const fn ready(
    title: &'static str,
    when: &'static str,
    above: &'static str,
    after: &'static str,
    hold: &'static str,
) -> Ready {
    Ready { title, when, above, after, hold }
}

fn definition(standard: Standard) -> Ready {
    match standard {
        Standard::C1 => ready(
            "No winner is called for days",
            "not contest.{contest}.called and now > contest.{contest}.last-close + {after}",
            "",
            "72h",
            "",
        ),
        Standard::C2 => ready("An early lead reverses", "count.{jurisdiction}.mirage > {above}", "1 %", "", ""),
        Standard::C3 => ready("Victory is claimed before any call", "contest.{contest}.premature-claim", "", "", ""),
        Standard::C4 => ready(
            "The results page is down in the first hours",
            "asset.{asset}.dark and now < contest.{contest}.last-close + {after}",
            "",
            "6h",
            "30min",
        ),
        Standard::C5 => ready("False figures are shown", "asset.{asset}.wrong", "", "", "5min"),
        Standard::C6 => ready("A wrong figure is published", "count(count.{any}.wrong) >= 1", "", "", ""),
        Standard::C7 => {
            ready("A large lopsided batch comes in the night", "count(count.{any}.lopsided-batch) >= 1", "", "", "")
        }
        Standard::C8 => ready(
            "The count stalls",
            "not count.{jurisdiction}.done and count.{jurisdiction}.outstanding > {above} * count.{jurisdiction}.cast and now > count.{jurisdiction}.last-publication + {after}",
            "5 %",
            "10h",
            "",
        ),
        Standard::C9 => ready(
            "The count is not done in time for the canvass",
            "not result.{jurisdiction}.canvassed and now >= result.{jurisdiction}.local-date - {after}",
            "",
            "0h",
            "",
        ),
        Standard::C10 => {
            ready("Equipment fails at polling places", "asset.{asset}.service < 1 - {above}", "10 %", "", "2h")
        }
        Standard::C11 => ready("Polling places close because of a threat", "asset.{asset}.down", "", "", "15min"),
        Standard::C12 => ready("Lines are long", "lines.{jurisdiction}.long-waits > {above}", "10 %", "", ""),
        Standard::C13 => ready("Poll workers are missing", "lines.{jurisdiction}.staffing <= {above}", "75 %", "", ""),
        Standard::C14 => ready("A recount is held", "count(result.{any}.recount) >= 1", "", "", ""),
        Standard::C15 => ready("A recount turns the result", "count(result.{any}.reversed) >= 1", "", "", ""),
        Standard::C16 => ready(
            "An audit becomes a full count by hand, or finds another winner",
            "count(result.{any}.escalated, result.{any}.wrong-winner) >= 1",
            "",
            "",
            "",
        ),
        Standard::C17 => ready(
            "A board refuses to certify, or is late",
            "count(result.{any}.refused, result.{any}.local-missed) >= 1",
            "",
            "",
            "",
        ),
        Standard::C18 => ready("A certification is missed", "count(result.{any}.missed) >= 1", "", "", ""),
        Standard::C19 => {
            ready("Electors are disputed", "nation.electors-voted and nation.electors-at-stake > 0", "", "", "")
        }
        Standard::C20 => ready("An objection is debated", "nation.objection", "", "", ""),
        Standard::C21 => {
            ready("Nobody has a majority", "contest.{contest}.undecided and contest.{contest}.all-counted", "", "", "")
        }
        Standard::C22 => ready(
            "The online portal fails, or its ballots cannot be proved",
            "online.{jurisdiction}.unavailable >= {above} or result.{jurisdiction}.unprovable",
            "10 %",
            "",
            "",
        ),
        Standard::C23 => ready(
            "Confidence collapses",
            "confidence.all < {above} and now > contest.{contest}.last-close + {after}",
            "60 %",
            "14d",
            "",
        ),
        Standard::C24 => ready(
            "A court halts a count, or holds back ballots that decide",
            "contest.{contest}.halted-by-court or count(count.{any}.segregation-decides) >= 1",
            "",
            "",
            "",
        ),
        Standard::C25 => ready("A call is taken back", "count(call.{any}.retracted) >= 1", "", "", ""),
        Standard::C26 => ready("A vote is annulled", "contest.{contest}.annulled", "", "", ""),
        Standard::C27 => ready("An office is vacant", "contest.{contest}.vacant", "", "", ""),
    }
}

/// What a contingency watches: its title, its condition, and for how long it must hold where the file does not say.
pub(super) struct Watched {
    /// What has happened when it has happened.
    pub(super) title: String,
    /// What must hold.
    pub(super) when: Condition,
    /// How long, as an author would write it.
    pub(super) hold: &'static str,
}

/// Resolves a contingency: what it says itself goes before what its ready-made form says.
pub(super) fn resolve(bench: &mut Bench<'_>, name: &str, entry: &Contingency) -> Option<Watched> {
    let path = format!("contingency.{name}");
    let Some(standard) = entry.standard else {
        let Some(when) = &entry.when else {
            let problem = Problem::error(path, format!("contingency `{name}` does not say when it has happened"))
                .help("add `when = \"…\"`, or `standard = \"C1\"` for a ready-made one");
            bench.problems.push(problem);
            return None;
        };
        let title = entry.title.clone().unwrap_or_else(|| name.replace('-', " "));
        return Some(Watched { title, when: when.clone(), hold: "" });
    };
    let ready = definition(standard);
    let title = entry.title.clone().unwrap_or_else(|| ready.title.to_owned());
    let when = match &entry.when {
        Some(when) => when.clone(),
        None => written(bench, &path, entry, &ready)?,
    };
    Some(Watched { title, when, hold: ready.hold })
}

/// The condition of a ready-made contingency with its places filled.
fn written(bench: &mut Bench<'_>, path: &str, entry: &Contingency, ready: &Ready) -> Option<Condition> {
    let scenario = bench.scenario;
    let only = |names: Vec<&String>| match names[..] {
        [only] => Some(only.clone()),
        _ => None,
    };
    let jurisdiction = entry.jurisdiction.clone().or_else(|| only(scenario.jurisdiction.keys().collect()));
    let feed = jurisdiction.as_ref().and_then(|name| scenario.jurisdiction.get(name)?.feed.clone());
    let places = [
        ("{contest}", entry.contest.clone().or_else(|| only(scenario.contest.keys().collect())), "contest"),
        ("{any}", Some(jurisdiction.clone().unwrap_or_else(|| "*".to_owned())), "jurisdiction"),
        ("{jurisdiction}", jurisdiction, "jurisdiction"),
        ("{asset}", entry.asset.clone().or(feed), "asset"),
        ("{above}", Some(entry.above.as_ref().map_or(ready.above.to_owned(), |above| above.written.clone())), "above"),
        ("{after}", Some(entry.after.as_ref().map_or(ready.after.to_owned(), |after| after.written.clone())), "after"),
    ];
    let mut text = ready.when.to_owned();
    for (place, name, key) in places {
        if !text.contains(place) {
            continue;
        }
        let Some(name) = name else {
            let problem = Problem::error(path, format!("this contingency needs to know which {key} it is about"))
                .help(format!("add `{key} = \"…\"`"));
            bench.problems.push(problem);
            return None;
        };
        text = text.replace(place, &name);
    }
    match Condition::parse(&text) {
        Ok(condition) => Some(condition),
        Err(problems) => {
            let why = problems.first().map_or_else(String::new, |problem| problem.message.clone());
            bench.problems.push(Problem::error(path, format!("`{text}` cannot be watched: {why}")));
            None
        }
    }
}
