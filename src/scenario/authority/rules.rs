//! The authority table: one rule a verb, with its reason.

use crate::scenario::model::ResponderKind;
use ResponderKind::{
    CanvassBoard, Court, CyberAgency, Intelligence, Justice, LawEnforcement, Legislature, LocalElectionOffice, Media,
    MilitaryCyber, Party, Platform, StateElectionOffice, Vendor,
};

/// Who may use a verb in a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Authority {
    /// Anybody.
    Everybody,
    /// Anybody but these kinds.
    NotThese(&'static [ResponderKind]),
    /// These kinds only.
    These(&'static [ResponderKind]),
    /// The owner of the system, and these kinds, who may help the owner.
    OwnerOr(&'static [ResponderKind]),
    /// The responder that runs the platform.
    RunsThePlatform,
    /// Nobody: only adversaries, hazards and injects do this.
    Nobody,
}

/// The authority rule of one verb.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The verb as it is written in `effect`.
    pub verb: &'static str,
    /// What it is to do this, after "may not".
    pub deed: &'static str,
    /// Who may.
    pub authority: Authority,
    /// Why, in one line.
    pub reason: &'static str,
}

const fn rule(verb: &'static str, deed: &'static str, authority: Authority, reason: &'static str) -> Rule {
    Rule { verb, deed, authority, reason }
}

const PLATFORM_REASON: &str =
    "posts, accounts and product rules are in the hands of the platform alone; others may send it a `tip`";
const HARM_REASON: &str = "a response repairs; harm is done by campaigns, hazards and injects";

const COUNTERS: [ResponderKind; 3] = [LocalElectionOffice, StateElectionOffice, CanvassBoard];
const COUNT_REASON: &str = "only those who hold the ballots decide how they are counted and when results are published";

/// The authority of every verb, in the order of the effect's keys.
pub const RULES: [Rule; 43] = [
    rule("disrupt", "disrupt systems", Authority::Nobody, HARM_REASON),
    rule("compromise", "break into systems", Authority::Nobody, HARM_REASON),
    rule("alter", "make contents wrong", Authority::Nobody, HARM_REASON),
    rule(
        "restore",
        "restore systems",
        Authority::OwnerOr(&[Vendor, CyberAgency]),
        "a system is run by its owner; vendors and cyber agencies help on request",
    ),
    rule(
        "correct",
        "correct contents",
        Authority::OwnerOr(&[LocalElectionOffice, StateElectionOffice]),
        "figures are put right by whoever publishes them, or by an election office",
    ),
    rule(
        "shield",
        "shield systems",
        Authority::OwnerOr(&[Vendor, CyberAgency]),
        "protection is bought or accepted by the owner; vendors and cyber agencies provide it",
    ),
    rule("fail-over", "switch systems over", Authority::OwnerOr(&[]), "only the owner holds the fallback"),
    rule(
        "inspect",
        "inspect systems",
        Authority::OwnerOr(&[Vendor, CyberAgency]),
        "nobody looks into a system but its owner and those the owner asks",
    ),
    rule(
        "publish",
        "put out a narrative that is not accurate",
        Authority::Everybody,
        "a response may put out accurate narratives only",
    ),
    rule("label", "label posts", Authority::RunsThePlatform, PLATFORM_REASON),
    rule("downrank", "downrank posts", Authority::RunsThePlatform, PLATFORM_REASON),
    rule("remove", "remove posts", Authority::RunsThePlatform, PLATFORM_REASON),
    rule("circuit-breaker", "put a brake on posts", Authority::RunsThePlatform, PLATFORM_REASON),
    rule("friction", "slow down sharing", Authority::RunsThePlatform, PLATFORM_REASON),
    rule("nudge", "put prompts before sharing", Authority::RunsThePlatform, PLATFORM_REASON),
    rule("ban", "ban accounts", Authority::RunsThePlatform, PLATFORM_REASON),
    rule("information-centre", "put information beside posts", Authority::RunsThePlatform, PLATFORM_REASON),
    rule("reviewers", "add reviewers", Authority::RunsThePlatform, "a platform hires its own reviewers"),
    rule("tip", "tip off platforms", Authority::Everybody, "anybody may report a post; the platform decides"),
    rule("takedown", "take down networks of accounts", Authority::RunsThePlatform, PLATFORM_REASON),
    rule(
        "prebunk",
        "prepare people for narratives",
        Authority::NotThese(&[MilitaryCyber]),
        "a military command does not address the domestic public",
    ),
    rule(
        "debunk",
        "answer narratives",
        Authority::NotThese(&[MilitaryCyber, Intelligence]),
        "domestic speech is not for those who watch foreign actors",
    ),
    rule(
        "inform",
        "speak for officials",
        Authority::NotThese(&[Platform, MilitaryCyber]),
        "a platform shows official words in its `information-centre`, but does not speak them",
    ),
    rule("shake", "shake confidence", Authority::Nobody, HARM_REASON),
    rule(
        "declare",
        "declare results",
        Authority::These(&[LocalElectionOffice, StateElectionOffice, CanvassBoard, Court, Media]),
        "results are published by election offices and boards, settled by courts and called by media",
    ),
    rule("speed-count", "change how ballots are counted", Authority::These(&COUNTERS), COUNT_REASON),
    rule(
        "halt-count",
        "stop a count",
        Authority::These(&[LocalElectionOffice, StateElectionOffice, CanvassBoard, Court]),
        "a count is stopped by whoever counts, or by a court",
    ),
    rule("pre-process", "process ballots ahead", Authority::These(&COUNTERS), COUNT_REASON),
    rule("release", "decide when results are published", Authority::These(&COUNTERS), COUNT_REASON),
    rule("explain-outstanding", "publish what is outstanding", Authority::These(&COUNTERS), COUNT_REASON),
    rule(
        "segregate",
        "set ballots aside",
        Authority::These(&[LocalElectionOffice, StateElectionOffice, CanvassBoard, Court]),
        "ballots are set aside by those who hold them, or by order of a court",
    ),
    rule(
        "rule",
        "rule on ballots that are set aside",
        Authority::These(&[Court]),
        "what is in dispute a court decides",
    ),
    rule(
        "extend-hours",
        "keep polls open",
        Authority::These(&[Court]),
        "hours stand in the law; a court extends them where voting was hindered",
    ),
    rule(
        "compel",
        "order a board to certify",
        Authority::These(&[Court]),
        "only a court orders a board to do its duty",
    ),
    rule(
        "extend",
        "move a date of certification",
        Authority::These(&[Court, Legislature]),
        "dates stand in the law; a legislature or a court moves them",
    ),
    rule(
        "annul",
        "annul votes",
        Authority::These(&[Court, StateElectionOffice]),
        "a vote is annulled by a court, or by the commission that the law gives this to",
    ),
    rule(
        "order-audit",
        "order an audit",
        Authority::These(&[LocalElectionOffice, StateElectionOffice, CanvassBoard, Court]),
        "ballots are looked at again by those who hold them, or by order of a court",
    ),
    rule(
        "request-recount",
        "ask for a recount",
        Authority::These(&[Party, StateElectionOffice, CanvassBoard, Court]),
        "a recount is asked for by a candidate's side, or ordered by an office, a board or a court",
    ),
    rule(
        "court-plans",
        "prepare papers for the court",
        Authority::These(&[LocalElectionOffice, StateElectionOffice, CanvassBoard, Justice, Party]),
        "papers are prepared by those who come before the court",
    ),
    rule(
        "attribute",
        "attribute acts in public",
        Authority::These(&[Intelligence, LawEnforcement, Justice, CyberAgency, Vendor]),
        "attribution needs evidence that only investigators hold",
    ),
    rule(
        "deter",
        "reduce an adversary's means",
        Authority::These(&[Justice, LawEnforcement, MilitaryCyber, Vendor, Court]),
        "charges, seizures and disruption abroad need a mandate",
    ),
    rule("tell", "tell responders", Authority::Everybody, "whoever knows may pass it on"),
    rule(
        "staff",
        "change staff",
        Authority::Everybody,
        "staff are lent and borrowed by agreement, which is not modelled",
    ),
];
