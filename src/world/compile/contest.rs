//! Contests with what they give away, from the scenario.

use super::Bench;
use super::election::period;
use super::rounds::{Kind, Place, Vote};
use crate::scenario::model::{self, Allocation, Award, BallotMode};
use crate::scenario::{Dimension, Problem};
use crate::world::contest::{self, AtLarge, Awards, Later, Prizes, Round};
use crate::world::count;
use crate::world::defaults;
use crate::world::draw::Draw;
use crate::world::probe::Input;
use crate::world::uncertainty::cholesky;

/// All candidates, the two leading ones first.
pub(super) fn candidates(contest: &model::Contest) -> Vec<String> {
    let mut names: Vec<String> = contest.candidates.iter().take(2).cloned().collect();
    names.resize(2, String::new());
    names.extend(contest.further.keys().cloned());
    names
}

/// A vote of a contest with its jurisdictions.
pub(super) fn compile_contest(
    bench: &mut Bench<'_>,
    vote: &Vote<'_>,
    number: usize,
    places: &[Place<'_>],
) -> contest::Spec {
    let mut spec = match vote.kind {
        Kind::First { .. } => compile_vote(bench, vote, number, places),
        Kind::Later { of, .. } => {
            bench.once_more(&format!("contest.{}", vote.name), &format!("contest.{of}"), |bench| {
                compile_vote(bench, vote, number, places)
            })
        }
    };
    spec.round = compile_round(bench, vote);
    spec
}

/// The same without its place among the votes.
fn compile_vote(bench: &mut Bench<'_>, vote: &Vote<'_>, number: usize, places: &[Place<'_>]) -> contest::Spec {
    let (name, entry) = (&vote.name, vote.entry);
    let first = matches!(vote.kind, Kind::First { .. });
    let path = format!("contest.{name}");
    let key = |key: &str| format!("{path}.{key}");
    let slots = contest::Slots {
        called: bench.truth(key("called"), "a winner of the whole is called", None),
        to_call: period(bench, key("time-to-call"), "time from the last close to the call of the whole; 0 until then"),
        awarded: ["first", "second"].map(|each| {
            bench.number(
                key(&format!("called-for-{each}")),
                "electors, or ballots, of jurisdictions called for the candidate",
                None,
            )
        }),
        lead: bench.number(key("lead"), "published margin of the first candidate over all jurisdictions", None),
        claimed: bench.truth(key("claimed"), "a candidate has claimed victory", None),
        premature: bench.truth(key("premature-claim"), "the claim came before any call", None),
        false_claim: bench.truth(key("false-claim"), "the claim came from the candidate who loses in the end", None),
        conceded: bench.truth(key("conceded"), "the loser has conceded", None),
        final_margin: bench.number(
            key("final-margin"),
            "final margin of the first candidate over all jurisdictions",
            None,
        ),
        won: ["first", "second"].map(|each| {
            bench.number(
                key(&format!("won-by-{each}")),
                "electors, or ballots, of jurisdictions the candidate wins in the end",
                None,
            )
        }),
        last_close: bench.registry.offer(
            key("last-close"),
            Dimension::Instant,
            0.0,
            "the moment at which the last polls close",
            None,
        ),
        all_counted: bench.truth(key("all-counted"), "nothing is outstanding anywhere", None),
        undecided: bench.truth(key("undecided"), "nobody reaches what is needed: no majority, or a run-off", None),
        suits: bench.number(key("suits"), "suits filed so far", None),
        halted: bench.truth(key("halted-by-court"), "a court has halted a count", None),
        segregated: bench.truth(key("segregated-by-court"), "a suit has had ballots set aside", None),
        extended: bench.truth(key("extended-by-court"), "a suit has moved a last day of certification", None),
    };
    let mut regions: Vec<&String> = Vec::new();
    let mut region_streams = Vec::new();
    let mut jurisdictions = Vec::new();
    let mut names = Vec::new();
    for (position, place) in places.iter().enumerate().filter(|(_, place)| place.vote == Some(number)) {
        let region = place.entry.region.as_ref().map(|region| {
            regions.iter().position(|known| *known == region).unwrap_or_else(|| {
                regions.push(region);
                let path = key(&format!("region/{region}"));
                region_streams.push(bench.drawn(path, &entry.region_error, &defaults::REGION_ERROR, Input::of_error));
                regions.len() - 1
            })
        });
        names.push(place.first.as_str());
        jurisdictions.push(compile_jurisdiction(bench, place, position as u32, region, entry));
    }
    let candidates = candidates(entry);
    let further = entry.further.iter().map(|(candidate, expected)| {
        let slot = key(&format!("share-of-{candidate}"));
        match vote.kind {
            Kind::First { .. } => {
                let expected = bench.draw(&key(&format!("further.{candidate}")), expected);
                let meaning = "share of all votes for the candidate, where jurisdictions do not say otherwise";
                (expected, bench.number(slot, meaning, None))
            }
            // The same figure as in the first vote.
            Kind::Later { of, .. } => {
                let slot = format!("contest.{of}.share-of-{candidate}");
                (Draw::Fixed(0.0), bench.slot(&slot).expect("offered with the first vote before"))
            }
        }
    });
    let further = further.collect();
    let prizes = compile_prizes(bench, &path, entry, vote, &names);
    let awards = first.then(|| compile_awards(bench, &path, entry));
    let known = super::public::camps(bench.scenario);
    let camps =
        candidates.iter().map(|each| known.iter().position(|camp| *camp == each).map(|camp| camp as u32)).collect();
    let suits = entry.lawsuits.as_ref().map(|rate| {
        (
            bench.draw(&key("lawsuits"), rate),
            bench.or(key("halts"), &entry.halts, &defaults::SUIT_HALTS),
            bench.or(key("decides"), &entry.decides, &defaults::COURT_DECIDES),
        )
    });
    contest::Spec {
        title: vote.title(),
        camps,
        candidates,
        further,
        prizes,
        round: Round::First { runoff: None, rerun: None },
        awards,
        errors: [
            bench.or(key("shared-error"), &entry.shared_error, &defaults::SHARED_ERROR),
            bench.or(key("region-error"), &entry.region_error, &defaults::REGION_ERROR),
            bench.or(key("own-error"), &entry.own_error, &defaults::OWN_ERROR),
        ],
        miss: bench.or(key("polls-miss"), &entry.polls_miss, &defaults::NOTHING),
        factor: factor(bench, &key("correlations"), &entry.correlations, jurisdictions.len()),
        jurisdictions,
        shared: bench.drawn(key("shared-error-drawn"), &entry.shared_error, &defaults::SHARED_ERROR, Input::of_error),
        regions: region_streams,
        claims: (
            bench.or(key("claims"), &entry.claims, &defaults::NOTHING),
            bench.or(key("claims-after"), &entry.claims_after, &defaults::CLAIMS_AFTER),
            bench.roll(key("claiming"), &entry.claims, &defaults::NOTHING),
        ),
        concedes: (
            bench.or(key("concedes"), &entry.concedes, &defaults::CONCEDES),
            bench.or(key("concedes-after"), &entry.concedes_after, &defaults::CONCEDES_AFTER),
            bench.roll(key("conceding"), &entry.concedes, &defaults::CONCEDES),
        ),
        suits,
        remedies: contest::Remedies {
            segregates: bench.or(key("segregates"), &entry.segregates, &defaults::NOTHING),
            modes: if entry.set_aside.is_empty() { mask(&[BallotMode::Late]) } else { mask(&entry.set_aside) },
            admits: bench.or(key("admits"), &entry.admits, &defaults::RULING_ADMITS),
            extends: bench.or(key("extends"), &entry.extends, &defaults::NOTHING),
            extends_by: bench.or(key("extends-by"), &entry.extends_by, &defaults::SUIT_EXTENDS_BY),
        },
        slots,
        path,
    }
}

fn compile_jurisdiction(
    bench: &mut Bench<'_>,
    place: &Place<'_>,
    position: u32,
    region: Option<usize>,
    contest: &model::Contest,
) -> contest::Jurisdiction {
    let (name, entry) = (&place.name, place.entry);
    let slot =
        |bench: &Bench<'_>, quantity: String| bench.slot(&quantity).expect("offered with its jurisdiction before");
    let prize = match contest.award {
        Award::Seats => ("seats", &entry.seats),
        Award::Electors | Award::Plurality | Award::Majority => ("electors", &entry.electors),
    };
    contest::Jurisdiction {
        count: position,
        // A later vote has its margin and its prizes from the first.
        margin: if place.later {
            Draw::Fixed(0.0)
        } else {
            bench.draw(&format!("jurisdiction.{name}.margin"), &entry.margin)
        },
        prize: if place.later {
            Draw::Fixed(0.0)
        } else {
            bench.or(format!("jurisdiction.{name}.{}", prize.0), prize.1, &defaults::NOTHING)
        },
        others_are_further: entry.others.is_none() && !contest.further.is_empty(),
        region,
        own: bench.drawn(
            format!("jurisdiction.{name}.own-error"),
            &contest.own_error,
            &defaults::OWN_ERROR,
            Input::of_error,
        ),
        suing: bench.stream(format!("jurisdiction.{name}.suing")),
        granting: bench.stream(format!("jurisdiction.{name}.granting")),
        court_delay: slot(bench, format!("court.{name}.delay")),
        districts: f64::from(entry.counties.as_ref().map_or(1, |counties| counties.number)),
        called: [slot(bench, format!("call.{name}.first")), slot(bench, format!("call.{name}.second"))],
        published: slot(bench, format!("count.{name}.published")),
        lead: slot(bench, format!("count.{name}.lead")),
        cast: slot(bench, format!("count.{name}.cast")),
        rejected: slot(bench, format!("count.{name}.rejected")),
        segregated: slot(bench, format!("count.{name}.segregated")),
        final_margin: slot(bench, format!("count.{name}.final-margin")),
        standing_margin: slot(bench, format!("count.{name}.standing-margin")),
        final_others: slot(bench, format!("count.{name}.final-others")),
        districts_first: slot(bench, format!("count.{name}.districts-first")),
        done: slot(bench, format!("count.{name}.done")),
        certified: entry
            .certification
            .as_ref()
            .map(|_| (slot(bench, format!("result.{name}.certified")), slot(bench, format!("result.{name}.margin")))),
    }
}

fn compile_prizes(
    bench: &mut Bench<'_>,
    path: &str,
    entry: &model::Contest,
    vote: &Vote<'_>,
    places: &[&str],
) -> Prizes {
    let runoff = matches!(vote.kind, Kind::Later { runoff: true, .. });
    let proportional = matches!(entry.allocation, Allocation::Dhondt | Allocation::SainteLague);
    if proportional && entry.award != Award::Seats {
        let problem = Problem::error(format!("{path}.allocation"), "only seats are shared out in proportion")
            .help("write `award = \"seats\"`, or leave `allocation` out");
        bench.problems.push(problem);
    }
    let mut at_large = Vec::new();
    for (name, group) in &entry.at_large {
        let at = format!("{path}.at-large.{name}");
        let mut of = Vec::new();
        for each in group.of.iter() {
            match places.iter().position(|place| *place == each) {
                Some(position) => of.push(position),
                None => bench.problems.push(
                    Problem::error(format!("{at}.of"), format!("`{each}` does not vote on this contest"))
                        .help(format!("name jurisdictions with `contest = \"{}\"`", vote.name)),
                ),
            }
        }
        at_large.push(AtLarge { electors: bench.draw(&format!("{at}.electors"), &group.electors), of });
    }
    // Half of the votes wins outright; a list has seats from the first vote on.
    let threshold = if entry.award == Award::Seats { &defaults::NOTHING } else { &defaults::HALF };
    Prizes {
        award: if runoff { Award::Plurality } else { entry.award },
        allocation: entry.allocation,
        to_win: bench.optional(format!("{path}.to-win"), &entry.to_win),
        threshold: bench.or(format!("{path}.threshold"), &entry.threshold, threshold),
        at_large,
    }
}

fn compile_awards(bench: &mut Bench<'_>, path: &str, entry: &model::Contest) -> Awards {
    let key = |key: &str| format!("{path}.{key}");
    let standing = ["first", "second"].into_iter().chain(entry.further.keys().map(String::as_str));
    Awards {
        decided: bench.truth(key("decided"), "somebody has won, by results that stand", None),
        winner: bench.number(
            key("winner"),
            "the winner by results that stand: 1 or 2 as in `candidates`, from 3 as in `further`; 0 for nobody",
            None,
        ),
        to_winner: period(
            bench,
            key("time-to-winner"),
            "time from the last close of the first vote until somebody has won; 0 until then",
        ),
        standing: standing
            .map(|each| {
                let meaning = "electors or seats of the candidate in results that stand";
                bench.number(key(&format!("awarded-to-{each}")), meaning, None)
            })
            .collect(),
        at_stake: bench.number(key("at-stake"), "electors, seats or ballots of results that do not stand", None),
        rounds: bench.number(key("rounds"), "votes held so far, run-offs and reruns included", None),
        runoff: bench.truth(key("runoff-called"), "nobody won outright: a run-off is called", None),
        runoff_late: period(bench, key("runoff-late"), "how much later than planned the run-off is held"),
        annulled: bench.truth(key("annulled"), "a vote has been annulled", None),
        rerun: bench.truth(key("rerun-called"), "an annulled vote is to be held again", None),
        vacant: bench.truth(key("vacant"), "the office must be filled, and nobody has won it", None),
        office_from: entry.office_from.as_ref().map(|from| bench.timing(&key("office-from"), from)),
    }
}

/// Which vote follows which, and on what terms.
fn compile_round(bench: &mut Bench<'_>, vote: &Vote<'_>) -> Round {
    let entry = vote.entry;
    let (of, first, is_runoff, rerun) = match vote.kind {
        Kind::First { runoff, rerun } => return Round::First { runoff, rerun },
        Kind::Later { of, first, runoff, rerun } => (of, first, runoff, rerun),
    };
    let names = candidates(entry);
    let terms = match (&entry.runoff, &entry.rerun) {
        (Some(terms), _) if vote.name == format!("{of}-runoff") => {
            let at = format!("contest.{of}.runoff");
            for name in terms.transfers.keys().filter(|name| !names.contains(name)) {
                let problem =
                    Problem::error(format!("{at}.transfers.{name}"), format!("no candidate is called `{name}`"))
                        .help(format!("the candidates are {}", names.join(", ")));
                bench.problems.push(problem);
            }
            Later {
                of: first,
                runoff: true,
                rerun,
                at: terms.at.as_ref().map(|date| bench.timing(&format!("{at}.at"), date)),
                after: bench.or(format!("{at}.after"), &terms.after, &defaults::RUNOFF_AFTER),
                turnout: bench.or(format!("{at}.turnout"), &terms.turnout, &defaults::SECOND_TURNOUT),
                swing: bench.or(format!("{at}.swing"), &terms.swing, &defaults::RUNOFF_SWING),
                transfers: names
                    .iter()
                    .map(|name| {
                        let given = terms.transfers.get(name).cloned();
                        bench.or(format!("{at}.transfers.{name}"), &given, &defaults::TRANSFER)
                    })
                    .collect(),
            }
        }
        (_, Some(terms)) => {
            let own = if is_runoff { format!("contest.{of}-runoff") } else { format!("contest.{of}") };
            let compile = |bench: &mut Bench<'_>| Later {
                of: first,
                runoff: is_runoff,
                rerun,
                at: None,
                after: bench.draw(&format!("{own}.rerun.after"), &terms.after),
                turnout: bench.or(format!("{own}.rerun.turnout"), &terms.turnout, &defaults::SECOND_TURNOUT),
                swing: bench.or(format!("{own}.rerun.swing"), &terms.swing, &defaults::RERUN_SWING),
                transfers: Vec::new(),
            };
            if is_runoff { bench.once_more(&own, &format!("contest.{of}"), compile) } else { compile(bench) }
        }
        (_, None) => return Round::First { runoff: None, rerun: None },
    };
    Round::Later(Box::new(terms))
}

/// Modes as a bit for each.
pub(super) fn mask(modes: &[BallotMode]) -> u8 {
    let bit = |mode: &BallotMode| match mode {
        BallotMode::InPerson => count::IN_PERSON,
        BallotMode::Early => count::EARLY,
        BallotMode::Mail => count::MAIL,
        BallotMode::DropOff => count::DROP_OFF,
        BallotMode::Late => count::LATE,
        BallotMode::Provisional => count::PROVISIONAL,
        BallotMode::Overseas => count::OVERSEAS,
        BallotMode::Online => count::ONLINE,
    };
    modes.iter().fold(0, |mask, mode| mask | 1 << bit(mode))
}

/// The lower Cholesky factor of given correlations.
fn factor(bench: &mut Bench<'_>, path: &str, rows: &[Vec<f64>], size: usize) -> Vec<f64> {
    if rows.is_empty() {
        return Vec::new();
    }
    match correlations(rows, size) {
        Ok(factor) => factor,
        Err((message, help)) => {
            bench.problems.push(Problem::error(path, message).help(help));
            Vec::new()
        }
    }
}

/// The factor, or what is wrong and how to mend it. Rows and columns are counted from 1.
fn correlations(rows: &[Vec<f64>], size: usize) -> Result<Vec<f64>, (String, String)> {
    if rows.len() != size || rows.iter().any(|row| row.len() != size) {
        let message = format!("these are not correlations of {size} jurisdictions");
        return Err((message, format!("write {size} rows of {size} numbers, in the order of the jurisdictions")));
    }
    for (row, values) in rows.iter().enumerate() {
        for (column, value) in values.iter().enumerate() {
            let place = format!("row {}, column {}", row + 1, column + 1);
            if row == column && *value != 1.0 {
                let message = format!("a jurisdiction's correlation with itself is 1, not {value} ({place})");
                return Err((message, "write 1 along the diagonal".to_owned()));
            }
            if !(-1.0..=1.0).contains(value) {
                return Err((
                    format!("a correlation lies between -1 and 1, not at {value} ({place})"),
                    "write a number from -1 to 1".to_owned(),
                ));
            }
            if *value != rows[column][row] {
                let message = format!("{place} says {value}, but the other way round it is {}", rows[column][row]);
                return Err((message, "write the same number in both places".to_owned()));
            }
        }
    }
    let weakened = |percent: u32| {
        let share = f64::from(percent) / 100.0;
        let entry = |row: usize, column: usize| rows[row][column] * if row == column { 1.0 } else { share };
        let matrix: Vec<f64> =
            (0..size).flat_map(|row| (0..size).map(move |column| (row, column))).map(|(r, c)| entry(r, c)).collect();
        cholesky(&matrix, size)
    };
    weakened(100).ok_or_else(|| {
        let enough = (0..100).rev().find(|percent| weakened(*percent).is_some()).unwrap_or(0);
        (
            "these correlations cannot all hold at once (the matrix is not positive semidefinite)".to_owned(),
            format!("multiply all but the diagonal by {:.2}, or weaken the strongest", f64::from(enough) / 100.0),
        )
    })
}
