//! One simulated run as a timeline: what happened, when, and what caused it.

use super::lanes;
use super::lines::Moment;
use super::markup::{Attributes, Html, shown};
use crate::report::scan::Scan;
use crate::report::telling::told_causes;
use crate::report::text::short;
use crate::report::words::{count, hours, plural};
use crate::world::Entry;

/// Lines of a story at most.
const LINES: usize = 1_000;

/// Plans under which the run in the middle is told.
const PLANS: usize = 4;

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
            contingencies(middle.count),
        );
        let own = |name: &str, why: String, which| Wanted { plan: name.to_owned(), run: middle.run, which, why };
        wanted.push(own(&first.name, why, "in the middle"));
        for plan in scan.plans.iter().skip(1).take(PLANS - 1) {
            let why = format!("The same run, with the same luck, under plan {}.", plan.name);
            wanted.push(own(&plan.name, why, "the same luck"));
        }
    }
    let known = first.middle.as_ref().map(|middle| middle.run);
    if let Some(worst) = first.worst.first().filter(|worst| worst.count > 0 && Some(worst.run) != known) {
        let why = format!(
            "The worst of {} under plan {}: {} came about, the first after {}.",
            plural(first.finished, "run"),
            first.name,
            contingencies(worst.count),
            hours(worst.onset)
        );
        wanted.push(Wanted { plan: first.name.clone(), run: worst.run, which: "the worst", why });
    }
    wanted
}

fn contingencies(count: usize) -> String {
    if count == 1 { "1 contingency".to_owned() } else { format!("{count} contingencies") }
}

/// Writes the section; nothing without a story.
pub(super) fn write(stories: &[Told], seed: u64, moments: &[Moment], html: &mut Html) {
    if stories.is_empty() {
        return;
    }
    html.tag("section", &[("id", &"story"), ("aria-labelledby", &"story-title")], |html| {
        html.line("h2", &[("id", &"story-title")], "What one run looks like");
        html.p("", "A simulated run, event by event. It shows how things hang together, not what will happen.");
        if stories.len() > 1 {
            html.tag("p", &[("class", &"choose scripted")], |html| {
                html.line("label", &[("for", &"story-choice")], "Run and plan");
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

/// An event of a story, as it is shown.
pub(super) struct Event<'a> {
    /// From 1.
    pub(super) number: usize,
    pub(super) id: String,
    pub(super) entry: &'a Entry,
    pub(super) clock: &'a str,
    /// The number and words of what caused it.
    cause: Option<(usize, &'a str)>,
    /// Whether a contingency comes about with it, and for the first time.
    pub(super) feared: bool,
}

fn events<'a>(name: &str, told: &'a Told) -> Vec<Event<'a>> {
    let aloud = told.entries.iter().zip(&told.clocks).filter(|(entry, _)| entry.story).take(LINES);
    let aloud: Vec<(&Entry, &String)> = aloud.collect();
    let entries: Vec<&Entry> = aloud.iter().map(|(entry, _)| *entry).collect();
    let causes = told_causes(&entries, &told.entries);
    let mut come: Vec<&str> = Vec::new();
    let each = |(place, ((entry, clock), cause)): (usize, (&(&'a Entry, &'a String), Option<usize>))| {
        let feared = entry.process == "contingency" && !come.contains(&entry.subject.as_str());
        if feared {
            come.push(&entry.subject);
        }
        Event {
            number: place + 1,
            id: format!("{name}-event-{}", place + 1),
            entry,
            clock,
            cause: cause.map(|cause| (cause + 1, entries[cause].text.as_str())),
            feared,
        }
    };
    aloud.iter().zip(causes).enumerate().map(each).collect()
}

fn story(position: usize, told: &Told, seed: u64, moments: &[Moment], html: &mut Html) {
    let name = format!("story-{position}");
    let Wanted { plan, run, which, why } = &told.wanted;
    let events = events(&name, told);
    let mut kinds: Vec<&str> = Vec::new();
    for event in &events {
        if !kinds.contains(&event.entry.process) {
            kinds.push(event.entry.process);
        }
    }
    html.tag("div", &[("class", &"story"), ("id", &name), ("data-story", &"")], |html| {
        html.tag("h3", &[], |html| {
            html.words(format!("Run {run}, {which}, plan "));
            html.author(plan);
        });
        html.tag("p", &[], |html| html.author(why));
        if events.is_empty() {
            return html.p("note", "Nothing happens that a facilitator would read aloud.");
        }
        lanes::write(&name, &events, &kinds, moments, html);
        filters(&name, &events, &kinds, html);
        let list: Attributes = &[("class", &"events"), ("aria-label", &"Events")];
        html.tag("ol", list, |html| events.iter().for_each(|event| write_event(&name, event, html)));
        let untold = told.entries.iter().filter(|entry| entry.story).count() - events.len();
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

/// The kind of thing an event is of, as a heading.
pub(super) fn kind_title(kind: &str) -> String {
    let mut letters = kind.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn filters(name: &str, events: &[Event], kinds: &[&str], html: &mut Html) {
    html.tag("div", &[("class", &"filters scripted")], |html| {
        html.tag("fieldset", &[], |html| {
            html.line("legend", &[], "Show");
            for kind in kinds {
                let own = events.iter().filter(|event| event.entry.process == *kind).count();
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

fn write_event(name: &str, event: &Event, html: &mut Html) {
    let Event { number, id, entry, clock, cause, feared } = event;
    let caused = cause.map(|(cause, _)| cause.to_string()).unwrap_or_default();
    let attributes: Attributes = &[
        ("class", &if *feared { "event feared" } else { "event" }),
        ("id", id),
        ("data-number", number),
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
            if let Some((cause, words)) = cause {
                let to = format!("#{name}-event-{cause}");
                html.tag("a", &[("class", &"cause"), ("href", &to)], |html| {
                    html.words(format!("caused by {cause}: "));
                    html.author(&short(words, 80));
                });
            }
        });
    });
}
