//! Cases on record: the hours they took must lie within the middle eight tenths of the simulated runs.

use super::{Figure, Findings, Study, all_plans, percent};

/// All studies of this family.
pub(super) fn studies() -> Vec<Study> {
    vec![
        Study {
            id: "outage",
            title: "Replay: a results page goes down",
            about: "Where the hours on record stand among the simulated ones: the share of runs that took less, to lie between 10 and \
                    90 %. The built-in times were set with this case in mind, so it is a check of consistency.",
            source: "Knox County, 1 May 2018: down for about 60 minutes",
            scenario: include_str!("scenarios/outage.toml").to_owned(),
            runs: [1_000, 4_000],
            full_only: all_plans,
            judge: |found| vec![rank(found, "dark for 1 h (Knox 2018)", 1.0)],
        },
        Study {
            id: "attribution",
            title: "Replay: an adversary is named",
            about: "As above, for two public attributions. The built-in time was set with both in mind.",
            source: "Threat mails of October 2020: 27 hours; campaign intrusion of 2024: nine days",
            scenario: include_str!("scenarios/attribution.toml").to_owned(),
            runs: [8_000, 8_000],
            full_only: all_plans,
            judge: |found| {
                let figure = rank(found, "named in 27 h (2020)", 27.0);
                let reason = "27 hours is the fastest on record, with prior insight; it lies at the 10 % mark of the built-in time";
                let fastest = Figure { expected_to_miss: Some(reason), ..figure };
                vec![fastest, rank(found, "named in 9 d (2024)", 216.0)]
            },
        },
        Study {
            id: "wrong-figure",
            title: "Replay: wrong unofficial totals",
            about: "As above, for the time a wrong figure stands.",
            source: "Antrim County, November 2020: revised in about two days",
            scenario: include_str!("scenarios/wrong-figure.toml").to_owned(),
            runs: [400, 4_000],
            full_only: all_plans,
            judge: |found| {
                let figure = rank(found, "stands 48 h (Antrim 2020)", 48.0);
                let reason =
                    "the built-in time (median 12 h) is too short for a county that has to key in its tapes again";
                vec![Figure { expected_to_miss: Some(reason), ..figure }]
            },
        },
        Study {
            id: "refusal",
            title: "Replay: a board ties",
            about: "As above, for the time from the board's date to the certification.",
            source: "Wayne County, 17 November 2020: reversed in under two hours",
            scenario: include_str!("scenarios/refusal.toml").to_owned(),
            runs: [400, 4_000],
            full_only: all_plans,
            judge: |found| {
                let figure = rank(found, "resolved in 2 h (Wayne)", 14.0 * 24.0 + 2.0);
                let reason = "the built-in time (median 4 d) is for boards that hold out until a court; a change of mind in the same \
                              meeting is not modelled";
                vec![Figure { expected_to_miss: Some(reason), ..figure }]
            },
        },
    ]
}

/// Where the hours on record stand: the share of runs that took less, published as the middle.
fn rank(found: &Findings, what: &str, hours: f64) -> Figure {
    let values = found.values("all", "hours");
    let less = values.iter().filter(|value| **value < hours).count() as f64;
    Figure::new(what, 50.0, percent(less / values.len() as f64), "%", [10.0, 90.0])
}
