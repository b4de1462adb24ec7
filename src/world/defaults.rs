//! What a scenario does not say: every built-in number with its evidence, in one place.
//!
//! Values are written as an author would write them and read by the same reader. The grades of the sources are explained in
//! `docs/model.md`.

use crate::scenario::Basis;

/// A number a scenario rests on although it does not state it.
#[derive(Clone, Copy, Debug)]
pub struct Default {
    /// As an author would write it.
    pub value: &'static str,
    /// On what it rests.
    pub basis: Basis,
    /// Where it comes from, or why it is assumed.
    pub source: &'static str,
}

macro_rules! defaults {
    ($($(#[$doc:meta])* $name:ident = $value:literal, $basis:ident, $source:literal;)*) => {
        $($(#[$doc])* pub const $name: Default = Default { value: $value, basis: Basis::$basis, source: $source };)*

        /// Every built-in number by name, for tests and for the ledger of evidence.
        pub const ALL: &[(&str, Default)] = &[$((stringify!($name), $name)),*];
    };
}

const _: () = assert!(!ALL.is_empty());

defaults! {
    /// People the segments add up to.
    POPULATION = "1_000_000", Assumed, "a mid-sized state; say your own";
    /// Confidence of a segment at the start.
    CONFIDENCE = "60 %", Estimated, "between the camps' 50 and 72 % before the vote (Pew Research Center, October 2020)";
    /// Belief in a false narrative once saturated.
    BELIEVES = "33 %", Estimated, "the middle of the public in polls on the 2020 result (Monmouth 2023)";

    /// Time until a visible trouble is noticed.
    DETECT = "5min to 30min", Estimated, "results sites: minutes to half an hour (Knox County 2018)";
    /// Time until an intruder is noticed.
    DETECT_INTRUSION = "lognormal(p50 24d, p90 150d)", Cited, "median dwell time 2020 (M-Trends 2021); the tail is assumed";
    /// Time from detection to recovery.
    RECOVER = "lognormal(p50 1h, p90 4h)", Estimated, "results site of Knox County 2018: about one hour";
    /// Chance that an attack is stopped by default.
    HARDENED = "0 %", Assumed, "nothing unless the scenario says so";
    /// Time until a fallback works.
    FALLBACK_TAKES = "0min", Assumed, "at once unless the scenario says so";
    /// Share of attacks a protection stops.
    SHIELD_STOPS = "90 %", Assumed, "floods against protected sites rarely succeed";
    /// Cut in the length of outages behind a protection.
    SHIELD_SHORTENS = "90 %", Assumed, "outage x 0.1 behind a content network";

    /// Posts in all if nobody does anything.
    POSTS = "lognormal(median 1959, sigma 2.40)", Estimated, "event sizes of Bak-Coleman et al. 2022: ln Y normal(7.58, 2.40)";
    /// Branching ratio.
    BRANCHING = "77 %", Estimated, "fit to the published reductions of Bak-Coleman et al. 2022; Hawkes fits give 39 to 79 %";
    /// Median age of the outside drive.
    DRIVE = "376min", Estimated, "fit to the published reductions of Bak-Coleman et al. 2022";
    /// Spread of those ages.
    DRIVE_SPREAD = "2.07", Estimated, "fit to the published reductions of Bak-Coleman et al. 2022";
    /// Memory per five-minute tick.
    MEMORY = "30 %", Estimated, "weakly identified; child half-life 11.5 min (Schneider and Rizoiu 2023)";
    /// Dispersion of posts per tick.
    DISPERSION = "3", Estimated, "range 1 to 10 in the published fits";
    /// Views per post.
    VIEWS = "443", Assumed, "mean followers 4,433 (log-normal, median 600, sigma 2) times a view rate of 0.1";
    /// Share of those reached who then do not vote.
    DETERS = "0 %", Assumed, "no turnout effect was seen in any case studied";
    /// Change in the confidence of those reached.
    DOUBT = "-3 %", Assumed, "half of the effect of an unexpected delay (-6.5 points, Lockhart et al. 2024)";
    /// Median followers in the log-virality model.
    FOLLOWERS = "600", Assumed, "log-normal stand-in for the published follower lists";
    /// Spread of followers in the log-virality model.
    FOLLOWERS_SPREAD = "2.0", Assumed, "log-normal stand-in for the published follower lists";
    /// Mean lag of posts planted on another platform.
    SPILL_LAG = "30min", Assumed, "no direct evidence";

    /// Reach of a platform.
    REACH = "30 %", Assumed, "between the large and the small platforms of 2020 (Pew Research Center 2021)";
    /// Reviewers at work on election claims.
    REVIEWERS = "20", Assumed, "no platform has published a figure";
    /// One review.
    REVIEW = "lognormal(median 4min, sigma 0.8)", Assumed, "election claims take minutes; simple reports take seconds";
    /// From the first report to the queue.
    TRIAGE = "lognormal(p50 30min, p90 2h)", Assumed, "first look within one to two hours on platforms with an election team";
    /// Reports per post.
    REPORTS = "0.1 %", Assumed, "no platform has published a figure";
    /// Chance that a claim is matched to a policy.
    COVERAGE = "35 %", Cited, "share of flagged URLs acted upon, Election Integrity Partnership 2020";
    /// Chance that a breach is recognised.
    SENSITIVITY = "80 %", Assumed, "no platform has published a figure";
    /// Chance that an accurate item is left alone.
    SPECIFICITY = "98 %", Assumed, "no platform has published a figure";
    /// Cut in sharing of labelled items.
    LABEL_CUT = "20 %", Estimated, "field effects from 0 to 62 %; 25 % in 21 experiments (Martel and Rand 2024)";
    /// Cut in reach of downranked items.
    DOWNRANK_CUT = "50 %", Estimated, "range 25 to 75 % (Tokita et al. 2024)";
    /// Share of copies a removal catches.
    REMOVAL_CAUGHT = "90 %", Assumed, "published models assume all";
    /// From decision to effect.
    PROPAGATION = "10min", Assumed, "no platform has published a figure";
    /// Reach of banned accounts.
    BAN_CUT = "13 %", Estimated, "fit to the ban rows of Bak-Coleman et al. 2022 (3 to 42 %)";
    /// Rise of drive elsewhere after a hard action.
    DISPLACEMENT = "10 %", Assumed, "direction from Sanderson et al. 2021, size assumed";
    /// Cut in sharing by friction.
    FRICTION_CUT = "20 %", Cited, "net sharing after the compose prompt, Twitter 2020";
    /// Cut in sharing by an accuracy prompt.
    NUDGE_CUT = "5 %", Cited, "5 to 10 % (Pennycook and Rand 2022; Offer-Westort et al. 2024)";
    /// Users who see an information centre.
    CENTRE_REACH = "40 %", Assumed, "range 20 to 60 % of users";
    /// Cut in uptake among them.
    CENTRE_CUT = "9 %", Assumed, "uptake x 0.85 to 0.97; no field evidence";
    /// People who see a prebunk.
    PREBUNK_REACH = "30 %", Assumed, "range 5 to 60 %";
    /// Cut in sharing among them.
    PREBUNK_CUT = "10 %", Assumed, "range 0 to 25 %; direction from experiments (Carey et al. 2025)";
    /// Half-life of a prebunk.
    PREBUNK_HALF_LIFE = "30d", Estimated, "lasted about one month in trials (Maertens et al. 2025)";
    /// Cut in sharing by a debunk.
    DEBUNK_CUT = "25 %", Assumed, "growth x 0.6 to 0.9 in county cases";
    /// Half-life of a debunk.
    DEBUNK_HALF_LIFE = "7d", Assumed, "corrections fade within weeks";
    /// People who hear an explanation.
    INFORM_REACH = "20 %", Assumed, "no direct evidence";
    /// Change in confidence among them.
    INFORM_TRUST = "triangular(0 %, 3 %, 8 %)", Estimated, "officials' videos 0 to 13 points (MIT EDSL 2022)";

    /// Steps an adversary works on at once.
    OPERATORS = "2", Assumed, "a small team";
    /// Time until a network is back.
    RETURNS = "14d to 30d", Assumed, "regrowth seen after two to four weeks";
    /// Capacity with which it is back.
    RETURNS_AT = "20 % to 50 %", Assumed, "weaker than before";
    /// Tempo after it was named.
    AFTER_ATTRIBUTION = "60 % to 90 %", Assumed, "public attribution slows the large services a little";
    /// Tempo after a success.
    AFTER_SUCCESS = "1", Assumed, "unchanged unless the scenario says so";
    /// How much longer attribution takes through a proxy.
    DELAYS_ATTRIBUTION = "2", Assumed, "range 1.5 to 4";
    /// Volume through a proxy.
    PROXY_CAPACITY = "100 %", Assumed, "as much as without it";
    /// Chance that a proxy is exposed at a step.
    PROXY_BURNS = "0 %", Assumed, "never unless the scenario says so";
    /// Chance that an attempt succeeds.
    SUCCESS = "100 %", Assumed, "always unless the scenario says so";
    /// Chance that an attempt is noticed.
    NOTICED = "0 %", Assumed, "never unless the scenario says so";
    /// Time from a failure to the next attempt.
    RETRY_AFTER = "1d", Assumed, "a day of preparation";
    /// Cut in capacity by a takedown.
    TAKEDOWN_CUT = "80 %", Assumed, "capacity x 0.1 to 0.3";
    /// Time an assessment takes before somebody is named.
    ATTRIBUTE_TAKES = "lognormal(p50 9d, p90 77d)", Estimated, "27 hours (2020), 9 days (2024) and 77 days (2016) in three public cases";

    /// Responses a responder works on at once.
    STAFF = "1", Assumed, "a small office";
    /// Time word takes.
    LATENCY = "lognormal(p50 2h, p90 24h)", Assumed, "report delays of local offices";
    /// Chance that word is lost.
    LOSS = "5 %", Assumed, "range 2 to 15 % a hop";
    /// Chance that something happens.
    CHANCE = "100 %", Assumed, "always unless the scenario says so";
}
