//! Adversaries, responders and the word between them, on fixed clocks.

use crate::trial::{DAY, HOUR, MINUTE, Trial, accident, asset, feared, last, office, taken};
use canvass::engine::Span;

fn campaign(more: &str) -> String {
    format!(
        "[adversary.a]\nkind = \"state\"\nafter-attribution = \"50 %\"\n[adversary.a.proxy.p]\nburns = \"100 %\"\ndelays-attribution = 3\n[campaign.c]\nby = \"a\"\n{more}\n"
    )
}

fn step(more: &str) -> String {
    format!("[[campaign.c.step]]\n{more}\n")
}

const ATTEMPTS: &[(&str, &str)] = &[("attempts", "campaign.c.attempts"), ("successes", "campaign.c.successes")];

#[test]
fn steps_follow_one_another_and_failures_are_tried_again() {
    let steps =
        step("at = \"start + 1h\"\ntakes = \"20min\"") + &step("takes = \"30min\"") + &step("takes = \"10min\"");
    let trial = Trial::new(
        6,
        &(campaign(&steps) + &feared(&[("begun", "campaign.c.begun"), ("over", "campaign.c.succeeded")])),
    );
    let seen = trial.run(0);
    assert_eq!((seen.onset("begun"), seen.onset("over")), (Some(HOUR), Some(2 * HOUR)));

    let hopeless =
        step("at = \"start + 1h\"\ntakes = \"10min\"\nsuccess = \"0 %\"\nretries = 3\nretry-after = \"20min\"")
            + &step("takes = \"0min\"");
    let body = campaign(&hopeless)
        + &last(ATTEMPTS)
        + &feared(&[("second", "campaign.c.attempts > 1"), ("over", "campaign.c.succeeded")]);
    let trial = Trial::new(24, &body);
    let seen = trial.run(0);
    assert_eq!((seen.measure("attempts"), seen.measure("successes")), (4.0, 0.0));
    assert_eq!((seen.onset("second"), seen.onset("over")), (Some(100 * MINUTE), None));
}

#[test]
fn operators_limit_how_much_is_done_at_once() {
    let steps: String = (0..4).map(|_| step("at = \"start + 1h\"\ntakes = \"1h\"")).collect();
    let finished = |operators: u32| {
        let body = campaign(&steps).replace("kind = \"state\"", &format!("kind = \"state\"\noperators = {operators}"));
        let trial = Trial::new(12, &(body + &feared(&[("all", "campaign.c.successes == 4")])));
        trial.run(0).onset("all").map(|at| at / HOUR)
    };
    assert_eq!([finished(1), finished(2), finished(4)], [Some(5), Some(3), Some(2)]);
}

#[test]
fn an_attempt_is_noticed_by_whom_it_concerns() {
    let noticed = step(
        "at = \"start + 1h\"\nnoticed = \"100 %\"\nnoticed-after = \"15min\"\nsuccess = \"0 %\"\neffect = { disrupt = { asset = \"page\" } }",
    );
    let body = office("office", "")
        + &asset("page", "")
        + &campaign(&noticed)
        + &feared(&[("noticed", "campaign.c.noticed"), ("told", "responder.office.knows.campaign.c")]);
    let trial = Trial::new(6, &body);
    let seen = trial.run(0);
    assert_eq!((seen.onset("noticed"), seen.onset("told")), (Some(75 * MINUTE), Some(75 * MINUTE)));
}

#[test]
fn a_proxy_burns_once_and_delays_attribution() {
    let twice = step("at = \"start + 1h\"\nthrough = \"p\"") + &step("at = \"start + 2h\"\nthrough = \"p\"");
    let naming = |at: &str| {
        format!(
            "[inject.name]\ntitle = \"name\"\nat = \"start + {at}\"\neffect = {{ attribute = {{ adversary = \"a\", takes = \"2h\" }} }}\n"
        )
    };
    let watch = feared(&[("named", "adversary.a.attributed"), ("told", "responder.office.knows.adversary.a")])
        + &last(ATTEMPTS)
        + &last(&[("tempo", "adversary.a.tempo")]);
    let early = Trial::new(24, &(office("office", "") + &campaign(&twice) + &naming("30min") + &watch));
    let seen = early.run(0);
    assert_eq!((seen.measure("attempts"), seen.measure("successes")), (2.0, 1.0));
    assert_eq!(seen.onset("named"), Some(150 * MINUTE));
    assert_eq!(seen.onset("told"), Some(150 * MINUTE));
    assert_eq!(seen.measure("tempo"), 0.5);
    let late = Trial::new(24, &(office("office", "") + &campaign(&twice) + &naming("90min") + &watch));
    assert_eq!(late.run(0).onset("named"), Some(90 * MINUTE + 6 * HOUR));
}

#[test]
fn a_network_that_was_taken_down_comes_back_weaker_but_never_as_a_loss() {
    let capacity = |cut: &str| {
        let body = campaign(&step("at = \"start + 20h\""))
            .replace("kind = \"state\"", "kind = \"state\"\nreturns = \"5h\"\nreturns-at = \"40 %\"")
            + &accident("takedown", 60, &format!("takedown = {{ adversary = \"a\", cut = \"{cut}\" }}"))
            + &taken("lowest", &[("lowest", "adversary.a.capacity")])
            + &last(&[("last", "adversary.a.capacity")])
            + &feared(&[("back", "adversary.a.capacity > 0.3 and now > start + 2h")]);
        let trial = Trial::new(24, &body);
        let seen = trial.run(0);
        (seen.measure("lowest"), seen.measure("last"), seen.onset("back"))
    };
    let deep = capacity("80 %");
    assert!((deep.0 - 0.2).abs() < 1e-12 && deep.1 == 0.4, "{deep:?}");
    assert_eq!(deep.2, Some(6 * HOUR));
    let shallow = capacity("10 %");
    assert_eq!((shallow.0, shallow.1), (0.9, 0.9));
}

#[test]
fn deterrence_slows_and_wears_off_whole() {
    let tempo = |cut: &str| {
        let body = campaign(&step("at = \"start + 2h\"\ntakes = \"1h\""))
            + &accident("deter", 60, &format!("deter = {{ adversary = \"a\", cut = \"{cut}\", lasts = \"4h\" }}"))
            + &taken("lowest", &[("lowest", "adversary.a.tempo")])
            + &last(&[("last", "adversary.a.tempo")])
            + &feared(&[("done", "campaign.c.succeeded")]);
        let trial = Trial::new(24, &body);
        let seen = trial.run(0);
        (seen.measure("lowest"), seen.measure("last"), seen.onset("done"))
    };
    assert_eq!(tempo("50 %"), (0.5, 1.0, Some(4 * HOUR)));
    // A tempo never falls below a tenth; whatever the cut was, the old tempo comes back.
    assert_eq!(tempo("95 %"), (0.1, 1.0, Some(12 * HOUR)));
    assert_eq!(tempo("100 %"), (0.1, 1.0, Some(12 * HOUR)));
}

#[test]
fn an_inject_that_is_not_given_is_not_given_later() {
    let body = office("office", "")
        + &asset("page", "")
        + &(1..8)
            .map(|hour| accident(&format!("outage-{hour}"), hour * 60, "disrupt = { asset = \"page\" }"))
            .collect::<String>()
        + "[inject.call]\ntitle = \"call\"\nwhen = \"asset.page.down\"\nchance = \"30 %\"\n"
        + &last(&[("given", "inject.call.given")]);
    let (share, _) = Trial::new(10, &body).mean(2_000, "given");
    assert!((share - 0.3).abs() < 4.0 * (0.3_f64 * 0.7 / 2_000.0).sqrt(), "{share}");
}

#[test]
fn a_contingency_inject_waits_for_the_one_on_whose_branch_it_lies() {
    let inject = |name: &str, more: &str| format!("[inject.{name}]\ntitle = \"{name}\"\n{more}\n");
    let seen = |name: &str| (name.to_owned(), format!("inject.{name}.given"));
    let injects = ["first", "follows", "too-early", "at-once", "behind-a-condition", "patient"];
    let body = office("office", "")
        + &asset("page", "")
        + &accident("early", 60, "disrupt = { asset = \"page\" }")
        + &accident("late", 300, "disrupt = { asset = \"page\" }")
        + &inject("first", "at = \"start + 2h\"")
        // The early outage does not set it off: it lies behind `first`.
        + &inject("follows", "when = \"asset.page.down\"\nbranch-of = \"first\"")
        + &inject("too-early", "at = \"start + 90min\"\nbranch-of = \"first\"")
        // Its condition has held for long when its turn comes.
        + &inject("at-once", "when = \"now > start + 1h\"\nbranch-of = \"first\"")
        + &inject("behind-a-condition", "when = \"now > start + 1h\"\nbranch-of = \"follows\"")
        // The time it must hold counts from then on too.
        + &inject("patient", "when = \"now > start + 1h\"\nfor = \"10min\"\nbranch-of = \"first\"")
        + &injects.map(seen).iter().map(|(name, truth)| feared(&[(&format!("{name}-given"), truth)])).collect::<String>();
    let trial = Trial::new(24, &body);
    let run = trial.run(0);
    let given = injects.map(|name| run.onset(&format!("{name}-given")));
    let patient = 2 * HOUR + HOUR / 6;
    assert_eq!(given, [Some(2 * HOUR), Some(5 * HOUR), None, Some(2 * HOUR), Some(5 * HOUR), Some(patient)]);
}

fn response(name: &str, more: &str) -> String {
    // Words that move nobody: these tests are about the clocks.
    format!(
        "[response.{name}]\nowner = \"office\"\n{more}\neffect = {{ inform = {{ reach = \"1 %\", trust = \"0 %\" }} }}\n"
    )
}

fn done(responses: &[&str]) -> String {
    responses.iter().map(|name| feared(&[(&format!("{name}-done"), &format!("response.{name}.done"))])).collect()
}

#[test]
fn staff_hours_and_priority_decide_who_waits() {
    let work = |name: &str, more: &str| response(name, &format!("at = \"start + 1h\"\ntakes = \"2h\"\n{more}"));
    let jobs = work("one", "priority = 1") + &work("two", "priority = 2") + &work("urgent", "priority = 0");
    let ends = |office: String| {
        let body = office + &jobs + &done(&["one", "two", "urgent"]);
        let trial = Trial::new(72, &body);
        let seen = trial.run(0);
        ["one-done", "two-done", "urgent-done"].map(|id| seen.onset(id).map(|at| at as f64 / HOUR as f64))
    };
    // Work that has begun is not interrupted: the first in the file starts at once, then the urgent one goes first.
    assert_eq!(ends(office("office", "staff = 1")), [Some(3.0), Some(7.0), Some(5.0)]);
    assert_eq!(ends(office("office", "staff = 3")), [Some(3.0), Some(3.0), Some(3.0)]);
    // From 9 to 12 each day: nothing starts at night, the urgent one goes first, and an hour of the next is left for the morning.
    assert_eq!(
        ends(office("office", "staff = 1\nhours = \"Mon-Sun 09:00-12:00\"")),
        [Some(34.0), Some(36.0), Some(11.0)]
    );
}

#[test]
fn decision_clearance_work_and_settling_run_one_after_the_other() {
    let body = office("office", "")
        + &response(
            "first",
            "at = \"start + 1h\"\ndecide = \"10min\"\nclearance = \"20min\"\ntakes = \"30min\"\nsettles = \"40min\"\ncost = 3",
        )
        + &response("second", "after = \"first\"\ntakes = \"5min\"\ncost = 4")
        + &done(&["first", "second"])
        + &feared(&[("begun", "response.first.begun"), ("paid", "response.first.cost > 0")]);
    let trial = Trial::new(6, &body);
    let seen = trial.run(0);
    assert_eq!(seen.onset("begun"), Some(90 * MINUTE));
    assert_eq!(seen.onset("paid"), Some(120 * MINUTE));
    assert_eq!(seen.onset("first-done"), Some(160 * MINUTE));
    assert_eq!(seen.onset("second-done"), Some(165 * MINUTE));
}

#[test]
fn what_was_tried_in_vain_is_done_but_has_not_succeeded() {
    let body = |success: &str| {
        office("office", "")
            + &response("petition", &format!("at = \"start + 1h\"\ntakes = \"1h\"\nsuccess = \"{success}\""))
            + &response("next", "after = \"petition\"\ntakes = \"1h\"")
            + &done(&["petition", "next"])
            + &feared(&[("granted", "response.petition.succeeded")])
    };
    let seen = |success| {
        let trial = Trial::new(6, &body(success));
        let seen = trial.run(0);
        ["petition-done", "next-done", "granted"].map(|id| seen.onset(id).map(|at| at / HOUR))
    };
    assert_eq!(seen("100 %"), [Some(2), Some(3), Some(2)]);
    assert_eq!(seen("0 %"), [Some(2), Some(3), None]);
}

#[test]
fn what_is_over_when_the_decision_falls_needs_no_response() {
    let body = |decide: i64| {
        office("office", "")
            + &asset("page", "")
            + &accident("first", 60, "disrupt = { asset = \"page\" }")
            + &accident("second", 200, "disrupt = { asset = \"page\" }")
            + &response(
                "call",
                &format!("when = \"asset.page.down\"\ndecide = \"{decide}min\"\nrepeats = true\ncost = 1"),
            )
            + &last(&[("cost", "response.call.cost")])
    };
    // Known ten minutes after each outage, which is over thirty minutes later.
    assert_eq!(Trial::new(6, &body(29)).run(0).measure("cost"), 2.0);
    assert_eq!(Trial::new(6, &body(31)).run(0).measure("cost"), 0.0);
    let once = body(1).replace("repeats = true", "repeats = false");
    assert_eq!(Trial::new(6, &once).run(0).measure("cost"), 1.0);
}

#[test]
fn nobody_answers_what_nobody_has_heard_of() {
    let body = office("office", "")
        + &office("deaf", "")
        + &asset("page", "")
        + &accident("first", 60, "disrupt = { asset = \"page\" }")
        + &response("call", "when = \"asset.page.down\"")
        + &response("unheard", "when = \"asset.page.down\"").replace("owner = \"office\"", "owner = \"deaf\"")
        + &done(&["call", "unheard"]);
    let trial = Trial::new(6, &body);
    let seen = trial.run(0);
    assert_eq!((seen.onset("call-done"), seen.onset("unheard-done")), (Some(70 * MINUTE), None));
}

#[test]
fn word_travels_along_channels_with_latency_clearance_and_loss() {
    let arrives = |channel: &str| {
        let body = office("office", "")
            + &office("state", "")
            + &asset("page", "")
            + &accident("first", 60, "disrupt = { asset = \"page\", lasts = \"90d\" }")
            + &format!("[channel.up]\nfrom = \"office\"\nto = \"state\"\n{channel}\n")
            + &feared(&[("told", "responder.state.knows.asset.page")]);
        Trial::new(24 * 40, &body).run(0).onset("told")
    };
    let known = 70 * MINUTE;
    assert_eq!(arrives("latency = \"3h\"\nloss = \"0 %\""), Some(known + 3 * HOUR));
    assert_eq!(arrives("latency = \"3h\"\nloss = \"0 %\"\nclearance = \"2h\""), Some(known + 5 * HOUR));
    assert_eq!(arrives("latency = \"3h\"\nloss = \"100 %\""), None);
    assert_eq!(arrives("latency = \"3h\"\nloss = \"0 %\"\nabout = \"asset.page\""), Some(known + 3 * HOUR));
    // A forum shortens the way to half, 35 and 20 hundredths; what is lost or slow is handed over at the next meeting.
    assert_eq!(arrives("latency = \"10h\"\nloss = \"0 %\"\nforum = \"monthly\""), Some(known + 5 * HOUR));
    assert_eq!(arrives("latency = \"10h\"\nloss = \"0 %\"\nforum = \"weekly\""), Some(known + 210 * MINUTE));
    assert_eq!(arrives("latency = \"10h\"\nloss = \"0 %\"\nforum = \"daily\""), Some(known + 2 * HOUR));
    assert_eq!(arrives("latency = \"10h\"\nloss = \"100 %\"\nforum = \"monthly\""), Some(30 * DAY));
    assert_eq!(arrives("latency = \"100d\"\nloss = \"0 %\"\nforum = \"weekly\""), Some(7 * DAY));
    assert_eq!(arrives("latency = \"10h\"\nloss = \"100 %\"\nforum = \"daily\""), Some(DAY));
}

#[test]
fn a_meeting_passes_on_what_one_of_them_knows_if_it_takes_place() {
    let body = |when: &str| {
        office("office", "")
            + &office("state", "")
            + &asset("page", "")
            + &accident("first", 60, "disrupt = { asset = \"page\", lasts = \"90d\" }")
            + &format!(
                "[milestone.briefing]\nat = \"start + 30min\"\nevery = \"6h\"\nmeeting = [\"office\", \"state\"]\n{when}\n"
            )
            + &feared(&[("told", "responder.state.knows.asset.page")])
            + &last(&[("held-so-far", "milestone.briefing.count")])
    };
    let trial = Trial::new(24, &body(""));
    let seen = trial.run(0);
    assert_eq!(seen.onset("told"), Some(6 * HOUR + 30 * MINUTE));
    assert_eq!(seen.measure("held-so-far"), 4.0);
    assert_eq!(
        Trial::new(24, &body("when = \"now > start + 10h\"")).run(0).onset("told"),
        Some(12 * HOUR + 30 * MINUTE)
    );
}

#[test]
fn staff_who_come_take_up_what_waits() {
    let jobs = response("one", "at = \"start + 1h\"\ntakes = \"5h\"")
        + &response("two", "at = \"start + 1h\"\ntakes = \"1h\"");
    let body = office("office", "staff = 1")
        + &jobs
        + &accident("help", 120, "staff = { responder = \"office\", change = 1 }")
        + &done(&["one", "two"])
        + &taken("time-true", &[("waits", "responder.office.waiting > 0")]);
    let trial = Trial::new(24, &body);
    let seen = trial.run(0);
    assert_eq!((seen.onset("one-done"), seen.onset("two-done")), (Some(6 * HOUR), Some(3 * HOUR)));
    assert_eq!(Span(seen.measure("waits") as i64), Span(HOUR));
}
