//! Deeds: what a watched condition sets off, and what each verb of an effect asks of which process.

use super::draw::{optional, optional_span};
use super::model::Processes;
use super::outcome::Outcome;
use super::run::Run;
use super::verb::{Actor, Answer, Brake, Order, Verb};
use super::watch::Trigger;
use crate::engine::Time;

/// A watched condition came to hold, or ceased to: its owner acts.
pub(super) fn edge(trigger: Trigger, rising: bool, processes: &mut Processes, outcome: &mut Outcome, run: &mut Run) {
    match trigger {
        Trigger::Fuel(fuel) => processes.narratives.fuel(fuel, rising, run),
        Trigger::Contingency(position) => {
            processes.contingencies.edge(position, rising, &mut outcome.contingencies, run);
        }
        Trigger::Feed(jurisdiction) => processes.counts.feed_changed(jurisdiction, run),
        Trigger::Portal(jurisdiction) => processes.online.portal_changed(jurisdiction, rising, run),
        Trigger::Counted(jurisdiction) if rising => {
            processes.certifications.counted(jurisdiction, run);
            run.order(Order::AllCounted);
            run.order(Order::ResultsChanged);
        }
        Trigger::Response(response) if rising => processes.responses.called(response, &processes.watches, run),
        Trigger::Narrative(narrative) if rising => processes.narratives.begin(narrative, run),
        Trigger::Step(step) if rising => processes.adversaries.called(step, run),
        Trigger::Hazard(hazard) if rising => processes.hazards.called(hazard, run),
        Trigger::Inject(inject) if rising => processes.injects.called(inject, run),
        // Meetings ask whether their condition holds when they are due.
        Trigger::Meeting(_)
        | Trigger::Counted(_)
        | Trigger::Response(_)
        | Trigger::Narrative(_)
        | Trigger::Step(_)
        | Trigger::Hazard(_)
        | Trigger::Inject(_) => {}
    }
}

/// One verb of an effect, carried out.
pub(super) fn carry_out(verb: &Verb, by: Actor, processes: &mut Processes, run: &mut Run) {
    let until = |lasts: Option<crate::engine::Span>, run: &Run| lasts.map_or(Time::NEVER, |lasts| run.now() + lasts);
    let attack = matches!(by, Actor::Adversary { .. });
    match verb {
        Verb::Disrupt { asset, lasts } => {
            let lasts = optional(lasts, run);
            processes.assets.disrupt(*asset, lasts, attack, run);
        }
        Verb::Compromise { asset, noise } => {
            let noise = optional(noise, run);
            processes.assets.compromise(*asset, noise, attack, run);
        }
        Verb::Alter { asset } => processes.assets.alter(*asset, attack, run),
        Verb::Restore { asset } => processes.assets.restore(*asset, run),
        Verb::Correct { asset } => processes.assets.correct(*asset, run),
        Verb::Shield { asset, stops, shortens } => {
            let (stops, shortens) = (stops.value(run), shortens.value(run));
            processes.assets.shield(*asset, stops, shortens, run);
        }
        Verb::FailOver { asset } => processes.assets.fail_over(*asset, run),
        Verb::Inspect { asset } => processes.assets.inspect(*asset, run),
        Verb::Publish { narrative, posts } => {
            let volume = match by {
                Actor::Adversary { volume_permille } => f64::from(volume_permille) / 1_000.0,
                Actor::Responder(_) | Actor::Nobody => 1.0,
            };
            let posts = posts.value(run) * volume;
            processes.narratives.push(*narrative, posts, run);
        }
        Verb::Curb { narrative, platform, kind, cut, lasts } => {
            let (cut, lasts) = (cut.value(run), optional_span(lasts, run));
            processes.narratives.curb(*narrative, *platform, *kind, cut, until(lasts, run), run);
        }
        Verb::Brake { platform, kind, cut, lasts } => {
            let (cut, lasts) = (cut.value(run), optional_span(lasts, run));
            processes.narratives.brake(*platform, *kind, cut, until(lasts, run), run);
        }
        Verb::Centre { platform, reach, cut } => {
            let cut = reach.value(run) * cut.value(run);
            processes.narratives.brake(*platform, Brake::InformationCentre, cut, Time::NEVER, run);
        }
        Verb::Reviewers { platform, add } => {
            let add = add.count(run);
            processes.platforms.add_reviewers(*platform, add, run);
        }
        Verb::Tip { narrative, platform } => processes.platforms.tip(*narrative, *platform, run),
        Verb::Takedown { adversary, cut } => {
            let cut = cut.value(run);
            processes.adversaries.takedown(*adversary, cut, run);
        }
        Verb::Answer { narrative, kind, reach, cut, half_life } => {
            let (reach, cut, half_life) = (reach.value(run), cut.value(run), half_life.value(run));
            processes.narratives.answer(*narrative, reach * cut, half_life, run);
            // A debunk is measured by its effect on all people; who has met it is not known.
            if *kind == Answer::Prebunk {
                processes.audience.answered(*narrative, reach);
            }
        }
        Verb::Inform { reach, trust, about } => {
            let (reach, trust) = (reach.value(run), trust.value(run));
            let speaker = match by {
                Actor::Responder(responder) => Some(responder),
                Actor::Adversary { .. } | Actor::Nobody => None,
            };
            processes.audience.inform(reach, trust, *about, speaker, run);
        }
        Verb::Shake { confidence, half_life, segments, about } => {
            let (confidence, half_life) = (confidence.value(run), optional(half_life, run));
            processes.audience.shake(confidence, half_life, segments, *about, run);
        }
        Verb::SpeedCount { jurisdiction, factor, round_the_clock } => {
            let factor = factor.value(run);
            processes.counts.speed_up(*jurisdiction, factor, *round_the_clock, run);
        }
        Verb::HaltCount { jurisdiction, lasts } => {
            let lasts = lasts.span(run);
            processes.counts.halt(*jurisdiction, lasts, run);
        }
        Verb::PreProcess { jurisdiction, hours } => {
            let hours = hours.value(run);
            processes.counts.process_ahead(*jurisdiction, hours, run);
        }
        Verb::Release { jurisdiction, policy } => processes.counts.set_release(*jurisdiction, *policy, run),
        Verb::ExplainOutstanding { jurisdiction } => processes.counts.explain(*jurisdiction, run),
        Verb::Compel { jurisdiction } => processes.certifications.compel(*jurisdiction, run),
        Verb::Extend { jurisdiction, date, by } => {
            let by = by.span(run);
            processes.certifications.extend(*jurisdiction, *date, by, run);
        }
        Verb::Segregate { jurisdiction, modes, ruling, admits } => {
            let (ruling, admits) = (optional_span(ruling, run), admits.value(run));
            processes.counts.segregate(*jurisdiction, *modes, ruling, admits, run);
        }
        Verb::Rule { jurisdiction, admits } => {
            let admits = admits.value(run);
            processes.counts.rule(*jurisdiction, admits, run);
        }
        Verb::ExtendHours { jurisdiction, by } => {
            let by = by.span(run);
            processes.counts.extend_hours(*jurisdiction, by, run);
        }
        Verb::OrderAudit { jurisdiction, method, terms } => {
            let [risk, teams, pace, day, set_up] = [0, 1, 2, 3, 4].map(|each: usize| terms[each].value(run));
            let pace = teams * pace * day / 24.0;
            processes.certifications.order_review(*jurisdiction, *method, [risk, pace, set_up], run);
        }
        Verb::RequestRecount { jurisdiction, takes } => {
            let takes = takes.span(run);
            processes.certifications.request_recount(*jurisdiction, takes, run);
        }
        Verb::CourtPlans { jurisdiction, cut } => {
            let cut = cut.value(run);
            processes.counts.court_plans(*jurisdiction, cut, run);
        }
        Verb::Annul { contest } => processes.contests.annul(*contest as usize, run),
        Verb::Declare { winner } => processes.audience.declare(*winner, run),
        Verb::Attribute { adversary, takes } => {
            let takes = takes.value(run);
            processes.adversaries.attribute(*adversary, takes, run);
        }
        Verb::Deter { adversary, cut, lasts } => {
            let (cut, lasts) = (cut.value(run), optional(lasts, run));
            processes.adversaries.deter(*adversary, cut, lasts, run);
        }
        Verb::Tell { responder, about } => run.learn(*responder, *about),
        Verb::Staff { responder, change } => processes.responses.change_staff(*responder, *change, run),
    }
}
