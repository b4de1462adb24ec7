//! Lines at polling places against Erlang's second formula (acceptance 5 of the count).

use crate::case::{Case, Seen, taken};

/// Places that are alike: so many voters an hour at each, so many stations, and a check-in of so many seconds.
fn case(voters: f64, stations: u32, seconds: u32, staffing: &str) -> Case {
    let text = format!(
        "[scenario]\ntitle = \"Lines\"\nquestion = \"How long?\"\nstart = 2026-11-03T20:00:00Z\nend = 2026-11-04T20:00:00Z\n\
         [contest.seat]\ncandidates = [\"ash\", \"birch\"]\n\
         [jurisdiction.vale]\ncontest = \"seat\"\nballots = {}\nmargin = \"2 %\"\ncloses = \"start\"\n\
         modes = {{ early = \"0 %\", mail = \"0 %\", drop-off = \"0 %\", late = \"0 %\", provisional = \"0 %\", overseas = \"0 %\" }}\n\
         lines = {{ places = 100, stations = {stations}, check-in = \"{seconds}s\", open = \"10h\", peak = 1, staffing = \"{staffing}\" }}\n",
        voters * 1_000.0
    );
    Case::of(&(text + &taken("last", &[("wait", "lines.vale.wait"), ("long", "lines.vale.long-waits")])))
}

fn lines(seen: &Seen) -> (f64, f64) {
    (seen.measure("wait") / 60_000.0, seen.measure("long"))
}

/// Erlang's second formula by its series, term by term.
fn erlang_c(servers: u32, load: f64) -> f64 {
    let mut term = 1.0;
    let mut sum = 0.0;
    for k in 0..servers {
        sum += term;
        term *= load / f64::from(k + 1);
    }
    let waiting = term / (1.0 - load / f64::from(servers));
    waiting / (sum + waiting)
}

#[test]
fn waits_meet_erlang() {
    // Table values: C(1, 0.8) = 0.8, C(2, 1.6) = 0.7111, C(5, 4) = 0.5541, C(10, 8) = 0.4092.
    for (servers, load, known) in [(1, 0.8, 0.8), (2, 1.6, 0.7111), (5, 4.0, 0.5541), (10, 8.0, 0.4092)] {
        assert!((erlang_c(servers, load) - known).abs() < 5e-5, "C({servers}, {load})");
        let seconds = 90;
        let voters = load * 3_600.0 / f64::from(seconds);
        let (wait, long) = lines(&case(voters, servers, seconds, "100 %").run());
        let service = f64::from(seconds) / 60.0;
        let free = f64::from(servers) / service - load / service;
        let c = erlang_c(servers, load);
        assert!((wait / (c / free) - 1.0).abs() < 1e-6, "{servers} stations: {wait} min");
        assert!((long / (c * libm::exp(-free * 30.0)) - 1.0).abs() < 1e-6, "{servers} stations: {long}");
    }
}

#[test]
fn a_place_that_cannot_keep_up_grows_a_line_all_day() {
    // 50 voters an hour, one station that takes 40: after ten hours 100 wait, and the last of them waits 2.5 hours.
    let (wait, long) = lines(&case(50.0, 1, 90, "100 %").run());
    assert!((wait - 75.0).abs() < 1e-6, "{wait} min");
    assert!((long - 0.8).abs() < 1e-9, "{long}: who comes in the first fifth of the day waits less than half an hour");
}

#[test]
fn missing_staff_closes_stations() {
    // Four stations at 60 % are two.
    assert_eq!(lines(&case(60.0, 4, 90, "60 %").run()), lines(&case(60.0, 2, 90, "100 %").run()));
}
