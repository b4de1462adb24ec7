//! One simulated night as a timeline: what happened, when, and what caused it.

use super::lines::Moment;
use super::markup::{Attributes, Html, percent, place, shown};
use crate::report::scan::Scan;
use crate::report::telling::told_causes;
use crate::report::words::{count, hours, plural};
use crate::world::Entry;

/// Lines of a story at most.
const LINES: usize = 1_000;

/// Plans under which the run in the middle is told.
const PLANS: usize = 4;

/// Pixels of a lane, and of the axis below the last.
const LANE: f64 = 24.0;
const AXIS: f64 = 26.0;

/// A run that a page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The plan.
    pub plan: String,
    /// The number of the run.
    pub run: u64,
    /// What it is in few words: `in the middle`.
    pub which: &'static str,
    /// Why this one, in a sentence.
    pub why: String,
}

/// The story of a run.
#[derive(Clone, Debug)]
pub struct Told {
    /// Which run it is.
    pub wanted: Wanted,
    /// What happened, in order, each with what the clock showed.
    pub entries: Vec<Entry>,
    /// By entry, what the clock showed.
    pub clocks: Vec<String>,
}

/// The run in the middle of the first plan, the same under other plans, and one of the worst of the first plan.
pub(super) fn wanted(scan: &Scan) -> Vec<Wanted> {
    let Some(first) = scan.plans.first() else { return Vec::new() };
    let mut wanted = Vec::new();
    if let Some(middle) = &first.middle {
        let onset = if middle.onset.is_finite() {
            format!(", and its first after {}", hours(middle.onset))
        } else {
            String::new()
        };
        let why = format!(
            "In the middle of {} under plan {}, ordered by how many contingencies came about and how early the first of them: it has {}\
             {onset}.",
            plural(first.finished, "run"),
            first.name,
            plural(middle.count as u64, "contingency").replace("contingencys", "contingencies"),
        );
        let own = |name: &str, why: String, which| Wanted { plan: name.to_owned(), run: middle.run, which, why };
        wanted.push(own(&first.name, why, "in the middle"));
        for plan in scan.plans.iter().skip(1).take(PLANS - 1) {
            let why = format!("The same night, with the same luck, under plan {}.", plan.name);
            wanted.push(own(&plan.name, why, "the same night"));
        }
    }
    let known = first.middle.as_ref().map(|middle| middle.run);
    if let Some(worst) = first.worst.first().filter(|worst| worst.count > 0 && Some(worst.run) != known) {
        let why = format!(
            "The worst of {} under plan {}: {} came about, the first after {}.",
            plural(first.finished, "run"),
            first.name,
            plural(worst.count as u64, "contingency").replace("contingencys", "contingencies"),
            hours(worst.onset)
        );
        wanted.push(Wanted { plan: first.name.clone(), run: worst.run, which: "the worst", why });
    }
    wanted
}

/// Writes the section; nothing without a story.
pub(super) fn write(stories: &[Told], seed: u64, moments: &[Moment], html: &mut Html) {
    if stories.is_empty() {
        return;
    }
    html.tag("section", &[("id", &"story"), ("aria-labelledby", &"story-title")], |html| {
        html.line("h2", &[("id", &"story-title")], "What one night looks like");
        html.p("", "A simulated night, event by event. It shows how things hang together, not what will happen.");
        if stories.len() > 1 {
            html.tag("p", &[("class", &"choose scripted")], |html| {
                html.line("label", &[("for", &"story-choice")], "Night and plan");
                html.words(" ");
                html.tag("select", &[("id", &"story-choice")], |html| {
                    for (position, told) in stories.iter().enumerate() {
                        let Wanted { plan, run, which, .. } = &told.wanted;
                        let text = format!("Run {run} ({which}), plan {}", shown(plan));
                        html.line("option", &[("value", &format!("story-{position}"))], text);
                    }
                });
            });
        }
        for (position, told) in stories.iter().enumerate() {
            story(position, told, seed, moments, html);
        }
    });
}

fn story(position: usize, told: &Told, seed: u64, moments: &[Moment], html: &mut Html) {
    let name = format!("story-{position}");
    let Wanted { plan, run, which, why } = &told.wanted;
    let aloud: Vec<(&Entry, &String)> =
        told.entries.iter().zip(&told.clocks).filter(|(entry, _)| entry.story).take(LINES).collect();
    let entries: Vec<&Entry> = aloud.iter().map(|(entry, _)| *entry).collect();
    let causes = told_causes(&entries, &told.entries);
    let mut kinds: Vec<&str> = Vec::new();
    for entry in &entries {
        if !kinds.contains(&entry.process) {
            kinds.push(entry.process);
        }
    }
    html.tag("div", &[("class", &"story"), ("id", &name), ("data-story", &"")], |html| {
        html.tag("h3", &[], |html| {
            html.words(format!("Run {run}, {which}, plan "));
            html.author(plan);
        });
        html.tag("p", &[], |html| html.author(why));
        if entries.is_empty() {
            return html.p("note", "Nothing happens that a facilitator would read aloud.");
        }
        lanes(&name, &aloud, &kinds, moments, html);
        filters(&name, &aloud, &kinds, html);
        html.tag("ol", &[("class", &"events"), ("aria-label", &"Events")], |html| {
            for (place_of, ((entry, clock), cause)) in aloud.iter().zip(&causes).enumerate() {
                event(&name, place_of, entry, clock, cause.map(|cause| (cause, entries[cause])), html);
            }
        });
        let untold = told.entries.iter().filter(|entry| entry.story).count() - entries.len();
        if untold > 0 {
            html.p("note", format!("{} more lines are not shown here.", count(untold as u64)));
        }
        html.tag("p", &[("class", &"note")], |html| {
            html.words("Inner workings are left out; they are shown by ");
            html.tag("code", &[], |html| {
                html.author(&format!("canvass run FILE --plan {plan} --seed {seed} --run {run} --all"));
            });
            html.words(".");
        });
    });
}

fn kind_title(kind: &str) -> String {
    let mut letters = kind.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A lane for each kind of thing, and a point for each event.
fn lanes(name: &str, events: &[(&Entry, &String)], kinds: &[&str], moments: &[Moment], html: &mut Html) {
    let latest = events.iter().map(|(entry, _)| entry.time.hours()).fold(0.0, f64::max);
    let end = moments.last().map_or(latest, |moment| moment.hours.max(latest));
    let end = if end > 0.0 { end } else { 1.0 };
    let depth = LANE * kinds.len() as f64;
    html.tag("div", &[("class", &"chart lanes")], |html| {
        let upright: Attributes =
            &[("class", &"upright"), ("width", &"96"), ("height", &place(depth)), ("aria-hidden", &"true")];
        html.tag("svg", upright, |html| {
            for (lane, kind) in kinds.iter().enumerate() {
                let y = place(LANE * lane as f64 + LANE / 2.0 + 4.0);
                html.line("text", &[("class", &"tick"), ("x", &"0"), ("y", &y)], kind_title(kind));
            }
        });
        let (title, about) = (format!("{name}-lanes-title"), format!("{name}-lanes-about"));
        let labelled = format!("{title} {about}");
        let height = place(depth + AXIS);
        let field: Attributes = &[
            ("class", &"field"),
            ("width", &"100%"),
            ("height", &height),
            ("role", &"img"),
            ("aria-labelledby", &labelled),
        ];
        html.tag("svg", field, |html| {
            html.line("title", &[("id", &title)], "The events of the night along its hours");
            let said =
                format!("{} in {}. The list below has all of them.", plural(events.len() as u64, "event"), hours(end));
            html.line("desc", &[("id", &about)], said);
            for lane in 0..kinds.len() {
                let y = place(LANE * lane as f64 + LANE / 2.0);
                let line: Attributes = &[("class", &"grid"), ("x1", &"0"), ("x2", &"100%"), ("y1", &y), ("y2", &y)];
                html.shape("line", line);
            }
            for (place_of, (entry, clock)) in events.iter().enumerate() {
                let lane = kinds.iter().position(|kind| *kind == entry.process).unwrap_or_default();
                let (x, y) = (percent(entry.time.hours() / end), place(LANE * lane as f64 + LANE / 2.0));
                let class = if entry.process == "contingency" { "dot feared" } else { "dot" };
                let tip = format!("{clock}: {}", entry.text);
                let dot: Attributes = &[
                    ("class", &class),
                    ("cx", &x),
                    ("cy", &y),
                    ("r", &if entry.process == "contingency" { "7" } else { "5" }),
                    ("data-tip", &shown(&tip)),
                    ("data-to", &format!("{name}-event-{}", place_of + 1)),
                ];
                html.shape("circle", dot);
            }
            let last = moments.len().saturating_sub(1);
            let mut labelled: Vec<usize> = (0..5).map(|part| last * part / 4).collect();
            labelled.dedup();
            for (order, moment) in labelled.into_iter().filter_map(|place| moments.get(place)).enumerate() {
                let part = moment.hours / end;
                let side = if part < 0.02 {
                    "start"
                } else if part > 0.98 {
                    "end"
                } else {
                    "middle"
                };
                let class = if order.is_multiple_of(2) { "tick" } else { "tick fine" };
                let y = place(depth + 18.0);
                let text: Attributes = &[("class", &class), ("x", &percent(part)), ("y", &y), ("text-anchor", &side)];
                html.line("text", text, shown(&moment.clock));
            }
        });
    });
}

fn filters(name: &str, events: &[(&Entry, &String)], kinds: &[&str], html: &mut Html) {
    html.tag("div", &[("class", &"filters scripted")], |html| {
        html.tag("fieldset", &[], |html| {
            html.line("legend", &[], "Show");
            for kind in kinds {
                let own = events.iter().filter(|(entry, _)| entry.process == *kind).count();
                html.tag("label", &[], |html| {
                    html.void("input", &[("type", &"checkbox"), ("checked", &""), ("data-kind", kind)]);
                    html.words(format!(" {} ({own})", kind_title(kind)));
                });
            }
        });
        let search = format!("{name}-search");
        html.line("label", &[("for", &search)], "Find");
        html.void("input", &[("type", &"search"), ("id", &search), ("data-search", &"")]);
        html.line("button", &[("type", &"button"), ("data-reset", &"")], "Show all");
        html.tag("p", &[("class", &"keys")], |html| {
            html.words("In the list: ");
            for (key, what) in [
                ("↑ ↓", " from event to event; "),
                ("←", " to its cause; "),
                ("→", " to what it led to; "),
                ("Enter", " its chain alone; "),
            ] {
                html.line("kbd", &[], key);
                html.words(what);
            }
            html.line("kbd", &[], "Esc");
            html.words(" all again.");
        });
        html.tag("p", &[("class", &"status"), ("role", &"status"), ("data-status", &"")], |_| ());
    });
}

fn event(name: &str, place_of: usize, entry: &Entry, clock: &str, cause: Option<(usize, &Entry)>, html: &mut Html) {
    let number = place_of + 1;
    let id = format!("{name}-event-{number}");
    let caused = cause.map(|(cause, _)| (cause + 1).to_string()).unwrap_or_default();
    let class = if entry.process == "contingency" { "event feared" } else { "event" };
    let attributes: Attributes = &[
        ("class", &class),
        ("id", &id),
        ("data-number", &number),
        ("data-kind", &entry.process),
        ("data-cause", &caused),
    ];
    html.tag("li", attributes, |html| {
        html.line("span", &[("class", &"number"), ("aria-hidden", &"true")], number);
        html.line("span", &[("class", &"clock")], shown(clock));
        html.line("span", &[("class", &"chip kind")], kind_title(entry.process));
        html.tag("div", &[("class", &"what")], |html| {
            html.tag("span", &[("class", &"text")], |html| html.author(&entry.text));
            if let Some(because) = &entry.because {
                html.tag("span", &[("class", &"because")], |html| html.author(because));
            }
            if let Some((cause, told)) = cause {
                let to = format!("#{name}-event-{}", cause + 1);
                html.tag("a", &[("class", &"cause"), ("href", &to)], |html| {
                    html.words(format!("caused by {}: ", cause + 1));
                    html.author(&crate::report::text::short(&told.text, 80));
                });
            }
        });
    });
}
