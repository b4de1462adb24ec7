//! Conditions, contingencies and measures on scenarios whose every moment is known.

use crate::trial::{HOUR, MINUTE, SEED, Trial, accident, asset, feared, last, office, taken};
use canvass::engine::{Span, Time};
use canvass::world::{Status, World};

/// Down from minute 60 to 100 and from minute 200 to 240: found after 10 minutes, back 30 minutes later.
fn twice_down() -> String {
    [
        office("office", ""),
        asset("page", ""),
        accident("first", 60, "disrupt = { asset = \"page\" }"),
        accident("second", 200, "disrupt = { asset = \"page\" }"),
    ]
    .concat()
}

#[test]
fn a_contingency_has_its_first_moment_its_time_in_all_and_its_cause() {
    let body =
        twice_down() + &feared(&[("dark", "asset.page.down"), ("late", "now > start + 5h"), ("never", "now > end")]);
    let trial = Trial::new(6, &body);
    let seen = trial.run(0);
    let dark = seen.contingency("dark");
    assert_eq!(dark.onset, Some(Time(60 * MINUTE)));
    assert_eq!(dark.duration, Span(80 * MINUTE));
    assert_eq!(dark.severity, Some(80.0 * MINUTE as f64));
    assert!(dark.cause.is_some());
    let late = seen.contingency("late");
    assert_eq!(late.onset, Some(Time(5 * HOUR + 1)));
    assert_eq!(late.duration, Span(HOUR - 1));
    let never = seen.contingency("never");
    assert_eq!((never.onset, never.duration, never.severity), (None, Span::ZERO, None));
}

#[test]
fn a_hold_starts_afresh_when_the_condition_falls() {
    let held =
        |hold: &str| format!("[contingency.long]\ntitle = \"long\"\nwhen = \"asset.page.down\"\nfor = \"{hold}\"\n");
    let trial = Trial::new(6, &(twice_down() + &held("39min")));
    let seen = trial.run(0);
    assert_eq!(seen.onset("long"), Some(99 * MINUTE));
    assert_eq!(seen.contingency("long").duration, Span(2 * MINUTE));
    // Two outages of forty minutes are not one of forty-one.
    let trial = Trial::new(6, &(twice_down() + &held("41min")));
    assert_eq!(trial.run(0).onset("long"), None);
}

#[test]
fn what_holds_at_the_start_counts_as_a_rising_edge() {
    let body = office("office", "")
        + &asset("page", "")
        + "[hazard.at-once]\nwhen = \"asset.page.outages < 1\"\neffect = { disrupt = { asset = \"page\" } }\n"
        + &feared(&[("dark", "asset.page.down"), ("fine", "asset.page.service == 1")]);
    let trial = Trial::new(2, &body);
    let seen = trial.run(0);
    assert_eq!(seen.onset("fine"), Some(0));
    assert_eq!(seen.onset("dark"), Some(0));
    assert_eq!(seen.contingency("dark").duration, Span(40 * MINUTE));
}

#[test]
fn time_alone_turns_a_condition_at_the_exact_millisecond() {
    let conditions = [
        ("long", "asset.page.down > 15min"),
        ("long-or-longer", "asset.page.down >= 15min"),
        ("since-then", "ever(asset.page.down) and since(asset.page.down) > 2h"),
        ("window", "now > start + 90min and now < start + 91min"),
        ("after-three", "now >= start + 3h"),
    ];
    let trial = Trial::new(6, &(twice_down() + &feared(&conditions)));
    let seen = trial.run(0);
    assert_eq!(seen.onset("long"), Some(75 * MINUTE + 1));
    assert_eq!(seen.contingency("long").duration, Span(2 * (25 * MINUTE - 1)));
    assert_eq!(seen.onset("long-or-longer"), Some(75 * MINUTE));
    // The second outage, at 200 minutes, counts afresh; the first one was 120 minutes old at minute 180.
    assert_eq!(seen.onset("since-then"), Some(180 * MINUTE + 1));
    assert_eq!(seen.contingency("since-then").duration, Span(20 * MINUTE - 1 + 40 * MINUTE - 1));
    assert_eq!(seen.onset("window"), Some(90 * MINUTE + 1));
    assert_eq!(seen.contingency("window").duration, Span(MINUTE - 1));
    assert_eq!(seen.onset("after-three"), Some(3 * HOUR));
}

#[test]
fn severity_is_the_highest_value_while_the_contingency_holds() {
    let body = twice_down()
        + "[contingency.long]\ntitle = \"long\"\nwhen = \"asset.page.down\"\nseverity = \"held(asset.page.down)\"\n"
        + "[contingency.early]\ntitle = \"early\"\nwhen = \"asset.page.outages < 2\"\nseverity = \"asset.page.outages\"\n";
    let trial = Trial::new(6, &body);
    let seen = trial.run(0);
    assert_eq!(seen.contingency("long").severity, Some(40.0 * MINUTE as f64));
    // At the second outage it ceases to hold, so the two outages are not its severity.
    assert_eq!(seen.contingency("early").severity, Some(1.0));
}

#[test]
fn measures_are_exact() {
    let quantities = [("service", "asset.page.service"), ("outages", "asset.page.outages")];
    let truth = [("down", "asset.page.down")];
    let time = [
        ("long", "asset.page.down > 15min"),
        ("after", "now > start + 3h"),
        ("mid", "now > start + 100min and now < start + 101min"),
    ];
    let name = |prefix: &str, body: String| body.replace("[measure.", &format!("[measure.{prefix}-"));
    let body = twice_down()
        + &name("mean", taken("mean", &quantities))
        + &name("highest", taken("highest", &quantities))
        + &name("lowest", taken("lowest", &quantities))
        + &name("last", last(&quantities))
        + &name("true", taken("time-true", &truth))
        + &name("first", taken("first-time", &truth))
        + &name("true", taken("time-true", &time))
        + &name("first", taken("first-time", &time))
        + &name(
            "mean",
            taken("mean", &[("now", "now"), ("held", "held(asset.page.down)"), ("early", "min(now, start + 2h)")]),
        );
    let trial = Trial::new(6, &body);
    let seen = trial.run(0);
    let close = |id: &str, wanted: f64| {
        let found = seen.measure(id);
        assert!((found - wanted).abs() <= 1e-12 * wanted.abs(), "{id}: {found}, not {wanted}");
    };
    let minutes = |minutes: f64| minutes * MINUTE as f64;
    close("mean-service", 1.0 - 80.0 / 360.0);
    close("highest-service", 1.0);
    close("lowest-service", 0.0);
    close("last-service", 1.0);
    close("mean-outages", (140.0 + 2.0 * 160.0) / 360.0);
    close("highest-outages", 2.0);
    close("lowest-outages", 0.0);
    close("last-outages", 2.0);
    close("true-down", minutes(80.0));
    close("first-down", minutes(60.0));
    close("true-long", 2.0 * (minutes(25.0) - 1.0));
    close("first-long", minutes(75.0) + 1.0);
    close("true-after", minutes(180.0) - 1.0);
    close("first-after", minutes(180.0) + 1.0);
    close("true-mid", minutes(1.0) - 1.0);
    close("first-mid", minutes(100.0) + 1.0);
    close("mean-now", minutes(180.0));
    close("mean-held", minutes(2.0 * 40.0 * 20.0 / 360.0));
    close("mean-early", minutes((120.0 * 60.0 + 240.0 * 120.0) / 360.0));
}

#[test]
fn the_course_of_a_measure_does_not_depend_on_what_is_taken_of_it() {
    let quantities = [
        ("held", "held(asset.page.down)"),
        ("early", "min(now, start + 2h)"),
        ("half", "held(asset.page.down) / max(asset.page.outages, 1)"),
        ("outages", "asset.page.outages"),
    ];
    let truth = [("long", "asset.page.down > 15min"), ("down", "asset.page.down")];
    let name = |prefix: &str, body: String| body.replace("[measure.", &format!("[measure.{prefix}-"));
    let body = twice_down()
        + &name("a", last(&quantities))
        + &name("a", last(&truth))
        + &name("b", taken("mean", &quantities))
        + &name("b", taken("time-true", &truth))
        + &name("c", taken("highest", &quantities))
        + &name("c", taken("first-time", &truth));
    let trial = Trial::new(6, &body);
    let seen = trial.run(0);
    let points = trial.model.grid().len();
    let courses: Vec<&[f64]> = seen.outcome.series.chunks(points).collect();
    let [plain, mean, highest] = [&courses[..6], &courses[6..12], &courses[12..]];
    assert_eq!(plain, mean);
    assert_eq!(plain, highest);
    // Something is seen of both outages: 40 minutes each are longer than the quarter of an hour between two points.
    assert!(plain[0].iter().filter(|&&held| held > 0.0).count() >= 4, "{:?}", plain[0]);
    assert_eq!(plain[3].last(), Some(&2.0));
}

#[test]
fn what_never_happens_has_no_first_time() {
    let body = twice_down() + &taken("first-time", &[("never", "asset.page.outages > 5")]);
    let trial = Trial::new(6, &body);
    assert!(trial.run(0).measure("never").is_nan());
}

#[test]
fn hazards_that_set_one_another_off_at_one_instant_end_as_runaway() {
    let body = office("office", "")
        + &asset("page", "")
        + "[hazard.off]\nwhen = \"asset.page.service == 1\"\neffect = { disrupt = { asset = \"page\" } }\n"
        + "[hazard.on]\nwhen = \"asset.page.down\"\neffect = { restore = { asset = \"page\" } }\n";
    let trial = Trial::new(2, &body);
    assert_eq!(trial.run(0).outcome.status, Status::Runaway);
}

#[test]
fn a_runaway_leaves_nothing_behind_for_the_next_run() {
    let body = office("office", "")
        + &asset("page", "")
        + "[hazard.spark]\nat = \"start + 10min\"\nchance = \"50 %\"\neffect = { disrupt = { asset = \"page\" } }\n"
        + "[hazard.off]\nwhen = \"asset.page.service == 1 and asset.page.outages > 0\"\neffect = { disrupt = { asset = \"page\" } }\n"
        + "[hazard.on]\nwhen = \"asset.page.down\"\neffect = { restore = { asset = \"page\" } }\n"
        + &last(&[("outages", "asset.page.outages")]);
    let trial = Trial::new(2, &body);
    let mut world = World::new(&trial.model, SEED);
    let (mut ran_away, mut quiet) = (0, 0);
    for number in 0..12 {
        let outcome = world.run(number).clone();
        match outcome.status {
            Status::Runaway => ran_away += 1,
            Status::Ok => {
                quiet += 1;
                assert_eq!(outcome.measures, [0.0], "run {number}");
            }
        }
        assert_eq!(trial.run(number).outcome.status, outcome.status, "run {number}");
    }
    assert!(ran_away > 0 && quiet > 0, "{ran_away} and {quiet}");
}
