//! Contests and jurisdictions, from the scenario.

use super::Bench;
use super::certification::{compile_certification, nation};
use super::contest;
use super::rounds::{self, Place};
use crate::scenario::model::{self, Candidate, Modes};
use crate::scenario::{Dimension, Problem, Quantity, Shift};
use crate::world::board::Slot;
use crate::world::caller::{self, Callers};
use crate::world::certification::Certifications;
use crate::world::contest::Contests;
use crate::world::count::{self, Counts};
use crate::world::defaults::{self, Default};
use crate::world::draw::Draw;
use crate::world::online::{self, OnlineReturns};
use crate::world::polling::{self, Lines};
use crate::world::votes::MODES;
use crate::world::watch::Trigger;

/// The processes of the count, compiled together: they share jurisdictions.
pub(in crate::world) struct Election {
    /// Piles and publication.
    pub(in crate::world) counts: Counts,
    /// Results, claims and awards.
    pub(in crate::world) contests: Contests,
    /// Calls.
    pub(in crate::world) callers: Callers,
    /// After the night.
    pub(in crate::world) certifications: Certifications,
    /// Lines on the day.
    pub(in crate::world) lines: Lines,
    /// Online return.
    pub(in crate::world) online: OnlineReturns,
}

/// Names of the modes in files and on the board; in person comes first.
const MODE_NAMES: [&str; MODES] =
    ["in-person", "early", "mail", "drop-off", "late", "provisional", "overseas", "online"];

/// Contests and jurisdictions.
pub(in crate::world) fn election(bench: &mut Bench<'_>) -> Election {
    let mut counts = Vec::new();
    let mut callers = Vec::new();
    let mut certifications = Vec::new();
    let mut lines = Vec::new();
    let mut online = Vec::new();
    let votes = rounds::votes(bench);
    let places = rounds::places(bench, &votes);
    for (position, Place { name, first, entry, vote, later }) in places.iter().enumerate() {
        let mut compile = |bench: &mut Bench<'_>| {
            let slots = offer_count(bench, name);
            let calls = offer_calls(bench, name);
            bench.watch_slot(slots.done, Trigger::Counted(position as u32));
            counts.push(compile_count(bench, name, entry, slots, position as u32));
            online.extend(compile_online(bench, name, entry, slots, position as u32));
            certifications.push(compile_certification(bench, name, entry, slots, *later));
            let candidates = vote.map_or_else(Vec::new, |vote| contest::candidates(votes[vote].entry));
            callers.push(compile_caller(bench, name, entry, slots, calls, (candidates, *later)));
            match &entry.lines {
                Some(spec) if !later => lines.push(compile_lines(bench, name, entry, spec, slots)),
                _ => {}
            }
        };
        if *later {
            bench.once_more(&format!("jurisdiction.{name}"), &format!("jurisdiction.{first}"), compile);
        } else {
            compile(bench);
        }
    }
    let contests =
        votes.iter().enumerate().map(|(vote, each)| contest::compile_contest(bench, each, vote, &places)).collect();
    let nation = nation(bench);
    Election {
        counts: Counts::new(counts),
        contests: Contests::new(contests),
        callers: Callers::new(callers),
        certifications: Certifications::new(certifications, nation),
        lines: Lines::new(lines),
        online: OnlineReturns::new(online),
    }
}

/// Offers a length of time that is nothing at first.
pub(super) fn period(bench: &mut Bench<'_>, name: String, meaning: &'static str) -> Slot {
    bench.registry.offer(name, Dimension::Period, 0.0, meaning, None)
}

fn offer_count(bench: &mut Bench<'_>, name: &str) -> count::Slots {
    let key = |key: &str| format!("count.{name}.{key}");
    count::Slots {
        closed: bench.truth(key("closed"), "the last polls have closed", None),
        cast: bench.number(key("cast"), "ballots cast", None),
        counted: bench.number(key("counted"), "ballots counted so far", None),
        rejected: bench.number(key("rejected"), "ballots rejected so far", None),
        outstanding: bench.number(key("outstanding"), "ballots neither counted nor rejected", None),
        published: bench.number(key("published"), "votes published so far", None),
        share: bench.number(key("share"), "published votes as a share of the ballots that can count", None),
        lead: bench.number(key("lead"), "published margin of the first candidate, as a share of published votes", None),
        mirage: bench.number(
            key("mirage"),
            "highest published lead of the candidate who loses in the end, once a tenth is published",
            None,
        ),
        last_lead_change: period(
            bench,
            key("last-lead-change"),
            "time from the close to the last change of the published lead",
        ),
        to_95: period(bench, key("time-to-95"), "time from the close until 95 % were published; 0 until then"),
        last_publication: bench.registry.offer(
            key("last-publication"),
            Dimension::Instant,
            0.0,
            "the moment at which something was last published",
            None,
        ),
        final_margin: bench.number(
            key("final-margin"),
            "the final margin of the first candidate; nobody knows it during the count",
            None,
        ),
        final_others: bench.number(key("final-others"), "the final share of votes for other candidates", None),
        districts_first: bench.number(
            key("districts-first"),
            "counties in which the first candidate has more votes than the second in the end",
            None,
        ),
        standing_margin: bench.number(
            key("standing-margin"),
            "the final margin without the ballots that are set aside",
            None,
        ),
        paper_margin: bench.number(key("paper-margin"), "the final margin as a full count by hand would find it", None),
        outcome_altered: bench.truth(key("outcome-altered"), "altered votes turn who leads in the end", None),
        online: bench.number(key("online"), "ballots to be returned online", None),
        segregated: bench.number(key("segregated"), "ballots counted apart until a court rules", None),
        excluded: bench.number(key("excluded"), "ballots a court rejected after they were set aside", None),
        set_aside: bench.truth(key("set-aside"), "ballots are set aside until a court rules", None),
        segregation_decides: bench.truth(
            key("segregation-decides"),
            "as many ballots are set aside as the margin holds votes",
            None,
        ),
        extended: period(bench, key("extended"), "time for which polls stay open beyond the plan"),
        court_delay: bench.registry.offer(
            format!("court.{name}.delay"),
            Dimension::Number,
            1.0,
            "time courts take, as a share of what they would take without papers prepared",
            None,
        ),
        wrong: bench.truth(key("wrong"), "a wrong figure is public", None),
        halted: bench.truth(key("halted"), "the count is halted", None),
        explained: bench.truth(key("explained"), "what is outstanding is explained by mode", None),
        lopsided: bench.truth(key("lopsided-batch"), "a large lopsided batch came in the night", None),
        done: bench.truth(key("done"), "nothing is outstanding", None),
        by_mode: MODE_NAMES
            .map(|mode| bench.number(key(&format!("{mode}.published")), "votes of this mode published so far", None)),
    }
}

fn offer_calls(bench: &mut Bench<'_>, name: &str) -> [Slot; 5] {
    let key = |key: &str| format!("call.{name}.{key}");
    [
        bench.truth(key("made"), "it is called", None),
        bench.truth(key("first"), "it is called for the first candidate", None),
        bench.truth(key("second"), "it is called for the second candidate", None),
        bench.truth(key("retracted"), "a call was taken back", None),
        period(bench, key("time"), "time from the close to the call; 0 until then"),
    ]
}

/// Shares or gaps by mode, by the path of their keys and that of their draws; in person on the day is nothing here and is worked out.
fn modes(
    bench: &mut Bench<'_>,
    (written, path): (&str, &str),
    modes: &Modes,
    defaults: &[&Default; MODES],
) -> [Draw; MODES] {
    let given: [&Option<Quantity<Shift>>; MODES] = [
        &None,
        &modes.early,
        &modes.mail,
        &modes.drop_off,
        &modes.late,
        &modes.provisional,
        &modes.overseas,
        &modes.online,
    ];
    let mut position = 0;
    given.map(|quantity| {
        let draw = match position {
            // No key says it.
            0 => Draw::Fixed(0.0),
            _ => {
                let mode = MODE_NAMES[position];
                bench.or_at(&format!("{written}.{mode}"), format!("{path}.{mode}"), quantity, defaults[position])
            }
        };
        position += 1;
        draw
    })
}

const SHARES: [&Default; MODES] = [
    &defaults::NOTHING,
    &defaults::SHARE_EARLY,
    &defaults::SHARE_MAIL,
    &defaults::SHARE_DROP_OFF,
    &defaults::SHARE_LATE,
    &defaults::SHARE_PROVISIONAL,
    &defaults::SHARE_OVERSEAS,
    &defaults::NOTHING,
];

const GAPS: [&Default; MODES] = [
    &defaults::NOTHING,
    &defaults::GAP_EARLY,
    &defaults::GAP_MAIL,
    &defaults::GAP_DROP_OFF,
    &defaults::GAP_MAIL,
    &defaults::GAP_PROVISIONAL,
    &defaults::NOTHING,
    &defaults::NOTHING,
];

fn compile_count(
    bench: &mut Bench<'_>,
    name: &str,
    entry: &model::Jurisdiction,
    slots: count::Slots,
    position: u32,
) -> count::Spec {
    let path = format!("jurisdiction.{name}");
    let key = |key: &str| format!("{path}.{key}");
    let feed = entry.feed.as_ref().and_then(|feed| bench.slot(&format!("asset.{feed}.dark")));
    if let Some(dark) = feed {
        bench.watch_slot(dark, Trigger::Feed(position));
    }
    let counties = compile_counties(bench, &path, entry.counties.as_ref());
    count::Spec {
        title: title(entry, name),
        ballots: bench.draw(&key("ballots"), &entry.ballots),
        others: bench.or(key("others"), &entry.others, &defaults::OTHERS),
        closes: bench.timing(&key("closes"), &entry.closes),
        shares: modes(bench, (&key("modes"), &key("modes")), &entry.modes, &SHARES),
        gaps: modes(bench, (&key("gaps"), &key("gaps")), &entry.gaps, &GAPS),
        counties,
        pre_processing: bench.or(key("pre-processing"), &entry.pre_processing, &defaults::PRE_PROCESSING),
        pile: bench.or(key("pile"), &entry.pile, &defaults::PILE),
        day: bench.or(key("day"), &entry.day, &defaults::WORKING_DAY),
        release: entry.release,
        reports: [
            bench.or(key("reports"), &entry.reports, &defaults::REPORTS_MEDIAN),
            bench.or(key("reports-growth"), &entry.reports_growth, &defaults::REPORTS_GROWTH),
            bench.or(key("reports-spread"), &entry.reports_spread, &defaults::REPORTS_SPREAD),
        ],
        publication: bench.or(key("publication"), &entry.publication, &defaults::PUBLICATION),
        feed,
        grace: bench.or(key("grace"), &entry.grace, &defaults::GRACE),
        review: bench.or(key("review"), &entry.review, &defaults::REVIEW_OF_PROVISIONALS),
        rejected: bench.or(key("rejected"), &entry.rejected, &defaults::REJECTED),
        provisional_counted: bench.or(
            key("provisional-counted"),
            &entry.provisional_counted,
            &defaults::PROVISIONAL_COUNTED,
        ),
        errors: bench.or(key("errors"), &entry.errors, &defaults::WRONG_FIGURES),
        error_lasts: bench.or(key("error-lasts"), &entry.error_lasts, &defaults::WRONG_FIGURES_LAST),
        ruling: bench.stream(key("ruling")),
        streams: ["counties", "reporting", "releasing", "erring"].map(|stream| bench.stream(key(stream))),
        slots,
        path,
    }
}

/// A place without counties is one, and has no others from which it could differ.
fn compile_counties(bench: &mut Bench<'_>, path: &str, counties: Option<&model::Counties>) -> count::Counties {
    let Some(counties) = counties else {
        return count::Counties { number: 1, spreads: [0.0, 0.0, 0.0, 1.0].map(Draw::Fixed) };
    };
    let key = |key: &str| format!("{path}.counties.{key}");
    let spreads = [
        bench.or(key("size-spread"), &counties.size_spread, &defaults::COUNTY_SIZES),
        bench.or(key("lean-spread"), &counties.lean_spread, &defaults::COUNTY_LEANS),
        bench.or(key("lean-by-size"), &counties.lean_by_size, &defaults::NOTHING),
        bench.or(key("slower-by-size"), &counties.slower_by_size, &defaults::SLOWER_BY_SIZE),
    ];
    count::Counties { number: counties.number, spreads }
}

/// What a jurisdiction is called in the story.
pub(super) fn title(entry: &model::Jurisdiction, name: &str) -> String {
    entry.title.clone().unwrap_or_else(|| name.replace('-', " "))
}

fn compile_caller(
    bench: &mut Bench<'_>,
    name: &str,
    entry: &model::Jurisdiction,
    slots: count::Slots,
    [called, called_first, called_second, retracted, to_call]: [Slot; 5],
    (candidates, later): (Vec<String>, bool),
) -> caller::Spec {
    // Its draws are its own, its keys those of the contest and the jurisdiction.
    let path = format!("call.{name}");
    let key = |key: &str| format!("{path}.{key}");
    let set = |key: &str| format!("contest.{}.caller.{key}", entry.contest);
    let counted = |key: &str| format!("jurisdiction.{name}.{key}");
    let contest = bench.scenario.contest.get(&entry.contest);
    let settings = contest.and_then(|contest| contest.caller.clone()).unwrap_or_default();
    let bar = entry.recount.as_ref().and_then(|rule| rule.automatic.clone());
    let result = |bench: &Bench<'_>, key: &str| {
        bench.slot(&format!("result.{name}.{key}")).expect("offered with its certification before")
    };
    caller::Spec {
        title: title(entry, name),
        candidates,
        later,
        margin: bench.draw(&key("margin"), &entry.margin),
        shares: modes(bench, (&counted("modes"), &key("modes")), &entry.modes, &SHARES),
        gaps: modes(bench, (&counted("gaps"), &key("gaps")), &entry.gaps, &GAPS),
        prior: bench.or_at(&set("prior"), key("prior"), &settings.prior, &defaults::CALLER_PRIOR),
        doubt: bench.or_at(&set("doubt"), key("doubt"), &settings.doubt, &defaults::CALLER_DOUBT),
        confidence: bench.or_at(
            &set("confidence"),
            key("confidence"),
            &settings.confidence,
            &defaults::CALLER_CONFIDENCE,
        ),
        deliberates: bench.or_at(
            &set("deliberates"),
            key("deliberates"),
            &settings.deliberates,
            &defaults::CALLER_DELIBERATES,
        ),
        recount_bar: bench.or_at(&counted("recount.automatic"), key("recount-bar"), &bar, &defaults::NOTHING),
        explained: slots.explained,
        certified: result(bench, "certified"),
        certified_margin: result(bench, "margin"),
        called,
        called_first,
        called_second,
        retracted,
        to_call,
        path,
    }
}

/// Online return; what it offers is there also where nothing is returned online.
fn compile_online(
    bench: &mut Bench<'_>,
    name: &str,
    entry: &model::Jurisdiction,
    counted: count::Slots,
    jurisdiction: u32,
) -> Option<online::Spec> {
    let unauditable = bench.number(format!("result.{name}.unauditable"), "ballots that leave no record to audit", None);
    let altered_ballots = bench.number(format!("online.{name}.altered"), "online ballots altered", None);
    let noticed = bench.truth(format!("online.{name}.noticed"), "voters have found their ballots altered", None);
    let offer = |bench: &mut Bench<'_>, key: &str, meaning| bench.number(format!("online.{name}.{key}"), meaning, None);
    let slots = online::Slots {
        unauditable,
        altered: altered_ballots,
        noticed,
        unavailable: offer(
            bench,
            "unavailable",
            "share of the time of voting in which the portal gave no service; known at the close",
        ),
        on_paper: offer(bench, "on-paper", "voters the portal failed who voted on paper instead"),
        lost: offer(bench, "lost", "voters the portal failed who did not vote"),
        replaced: offer(bench, "replaced", "online ballots that a later vote replaced"),
        unverifiable: bench.truth(
            format!("online.{name}.unverifiable"),
            "the portal was entered, and no record shows what was done",
            None,
        ),
    };
    let online = entry.online.as_ref()?;
    let key = |key: &str| format!("jurisdiction.{name}.online.{key}");
    if let Some(dark) = bench.slot(&format!("asset.{}.dark", online.portal)) {
        bench.watch_slot(dark, Trigger::Portal(jurisdiction));
    }
    Some(online::Spec {
        jurisdiction,
        title: title(entry, name),
        wrong: bench.slot(&format!("asset.{}.wrong", online.portal))?,
        compromised: bench.slot(&format!("asset.{}.compromised", online.portal))?,
        opens: online.opens.as_ref().map(|opens| bench.timing(&key("opens"), opens)),
        retry: bench.or(key("retry"), &online.retry, &defaults::ONLINE_RETRY),
        paper_fallback: bench.or(key("paper-fallback"), &online.paper_fallback, &defaults::ONLINE_PAPER_FALLBACK),
        revote: (online.revote, bench.or(key("revotes"), &online.revotes, &defaults::ONLINE_REVOTES)),
        altered_for_first: online.altered_for.map(|candidate| candidate == Candidate::First),
        ballots: counted.online,
        verify: bench.or(key("verify"), &online.verify, &defaults::ONLINE_VERIFY),
        report: bench.or(key("report"), &online.report, &defaults::ONLINE_REPORT),
        altered: bench.or(key("altered"), &online.altered, &defaults::ONLINE_ALTERED),
        noticing: bench.stream(key("noticing")),
        paper: online.paper,
        slots,
    })
}

fn compile_lines(
    bench: &mut Bench<'_>,
    name: &str,
    entry: &model::Jurisdiction,
    lines: &model::Lines,
    counted: count::Slots,
) -> polling::Spec {
    let key = |key: &str| format!("jurisdiction.{name}.lines.{key}");
    // What is left after all other modes votes in person; worked out here so that lines need not wait for the count.
    let written = format!("jurisdiction.{name}.modes");
    let others = modes(bench, (&written, &key("modes")), &entry.modes, &SHARES);
    let in_person = match others.iter().skip(1).map(fixed).sum::<Option<f64>>() {
        Some(rest) => Draw::Fixed((1.0 - rest).max(0.0)),
        None => {
            let problem = Problem::error(format!("jurisdiction.{name}.modes"), "lines need fixed shares by mode")
                .help("write one number for each share");
            bench.problems.push(problem);
            Draw::Fixed(0.0)
        }
    };
    polling::Spec {
        places: bench.draw(&key("places"), &lines.places),
        stations: bench.draw(&key("stations"), &lines.stations),
        check_in: bench.draw(&key("check-in"), &lines.check_in),
        open: bench.draw(&key("open"), &lines.open),
        peak: bench.or(key("peak"), &lines.peak, &defaults::PEAK),
        staffing: bench.or(key("staffing"), &lines.staffing, &defaults::STAFFING),
        in_person: (counted.cast, in_person),
        staffed: bench.number(
            format!("lines.{name}.staffing"),
            "poll workers at work as a share of those needed",
            None,
        ),
        wait: period(bench, format!("lines.{name}.wait"), "mean wait in the busiest hour"),
        long_waits: bench.number(
            format!("lines.{name}.long-waits"),
            "share of voters who wait more than half an hour in the busiest hour",
            None,
        ),
    }
}

fn fixed(draw: &Draw) -> Option<f64> {
    match draw {
        Draw::Fixed(value) => Some(*value),
        Draw::Sample { .. } | Draw::Formula { .. } => None,
    }
}
