//! Systems: their clocks, what hangs on them, what protects them.

use crate::trial::{HOUR, MINUTE, Trial, accident, asset, feared, last, office, taken};
use canvass::engine::Span;

#[test]
fn detection_and_recovery_run_one_after_the_other() {
    let body = office("office", "")
        + &asset("page", "")
        + &accident("first", 60, "disrupt = { asset = \"page\" }")
        + &feared(&[
            ("down", "asset.page.down"),
            ("known", "asset.page.detected"),
            ("told", "responder.office.knows.asset.page"),
        ]);
    let trial = Trial::new(6, &body);
    let seen = trial.run(0);
    assert_eq!((seen.onset("down"), seen.contingency("down").duration), (Some(HOUR), Span(40 * MINUTE)));
    assert_eq!((seen.onset("known"), seen.contingency("known").duration), (Some(70 * MINUTE), Span(30 * MINUTE)));
    assert_eq!(seen.onset("told"), Some(70 * MINUTE));
}

#[test]
fn a_set_length_goes_before_recovery_even_past_the_end() {
    let down = |lasts: &str| {
        let body = office("office", "")
            + &asset("page", "")
            + &accident("first", 60, &format!("disrupt = {{ asset = \"page\", lasts = \"{lasts}\" }}"))
            + &taken("time-true", &[("down", "asset.page.down")]);
        Trial::new(6, &body).run(0).measure("down")
    };
    assert_eq!(down("5min"), 5.0 * MINUTE as f64);
    assert_eq!(down("3h"), 3.0 * HOUR as f64);
    // The length was set; that it ends after the scenario does not hand it over to the usual recovery.
    assert_eq!(down("10d"), 5.0 * HOUR as f64);
}

#[test]
fn a_diamond_of_dependencies_is_down_as_long_as_any_of_it() {
    let body = office("office", "")
        + &asset("power", "")
        + &asset("left", "depends = \"power\"")
        + &asset("right", "depends = \"power\"")
        + &asset("page", "depends = [\"left\", \"right\"]")
        + &accident("first", 60, "disrupt = { asset = \"power\" }")
        + &accident("second", 90, "disrupt = { asset = \"left\" }")
        + &feared(&[("page", "asset.page.down"), ("right", "asset.right.down"), ("power", "asset.power.down")])
        + &last(&[("outages", "asset.page.outages")]);
    let trial = Trial::new(6, &body);
    let seen = trial.run(0);
    assert_eq!((seen.onset("power"), seen.contingency("power").duration), (Some(HOUR), Span(40 * MINUTE)));
    assert_eq!(seen.contingency("right").duration, Span(40 * MINUTE));
    // Power is back at minute 100. The left branch, known to be down since minute 70, is mended from minute 90 on.
    assert_eq!((seen.onset("page"), seen.contingency("page").duration), (Some(HOUR), Span(HOUR)));
    assert_eq!(seen.measure("outages"), 1.0);
}

#[test]
fn whoever_runs_a_system_notices_that_it_is_down_for_want_of_another() {
    let body = office("office", "")
        + &office("host", "")
        + "[asset.power]\nowner = \"host\"\ndetect = \"1h\"\nrecover = \"2h\"\n"
        + &asset("page", "depends = \"power\"\nfallback = { takes = \"5min\", rate = \"50 %\" }")
        + &accident("first", 60, "disrupt = { asset = \"power\" }")
        + &feared(&[
            ("known", "asset.page.detected"),
            ("told", "responder.office.knows.asset.page"),
            ("dark", "asset.page.dark"),
            ("down", "asset.page.down"),
        ]);
    let trial = Trial::new(6, &body);
    let seen = trial.run(0);
    assert_eq!(seen.onset("known"), Some(70 * MINUTE));
    assert_eq!(seen.onset("told"), Some(70 * MINUTE));
    assert_eq!(seen.contingency("dark").duration, Span(15 * MINUTE));
    // It comes back with what it depends on, three hours after that went down.
    assert_eq!(seen.contingency("down").duration, Span(3 * HOUR));
    assert_eq!(seen.contingency("known").duration, Span(3 * HOUR - 10 * MINUTE));
}

#[test]
fn a_display_shows_what_the_count_holds_and_never_changes_it() {
    let pair = office("office", "")
        + &asset("tabulator", "correct = \"1h\"")
        + &asset("page", "reads = \"tabulator\"\ncorrect = \"20min\"");
    let wrong = feared(&[("page", "asset.page.wrong"), ("total", "asset.tabulator.wrong")]);
    let count = pair.clone() + &accident("error", 60, "alter = { asset = \"tabulator\" }") + &wrong;
    let trial = Trial::new(6, &count);
    let seen = trial.run(0);
    assert_eq!((seen.onset("total"), seen.contingency("total").duration), (Some(HOUR), Span(70 * MINUTE)));
    assert_eq!((seen.onset("page"), seen.contingency("page").duration), (Some(HOUR), Span(70 * MINUTE)));

    let display =
        pair.clone() + &accident("error", 60, "alter = { asset = \"page\" }, disrupt = { asset = \"page\" }") + &wrong;
    let trial = Trial::new(6, &display);
    let seen = trial.run(0);
    assert_eq!((seen.onset("page"), seen.contingency("page").duration), (Some(HOUR), Span(30 * MINUTE)));
    assert_eq!(seen.onset("total"), None);

    // Both wrong at once: the page is right again only when both are.
    let both = pair
        + &accident("error", 60, "alter = { asset = \"tabulator\" }")
        + &accident("other", 65, "alter = { asset = \"page\" }")
        + &wrong;
    let trial = Trial::new(6, &both);
    assert_eq!(trial.run(0).contingency("page").duration, Span(70 * MINUTE));
}

#[test]
fn a_fallback_gives_part_of_the_service_until_the_system_is_back() {
    let fallback = |on_request: bool, more: &str| {
        let body = office("office", "")
            + &asset("page", &format!("fallback = {{ takes = \"5min\", rate = \"40 %\", on-request = {on_request} }}"))
            + &accident("first", 60, "disrupt = { asset = \"page\" }")
            + more
            + &taken("mean", &[("service", "asset.page.service")])
            + &taken("time-true", &[("dark", "asset.page.dark"), ("down", "asset.page.down")]);
        let trial = Trial::new(6, &body);
        let seen = trial.run(0);
        (seen.measure("dark") / MINUTE as f64, seen.measure("down") / MINUTE as f64, seen.measure("service"))
    };
    let by_itself = fallback(false, "");
    assert_eq!((by_itself.0, by_itself.1), (15.0, 40.0));
    assert!((by_itself.2 - (1.0 - (15.0 + 0.6 * 25.0) / 360.0)).abs() < 1e-12, "{}", by_itself.2);
    assert_eq!(fallback(true, "").0, 40.0);
    let request = "[response.switch]\nowner = \"office\"\nwhen = \"asset.page.down\"\ntakes = \"8min\"\neffect = { fail-over = { asset = \"page\" } }\n";
    assert_eq!(fallback(true, request).0, 18.0);
    // What the first outage left must not help in the second.
    let again = request.to_owned() + &accident("second", 200, "disrupt = { asset = \"page\" }");
    assert_eq!(fallback(true, &again).0, 18.0 + 40.0);
}

#[test]
fn hardening_and_shields_stop_attacks_but_not_accidents() {
    let attacked = |hardened: &str, shield: &str| {
        let body = office("office", "")
            + &asset("page", &format!("hardened = \"{hardened}\""))
            + "[adversary.a]\nkind = \"hacktivist\"\n[campaign.c]\nby = \"a\"\n[[campaign.c.step]]\nat = \"start + 1h\"\neffect = { disrupt = { asset = \"page\" } }\n"
            + &accident("later", 200, "disrupt = { asset = \"page\" }")
            + shield
            + &last(&[("outages", "asset.page.outages"), ("repelled", "asset.page.repelled")])
            + &taken("time-true", &[("down", "asset.page.down")]);
        Trial::new(6, &body)
    };
    let shield = |stops: &str, shortens: &str| {
        format!(
            "[inject.shield]\ntitle = \"shield\"\nat = \"start + 1min\"\neffect = {{ shield = {{ asset = \"page\", stops = \"{stops}\", shortens = \"{shortens}\" }} }}\n"
        )
    };
    let counts = |trial: &Trial| {
        let seen = trial.run(0);
        (seen.measure("outages"), seen.measure("repelled"), seen.measure("down") / MINUTE as f64)
    };
    assert_eq!(counts(&attacked("0 %", "")), (2.0, 0.0, 80.0));
    assert_eq!(counts(&attacked("100 %", "")), (1.0, 1.0, 40.0));
    assert_eq!(counts(&attacked("0 %", &shield("100 %", "0 %"))), (1.0, 1.0, 40.0));
    // Detection takes as long as ever; the thirty minutes after it are cut to fifteen, for accidents as well.
    assert_eq!(counts(&attacked("0 %", &shield("0 %", "50 %"))), (2.0, 0.0, 50.0));
    // Half of what gets through the one is stopped by the other: three quarters of 4,000 attacks, within four standard errors.
    let trial = attacked("50 %", &shield("50 %", "0 %"));
    let (share, _) = trial.mean(4_000, "repelled");
    assert!((share - 0.75).abs() < 4.0 * (0.75_f64 * 0.25 / 4_000.0).sqrt(), "{share}");
}

#[test]
fn a_second_outage_has_to_be_noticed_anew() {
    let body = office("office", "")
        + &asset("page", "")
        + &accident("first", 60, "disrupt = { asset = \"page\" }")
        + &accident("second", 200, "disrupt = { asset = \"page\" }")
        + "[response.mirror]\nowner = \"office\"\nwhen = \"asset.page.down\"\ntakes = \"2min\"\nrepeats = true\neffect = { restore = { asset = \"page\" } }\n"
        + &taken("time-true", &[("down", "asset.page.down"), ("knows", "responder.office.knows.asset.page")]);
    let trial = Trial::new(6, &body);
    let seen = trial.run(0);
    assert_eq!(seen.measure("down"), 2.0 * 12.0 * MINUTE as f64);
    // From minute 70 until the news of the second outage at minute 200, and again from minute 210 to the end.
    assert_eq!(seen.measure("knows"), (130.0 + 150.0) * MINUTE as f64);
}

#[test]
fn an_intruder_is_found_late_sooner_if_noisy_and_at_once_by_inspection() {
    let found = |noise: &str, more: &str| {
        let body = office("office", "")
            + &asset("page", "detect-intrusion = \"100min\"")
            + &accident("entry", 60, &format!("compromise = {{ asset = \"page\"{noise} }}"))
            + more
            + &feared(&[("known", "asset.page.detected"), ("inside", "asset.page.compromised")]);
        let trial = Trial::new(6, &body);
        let seen = trial.run(0);
        (seen.onset("known"), seen.contingency("inside").duration)
    };
    assert_eq!(found("", ""), (Some(160 * MINUTE), Span(5 * HOUR)));
    assert_eq!(found(", noise = 4", "").0, Some(85 * MINUTE));
    assert_eq!(found("", &accident("look", 70, "inspect = { asset = \"page\" }")).0, Some(70 * MINUTE));
    assert_eq!(found("", &accident("out", 80, "restore = { asset = \"page\" }")), (None, Span(20 * MINUTE)));
}

#[test]
fn an_inspection_of_what_is_known_already_leaves_its_correction_alone() {
    let body = office("office", "")
        + &asset("ledger", "correct = \"60min\"")
        + &accident("error", 60, "alter = { asset = \"ledger\" }")
        + &accident("look", 90, "inspect = { asset = \"ledger\" }")
        + &accident("again", 140, "alter = { asset = \"ledger\" }")
        + &taken("time-true", &[("wrong", "asset.ledger.wrong")]);
    let trial = Trial::new(6, &body);
    // Found at minute 70 and right at minute 130; wrong again at minute 140, found at 150, right at 210.
    assert_eq!(trial.run(0).measure("wrong"), 140.0 * MINUTE as f64);
}
