use canvass::engine::clock::Time;
use canvass::engine::event_list::{EventId, Fired};
use canvass::engine::trace::{Difference, Trace, first_difference};

fn fired(time: i64, id: u32, cause: EventId, event: char) -> Fired<char> {
    Fired { time: Time(time), id: EventId(id), cause, event }
}

fn chain(trace: &Trace<char>, id: u32) -> String {
    trace.chain(EventId(id)).map(|record| record.event).collect()
}

#[test]
fn a_chain_leads_to_the_root_cause() {
    let mut trace = Trace::on();
    trace.record(fired(1, 4, EventId::NONE, 'a'));
    trace.record(fired(1, 0, EventId::NONE, 'x'));
    trace.record(fired(2, 7, EventId(4), 'b'));
    trace.record(fired(3, 5, EventId(0), 'y'));
    trace.record(fired(4, 9, EventId(7), 'c'));
    assert_eq!(chain(&trace, 9), "cba");
    assert_eq!(chain(&trace, 5), "yx");
    assert_eq!(chain(&trace, 4), "a");
    assert_eq!(chain(&trace, 6), "");
    assert_eq!(trace.chain(EventId::NONE).count(), 0);
    assert_eq!(trace.records().len(), 5);
}

#[test]
fn a_chain_ends_at_a_cause_that_is_not_there_and_cannot_go_round() {
    let mut trace = Trace::on();
    trace.record(fired(1, 2, EventId(1), 'a'));
    trace.record(fired(1, 3, EventId(3), 'b'));
    assert_eq!(chain(&trace, 2), "a");
    assert_eq!(chain(&trace, 3), "b");
}

#[test]
fn off_records_nothing_and_clear_forgets() {
    let mut off = Trace::off();
    off.record(fired(1, 0, EventId::NONE, 'a'));
    assert!(off.records().is_empty());

    let mut on = Trace::on();
    on.record(fired(1, 0, EventId::NONE, 'a'));
    on.clear();
    assert_eq!(chain(&on, 0), "");
    on.record(fired(1, 1, EventId::NONE, 'b'));
    assert_eq!((chain(&on, 0), chain(&on, 1)), (String::new(), "b".to_owned()));
}

fn difference(stored: &str, replayed: &[&str]) -> Option<Difference> {
    first_difference(stored.as_bytes(), replayed.iter().map(|line| (*line).to_owned())).unwrap()
}

#[test]
fn equal_files_have_no_difference() {
    assert_eq!(difference("a\nb\n", &["a", "b"]), None);
    assert_eq!(difference("a\r\nb", &["a", "b"]), None);
    assert_eq!(difference("", &[]), None);
}

#[test]
fn the_first_difference_is_named_and_the_replay_goes_no_further() {
    let mut asked = 0;
    let replay = ["a", "B", "c", "d"].into_iter().map(|line| {
        asked += 1;
        line.to_owned()
    });
    let found = first_difference(&b"a\nb\nc\nd\n"[..], replay).unwrap();
    let expected = Difference { line: 2, stored: Some("b".to_owned()), replayed: Some("B".to_owned()) };
    assert_eq!(found, Some(expected));
    assert_eq!(asked, 2);
}

#[test]
fn a_missing_end_is_a_difference() {
    let longer_file = difference("a\nb\n", &["a"]).unwrap();
    assert_eq!((longer_file.line, longer_file.stored.as_deref(), longer_file.replayed), (2, Some("b"), None));
    let longer_replay = difference("a\n", &["a", "b"]).unwrap();
    assert_eq!((longer_replay.line, longer_replay.stored, longer_replay.replayed.as_deref()), (2, None, Some("b")));
}

#[test]
fn a_file_that_is_no_text_is_an_error() {
    assert!(first_difference(&b"\xff\xfe\n"[..], std::iter::empty()).is_err());
}
