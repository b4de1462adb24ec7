//! The night: early leads and their reversal, and what rules, outages, halts and more staff do to them (acceptance 2 of the count).

use crate::case::{Case, HOUR, taken};

/// One county whose numbers can be worked out by hand: half of a million ballots by mail, the rest in person at exactly two hours.
fn county(margin: &str, gap: &str, more: &str, rest: &str) -> Case {
    let text = format!(
        "[scenario]\ntitle = \"A night\"\nquestion = \"Who leads?\"\nstart = 2026-11-03T20:00:00Z\nend = 2026-11-13T20:00:00Z\n\
         [responder.clerk]\nkind = \"local-election-office\"\n\
         [asset.page]\nowner = \"clerk\"\ndetect = \"1min\"\nrecover = \"500h\"\n\
         [contest.seat]\ncandidates = [\"ash\", \"birch\"]\nshared-error = \"0 %\"\nregion-error = \"0 %\"\nown-error = \"0 %\"\ncaller = {{ deliberates = \"0min\" }}\n\
         [jurisdiction.vale]\ncontest = \"seat\"\nowner = \"clerk\"\nballots = 1_000_000\nmargin = \"{margin}\"\nothers = \"0 %\"\ncloses = \"start\"\n\
         reports = \"2h\"\nreports-growth = 0\nreports-spread = 0\npublication = \"0min\"\npile = \"40h\"\nrejected = \"0 %\"\nerrors = \"0 %\"\n\
         modes = {{ early = \"0 %\", mail = \"50 %\", drop-off = \"0 %\", late = \"0 %\", provisional = \"0 %\", overseas = \"0 %\" }}\ngaps = {{ mail = \"{gap}\" }}\n{more}\n{rest}\n"
    );
    let key = |key: &str| format!("count.vale.{key}");
    let of: Vec<(String, String)> = [
        "lead",
        "counted",
        "published",
        "share",
        "outstanding",
        "mirage",
        "last-lead-change",
        "time-to-95",
        "done",
        "mail.published",
        "final-margin",
    ]
    .iter()
    .map(|each| (each.replace('.', "-"), key(each)))
    .chain([("call".to_owned(), "call.vale.time".to_owned()), ("called".to_owned(), "call.vale.made".to_owned())])
    .collect();
    let of: Vec<(&str, &str)> = of.iter().map(|(id, value)| (id.as_str(), value.as_str())).collect();
    let text = text
        + &taken("last", &of)
        + &taken("first-time", &[("counted-all", "count.vale.done"), ("first-published", "count.vale.published > 0")]);
    Case::of(&text)
}

#[test]
fn mail_flows_at_its_pace_and_meets_the_final_margin() {
    // Ten of forty hours before the close: a quarter is ready and comes with the precincts at two hours; the rest at 12,500 an hour
    // through the night, then sixteen hours of every day: 30 hours of work are done after 12 + 16 + 8 (rest) + 2 = 38 hours.
    let seen = county("4 %", "40 %", "release = \"merged\"\npre-processing = \"10h\"", "").run();
    assert_eq!(seen.measure("done"), 1.0);
    assert!((seen.measure("counted-all") / HOUR - 38.0).abs() < 1e-6, "{}", seen.measure("counted-all") / HOUR);
    assert!((seen.measure("lead") - 0.04).abs() < 1e-9);
    assert!((seen.measure("final-margin") - 0.04).abs() < 1e-12);
    // In person -16 %, by mail +24 %: with n ballots by mail the lead is 0.24 n - 0.16 x 500,000, which is nothing at 333,333: after
    // 125,000 by ED and 17 hours of work (208,333 / 12,500 = 16.7); 12 of the first night, then 5.
    assert!(
        (seen.measure("last-lead-change") / HOUR - 17.0).abs() < 1e-6,
        "{}",
        seen.measure("last-lead-change") / HOUR
    );
    // The loser's lead is highest with the first figures published: at two hours 125,000 + 25,000 by mail.
    let peak = (0.16 * 500_000.0 - 0.24 * 150_000.0) / 650_000.0;
    assert!((seen.measure("mirage") - peak).abs() < 0.011, "{} for {peak}", seen.measure("mirage"));
}

#[test]
fn one_mechanism_makes_early_leads_for_either_side_and_release_decides_which() {
    let early = |margin: &str, release: &str| {
        let case = county(margin, "60 %", &format!("release = \"{release}\"\npre-processing = \"20h\""), "");
        let seen = case.run();
        (seen.course("lead", 4.0), seen.measure("final-margin"), seen.measure("mirage"))
    };
    // A winner by mail trails where mail waits, and a loser by mail leads where mail is published first; only `release` differs.
    let (waits, winner, _) = early("1 %", "end");
    assert!(waits < 0.0 && winner > 0.0);
    let first = county("-1 %", "60 %", "release = \"first\"\npre-processing = \"20h\"", "").run();
    assert!(first.measure("mirage") > 0.25, "{}", first.measure("mirage"));
    // The same place, the same votes: what is shown first is for one side or the other.
    let night = |release: &str| {
        let more = format!("release = \"{release}\"\npre-processing = \"40h\"");
        let text = county(
            "1 %",
            "60 %",
            &more,
            "[contingency.second]\ntitle = \"the second leads\"\nwhen = \"count.vale.lead < -1 %\"\n[contingency.first]\ntitle = \"the first leads\"\nwhen = \"count.vale.lead > 5 %\"\n",
        );
        let seen = text.run();
        (seen.contingency("first").onset.is_some(), seen.contingency("second").onset.is_some())
    };
    assert_eq!(night("first"), (true, false));
    assert_eq!(night("after-night"), (false, true));
}

#[test]
fn a_week_of_processing_ahead_removes_most_of_the_early_lead() {
    let peak = |hours: u32, release: &str| {
        county("1 %", "60 %", &format!("release = \"{release}\"\npre-processing = \"{hours}h\""), "")
            .run()
            .measure("mirage")
    };
    let (none, week) = (peak(0, "merged"), peak(70, "merged"));
    assert!(none > 0.2, "{none}");
    assert!(week < 0.2 * none, "{week} of {none}");
}

#[test]
fn every_policy_publishes_everything_in_the_end_also_when_it_is_changed() {
    let policies = ["first", "merged", "middle", "end", "after-night"];
    for policy in policies {
        for other in policies {
            for at in ["1h", "9h", "30h"] {
                let change = format!(
                    "[inject.change]\ntitle = \"another policy\"\nat = \"start + {at}\"\neffect = {{ release = {{ jurisdiction = \"vale\", policy = \"{other}\" }} }}\n"
                );
                let seen =
                    county("1 %", "60 %", &format!("release = \"{policy}\"\npre-processing = \"20h\""), &change).run();
                assert_eq!(seen.measure("done"), 1.0, "{policy}, {other} after {at}");
                assert!((seen.measure("published") - 1_000_000.0).abs() < 0.01, "{policy}, {other} after {at}");
                assert!((seen.measure("lead") - 0.01).abs() < 1e-9, "{policy}, {other} after {at}");
            }
        }
    }
}

#[test]
fn a_dark_page_holds_figures_back_from_the_public_and_not_from_those_who_call() {
    let dark = "[inject.dark]\ntitle = \"the page goes dark\"\nat = \"start\"\neffect = { disrupt = { asset = \"page\", lasts = \"LASTS\" } }\n";
    let bright = county("30 %", "0 %", "release = \"merged\"\npre-processing = \"40h\"", "").run().measures().to_vec();
    let forever = county(
        "30 %",
        "0 %",
        "feed = \"page\"\nrelease = \"merged\"\npre-processing = \"40h\"",
        &dark.replace("LASTS", "300h"),
    );
    let seen = forever.run();
    assert_eq!(seen.measure("published"), 0.0);
    assert!((seen.measure("counted") - 1_000_000.0).abs() < 1e-6);
    assert_eq!(seen.measures()[11..13], bright[11..13], "the call");
    let some = county(
        "30 %",
        "0 %",
        "feed = \"page\"\nrelease = \"merged\"\npre-processing = \"40h\"",
        &dark.replace("LASTS", "6h"),
    );
    let seen = some.run();
    assert!((seen.measure("published") - 1_000_000.0).abs() < 0.01);
    assert!((seen.measure("first-published") / HOUR - 6.0).abs() < 1e-6, "{}", seen.measure("first-published") / HOUR);
}

#[test]
fn a_halt_stops_everything_for_as_long_as_it_lasts() {
    let halt = |at: &str, lasts: &str| {
        format!(
            "[inject.halt-{at}]\ntitle = \"a halt\"\nat = \"start + {at}\"\neffect = {{ halt-count = {{ jurisdiction = \"vale\", lasts = \"{lasts}\" }} }}\n"
        )
    };
    let more = "release = \"merged\"\npre-processing = \"40h\"";
    let seen = county("1 %", "60 %", more, &halt("0h", "5h")).run();
    assert!((seen.measure("first-published") / HOUR - 5.0).abs() < 1e-6, "{}", seen.measure("first-published") / HOUR);
    // A shorter halt within a longer one changes nothing.
    let seen = county("1 %", "60 %", more, &(halt("0h", "5h") + &halt("1h", "1h"))).run();
    assert!((seen.measure("first-published") / HOUR - 5.0).abs() < 1e-6, "{}", seen.measure("first-published") / HOUR);
    // Six hours of the first night are lost: 30 hours of work end six working hours later, after 12 + 16 + 8 + 8.
    let seen = county("1 %", "60 %", "release = \"merged\"\npre-processing = \"10h\"", &halt("3h", "6h")).run();
    assert!((seen.measure("counted-all") / HOUR - 44.0).abs() < 1e-6, "{}", seen.measure("counted-all") / HOUR);
}

#[test]
fn more_staff_and_more_shifts_count_faster() {
    let at_once = |keys: &str| {
        format!(
            "[inject.more]\ntitle = \"more staff\"\nat = \"start\"\neffect = {{ speed-count = {{ jurisdiction = \"vale\", {keys} }} }}\n"
        )
    };
    let all = |rest: &str| {
        county("1 %", "60 %", "release = \"merged\"\npre-processing = \"10h\"", rest).run().measure("counted-all")
            / HOUR
    };
    assert!((all(&at_once("factor = 2")) - 15.0).abs() < 1e-6, "thirty hours of work in fifteen");
    assert!((all(&at_once("round-the-clock = true")) - 30.0).abs() < 1e-6);
}
