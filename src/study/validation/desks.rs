//! Moderation desks against queueing theory.

use super::{Figure, Findings, Study, all_plans};

/// All studies of this family.
pub(super) fn studies() -> Vec<Study> {
    vec![
        Study {
            id: "queue",
            title: "A moderation desk as the queue M/M/c",
            about: "Reports at random for reviewers of ten minutes each: 14.4 an hour for four and 3.6 for one (60 % busy), 9.6 for two \
                    (80 % busy). The mean wait is read from the mean number waiting (Little's law). Bound: 2 %.",
            source: "Erlang 1917: the delay formula",
            scenario: include_str!("scenarios/queue.toml").to_owned(),
            runs: [150, 600],
            full_only: all_plans,
            judge: |found| {
                let wait = |(plan, servers, arrivals): (&str, u32, f64)| {
                    let service = 6.0;
                    let wait = 60.0 * erlang_c(servers, arrivals / service) / (f64::from(servers) * service - arrivals);
                    let simulated = 60.0 * found.mean(plan, "backlog") / arrivals;
                    Figure::within(format!("mean wait, {servers} at work"), wait, simulated, "min", 0.02 * wait)
                };
                [("all", 4, 14.4), ("one", 1, 3.6), ("two", 2, 9.6)].map(wait).to_vec()
            },
        },
        Study {
            id: "flood",
            title: "A moderation desk at three times its capacity",
            about: "Seventy-two reports an hour where 24 can be reviewed. Election items come first and wait for the next free \
                    reviewer alone (Cobham 1954: mean 2.5 min, bound a tenth); everything else piles up at 48 an hour (bound 2 %).",
            source: "Cobham 1954, Operations Research 2",
            scenario: include_str!("scenarios/flood.toml").to_owned(),
            runs: [60, 400],
            full_only: all_plans,
            judge: flood,
        },
    ]
}

/// The chance that an arrival finds all servers busy, for an offered load in servers.
fn erlang_c(servers: u32, load: f64) -> f64 {
    let mut term = 1.0;
    let mut below = 0.0;
    for busy in 0..servers {
        below += term;
        term *= load / f64::from(busy + 1);
    }
    let waiting = term / (1.0 - load / f64::from(servers));
    waiting / (below + waiting)
}

fn flood(found: &Findings) -> Vec<Figure> {
    let piled = 48.0 * 24.0 * 10.0;
    vec![
        Figure::within("wait of election items", 2.5, found.mean("all", "wait"), "min", 0.25),
        Figure::within("reports left after 10 d", piled, found.mean("all", "backlog"), "", 0.02 * piled),
    ]
}
