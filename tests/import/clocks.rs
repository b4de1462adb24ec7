//! Times as planners write them, one a row.

use crate::{import_table, lines, start, unread};
use canvass::intake::{Fate, Options};

/// The moments that texts in a column are read as, without their seconds; an empty text for one that is not understood.
fn read(heading: &str, texts: &[&str], options: &Options) -> Vec<String> {
    let mut table = format!("Title,{heading},To\n");
    for (place, text) in texts.iter().enumerate() {
        table += &format!("T{place},\"{text}\",county\n");
    }
    let import = import_table(&table, options);
    let doubts = unread(&import, Fate::Read);
    let is_unread = |place: usize| doubts.iter().any(|doubt| doubt.starts_with(&format!("list.csv {} B", place + 2)));
    let moments = lines(&import);
    assert_eq!(moments.len(), texts.len());
    (0..texts.len())
        .map(|place| match is_unread(place) {
            true => String::new(),
            false => moments[place].split(' ').nth(1).unwrap().replace(":00-05:00", ""),
        })
        .collect()
}

#[track_caller]
fn all(heading: &str, cases: &[(&str, &str)]) {
    // Each by itself: a clock that passes midnight between two rows is another matter.
    for (text, expected) in cases {
        let found = read(heading, &[text], &start("2026-11-03T08:00-05:00"));
        assert_eq!(found, [*expected], "{text:?}");
    }
}

#[test]
fn clocks() {
    all(
        "Time",
        &[
            ("09:05", "2026-11-03T09:05"),
            ("9:05", "2026-11-03T09:05"),
            ("0905", "2026-11-03T09:05"),
            ("905", "2026-11-03T09:05"),
            ("09.05", "2026-11-03T09:05"),
            ("09h05", "2026-11-03T09:05"),
            ("9h", "2026-11-03T09:00"),
            ("09:05 hrs", "2026-11-03T09:05"),
            ("0905 hours", "2026-11-03T09:05"),
            ("0905L", "2026-11-03T09:05"),
            ("1405Z", "2026-11-03T09:05"),
            ("1405 UTC", "2026-11-03T09:05"),
            ("08:05 CST", "2026-11-03T09:05"),
            ("9:05 am", "2026-11-03T09:05"),
            ("9:05 a.m.", "2026-11-03T09:05"),
            ("9:05PM", "2026-11-03T21:05"),
            ("9 pm", "2026-11-03T21:00"),
            ("12:05 AM", "2026-11-03T00:05"),
            ("12:05 PM", "2026-11-03T12:05"),
            ("noon", "2026-11-03T12:00"),
            ("24:00", "2026-11-04T00:00"),
            ("09:05:30", "2026-11-03T09:05:30-05:00"),
            ("~0905", "2026-11-03T09:05"),
            ("approx. 0905", "2026-11-03T09:05"),
            ("0.375", "2026-11-03T09:00"),
            ("25:00", ""),
            ("0975", ""),
            ("13:05 pm", ""),
            ("after lunch", ""),
            ("5 oder so", ""),
        ],
    );
}

#[test]
fn dates() {
    all(
        "Date/Time",
        &[
            ("2026-11-04 09:05", "2026-11-04T09:05"),
            ("2026-11-04T09:05", "2026-11-04T09:05"),
            ("2026-11-04T14:05:00Z", "2026-11-04T09:05"),
            ("2026-11-04T15:05+01:00", "2026-11-04T09:05"),
            ("2026/11/04 0905", "2026-11-04T09:05"),
            ("11/4/2026 9:05 AM", "2026-11-04T09:05"),
            ("11/4/26 0905", "2026-11-04T09:05"),
            ("11/4 0905", "2026-11-04T09:05"),
            ("14/11/2026 0905", "2026-11-14T09:05"),
            ("4.11.2026 09:05", "2026-11-04T09:05"),
            ("4 Nov 2026 0905", "2026-11-04T09:05"),
            ("4-Nov-26 09:05", "2026-11-04T09:05"),
            ("Nov 4, 2026, 9:05 am", "2026-11-04T09:05"),
            ("November 4th at 0905", "2026-11-04T09:05"),
            ("Wed 4 Nov 09:05", "2026-11-04T09:05"),
            ("Wednesday 0905", "2026-11-04T09:05"),
            ("0905, 4 November", "2026-11-04T09:05"),
            ("2 Jan 0905", "2027-01-02T09:05"),
            ("46330.378472", "2026-11-04T09:05"),
            ("31 Nov 2026 0905", ""),
            ("32/32/2026", ""),
        ],
    );
}

#[test]
fn date_time_groups() {
    all(
        "DTG",
        &[
            ("041405ZNOV2026", "2026-11-04T09:05"),
            ("041405ZNOV26", "2026-11-04T09:05"),
            ("041405Z NOV 26", "2026-11-04T09:05"),
            ("04 1405Z Nov 2026", "2026-11-04T09:05"),
            ("040905NOV2026", "2026-11-04T09:05"),
            ("040905RNOV26", "2026-11-04T09:05"),
            ("040905LNOV26", "2026-11-04T09:05"),
            ("040905", "2026-11-04T09:05"),
            ("041405Z", "2026-11-04T09:05"),
            ("040905 Nov", "2026-11-04T09:05"),
            ("420905NOV26", ""),
            ("042505NOV26", ""),
        ],
    );
}

#[test]
fn relative_times() {
    all(
        "Time",
        &[
            ("+00:30", "2026-11-03T08:30"),
            ("+ 00:30", "2026-11-03T08:30"),
            ("+ 1 02:00:00", "2026-11-04T10:00"),
            ("T+1:30", "2026-11-03T09:30"),
            ("T+90", "2026-11-03T09:30"),
            ("T + 90 min", "2026-11-03T09:30"),
            ("H+2", "2026-11-03T10:00"),
            ("D+1 H+2", "2026-11-04T10:00"),
            ("D+1 H+2 M+30", "2026-11-04T10:30"),
            ("D+1, 0905", "2026-11-04T09:05"),
            ("D-Day 0905", "2026-11-03T09:05"),
            ("D+0", "2026-11-03T08:00"),
            ("Day 2 0905", "2026-11-04T09:05"),
            ("Day 2 - 09:05", "2026-11-04T09:05"),
            ("Day two, 9:05 am", "2026-11-04T09:05"),
            ("STARTEX", "2026-11-03T08:00"),
            ("STARTEX + 15 min", "2026-11-03T08:15"),
            ("STARTEX+1h", "2026-11-03T09:00"),
            ("2 hours 30 minutes", "2026-11-03T10:30"),
            ("1.5 hours", "2026-11-03T09:30"),
            ("45 min", "2026-11-03T08:45"),
            ("+90m", "2026-11-03T09:30"),
            ("T-30", "2026-11-03T07:30"),
            ("T+", ""),
        ],
    );
    all(
        "Elapsed (min)",
        &[("90", "2026-11-03T09:30"), ("1:30", "2026-11-03T09:30"), ("12.5", "2026-11-03T08:12:30-05:00")],
    );
    all("Offset (hours)", &[("1.5", "2026-11-03T09:30"), ("26", "2026-11-04T10:00")]);
}

#[test]
fn a_span_begins_where_it_begins_and_says_so() {
    let import =
        import_table("Time,Title,To\n0900-0915,a,x\n10:00 to 10:30,b,x\n9 - 11 pm,c,x\n", &start("2026-11-03T08:00Z"));
    let moments: Vec<String> = lines(&import).iter().map(|line| line[5..].to_owned()).collect();
    assert!(lines(&import)[0].contains("09:00:00") && lines(&import)[1].contains("10:00:00"), "{moments:?}");
    assert_eq!(
        unread(&import, Fate::Read)[..2],
        ["list.csv 2 A (Time): 0900-0915", "list.csv 3 A (Time): 10:00 to 10:30"]
    );
    assert!(import.scenario.contains("# Time: 0900-0915"));
}

#[test]
fn the_order_of_day_and_month_is_that_of_the_list_or_is_asked_for() {
    let read = |dates: &[&str], options: &Options| {
        let rows: String = dates.iter().map(|date| format!("{date},0900,t,x\n")).collect();
        let import = import_table(&format!("Date,Time,Title,To\n{rows}"), options);
        let days: Vec<String> =
            lines(&import).iter().map(|line| line.split([' ', 'T']).nth(1).unwrap().to_owned()).collect();
        (days.join(" "), import.assumed.iter().any(|said| said.contains("--day-first")))
    };
    let free = Options::default();
    assert_eq!(read(&["12/05/2026"], &free), ("2026-12-05".to_owned(), true));
    assert_eq!(
        read(&["12/05/2026"], &Options { day_first: Some(true), ..free.clone() }),
        ("2026-05-12".to_owned(), false)
    );
    assert_eq!(read(&["12/05/2026", "13/05/2026"], &free), ("2026-05-12 2026-05-13".to_owned(), false));
    assert_eq!(read(&["05/12/2026", "05/13/2026"], &free), ("2026-05-12 2026-05-13".to_owned(), false));
    assert_eq!(read(&["5/5/2026"], &free), ("2026-05-05".to_owned(), false));
}

#[test]
fn what_the_list_leaves_open_is_assumed_and_said() {
    let import = import_table("Time,Title,To\n09:00,a,x\n", &Options::default());
    assert_eq!(lines(&import), ["a 2026-11-03T09:00:00+00:00 [x] a"]);
    assert!(import.assumed.iter().any(|said| said.contains("--zone")), "{:?}", import.assumed);
    assert!(import.assumed.iter().any(|said| said.contains("--start 2026-11-03T08:00")), "{:?}", import.assumed);
    for assumed in &import.assumed {
        let words: String = import.scenario.replace("\n#  ", "").replace("\n# ", " ");
        assert!(words.contains(assumed.as_str()), "{assumed}\n{}", import.scenario);
    }
    // With a zone, each moment has the offset of its day: clocks are put back between these two.
    let zone = Options { zone: Some("America/New_York".to_owned()), ..Options::default() };
    let import = import_table("Time,Title,To\n31 Oct 2026 0900,a,x\n1 Nov 2026 0900,b,x\n", &zone);
    assert_eq!(lines(&import), ["a 2026-10-31T09:00:00-04:00 [x] a", "b 2026-11-01T09:00:00-05:00 [x] b"]);
}

#[test]
fn the_first_day_may_stand_above_the_list() {
    for (block, day) in [
        ("Exercise dates: 3-4 November 2026", "2026-11-03"),
        ("November 17-19, 2026", "2026-11-17"),
        ("Held on Tuesday, 8 December 2026", "2026-12-08"),
        ("Revised: 8 December 2025", "2026-11-03"),
    ] {
        let import = import_table(&format!("\"{block}\"\nTime,Title,To\n0900,a,x\n"), &Options::default());
        assert_eq!(lines(&import), [format!("a {day}T09:00:00+00:00 [x] a")], "{block}");
    }
}

#[test]
fn midnight_is_passed_once_and_a_list_out_of_order_stays_on_its_day() {
    let import = import_table(
        "Time,Title,To\n23:00,a,x\n00:30,b,x\n23:30,c,x\n01:00,d,x\n03:00,e,x\n02:30,f,x\n",
        &start("2026-11-03T20:00Z"),
    );
    let moments: Vec<String> =
        lines(&import).iter().map(|line| line.split(' ').nth(1).unwrap()[8..16].to_owned()).collect();
    assert_eq!(moments, ["03T23:00", "04T00:30", "03T23:30", "04T01:00", "04T03:00", "04T02:30"]);
}

#[test]
fn the_scenario_lasts_from_before_the_first_inject_to_after_the_last() {
    let of = |options: &Options| {
        let import = import_table("Time,Title,To\n09:20,a,x\n14:10,b,x\n", options);
        let made = crate::scenario(&import).scenario;
        format!("{} {}", made.start, made.end)
    };
    assert_eq!(of(&start("2026-11-03T08:30-05:00")), "2026-11-03T08:30:00-05:00 2026-11-03T16:00:00-05:00");
    assert_eq!(of(&start("2026-11-03T10:00-05:00")), "2026-11-03T09:00:00-05:00 2026-11-03T16:00:00-05:00");
    assert_eq!(of(&Options::default()), "2026-11-03T09:00:00+00:00 2026-11-03T16:00:00+00:00");
}
