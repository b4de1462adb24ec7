//! Comparisons of plans whose truth is known.

use crate::coin::{Coin, columns};
use canvass::study::batch::{self, Settings};
use canvass::study::compare::Comparison;
use canvass::study::findings::{Difference, Findings, Shown, Stat};
use canvass::study::grid::{GridError, Lever, MOST_PLANS, full_factorial};
use std::convert::Infallible;
use std::num::NonZeroUsize;
use std::sync::atomic::AtomicBool;

fn compared(plans: &[(&str, Coin)], reference: usize, runs: u64, threads: usize) -> Findings {
    let columns = columns();
    let names: Vec<_> = plans.iter().map(|(name, _)| (*name, &columns)).collect();
    let coins: Vec<&Coin> = plans.iter().map(|(_, coin)| coin).collect();
    let mut comparison = Comparison::new(&names, reference);
    let settings = Settings { seed: 5, runs: 0..runs, threads: NonZeroUsize::new(threads).unwrap() };
    batch::run(&coins, &settings, &AtomicBool::new(false), |_, outcomes| {
        comparison.push(outcomes);
        Ok::<_, Infallible>(())
    })
    .unwrap();
    comparison.findings()
}

#[track_caller]
fn difference(findings: &Findings, plan: usize, id: &str, stat: Stat) -> Difference {
    let of = |difference: &&Difference| findings.subjects[difference.subject].id == id && difference.stat == stat;
    findings.plans[plan].differences.iter().find(of).cloned().unwrap()
}

fn coins() -> Vec<(&'static str, Coin)> {
    vec![
        ("today", Coin::new(0.3)),
        ("twin", Coin { number: 1, ..Coin::new(0.3) }),
        ("cheap", Coin { cost: 1.0, number: 2, ..Coin::new(0.1) }),
        ("dear", Coin { cost: 2.0, mean: -0.5, number: 3, ..Coin::new(0.1) }),
    ]
}

#[test]
fn each_plan_is_better_where_it_is_and_no_difference_is_shown_where_there_is_none() {
    let findings = compared(&coins(), 0, 2_000, 1);
    let shown = |plan, id, stat| difference(&findings, plan, id, stat).shown;
    assert_eq!(shown(1, "heads", Stat::Share), Shown::Nothing);
    assert_eq!(shown(1, "level", Stat::Mean), Shown::Nothing);
    assert_eq!(shown(2, "heads", Stat::Share), Shown::Better);
    assert_eq!(shown(2, "level", Stat::Mean), Shown::Nothing);
    assert_eq!(shown(2, "cost", Stat::Mean), Shown::Worse);
    assert_eq!(shown(3, "level", Stat::Mean), Shown::Worse);
    assert!(findings.plans[0].differences.is_empty());
}

/// The same draw decides under every plan, so the plan with the smaller chance is never worse in a run.
#[test]
fn runs_are_compared_one_by_one() {
    let findings = compared(&coins(), 0, 2_000, 1);
    let heads = difference(&findings, 2, "heads", Stat::Share);
    assert_eq!((heads.above, heads.n()), (0, 2_000));
    assert_eq!(heads.value.unwrap(), -(heads.below as f64) / 2_000.0);
    assert_eq!(heads.better_and_worse(&findings.subjects[0]), Some((heads.below, 0)));
    // Five standard errors around the 400 runs in which the draw lies between 10 % and 30 %.
    assert!((heads.below as f64 - 400.0).abs() < 5.0 * libm::sqrt(2_000.0 * 0.2 * 0.8), "{heads:?}");
    // Onsets have the same draw too: where it happened under both, it happened at the same moment.
    let onset = difference(&findings, 2, "heads", Stat::Onset);
    assert_eq!((onset.value, onset.above + onset.below), (Some(0.0), 0));
}

/// Both measures hold the same standard normal noise; the second has half as much of its own. Unpaired, the variance of the
/// difference is 1 + 1.25; paired, it is 0.25.
#[test]
fn pairing_gains_what_theory_says() {
    let plans = [("one", Coin::new(0.3)), ("other", Coin { noise: 0.5, number: 1, ..Coin::new(0.3) })];
    let gain = difference(&compared(&plans, 0, 20_000, 2), 1, "level", Stat::Mean).gain().unwrap();
    assert!((gain - 3.0).abs() < 0.1, "{gain}");
}

#[test]
fn a_plan_is_dominated_only_if_another_is_nowhere_worse() {
    let findings = compared(&coins(), 0, 2_000, 1);
    let dominated = |plan: usize| findings.plans[plan].dominated_by.clone();
    assert_eq!(dominated(3), [2], "dear is worse than cheap in cost and level");
    assert_eq!(dominated(2), [] as [usize; 0], "today costs less");
    assert_eq!(dominated(0), [] as [usize; 0], "nobody is better for nothing");
}

#[test]
fn regret_and_the_share_of_best_runs_are_counted_against_the_best_plan_of_each_run() {
    let findings = compared(&coins(), 0, 2_000, 1);
    let level = |plan: usize, subject: usize| &findings.plans[plan].levels[subject];
    let share = |plan: usize| level(plan, 0).share.value();
    // Cheap has heads only where all have, so today's regret is the difference of the shares, and cheap has none.
    assert!((level(0, 0).regret.mean().unwrap() - (share(0) - share(2))).abs() < 1e-12);
    assert_eq!((level(2, 0).regret.mean(), level(2, 0).best.hits), (Some(0.0), 2_000));
    assert_eq!(level(3, 2).regret.mean(), Some(2.0));
    assert_eq!(findings.plans[0].spared.unwrap().hits, 2_000 - level(0, 0).share.hits);
}

#[test]
fn threads_change_nothing() {
    let findings = |threads| format!("{:?}", compared(&coins(), 2, 3_000, threads));
    assert_eq!(findings(1), findings(4));
}

/// Twenty plans that are all the same but for noise of their own: with one test in twenty unadjusted, some would look better.
#[test]
fn many_plans_that_are_alike_are_not_told_apart_by_chance() {
    let plans: Vec<(String, Coin)> =
        (0..21).map(|number| (format!("plan-{number}"), Coin { noise: 1.0, number, ..Coin::new(0.2) })).collect();
    let plans: Vec<(&str, Coin)> = plans.iter().map(|(name, coin)| (name.as_str(), coin.clone())).collect();
    let findings = compared(&plans, 0, 500, 2);
    let differences = || findings.plans.iter().flat_map(|plan| &plan.differences);
    assert!(differences().all(|difference| difference.shown == Shown::Nothing));
    assert!(differences().all(|difference| difference.p_holm >= difference.p));
    assert_eq!(findings.family, 20 * 4);
}

#[test]
fn what_not_all_plans_have_is_named_and_left_out() {
    let full = columns();
    let mut poor = columns();
    poor.measures.remove(0);
    let comparison = Comparison::new(&[("full", &full), ("poor", &poor)], 0);
    let ids: Vec<&str> = comparison.subjects().iter().map(|subject| subject.id.as_str()).collect();
    assert_eq!(ids, ["heads", "cost"]);
    assert_eq!(comparison.findings().missing, ["level"]);
}

#[test]
fn a_grid_makes_every_combination() {
    let levers = ["response.mirror.takes=2min, 8min", "asset.page.recover=pert(1h, 2h, 8h),3h"];
    let levers: Vec<Lever> = levers.iter().map(|text| Lever::parse(text).unwrap()).collect();
    assert_eq!(levers[1].values, ["pert(1h, 2h, 8h)", "3h"]);
    let names: Vec<String> = full_factorial(&levers, 3).unwrap().into_iter().map(|each| each.name).collect();
    assert_eq!(
        names,
        [
            "takes=2min recover=pert(1h, 2h, 8h)",
            "takes=2min recover=3h",
            "takes=8min recover=pert(1h, 2h, 8h)",
            "takes=8min recover=3h"
        ]
    );
    let alike = ["response.a.cost=1", "response.b.cost=2"].map(|text| Lever::parse(text).unwrap());
    assert_eq!(full_factorial(&alike, 1).unwrap()[0].name, "response.a.cost=1 response.b.cost=2");
}

#[test]
fn a_grid_that_will_not_do_is_refused() {
    for text in ["takes", "=2", "a.b=", "a.b=1,,2"] {
        assert!(matches!(Lever::parse(text), Err(GridError::Shape { .. })), "{text}");
    }
    assert!(matches!(Lever::parse("a.b=1,1"), Err(GridError::Repeated { .. })));
    let many: Vec<String> = (0..=MOST_PLANS).map(|value| value.to_string()).collect();
    let lever = Lever::parse(&format!("a.b={}", many.join(","))).unwrap();
    let error = full_factorial(std::slice::from_ref(&lever), 2).unwrap_err();
    assert_eq!(error.to_string(), "2 plans and 201 combinations of values make 402; at most 200 are compared");
    assert!(matches!(full_factorial(&[lever.clone(), lever], 1), Err(GridError::Repeated { .. })));
}
