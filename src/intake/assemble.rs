//! From drafts to injects: names, moments, branches, recipients, objectives.

use super::account::Account;
use super::aims::Aims;
use super::cast::{Cast, cast};
use super::list::{Draft, TIMES};
use super::names::{Names, slug};
use super::numbering;
use super::schedule::{How, Schedule};
use crate::scenario::DateTime;
use std::collections::BTreeMap;

/// Longest name of an inject that is made of its title.
const LONGEST_NAME: usize = 32;

/// What an inject is given with that the draft does not hold.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    /// Its name in the scenario.
    pub(super) name: String,
    pub(super) at: DateTime,
    /// Names of its responders.
    pub(super) to: Vec<String>,
    /// Names of its objectives.
    pub(super) objectives: Vec<String>,
    /// Place among the drafts of the inject it lies behind.
    pub(super) behind: Option<usize>,
}

/// Injects with all that belongs to them, in the order in which they are written.
#[derive(Debug)]
pub(super) struct Assembly {
    pub(super) drafts: Vec<Draft>,
    pub(super) placed: Vec<Placed>,
    /// The order in which they are written: that of the rows, but a branch never stands before what it lies behind.
    pub(super) order: Vec<usize>,
    pub(super) cast: Cast,
    pub(super) aims: Aims,
}

/// Puts the drafts together.
pub(super) fn assemble(mut drafts: Vec<Draft>, schedule: &Schedule, mut aims: Aims, account: &mut Account) -> Assembly {
    let behind = branches(&mut drafts, account);
    let mut moments: Vec<(DateTime, How)> = schedule.moments.clone();
    // A branch without a time of its own opens when the inject does behind which it lies; none can open earlier.
    let order = parents_first(&behind);
    for &place in &order {
        let Some(parent) = behind[place] else {
            continue;
        };
        let opens = moments[parent].0;
        if moments[place].1 == How::AsAbove {
            moments[place] = (opens, How::Said);
        } else if moments[place].0.unix_ms < opens.unix_ms {
            let draft = &drafts[place];
            let what = moments[place].0.to_string();
            let why = "a branch cannot be taken before the inject it lies behind is given; it has that one's time";
            account.doubt(draft.sheet, draft.row, None, &what, why, "give it a later time");
            moments[place].0 = opens;
        }
    }
    for (draft, (_, how)) in drafts.iter().zip(&moments) {
        tell_moment(draft, *how, account);
    }

    let cells: Vec<Vec<String>> = drafts.iter().map(|draft| draft.to.clone()).collect();
    let (cast, named) = cast(&cells);
    let cells: Vec<String> = drafts.iter().flat_map(|draft| draft.objectives.iter().cloned()).collect();
    aims.learn(&cells);
    let mut names = Names::default();
    let placed = (0..drafts.len())
        .map(|place| {
            let draft = &drafts[place];
            Placed {
                name: names.take(&wanted(draft), "inject"),
                at: moments[place].0,
                to: named[place].players.iter().map(|player| cast.players[*player].name.clone()).collect(),
                objectives: distinct(draft.objectives.iter().flat_map(|cell| aims.of(cell))),
                behind: behind[place],
            }
        })
        .collect();
    Assembly { drafts, placed, order, cast, aims }
}

/// Notes how the moment of an inject was found, where its row does not say it.
fn tell_moment(draft: &Draft, how: How, account: &mut Account) {
    let (sheet, row) = (draft.sheet, draft.row);
    let instead = if how == How::AsAbove { "; the inject has the time of the row above" } else { "" };
    for (column, what, why) in &draft.unread {
        account.doubt(sheet, row, Some(column.clone()), what, &format!("{why}{instead}"), TIMES);
    }
    let (why, mend) = match how {
        How::Said => return,
        How::Impossible => ("there is no such day; it has the time of the row above", "write a date that exists"),
        How::Far => {
            ("it lies years away from the other injects; it has the time of the row above", "is the year right?")
        }
        How::PastMidnight => {
            ("its clock is behind that of the row above: it is read as after midnight", "give it a date or a day")
        }
        How::DayOnly => {
            ("it has a day and no time; it is given as the day begins, or with the row above", "give it a time")
        }
        How::AsAbove if !draft.unread.is_empty() => return,
        How::AsAbove if draft.asked.reading.on_order => {
            ("it is given when a controller sees fit; it has the time of the row above", "give it a time, or a `when`")
        }
        How::AsAbove => ("it says no time; it has the time of the row above", "give it a time"),
    };
    account.doubt(sheet, row, None, &draft.title, why, mend);
}

fn distinct(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut found = Vec::new();
    for name in names {
        if !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

/// All places in order, but parents before what lies behind them.
fn parents_first(behind: &[Option<usize>]) -> Vec<usize> {
    let mut order = Vec::new();
    let mut done = vec![false; behind.len()];
    for place in 0..behind.len() {
        let mut chain = Vec::new();
        let mut at = Some(place);
        while let Some(next) = at.filter(|next| !done[*next]) {
            done[next] = true;
            chain.push(next);
            at = behind[next];
        }
        order.extend(chain.into_iter().rev());
    }
    order
}

fn wanted(draft: &Draft) -> String {
    let numbered = draft.number.as_deref().map(|number| slug(number, LONGEST_NAME)).filter(|name| !name.is_empty());
    numbered.unwrap_or_else(|| slug(&draft.title, LONGEST_NAME))
}

/// Which inject each one lies behind, by its column or by its number.
fn branches(drafts: &mut [Draft], account: &mut Account) -> Vec<Option<usize>> {
    let mut by_number: BTreeMap<String, usize> = BTreeMap::new();
    let mut by_title: BTreeMap<String, usize> = BTreeMap::new();
    for (place, draft) in drafts.iter().enumerate() {
        by_title.entry(super::heading::normal(&draft.title)).or_insert(place);
        let Some(number) = &draft.number else {
            continue;
        };
        if let Some(first) = by_number.get(&numbering::key(number)) {
            let other = &drafts[*first];
            let why = format!("row {} has the same number; its name gets a count", other.row);
            account.doubt(draft.sheet, draft.row, None, number, &why, "give each inject a number of its own");
        } else {
            by_number.insert(numbering::key(number), place);
        }
    }
    let mut behind: Vec<Option<usize>> = vec![None; drafts.len()];
    for place in 0..drafts.len() {
        let draft = &drafts[place];
        if let Some(parent) = &draft.parent {
            let found =
                by_number.get(&numbering::key(parent)).or_else(|| by_title.get(&super::heading::normal(parent)));
            match found.filter(|found| **found != place) {
                Some(found) => behind[place] = Some(*found),
                None => account.doubt(
                    draft.sheet,
                    draft.row,
                    None,
                    parent,
                    "there is no inject of this number to branch from",
                    "write the number of another inject",
                ),
            }
        } else if let Some((parent, lettered)) = draft.number.as_deref().and_then(numbering::parent) {
            let found = by_number.get(&parent).filter(|found| **found != place);
            match found {
                Some(found) if lettered || draft.is_contingency => behind[place] = Some(*found),
                None if lettered && draft.is_contingency => {
                    let number = draft.number.clone().unwrap_or_default();
                    let why = format!("it is numbered as a branch, and there is no inject {parent}");
                    account.doubt(
                        draft.sheet,
                        draft.row,
                        None,
                        &number,
                        &why,
                        "say with `branch-of` what it branches from",
                    );
                }
                _ => {}
            }
        }
    }
    // A circle has no beginning: one of its links goes.
    let mut checked = vec![0; drafts.len()];
    for place in 0..drafts.len() {
        let mut at = place;
        while checked[at] == 0 {
            checked[at] = place + 1;
            match behind[at] {
                Some(parent) if checked[parent] == place + 1 => {
                    let draft = &drafts[at];
                    let why = "injects branch from one another in a circle; this one does not branch any more";
                    account.doubt(draft.sheet, draft.row, None, &draft.title, why, "let one of them stand by itself");
                    behind[at] = None;
                }
                Some(parent) => at = parent,
                None => {}
            }
        }
    }
    for (draft, behind) in drafts.iter_mut().zip(&behind) {
        draft.is_contingency |= behind.is_some();
    }
    behind
}
