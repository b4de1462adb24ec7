//! Sizes of audits, and recounts that turn a result.

use super::{Figure, Findings, Study, all_plans, percent};

/// Margins, and ballots to compare at a risk limit of 10 %.
const COMPARISONS: [(&str, &str, f64); 7] = [
    ("margin-20", "20 %", 27.0),
    ("margin-15", "15 %", 36.0),
    ("margin-10", "10 %", 54.0),
    ("margin-4", "4 %", 134.0),
    ("margin-2", "2 %", 267.0),
    ("margin-1", "1 %", 534.0),
    ("margin-a-third", "0.3 %", 2_143.0),
];

/// All studies of this family.
pub(super) fn studies() -> Vec<Study> {
    vec![
        Study {
            id: "audit-comparison",
            title: "Ballot-comparison audits",
            about: "The sample of a comparison audit at the built-in risk limit of 10 %, margin by margin. Exact to the ballot.",
            source: "Stark's tool and the test values of the Arlo software; 4 to 0.3 points worked out by its formula",
            scenario: comparison_scenario(),
            runs: [2, 10],
            full_only: all_plans,
            judge: |found| {
                let row = |&(plan, margin, ballots): &(&str, &str, f64)| {
                    let simulated = found.mean(plan, "ballots");
                    Figure::within(format!("ballots at a margin of {margin}"), ballots, simulated, "", 0.0)
                };
                COMPARISONS.iter().map(row).collect()
            },
        },
        Study {
            id: "audit-polling",
            title: "Ballot-polling audits",
            about: "Ballots that BRAVO reads when the winner's share is 60 % and the risk limit 10 %. Bound: a tenth, the noise of \
                    so many runs.",
            source: "Lindeman, Stark and Yates 2012, table 1",
            scenario: include_str!("scenarios/audit-polling.toml").to_owned(),
            runs: [2_000, 8_000],
            full_only: all_plans,
            judge: polling,
        },
        Study {
            id: "recounts",
            title: "Recounts that turn a result",
            about: "Share of recounts that turn a margin of 0.01 and 0.05 % of the votes. The law is the one fitted to the record (3 \
                    of 36 statewide recounts turned, all below 0.06 %, mean shift 0.03 %): this holds the engine to its law, and is \
                    no test of the law. Bound: four points.",
            source: "FairVote, statewide recounts 2000 to 2023; 0.4 exp(-m / 0.0003)",
            scenario: include_str!("scenarios/recounts.toml").to_owned(),
            runs: [600, 4_000],
            full_only: all_plans,
            judge: |found| {
                let row = |(plan, margin, turned): (&str, &str, f64)| {
                    let simulated = percent(found.mean(plan, "reversed"));
                    Figure::within(format!("turned at {margin}"), turned, simulated, "%", 4.0)
                };
                [("one-in-10-000", "0.01 %", 28.7), ("five-in-10-000", "0.05 %", 7.6)].map(row).to_vec()
            },
        },
    ]
}

fn polling(found: &Findings) -> Vec<Figure> {
    let quantile = |share| found.quantile("all", "ballots", share);
    [
        ("ballots, lower quarter", 49.0, quantile(0.25)),
        ("ballots, middle", 84.0, quantile(0.5)),
        ("ballots, upper quarter", 149.0, quantile(0.75)),
        ("ballots, 90 %", 244.0, quantile(0.9)),
        ("ballots, mean", 119.0, found.mean("all", "ballots")),
    ]
    .map(|(what, published, simulated)| Figure::within(what, published, simulated, "", 0.1 * published))
    .to_vec()
}

fn comparison_scenario() -> String {
    let mut text = include_str!("scenarios/audit-comparison.toml").to_owned();
    for (plan, margin, _) in COMPARISONS {
        text += &format!("\n[plan.{plan}]\nset = {{ \"jurisdiction.vale.margin\" = \"{margin}\" }}\n");
    }
    text
}
