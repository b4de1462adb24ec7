//! Dates after the night: certification, refusal, extension, ascertainment, electors.

use crate::case::{Case, HOUR, Seen, taken};

const DAY: f64 = 24.0 * HOUR;

/// One state with eleven electors whose canvass is done on day nine, with whatever a test adds.
fn state(rules: &str, certification: &str, rest: &str) -> Case {
    let text = format!(
        "[scenario]\ntitle = \"After the night\"\nquestion = \"In time?\"\nstart = 2026-11-03T00:00:00Z\nend = 2027-01-31T00:00:00Z\n\
         [milestone.election-day]\nat = \"start\"\n\
         [responder.court]\nkind = \"court\"\n\
         [contest.president]\ncandidates = [\"ash\", \"birch\"]\naward = \"electors\"\nrules = \"{rules}\"\nto-win = 6\nshared-error = \"0 %\"\nregion-error = \"0 %\"\nown-error = \"0 %\"\n\
         [jurisdiction.vale]\ncontest = \"president\"\nballots = 1_000_000\nelectors = 11\nmargin = \"6 %\"\ncloses = \"start\"\nerrors = \"0 %\"\n\
         certification = {{ canvass = \"2d\", local = \"start + 10d\", state = \"start + 20d\", {certification} }}\n{rest}\n"
    );
    let first = [
        ("canvassed", "result.vale.canvassed"),
        ("local", "result.vale.local"),
        ("certified", "result.vale.certified"),
        ("missed", "result.vale.missed"),
        ("refused", "result.vale.refused"),
        ("ascertainment-missed", "nation.ascertainment-missed"),
        ("voted", "nation.electors-voted"),
        ("final", "nation.final"),
        ("no-majority", "nation.no-majority"),
    ];
    let last = [
        ("late", "result.vale.late"),
        ("at-stake", "nation.electors-at-stake"),
        ("electors", "nation.electors-for-first"),
    ];
    Case::of(&(text + &taken("first-time", &first) + &taken("last", &last)))
}

fn days(seen: &Seen, id: &str) -> f64 {
    let days = seen.measure(id) / DAY;
    (days * 1e6).round() / 1e6
}

#[test]
fn the_federal_calendars_are_kept() {
    for (rules, ascertained, vote, session) in [("us-2020", 35.0, 41.0, 64.0), ("us-ecra", 36.0, 42.0, 64.0)] {
        let case = state(rules, "refuses = \"0 %\"", "");
        let seen = case.run();
        assert_eq!(days(&seen, "canvassed"), 9.0, "provisional ballots on day seven, and two days");
        assert_eq!(days(&seen, "local"), 10.0);
        assert_eq!(days(&seen, "certified"), 20.0);
        assert!(seen.measure("missed").is_nan() && seen.measure("ascertainment-missed").is_nan());
        assert_eq!(days(&seen, "voted"), vote);
        assert_eq!(days(&seen, "final"), session);
        assert_eq!(seen.measure("electors"), 11.0);
        // Nothing ascertained in time: electors at stake, nobody voted for, no majority.
        let late = state(rules, "refuses = \"100 %\", compelled = \"40d\", resolved = \"100 %\"", "");
        let seen = late.run();
        assert_eq!(days(&seen, "missed"), 20.0);
        assert_eq!(days(&seen, "certified"), 50.0, "compelled forty days after day ten");
        assert_eq!(days(&seen, "late"), 30.0);
        assert_eq!(days(&seen, "ascertainment-missed"), ascertained);
        assert_eq!((seen.measure("at-stake"), seen.measure("electors")), (11.0, 0.0));
        assert_eq!(days(&seen, "no-majority"), session);
    }
}

#[test]
fn a_refusal_blocks_until_it_is_resolved_or_a_court_compels() {
    let refused = "refuses = \"100 %\", compelled = \"400d\", resolved = \"100 %\"";
    let seen = state("us-ecra", refused, "").run().measures().to_vec();
    assert!(seen[2].is_nan(), "never certified");
    let order = "[inject.order]\ntitle = \"a court orders\"\nat = \"start + 23d\"\neffect = { compel = { jurisdiction = \"vale\" } }\n";
    let case = state("us-ecra", refused, order);
    let seen = case.run();
    assert_eq!((days(&seen, "refused"), days(&seen, "certified"), days(&seen, "late")), (10.0, 23.0, 3.0));
    let case = state("us-ecra", "refuses = \"100 %\", compelled = \"3d\", resolved = \"0 %\"", "");
    assert!(case.run().measure("certified").is_nan(), "what is not resolved stays so");
}

#[test]
fn an_extension_moves_the_last_day_and_delays_nobody_who_is_ready() {
    let extension = "[inject.extension]\ntitle = \"more time\"\nat = \"start + 12d\"\neffect = { extend = { jurisdiction = \"vale\", by = \"7d\" } }\n";
    let ready = state("us-ecra", "refuses = \"0 %\"", extension);
    let seen = ready.run();
    assert_eq!(days(&seen, "certified"), 20.0);
    let slow = "refuses = \"100 %\", compelled = \"14d\", resolved = \"100 %\"";
    let case = state("us-ecra", slow, extension);
    let seen = case.run();
    assert_eq!((days(&seen, "certified"), seen.measure("late")), (24.0, 0.0));
    assert!(seen.measure("missed").is_nan(), "in time by the moved date");
    let slower = state("us-ecra", "refuses = \"100 %\", compelled = \"19d\", resolved = \"100 %\"", extension);
    let seen = slower.run();
    assert_eq!((days(&seen, "missed"), days(&seen, "certified"), days(&seen, "late")), (27.0, 29.0, 2.0));
}
