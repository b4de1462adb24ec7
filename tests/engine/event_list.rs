use canvass::engine::clock::{Span, Time};
use canvass::engine::event_list::{EventId, EventList, Fault, Handle, Phase};
use proptest::prelude::*;

fn drain(list: &mut EventList<u32>) -> Vec<u32> {
    std::iter::from_fn(|| list.pop()).map(|fired| fired.event).collect()
}

#[test]
fn ties_go_by_phase_and_then_by_order_of_scheduling() {
    let mut list = EventList::new();
    let plan = [(9, 0, 5), (4, 2, 3), (4, 1, 1), (4, 2, 4), (4, 1, 2), (3, 255, 0)];
    for (at, phase, event) in plan {
        list.schedule(Time(at), Phase(phase), event, EventId::NONE);
    }
    assert_eq!(drain(&mut list), [0, 1, 2, 3, 4, 5]);
}

#[test]
fn a_handler_may_schedule_at_the_present_moment_and_even_in_a_lower_phase() {
    let mut list = EventList::new();
    list.schedule(Time(4), Phase(1), 1, EventId::NONE);
    list.schedule(Time(4), Phase(1), 3, EventId::NONE);
    let first = list.pop().unwrap();
    list.schedule(Time(4), Phase(0), 2, first.id);
    assert_eq!(drain(&mut list), [2, 3]);
}

#[test]
fn fired_events_carry_their_number_and_their_cause() {
    let mut list = EventList::new();
    list.schedule(Time(9), Phase(0), 'b', EventId::NONE);
    list.schedule(Time(2), Phase(0), 'a', EventId::NONE);
    let a = list.pop().unwrap();
    assert_eq!((a.time, a.id, a.cause, a.event), (Time(2), EventId(1), EventId::NONE, 'a'));
    list.schedule(Time(3), Phase(0), 'c', a.id);
    let c = list.pop().unwrap();
    assert_eq!((c.id, c.cause, list.now()), (EventId(2), EventId(1), Time(3)));
}

#[test]
fn never_is_not_stored() {
    let mut list = EventList::new();
    assert_eq!(list.schedule(Time::NEVER, Phase(0), 1, EventId::NONE), Handle::NONE);
    assert!(list.is_empty());
    assert!(list.pop().is_none());
    assert_eq!(list.fault(), None);
}

#[test]
fn only_pending_events_can_be_cancelled() {
    let mut list = EventList::new();
    let kept = list.schedule(Time(1), Phase(0), 1, EventId::NONE);
    let dropped = list.schedule(Time(2), Phase(0), 2, EventId::NONE);
    assert!(!list.cancel(Handle::NONE));
    assert!(list.cancel(dropped));
    assert!(!list.cancel(dropped));
    // The freed place is used again; the old handle must not reach its new tenant.
    list.schedule(Time(3), Phase(0), 3, EventId::NONE);
    assert!(!list.cancel(dropped));
    assert_eq!(list.pop().unwrap().event, 1);
    assert!(!list.cancel(kept));
    assert_eq!(drain(&mut list), [3]);
}

#[test]
fn clearing_starts_a_new_run_and_voids_old_handles() {
    let mut list = EventList::new();
    list.schedule(Time(5), Phase(0), 1, EventId::NONE);
    let old = list.schedule(Time(6), Phase(0), 2, EventId::NONE);
    list.pop();
    list.clear();
    assert_eq!((list.now(), list.len(), list.fired()), (Time::ZERO, 0, 0));
    list.schedule(Time(1), Phase(0), 3, EventId::NONE);
    list.schedule(Time(2), Phase(0), 4, EventId::NONE);
    assert!(!list.cancel(old));
    assert_eq!(list.pop().unwrap().id, EventId(0));
    assert_eq!(drain(&mut list), [4]);
}

#[test]
fn time_cannot_run_back() {
    let mut list = EventList::new();
    list.schedule(Time(5), Phase(0), 1, EventId::NONE);
    list.schedule(Time(8), Phase(0), 2, EventId::NONE);
    list.pop();
    assert_eq!(list.schedule(Time(4), Phase(0), 3, EventId::NONE), Handle::NONE);
    let fault = Some(Fault::TimeReversed { at: Time(4), now: Time(5) });
    assert_eq!(list.fault(), fault);
    assert!(list.pop().is_none());
    list.schedule(Time(3), Phase(0), 4, EventId::NONE);
    assert_eq!(list.fault(), fault, "the first fault stays");
    list.clear();
    assert_eq!(list.fault(), None);
}

#[test]
fn a_model_that_feeds_itself_is_stopped() {
    let mut list = EventList::with_event_limit(1_000);
    list.schedule(Time(0), Phase(0), (), EventId::NONE);
    let mut fired = 0;
    while let Some(event) = list.pop() {
        fired += 1;
        list.schedule(event.time, Phase(0), (), event.id);
    }
    assert_eq!(fired, 1_000);
    assert_eq!(list.fault(), Some(Fault::Runaway { limit: 1_000 }));
}

#[test]
fn a_run_that_ends_at_the_limit_is_no_runaway() {
    let mut list = EventList::with_event_limit(2);
    list.schedule(Time(0), Phase(0), 1, EventId::NONE);
    list.schedule(Time(0), Phase(0), 2, EventId::NONE);
    assert_eq!(drain(&mut list), [1, 2]);
    assert_eq!(list.fault(), None);
}

#[test]
fn mass_cancellation_keeps_the_order_of_the_rest() {
    // Primes, so that n -> n * stride mod 5,003 is a different shuffle for each.
    for stride in [7_919, 31, 4_999, 1_201, 2_503, 613] {
        for keep_every in [3, 10, 97] {
            let at = |n: u32| n * stride % 5_003;
            let mut list = EventList::new();
            let handles: Vec<Handle> =
                (1..=5_000).map(|n| list.schedule(Time(at(n).into()), Phase(0), n, EventId::NONE)).collect();
            // The root is left as a hole by a pop, so that the sweep meets it.
            let first = list.pop().unwrap().event;
            let (mut kept, cancelled): (Vec<u32>, Vec<u32>) =
                (1..=5_000).filter(|&n| n != first).partition(|n| n % keep_every == 0);
            for n in cancelled {
                assert!(list.cancel(handles[n as usize - 1]));
            }
            assert_eq!(list.len(), kept.len());
            kept.sort_by_key(|&n| at(n));
            assert_eq!(drain(&mut list), kept, "stride {stride}, keep every {keep_every}");
        }
    }
}

/// What may be done to a list.
#[derive(Clone, Debug)]
enum Step {
    Schedule { delay: i64, phase: u8 },
    Cancel(prop::sample::Index),
    Pop,
    Peek,
    Clear,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        40 => (prop_oneof![0..4_i64, 0..1_000_i64], 0..3_u8)
            .prop_map(|(delay, phase)| Step::Schedule { delay, phase }),
        25 => any::<prop::sample::Index>().prop_map(Step::Cancel),
        25 => Just(Step::Pop),
        5 => Just(Step::Peek),
        1 => Just(Step::Clear),
    ];
    prop::collection::vec(step, 0..600)
}

/// An event of the model: sorted by (time, phase, number), which is the published rule.
type Pending = (Time, u8, u32);

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_list_behaves_as_a_sorted_set(steps in steps()) {
        let mut list = EventList::new();
        let mut model: std::collections::BTreeSet<Pending> = std::collections::BTreeSet::new();
        let mut handles: Vec<(Handle, Option<Pending>)> = Vec::new();
        let mut number = 0;
        for step in steps {
            match step {
                Step::Schedule { delay, phase } => {
                    let pending = (list.now() + Span(delay), phase, number);
                    let handle = list.schedule(pending.0, Phase(phase), pending, EventId::NONE);
                    handles.push((handle, Some(pending)));
                    model.insert(pending);
                    number += 1;
                }
                Step::Cancel(index) => {
                    if !handles.is_empty() {
                        let (handle, pending) = *index.get(&handles);
                        let expected = pending.is_some_and(|pending| model.remove(&pending));
                        prop_assert_eq!(list.cancel(handle), expected);
                    }
                }
                Step::Pop => {
                    let expected = model.pop_first();
                    let fired = list.pop();
                    prop_assert_eq!(fired.map(|fired| fired.event), expected);
                    if let Some(fired) = fired {
                        prop_assert_eq!((fired.time, fired.id), (fired.event.0, EventId(fired.event.2)));
                        prop_assert_eq!(list.now(), fired.time);
                    }
                }
                Step::Peek => prop_assert_eq!(list.peek_time(), model.first().map(|pending| pending.0)),
                Step::Clear => {
                    list.clear();
                    model.clear();
                    number = 0;
                    for (_, pending) in &mut handles {
                        *pending = None;
                    }
                }
            }
            prop_assert_eq!(list.len(), model.len());
        }
        let rest: Vec<Pending> = std::iter::from_fn(|| list.pop()).map(|fired| fired.event).collect();
        prop_assert_eq!(rest, model.into_iter().collect::<Vec<_>>());
        prop_assert_eq!(list.fault(), None);
    }
}
