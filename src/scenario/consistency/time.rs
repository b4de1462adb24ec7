//! The horizon, milestones within it, and what sets things off.

use crate::scenario::model::Scenario;
use crate::scenario::moment::{Anchor, DateTime, Moment};
use crate::scenario::problem::Problem;
use crate::scenario::quantity::{Period, Quantity, Value};

/// The longest time a scenario may cover: five years of 365.25 days.
const LONGEST_MS: i64 = 5 * 31_557_600_000;

pub(super) fn check(scenario: &Scenario) -> Vec<Problem> {
    let mut problems = Vec::new();
    horizon(scenario, &mut problems);
    milestones(scenario, &mut problems);
    triggers(scenario, &mut problems);
    problems
}

fn horizon(scenario: &Scenario, problems: &mut Vec<Problem>) {
    let about = &scenario.scenario;
    let length = about.end.unix_ms.saturating_sub(about.start.unix_ms);
    if length <= 0 {
        problems.push(
            Problem::error("scenario.end", "the scenario ends before it begins")
                .help("`end` must be later than `start`"),
        );
    } else if length > LONGEST_MS {
        problems.push(
            Problem::error("scenario.end", "the scenario covers more than five years")
                .help("bring `start` and `end` closer together"),
        );
    }
    if about.zone.is_none() && about.start.offset_s != about.end.offset_s {
        problems.push(
            Problem::warning("scenario.end", "`start` and `end` have different offsets, but there is no `zone`").help(
                "name the zone, as `zone = \"America/Detroit\"`; without it the offset of `start` holds throughout",
            ),
        );
    }
}

fn milestones(scenario: &Scenario, problems: &mut Vec<Problem>) {
    let (start, end) = (scenario.scenario.start.unix_ms, scenario.scenario.end.unix_ms);
    for (name, milestone) in &scenario.milestone {
        let path = format!("milestone.{name}");
        match fixed(scenario, &milestone.at) {
            Some(at) if at < start => problems.push(
                Problem::warning(format!("{path}.at"), format!("`{name}` lies before the scenario's start"))
                    .help("it has passed when the run begins; move it, or begin earlier"),
            ),
            Some(at) if at > end => problems.push(
                Problem::warning(
                    format!("{path}.at"),
                    format!("`{name}` lies after the scenario's end and is never reached"),
                )
                .help("move it, or end later"),
            ),
            _ => {}
        }
        if milestone.until.is_some() && milestone.every.is_none() {
            problems.push(
                Problem::error(format!("{path}.until"), format!("`{name}` has `until` but does not recur"))
                    .help("add `every`, or remove `until`"),
            );
        }
        if milestone.every.as_ref().is_some_and(|every| matches!(every.value, Value::Fixed(0.0))) {
            problems.push(
                Problem::error(format!("{path}.every"), format!("`{name}` recurs without any time between"))
                    .help("write a longer time, as \"7d\""),
            );
        }
        if milestone.when.is_some() && milestone.meeting.is_empty() {
            problems.push(
                Problem::error(format!("{path}.when"), format!("`{name}` has `when` but is no meeting"))
                    .help("add `meeting`, or remove `when`"),
            );
        }
    }
}

/// The moment in Unix milliseconds, if nothing about it is uncertain. Circles have no moment.
fn fixed(scenario: &Scenario, moment: &Moment) -> Option<i64> {
    let mut moment = moment;
    let mut shift = 0_i64;
    for _ in 0..=scenario.milestone.len() {
        match moment {
            Moment::At(DateTime { unix_ms, .. }) => return unix_ms.checked_add(shift),
            Moment::Relative { anchor, before, offset } => {
                let by = match offset.as_ref().map(|offset| &offset.value) {
                    None => 0,
                    Some(Value::Fixed(by)) => *by as i64,
                    Some(_) => return None,
                };
                shift = if *before { shift.checked_sub(by)? } else { shift.checked_add(by)? };
                moment = match anchor {
                    Anchor::Start => return scenario.scenario.start.unix_ms.checked_add(shift),
                    Anchor::End => return scenario.scenario.end.unix_ms.checked_add(shift),
                    Anchor::Milestone(name) => &scenario.milestone.get(name)?.at,
                };
            }
        }
    }
    None
}

/// What sets a thing off, as far as its table says.
struct Trigger<'s> {
    path: String,
    name: String,
    at: bool,
    when: bool,
    hold: Option<&'s Quantity<Period>>,
}

fn triggers(scenario: &Scenario, problems: &mut Vec<Problem>) {
    for (name, narrative) in &scenario.narrative {
        let path = format!("narrative.{name}");
        exclusive(
            &Trigger {
                path,
                name: format!("`{name}`"),
                at: narrative.at.is_some(),
                when: narrative.when.is_some(),
                hold: None,
            },
            problems,
        );
    }
    for (name, campaign) in &scenario.campaign {
        if campaign.step.is_empty() {
            problems.push(
                Problem::error(format!("campaign.{name}"), format!("`{name}` has no step"))
                    .help(format!("add a `[[campaign.{name}.step]]`")),
            );
        }
        for (position, step) in campaign.step.iter().enumerate() {
            let path = format!("campaign.{name}.step[{position}]");
            let label = format!("step {} of `{name}`", position + 1);
            if step.retry_after.is_some() && step.retries == 0 {
                problems.push(
                    Problem::error(
                        format!("{path}.retry-after"),
                        format!("{label} says when to try again, but not how often"),
                    )
                    .help("add `retries`, or remove `retry-after`"),
                );
            }
            let trigger = Trigger {
                path,
                name: label,
                at: step.at.is_some(),
                when: step.when.is_some(),
                hold: step.hold.as_ref(),
            };
            exclusive(&trigger, problems);
            if position == 0 {
                needed(&trigger, campaign.rate.is_some(), "`at` or `when`", problems);
            }
        }
    }
    for (name, hazard) in &scenario.hazard {
        let path = format!("hazard.{name}");
        let trigger = Trigger {
            path,
            name: format!("`{name}`"),
            at: hazard.at.is_some(),
            when: hazard.when.is_some(),
            hold: hazard.hold.as_ref(),
        };
        exclusive(&trigger, problems);
        needed(&trigger, hazard.rate.is_some(), "`at`, `when` or `rate`", problems);
        if hazard.rate.is_some() && (trigger.at || trigger.when) {
            let other = if trigger.at { "at" } else { "when" };
            problems.push(
                Problem::error(
                    format!("{}.rate", trigger.path),
                    format!("{} has both `rate` and `{other}`", trigger.name),
                )
                .help(format!("with `{other}` it happens once, with `rate` again and again; keep one")),
            );
        }
    }
    for (name, inject) in &scenario.inject {
        let path = format!("inject.{name}");
        let trigger = Trigger {
            path,
            name: format!("`{name}`"),
            at: inject.at.is_some(),
            when: inject.when.is_some(),
            hold: inject.hold.as_ref(),
        };
        exclusive(&trigger, problems);
        needed(&trigger, false, "`at` or `when`", problems);
    }
    for (name, response) in &scenario.response {
        let path = format!("response.{name}");
        let trigger = Trigger {
            path,
            name: format!("`{name}`"),
            at: response.at.is_some(),
            when: response.when.is_some(),
            hold: response.hold.as_ref(),
        };
        exclusive(&trigger, problems);
        if !trigger.at && !trigger.when && response.after.is_empty() {
            problems.push(
                Problem::warning(trigger.path.as_str(), format!("{} is never called for", trigger.name))
                    .help("add `at`, `when` or `after`"),
            );
        }
    }
}

fn exclusive(trigger: &Trigger<'_>, problems: &mut Vec<Problem>) {
    if trigger.at && trigger.when {
        problems.push(
            Problem::error(format!("{}.when", trigger.path), format!("{} has both `at` and `when`", trigger.name))
                .help("keep one; a condition may hold a moment, as `now > polls-close`"),
        );
    }
    if trigger.hold.is_some() && !trigger.when {
        problems.push(
            Problem::error(format!("{}.for", trigger.path), format!("{} has `for` but no `when`", trigger.name))
                .help("`for` says how long `when` must have held; add `when`, or remove `for`"),
        );
    }
}

fn needed(trigger: &Trigger<'_>, other: bool, choices: &str, problems: &mut Vec<Problem>) {
    if !trigger.at && !trigger.when && !other {
        problems.push(
            Problem::error(trigger.path.as_str(), format!("nothing sets off {}", trigger.name))
                .help(format!("add {choices}")),
        );
    }
}
