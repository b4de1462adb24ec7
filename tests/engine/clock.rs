use canvass::engine::clock::{Span, Time};

#[test]
fn real_milliseconds_round_half_away_from_zero() {
    assert_eq!(Span::from_ms_f64(2.5), Span(3));
    assert_eq!(Span::from_ms_f64(2.499), Span(2));
    assert_eq!(Span::from_ms_f64(0.5), Span(1));
}

#[test]
fn what_is_no_delay_becomes_zero_and_what_is_too_long_never() {
    assert_eq!(Span::from_ms_f64(-7.0), Span::ZERO);
    assert_eq!(Span::from_ms_f64(f64::NAN), Span::ZERO);
    assert_eq!(Span::from_ms_f64(f64::NEG_INFINITY), Span::ZERO);
    assert_eq!(Span::from_ms_f64(1e300), Span::NEVER);
    assert_eq!(Span::from_ms_f64(f64::INFINITY), Span::NEVER);
}

#[test]
fn never_absorbs() {
    assert_eq!(Time::NEVER + Span(-5), Time::NEVER);
    assert_eq!(Time(-5) + Span::NEVER, Time::NEVER);
    assert_eq!(Span::NEVER + Span(-5), Span::NEVER);
    assert_eq!(Time::NEVER - Time(5), Span::NEVER);
    assert_eq!(Time(i64::MAX - 1) + Span(5), Time::NEVER);
}

#[test]
fn units() {
    assert_eq!(Span::from_minutes(90).hours(), 1.5);
    assert_eq!(Span::from_days(2), Span::from_hours(48));
    assert_eq!(Span::from_days(i64::MAX), Span::NEVER);
    assert_eq!((Time::ZERO + Span::from_minutes(-30)).hours(), -0.5);
}
