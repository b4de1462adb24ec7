use canvass::engine::exponential_quantile;
use canvass::engine::streams::{DuplicateStream, StreamId, Streams};

const PATH: &str = "attack/phish/success";

fn opened(seed: u64, run: u64) -> (Streams, StreamId) {
    let mut streams = Streams::new(seed);
    let id = streams.open(PATH).unwrap();
    streams.start_run(run);
    (streams, id)
}

fn draws(streams: &mut Streams, id: StreamId, count: usize) -> Vec<u64> {
    (0..count).map(|_| streams.next_u64(id)).collect()
}

/// Computed from the published algorithms (ChaCha with 8 rounds, FNV-1a) by a program that shares nothing with this one.
#[test]
fn known_answers() {
    let (mut streams, id) = opened(1, 0);
    let expected = [0x20f9_51df_19a2_6900, 0xcef6_1e5c_ec16_69a3, 0x1406_eb8d_0380_5dbf, 0xf79b_cc31_1f60_ab52];
    assert_eq!(draws(&mut streams, id, 4), expected);

    let (mut streams, id) = opened(1, 73_412);
    let expected = [0x8f90_3ae9_5e99_0866, 0xbc63_41fd_0706_add7, 0x176f_519b_533f_411c, 0xedab_5e16_57f8_d588];
    let first_forty = draws(&mut streams, id, 40);
    assert_eq!(first_forty[..4], expected);
    assert_eq!(first_forty[39], 0x94b7_5e96_c2ab_13ef);

    let (mut streams, id) = opened(1, 0);
    assert_eq!(streams.uniform(id), 0.128_804_318_397_337_25);
    assert_eq!(streams.uniform(id), 0.808_442_971_883_857_9);
}

#[test]
fn known_answers_of_aligned_draws() {
    let (mut streams, id) = opened(1, 73_412);
    assert_eq!(streams.uniform_at(id, 1_000_000), 0.271_653_991_919_475_53);
    assert_eq!(streams.uniform_at(id, 3), 0.061_546_847_006_979_6);
    assert_eq!(streams.uniform_at(id, 0), 0.560_794_527_029_973_2);
}

#[test]
fn a_stream_that_is_used_again_equals_a_fresh_one() {
    let (mut used, id) = opened(7, 0);
    for run in [5, 6, 5, u64::MAX, 0] {
        for earlier_draws in [0, 1, 2, 31, 32, 33] {
            used.start_run(99);
            draws(&mut used, id, earlier_draws);
            used.uniform_at(id, 12);
            used.start_run(run);
            let (mut fresh, fresh_id) = opened(7, run);
            assert_eq!(draws(&mut used, id, 40), draws(&mut fresh, fresh_id, 40));
        }
    }
}

#[test]
fn starting_the_same_run_twice_rewinds() {
    let (mut streams, id) = opened(7, 3);
    let first = draws(&mut streams, id, 5);
    streams.start_run(3);
    assert_eq!(draws(&mut streams, id, 5), first);
}

#[test]
fn other_streams_change_nothing() {
    let (mut alone, id) = opened(7, 3);
    let expected = draws(&mut alone, id, 20);

    let mut many = Streams::new(7);
    let before = many.open("attack/phish/delay").unwrap();
    let id = many.open(PATH).unwrap();
    let after = many.open("zeal").unwrap();
    many.start_run(3);
    let mut found = Vec::new();
    for _ in 0..20 {
        many.next_u64(before);
        found.push(many.next_u64(id));
        many.uniform(after);
    }
    assert_eq!(found, expected);
}

#[test]
fn seeds_names_and_runs_all_matter() {
    let first = |seed, path: &str, run| {
        let mut streams = Streams::new(seed);
        let id = streams.open(path).unwrap();
        streams.start_run(run);
        streams.next_u64(id)
    };
    let base = first(1, "a", 0);
    assert_ne!(base, first(2, "a", 0));
    assert_ne!(base, first(1, "b", 0));
    assert_ne!(base, first(1, "a", 1));
}

#[test]
fn a_name_opens_once() {
    let mut streams = Streams::new(1);
    streams.open(PATH).unwrap();
    let error = streams.open(PATH).unwrap_err();
    assert_eq!(error, DuplicateStream::Name { path: PATH.to_owned() });
    assert_eq!(error.to_string(), "the random stream \"attack/phish/success\" is opened twice");
}

#[test]
fn certain_and_impossible_chances_take_a_draw_all_the_same() {
    for p in [0.0, 1.0, -1.0, 2.0, f64::NAN, 0.5] {
        let (mut streams, id) = opened(7, 3);
        streams.chance(id, p);
        let second = streams.next_u64(id);
        let (mut expected, id) = opened(7, 3);
        expected.next_u64(id);
        assert_eq!(second, expected.next_u64(id), "p = {p}");
    }
}

#[test]
fn chances_come_at_their_rate() {
    let (mut streams, id) = opened(7, 3);
    let n = 20_000;
    let mut hits = |p: f64| (0..n).filter(|_| streams.chance(id, p)).count() as f64;
    assert_eq!(hits(0.0), 0.0);
    assert_eq!(hits(f64::NAN), 0.0);
    assert_eq!(hits(1.0), f64::from(n));
    for p in [0.01, 0.3, 0.9] {
        let sd = libm::sqrt(f64::from(n) * p * (1.0 - p));
        assert!((hits(p) - f64::from(n) * p).abs() < 4.0 * sd, "p = {p}");
    }
}

#[test]
fn raising_a_probability_only_adds_hits() {
    for run in 0..500 {
        let mut hit_before = false;
        for p in [0.1, 0.2, 0.5, 0.8, 0.95] {
            let (mut streams, id) = opened(7, run);
            let hit = streams.chance(id, p);
            assert!(hit || !hit_before);
            hit_before = hit;
        }
    }
}

#[test]
fn uniforms_fill_the_open_interval_evenly() {
    let (mut streams, id) = opened(7, 3);
    let n = 50_000;
    let mut cells = [0_u32; 100];
    for _ in 0..n {
        let u = streams.uniform(id);
        assert!(u > 0.0 && u < 1.0);
        cells[(u * 100.0) as usize] += 1;
    }
    let expected = f64::from(n) / 100.0;
    let chi_square: f64 = cells.iter().map(|&c| (f64::from(c) - expected) * (f64::from(c) - expected) / expected).sum();
    // Mean 99, standard deviation 14.1 for even cells.
    assert!((chi_square - 99.0).abs() < 4.0 * 14.1, "{chi_square}");
}

/// However waiting times come about, they are those of the uniform numbers, and leave the stream where those would.
#[test]
fn waiting_times_are_those_of_the_uniform_numbers() {
    for run in [0, 1, 73_412] {
        let (mut plain, id) = opened(1, run);
        let (mut busy, same) = opened(1, run);
        for draw in 0..500 {
            match draw % 50 {
                // Other draws between them take what was made ahead.
                7 | 31 => assert_eq!(busy.uniform(same), plain.uniform(id), "draw {draw}"),
                32 => assert_eq!(busy.chance(same, 0.3), plain.chance(id, 0.3), "draw {draw}"),
                _ => {
                    let expected = exponential_quantile(plain.uniform(id), 600_000.0);
                    assert_eq!(busy.exponential(same, 600_000.0).to_bits(), expected.to_bits(), "draw {draw}");
                }
            }
        }
        // A run after one with many of them makes them ahead from its first on, and one after few does not.
        for (later, many) in [(run + 5, 100), (run + 3, 10), (run + 4, 100)] {
            busy.start_run(later);
            plain.start_run(later);
            for draw in 0..many {
                let expected = exponential_quantile(plain.uniform(id), 1.0);
                assert_eq!(busy.exponential(same, 1.0).to_bits(), expected.to_bits(), "run {later}, draw {draw}");
            }
        }
        // Nothing that was made ahead is left for another run, or for a draw that has its own place.
        busy.start_run(run + 1);
        plain.start_run(run + 1);
        assert_eq!(busy.next_u64(same), plain.next_u64(id));
        for _ in 0..40 {
            busy.exponential(same, 1.0);
        }
        assert_eq!(busy.uniform_at(same, 3), plain.uniform_at(id, 3));
        assert_eq!(busy.next_u64(same), plain.next_u64(id));
    }
}
