//! Canvass, certification, recounts, audits and the national chain, from the scenario.

use super::Bench;
use super::election::{period, title};
use crate::scenario::model::{self, AuditMethod, RuleSet};
use crate::scenario::{Anchor, Dimension, Moment};
use crate::world::certification::{self, Nation};
use crate::world::count;
use crate::world::defaults;

/// The chain of a jurisdiction after the night; nothing where the file gives no dates.
pub(super) fn compile_certification(
    bench: &mut Bench<'_>,
    name: &str,
    entry: &model::Jurisdiction,
    counted: count::Slots,
    later: bool,
) -> Option<certification::Spec> {
    let path = format!("result.{name}");
    let key = |key: &str| format!("{path}.{key}");
    let slots = certification::Slots {
        canvassed: bench.truth(key("canvassed"), "the canvass is done", None),
        refused: bench.truth(key("refused"), "a board refuses to certify, or ties", None),
        local: bench.truth(key("local"), "the counties have certified", None),
        certified: bench.truth(key("certified"), "the whole is certified", None),
        local_date: bench.registry.offer(
            key("local-date"),
            Dimension::Instant,
            0.0,
            "the date by which the counties certify",
            None,
        ),
        state_date: bench.registry.offer(
            key("state-date"),
            Dimension::Instant,
            0.0,
            "the date by which the whole is certified",
            None,
        ),
        local_missed: bench.truth(key("local-missed"), "the counties had not certified at their date", None),
        missed: bench.truth(key("missed"), "it was not certified at its date", None),
        late: period(bench, key("late"), "time from the date of certification to the certification"),
        recount: bench.truth(key("recount"), "a recount is under way or done", None),
        reversed: bench.truth(key("reversed"), "the recount turned the result", None),
        margin: bench.number(key("margin"), "margin of the first candidate as canvassed, or as recounted", None),
        audited: bench.truth(key("audited"), "the audit is done", None),
        audit_ballots: bench.number(key("audit-ballots"), "ballots the audit looks at", None),
        escalated: bench.truth(key("escalated"), "the audit became a full count by hand", None),
        review: bench.truth(key("review"), "an audit or hand count that was ordered is under way", None),
        review_ballots: bench.number(key("review-ballots"), "ballots an ordered audit or hand count looks at", None),
        confirmed: bench.truth(key("confirmed"), "an ordered audit or hand count has confirmed the result", None),
        corrected: bench.truth(
            key("corrected"),
            "an ordered hand count has corrected the figures and confirmed the winner",
            None,
        ),
        wrong_winner: bench.truth(
            key("wrong-winner"),
            "an ordered hand count has found that the other candidate won",
            None,
        ),
        local_late: period(bench, key("local-late"), "time from the date of the counties to their certification"),
        ballots_at_stake: bench.number(
            key("ballots-at-stake"),
            "ballots of a jurisdiction while a date of certification has passed without one",
            None,
        ),
        unprovable: bench.truth(key("unprovable"), "more ballots than the margin leave no record to audit", None),
        ascertained: bench.truth(key("ascertained"), "the outcome is ascertained", None),
    };
    let unauditable = bench.slot(&key("unauditable")).expect("offered with online return before");
    let certify = entry.certification.as_ref()?;
    let at = |key: &str| format!("jurisdiction.{name}.certification.{key}");
    let recount = entry.recount.as_ref().map(|rule| {
        let at = |key: &str| format!("jurisdiction.{name}.recount.{key}");
        [
            bench.or(at("automatic"), &rule.automatic, &defaults::NOTHING),
            bench.or(at("on-request"), &rule.on_request, &defaults::NOTHING),
            bench.or(at("takes"), &rule.takes, &defaults::RECOUNT_TAKES),
        ]
    });
    let audit = entry.audit.as_ref().map(|audit| compile_audit(bench, name, audit));
    Some(certification::Spec {
        title: title(entry, name),
        counties: entry.counties.as_ref().map_or(1, |each| each.number),
        canvass: bench.or(at("canvass"), &certify.canvass, &defaults::CANVASS),
        local: bench.timing(&at("local"), &certify.local),
        state: bench.timing(&at("state"), &certify.state),
        refuses: [
            bench.or(at("refuses"), &certify.refuses, &defaults::REFUSES),
            bench.or(at("compelled"), &certify.compelled, &defaults::COMPELLED),
            bench.or(at("resolved"), &certify.resolved, &defaults::RESOLVED),
        ],
        boards: bench.stream(at("boards-drawn")),
        recount,
        recounting: bench.stream(format!("jurisdiction.{name}.recounting")),
        audit,
        auditing: bench.stream(format!("jurisdiction.{name}.auditing")),
        reviewing: bench.stream(format!("jurisdiction.{name}.reviewing")),
        later,
        cast: counted.cast,
        done: counted.done,
        lead: counted.lead,
        wrong: counted.wrong,
        standing_margin: counted.standing_margin,
        paper_margin: counted.paper_margin,
        court_delay: counted.court_delay,
        unauditable,
        slots,
        path,
    })
}

fn compile_audit(bench: &mut Bench<'_>, name: &str, audit: &model::Audit) -> certification::Audit {
    let at = |key: &str| format!("jurisdiction.{name}.audit.{key}");
    let pace = match audit.method {
        AuditMethod::Comparison | AuditMethod::Polling => &defaults::AUDIT_PACE,
        AuditMethod::HandCount => &defaults::HAND_COUNT_PACE,
    };
    certification::Audit {
        method: audit.method,
        terms: [
            bench.or(at("risk-limit"), &audit.risk_limit, &defaults::RISK_LIMIT),
            bench.or(at("cap"), &audit.cap, &defaults::AUDIT_CAP),
            bench.or(at("pace"), &audit.pace, pace),
            bench.or(at("set-up"), &audit.set_up, &defaults::AUDIT_SET_UP),
        ],
    }
}

/// The national chain of the first contest that has electors and a rule set with dates.
pub(super) fn nation(bench: &mut Bench<'_>) -> Option<Nation> {
    let scenario = bench.scenario;
    let (name, contest) = scenario.contest.iter().find(|(_, contest)| contest.rules != RuleSet::Generic)?;
    let path = format!("contest.{name}");
    let days = match contest.rules {
        RuleSet::Us2020 => [35, 41, 64],
        RuleSet::UsEcra | RuleSet::Generic => [36, 42, 64],
    };
    // A calendar that names a date goes before the days counted from election day: the joint session has a date of its own.
    let mut dates = ["ascertainment", "electors-vote", "joint-session"].into_iter().zip(days);
    let dates = [(); 3].map(|()| {
        let (name, days) = dates.next().unwrap_or_default();
        let (anchor, days) = if scenario.milestone.contains_key(name) { (name, 0) } else { ("election-day", days) };
        let moment = Moment::Relative { anchor: Anchor::Milestone(anchor.to_owned()), before: false, offset: None };
        (bench.timing(&format!("{path}.rules"), &moment), days)
    });
    let standing = ["first", "second"].into_iter().chain(contest.further.keys().map(String::as_str));
    let offered =
        |bench: &Bench<'_>, key: &str| bench.slot(&format!("{path}.{key}")).expect("offered with the contest before");
    Some(Nation {
        rules: contest.rules,
        dates,
        to_win: bench.optional(format!("{path}.to-win/electors"), &contest.to_win),
        standing: standing.map(|each| offered(bench, &format!("awarded-to-{each}"))).collect(),
        open: offered(bench, "at-stake"),
        appointed: bench.number("nation.appointed".into(), "electors of results that stood when they voted", None),
        missed: bench.truth(
            "nation.ascertainment-missed".into(),
            "the last day of ascertainment passed with results open",
            None,
        ),
        at_stake: bench.number(
            "nation.electors-at-stake".into(),
            "electors of jurisdictions that were not ascertained in time",
            None,
        ),
        voted: bench.truth("nation.electors-voted".into(), "the electors have voted", None),
        electors: ["first", "second"].map(|each| {
            bench.number(format!("nation.electors-for-{each}"), "electors who voted for the candidate", None)
        }),
        no_majority: bench.truth("nation.no-majority".into(), "no candidate has a majority of electors", None),
        objection: bench.truth("nation.objection".into(), "an objection is debated", None),
        final_result: bench.truth("nation.final".into(), "the result is final", None),
    })
}
