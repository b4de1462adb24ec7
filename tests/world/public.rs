//! The public and the platforms: reach, confidence, queues, decisions.

use crate::trial::{HOUR, MINUTE, Trial, accident, feared, last, mean, office, taken};

/// A table with what a test says, and with the usual keys where it says nothing.
fn table(name: &str, usual: &[(&str, &str)], more: &str) -> String {
    let said = |key: &str| more.lines().any(|line| line.starts_with(&format!("{key} ")));
    let usual = usual.iter().filter(|(key, _)| !said(key)).map(|(key, value)| format!("{key} = {value}\n"));
    format!("[{name}]\n{}{more}\n", usual.collect::<String>())
}

fn story(more: &str) -> String {
    let usual = [
        ("about", "\"a story\""),
        ("at", "\"start\""),
        ("posts", "4000"),
        ("branching", "0"),
        ("drive", "\"60min\""),
        ("drive-spread", "\"0.5\""),
        ("doubt", "\"0 %\""),
    ];
    table("narrative.n", &usual, more)
}

/// One minus (1 + m / kappa) to the power of minus kappa, for m views a head.
fn reach(views: f64) -> f64 {
    1.0 - libm::pow(1.0 + views / 0.15, -0.15)
}

fn near(found: f64, wanted: f64) {
    assert!((found - wanted).abs() < 1e-12, "{found}, not {wanted}");
}

#[test]
fn reach_follows_from_the_views() {
    let measures = last(&[("posts", "narrative.n.posts"), ("reach", "reach.n")]);
    let off = Trial::new(30, &(story("views = 100") + &measures));
    let seen = off.run(0);
    near(seen.measure("reach"), reach(100.0 * seen.measure("posts") / 1e6));
    // A removal that misses half of the copies: those it misses are seen like any other.
    let half = "[platform.chirp]\nreviewers = 0\nreach = \"40 %\"\n".to_owned()
        + &story("views = 100\non = { chirp = \"100 %\" }")
        + &accident("removal", 0, "remove = { narrative = \"n\", on = \"chirp\", cut = \"50 %\" }")
        + &measures;
    let trial = Trial::new(30, &half);
    let seen = trial.run(0);
    assert!((seen.measure("posts") - 2_000.0).abs() < 600.0);
    near(seen.measure("reach"), reach(100.0 * seen.measure("posts") / 1e6));
}

#[test]
fn views_fall_on_segments_by_their_use_of_the_platform() {
    let body = "[platform.chirp]\nreviewers = 0\n[segment.many]\nshare = \"75 %\"\nuses = { chirp = \"20 %\" }\n[segment.few]\nshare = \"25 %\"\nuses = { chirp = \"80 %\" }\n".to_owned()
        + &story("views = 100\non = { chirp = \"100 %\" }\ndeters = \"2 %\"")
        + &last(&[("posts", "narrative.n.posts"), ("many", "reach.n.many"), ("few", "reach.n.few"), ("all", "reach.n"), ("lost", "participation.lost")]);
    let trial = Trial::new(30, &body);
    let seen = trial.run(0);
    let views = 100.0 * seen.measure("posts");
    // Of 0.75 x 0.2 + 0.25 x 0.8 = 0.35 of the people who use it, 15 parts are in the one segment and 20 in the other.
    let (many, few) = (reach(views * 15.0 / 35.0 / 750_000.0), reach(views * 20.0 / 35.0 / 250_000.0));
    near(seen.measure("many"), many);
    near(seen.measure("few"), few);
    near(seen.measure("all"), 0.75 * many + 0.25 * few);
    near(seen.measure("lost"), 0.02 * (0.75 * many + 0.25 * few));
}

#[test]
fn uncertain_use_is_drawn_once_a_run() {
    // Whatever the shares of users turn out to be, the views add up.
    let body = "[platform.chirp]\nreviewers = 0\n[segment.one]\nshare = \"50 %\"\nuses = { chirp = \"1 % to 90 %\" }\n[segment.two]\nshare = \"50 %\"\nuses = { chirp = \"1 % to 90 %\" }\n".to_owned()
        + &story("views = 100\non = { chirp = \"100 %\" }")
        + &last(&[("posts", "narrative.n.posts"), ("one", "reach.n.one"), ("two", "reach.n.two")]);
    for seen in Trial::new(30, &body).runs(20) {
        let views = |reach: f64| 0.15 * (libm::pow(1.0 - reach, -1.0 / 0.15) - 1.0);
        let found = 500_000.0 * (views(seen.measure("one")) + views(seen.measure("two")));
        assert!((found / (100.0 * seen.measure("posts")) - 1.0).abs() < 1e-9, "{found}");
    }
}

fn camps(more: &str) -> String {
    office("office", "").replace("[responder", "[segment.reds]\nshare = \"50 %\"\ncamp = \"red\"\nconfidence = \"60 %\"\n[segment.blues]\nshare = \"30 %\"\ncamp = \"blue\"\nconfidence = \"60 %\"\n[segment.others]\nshare = \"20 %\"\nconfidence = \"50 %\"\ndistrusts = \"office\"\n[responder")
        + "[asset.page]\n"
        + more
        + &last(&[("reds", "confidence.reds"), ("blues", "confidence.blues"), ("others", "confidence.others"), ("all", "confidence.all"), ("gap", "confidence.gap")])
}

fn confidence(more: &str) -> [f64; 5] {
    let trial = Trial::new(24, &camps(more));
    let seen = trial.run(0);
    ["reds", "blues", "others", "all", "gap"].map(|id| seen.measure(id))
}

fn all_near(found: [f64; 5], wanted: [f64; 5]) {
    assert!(found.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-12), "{found:?}, not {wanted:?}");
}

#[test]
fn confidence_is_moved_by_what_was_said_done_and_decided() {
    all_near(confidence(""), [0.6, 0.6, 0.5, 0.58, 0.1]);
    all_near(confidence(&accident("shock", 60, "shake = { confidence = \"-10 %\" }")), [0.5, 0.5, 0.4, 0.48, 0.1]);
    let some = accident("shock", 60, "shake = { confidence = \"-10 %\", segment = \"reds\" }");
    all_near(confidence(&some), [0.5, 0.6, 0.5, 0.53, 0.1]);
    // Half of it is left after one half-life, at the very end.
    let worn = accident("shock", 12 * 60, "shake = { confidence = \"-10 %\", half-life = \"12h\" }");
    all_near(confidence(&worn), [0.55, 0.55, 0.45, 0.53, 0.1]);
    let declared = accident("call", 60, "declare = { winner = \"red\" }");
    all_near(confidence(&declared), [0.82, 0.31, 0.5, 0.5 * 0.82 + 0.3 * 0.31 + 0.1, 0.51]);
    let words = "[response.words]\nowner = \"office\"\nat = \"start + 1h\"\neffect = { inform = { reach = \"50 %\", trust = \"4 %\" } }\n";
    all_near(confidence(words), [0.62, 0.62, 0.5, 0.5 * 0.62 + 0.3 * 0.62 + 0.1, 0.12]);
    let beyond = accident("shock", 60, "shake = { confidence = \"-90 %\" }");
    all_near(confidence(&beyond), [0.0; 5]);
}

#[test]
fn what_was_explained_before_shakes_less() {
    let words = |minute: i64| {
        accident("words", minute, "inform = { reach = \"50 %\", trust = \"0 %\", about = \"asset.page\" }")
    };
    let shock = accident("shock", 60, "shake = { confidence = \"-10 %\", about = \"asset.page\" }");
    all_near(confidence(&(words(30) + &shock)), [0.55, 0.55, 0.45, 0.53, 0.1]);
    all_near(confidence(&(words(90) + &shock)), [0.5, 0.5, 0.4, 0.48, 0.1]);
}

#[test]
fn camps_mirror_each_other() {
    let won = |winner: &str| confidence(&accident("call", 60, &format!("declare = {{ winner = \"{winner}\" }}")));
    let (red, blue) = (won("red"), won("blue"));
    assert_eq!((red[0], red[1], red[2]), (blue[1], blue[0], blue[2]));
}

#[test]
fn without_adversary_and_fuel_nothing_happens() {
    let body = camps(
        "[platform.chirp]\n[narrative.n]\nabout = \"a story\"\non = { chirp = \"100 %\" }\n[[narrative.n.fuel]]\nwhen = \"asset.page.dark\"\nrate = \"100/h\"\n[adversary.idle]\nkind = \"state\"\n",
    ) + &feared(&[
        ("dark", "asset.page.dark"),
        ("spread", "reach.n > 0"),
        ("doubt", "confidence.all < 57 %"),
        ("wrong", "asset.page.wrong"),
        ("action", "platform.chirp.actions > 0"),
    ]);
    for seen in Trial::new(24 * 30, &body).runs(20) {
        assert!(seen.is_ok() && seen.outcome.contingencies.iter().all(|each| each.onset.is_none()));
    }
}

/// A platform that looks at everything at once and always decides right, unless a test says otherwise.
fn platform(more: &str) -> String {
    let usual = [
        ("reviewers", "1"),
        ("review", "\"5min\""),
        ("triage", "\"10min\""),
        ("reports", "\"100 %\""),
        ("coverage", "\"100 %\""),
        ("sensitivity", "\"100 %\""),
        ("specificity", "\"100 %\""),
        ("propagation", "\"0min\""),
        ("measure", "\"remove\""),
        ("removal-caught", "\"100 %\""),
    ];
    table("platform.chirp", &usual, more)
}

const DESK: &[(&str, &str)] = &[
    ("reviewed", "platform.chirp.reviewed"),
    ("actions", "platform.chirp.actions"),
    ("wrong", "platform.chirp.wrong-actions"),
    ("posts", "narrative.n.posts"),
    ("wait", "platform.chirp.wait"),
];

#[test]
fn a_report_leads_to_triage_review_decision_and_effect() {
    let body = platform("propagation = \"30min\"")
        + &story("on = { chirp = \"100 %\" }")
        + &last(DESK)
        + &feared(&[
            ("first-post", "narrative.n.surfaced"),
            ("acted", "platform.chirp.actions > 0"),
            ("hour-later", "narrative.n.curbed > 0"),
        ])
        + &taken("first-time", &[("up", "narrative.n.surfaced")]);
    let trial = Trial::new(30, &body);
    let seen = trial.run(0);
    let up = seen.onset("first-post").expect("it surfaces");
    assert_eq!(seen.onset("acted"), Some(up + 15 * MINUTE));
    // Every post is reported, so the item is looked at again each time its posts have doubled, until they stop.
    assert!(seen.measure("reviewed") >= 1.0 && seen.measure("posts") < 4_000.0);
    assert_eq!(seen.measure("wrong"), 0.0);
    assert_eq!(seen.onset("hour-later"), None, "what is removed brings no post that could be counted as held back");
}

#[test]
fn coverage_is_drawn_once_an_item_and_recognition_at_every_review() {
    let acted = |more: &str| {
        let body =
            platform(&format!("measure = \"nothing\"\n{more}")) + &story("on = { chirp = \"100 %\" }") + &last(DESK);
        let trial = Trial::new(30, &body);
        let runs = trial.runs(1_000);
        assert!(runs.iter().all(|seen| seen.measure("reviewed") >= 3.0));
        mean(runs.iter().map(|seen| f64::from(u8::from(seen.measure("actions") > 0.0)))).0
    };
    let error = 4.0 * (0.3_f64 * 0.7 / 1_000.0).sqrt();
    let covered = acted("coverage = \"30 %\"");
    assert!((covered - 0.3).abs() < error, "{covered}");
    let recognised = acted("sensitivity = \"30 %\"");
    // Three looks at the least find it with 1 - 0.7^3.
    assert!(recognised > 1.0 - 0.7 * 0.7 * 0.7 - error, "{recognised}");
}

#[test]
fn measures_against_accurate_stories_count_as_wrong() {
    let body = platform("measure = \"nothing\"\nspecificity = \"0 %\"")
        + &story("accurate = true\non = { chirp = \"100 %\" }")
        + &last(DESK);
    let trial = Trial::new(30, &body);
    let seen = trial.run(0);
    assert_eq!(seen.measure("actions"), 0.0);
    assert_eq!(seen.measure("wrong"), seen.measure("reviewed"));
}

#[test]
fn a_tip_goes_first_and_needs_no_triage() {
    let acted = |tip: &str| {
        let body = platform("triage = \"6h\"")
            + &story("on = { chirp = \"100 %\" }")
            + tip
            + &last(DESK)
            + &feared(&[("acted", "platform.chirp.actions > 0")]);
        Trial::new(30, &body).run(0).onset("acted")
    };
    let tip = |minute: i64| accident("tip", minute, "tip = { narrative = \"n\" }");
    assert_eq!(acted(&tip(0)), Some(5 * MINUTE));
    // Reported by then and in triage: the tip ends it.
    assert_eq!(acted(&tip(180)), Some(185 * MINUTE));
    assert!(acted("") > Some(6 * HOUR));
}

#[test]
fn election_items_are_served_while_unrelated_reports_pile_up() {
    // Three times the capacity of two reviewers.
    let body = platform("reviewers = 2\nreview = \"4min\"\nother-reports = \"90/h\"\nmeasure = \"nothing\"")
        + &story("on = { chirp = \"100 %\" }\nposts = 100000\ndrive = \"12h\"")
        + &last(DESK)
        + &last(&[("backlog", "platform.chirp.backlog")]);
    let ends = |hours: i64| {
        let trial = Trial::new(hours, &body);
        let runs = trial.runs(10);
        let of = |id: &str| mean(runs.iter().map(|seen| seen.measure(id))).0;
        (of("wait"), of("backlog"))
    };
    let (short, long) = (ends(30), ends(60));
    assert!(
        short.0 < 4.0 * MINUTE as f64 && long.0 < 4.0 * MINUTE as f64,
        "an item waits for one review at most: {short:?}, {long:?}"
    );
    // Sixty an hour more than can be done.
    let growth = (long.1 - short.1) / 30.0;
    assert!((growth - 60.0).abs() < 5.0, "{growth} an hour");
}

#[test]
fn unrelated_reports_delay_items_as_erlang_said() {
    // One reviewer, Poisson reports, exponential reviews: an item that arrives rarely sees the queue's mean wait of its class.
    // Items go before unrelated reports, so an item waits only for the review under way: rho times one mean review.
    let rho = 0.6;
    let one = |name: &str, hour: i64| {
        format!(
            "[narrative.{name}]\nabout = \"a story\"\non = {{ chirp = \"100 %\" }}\nkernel = \"log-virality\"\nat = \"start + {hour}h\"\nvirality = {{ alpha = 3, beta = 0, delta = 0, lambda = 1, lasts = \"5min\" }}\n"
        )
    };
    let body = platform("review = \"exponential(mean 10min)\"\nother-reports = \"3.6/h\"\nmeasure = \"nothing\"")
        + &(0..40).map(|each| one(&format!("n-{each}"), 10 + 20 * each)).collect::<String>()
        + &last(&[("wait", "platform.chirp.wait")]);
    let (wait, error) = Trial::new(24 * 36, &body).mean(100, "wait");
    let wanted = rho * 10.0 * MINUTE as f64;
    assert!(
        (wait - wanted).abs() < 4.0 * error && error < 0.05 * wanted,
        "{wait}, not {wanted}; standard error {error}"
    );
}

#[test]
fn the_automatic_brake_acts_before_any_review_and_a_review_lifts_it() {
    let curbed = |more: &str| {
        let body = platform(&format!("measure = \"nothing\"\n{more}"))
            + &story("on = { chirp = \"100 %\" }\nbranching = 0.5")
            + &last(DESK)
            + &last(&[("curbed", "narrative.n.curbed")])
            + &taken("first-time", &[("braked", "narrative.n.curbed > 0")]);
        let trial = Trial::new(30, &body);
        let seen = trial.run(0);
        (seen.measure("curbed"), seen.measure("braked"))
    };
    let breaker = "circuit-breaker = { above = 100, cut = \"90 %\", lasts = \"100h\" }\n";
    assert_eq!(curbed("reviewers = 0").0, 0.0);
    let braked = curbed(&format!("reviewers = 0\n{breaker}"));
    assert!(braked.0 > 1_000.0 && braked.1 < 2.0 * HOUR as f64, "{braked:?}");
    // A review that finds nothing wrong ends the brake; the same growth does not set it off again while it would have held.
    let lifted = curbed(&format!("triage = \"40min\"\nsensitivity = \"0 %\"\n{breaker}"));
    assert!(lifted.0 > 0.0 && lifted.0 < braked.0 / 2.0, "{lifted:?} and {braked:?}");
}

#[test]
fn enough_strikes_end_in_a_ban() {
    let banned = |strikes: u32| {
        let body = platform(&format!("measure = \"nothing\"\nstrikes = {strikes}\nban-cut = \"100 %\""))
            + &story("on = { chirp = \"100 %\" }")
            + &last(DESK);
        let trial = Trial::new(30, &body);
        let seen = trial.run(0);
        (seen.measure("actions"), seen.measure("posts"))
    };
    let (never, first, third) = (banned(0), banned(1), banned(3));
    assert!(never.1 > 3_500.0 && first.1 < third.1 && third.1 < never.1, "{never:?} {first:?} {third:?}");
    // A ban of all who spread it leaves nothing to look at again.
    assert_eq!((first.0, third.0), (1.0, 3.0));
}
