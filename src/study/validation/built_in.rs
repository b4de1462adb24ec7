//! The built-in numbers, one at a time: what each comes to in a run of its own, against what it is by its source.
//!
//! No scenario here states the number that its row is about, and the expected value is worked out here and not read from the table of
//! built-in numbers. So a row misses if the number is mistyped, if it reaches the wrong place, or if the model does with it what it
//! should not.

use super::findings::quantile;
use super::{Figure, Findings, Study, all_plans};

/// How the runs of a measure become one figure.
#[derive(Clone, Copy)]
enum Read {
    /// Their mean.
    Mean,
    /// The value that so large a share of them does not pass.
    Quantile(f64),
    /// The same among those above nothing.
    AboveNothing(f64),
    /// Their standard deviation.
    Spread,
    /// Their standard deviation as a share of the mean.
    Variation,
}

use Read::{AboveNothing, Mean, Quantile, Spread, Variation};

/// The middle of the runs.
const MIDDLE: Read = Quantile(0.5);

/// One figure: what it is, plan and measure, how it is read, what a unit of the measure is in the unit shown, what is expected, and how
/// far off it may be.
struct Row(&'static str, &'static str, &'static str, Read, (f64, &'static str), f64, f64);

const PERCENT: (f64, &str) = (100.0, "%");
const MINUTES: (f64, &str) = (60.0, "min");
const HOURS: (f64, &str) = (1.0, "h");
const DAYS: (f64, &str) = (1.0 / 24.0, "d");
const PLAIN: (f64, &str) = (1.0, "");

const SYSTEMS: [Row; 17] = [
    Row("outage noticed, middle", "all", "detected", MIDDLE, MINUTES, 12.25, 0.8),
    Row("recovery, middle", "all", "recovered", MIDDLE, MINUTES, 60.0, 5.0),
    Row("recovery, 90 %", "all", "recovered", Quantile(0.9), MINUTES, 240.0, 26.0),
    // M-Trends 2021: global median dwell time of 2020.
    Row("intruder found, middle", "all", "found", MIDDLE, DAYS, 24.0, 2.4),
    Row("attacks a protection stops", "all", "repelled", Mean, PERCENT, 90.0, 2.0),
    Row("10 h of outage, protected", "all", "shortened", Mean, MINUTES, 60.0, 1.0),
    Row("word arrives, middle", "all", "heard", MIDDLE, MINUTES, 120.0, 13.0),
    Row("word that arrives at all", "all", "hears", Mean, PERCENT, 95.0, 0.5),
    Row("two works of 10 h, one pair of hands", "all", "staff", Mean, HOURS, 20.0, 0.1),
    Row("three steps of 10 h, two at once", "all", "operators", Mean, HOURS, 20.0, 0.1),
    Row("second attempt", "all", "retried", Mean, HOURS, 24.0, 0.1),
    Row("adversary named, middle", "all", "named", MIDDLE, DAYS, 9.0, 0.9),
    Row("one behind a proxy, 10 h alone", "all", "unmasked", Mean, HOURS, 21.0, 0.1),
    Row("tempo once named, middle", "all", "tempo", MIDDLE, PERCENT, 77.4, 3.0),
    Row("capacity after a takedown", "all", "left", Mean, PERCENT, 20.0, 0.5),
    Row("capacity when back, middle", "all", "back", MIDDLE, PERCENT, 33.9, 2.0),
    Row("time until back, middle", "all", "returns", MIDDLE, DAYS, 20.5, 1.6),
];

const DESK: [Row; 9] = [
    // 1 - exp(-1,000 x 0.001).
    Row("stories of 1,000 posts reported", "all", "reporting", Mean, PERCENT, 63.2, 4.0),
    // Election Integrity Partnership 2020: 35 % of flagged URLs were acted upon.
    Row("claims matched to a policy", "all", "matching", Mean, PERCENT, 35.0, 4.0),
    Row("breaches recognised", "all", "recognising", Mean, PERCENT, 80.0, 4.0),
    Row("accurate items acted against", "all", "sparing", Mean, PERCENT, 2.0, 1.0),
    // Triage of half an hour in the middle, from the first tick on.
    Row("first look, middle", "all", "triaging", MIDDLE, MINUTES, 35.0, 3.0),
    // A lag of half an hour in the mean, from one tick to the next after it.
    Row("posts planted elsewhere", "all", "spilled", Mean, MINUTES, 37.6, 4.0),
    // 1 / sqrt(dispersion).
    Row("variation of one tick", "all", "bursty", Variation, PERCENT, 57.7, 4.0),
    // exp(7.58), and exp(7.58 + 1.2816 x 2.40).
    Row("posts of a story, middle", "all", "of-any-size", MIDDLE, PLAIN, 1_959.0, 280.0),
    Row("posts of a story, 90 %", "all", "of-any-size", Quantile(0.9), PLAIN, 42_440.0, 10_000.0),
];

const SPREAD: [Row; 4] = [
    Row("removal takes effect", "all", "acting", Mean, (0.005, "min"), 15.0, 0.7),
    // Twenty reviewers for 25 h, of 4 min in the middle and 5.51 in the mean.
    Row("reviews of a busy desk", "all", "busy", Mean, PLAIN, 5_446.0, 160.0),
    Row("posts elsewhere after a removal", "all", "displaced", Mean, (1.0 / 400.0, "%"), 110.0, 1.0),
    // The recursion of docs/model.md after six ticks.
    Row("posts in half an hour", "half-an-hour", "fading", Mean, (1.0 / 400.0, "%"), 68.0, 1.0),
];

const PUBLIC: [Row; 7] = [
    // 5,000 posts of 443 views on a million people, two thirds of them on the half that uses the platform twice as much:
    // 1 - (1 + m / 0.15)^-0.15 with m = 2.953 and 1.477.
    Row("reach of those who use it most", "all", "users", Mean, PERCENT, 36.5, 0.8),
    Row("reach of the others", "all", "others", Mean, PERCENT, 30.06, 0.8),
    // logit 0.33 - 0.3 ln 51 + 0.3 ln(1 + 4.91).
    Row("belief of those reached", "all", "believes", Mean, PERCENT, 20.5, 0.8),
    Row("confidence at the start", "all", "confidence", MIDDLE, PERCENT, 60.0, 0.2),
    Row("confidence of those reached", "all", "doubt", Mean, PERCENT, 59.10, 0.1),
    // A fifth hear it, and gain 3.67 points in the mean.
    Row("confidence once told", "explained", "told", Mean, PERCENT, 60.73, 0.08),
    Row("reach of nothing", "explained", "reach", Mean, PERCENT, 0.0, 0.0),
];

const COUNT: [Row; 25] = [
    Row("cast early", "modes", "early", Mean, PERCENT, 25.0, 0.5),
    // Less what is rejected: eight in a thousand.
    Row("counted by mail", "modes", "mail", Mean, PERCENT, 37.696, 0.5),
    Row("handed in on the day", "modes", "drop-off", Mean, PERCENT, 3.472, 0.1),
    Row("late, with a grace", "late", "late", Mean, PERCENT, 0.397, 0.02),
    Row("late, without one", "modes", "late", Mean, PERCENT, 0.0, 0.0),
    Row("provisional that count", "modes", "provisional", Mean, PERCENT, 0.858, 0.05),
    Row("from overseas", "modes", "overseas", Mean, PERCENT, 0.5, 0.03),
    Row("mail rejected", "pile", "rejected", Mean, PERCENT, 0.8, 0.03),
    Row("votes for others", "modes", "others", Mean, PERCENT, 2.0, 0.1),
    // With half of all ballots in one mode its gap shows as half of it.
    Row("lead of early votes", "gap-early", "lead", Mean, PERCENT, 10.0, 0.5),
    Row("lead of mail", "gap-mail", "lead", Mean, PERCENT, 25.0, 1.0),
    Row("lead of mail handed in", "gap-drop-off", "lead", Mean, PERCENT, 15.0, 0.5),
    Row("lead before provisionals", "gap-provisional", "behind", Mean, PERCENT, -15.0, 0.5),
    Row("provisionals decided", "modes", "done", Mean, DAYS, 7.0, 0.1),
    // Of 400 counties of one size, normal(0.2 / 0.25).
    Row("counties won at 20 points", "counties", "districts", Mean, (0.25, "%"), 78.8, 1.5),
    Row("reports, middle", "reports", "half", Mean, HOURS, 2.0, 0.1),
    // 2 h x exp(1.645 x 0.55), and 2 h x 10^0.15.
    Row("reports, 95 %", "reports", "to-95", Mean, HOURS, 4.94, 0.3),
    Row("reports of large counties", "growth", "half", Mean, HOURS, 2.825, 0.08),
    Row("publication, middle", "publication", "half", Mean, MINUTES, 11.0, 0.6),
    // Half of the votes lie in counties of exp(1.2^2 / 2) times the mean.
    Row("size where half of votes lie", "sizes", "half", Mean, MINUTES, 24.65, 1.5),
    // 12 h, then 16 of 24: 60 h of work, and 130 of the 200 that 70 h ahead leave.
    Row("pile worked off", "pile", "done", Mean, HOURS, 84.0, 1.0),
    Row("pile begun ahead", "ahead", "done", Mean, HOURS, 186.0, 2.0),
    // 3.3 deviations of 3 points, less what outstanding ballots tell: a little more where they lie in eight modes than where in one.
    Row("called at the close at 9 %", "call-9", "called-at-once", Mean, PERCENT, 0.0, 0.0),
    Row("called at the close at 10.1 %", "call-10", "called-at-once", Mean, PERCENT, 100.0, 0.0),
    // A look a quarter of an hour after the close, and 90 min in the middle.
    Row("call once sure, middle", "call-9", "call", MIDDLE, MINUTES, 105.0, 12.0),
];

const AFTER: [Row; 23] = [
    Row("shared error", "shared", "margin", Spread, PERCENT, 3.0, 0.2),
    Row("region's error", "region", "margin", Spread, PERCENT, 2.5, 0.2),
    Row("own error", "own", "margin", Spread, PERCENT, 3.0, 0.2),
    Row("canvass, middle", "canvass", "canvassed", MIDDLE, DAYS, 6.71, 0.4),
    // 1 - (1 - 0.0005)^400, and with one in a thousand.
    Row("a board of 400 refuses", "boards", "refused", Mean, PERCENT, 18.1, 3.0),
    Row("a figure of 400 is wrong", "boards", "wrong", Mean, PERCENT, 33.0, 5.0),
    Row("refusal resolved, middle", "refusal", "late", MIDDLE, DAYS, 4.0, 0.3),
    Row("refusals resolved at all", "refusal", "certified", Mean, PERCENT, 98.0, 1.2),
    Row("recount, middle", "canvass", "recounted", MIDDLE, DAYS, 13.86, 1.0),
    // 90,024 and 110,000 ballots or so.
    Row("full count below the cap", "cap-below", "escalated", Mean, PERCENT, 0.0, 0.0),
    Row("full count above the cap", "cap-above", "escalated", Mean, PERCENT, 100.0, 0.0),
    // Two days, then 90,024 ballots at 600 an hour.
    Row("audit of 90,024 ballots", "cap-below", "audited", Mean, HOURS, 198.0, 6.0),
    // Georgia 2020: five million ballots in six days; here after two days of preparation.
    Row("hand count of 5 million", "hand-count", "audited", Mean, HOURS, 195.0, 5.0),
    // 20 teams of 240 an hour for 10 of 24 hours, and of 30 an hour on 42,117 ballots.
    Row("ordered hand count", "ordered", "review", Mean, HOURS, 548.0, 9.0),
    Row("ordered sample", "ordered-sample", "review", Mean, HOURS, 216.5, 4.0),
    Row("claim of victory, middle", "claim", "claimed", MIDDLE, MINUTES, 170.0, 20.0),
    Row("losers who concede", "concession", "conceded", Mean, PERCENT, 90.0, 2.5),
    // The middle of nine in ten.
    Row("concession, middle", "concession", "conceding", Quantile(0.45), HOURS, 12.0, 1.8),
    // Twenty suits in a week, three in a hundred of them, if they are decided before it is over.
    Row("a suit halts the count", "halts", "halted", Mean, PERCENT, 32.2, 4.5),
    Row("court decides, middle", "suit", "deciding", AboveNothing(0.5), HOURS, 48.0, 6.0),
    Row("extension by a suit", "suit", "extended", AboveNothing(0.5), (1.0, "d"), 7.0, 0.1),
    Row("rulings that reject", "ruling", "rejected", Mean, PERCENT, 20.0, 4.0),
    Row("courts with papers ready", "ruling", "delay", Mean, PERCENT, 50.0, 1.0),
];

const ONLINE: [Row; 12] = [
    // Dark for the last fifth of ten hours: 80,000 of 400,000.
    Row("failed voters who use paper", "dark-at-the-end", "on-paper", Mean, PLAIN, 40_000.0, 1_000.0),
    // Dark for two fifths and back: 160,000 turned away.
    Row("turned away for good", "dark-between", "failed", Mean, PLAIN, 8_000.0, 1_000.0),
    // Estonia 2023: 1,000 to 2,000 of 313,000, which are 1,300 to 2,600 of 400,000.
    Row("who vote again", "vote-again", "replaced", Mean, PLAIN, 2_000.0, 100.0),
    // Estonia: 3.4 and 4.0 % check; here of 40,000 altered ballots.
    Row("who check and mend", "checked", "replaced", Mean, PLAIN, 1_600.0, 80.0),
    Row("altered ballots", "altered", "altered", Mean, PLAIN, 4_000.0, 100.0),
    // 1 - (1 - 0.04 x 0.5)^34.
    Row("34 altered ballots noticed", "noticed", "noticed", Mean, PERCENT, 49.7, 6.0),
    // Five stations, 94.1 arrivals an hour x 1.7, 40 an hour each: C(5, 4) / 40 an hour.
    Row("wait in the busiest hour", "all", "wait", Mean, (60.0, "s"), 49.9, 1.0),
    Row("run-off", "all", "runoff-after", Mean, (1.0, "d"), 14.0, 0.1),
    Row("turnout of a run-off", "all", "runoff-ballots", Mean, PLAIN, 1_000_000.0, 1_000.0),
    // 42 and 38 %, and half each of 20.
    Row("margin of a run-off", "all", "runoff-margin", Mean, PERCENT, 4.0, 0.8),
    Row("swing of a run-off", "all", "runoff-margin", Spread, PERCENT, 3.0, 0.3),
    Row("swing of a rerun", "all", "rerun-margin", Spread, PERCENT, 5.0, 0.5),
];

const FADING: [Row; 2] = [
    // A cut of half that has halved once: (1 - R) / (1 - 0.75 R).
    Row("left 30 d after a prebunk", "prebunk", "posts", Mean, (1.0 / 400.0, "%"), 54.4, 1.5),
    Row("left 7 d after a debunk", "debunk", "posts", Mean, (1.0 / 400.0, "%"), 54.4, 1.5),
];

const SOURCE: &str = "The table of built-in numbers in docs/model.md, and what follows from each by hand";

/// All studies of this family.
pub(super) fn studies() -> Vec<Study> {
    let study = |id, title, scenario: &str, runs, judge| Study {
        id,
        title,
        about: "One built-in number at a time, which the scenario does not state. It holds the model to its own numbers, and is no \
                evidence for them. Bounds are narrower than what a fifth of the number does to its figure.",
        source: SOURCE,
        scenario: scenario.to_owned(),
        runs,
        full_only: all_plans,
        judge,
    };
    vec![
        study(
            "numbers-systems",
            "Built-in numbers: systems, word and adversaries",
            include_str!("scenarios/numbers-systems.toml"),
            [8_000, 20_000],
            |found| figures(found, &SYSTEMS),
        ),
        study(
            "numbers-desk",
            "Built-in numbers: reports, review and size",
            include_str!("scenarios/numbers-desk.toml"),
            [2_000, 8_000],
            |found| figures(found, &DESK),
        ),
        study(
            "numbers-spread",
            "Built-in numbers: spread and the work of a desk",
            include_str!("scenarios/numbers-spread.toml"),
            [60, 400],
            |found| figures(found, &SPREAD),
        ),
        study(
            "numbers-fading",
            "Built-in numbers: answers that wear off",
            include_str!("scenarios/numbers-fading.toml"),
            [40, 200],
            |found| figures(found, &FADING),
        ),
        study(
            "numbers-public",
            "Built-in numbers: the public",
            include_str!("scenarios/numbers-public.toml"),
            [100, 400],
            |found| figures(found, &PUBLIC),
        ),
        study(
            "numbers-count",
            "Built-in numbers: the count",
            include_str!("scenarios/numbers-count.toml"),
            [100, 1_000],
            |found| figures(found, &COUNT),
        ),
        study(
            "numbers-after",
            "Built-in numbers: polls, boards, courts and audits",
            include_str!("scenarios/numbers-after.toml"),
            [1_000, 6_000],
            |found| figures(found, &AFTER),
        ),
        study(
            "numbers-online",
            "Built-in numbers: voting online, lines, later rounds",
            include_str!("scenarios/numbers-online.toml"),
            [300, 4_000],
            |found| figures(found, &ONLINE),
        ),
    ]
}

fn figures(found: &Findings, rows: &[Row]) -> Vec<Figure> {
    let figure = |Row(what, plan, measure, read, (times, unit), expected, by): &Row| {
        let values: Vec<f64> = found.values(plan, measure).into_iter().filter(|value| !value.is_nan()).collect();
        Figure::within(*what, *expected, times * read.of(values), unit, *by)
    };
    rows.iter().map(figure).collect()
}

impl Read {
    fn of(self, values: Vec<f64>) -> f64 {
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        let spread = |values: &[f64]| {
            let middle = mean(values);
            libm::sqrt(
                values.iter().map(|value| (value - middle) * (value - middle)).sum::<f64>() / values.len() as f64,
            )
        };
        match self {
            Mean => mean(&values),
            Quantile(share) => quantile(values, share),
            AboveNothing(share) => quantile(values.into_iter().filter(|value| *value > 0.0).collect(), share),
            Spread => spread(&values),
            Variation => spread(&values) / mean(&values),
        }
    }
}
