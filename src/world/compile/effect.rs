//! Effects, from the scenario: each verb with its targets and strengths.

use super::Bench;
use super::contest::mask;
use super::public::{camps, homes, platform_cut};
use crate::scenario::model::{self, AuditMethod, Effect};
use crate::scenario::{Names, Period, Problem, Quantity, Share};
use crate::world::defaults;
use crate::world::draw::Draw;
use crate::world::verb::{Answer, Brake, Curb, Verb};

/// Whose effect it is: a responder's measures fall on its own platform unless the file says otherwise.
#[derive(Clone, Copy, Debug)]
pub(in crate::world) enum Author {
    /// A responder.
    Responder(u32),
    /// Anybody else.
    Other,
}

/// Compiles an effect; says under which number it stands.
pub(in crate::world) fn effect(bench: &mut Bench<'_>, path: &str, effect: &Effect, author: Author) -> u32 {
    let mut verbs = Vec::new();
    on_systems(bench, path, effect, &mut verbs);
    on_platforms(bench, path, effect, author, &mut verbs);
    on_people(bench, path, effect, &mut verbs);
    on_actors(bench, path, effect, &mut verbs);
    on_counts(bench, path, effect, &mut verbs);
    bench.effects.push(verbs);
    bench.effect_paths.push(path.to_owned());
    bench.effects.len() as u32 - 1
}

fn on_systems(bench: &mut Bench<'_>, path: &str, effect: &Effect, verbs: &mut Vec<Verb>) {
    let table = &bench.scenario.asset;
    let mut each =
        |bench: &mut Bench<'_>, verb: &str, names: &Names, make: &mut dyn FnMut(&mut Bench<'_>, u32, &str) -> Verb| {
            for name in names.iter() {
                let asset = bench.position(&format!("{path}.{verb}.asset"), table, name);
                let compiled = make(bench, asset, &format!("{path}.{verb}/{name}"));
                verbs.push(compiled);
            }
        };
    if let Some(verb) = &effect.disrupt {
        each(bench, "disrupt", &verb.asset, &mut |bench, asset, at| Verb::Disrupt {
            asset,
            lasts: bench.optional(format!("{at}.lasts"), &verb.lasts),
        });
    }
    if let Some(verb) = &effect.compromise {
        each(bench, "compromise", &verb.asset, &mut |bench, asset, at| Verb::Compromise {
            asset,
            noise: bench.optional(format!("{at}.noise"), &verb.noise),
        });
    }
    if let Some(verb) = &effect.alter {
        each(bench, "alter", &verb.asset, &mut |_, asset, _| Verb::Alter { asset });
    }
    if let Some(verb) = &effect.restore {
        each(bench, "restore", &verb.asset, &mut |_, asset, _| Verb::Restore { asset });
    }
    if let Some(verb) = &effect.correct {
        each(bench, "correct", &verb.asset, &mut |_, asset, _| Verb::Correct { asset });
    }
    if let Some(verb) = &effect.shield {
        each(bench, "shield", &verb.asset, &mut |bench, asset, at| Verb::Shield {
            asset,
            stops: bench.or(format!("{at}.stops"), &verb.stops, &defaults::SHIELD_STOPS),
            shortens: bench.or(format!("{at}.shortens"), &verb.shortens, &defaults::SHIELD_SHORTENS),
        });
    }
    if let Some(verb) = &effect.fail_over {
        each(bench, "fail-over", &verb.asset, &mut |_, asset, _| Verb::FailOver { asset });
    }
    if let Some(verb) = &effect.inspect {
        each(bench, "inspect", &verb.asset, &mut |_, asset, _| Verb::Inspect { asset });
    }
}

/// The platforms a measure falls on: those the file names, or the one the author runs.
fn platforms(bench: &mut Bench<'_>, path: &str, on: &Names, author: Author) -> Vec<u32> {
    let scenario = bench.scenario;
    if !on.is_empty() {
        return bench.positions(path, &scenario.platform, on);
    }
    let own = match author {
        Author::Responder(owner) => {
            scenario.responder.get_index(owner as usize).and_then(|(_, each)| each.platform.as_ref())
        }
        Author::Other => None,
    };
    match own {
        Some(name) => vec![bench.position(path, &scenario.platform, name)],
        None => {
            bench
                .problems
                .push(Problem::error(path, "on which platform?").help("add `on = \"…\"` with the name of a platform"));
            Vec::new()
        }
    }
}

/// The name of a platform: streams are told apart by names, since positions move when a platform is added before.
fn platform_name(scenario: &model::Scenario, platform: u32) -> &str {
    // A dangling name has been reported, and its scenario does not run.
    scenario.platform.get_index(platform as usize).map_or("", |(name, _)| name)
}

fn on_platforms(bench: &mut Bench<'_>, path: &str, effect: &Effect, author: Author, verbs: &mut Vec<Verb>) {
    let scenario = bench.scenario;
    if let Some(verb) = &effect.publish {
        for name in verb.narrative.iter() {
            let narrative = bench.position(&format!("{path}.publish.narrative"), &scenario.narrative, name);
            let posts = match &verb.posts {
                Some(posts) => bench.draw(&format!("{path}.publish.posts/{name}"), posts),
                None => bench.or(
                    format!("{path}.publish.posts/{name}"),
                    &scenario.narrative.get(name).and_then(|narrative| narrative.posts.clone()),
                    &defaults::POSTS,
                ),
            };
            verbs.push(Verb::Publish { narrative, posts });
        }
    }
    let curbs = [
        ("label", &effect.label, Curb::Label),
        ("downrank", &effect.downrank, Curb::Downrank),
        ("remove", &effect.remove, Curb::Remove),
        ("circuit-breaker", &effect.circuit_breaker, Curb::CircuitBreaker),
    ];
    for (key, verb, kind) in curbs {
        if let Some(verb) = verb {
            curb(bench, &format!("{path}.{key}"), verb, kind, author, verbs);
        }
    }
    let brakes = [
        ("friction", &effect.friction, Brake::Friction, &defaults::FRICTION_CUT),
        ("nudge", &effect.nudge, Brake::Nudge, &defaults::NUDGE_CUT),
        ("ban", &effect.ban, Brake::Ban, &defaults::BAN_CUT),
    ];
    for (key, verb, kind, default) in brakes {
        let Some(verb) = verb else { continue };
        let at = format!("{path}.{key}");
        for platform in platforms(bench, &at, &verb.on, author) {
            let home = platform_name(scenario, platform);
            let cut = bench.or(format!("{at}.cut/{home}"), &verb.cut, default);
            let lasts = bench.optional(format!("{at}.lasts/{home}"), &verb.lasts);
            verbs.push(Verb::Brake { platform, kind, cut, lasts });
        }
    }
    if let Some(verb) = &effect.information_centre {
        let at = format!("{path}.information-centre");
        for platform in platforms(bench, &at, &verb.on, author) {
            let home = platform_name(scenario, platform);
            let reach = bench.or(format!("{at}.reach/{home}"), &verb.reach, &defaults::CENTRE_REACH);
            let among = bench.or(format!("{at}.cut/{home}"), &verb.cut, &defaults::CENTRE_CUT);
            verbs.push(Verb::Centre { platform, reach, cut: among });
        }
    }
    if let Some(verb) = &effect.reviewers {
        let at = format!("{path}.reviewers");
        for platform in platforms(bench, &at, &verb.on, author) {
            let home = platform_name(scenario, platform);
            verbs.push(Verb::Reviewers { platform, add: bench.draw(&format!("{at}.add/{home}"), &verb.add) });
        }
    }
    if let Some(verb) = &effect.tip {
        for name in verb.narrative.iter() {
            let narrative = bench.position(&format!("{path}.tip.narrative"), &scenario.narrative, name);
            let to = if verb.to.is_empty() {
                scenario.narrative.get(name).map_or_else(Vec::new, |narrative| homes(scenario, narrative))
            } else {
                bench.positions(&format!("{path}.tip.to"), &scenario.platform, &verb.to)
            };
            verbs.extend(to.into_iter().map(|platform| Verb::Tip { narrative, platform }));
        }
    }
}

fn curb(bench: &mut Bench<'_>, path: &str, verb: &model::Curb, kind: Curb, author: Author, verbs: &mut Vec<Verb>) {
    let scenario = bench.scenario;
    for platform in platforms(bench, path, &verb.on, author) {
        let home = platform_name(scenario, platform);
        for name in verb.narrative.iter() {
            let narrative = bench.position(&format!("{path}.narrative"), &scenario.narrative, name);
            let at = format!("{path}/{name}/{home}");
            let cut = match &verb.cut {
                Some(cut) => bench.draw(&format!("{at}.cut"), cut),
                None => {
                    let key = format!("{at}.cut");
                    platform_cut(bench, platform, kind, &key, &key)
                }
            };
            let lasts = bench.optional(format!("{at}.lasts"), &verb.lasts);
            verbs.push(Verb::Curb { narrative, platform, kind, cut, lasts });
        }
    }
}

fn on_people(bench: &mut Bench<'_>, path: &str, effect: &Effect, verbs: &mut Vec<Verb>) {
    let scenario = bench.scenario;
    if let Some(verb) = &effect.prebunk {
        let fallback = (&defaults::PREBUNK_CUT, &defaults::PREBUNK_HALF_LIFE);
        let reach = (&verb.reach, &defaults::PREBUNK_REACH);
        let at = format!("{path}.prebunk");
        answer(
            bench,
            &at,
            &verb.narrative,
            Answer::Prebunk,
            Some(reach),
            (&verb.cut, &verb.half_life),
            fallback,
            verbs,
        );
    }
    if let Some(verb) = &effect.debunk {
        let fallback = (&defaults::DEBUNK_CUT, &defaults::DEBUNK_HALF_LIFE);
        let at = format!("{path}.debunk");
        answer(bench, &at, &verb.narrative, Answer::Debunk, None, (&verb.cut, &verb.half_life), fallback, verbs);
    }
    if let Some(verb) = &effect.inform {
        let key = |key: &str| format!("{path}.inform.{key}");
        let reach = bench.or(key("reach"), &verb.reach, &defaults::INFORM_REACH);
        let trust = bench.or(key("trust"), &verb.trust, &defaults::INFORM_TRUST);
        let about = verb.about.as_ref().map(|about| bench.subject(&key("about"), about));
        verbs.push(Verb::Inform { reach, trust, about });
    }
    if let Some(verb) = &effect.shake {
        let key = |key: &str| format!("{path}.shake.{key}");
        verbs.push(Verb::Shake {
            confidence: bench.draw(&key("confidence"), &verb.confidence),
            half_life: bench.optional(key("half-life"), &verb.half_life),
            segments: bench.positions(&key("segment"), &scenario.segment, &verb.segment),
            about: verb.about.as_ref().map(|about| bench.subject(&key("about"), about)),
        });
    }
    if let Some(verb) = &effect.declare {
        match camps(scenario).iter().position(|camp| **camp == verb.winner) {
            Some(winner) => verbs.push(Verb::Declare { winner: winner as u32 }),
            None => {
                let at = format!("{path}.declare.winner");
                bench.problems.push(Problem::error(at, format!("no segment hopes for `{}`", verb.winner)));
            }
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "prebunk and debunk differ in exactly these, and in nothing else")]
fn answer(
    bench: &mut Bench<'_>,
    path: &str,
    names: &Names,
    kind: Answer,
    reach: Option<(&Option<Quantity<Share>>, &defaults::Default)>,
    (cut, half_life): (&Option<Quantity<Share>>, &Option<Quantity<Period>>),
    (default_cut, default_half_life): (&defaults::Default, &defaults::Default),
    verbs: &mut Vec<Verb>,
) {
    let table = &bench.scenario.narrative;
    for name in names.iter() {
        let narrative = bench.position(&format!("{path}.narrative"), table, name);
        let reach = match reach {
            Some((reach, default)) => bench.or(format!("{path}.reach/{name}"), reach, default),
            None => Draw::Fixed(1.0),
        };
        let cut = bench.or(format!("{path}.cut/{name}"), cut, default_cut);
        let half_life = bench.or(format!("{path}.half-life/{name}"), half_life, default_half_life);
        verbs.push(Verb::Answer { narrative, kind, reach, cut, half_life });
    }
}

fn on_actors(bench: &mut Bench<'_>, path: &str, effect: &Effect, verbs: &mut Vec<Verb>) {
    let scenario = bench.scenario;
    if let Some(verb) = &effect.takedown {
        for name in verb.adversary.iter() {
            let adversary = bench.position(&format!("{path}.takedown.adversary"), &scenario.adversary, name);
            let cut = bench.or(format!("{path}.takedown.cut/{name}"), &verb.cut, &defaults::TAKEDOWN_CUT);
            verbs.push(Verb::Takedown { adversary, cut });
        }
    }
    if let Some(verb) = &effect.attribute {
        for name in verb.adversary.iter() {
            let adversary = bench.position(&format!("{path}.attribute.adversary"), &scenario.adversary, name);
            let takes = bench.or(format!("{path}.attribute.takes/{name}"), &verb.takes, &defaults::ATTRIBUTE_TAKES);
            verbs.push(Verb::Attribute { adversary, takes });
        }
    }
    if let Some(verb) = &effect.deter {
        for name in verb.adversary.iter() {
            let adversary = bench.position(&format!("{path}.deter.adversary"), &scenario.adversary, name);
            let cut = bench.draw(&format!("{path}.deter.cut/{name}"), &verb.cut);
            let lasts = bench.optional(format!("{path}.deter.lasts/{name}"), &verb.lasts);
            verbs.push(Verb::Deter { adversary, cut, lasts });
        }
    }
    if let Some(verb) = &effect.tell {
        for about in verb.about.iter() {
            let about = bench.subject(&format!("{path}.tell.about"), about);
            for responder in bench.positions(&format!("{path}.tell.responder"), &scenario.responder, &verb.responder) {
                verbs.push(Verb::Tell { responder, about });
            }
        }
    }
    if let Some(verb) = &effect.staff {
        for responder in bench.positions(&format!("{path}.staff.responder"), &scenario.responder, &verb.responder) {
            verbs.push(Verb::Staff { responder, change: verb.change });
        }
    }
}

fn on_counts(bench: &mut Bench<'_>, path: &str, effect: &Effect, verbs: &mut Vec<Verb>) {
    let table = &bench.scenario.jurisdiction;
    let places = |bench: &mut Bench<'_>, verb: &str, names: &Names| {
        let at = format!("{path}.{verb}.jurisdiction");
        let each = names.iter().map(|name| (bench.position(&at, table, name), format!("{path}.{verb}/{name}")));
        each.collect::<Vec<_>>()
    };
    if let Some(verb) = &effect.speed_count {
        for (jurisdiction, at) in places(bench, "speed-count", &verb.jurisdiction) {
            let factor = bench.or(format!("{at}.factor"), &verb.factor, &defaults::SAME_SPEED);
            verbs.push(Verb::SpeedCount { jurisdiction, factor, round_the_clock: verb.round_the_clock });
        }
    }
    if let Some(verb) = &effect.halt_count {
        for (jurisdiction, at) in places(bench, "halt-count", &verb.jurisdiction) {
            verbs.push(Verb::HaltCount { jurisdiction, lasts: bench.draw(&format!("{at}.lasts"), &verb.lasts) });
        }
    }
    if let Some(verb) = &effect.pre_process {
        for (jurisdiction, at) in places(bench, "pre-process", &verb.jurisdiction) {
            verbs.push(Verb::PreProcess { jurisdiction, hours: bench.draw(&format!("{at}.hours"), &verb.hours) });
        }
    }
    if let Some(verb) = &effect.release {
        for (jurisdiction, _) in places(bench, "release", &verb.jurisdiction) {
            verbs.push(Verb::Release { jurisdiction, policy: verb.policy });
        }
    }
    if let Some(verb) = &effect.explain_outstanding {
        for (jurisdiction, _) in places(bench, "explain-outstanding", &verb.jurisdiction) {
            verbs.push(Verb::ExplainOutstanding { jurisdiction });
        }
    }
    if let Some(verb) = &effect.compel {
        for (jurisdiction, _) in places(bench, "compel", &verb.jurisdiction) {
            verbs.push(Verb::Compel { jurisdiction });
        }
    }
    if let Some(verb) = &effect.extend {
        for (jurisdiction, at) in places(bench, "extend", &verb.jurisdiction) {
            verbs.push(Verb::Extend { jurisdiction, date: verb.date, by: bench.draw(&format!("{at}.by"), &verb.by) });
        }
    }
    on_law(bench, path, effect, verbs);
}

/// What courts, boards and offices order after the night. What is looked at again or moved must have dates of certification.
fn on_law(bench: &mut Bench<'_>, path: &str, effect: &Effect, verbs: &mut Vec<Verb>) {
    let scenario = bench.scenario;
    let places = |bench: &mut Bench<'_>, verb: &str, names: &Names, certified: bool| {
        let at = format!("{path}.{verb}.jurisdiction");
        let mut found = Vec::new();
        for name in names.iter() {
            if certified && scenario.jurisdiction.get(name).is_some_and(|each| each.certification.is_none()) {
                let problem =
                    Problem::error(&at, format!("`{name}` has no dates of certification: nothing is reported there"))
                        .help(format!("add `[jurisdiction.{name}.certification]` with `local` and `state`"));
                bench.problems.push(problem);
            }
            let position = bench.position(&at, &scenario.jurisdiction, name);
            found.push((position, name.clone(), format!("{path}.{verb}/{name}")));
        }
        found
    };
    if let Some(verb) = &effect.segregate {
        for (jurisdiction, _, at) in places(bench, "segregate", &verb.jurisdiction, false) {
            verbs.push(Verb::Segregate {
                jurisdiction,
                modes: mask(&verb.modes),
                ruling: bench.optional(format!("{at}.ruling"), &verb.ruling),
                admits: bench.or(format!("{at}.admits"), &verb.admits, &defaults::RULING_ADMITS),
            });
        }
    }
    if let Some(verb) = &effect.rule {
        for (jurisdiction, _, at) in places(bench, "rule", &verb.jurisdiction, false) {
            let admits = bench.or(format!("{at}.admits"), &verb.admits, &defaults::RULING_ADMITS);
            verbs.push(Verb::Rule { jurisdiction, admits });
        }
    }
    if let Some(verb) = &effect.extend_hours {
        for (jurisdiction, _, at) in places(bench, "extend-hours", &verb.jurisdiction, false) {
            verbs.push(Verb::ExtendHours { jurisdiction, by: bench.draw(&format!("{at}.by"), &verb.by) });
        }
    }
    if let Some(verb) = &effect.order_audit {
        for (jurisdiction, _, at) in places(bench, "order-audit", &verb.jurisdiction, true) {
            let pace = match verb.method {
                AuditMethod::HandCount => &defaults::HAND_COUNT_TEAM_PACE,
                AuditMethod::Comparison | AuditMethod::Polling => &defaults::AUDIT_TEAM_PACE,
            };
            let terms = [
                bench.or(format!("{at}.risk-limit"), &verb.risk_limit, &defaults::RISK_LIMIT),
                bench.or(format!("{at}.teams"), &verb.teams, &defaults::AUDIT_TEAMS),
                bench.or(format!("{at}.pace"), &verb.pace, pace),
                bench.or(format!("{at}.day"), &verb.day, &defaults::AUDIT_DAY),
                bench.or(format!("{at}.set-up"), &verb.set_up, &defaults::AUDIT_SET_UP),
            ];
            verbs.push(Verb::OrderAudit { jurisdiction, method: verb.method, terms });
        }
    }
    if let Some(verb) = &effect.request_recount {
        for (jurisdiction, name, at) in places(bench, "request-recount", &verb.jurisdiction, true) {
            let own = scenario.jurisdiction.get(&name).and_then(|each| each.recount.as_ref()?.takes.clone());
            let takes = verb.takes.clone().or(own);
            verbs.push(Verb::RequestRecount {
                jurisdiction,
                takes: bench.or(format!("{at}.takes"), &takes, &defaults::RECOUNT_TAKES),
            });
        }
    }
    if let Some(verb) = &effect.court_plans {
        for (jurisdiction, _, at) in places(bench, "court-plans", &verb.jurisdiction, false) {
            let cut = bench.or(format!("{at}.cut"), &verb.cut, &defaults::COURT_PLANS_CUT);
            verbs.push(Verb::CourtPlans { jurisdiction, cut });
        }
    }
    if let Some(verb) = &effect.annul {
        for contest in bench.positions(&format!("{path}.annul.contest"), &bench.scenario.contest, &verb.contest) {
            verbs.push(Verb::Annul { contest });
        }
    }
}
