use canvass::engine::clock::{Span, Time};
use canvass::engine::shifts::{ShiftError, Shifts};

fn shifts(intervals: &[(i64, i64)]) -> Result<Shifts, ShiftError> {
    Shifts::from_intervals(intervals.iter().map(|&(opening, closing)| (Time(opening), Time(closing))).collect())
}

#[test]
fn open_from_the_opening_until_just_before_the_closing() {
    let office = shifts(&[(10, 20), (30, 40)]).unwrap();
    let open: Vec<i64> = [9, 10, 19, 20, 29, 30, 39, 40].into_iter().filter(|&t| office.is_open(Time(t))).collect();
    assert_eq!(open, [10, 19, 30, 39]);
}

#[test]
fn openings_and_closings() {
    let office = shifts(&[(10, 20), (30, 40)]).unwrap();
    let openings = [0, 10, 15, 20, 39, 40].map(|t| office.next_opening(Time(t)));
    assert_eq!(openings, [Time(10), Time(10), Time(15), Time(30), Time(39), Time::NEVER]);
    let closings = [0, 10, 20, 39, 40].map(|t| office.next_closing(Time(t)));
    assert_eq!(closings, [Time(20), Time(20), Time(40), Time(40), Time::NEVER]);
}

#[test]
fn work_pauses_while_closed() {
    let office = shifts(&[(10, 20), (30, 40), (50, 60)]).unwrap();
    let done = |start, work| office.after_work(Time(start), Span(work));
    assert_eq!(done(12, 5), Time(17));
    assert_eq!(done(12, 8), Time(20), "work that fills the shift is done when it closes");
    assert_eq!(done(12, 9), Time(31));
    assert_eq!(done(12, 19), Time(51));
    assert_eq!(done(0, 3), Time(13), "work begins at the opening");
    assert_eq!(done(20, 30), Time::NEVER);
    assert_eq!(done(10, 30), Time(60));
    assert_eq!(done(10, 31), Time::NEVER);
    assert_eq!(done(25, 0), Time(25));
    assert_eq!(office.after_work(Time(10), Span::NEVER), Time::NEVER);
}

#[test]
fn always_is_always() {
    let always = Shifts::always();
    for t in [Time(i64::MIN), Time(-1), Time::ZERO, Time(i64::MAX - 1)] {
        assert!(always.is_open(t));
        assert_eq!(always.next_opening(t), t);
        assert_eq!(always.next_closing(t), Time::NEVER);
    }
    assert_eq!(always.after_work(Time(5), Span(7)), Time(12));
    assert_eq!(always.after_work(Time(5), Span::NEVER), Time::NEVER);
    assert_eq!(always.after_work(Time(-5), Span(i64::MAX - 1)), Time(i64::MAX - 6));
}

#[test]
fn no_hours_are_never_open() {
    let closed = shifts(&[]).unwrap();
    assert!(!closed.is_open(Time::ZERO));
    assert_eq!(closed.next_opening(Time::ZERO), Time::NEVER);
    assert_eq!(closed.after_work(Time::ZERO, Span(1)), Time::NEVER);
}

#[test]
fn touching_shifts_are_one() {
    let day_and_night = shifts(&[(0, 10), (10, 20)]).unwrap();
    assert_eq!(day_and_night, shifts(&[(0, 20)]).unwrap());
    assert_eq!(day_and_night.next_closing(Time(5)), Time(20));
}

#[test]
fn wrong_hours_are_refused() {
    assert_eq!(shifts(&[(0, 10), (12, 12)]), Err(ShiftError::Empty { index: 1 }));
    assert_eq!(shifts(&[(10, 0)]), Err(ShiftError::Empty { index: 0 }));
    assert_eq!(shifts(&[(0, 10), (9, 20)]), Err(ShiftError::Overlap { index: 1 }));
    assert_eq!(shifts(&[(30, 40), (10, 20)]), Err(ShiftError::Overlap { index: 1 }));
}
