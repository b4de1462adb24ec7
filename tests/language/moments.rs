//! Moments, working hours through summer time, zones, tags and labels.

use crate::said;
use canvass::scenario::{Anchor, Calendar, DateTime, Hours, Moment, Value, check_text, label};

const HOUR: i64 = 3_600_000;

fn at(text: &str) -> DateTime {
    DateTime::parse(text).expect(text)
}

#[test]
fn a_moment_counts_from_an_anchor() {
    let parts = |text: &str| match Moment::parse(text).unwrap_or_else(|problems| panic!("{text}: {problems:?}")) {
        Moment::Relative { anchor, before, offset } => {
            let ms = offset.map(|offset| match offset.value {
                Value::Fixed(ms) => ms,
                _ => f64::NAN,
            });
            (anchor, before, ms)
        }
        Moment::At(_) => panic!("{text} is a date"),
    };
    let close = || Anchor::Milestone("polls-close".to_owned());
    assert_eq!(parts("polls-close"), (close(), false, None));
    assert_eq!(parts("polls-close + 3d"), (close(), false, Some(259_200_000.0)));
    assert_eq!(parts("polls-close+6h"), (close(), false, Some(21_600_000.0)));
    assert_eq!(parts("end - 2h"), (Anchor::End, true, Some(7_200_000.0)));
    assert_eq!(parts("start"), (Anchor::Start, false, None));
    assert_eq!(parts("2h"), (Anchor::Start, false, Some(7_200_000.0)));
    assert_eq!(parts("polls-close - (1h + 2h)"), (close(), true, Some(10_800_000.0)));
    assert!(parts("polls-close + triangular(0min, 30min, 2h)").2.expect("an offset").is_nan());
    assert!(parts("uniform(0min, 2h)").2.expect("an offset").is_nan());
    assert!(matches!(Moment::parse("2026-11-03T20:00:00-05:00"), Ok(Moment::At(_))));
}

#[test]
fn a_date_time_knows_its_offset() {
    assert_eq!(at("1970-01-01T00:00:00Z"), DateTime { unix_ms: 0, offset_s: 0 });
    assert_eq!(at("1970-01-01T00:00:00.250+01:00"), DateTime { unix_ms: -3_599_750, offset_s: 3_600 });
    assert_eq!(at("2026-11-03 19:00:00-05:00").unix_ms, 1_793_750_400_000);
}

#[test]
fn working_hours_follow_the_clock_on_the_wall() {
    // Tuesday 3 November 2026, 19:00 in Detroit.
    let start = at("2026-11-03T19:00:00-05:00");
    let hours = |text: &str, days: i64| {
        Hours::parse(text).expect(text).intervals(start, Some("America/Detroit"), days * 24 * HOUR).expect("a zone")
    };
    assert_eq!(hours("Mon-Fri 08:00-18:00", 2), [(13 * HOUR, 23 * HOUR), (37 * HOUR, 47 * HOUR)]);
    assert_eq!(hours("Mon-Fri 08:00-18:00; Sat 09:00-13:00", 4).last(), Some(&(86 * HOUR, 90 * HOUR)));
    // Open at the start, and overnight hours in one piece.
    assert_eq!(hours("daily 07:00-23:00", 1), [(0, 4 * HOUR), (12 * HOUR, 24 * HOUR)]);
    assert_eq!(hours("22:00-06:00", 1), [(3 * HOUR, 11 * HOUR)]);
    assert_eq!(hours("Tue 22:00-06:00", 7), [(3 * HOUR, 11 * HOUR)]);
    assert_eq!(hours("Mon 22:00-06:00", 1), []);
    assert_eq!(hours("daily 00:00-24:00", 3), [(0, 72 * HOUR)]);
    assert_eq!(hours("Fri-Mon 12:00-13:00", 3), [(65 * HOUR, 66 * HOUR)]);
    assert_eq!(hours("Wed 08:00-12:00, 12:00-14:00", 1), [(13 * HOUR, 19 * HOUR)]);
    assert_eq!(hours("always", 1), [(0, 24 * HOUR)]);
}

#[test]
fn summer_time_moves_the_hours() {
    // In Detroit clocks went back at 02:00 on Sunday 1 November 2026, and forward at 02:00 on Sunday 14 March 2027.
    let office = Hours::parse("daily 08:00-09:00").expect("hours");
    let autumn = office.intervals(at("2026-10-31T00:00:00-04:00"), Some("America/Detroit"), 48 * HOUR).expect("a zone");
    assert_eq!(autumn, [(8 * HOUR, 9 * HOUR), (33 * HOUR, 34 * HOUR)]);
    let spring = office.intervals(at("2027-03-13T00:00:00-05:00"), Some("America/Detroit"), 48 * HOUR).expect("a zone");
    assert_eq!(spring, [(8 * HOUR, 9 * HOUR), (31 * HOUR, 32 * HOUR)]);
    let night = Hours::parse("daily 00:00-24:00").expect("hours");
    let whole = night.intervals(at("2027-03-13T00:00:00-05:00"), Some("America/Detroit"), 72 * HOUR).expect("a zone");
    assert_eq!(whole, [(0, 72 * HOUR)]);
    // Without a zone the offset of the start holds throughout.
    let fixed = office.intervals(at("2026-10-31T00:00:00-04:00"), None, 48 * HOUR).expect("an offset");
    assert_eq!(fixed, [(8 * HOUR, 9 * HOUR), (32 * HOUR, 33 * HOUR)]);
}

#[test]
fn labels_name_the_day_where_there_are_several() {
    let start = at("2026-11-03T19:00:00-05:00");
    assert_eq!(label(start, Some("America/Detroit"), 65 * 60_000), "Tue 3 Nov 20:05");
    assert_eq!(label(start, None, 65 * 60_000), "Tue 3 Nov 20:05");
    let short = Calendar::new(start, None, 4 * HOUR).expect("an offset");
    assert_eq!(short.label(65 * 60_000), "20:05");
    let long = Calendar::new(start, None, 30 * HOUR).expect("an offset");
    assert_eq!(long.label(30 * HOUR), "Thu 5 Nov 01:00");
    assert_eq!(
        Calendar::new(start, Some("America/Detriot"), HOUR).expect_err("no such zone").help.as_deref(),
        Some("did you mean `America/Detroit`?")
    );
}

#[test]
fn what_is_wrong_is_said_in_words() {
    for (format, text, words) in [
        ("moment", "polls-close 3d", "3d: `+` or `-` is expected after `polls-close` | write it as `polls-close + 3d`"),
        (
            "moment",
            "polls-close + 3",
            "3: a period is needed here, but `3` has no unit | write it with a unit, as `36h`",
        ),
        ("moment", "polls-close + 30H", "H: unknown unit `H` | did you mean `30h`?"),
        (
            "moment",
            "polls-close - 1h + 2h",
            "1h + 2h: it is not clear what is subtracted here | put it in brackets: `polls-close - (1h + 2h)`",
        ),
        (
            "moment",
            "Polls_Close + 2h",
            "Polls_Close: `Polls_Close` is not a name | names are lower-case letters, digits and dashes: `polls-close`",
        ),
        ("moment", "", ": a moment is needed here | write it as `polls-close + 3d` or `2026-11-03T20:00:00-05:00`"),
        (
            "moment",
            "2026-11-03T20:00:00",
            "2026-11-03T20:00:00: `2026-11-03T20:00:00` has no offset from universal time | give it an offset, as `-05:00`",
        ),
        (
            "date-time",
            "tomorrow",
            "tomorrow: `tomorrow` is not a date and time | write it as `2026-11-03T20:00:00-05:00`",
        ),
        ("date-time", "2026-11-03", "2026-11-03: `2026-11-03` has no time | write it as `2026-11-03T20:00:00-05:00`"),
        ("hours", "monday 08:00-18:00", "monday: `monday` is not a day | did you mean `Mon`?"),
        ("hours", "Mon-Fri", "Mon-Fri: working hours are missing here | write them as `Mon-Fri 08:00-18:00`"),
        (
            "hours",
            "Mon 08:00-08:00; Tue 25:00-26:00",
            "08:00-08:00: `08:00-08:00` has no length | write `00:00-24:00` for a whole day\n\
             25:00: `25:00` is not a time of day | times are hours and minutes from 00:00 to 24:00, as `08:00`\n\
             26:00: `26:00` is not a time of day | times are hours and minutes from 00:00 to 24:00, as `08:00`",
        ),
        (
            "zone",
            "America/Detriot",
            "America/Detriot: no time zone `America/Detriot` | did you mean `America/Detroit`?",
        ),
        ("zone", "detroit", "detroit: no time zone `detroit` | did you mean `America/Detroit`?"),
        (
            "tag",
            "T1498",
            "T1498: `T1498` is not a tag | tags are `disarm:T0046`, `disarm:C00125` or `attack:T1498.001`",
        ),
        (
            "tag",
            "attack:T0498",
            "attack:T0498: `attack:T0498` is not a tag | tags are `disarm:T0046`, `disarm:C00125` or `attack:T1498.001`",
        ),
    ] {
        let problems = check_text(format, text).expect_err(text);
        assert_eq!(said(text, &problems), words, "{format} {text}");
    }
    for (format, text) in [
        ("tag", "disarm:T0046"),
        ("tag", "disarm:T0046.001"),
        ("tag", "disarm:C00125"),
        ("tag", "attack:T1498.001"),
        ("zone", "Europe/Warsaw"),
        ("statement", "share(dark-page, with-mirror) < 5 %"),
        ("formula", "narrative.rigged.reach"),
        ("uri", "anything at all"),
    ] {
        assert_eq!(check_text(format, text), Ok(()), "{format} {text}");
    }
}
