//! The events of a run along its hours: a lane for each kind of thing, and a point for each event.

use super::lines::{Moment, clock_axis};
use super::markup::{Attributes, Html, percent, place, shown};
use super::story::{Event, kind_title};
use crate::report::words::{hours, plural};

/// Pixels of a lane, and of the axis below the last.
const LANE: f64 = 24.0;
const AXIS: f64 = 26.0;

/// Writes the drawing. The list of events beside it says the same in words.
pub(super) fn write(name: &str, events: &[Event], kinds: &[&str], moments: &[Moment], html: &mut Html) {
    let latest = events.iter().map(|event| event.entry.time.hours()).fold(0.0, f64::max);
    let end = moments.last().map_or(latest, |moment| moment.hours.max(latest));
    let end = if end > 0.0 { end } else { 1.0 };
    html.tag("div", &[("class", &"chart lanes")], |html| {
        names(kinds, html);
        html.tag("div", &[("class", &"field")], |html| field(name, events, kinds, (moments, end), html));
    });
}

/// The middle of a lane.
fn height(lane: usize) -> f64 {
    LANE * lane as f64 + LANE / 2.0
}

fn names(kinds: &[&str], html: &mut Html) {
    let depth = place(LANE * kinds.len() as f64);
    let upright: Attributes = &[("class", &"upright"), ("width", &"96"), ("height", &depth), ("aria-hidden", &"true")];
    html.tag("svg", upright, |html| {
        for (lane, kind) in kinds.iter().enumerate() {
            let y = place(height(lane) + 4.0);
            html.line("text", &[("class", &"tick"), ("x", &"0"), ("y", &y)], kind_title(kind));
        }
    });
}

fn field(name: &str, events: &[Event], kinds: &[&str], (moments, end): (&[Moment], f64), html: &mut Html) {
    let depth = LANE * kinds.len() as f64;
    let (title, about) = (format!("{name}-lanes-title"), format!("{name}-lanes-about"));
    let (labelled, deep) = (format!("{title} {about}"), place(depth + AXIS));
    let attributes: Attributes =
        &[("class", &"field"), ("width", &"100%"), ("height", &deep), ("role", &"img"), ("aria-labelledby", &labelled)];
    html.tag("svg", attributes, |html| {
        html.line("title", &[("id", &title)], "The events of the run along its hours");
        let said =
            format!("{} in {}. The list below has all of them.", plural(events.len() as u64, "event"), hours(end));
        html.line("desc", &[("id", &about)], said);
        for lane in 0..kinds.len() {
            let y = place(height(lane));
            html.shape("line", &[("class", &"grid"), ("x1", &"0"), ("x2", &"100%"), ("y1", &y), ("y2", &y)]);
        }
        for event in events {
            let lane = kinds.iter().position(|kind| *kind == event.entry.process).unwrap_or_default();
            let tip = format!("{}: {}", event.clock, event.entry.text);
            let dot: Attributes = &[
                ("class", &if event.feared { "dot feared" } else { "dot" }),
                ("cx", &percent(event.entry.time.hours() / end)),
                ("cy", &place(height(lane))),
                ("r", &if event.feared { "7" } else { "5" }),
                ("data-tip", &shown(&tip)),
                ("data-to", &event.id),
            ];
            html.shape("circle", dot);
        }
        clock_axis(moments, end, depth, html);
    });
}
