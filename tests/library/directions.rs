//! Better preparation never makes things worse. Plans share their random draws, so runs are compared one by one.

use crate::shelf::{happened, measured, median, plan, scenario};
use canvass::scenario::model::{Alter, Scenario};
use canvass::scenario::{Names, Quantity};

/// Pairs of runs with the same draws, where both have a value.
fn pairs<'a>(before: &'a [f64], after: &'a [f64]) -> impl Iterator<Item = (f64, f64)> + 'a {
    before.iter().copied().zip(after.iter().copied()).filter(|(before, after)| !before.is_nan() && !after.is_nan())
}

/// Asserts that what may be late or never is earlier, or as early, in every single run, and earlier in some.
fn never_later(later: &[f64], sooner: &[f64]) {
    for (run, (later, sooner)) in later.iter().zip(sooner).enumerate() {
        assert!(sooner <= later || later.is_nan(), "run {run}: {sooner} after {later}");
    }
    assert!(pairs(later, sooner).any(|(later, sooner)| sooner < later));
}

fn with_mirror(takes: &str) -> Scenario {
    let mut scenario = plan(&scenario("starter-results-site"), "mirror");
    scenario.response["mirror"].takes = Some(Quantity::parse(takes).unwrap());
    scenario
}

#[test]
fn a_mirror_shortens_the_outage_and_a_slow_mirror_less_so() {
    let nothing = plan(&scenario("starter-results-site"), "nothing-prepared");
    let without = measured(&nothing, "outage", 500);
    let slow = measured(&with_mirror("uniform(30min, 90min)"), "outage", 500);
    let quick = measured(&with_mirror("uniform(2min, 8min)"), "outage", 500);
    // The mirror does not decide whether there is an outage.
    let dark = |outages: &[f64]| outages.iter().map(|outage| outage.is_nan()).collect::<Vec<bool>>();
    assert_eq!(dark(&without), dark(&quick));
    assert!(median(&quick) < median(&slow) && median(&slow) < median(&without));
}

#[test]
fn whatever_befalls_the_page_the_count_stays_right() {
    let loaded = scenario("starter-results-site");
    for name in loaded.plans() {
        let mut scenario = plan(&loaded, &name);
        // As bad as it can be: the figures on the page are false in every run.
        scenario.campaign["flood"].step[1].success = Some(Quantity::fixed(1.0));
        assert!(measured(&scenario, "count-wrong", 500).iter().all(|hours| *hours == 0.0), "{name}");
    }
}

#[test]
fn what_the_tabulator_has_wrong_the_page_shows_and_not_the_other_way_round() {
    let mut scenario = plan(&scenario("starter-results-site"), "protected");
    let hazard = scenario.hazard.get_mut("overload").unwrap();
    hazard.chance = Some(Quantity::fixed(1.0));
    hazard.effect.alter = Some(Alter { asset: Names(vec!["tabulator".to_owned()]) });
    let wrong = scenario.contingency.get_index_of("false-figures").unwrap();
    assert_eq!(happened(&scenario, 50)[wrong], 50);
}

#[test]
fn without_an_attack_or_an_accident_nothing_happens() {
    let mut quiet = plan(&scenario("starter-results-site"), "nothing-prepared");
    quiet.campaign.clear();
    quiet.hazard.clear();
    assert_eq!(happened(&quiet, 100), [0, 0, 0, 0]);
    // A length of no outage is no length at all, and must not pull a median down.
    assert!(measured(&quiet, "outage", 100).iter().all(|outage| outage.is_nan()));
}

#[test]
fn a_quick_correction_ends_wrong_figures_sooner_in_every_run_and_takes_the_peak_off() {
    let loaded = scenario("county-wrong-numbers");
    let (slow, quick) = (plan(&loaded, "slow-correction"), plan(&loaded, "quick-correction"));
    never_later(&measured(&slow, "corrected", 60), &measured(&quick, "corrected", 60));
    assert!(median(&measured(&quick, "peak", 60)) < median(&measured(&slow, "peak", 60)));
}

#[test]
fn a_forum_never_delays_the_naming_of_the_author() {
    let loaded = scenario("threat-mails");
    let (without, with) = (plan(&loaded, "insight"), plan(&loaded, "weekly-forum"));
    never_later(&measured(&without, "named", 100), &measured(&with, "named", 100));
}

#[test]
fn a_shorter_clearance_never_delays_the_naming_of_the_author() {
    let named = |clearance: &str| {
        let mut scenario = plan(&scenario("threat-mails"), "weekly-forum");
        scenario.response["attribution"].clearance = Some(Quantity::parse(clearance).unwrap());
        measured(&scenario, "named", 100)
    };
    let (long, short) = (named("24h to 72h"), named("1h to 6h"));
    never_later(&long, &short);
    assert!(median(&long) - median(&short) > 12.0, "clearance goes straight into the hours of a public statement");
}
