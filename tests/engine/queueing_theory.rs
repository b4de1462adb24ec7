use canvass::engine::clock::{Span, Time};
use canvass::engine::event_list::{EventId, EventList, Phase};
use canvass::engine::shifts::Shifts;
use canvass::engine::staffed_queue::{StaffedQueue, Ticket};
use canvass::engine::streams::Streams;
use canvass::engine::variate::{Distribution, exponential_quantile};

/// The mean service time in milliseconds, long enough for the rounding of delays not to matter.
const SERVICE: f64 = 1e6;

#[derive(Clone, Copy)]
enum Event {
    Arrive,
    Depart,
    GiveUp(Ticket),
}

/// A station in terms of the textbooks.
struct Station {
    servers: u32,
    /// Arrival rate times the mean service time, over the servers.
    utilisation: f64,
    service: Distribution,
    /// The share of customers in the urgent class, priority 0; the others have priority 1.
    urgent: f64,
    /// The mean of an exponential patience, in mean service times.
    patience: Option<f64>,
    capacity: usize,
}

/// Means over a run, with times in mean service times.
struct Observed {
    wait: f64,
    wait_urgent: f64,
    wait_routine: f64,
    waiting: f64,
    busy: f64,
    balked_share: f64,
    reneged_share: f64,
    /// Waiting customers by Little's law from the summed waits of those who were served.
    waiting_by_waits: f64,
}

fn markov(servers: u32, utilisation: f64) -> Station {
    Station {
        servers,
        utilisation,
        service: Distribution::exponential(SERVICE).unwrap(),
        urgent: 0.0,
        patience: None,
        capacity: usize::MAX,
    }
}

fn observe(station: &Station, seed: u64, customers: u32) -> Observed {
    let mut streams = Streams::new(seed);
    let mut open = |path| streams.open(path).unwrap();
    let (arrivals, services, classes, patiences) = (open("arrival"), open("service"), open("class"), open("patience"));
    let mut list = EventList::new();
    let mut queue = StaffedQueue::new(station.servers, Shifts::always()).with_capacity(station.capacity);
    let between_arrivals = SERVICE / (station.utilisation * f64::from(station.servers));
    let mut to_come = customers;
    list.schedule(Time::ZERO, Phase(0), Event::Arrive, EventId::NONE);
    while let Some(fired) = list.pop() {
        let now = fired.time;
        match fired.event {
            Event::Arrive => {
                let service = Span::from_ms_f64(station.service.quantile(streams.uniform(services)));
                let priority = u8::from(!streams.chance(classes, station.urgent));
                let ticket = queue.enqueue(now, (), priority, service);
                if let (Some(ticket), Some(patience)) = (ticket, station.patience) {
                    let patience = exponential_quantile(streams.uniform(patiences), patience * SERVICE);
                    list.schedule(now + Span::from_ms_f64(patience), Phase(1), Event::GiveUp(ticket), fired.id);
                }
                to_come -= 1;
                if to_come > 0 {
                    let gap = exponential_quantile(streams.uniform(arrivals), between_arrivals);
                    list.schedule(now + Span::from_ms_f64(gap), Phase(0), Event::Arrive, fired.id);
                }
            }
            Event::Depart => queue.release(now),
            Event::GiveUp(ticket) => {
                queue.renege(now, ticket);
            }
        }
        while let Some(started) = queue.start_next(now) {
            list.schedule(started.finish, Phase(0), Event::Depart, fired.id);
        }
    }
    assert_eq!(list.fault(), None);
    let mean_wait = |waits: Span, started: u64| waits.as_ms_f64() / started as f64 / SERVICE;
    let end = list.now();
    Observed {
        wait: mean_wait(queue.total_wait(), queue.started()),
        wait_urgent: mean_wait(queue.total_wait_of(0), queue.started_of(0)),
        wait_routine: mean_wait(queue.total_wait_of(1), queue.started_of(1)),
        waiting: queue.mean_waiting(end),
        busy: queue.mean_busy(end),
        balked_share: queue.balked() as f64 / f64::from(customers),
        reneged_share: queue.reneged() as f64 / f64::from(customers),
        waiting_by_waits: queue.total_wait().as_ms_f64() / end.as_ms_f64(),
    }
}

/// The mean of a figure over independent runs must lie within 2 % of the theory, and within four of its standard errors.
fn assert_theory(name: &str, theory: f64, runs: &[f64]) {
    let n = runs.len() as f64;
    let mean = runs.iter().sum::<f64>() / n;
    let variance = runs.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
    let z = (mean - theory) / libm::sqrt(variance / n);
    let off = mean / theory - 1.0;
    assert!(off.abs() < 0.02 && z.abs() < 4.0, "{name}: {mean}, not {theory} (z {z:.2}, off {off:.4})");
}

fn replicate(station: &Station, runs: u64, customers: u32) -> Vec<Observed> {
    (0..runs).map(|seed| observe(station, seed, customers)).collect()
}

fn each(runs: &[Observed], figure: impl Fn(&Observed) -> f64) -> Vec<f64> {
    runs.iter().map(figure).collect()
}

/// The probability that an arrival must wait, for an offered load in servers (A. K. Erlang, 1917).
fn erlang_c(servers: u32, load: f64) -> f64 {
    let b = erlang_b(servers, load);
    let utilisation = load / f64::from(servers);
    b / (1.0 - utilisation * (1.0 - b))
}

/// The probability that an arrival is lost when nobody may wait, by the usual recursion over servers.
fn erlang_b(servers: u32, load: f64) -> f64 {
    (1..=servers).fold(1.0, |b, n| load * b / (f64::from(n) + load * b))
}

#[test]
fn one_server() {
    let runs = replicate(&markov(1, 0.5), 10, 30_000);
    assert_theory("wait", 1.0, &each(&runs, |run| run.wait));
    assert_theory("waiting", 0.5, &each(&runs, |run| run.waiting));
    assert_theory("busy", 0.5, &each(&runs, |run| run.busy));
}

/// At nine tenths of their capacity waits are strongly correlated: 2 million customers give the mean to about 1.4 %.
#[test]
fn three_busy_servers_wait_as_erlang_found() {
    let load = 2.7;
    let runs = replicate(&markov(3, 0.9), 10, 200_000);
    let theory = erlang_c(3, load) / (3.0 - load);
    assert_theory("wait", theory, &each(&runs, |run| run.wait));
    assert_theory("busy", load, &each(&runs, |run| run.busy));
}

#[test]
fn the_area_under_the_queue_is_the_sum_of_the_waits() {
    let run = observe(&markov(2, 0.8), 5, 20_000);
    assert!((run.waiting / run.waiting_by_waits - 1.0).abs() < 1e-12);
}

/// F. Pollaczek (1930) and A. Khinchine (1932): rate E\[S²\] / (2 (1 - utilisation)).
#[test]
fn any_service_time_waits_as_pollaczek_and_khinchine_found() {
    let laws = [
        ("fixed", Distribution::Fixed(SERVICE)),
        ("uniform", Distribution::uniform(0.0, 2.0 * SERVICE).unwrap()),
        ("pert", Distribution::pert(0.0, 0.5 * SERVICE, 4.0 * SERVICE).unwrap()),
    ];
    for (name, service) in laws {
        let second_moment = (service.variance() + service.mean() * service.mean()) / (SERVICE * SERVICE);
        let station = Station { service, ..markov(1, 0.6) };
        let runs = replicate(&station, 10, 20_000);
        assert_theory(name, 0.6 * second_moment / (2.0 * 0.4), &each(&runs, |run| run.wait));
    }
}

/// A. Cobham, Operations Research 2 (1954) 70: residual work over the shares left by more urgent classes.
#[test]
fn urgent_customers_overtake_as_cobham_found() {
    let station = Station { urgent: 0.4, ..markov(1, 0.6) };
    let runs = replicate(&station, 10, 40_000);
    let (residual, urgent_load) = (0.6, 0.4 * 0.6);
    assert_theory("urgent", residual / (1.0 - urgent_load), &each(&runs, |run| run.wait_urgent));
    let routine = residual / ((1.0 - urgent_load) * (1.0 - 0.6));
    assert_theory("routine", routine, &each(&runs, |run| run.wait_routine));
}

#[test]
fn without_waiting_room_customers_are_lost_as_erlang_found() {
    let station = Station { capacity: 0, ..markov(4, 0.75) };
    let runs = replicate(&station, 10, 20_000);
    assert_theory("lost", erlang_b(4, 3.0), &each(&runs, |run| run.balked_share));
}

/// Erlang-A, from the balance equations of its birth and death chain (C. Palm, 1957).
#[test]
fn impatient_customers_leave_as_palm_found() {
    let (servers, load, patience) = (2_u32, 2.2, 3.0);
    let mut weight = 1.0;
    let (mut total, mut waiting) = (0.0, 0.0);
    for n in 0..400_u32 {
        let queued = f64::from(n.saturating_sub(servers));
        total += weight;
        waiting += queued * weight;
        let next = n + 1;
        let leaving = f64::from(next.min(servers)) + f64::from(next.saturating_sub(servers)) / patience;
        weight *= load / leaving;
    }
    let waiting = waiting / total;
    let station = Station { patience: Some(patience), ..markov(servers, load / f64::from(servers)) };
    let runs = replicate(&station, 10, 20_000);
    assert_theory("reneged", waiting / patience / load, &each(&runs, |run| run.reneged_share));
    assert_theory("waiting", waiting, &each(&runs, |run| run.waiting));
}
