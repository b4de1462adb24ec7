//! Bars with intervals, row by row of a table that holds the same numbers: one thing to look at, to hear and to print.

use super::markup::{Attributes, Html, percent, place, shown};
use super::scale::{Scale, anchor};

/// Pixels of a row's drawing.
const HEIGHT: f64 = 20.0;

/// How a value is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// A bar from zero.
    Bar,
    /// A point: what is shown is a difference, and zero is no amount.
    Point,
    /// A bar between two ends, and no value.
    Span,
}

/// A row.
pub(super) struct Bar {
    /// An author's word.
    pub(super) name: String,
    /// A note beside the name, with its class.
    pub(super) note: Option<(&'static str, String)>,
    pub(super) value: Option<f64>,
    pub(super) low: Option<f64>,
    pub(super) high: Option<f64>,
    /// The same in words.
    pub(super) figure: String,
    /// What is said when the pointer rests on it.
    pub(super) tip: String,
    /// Which colour.
    pub(super) colour: usize,
}

/// Rows under one title.
pub(super) struct Group {
    /// An author's words; none where there is one group.
    pub(super) title: Option<String>,
    pub(super) scale: Scale,
    pub(super) bars: Vec<Bar>,
}

/// A table with bars.
pub(super) struct Bars<'a> {
    /// What it shows.
    pub(super) caption: &'a str,
    /// Headings of names and figures.
    pub(super) headings: [&'a str; 2],
    /// What follows a number on the axis.
    pub(super) unit: &'a str,
    pub(super) mark: Mark,
    /// Whether all groups have one scale, and so one axis above.
    pub(super) one_scale: bool,
    pub(super) groups: Vec<Group>,
}

impl Bars<'_> {
    /// Writes the table; nothing if it has no rows.
    pub(super) fn write(&self, html: &mut Html) {
        let Some(first) = self.groups.first() else { return };
        html.tag("table", &[("class", &"bars")], |html| {
            html.line("caption", &[], self.caption);
            html.tag("thead", &[], |html| {
                html.tag("tr", &[], |html| {
                    html.line("th", &[("scope", &"col")], self.headings[0]);
                    html.line("th", &[("scope", &"col"), ("class", &"figure")], self.headings[1]);
                    html.tag("td", &[("class", &"plot")], |html| {
                        if self.one_scale {
                            self.axis(&first.scale, html);
                        }
                    });
                });
            });
            self.groups.iter().for_each(|group| self.group(group, html));
        });
    }

    fn group(&self, group: &Group, html: &mut Html) {
        html.tag("tbody", &[], |html| {
            if let Some(title) = &group.title {
                html.tag("tr", &[("class", &"group")], |html| {
                    let across = if self.one_scale { 3 } else { 2 };
                    let attributes: Attributes = &[("scope", &"rowgroup"), ("colspan", &across)];
                    html.tag("th", attributes, |html| html.author(title));
                    if !self.one_scale {
                        html.tag("td", &[("class", &"plot")], |html| self.axis(&group.scale, html));
                    }
                });
            }
            for bar in &group.bars {
                html.tag("tr", &[("class", &"bar"), ("data-tip", &shown(&bar.tip))], |html| {
                    html.tag("th", &[("scope", &"row")], |html| {
                        html.author(&bar.name);
                        if let Some((class, note)) = &bar.note {
                            html.words(" ");
                            html.line("span", &[("class", class)], note);
                        }
                    });
                    html.line("td", &[("class", &"figure")], &bar.figure);
                    html.tag("td", &[("class", &"plot")], |html| self.draw(bar, &group.scale, html));
                });
            }
        });
    }

    fn axis(&self, scale: &Scale, html: &mut Html) {
        let attributes: Attributes =
            &[("class", &"axis"), ("width", &"100%"), ("height", &18), ("aria-hidden", &"true")];
        html.tag("svg", attributes, |html| {
            for (position, tick) in scale.ticks().into_iter().enumerate() {
                let part = scale.part(tick);
                let class = if position.is_multiple_of(2) { "tick" } else { "tick fine" };
                let text = format!("{}{}", scale.label(tick), self.unit);
                html.line(
                    "text",
                    &[("class", &class), ("x", &percent(part)), ("y", &13), ("text-anchor", &anchor(part))],
                    text,
                );
            }
        });
    }

    fn draw(&self, bar: &Bar, scale: &Scale, html: &mut Html) {
        let attributes: Attributes =
            &[("class", &"row"), ("width", &"100%"), ("height", &place(HEIGHT)), ("aria-hidden", &"true")];
        html.tag("svg", attributes, |html| {
            for tick in scale.ticks() {
                let class = if tick.abs() < 1e-12 { "zero" } else { "grid" };
                upright(class, scale.part(tick), (0.0, HEIGHT), html);
            }
            let colour = format!("c{}", bar.colour);
            let zero = scale.part(0.0);
            if let Some(part) = bar.value.map(|value| scale.part(value)).filter(|_| self.mark == Mark::Bar) {
                let (from, to) = (part.min(zero), part.max(zero));
                block(&format!("fill {colour}"), (from, to), (4.0, 12.0), html);
            }
            let ends = bar.low.zip(bar.high).map(|(low, high)| (scale.part(low), scale.part(high)));
            match (ends, self.mark) {
                (Some((low, high)), Mark::Span) => {
                    block(&format!("fill {colour}"), (low, high), (4.0, 12.0), html);
                }
                (Some((low, high)), _) => {
                    let attributes: Attributes = &[
                        ("class", &"whisker"),
                        ("x1", &percent(low)),
                        ("x2", &percent(high)),
                        ("y1", &"10"),
                        ("y2", &"10"),
                    ];
                    html.shape("line", attributes);
                    upright("whisker", low, (6.0, 14.0), html);
                    upright("whisker", high, (6.0, 14.0), html);
                }
                (None, _) => {}
            }
            if let Some(part) = bar.value.map(|value| scale.part(value)).filter(|_| self.mark == Mark::Point) {
                let class = format!("point {colour}");
                html.shape("circle", &[("class", &class), ("cx", &percent(part)), ("cy", &"10"), ("r", &"5")]);
            }
        });
    }
}

fn upright(class: &'static str, part: f64, (from, to): (f64, f64), html: &mut Html) {
    let x = percent(part);
    let (from, to) = (place(from), place(to));
    html.shape("line", &[("class", &class), ("x1", &x), ("x2", &x), ("y1", &from), ("y2", &to)]);
}

fn block(class: &str, (from, to): (f64, f64), (top, height): (f64, f64), html: &mut Html) {
    let (x, width) = (percent(from), percent(to - from));
    let (y, height) = (place(top), place(height));
    html.shape("rect", &[("class", &class), ("x", &x), ("width", &width), ("y", &y), ("height", &height)]);
}
