//! How narratives spread: closed forms, a recursion without noise, and a second implementation.

use crate::trial::{HOUR, Trial, accident, last, mean, taken};
use statrs::distribution::{ContinuousCDF, LogNormal};

/// A narrative large enough for its means to be sharp, whose outside drive is over well before the end.
fn large(posts: &str, more: &str) -> String {
    format!(
        "[platform.chirp]\nreviewers = 0\n[narrative.n]\nabout = \"a story\"\non = {{ chirp = \"100 %\" }}\nat = \"start\"\nposts = \"{posts}\"\n\
         dispersion = 10000\ndoubt = \"0 %\"\n{more}\n"
    ) + &last(&[("posts", "narrative.n.posts")])
}

fn from_the_start(effect: &str) -> String {
    format!("[inject.measure]\ntitle = \"a measure\"\nat = \"start\"\neffect = {{ {effect} }}\n")
}

/// What is left of all posts under a measure, on the same draws, and the standard error of that.
fn share_left(base: &Trial, other: &Trial, runs: u64) -> (f64, f64) {
    let (without, _) = base.mean(runs, "posts");
    let pairs = base.runs(runs).into_iter().zip(other.runs(runs));
    let ratio = other.mean(runs, "posts").0 / without;
    let (_, error) = mean(pairs.map(|(a, b)| (b.measure("posts") - ratio * a.measure("posts")) / without));
    (ratio, error)
}

#[test]
fn a_constant_cut_from_the_start_has_its_closed_form() {
    let quick = "drive = \"60min\"\ndrive-spread = \"0.5\"\n";
    let runs = 60;
    for branching in [0.5, 0.77] {
        let story = large("40000", &format!("{quick}branching = {branching}"));
        let base = Trial::new(30, &story);
        let (total, error) = base.mean(runs, "posts");
        assert!((total - 40_000.0).abs() < 4.0 * error && error < 400.0, "{total} posts, standard error {error}");
        let measures = [
            ("friction = { on = \"chirp\", cut = \"20 %\" }", 0.8),
            ("nudge = { on = \"chirp\", cut = \"10 %\" }", 0.9),
            (
                "label = { narrative = \"n\", on = \"chirp\", cut = \"30 %\" }, downrank = { narrative = \"n\", on = \"chirp\", cut = \"50 %\" }",
                0.35,
            ),
            ("information-centre = { on = \"chirp\", reach = \"40 %\", cut = \"25 %\" }", 0.9),
            ("prebunk = { narrative = \"n\", reach = \"50 %\", cut = \"20 %\", half-life = \"100000d\" }", 0.9),
            ("debunk = { narrative = \"n\", cut = \"20 %\", half-life = \"100000d\" }", 0.8),
        ];
        for (effect, left) in measures {
            let (ratio, error) = share_left(&base, &Trial::new(30, &(story.clone() + &from_the_start(effect))), runs);
            let wanted = (1.0 - branching) / (1.0 - left * branching);
            assert!((ratio / wanted - 1.0).abs() < 0.01, "{effect} at {branching}: {ratio} ({error}), not {wanted}");
        }
        // A ban takes its share of the outside drive as well.
        let ban = from_the_start("ban = { on = \"chirp\", cut = \"13 %\" }");
        let (ratio, _) = share_left(&base, &Trial::new(30, &(story.clone() + &ban)), runs);
        let wanted = 0.87 * (1.0 - branching) / (1.0 - 0.87 * branching);
        assert!((ratio / wanted - 1.0).abs() < 0.01, "ban: {ratio}, not {wanted}");
    }
}

/// Expected posts tick by tick, without noise: `left` says what measures leave of reach at the end of each tick.
fn recursion(
    ticks: i64,
    posts: f64,
    (branching, memory): (f64, f64),
    ages: (f64, f64),
    left: impl Fn(i64) -> f64,
) -> f64 {
    let law = LogNormal::new(libm::log(ages.0), ages.1).expect("a log-normal law");
    let (mut excitement, mut total, mut before) = (0.0, 0.0, 0.0);
    for tick in 1..=ticks {
        let come = law.cdf(5.0 * tick as f64);
        let mu = posts * (1.0 - branching) * (come - before) + left(tick) * branching * (1.0 - memory) * excitement;
        excitement = memory * excitement + mu;
        total += mu;
        before = come;
    }
    total
}

#[test]
fn a_late_cut_follows_the_recursion_without_noise() {
    let story = large("40000", "");
    let base = Trial::new(48, &story);
    let model = |left: &dyn Fn(i64) -> f64| recursion(48 * 12, 40_000.0, (0.77, 0.3), (376.0, 2.07), left);
    let all = model(&|_| 1.0);
    let (total, error) = base.mean(60, "posts");
    assert!((total - all).abs() < 4.0 * error, "{total} posts, not {all}; standard error {error}");
    for (minutes, cut) in [(15, 0.874), (60, 0.874), (240, 0.874), (271, 0.3), (572, 0.3)] {
        let brake = format!(
            "[inject.late]\ntitle = \"late\"\nat = \"start + {minutes}min\"\neffect = {{ friction = {{ on = \"chirp\", cut = {cut} }} }}\n"
        );
        let (ratio, _) = share_left(&base, &Trial::new(48, &(story.clone() + &brake)), 60);
        let wanted = model(&|tick| if 5 * tick >= minutes { 1.0 - cut } else { 1.0 }) / all;
        assert!((ratio - wanted).abs() < 0.01, "{cut} at {minutes} min: {ratio}, not {wanted}");
    }
}

#[test]
fn a_removal_leaves_what_had_come_before_it() {
    // An event of which half has come after four hours. Cumulative engagement 1 - 2^(-t/4h) has 8.3 % after half an hour; a
    // log-normal law of ages with the same two points has its median at 4 h and a spread of ln 8 / 1.385 = 1.50. Without
    // branching the posts follow the drive, so nothing else shapes the curve.
    let story = large("40000", "branching = 0\ndrive = \"4h\"\ndrive-spread = \"1.5\"");
    let base = Trial::new(1_000, &story);
    let removed = |minute: i64, caught: &str| {
        let effect = format!("remove = {{ narrative = \"n\", on = \"chirp\", cut = \"{caught}\" }}");
        share_left(&base, &Trial::new(1_000, &(story.clone() + &accident("removal", minute, &effect))), 4).0
    };
    let early = removed(30, "100 %");
    assert!(early <= 0.10 && early > 0.06, "{early}");
    let late = removed(240, "100 %");
    assert!((0.45..=0.55).contains(&late), "{late}");
    // A removal that catches half leaves half of what was still to come, the last stragglers included.
    let half = removed(240, "50 %");
    assert!((half - (late + (1.0 - late) / 2.0)).abs() < 0.01, "{half}");
}

#[test]
fn a_removal_that_catches_all_leaves_no_post_even_of_a_narrative_asleep() {
    let story = "[platform.chirp]\nreviewers = 0\n[narrative.n]\nabout = \"a story\"\non = { chirp = \"100 %\" }\nat = \"start\"\nposts = 30\nbranching = 0\n".to_owned()
        + &accident("removal", 0, "remove = { narrative = \"n\", on = \"chirp\", cut = \"100 %\" }")
        + &last(&[("posts", "narrative.n.posts")]);
    for seen in Trial::new(100, &story).runs(20) {
        assert_eq!(seen.measure("posts"), 0.0);
    }
}

#[test]
fn quiet_narratives_bring_as_many_posts_as_they_should() {
    // Few posts over a month: the stream sleeps almost always.
    let story = large("60", "branching = 0\ndrive = \"10d\"\ndrive-spread = \"0.5\"");
    let (posts, error) = Trial::new(24 * 60, &story).mean(300, "posts");
    assert!((posts - 60.0).abs() < 4.0 * error && error < 1.0, "{posts} posts, standard error {error}");
}

#[test]
fn what_is_new_at_the_moment_of_a_tick_takes_nothing_away() {
    // A second push on the very tick, and one in between, add exactly their own posts to the expectation.
    let story = large("20000", "drive = \"60min\"\ndrive-spread = \"0.5\"\nbranching = 0.5");
    for minute in [30, 32] {
        let pushed = story.clone() + &accident("push", minute, "publish = { narrative = \"n\", posts = 20000 }");
        let (posts, error) = Trial::new(30, &pushed).mean(40, "posts");
        assert!((posts - 40_000.0).abs() < 4.0 * error && error < 200.0, "{posts} posts, standard error {error}");
    }
    // Fuel set alight on a tick burns for its whole hour, also where the narrative slept until its next post.
    let asleep = large("3", "branching = 0\ndrive = \"300h\"\ndrive-spread = \"0.5\"")
        + "[[narrative.n.fuel]]\nwhen = \"now >= start + 100h\"\nlasts = \"1h\"\nrate = \"6000/h\"\n"
        + &taken("highest", &[("peak", "narrative.n.peak")]);
    let (peak, error) = Trial::new(102, &asleep).mean(40, "peak");
    assert!((peak - 6_000.0).abs() < 4.0 * error + 1.0 && error < 50.0, "{peak} posts, standard error {error}");
}

#[test]
fn a_short_strong_cut_does_not_make_a_long_weak_one_strong() {
    let story = large("40000", "drive = \"12h\"\ndrive-spread = \"0.2\"\nbranching = 0.5");
    let base = Trial::new(40, &story);
    let weak = from_the_start("friction = { on = \"chirp\", cut = \"10 %\" }");
    let short = accident("short", 1, "friction = { on = \"chirp\", cut = \"90 %\", lasts = \"1h\" }");
    // The strong cut is over before the drive begins.
    let (ratio, _) = share_left(&base, &Trial::new(40, &(story.clone() + &weak + &short)), 40);
    let wanted = 0.5 / (1.0 - 0.9 * 0.5);
    assert!((ratio / wanted - 1.0).abs() < 0.01, "{ratio}, not {wanted}");
}

#[test]
fn posts_spill_over_and_hard_action_displaces_only_to_platforms_that_exist() {
    let two = |spill: &str, more: &str| {
        "[platform.chirp]\nreviewers = 0\ndisplacement = \"50 %\"\n".to_owned()
            + spill
            + "[platform.plaza]\nreviewers = 0\n[narrative.n]\nabout = \"a story\"\non = { chirp = \"100 %\" }\nat = \"start\"\nposts = 20000\nbranching = 0.5\ndispersion = 10000\ndrive = \"60min\"\ndrive-spread = \"0.5\"\n"
            + more
            + &last(&[("here", "narrative.n.chirp.posts"), ("all", "narrative.n.posts")])
    };
    let spilled = two("spill = { plaza = \"10 %\" }\n", "") + &last(&[("there", "narrative.n.plaza.posts")]);
    let (there, error) = Trial::new(40, &spilled).mean(40, "there");
    // A tenth arrives as seeds, and each seed makes 1 / (1 - R) posts.
    assert!((there - 4_000.0).abs() < 4.0 * error && error < 60.0, "{there}, standard error {error}");
    let seen = Trial::new(40, &two("", ""));
    assert_eq!(seen.run(0).measure("here"), seen.run(0).measure("all"));

    let both = |removal: &str| {
        "[platform.chirp]\nreviewers = 0\ndisplacement = \"50 %\"\n[platform.plaza]\nreviewers = 0\n[narrative.n]\nabout = \"a story\"\non = { chirp = \"50 %\", plaza = \"50 %\" }\nat = \"start\"\nposts = 40000\nbranching = 0.5\ndispersion = 10000\ndrive = \"6h\"\ndrive-spread = \"0.2\"\n".to_owned()
            + removal
            + &last(&[("here", "narrative.n.chirp.posts"), ("posts", "narrative.n.plaza.posts")])
    };
    let base = Trial::new(20, &both(""));
    let removal = accident("removal", 1, "remove = { narrative = \"n\", on = \"chirp\", cut = \"100 %\" }");
    let removed = Trial::new(20, &both(&removal));
    let (ratio, _) = share_left(&base, &removed, 40);
    assert!((ratio - 1.5).abs() < 0.015, "{ratio}");
    assert_eq!(removed.run(0).measure("here"), 0.0);
}

#[test]
fn without_its_platform_the_tools_have_no_effect() {
    let off = |more: &str| {
        "[platform.chirp]\nreviewers = 50\nreports = \"100 %\"\ncoverage = \"100 %\"\nmeasure = \"remove\"\n[narrative.n]\nabout = \"a story\"\nat = \"start\"\nposts = \"1000 to 5000\"\n".to_owned()
            + more
            + &last(&[("posts", "narrative.n.posts"), ("reviewed", "platform.chirp.reviewed")])
    };
    let tools = from_the_start(
        "friction = { on = \"chirp\", cut = \"90 %\" }, remove = { narrative = \"n\", on = \"chirp\" }, nudge = { on = \"chirp\" }, ban = { on = \"chirp\" }, information-centre = { on = \"chirp\" }, reviewers = { on = \"chirp\", add = 10 }",
    );
    let (without, with) = (Trial::new(24, &off("")), Trial::new(24, &off(&tools)));
    for (a, b) in without.runs(10).iter().zip(with.runs(10)) {
        assert!(a.measure("posts") > 0.0);
        assert_eq!(a.measure("posts"), b.measure("posts"));
        assert_eq!(b.measure("reviewed"), 0.0);
    }
}

/// A small generator of its own: SplitMix64 (Steele, Lea and Flood 2014) and the textbook transformations.
struct Dice(u64);

impl Dice {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (((bits ^ (bits >> 31)) >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        (-2.0 * libm::log(self.uniform())).sqrt() * libm::cos(std::f64::consts::TAU * self.uniform())
    }

    /// A gamma law with a whole shape, as a sum of exponentials.
    fn gamma(&mut self, shape: u32, mean: f64) -> f64 {
        -(0..shape).map(|_| libm::log(self.uniform())).sum::<f64>() * mean / f64::from(shape)
    }

    fn poisson(&mut self, mean: f64) -> f64 {
        let (mut count, mut left) = (0.0, mean);
        loop {
            left += libm::log(self.uniform());
            if left < 0.0 {
                return count;
            }
            count += 1.0;
        }
    }
}

#[test]
fn the_log_virality_model_agrees_with_a_second_implementation() {
    let (alpha, beta, delta, lambda, steps) = (1.0, 0.15, 0.5, 0.02, 36);
    let story = "[platform.chirp]\nreviewers = 0\n[narrative.n]\nabout = \"a story\"\non = { chirp = \"100 %\" }\nat = \"start\"\nkernel = \"log-virality\"\n\
                 virality = { alpha = 1.0, beta = 0.15, delta = 0.5, lambda = 0.02, lasts = \"3h\" }\ndispersion = 3\n"
        .to_owned()
        + &last(&[("posts", "narrative.n.posts")]);
    for (nudge, left, seed) in [("", 1.0, 7), ("nudge = { on = \"chirp\", cut = \"60 %\" }", 0.4, 8)] {
        let measure = if nudge.is_empty() { String::new() } else { from_the_start(nudge) };
        let (ours, our_error) = Trial::new(6, &(story.clone() + &measure)).mean(3_000, "posts");
        let mut dice = Dice(seed);
        let (theirs, their_error) = mean((0..6_000).map(|_| {
            let (mut virality, mut total) = (0.0, 0.0);
            for step in 1..=steps {
                let expected = libm::exp(alpha + beta * virality);
                let rate = dice.gamma(3, expected);
                let posts = dice.poisson(rate);
                // Followers: eight of them one by one, the others by a log-normal with the mean and variance of their sum.
                let singles = posts.min(8.0);
                let mut reached: f64 = (0..singles as u32).map(|_| 600.0 * libm::exp(2.0 * dice.normal())).sum();
                let rest = posts - singles;
                if rest > 0.0 {
                    let variance = libm::log(1.0 + (libm::exp(4.0) - 1.0) / rest);
                    let centre = libm::log(600.0 * rest) + 2.0 - variance / 2.0;
                    reached += libm::exp(centre + variance.sqrt() * dice.normal());
                }
                virality =
                    virality * delta * libm::exp(-lambda * f64::from(step)) + libm::log(1.0 + left * (reached + posts));
                total += posts;
            }
            total
        }));
        let z = (ours - theirs) / (our_error * our_error + their_error * their_error).sqrt();
        assert!(z.abs() < 4.0, "{ours} posts, not {theirs}: z = {z}");
        assert!(our_error / ours < 0.02, "{our_error}");
    }
}

#[test]
fn a_story_that_only_spills_over_has_no_life_of_its_own_before() {
    let story = "[platform.chirp]\nreviewers = 0\nspill = { plaza = \"0 %\" }\n[platform.plaza]\nreviewers = 0\n[narrative.n]\nabout = \"a story\"\non = { chirp = \"100 %\" }\nat = \"start\"\nkernel = \"log-virality\"\n\
                 virality = { alpha = 1.0, beta = 0.1, delta = 0.5, lambda = 0.02, lasts = \"3h\" }\n"
        .to_owned()
        + &last(&[("here", "narrative.n.chirp.posts"), ("there", "narrative.n.plaza.posts")]);
    let trial = Trial::new(6, &story);
    let seen = trial.run(0);
    assert!(seen.measure("here") > 0.0);
    assert_eq!(seen.measure("there"), 0.0);
}

#[test]
fn surfacing_and_daily_counts_follow_the_posts() {
    let story = large("40000", "drive = \"60min\"\ndrive-spread = \"0.2\"\nbranching = 0")
        + &taken("first-time", &[("surfaced", "narrative.n.surfaced")])
        + &taken("highest", &[("peak", "narrative.n.peak"), ("daily", "narrative.n.daily")])
        + &last(&[("now-daily", "narrative.n.daily")]);
    let trial = Trial::new(60, &story);
    let seen = trial.run(0);
    assert_eq!(seen.measure("peak"), seen.measure("posts"), "all posts come within hours");
    assert_eq!(seen.measure("daily"), seen.measure("peak"));
    assert_eq!(seen.measure("now-daily"), 0.0);
    assert!(seen.measure("surfaced") <= HOUR as f64 && seen.measure("surfaced") > 0.0);
}
