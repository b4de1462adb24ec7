//! What a scenario does not say: every built-in number with its evidence, in one place.
//!
//! Values are written as an author would write them and read by the same reader. The grades are explained in
//! `docs/model.md`.

use crate::scenario::{Basis, Grade};

/// A number a scenario rests on although it does not state it.
#[derive(Clone, Copy, Debug)]
pub struct Default {
    /// What it is called.
    pub name: &'static str,
    /// As an author would write it.
    pub value: &'static str,
    /// The least and the most that can be argued for, as an author would write them; nothing for a convention, which only says
    /// what a file means that is silent. Where a number is uncertain, so are the ends of its range.
    pub range: Option<[&'static str; 2]>,
    /// On what it rests.
    pub basis: Basis,
    /// How strong that evidence is.
    pub grade: Grade,
    /// Where it comes from, or why it is assumed.
    pub source: &'static str,
}

macro_rules! range {
    () => {
        None
    };
    ($low:literal, $high:literal) => {
        Some([$low, $high])
    };
}

macro_rules! defaults {
    ($($(#[$doc:meta])* $name:ident = $value:literal [$($end:literal),*], $basis:ident, $grade:ident, $source:literal;)*) => {
        $($(#[$doc])* pub const $name: Default = Default {
            name: stringify!($name),
            value: $value,
            range: range!($($end),*),
            basis: Basis::$basis,
            grade: Grade::$grade,
            source: $source,
        };)*

        /// Every built-in number, for tests.
        pub const ALL: &[Default] = &[$($name),*];
    };
}

const _: () = assert!(!ALL.is_empty());

defaults! {
    /// People the segments add up to.
    POPULATION = "1_000_000" ["100_000", "10_000_000"], Assumed, D, "a mid-sized state; say your own";
    /// Confidence of a segment at the start.
    CONFIDENCE = "60 %" ["50 %", "72 %"], Estimated, C, "between the camps' 50 and 72 % before the vote (Pew Research Center, October 2020)";
    /// Belief in a false narrative once saturated.
    BELIEVES = "33 %" ["5 %", "68 %"], Estimated, C, "the middle of the public in polls on the 2020 result (Monmouth 2023)";

    /// Time until a visible trouble is noticed.
    DETECT = "5min to 30min" ["1min to 10min", "15min to 2h"], Estimated, C, "results sites: minutes to half an hour (Knox County 2018)";
    /// Time until an intruder is noticed.
    DETECT_INTRUSION = "lognormal(p50 24d, p90 150d)" ["lognormal(p50 10d, p90 60d)", "lognormal(p50 78d, p90 365d)"], Cited, C, "median dwell time 2020 (M-Trends 2021); the tail is assumed";
    /// Time from detection to recovery.
    RECOVER = "lognormal(p50 1h, p90 4h)" ["lognormal(p50 30min, p90 2h)", "lognormal(p50 4h, p90 24h)"], Estimated, C, "results site of Knox County 2018: about one hour";
    /// Chance that an attack is stopped by default.
    HARDENED = "0 %" [], Assumed, D, "nothing unless the scenario says so";
    /// Time until a fallback works.
    FALLBACK_TAKES = "0min" [], Assumed, D, "at once unless the scenario says so";
    /// Share of attacks a protection stops.
    SHIELD_STOPS = "90 %" ["70 %", "99 %"], Assumed, D, "floods against protected sites rarely succeed";
    /// Cut in the length of outages behind a protection.
    SHIELD_SHORTENS = "90 %" ["50 %", "95 %"], Assumed, D, "outage x 0.1 behind a content network";

    /// Posts in all if nobody does anything.
    POSTS = "lognormal(median 1959, sigma 2.40)" ["lognormal(median 1_000, sigma 2.40)", "lognormal(median 4_000, sigma 2.40)"], Estimated, C, "event sizes of Bak-Coleman et al. 2022: ln Y normal(7.58, 2.40)";
    /// Branching ratio.
    BRANCHING = "77 %" ["40 %", "92 %"], Estimated, C, "fit to the published reductions of Bak-Coleman et al. 2022; Hawkes fits give 39 to 79 %";
    /// Median age of the outside drive.
    DRIVE = "376min" ["60min", "1_100min"], Estimated, C, "fit to the published reductions of Bak-Coleman et al. 2022";
    /// Spread of those ages.
    DRIVE_SPREAD = "2.07" ["1.0", "2.5"], Estimated, C, "fit to the published reductions of Bak-Coleman et al. 2022";
    /// Memory per five-minute tick.
    MEMORY = "30 %" ["30 %", "90 %"], Estimated, C, "weakly identified; child half-life 11.5 min (Schneider and Rizoiu 2023)";
    /// Dispersion of posts per tick.
    DISPERSION = "3" ["1", "10"], Estimated, C, "range 1 to 10 in the published fits";
    /// Views per post.
    VIEWS = "443" ["100", "2_000"], Assumed, D, "mean followers 4,433 (log-normal, median 600, sigma 2) times a view rate of 0.1";
    /// Share of those reached who then do not vote.
    DETERS = "0 %" ["0 %", "0.5 %"], Assumed, D, "no turnout effect was seen in any case studied";
    /// Change in the confidence of those reached.
    DOUBT = "-3 %" ["-6.5 %", "0 %"], Assumed, D, "half of the effect of an unexpected delay (-6.5 points, Lockhart et al. 2024)";
    /// Median followers in the log-virality model.
    FOLLOWERS = "600" ["200", "2_000"], Assumed, D, "log-normal stand-in for the published follower lists";
    /// Spread of followers in the log-virality model.
    FOLLOWERS_SPREAD = "2.0" ["1.5", "2.5"], Assumed, D, "log-normal stand-in for the published follower lists";
    /// Mean lag of posts planted on another platform.
    SPILL_LAG = "30min" ["5min", "4h"], Assumed, D, "no direct evidence";

    /// Reach of a platform.
    REACH = "30 %" ["18 %", "81 %"], Assumed, D, "between the large and the small platforms of 2020 (Pew Research Center 2021)";
    /// Reviewers at work on election claims.
    REVIEWERS = "20" ["2", "100"], Assumed, D, "no platform has published a figure";
    /// One review.
    REVIEW = "lognormal(median 4min, sigma 0.8)" ["lognormal(median 1min, sigma 0.8)", "lognormal(median 15min, sigma 0.8)"], Assumed, D, "election claims take minutes; simple reports take seconds";
    /// From the first report to the queue.
    TRIAGE = "lognormal(p50 30min, p90 2h)" ["lognormal(p50 5min, p90 20min)", "lognormal(p50 6h, p90 34h)"], Assumed, D, "first look within one to two hours on platforms with an election team";
    /// Reports per post.
    REPORTS = "0.1 %" ["0.01 %", "1 %"], Assumed, D, "no platform has published a figure";
    /// Chance that a claim is matched to a policy.
    COVERAGE = "35 %" ["5 %", "75 %"], Cited, C, "share of flagged URLs acted upon, Election Integrity Partnership 2020";
    /// Chance that a breach is recognised.
    SENSITIVITY = "80 %" ["50 %", "95 %"], Assumed, D, "no platform has published a figure";
    /// Chance that an accurate item is left alone.
    SPECIFICITY = "98 %" ["90 %", "99.9 %"], Assumed, D, "no platform has published a figure";
    /// Cut in sharing of labelled items.
    LABEL_CUT = "20 %" ["0 %", "60 %"], Estimated, B, "field effects from 0 to 62 %; 25 % in 21 experiments (Martel and Rand 2024)";
    /// Cut in reach of downranked items.
    DOWNRANK_CUT = "50 %" ["25 %", "80 %"], Estimated, C, "range 25 to 75 % (Tokita et al. 2024)";
    /// Cut in reach by a brake on sudden growth.
    BREAKER_CUT = "87.4 %" ["80 %", "98.4 %"], Estimated, C, "fit to the circuit-breaker rows of Bak-Coleman et al. 2022";
    /// Share of copies a removal catches.
    REMOVAL_CAUGHT = "90 %" ["50 %", "100 %"], Assumed, D, "published models assume all";
    /// From decision to effect.
    PROPAGATION = "10min" ["1min", "2h"], Assumed, D, "no platform has published a figure";
    /// Reach of banned accounts.
    BAN_CUT = "13 %" ["3 %", "42 %"], Estimated, C, "fit to the ban rows of Bak-Coleman et al. 2022 (3 to 42 %)";
    /// Rise of drive elsewhere after a hard action.
    DISPLACEMENT = "10 %" ["0 %", "50 %"], Assumed, D, "direction from Sanderson et al. 2021, size assumed";
    /// Cut in sharing by friction.
    FRICTION_CUT = "20 %" ["5 %", "30 %"], Cited, A, "net sharing after the compose prompt, Twitter 2020";
    /// Cut in sharing by an accuracy prompt.
    NUDGE_CUT = "5 %" ["0 %", "10 %"], Cited, B, "5 to 10 % (Pennycook and Rand 2022; Offer-Westort et al. 2024)";
    /// Users who see an information centre.
    CENTRE_REACH = "40 %" ["20 %", "60 %"], Assumed, D, "range 20 to 60 % of users";
    /// Cut in uptake among them.
    CENTRE_CUT = "9 %" ["3 %", "15 %"], Assumed, D, "uptake x 0.85 to 0.97; no field evidence";
    /// People who see a prebunk.
    PREBUNK_REACH = "30 %" ["5 %", "60 %"], Assumed, D, "range 5 to 60 %";
    /// Cut in sharing among them.
    PREBUNK_CUT = "10 %" ["0 %", "25 %"], Assumed, D, "range 0 to 25 %; direction from experiments (Carey et al. 2025)";
    /// Half-life of a prebunk.
    PREBUNK_HALF_LIFE = "30d" ["14d", "60d"], Estimated, B, "lasted about one month in trials (Maertens et al. 2025)";
    /// Cut in sharing by a debunk.
    DEBUNK_CUT = "25 %" ["10 %", "40 %"], Assumed, D, "growth x 0.6 to 0.9 in county cases";
    /// Half-life of a debunk.
    DEBUNK_HALF_LIFE = "7d" ["2d", "30d"], Assumed, D, "corrections fade within weeks";
    /// People who hear an explanation.
    INFORM_REACH = "20 %" ["5 %", "60 %"], Assumed, D, "no direct evidence";
    /// Change in confidence among them.
    INFORM_TRUST = "triangular(0 %, 3 %, 8 %)" ["0 %", "13 %"], Estimated, B, "officials' videos 0 to 13 points (MIT EDSL 2022)";

    /// Steps an adversary works on at once.
    OPERATORS = "2" ["1", "10"], Assumed, D, "a small team";
    /// Time until a network is back.
    RETURNS = "14d to 30d" ["7d to 14d", "30d to 60d"], Assumed, D, "regrowth seen after two to four weeks";
    /// Capacity with which it is back.
    RETURNS_AT = "20 % to 50 %" ["10 % to 20 %", "50 % to 80 %"], Assumed, D, "weaker than before";
    /// Tempo after it was named.
    AFTER_ATTRIBUTION = "60 % to 90 %" ["40 % to 60 %", "90 % to 99 %"], Assumed, D, "public attribution slows the large services a little";
    /// Tempo after a success.
    AFTER_SUCCESS = "1" [], Assumed, D, "unchanged unless the scenario says so";
    /// How much longer attribution takes through a proxy.
    DELAYS_ATTRIBUTION = "2" ["1.5", "4"], Assumed, D, "range 1.5 to 4";
    /// Volume through a proxy.
    PROXY_CAPACITY = "100 %" [], Assumed, D, "as much as without it";
    /// Chance that a proxy is exposed at a step.
    PROXY_BURNS = "0 %" [], Assumed, D, "never unless the scenario says so";
    /// Chance that an attempt succeeds.
    SUCCESS = "100 %" [], Assumed, D, "always unless the scenario says so";
    /// Chance that an attempt is noticed.
    NOTICED = "0 %" [], Assumed, D, "never unless the scenario says so";
    /// Time from a failure to the next attempt.
    RETRY_AFTER = "1d" ["6h", "7d"], Assumed, D, "a day of preparation";
    /// Cut in capacity by a takedown.
    TAKEDOWN_CUT = "80 %" ["70 %", "90 %"], Assumed, D, "capacity x 0.1 to 0.3";
    /// Time an assessment takes before somebody is named.
    ATTRIBUTE_TAKES = "lognormal(p50 9d, p90 77d)" ["lognormal(p50 27h, p90 9d)", "lognormal(p50 77d, p90 394d)"], Estimated, C, "27 hours (2020), 9 days (2024) and 77 days (2016) in three public cases";

    /// Responses a responder works on at once.
    STAFF = "1" ["1", "5"], Assumed, D, "a small office";
    /// Time word takes.
    LATENCY = "lognormal(p50 2h, p90 24h)" ["lognormal(p50 15min, p90 2h)", "lognormal(p50 8h, p90 48h)"], Assumed, D, "report delays of local offices";
    /// Chance that word is lost.
    LOSS = "5 %" ["2 %", "15 %"], Assumed, D, "range 2 to 15 % a hop";
    /// A count at its own speed.
    SAME_SPEED = "1" [], Assumed, D, "unchanged unless the scenario says so";
    /// Nothing.
    NOTHING = "0" [], Assumed, D, "nothing unless the scenario says so";
    /// Half.
    HALF = "50 %" [], Cited, C, "more than half of the votes, the usual rule";
    /// Share of votes for other candidates.
    OTHERS = "2 %" ["0.5 %", "6 %"], Estimated, C, "1.9 % of the votes for president, 2020";
    /// Share of ballots cast early in person.
    SHARE_EARLY = "25 %" ["5 %", "50 %"], Estimated, C, "what mail (43.1 %) and the day (30.5 %) left in 2020 (EAC, EAVS 2020)";
    /// Share of ballots by mail before the day.
    SHARE_MAIL = "38 %" ["5 %", "60 %"], Estimated, C, "43.1 % by mail in 2020 (EAC, EAVS 2020), less drop-off and late";
    /// Share of ballots handed in on the day.
    SHARE_DROP_OFF = "3.5 %" ["1 %", "10 %"], Assumed, D, "4 to 19 % of mail";
    /// Share of ballots late within the grace.
    SHARE_LATE = "0.4 %" ["0 %", "1.5 %"], Assumed, D, "0 to 3 % of mail";
    /// Share of provisional ballots.
    SHARE_PROVISIONAL = "1.1 %" ["0.2 %", "3 %"], Assumed, D, "about 1.1 % in 2020; to be verified in EAVS 2020";
    /// Share of overseas and military ballots.
    SHARE_OVERSEAS = "0.5 %" ["0.2 %", "1 %"], Assumed, D, "about half a per cent in 2020; to be verified in EAVS 2020";
    /// Gap of early votes.
    GAP_EARLY = "20 %" ["13 %", "45 %"], Estimated, C, "13 to 45 points in eight states, 2020 counts";
    /// Gap of mail.
    GAP_MAIL = "50 %" ["17 %", "60 %"], Estimated, C, "17 to 60 points in ten states, 2020 counts; about half as much later";
    /// Gap of ballots handed in on the day.
    GAP_DROP_OFF = "30 %" ["10 %", "50 %"], Assumed, D, "0.6 of the gap of mail";
    /// Gap of provisional ballots.
    GAP_PROVISIONAL = "30 %" ["10 %", "50 %"], Assumed, D, "between mail and the day";
    /// Spread of county sizes.
    COUNTY_SIZES = "1.2" ["0.8", "1.6"], Estimated, C, "log-normal spread of county votes in 2020 counts";
    /// Spread of county margins.
    COUNTY_LEANS = "25 %" ["15 %", "35 %"], Estimated, C, "standard deviation of county margins in 2020 counts";
    /// How much longer mail takes in a county ten times as large.
    SLOWER_BY_SIZE = "1" ["1", "2"], Assumed, D, "alike unless the scenario says so";
    /// Working hours for mail before the close.
    PRE_PROCESSING = "70h" ["0h", "140h"], Estimated, C, "a week of ten hours a day (Bipartisan Policy Center asks for seven days)";
    /// Working hours of the whole pile.
    PILE = "60h" ["20h", "90h"], Estimated, C, "20 to 90 hours fitted to 2020 counts; Philadelphia 75";
    /// Working hours a day after the first night.
    WORKING_DAY = "16" ["8", "24"], Assumed, D, "two shifts";
    /// Median report time.
    REPORTS_MEDIAN = "2h" ["1h", "4h"], Estimated, C, "joint fit to nine states, 2020 counts";
    /// Its growth with size.
    REPORTS_GROWTH = "0.15" ["0", "0.3"], Estimated, C, "joint fit to nine states, 2020 counts";
    /// Its spread.
    REPORTS_SPREAD = "0.55" ["0.3", "0.9"], Estimated, C, "joint fit to nine states, 2020 counts";
    /// From count to publication.
    PUBLICATION = "lognormal(median 10min, sigma 0.5)" ["lognormal(median 2min, sigma 0.5)", "lognormal(median 60min, sigma 0.5)"], Assumed, D, "feeds refresh within minutes";
    /// How long ballots still come in.
    GRACE = "0d" ["0d", "10d"], Estimated, C, "most states in 2020 and 2024 accept none after the day";
    /// When provisional and overseas ballots are decided.
    REVIEW_OF_PROVISIONALS = "7d" ["3d", "10d"], Assumed, D, "within the canvass";
    /// Share of the mail received that is rejected in the end, cured ballots not among it.
    REJECTED = "0.8 %" ["0.3 %", "3 %"], Assumed, D, "about 0.8 % of the mail returned was rejected in 2020, to be verified in EAVS 2020";
    /// Share of provisional ballots that count.
    PROVISIONAL_COUNTED = "78 %" ["50 %", "90 %"], Assumed, D, "about 78 %; to be verified in EAVS 2020";
    /// Chance of a wrong figure by county.
    WRONG_FIGURES = "0.1 %" ["0.01 %", "1 %"], Assumed, D, "one county of some three thousand made national news in 2020";
    /// How long a wrong figure stands.
    WRONG_FIGURES_LAST = "lognormal(median 12h, sigma 0.8)" ["lognormal(median 3h, sigma 0.8)", "lognormal(median 48h, sigma 0.8)"], Assumed, D, "Antrim County 2020: within two days";
    /// Expectation of a caller before the close.
    CALLER_PRIOR = "3 %" ["1.5 %", "6 %"], Assumed, D, "error of expectations with a large survey of voters";
    /// Doubt of a caller about outstanding ballots.
    CALLER_DOUBT = "15 %" ["8 %", "25 %"], Assumed, D, "fits the hours to the calls of 2020";
    /// How sure a caller must be.
    CALLER_CONFIDENCE = "3.3" ["2.6", "4"], Assumed, D, "one wrong call in a thousand";
    /// Deliberation of a caller.
    CALLER_DELIBERATES = "lognormal(median 90min, sigma 0.6)" ["lognormal(median 15min, sigma 0.6)", "lognormal(median 6h, sigma 0.6)"], Assumed, D, "between being sure and saying so";
    /// Error shared by all jurisdictions.
    SHARED_ERROR = "3 %" ["0.3 %", "4.3 %"], Estimated, C, "state polls 2008 to 2020: mean errors of 0.3 to 4.3 points";
    /// Error shared by a region.
    REGION_ERROR = "2.5 %" ["1.8 %", "3.3 %"], Estimated, C, "state polls 2008 to 2016: 1.8 to 3.3 points";
    /// A jurisdiction's own error.
    OWN_ERROR = "3 %" ["1.9 %", "3.9 %"], Estimated, C, "state polls 2008 to 2016: 1.9 to 3.9 points";
    /// Time from the first round to a run-off.
    RUNOFF_AFTER = "14d" ["7d", "56d"], Estimated, C, "two weeks in France, Romania and Moldova; others take up to eight";
    /// Ballots of a second vote as a share of the first.
    SECOND_TURNOUT = "100 %" ["50 %", "100 %"], Assumed, D, "as many as before; Kenya's rerun of 2017 had half as many";
    /// Change of the margin from the first round to the run-off.
    RUNOFF_SWING = "normal(0 %, 3 %)" ["normal(0 %, 1 %)", "normal(0 %, 6 %)"], Assumed, D, "no direct evidence";
    /// Change of the margin from an annulled vote to its rerun.
    RERUN_SWING = "normal(0 %, 5 %)" ["normal(0 %, 2 %)", "normal(0 %, 10 %)"], Assumed, D, "Austria 2016 moved by seven points, with the same two candidates";
    /// Votes that go to the first of two finalists from a candidate who is out.
    TRANSFER = "50 %" ["30 %", "70 %"], Assumed, D, "evenly, unless the scenario knows better";
    /// When a claim of victory may come.
    CLAIMS_AFTER = "1h to 8h" ["10min to 2h", "8h to 24h"], Estimated, C, "the claim of 4 November 2020 came some hours after the last close";
    /// Chance of a concession.
    CONCEDES = "90 %" ["50 %", "99 %"], Assumed, D, "most losers concede";
    /// Time to a concession.
    CONCEDES_AFTER = "lognormal(median 12h, sigma 1)" ["lognormal(median 3h, sigma 1)", "lognormal(median 3d, sigma 1)"], Assumed, D, "often the same night or the next day";
    /// Chance that a suit halts a count.
    SUIT_HALTS = "3 %" ["0 %", "10 %"], Assumed, D, "almost none of the suits of 2020 did";
    /// Time a court takes.
    COURT_DECIDES = "lognormal(median 2d, sigma 0.7)" ["lognormal(median 12h, sigma 0.7)", "lognormal(median 7d, sigma 0.7)"], Assumed, D, "days for what cannot wait";
    /// Chance that ballots set aside are admitted.
    RULING_ADMITS = "80 %" ["50 %", "99 %"], Assumed, D, "courts seldom void ballots that voters cast in good faith";
    /// How far a suit moves the last day of certification.
    SUIT_EXTENDS_BY = "7d" ["2d", "14d"], Assumed, D, "a week, where a court grants one at all";
    /// Cut in the time of courts by papers prepared.
    COURT_PLANS_CUT = "50 %" ["20 %", "80 %"], Assumed, D, "half of the time goes into papers";
    /// Time of a canvass.
    CANVASS = "5d to 9d" ["2d to 4d", "9d to 20d"], Assumed, D, "three days and a reconciliation of about two, after provisional ballots";
    /// Chance of a refusal by county.
    REFUSES = "0.05 %" ["0.01 %", "0.5 %"], Assumed, D, "more than 30 officials refused or threatened to in 2020 to 2024";
    /// Time until a refusal is resolved.
    COMPELLED = "lognormal(median 4d, sigma 0.5)" ["lognormal(median 6h, sigma 0.5)", "lognormal(median 10d, sigma 0.5)"], Estimated, C, "Wayne County 2020: hours; others: days to two weeks";
    /// Chance that it is resolved.
    RESOLVED = "98 %" ["90 %", "100 %"], Estimated, C, "every case so far was resolved";
    /// Time of a recount.
    RECOUNT_TAKES = "8d to 24d" ["4d to 8d", "20d to 40d"], Estimated, C, "statewide recounts 2000 to 2022";
    /// Risk limit of an audit.
    RISK_LIMIT = "10 %" ["3 %", "10 %"], Estimated, C, "the usual limit of statewide audits";
    /// Ballots beyond which an audit becomes a hand count.
    AUDIT_CAP = "100_000" ["20_000", "500_000"], Assumed, D, "beyond this a hand count is simpler";
    /// Ballots an hour of an audit.
    AUDIT_PACE = "600/h" ["200/h", "2_000/h"], Assumed, D, "one to two minutes a ballot, twenty teams";
    /// Ballots an hour of a hand count.
    HAND_COUNT_PACE = "34_000/h" ["10_000/h", "70_000/h"], Estimated, C, "Georgia 2020: 5.0 million ballots in six days";
    /// Time to set up an audit.
    AUDIT_SET_UP = "2d" ["1d", "7d"], Assumed, D, "manifests and a public draw of the seed";
    /// Teams of an ordered audit or hand count.
    AUDIT_TEAMS = "20" ["5", "100"], Assumed, D, "a county's hall of tables; say your own";
    /// Ballots an hour and team of an ordered audit by sample.
    AUDIT_TEAM_PACE = "30/h" ["15/h", "60/h"], Assumed, D, "one to two minutes a ballot";
    /// Ballots an hour and team of an ordered hand count.
    HAND_COUNT_TEAM_PACE = "240/h" ["240/h", "600/h"], Estimated, C, "0.1 to 0.25 team minutes a vote, one contest";
    /// Working hours a day of an ordered audit.
    AUDIT_DAY = "10" ["8", "16"], Assumed, D, "a long day's work";
    /// Share of voters turned away for a while who try again.
    ONLINE_RETRY = "95 %" ["70 %", "100 %"], Assumed, D, "with time left few give up; no figure is known";
    /// Share of voters the portal failed who vote on paper.
    ONLINE_PAPER_FALLBACK = "50 %" ["20 %", "80 %"], Assumed, D, "no figure is known";
    /// Share of online voters who vote again.
    ONLINE_REVOTES = "0.5 %" ["0.3 %", "2 %"], Estimated, C, "Estonia 2023: 1,000 to 2,000 of 313,000";
    /// Online voters who check their vote.
    ONLINE_VERIFY = "4 %" ["3.4 %", "5 %"], Cited, C, "Estonia: 3.4 and 4.0 % (Heiberg and Willemson)";
    /// Chance that one who finds a fault reports it.
    ONLINE_REPORT = "50 %" ["10 %", "90 %"], Assumed, D, "no figure is known";
    /// Online ballots altered where the portal is wrong.
    ONLINE_ALTERED = "1 %" ["0.1 %", "10 %"], Assumed, D, "no case is known";
    /// How much busier the busiest hour is.
    PEAK = "1.7" ["1.5", "2"], Assumed, D, "1.5 to 2";
    /// Poll workers at work as a share of those needed.
    STAFFING = "100 %" [], Assumed, D, "all of them unless the scenario says so";
    /// Chance that something happens.
    CHANCE = "100 %" [], Assumed, D, "always unless the scenario says so";
}
