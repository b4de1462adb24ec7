//! Narratives, platforms and the public, from the scenario.

use super::Bench;
use crate::scenario::model::{self, Convention, Kernel, ModerationMeasure, Scenario};
use crate::world::audience::{self, Audience, Heard, Segment};
use crate::world::board::Subject;
use crate::world::defaults;
use crate::world::draw::Draw;
use crate::world::fuel::Fuel;
use crate::world::narrative::{self, Narratives, Spill, Stream};
use crate::world::platform::{self, Item, Platforms};
use crate::world::run::within_sentence;
use crate::world::verb::Curb;
use crate::world::virality::Virality;
use crate::world::watch::Trigger;

/// Platforms on which a narrative may come to live: where it starts, and wherever its posts spill over from there.
pub(in crate::world) fn homes(scenario: &Scenario, narrative: &model::Narrative) -> Vec<u32> {
    let mut found = vec![false; scenario.platform.len()];
    let mut open: Vec<usize> = narrative.on.keys().filter_map(|name| scenario.platform.get_index_of(name)).collect();
    while let Some(platform) = open.pop() {
        if std::mem::replace(&mut found[platform], true) {
            continue;
        }
        if let Some((_, platform)) = scenario.platform.get_index(platform) {
            open.extend(platform.spill.keys().filter_map(|name| scenario.platform.get_index_of(name)));
        }
    }
    (0..found.len() as u32).filter(|platform| found[*platform as usize]).collect()
}

/// All narratives.
pub(in crate::world) fn narratives(bench: &mut Bench<'_>) -> Narratives {
    let scenario = bench.scenario;
    let mut specs = Vec::new();
    let mut streams: Vec<Stream> = Vec::new();
    let mut fuels = Vec::new();
    for (position, (name, narrative)) in scenario.narrative.iter().enumerate() {
        let path = format!("narrative.{name}");
        let subject = bench.subject(&path, &path);
        let about = Some(subject);
        let key = |key: &str| format!("{path}.{key}");
        let slots = narrative::Slots {
            surfaced: bench.truth(key("surfaced"), "somebody has posted it", about),
            posts: bench.number(key("posts"), "posts so far", about),
            daily: bench.number(key("daily"), "posts of the last 24 hours, counted hourly", about),
            peak: bench.number(key("peak"), "the most posts any 24 hours have brought so far", about),
            curbed: bench.number(key("curbed"), "posts made while a platform held the narrative back", about),
        };
        let first = streams.len() as u32;
        let homes = homes(scenario, narrative);
        if homes.is_empty() {
            streams.push(Stream {
                narrative: position as u32,
                platform: None,
                share: Draw::Fixed(1.0),
                posts_last: None,
                draws: bench.stream(key("posts-drawn")),
                sleep: bench.stream(key("sleep")),
                posts: bench.number(key("off-platform.posts"), "posts so far off the platforms", about),
                spills: Vec::new(),
            });
        }
        for platform in homes {
            streams.push(on_platform(bench, narrative, position as u32, &path, platform, subject));
        }
        for (fuel_position, fuel) in narrative.fuel.iter().enumerate() {
            let at = format!("{path}.fuel[{fuel_position}]");
            let hold = bench.optional(format!("{at}.for"), &fuel.hold);
            bench.watch(format!("{at}.when"), &fuel.when, hold, Trigger::Fuel(fuels.len() as u32));
            fuels.push(Fuel {
                narrative: position as u32,
                rate: bench.draw(&format!("{at}.rate"), &fuel.rate),
                lasts: bench.optional(format!("{at}.lasts"), &fuel.lasts),
                because: fuel.because.clone(),
            });
        }
        if let Some(when) = &narrative.when {
            bench.watch(key("when"), when, None, Trigger::Narrative(position as u32));
        }
        let virality = match (narrative.kernel, &narrative.virality) {
            (Kernel::LogVirality, Some(virality)) => Some(log_virality(bench, virality, &path)),
            _ => None,
        };
        specs.push(narrative::Spec {
            about: narrative.about.clone(),
            at: narrative.at.as_ref().map(|at| bench.timing(&key("at"), at)),
            posts: posts(bench, name),
            branching: bench.or(key("branching"), &narrative.branching, &defaults::BRANCHING),
            drive: bench.or(key("drive"), &narrative.drive, &defaults::DRIVE),
            drive_spread: bench.or(key("drive-spread"), &narrative.drive_spread, &defaults::DRIVE_SPREAD),
            memory: bench.or(key("memory"), &narrative.memory, &defaults::MEMORY),
            dispersion: bench.or(key("dispersion"), &narrative.dispersion, &defaults::DISPERSION),
            views: bench.or(key("views"), &narrative.views, &defaults::VIEWS),
            virality,
            self_exciting: match (narrative.kernel, &narrative.self_exciting) {
                (Kernel::SelfExciting, Some(kernel)) => Some([
                    bench.draw(&key("self-exciting.cutoff"), &kernel.cutoff),
                    bench.draw(&key("self-exciting.exponent"), &kernel.exponent),
                ]),
                _ => None,
            },
            streams: (first, streams.len() as u32),
            slots,
            path,
        });
    }
    let displacement = scenario
        .platform
        .iter()
        .map(|(name, platform)| {
            let path = format!("platform.{name}.displacement");
            bench.or(path, &platform.displacement, &defaults::DISPLACEMENT)
        })
        .collect();
    Narratives::new(specs, streams, fuels, displacement)
}

/// Posts a narrative brings if nobody does anything. In the log-virality model the kernel itself says how many.
fn posts(bench: &mut Bench<'_>, name: &str) -> Draw {
    let narrative = &bench.scenario.narrative[name];
    match narrative.kernel {
        Kernel::LogVirality if narrative.posts.is_none() => Draw::Fixed(0.0),
        _ => bench.or(format!("narrative.{name}.posts"), &narrative.posts, &defaults::POSTS),
    }
}

fn on_platform(
    bench: &mut Bench<'_>,
    narrative: &model::Narrative,
    position: u32,
    path: &str,
    platform: u32,
    subject: Subject,
) -> Stream {
    let scenario = bench.scenario;
    // The platform comes from the table itself, so it is there.
    let (home, entry) = scenario.platform.get_index(platform as usize).expect("a position in the table of platforms");
    let key = |key: &str| format!("{path}.{home}.{key}");
    let spills = entry
        .spill
        .iter()
        .map(|(to, rate)| Spill {
            platform: bench.position(&format!("platform.{home}.spill"), &scenario.platform, to),
            rate: bench.draw(&key(&format!("spill.{to}")), rate),
            draws: bench.stream(key(&format!("spill.{to}.seeds"))),
            lag: bench.or(
                key(&format!("spill.{to}.lag")),
                &None::<crate::scenario::Quantity<crate::scenario::Period>>,
                &defaults::SPILL_LAG,
            ),
        })
        .collect();
    Stream {
        narrative: position,
        platform: Some(platform),
        share: match narrative.on.get(home) {
            Some(share) => bench.draw(&format!("{path}.on.{home}"), share),
            None => Draw::Fixed(0.0),
        },
        posts_last: bench.optional(format!("platform.{home}.posts-last"), &entry.posts_last),
        draws: bench.stream(key("posts-drawn")),
        sleep: bench.stream(key("sleep")),
        posts: bench.number(key("posts"), "posts so far on this platform", Some(subject)),
        spills,
    }
}

fn log_virality(bench: &mut Bench<'_>, virality: &model::Virality, path: &str) -> Virality {
    let key = |key: &str| format!("{path}.virality.{key}");
    Virality {
        coefficients: [
            bench.draw(&key("alpha"), &virality.alpha),
            bench.draw(&key("beta"), &virality.beta),
            bench.draw(&key("delta"), &virality.delta),
            bench.draw(&key("lambda"), &virality.lambda),
        ],
        followers: [
            bench.or(key("followers"), &virality.followers, &defaults::FOLLOWERS),
            bench.or(key("followers-spread"), &virality.followers_spread, &defaults::FOLLOWERS_SPREAD),
        ],
        lasts: bench.draw(&key("lasts"), &virality.lasts),
        first: bench.optional(key("first"), &virality.first),
        most: bench.optional(key("most"), &virality.most),
        delayed: virality.convention == Convention::Simulator,
        stream: bench.stream(key("followers-drawn")),
    }
}

/// All platforms and the narratives on them.
pub(in crate::world) fn platforms(bench: &mut Bench<'_>) -> Platforms {
    let scenario = bench.scenario;
    let mut specs = Vec::new();
    for (position, (name, entry)) in scenario.platform.iter().enumerate() {
        let path = format!("platform.{name}");
        let key = |key: &str| format!("{path}.{key}");
        let slots = platform::Slots {
            backlog: bench.number(key("backlog"), "items and reports waiting for review", None),
            reviewed: bench.number(key("reviewed"), "reviews done so far", None),
            actions: bench.number(key("actions"), "measures taken against items in breach so far", None),
            wrong_actions: bench.number(key("wrong-actions"), "measures taken against accurate items so far", None),
            wait: bench.registry.offer(
                key("wait"),
                crate::scenario::Dimension::Period,
                0.0,
                "mean time election items have waited for a reviewer",
                None,
            ),
        };
        let runs_it = |responder: &model::Responder| responder.platform.as_ref().is_some_and(|runs| runs == name);
        let teams = scenario.responder.values().enumerate().filter(|(_, each)| runs_it(each));
        let breaker = entry.circuit_breaker.as_ref().map(|breaker| {
            [
                bench.draw(&key("circuit-breaker.above"), &breaker.above),
                bench.draw(&key("circuit-breaker.cut"), &breaker.cut),
                bench.draw(&key("circuit-breaker.lasts"), &breaker.lasts),
            ]
        });
        let measure = match entry.measure {
            ModerationMeasure::Nothing => None,
            ModerationMeasure::Label => Some(Curb::Label),
            ModerationMeasure::Downrank => Some(Curb::Downrank),
            ModerationMeasure::Remove => Some(Curb::Remove),
        };
        let measure = measure.map(|kind| {
            let stated = match kind {
                Curb::Downrank => "downrank-cut",
                Curb::Remove => "removal-caught",
                _ => "label-cut",
            };
            (kind, platform_cut(bench, position as u32, kind, &key(stated), &key("measure.cut")))
        });
        specs.push(platform::Spec {
            title: entry.title.as_deref().map_or_else(|| name.replace('-', " "), within_sentence),
            reviewers: bench.or(key("reviewers"), &entry.reviewers, &defaults::REVIEWERS),
            shifts: bench.shifts(&key("hours"), &entry.hours),
            review: bench.or(key("review"), &entry.review, &defaults::REVIEW),
            triage: bench.or(key("triage"), &entry.triage, &defaults::TRIAGE),
            reports: bench.or(key("reports"), &entry.reports, &defaults::REPORTS),
            unrelated: bench.optional(key("other-reports"), &entry.other_reports),
            arrivals: bench.stream(key("other-reports.arrivals")),
            unrelated_decisions: bench.stream(key("other-reports.decisions")),
            coverage: bench.or(key("coverage"), &entry.coverage, &defaults::COVERAGE),
            sensitivity: bench.or(key("sensitivity"), &entry.sensitivity, &defaults::SENSITIVITY),
            specificity: bench.or(key("specificity"), &entry.specificity, &defaults::SPECIFICITY),
            measure,
            propagation: bench.or(key("propagation"), &entry.propagation, &defaults::PROPAGATION),
            strikes: entry.strikes,
            ban_cut: bench.or(key("ban-cut"), &entry.ban_cut, &defaults::BAN_CUT),
            breaker,
            teams: teams.map(|(position, _)| position as u32).collect(),
            slots,
            path,
        });
    }
    let mut items = Vec::new();
    for (position, (name, narrative)) in scenario.narrative.iter().enumerate() {
        for platform in homes(scenario, narrative) {
            let (home, _) =
                scenario.platform.get_index(platform as usize).expect("a position in the table of platforms");
            let path = format!("narrative.{name}");
            items.push(Item {
                narrative: position as u32,
                platform,
                subject: bench.subject(&path, &path),
                accurate: narrative.accurate,
                reporting: bench.stream(format!("{path}.{home}.reporting")),
                decisions: bench.stream(format!("{path}.{home}.decisions")),
            });
        }
    }
    Platforms::new(specs, items)
}

/// The cut a measure makes on a platform, as the platform says or by default; drawn under a path of its own.
pub(in crate::world) fn platform_cut(bench: &mut Bench<'_>, platform: u32, kind: Curb, key: &str, path: &str) -> Draw {
    let (_, entry) =
        bench.scenario.platform.get_index(platform as usize).expect("a position in the table of platforms");
    let (own, default) = match kind {
        Curb::Label => (&entry.label_cut, &defaults::LABEL_CUT),
        Curb::Downrank => (&entry.downrank_cut, &defaults::DOWNRANK_CUT),
        Curb::Remove => (&entry.removal_caught, &defaults::REMOVAL_CAUGHT),
        Curb::Ban => (&entry.ban_cut, &defaults::BAN_CUT),
        Curb::CircuitBreaker => match &entry.circuit_breaker {
            Some(breaker) => return bench.draw(path, &breaker.cut),
            None => (&None, &defaults::BREAKER_CUT),
        },
    };
    bench.or_at(key, path.to_owned(), own, default)
}

/// Camps, in the order in which segments name them.
pub(in crate::world) fn camps(scenario: &Scenario) -> Vec<&String> {
    let mut camps: Vec<&String> = Vec::new();
    for camp in scenario.segment.values().filter_map(|segment| segment.camp.as_ref()) {
        if !camps.contains(&camp) {
            camps.push(camp);
        }
    }
    camps
}

/// The public.
pub(in crate::world) fn audience(bench: &mut Bench<'_>) -> Audience {
    let scenario = bench.scenario;
    let everybody = model::Segment {
        share: crate::scenario::Quantity::fixed(1.0),
        camp: None,
        uses: model::Named::new(),
        distrusts: crate::scenario::Names::default(),
        confidence: None,
        believes: None,
    };
    let alone = model::Named::from([("public".to_owned(), everybody)]);
    let table = if scenario.segment.is_empty() { &alone } else { &scenario.segment };
    let camps = camps(scenario);
    let mut segments = Vec::new();
    for (name, entry) in table {
        let path = format!("segment.{name}");
        let key = |key: &str| format!("{path}.{key}");
        let uses = scenario
            .platform
            .iter()
            .map(|(platform, spec)| match entry.uses.get(platform) {
                Some(share) => bench.draw(&key(&format!("uses.{platform}")), share),
                None => {
                    let stated = format!("platform.{platform}.reach");
                    bench.or_at(&stated, key(&format!("uses.{platform}")), &spec.reach, &defaults::REACH)
                }
            })
            .collect();
        let share = bench.draw(&key("share"), &entry.share);
        segments.push(Segment {
            share,
            camp: entry.camp.as_ref().and_then(|camp| camps.iter().position(|each| *each == camp)).map(|at| at as u32),
            uses,
            distrusts: scenario.responder.keys().map(|name| entry.distrusts.iter().any(|each| each == name)).collect(),
            confidence: bench.or(key("confidence"), &entry.confidence, &defaults::CONFIDENCE),
            believes: bench.or(key("believes"), &entry.believes, &defaults::BELIEVES),
            slot: bench.number(
                format!("confidence.{name}"),
                "share of the segment confident that votes count as cast",
                None,
            ),
        });
    }
    let mut heard = Vec::new();
    for (name, narrative) in &scenario.narrative {
        let path = format!("narrative.{name}");
        let subject = Some(bench.subject(&path, &path));
        let offered = |bench: &mut Bench<'_>, kind: &str, meaning: &'static str| {
            let all = bench.number(format!("{kind}.{name}"), meaning, subject);
            let each = table.keys().map(|segment| bench.number(format!("{kind}.{name}.{segment}"), meaning, subject));
            (all, each.collect::<Vec<_>>())
        };
        let (reach, reach_by_segment) = offered(bench, "reach", "share of people reached by the narrative");
        let belief = scenario
            .scenario
            .belief
            .then(|| offered(bench, "belief", "index of belief in the narrative; weak evidence"));
        let doubt = if narrative.accurate && narrative.doubt.is_none() {
            Draw::Fixed(0.0)
        } else {
            bench.or(format!("{path}.doubt"), &narrative.doubt, &defaults::DOUBT)
        };
        heard.push(Heard {
            accurate: narrative.accurate,
            deters: bench.or(format!("{path}.deters"), &narrative.deters, &defaults::DETERS),
            doubt,
            reach,
            reach_by_segment,
            belief,
        });
    }
    let slots = audience::Slots {
        confidence: bench.number(
            "confidence.all".into(),
            "share of all people confident that votes count as cast",
            None,
        ),
        gap: bench.number("confidence.gap".into(), "highest minus lowest confidence among segments", None),
        lost_participation: bench.number(
            "participation.lost".into(),
            "share of people kept from voting by what they heard",
            None,
        ),
    };
    let subjects = bench.subjects().len();
    let population = bench.or("scenario.population".into(), &scenario.scenario.population, &defaults::POPULATION);
    Audience::new(population, segments, heard, slots, subjects)
}
