use canvass::engine::clock::{Span, Time};
use canvass::engine::shifts::Shifts;
use canvass::engine::staffed_queue::StaffedQueue;

fn staff(servers: u32) -> StaffedQueue<char> {
    StaffedQueue::new(servers, Shifts::always())
}

/// Starts whatever can start now.
fn start_all(queue: &mut StaffedQueue<char>, now: i64) -> String {
    std::iter::from_fn(|| queue.start_next(Time(now))).map(|started| started.job).collect()
}

#[test]
fn lower_priority_first_then_first_come_first_served() {
    let mut queue = staff(9);
    for (job, priority) in [('d', 7), ('a', 0), ('c', 2), ('e', 7), ('b', 0)] {
        queue.enqueue(Time(0), job, priority, Span(1));
    }
    assert_eq!((queue.waiting(), queue.waiting_of(7), queue.waiting_of(1)), (5, 2, 0));
    assert_eq!(start_all(&mut queue, 0), "abcde");
    assert_eq!((queue.waiting(), queue.busy()), (0, 5));
}

#[test]
fn jobs_start_only_while_a_server_is_free() {
    let mut queue = staff(2);
    for job in ['a', 'b', 'c'] {
        queue.enqueue(Time(0), job, 0, Span(5));
    }
    assert_eq!(start_all(&mut queue, 0), "ab");
    queue.release(Time(5));
    let started = queue.start_next(Time(5)).unwrap();
    assert_eq!((started.job, started.waited, started.finish), ('c', Span(5), Time(10)));
}

#[test]
fn work_waits_for_the_opening_and_pauses_overnight() {
    let office = Shifts::from_intervals(vec![(Time(10), Time(20)), (Time(30), Time(40))]).unwrap();
    let mut queue = StaffedQueue::new(1, office);
    queue.enqueue(Time(3), 'a', 0, Span(14));
    assert!(queue.start_next(Time(3)).is_none());
    assert_eq!(queue.opens_at(Time(3)), Time(10));
    let started = queue.start_next(Time(10)).unwrap();
    assert_eq!((started.waited, started.finish), (Span(7), Time(34)));

    queue.enqueue(Time(34), 'b', 0, Span(14));
    queue.release(Time(34));
    assert_eq!(queue.start_next(Time(34)).unwrap().finish, Time::NEVER);
}

#[test]
fn those_who_give_up_are_not_served() {
    let mut queue = staff(1);
    let a = queue.enqueue(Time(0), 'a', 0, Span(9)).unwrap();
    let b = queue.enqueue(Time(0), 'b', 0, Span(9)).unwrap();
    queue.enqueue(Time(0), 'c', 0, Span(9));
    queue.start_next(Time(0));
    assert_eq!(queue.renege(Time(2), a), None, "already served");
    assert_eq!(queue.renege(Time(4), b), Some('b'));
    assert_eq!(queue.renege(Time(5), b), None);
    assert_eq!((queue.waiting(), queue.reneged()), (1, 1));
    queue.release(Time(9));
    assert_eq!(start_all(&mut queue, 9), "c");
    // b waited for 4 ms and c for 9.
    assert_eq!(queue.mean_waiting(Time(13)), 1.0);
}

#[test]
fn many_who_give_up_leave_the_rest_in_order() {
    let mut queue = StaffedQueue::new(1, Shifts::always());
    let tickets: Vec<_> = (0..1_000).map(|n| queue.enqueue(Time(0), n, 3, Span(1)).unwrap()).collect();
    for (n, &ticket) in tickets.iter().enumerate().rev() {
        if n % 50 != 0 {
            assert_eq!(queue.renege(Time(1), ticket), Some(n));
        }
    }
    let mut served = Vec::new();
    while let Some(started) = queue.start_next(Time(2)) {
        served.push(started.job);
        queue.release(Time(2));
    }
    assert_eq!(served, (0..1_000).step_by(50).collect::<Vec<_>>());
}

#[test]
fn a_full_queue_turns_away_only_those_who_would_wait() {
    let mut queue = staff(1).with_capacity(1);
    assert!(queue.enqueue(Time(0), 'a', 0, Span(9)).is_some());
    assert!(queue.enqueue(Time(0), 'b', 0, Span(9)).is_some());
    assert!(queue.enqueue(Time(0), 'c', 0, Span(9)).is_none());
    assert_eq!(start_all(&mut queue, 0), "a");
    assert!(queue.enqueue(Time(0), 'd', 0, Span(9)).is_none());
    assert_eq!((queue.waiting(), queue.balked()), (1, 2));

    let mut no_waiting_room = staff(1).with_capacity(0);
    assert!(no_waiting_room.enqueue(Time(0), 'a', 0, Span(9)).is_some());
    assert_eq!(start_all(&mut no_waiting_room, 0), "a");
    assert!(no_waiting_room.enqueue(Time(0), 'b', 0, Span(9)).is_none());

    let mut closed = StaffedQueue::new(1, Shifts::from_intervals(vec![]).unwrap()).with_capacity(0);
    assert!(closed.enqueue(Time(0), 'a', 0, Span(9)).is_none());
}

#[test]
fn fewer_servers_finish_what_they_began() {
    let mut queue = staff(3);
    for job in ['a', 'b', 'c', 'd'] {
        queue.enqueue(Time(0), job, 0, Span(5));
    }
    assert_eq!(start_all(&mut queue, 0), "abc");
    queue.set_servers(1);
    for _ in 0..2 {
        queue.release(Time(5));
        assert!(queue.start_next(Time(5)).is_none());
    }
    queue.release(Time(5));
    assert_eq!(start_all(&mut queue, 5), "d");
}

#[test]
fn statistics_by_priority() {
    let mut queue = staff(1);
    queue.enqueue(Time(0), 'a', 1, Span(4));
    queue.start_next(Time(0));
    queue.enqueue(Time(1), 'b', 1, Span(4));
    queue.enqueue(Time(2), 'c', 0, Span(4));
    queue.release(Time(4));
    queue.start_next(Time(4));
    queue.release(Time(8));
    queue.start_next(Time(8));
    queue.release(Time(12));
    assert_eq!((queue.started_of(0), queue.total_wait_of(0)), (1, Span(2)));
    assert_eq!((queue.started_of(1), queue.total_wait_of(1)), (2, Span(7)));
    assert_eq!((queue.started(), queue.total_wait()), (3, Span(9)));
    assert_eq!(queue.mean_waiting(Time(12)), 9.0 / 12.0);
    assert_eq!(queue.mean_busy(Time(24)), 0.5);
    assert_eq!(queue.mean_waiting(Time::ZERO), 0.0);
}

#[test]
fn clearing_starts_a_new_run_and_voids_old_tickets() {
    let mut queue = staff(2).with_capacity(5);
    let old = queue.enqueue(Time(0), 'a', 0, Span(4)).unwrap();
    queue.start_next(Time(0));
    let waiting = queue.enqueue(Time(1), 'b', 0, Span(4)).unwrap();
    queue.set_servers(7);
    queue.clear();
    let fresh = staff(2);
    assert_eq!((queue.waiting(), queue.busy(), queue.servers()), (0, 0, fresh.servers()));
    assert_eq!((queue.started(), queue.total_wait(), queue.mean_busy(Time(9))), (0, Span::ZERO, 0.0));
    queue.enqueue(Time(0), 'c', 0, Span(4));
    assert_eq!(queue.renege(Time(0), old), None);
    assert_eq!(queue.renege(Time(0), waiting), None);
    assert_eq!(start_all(&mut queue, 0), "c");
}
