//! Interventions on viral rumours: 454 synthetic events through the log-virality kernel.

use super::findings::quantile;
use super::{Figure, Findings, Study, percent};
use std::fmt::Write as _;

/// One event a line: number, steps, posts it was tuned to, posts of the first step, the most of a step, alpha, beta, delta, lambda.
const ENSEMBLE: &str = include_str!("ensemble.csv");

/// Dispersion of posts, the same for all events.
const DISPERSION: &str = "2.751";

/// Events whose posts one measure sums up; a formula has room for no more.
const A_MEASURE: usize = 80;

/// What is done, and what was published of it.
struct Condition {
    plan: &'static str,
    what: &'static str,
    /// Values of the scenario that differ.
    set: &'static [(&'static str, &'static str)],
    /// Published change of all posts in percent.
    published: Option<f64>,
    bound: f64,
    misses: Option<&'static str>,
}

const fn single(
    plan: &'static str,
    what: &'static str,
    published: f64,
    set: &'static [(&'static str, &'static str)],
) -> Condition {
    Condition { plan, what, set, published: Some(published), bound: 4.0, misses: None }
}

const fn combined(
    plan: &'static str,
    what: &'static str,
    published: Option<f64>,
    set: &'static [(&'static str, &'static str)],
) -> Condition {
    Condition { plan, what, set, published, bound: 3.0, misses: None }
}

const fn late(
    plan: &'static str,
    what: &'static str,
    published: f64,
    set: &'static [(&'static str, &'static str)],
) -> Condition {
    Condition { plan, what, set, published: Some(published), bound: 4.0, misses: Some(TOO_SHORT) }
}

const TOO_SHORT: &str =
    "the synthetic events are too short: when a late start comes, most of their posts have been made";

const TOO_FEW: &str =
    "the largest 5 % of the synthetic events hold 56 % of posts, too few for notes on them alone to take so much";

const ALL: &str = "100 %";
const FIFTH: &str = "20 %";

const CONDITIONS: [Condition; 36] = [
    single("removal-15", "removal at 15 min", -97.8, &[("removal-chance", ALL), ("removal-delay", "15min")]),
    Condition {
        published: None,
        ..single("removal-30", "removal at 30 min", 0.0, &[("removal-chance", ALL), ("removal-delay", "30min")])
    },
    single("removal-60", "removal at 60 min", -85.2, &[("removal-chance", ALL), ("removal-delay", "60min")]),
    Condition {
        published: None,
        ..single("removal-120", "removal at 120 min", 0.0, &[("removal-chance", ALL), ("removal-delay", "120min")])
    },
    single("removal-240", "removal at 240 min", -55.9, &[("removal-chance", ALL), ("removal-delay", "240min")]),
    single("fifth-15", "20 % removed at 15 min", -17.2, &[("removal-chance", FIFTH), ("removal-delay", "15min")]),
    single("fifth-30", "20 % removed at 30 min", -16.0, &[("removal-chance", FIFTH), ("removal-delay", "30min")]),
    single("fifth-60", "20 % removed at 60 min", -15.4, &[("removal-chance", FIFTH), ("removal-delay", "60min")]),
    single("fifth-120", "20 % removed at 120 min", -11.2, &[("removal-chance", FIFTH), ("removal-delay", "120min")]),
    single("fifth-240", "20 % removed at 240 min", -8.4, &[("removal-chance", FIFTH), ("removal-delay", "240min")]),
    single("brake-15", "brake at 15 min", -71.0, &[("brake-chance", ALL), ("brake-delay", "15min")]),
    single("brake-30", "brake at 30 min", -68.5, &[("brake-chance", ALL), ("brake-delay", "30min")]),
    single("brake-60", "brake at 60 min", -63.7, &[("brake-chance", ALL), ("brake-delay", "60min")]),
    Condition {
        published: None,
        ..single("brake-120", "brake at 120 min", 0.0, &[("brake-chance", ALL), ("brake-delay", "120min")])
    },
    single("brake-240", "brake at 240 min", -45.6, &[("brake-chance", ALL), ("brake-delay", "240min")]),
    single("brake-fifth-15", "brake on 20 % at 15 min", -11.2, &[("brake-chance", FIFTH), ("brake-delay", "15min")]),
    single("brake-fifth-30", "brake on 20 % at 30 min", -10.5, &[("brake-chance", FIFTH), ("brake-delay", "30min")]),
    single("brake-fifth-60", "brake on 20 % at 60 min", -10.5, &[("brake-chance", FIFTH), ("brake-delay", "60min")]),
    single("brake-fifth-120", "brake on 20 % at 120 min", -8.8, &[("brake-chance", FIFTH), ("brake-delay", "120min")]),
    single("brake-fifth-240", "brake on 20 % at 240 min", -6.9, &[("brake-chance", FIFTH), ("brake-delay", "240min")]),
    Condition { published: None, ..single("nudge-5", "nudge of 5 %", 0.0, &[("nudge-cut", "5 %")]) },
    single("nudge-10", "nudge of 10 %", -27.2, &[("nudge-cut", "10 %")]),
    single("nudge-20", "nudge of 20 %", -40.8, &[("nudge-cut", "20 %")]),
    single("nudge-40", "nudge of 40 %", -55.9, &[("nudge-cut", "40 %")]),
    single("ban-verified", "ban: verified (fitted)", -13.0, &[("ban-cut", "4.4 %")]),
    single("ban-suspended", "ban: suspended (fitted)", -30.5, &[("ban-cut", "12.9 %")]),
    single("ban-500k", "ban: over 500,000 (fitted)", -8.8, &[("ban-cut", "2.8 %")]),
    single("ban-100k", "ban: over 100,000 (fitted)", -30.8, &[("ban-cut", "13 %")]),
    single("ban-50k", "ban: over 50,000 (fitted)", -42.6, &[("ban-cut", "21.7 %")]),
    single("ban-10k", "ban: over 10,000 (fitted)", -59.2, &[("ban-cut", "42.5 %")]),
    single("ban-modest", "ban: modest (fitted)", -42.0, &[("ban-cut", "21.2 %")]),
    single("ban-aggressive", "ban: aggressive (fitted)", -45.4, &[("ban-cut", "24.4 %")]),
    combined("modest-acts", "modest: brake and removal", Some(-11.8), &MODEST_ACTS),
    combined(
        "modest",
        "modest: all together",
        Some(-53.1),
        &[MODEST_ACTS[0], MODEST_ACTS[1], MODEST_ACTS[2], MODEST_ACTS[3], ("nudge-cut", "10 %"), ("ban-cut", "21.2 %")],
    ),
    combined("aggressive-acts", "aggressive: brake and removal", Some(-17.9), &AGGRESSIVE_ACTS),
    combined(
        "aggressive",
        "aggressive: all together",
        None,
        &[
            AGGRESSIVE_ACTS[0],
            AGGRESSIVE_ACTS[1],
            AGGRESSIVE_ACTS[2],
            AGGRESSIVE_ACTS[3],
            AGGRESSIVE_ACTS[4],
            ("nudge-cut", "20 %"),
            ("ban-cut", "24.4 %"),
        ],
    ),
];

const MODEST_ACTS: [(&str, &str); 4] =
    [("brake-chance", "5 %"), ("brake-delay", "120min"), ("removal-chance", FIFTH), ("removal-delay", "240min")];

const AGGRESSIVE_ACTS: [(&str, &str); 5] = [
    ("brake-chance", "10 %"),
    ("brake-delay", "60min"),
    ("brake-cut", "98.4124 %"),
    ("removal-chance", FIFTH),
    ("removal-delay", "120min"),
];

const NOTES: [Condition; 15] = [
    single("notes-30", "notes of 30 %", -50.7, &[("note-all", ALL)]),
    single("notes-25", "notes of 25 %", -46.2, &[("note-all", ALL), ("note-cut", "25 %")]),
    single("notes-5-in-100", "notes on 5 %", -1.8, &[("note-all", "5 %")]),
    single("notes-50-in-100", "notes on 50 %", -25.0, &[("note-all", "50 %")]),
    single(
        "largest-half",
        "notes on the largest half",
        -50.7,
        &[("note-first-5", ALL), ("note-5-10", ALL), ("note-10-50", ALL)],
    ),
    single(
        "largest-three-quarters",
        "notes on the largest 75 %",
        -50.8,
        &[("note-first-5", ALL), ("note-5-10", ALL), ("note-10-50", ALL), ("note-50-75", ALL)],
    ),
    Condition {
        misses: Some(TOO_FEW),
        ..single("largest-twentieth", "notes on the largest 5 %", -42.1, &[("note-first-5", ALL)])
    },
    Condition { published: None, ..single("notes-25-in-100", "notes on 25 %", 0.0, &[("note-all", "25 %")]) },
    Condition { published: None, ..single("notes-75-in-100", "notes on 75 %", 0.0, &[("note-all", "75 %")]) },
    single("plausible", "notes on 5 % at 572 min", -1.1, &[("note-all", "5 %"), ("note-delay", "571.6min")]),
    late("late-271", "notes at 271 min", -37.5, &[("note-all", ALL), ("note-delay", "271.3min")]),
    late("late-572", "notes at 572 min", -31.5, &[("note-all", ALL), ("note-delay", "571.6min")]),
    late("late-1177", "notes at 1177 min", -24.1, &[("note-all", ALL), ("note-delay", "1176.9min")]),
    late("late-twentieth", "largest 5 % at 572 min", -30.0, &[("note-first-5", ALL), ("note-delay", "571.6min")]),
    late(
        "late-largest",
        "largest 10 % at 286 min",
        -35.4,
        &[("note-first-5", ALL), ("note-5-10", ALL), ("note-delay", "285.8min")],
    ),
];

/// All studies of this family.
pub(super) fn studies() -> Vec<Study> {
    vec![
        Study {
            id: "rumours",
            title: "Measures against 454 viral rumours",
            about: "A synthetic ensemble of 454 events, tuned so that the published step model gives the published table: the single \
                    rows are a check of calibration, the combined ones are out of sample. Not the real time series, which are not \
                    at hand. Bans use a reach multiplier fitted to their own row. Change of the median of all posts against the median \
                    without any measure. Bounds: 4 points for a single measure, 3 for a combination, 8 % for the baseline; the \
                    figures themselves were read off charts to 0.4 points. A row without a figure was not at hand and is \
                    not judged. The event's clock starts with its first step.",
            source: "Bak-Coleman et al. 2022, Nature Human Behaviour 6:1372, figures 2 to 4, doi 10.1038/s41562-022-01388-6",
            scenario: rumours_scenario(),
            runs: [8, 160],
            full_only: |plan| needs_more_runs(&CONDITIONS, plan),
            judge: rumours,
        },
        Study {
            id: "notes",
            title: "Crowd-sourced notes on 454 viral rumours",
            about: "The same synthetic events, to which this table was not fitted; the published one is for 485 others. A note leaves 70 % \
                    of exposures. Late starts come out far too weak, and are shown as known misses. Bound: 4 points.",
            source: "Bak-Coleman, Limiting factors in crowd-sourced labelling (CommunityNotesSim)",
            scenario: notes_scenario(),
            runs: [8, 160],
            full_only: |plan| needs_more_runs(&NOTES, plan),
            judge: |found| conditions(found, &NOTES),
        },
    ]
}

/// All posts of all events in every run.
fn posts(found: &Findings, plan: &str) -> Vec<f64> {
    let parts = ENSEMBLE.lines().skip(1).count().div_ceil(A_MEASURE);
    let mut all = found.values(plan, "posts-0");
    for part in 1..parts {
        for (sum, more) in all.iter_mut().zip(found.values(plan, &format!("posts-{part}"))) {
            *sum += more;
        }
    }
    all
}

fn middle(found: &Findings, plan: &str) -> f64 {
    quantile(posts(found, plan), 0.5)
}

/// Chance decides which events a measure hits, and a few events hold most posts: only many runs show the middle.
fn needs_more_runs(conditions: &[Condition], plan: &str) -> bool {
    conditions.iter().any(|condition| {
        let by_chance = |(name, value): &(&str, &str)| {
            (name.ends_with("-chance") || *name == "note-all") && *value != ALL && condition.reach_is_kept()
        };
        condition.plan == plan && condition.set.iter().any(by_chance)
    })
}

impl Condition {
    /// True if nothing cuts the reach of all events alike.
    fn reach_is_kept(&self) -> bool {
        self.set.iter().all(|(name, _)| *name != "nudge-cut")
    }
}

fn conditions(found: &Findings, conditions: &[Condition]) -> Vec<Figure> {
    let base = middle(found, "nothing");
    conditions
        .iter()
        .map(|condition| {
            let simulated = percent(middle(found, condition.plan) / base - 1.0);
            let published = condition.published.unwrap_or(f64::NAN);
            let mut figure = Figure::within(condition.what, published, simulated, "%", condition.bound);
            figure.published = condition.published;
            figure.simulated = Some(simulated).filter(|_| found.has(condition.plan));
            figure.expected_to_miss = condition.misses;
            figure
        })
        .collect()
}

/// The order of single measures, strongest first.
const ORDER: [(&str, &str); 7] = [
    ("removal-30", "removal at 30 min"),
    ("removal-240", "removal at 4 h"),
    ("nudge-40", "nudge of 40 %"),
    ("brake-240", "brake at 4 h"),
    ("nudge-20", "nudge of 20 %"),
    ("nudge-10", "nudge of 10 %"),
    ("nudge-5", "nudge of 5 %"),
];

fn rumours(found: &Findings) -> Vec<Figure> {
    let base = middle(found, "nothing") / 1e6;
    let mut figures = vec![Figure::within("posts without measures", 10.81, base, "M", 0.08 * 10.81)];
    figures.extend(conditions(found, &CONDITIONS));
    let left: Vec<f64> = ORDER.iter().map(|(plan, _)| middle(found, plan)).collect();
    let in_order = left.windows(2).filter(|pair| pair[0] < pair[1]).count();
    figures.push(Figure::within("pairs in the order of strength", 6.0, in_order as f64, "", 0.0));
    figures
}

fn head(title: &str, question: &str, uncertainties: &[(&str, &str)], more: &str) -> String {
    let mut text = format!(
        "# Synthetic events: none of them is a real rumour.\n[scenario]\ntitle = \"{title}\"\nquestion = \"{question}\"\n\
         start = 2020-10-01T00:00:00Z\nend = 2020-10-04T12:00:00Z\n\n[platform.chirp]\nreviewers = 0\n\n"
    );
    for (name, value) in uncertainties {
        // A string takes everything.
        let _ = write!(text, "[uncertainty.{name}]\nvalue = \"{value}\"\n\n");
    }
    text + more
}

/// The plans, the measures and the events; `acts` gives the injects on the event of a name and a rank by size, from 0 for the largest.
fn body(conditions: &[Condition], acts: impl Fn(&str, f64) -> String) -> String {
    let events: Vec<Vec<&str>> = ENSEMBLE.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let count = events.len();
    let mut text = String::from("\n[plan.nothing]\n");
    for condition in conditions {
        let values = condition.set.iter().map(|(name, value)| format!("\"uncertainty.{name}.value\" = \"{value}\""));
        let values: Vec<String> = values.collect();
        let _ = write!(text, "\n[plan.{}]\nset = {{ {} }}\n", condition.plan, values.join(", "));
    }
    for (part, events) in events.chunks(A_MEASURE).enumerate() {
        let names: Vec<String> = events.iter().map(|event| format!("narrative.e{}.posts", event[0])).collect();
        let value = names.join(" + ");
        let _ = write!(text, "\n[measure.posts-{part}]\ntitle = \"Posts, part {part}\"\nvalue = \"{value}\"\n");
    }
    for (position, event) in events.iter().enumerate() {
        let [id, steps, _, first, most, alpha, beta, delta, lambda] = event[..] else { continue };
        let minutes = 5 * steps.parse::<u32>().unwrap_or_default();
        let _ = write!(
            text,
            "\n[narrative.e{id}]\nabout = \"A rumour\"\non = {{ chirp = \"100 %\" }}\nat = \"start\"\nkernel = \"log-virality\"\n\
             dispersion = {DISPERSION}\nvirality = {{ alpha = {alpha}, beta = {beta}, delta = {delta}, lambda = {lambda}, \
             lasts = \"{minutes}min\", first = {first}, most = {most}, convention = \"simulator\" }}\n"
        );
        // The file is in the order of size, smallest first.
        text += &acts(&format!("e{id}"), (count - 1 - position) as f64 / count as f64);
    }
    text
}

fn rumours_scenario() -> String {
    let uncertainties = [
        ("removal-chance", "0 %"),
        ("removal-delay", "15min"),
        ("brake-chance", "0 %"),
        ("brake-delay", "15min"),
        ("brake-cut", "87.4 %"),
        ("nudge-cut", "0 %"),
        ("ban-cut", "0 %"),
    ];
    let reach = "[inject.nudge]\ntitle = \"Sharing is nudged\"\nat = \"start\"\neffect = { nudge = { on = \"chirp\", cut = \"nudge-cut\" } }\n\n\
                 [inject.ban]\ntitle = \"Followers of banned accounts are out of reach\"\nat = \"start\"\neffect = { ban = { on = \"chirp\", cut = \"ban-cut\" } }\n";
    let acts = |event: &str, _rank: f64| {
        format!(
            "\n[inject.removal-{event}]\ntitle = \"Removal\"\nat = \"start + 5min + removal-delay + 1s\"\nchance = \"removal-chance\"\n\
             effect = {{ remove = {{ narrative = \"{event}\", on = \"chirp\", cut = \"100 %\" }} }}\n\
             \n[inject.brake-{event}]\ntitle = \"Brake\"\nat = \"start + 5min + brake-delay + 1s\"\nchance = \"brake-chance\"\n\
             effect = {{ circuit-breaker = {{ narrative = \"{event}\", on = \"chirp\", cut = \"brake-cut\" }} }}\n"
        )
    };
    head("454 viral rumours", "How many posts does each measure leave?", &uncertainties, reach)
        + &body(&CONDITIONS, acts)
}

fn notes_scenario() -> String {
    let uncertainties = [
        ("note-all", "0 %"),
        ("note-first-5", "0 %"),
        ("note-5-10", "0 %"),
        ("note-10-50", "0 %"),
        ("note-50-75", "0 %"),
        ("note-delay", "0min"),
        ("note-cut", "30 %"),
    ];
    let acts = |event: &str, rank: f64| {
        let of_its_size = match rank {
            rank if rank < 0.05 => "note-first-5",
            rank if rank < 0.1 => "note-5-10",
            rank if rank < 0.5 => "note-10-50",
            rank if rank < 0.75 => "note-50-75",
            _ => "note-all",
        };
        let note = |by: &str, chance: &str| {
            format!(
                "\n[inject.{by}-{event}]\ntitle = \"Note\"\nat = \"start + 5min + note-delay\"\nchance = \"{chance}\"\n\
                 effect = {{ label = {{ narrative = \"{event}\", on = \"chirp\", cut = \"note-cut\" }} }}\n"
            )
        };
        let by_size = if of_its_size == "note-all" { String::new() } else { note("note-by-size", of_its_size) };
        note("note", "note-all") + &by_size
    };
    head("Notes on 454 viral rumours", "How many posts do notes leave?", &uncertainties, "") + &body(&NOTES, acts)
}
