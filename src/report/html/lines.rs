//! Lines over time, with the band in which most runs lie, and the numbers behind them as a table.

use super::markup::{Attributes, Html, percent, place, shown};
use super::scale::{Scale, anchor};

/// Lines that a drawing shows at most: there are no more colours that can be told apart.
pub(super) const MOST: usize = 6;

/// Pixels of the drawing.
const HEIGHT: f64 = 220.0;

/// Units of the drawing's own measure, both ways: lines are stretched, so that they fit any screen.
const INNER: f64 = 1_000.0;

/// A moment on the horizontal axis.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Moment {
    pub(super) hours: f64,
    pub(super) clock: String,
}

/// How far along the axis a moment lies, from 0 at the start to 1 at the end.
fn along(hours: f64, end: f64) -> f64 {
    if end > 0.0 { (hours / end).clamp(0.0, 1.0) } else { 0.0 }
}

/// Writes what the clock shows at five of these moments, below a drawing of this height.
pub(super) fn clock_axis(moments: &[Moment], end: f64, height: f64, html: &mut Html) {
    let last = moments.len().saturating_sub(1);
    let mut shown_at: Vec<usize> = (0..5).map(|part| last * part / 4).collect();
    shown_at.dedup();
    let y = place(height + 18.0);
    for (order, moment) in shown_at.into_iter().filter_map(|place| moments.get(place)).enumerate() {
        let part = along(moment.hours, end);
        let class = ["tick", "tick fine", "tick half", "tick fine", "tick"][order.min(4)];
        let text: Attributes = &[("class", &class), ("x", &percent(part)), ("y", &y), ("text-anchor", &anchor(part))];
        html.line("text", text, shown(&moment.clock));
    }
}

/// A line: what it shows at each moment.
pub(super) struct Line {
    /// An author's word.
    pub(super) name: String,
    /// Which colour.
    pub(super) colour: usize,
    pub(super) middle: Vec<Option<f64>>,
    /// Ends of the band.
    pub(super) band: Vec<Option<(f64, f64)>>,
}

/// A drawing of lines.
pub(super) struct Lines<'a> {
    /// Names it within the document.
    pub(super) id: String,
    /// An author's words.
    pub(super) title: &'a str,
    /// What is to be seen, for those who cannot see it.
    pub(super) about: String,
    pub(super) moments: &'a [Moment],
    pub(super) scale: Scale,
    /// What follows a number.
    pub(super) unit: &'a str,
    pub(super) lines: Vec<Line>,
}

impl Lines<'_> {
    /// Writes the drawing with its table.
    pub(super) fn write(&self, html: &mut Html) {
        html.tag("figure", &[("class", &"lines"), ("id", &self.id)], |html| {
            html.tag("figcaption", &[], |html| html.author(self.title));
            self.legend(html);
            html.tag("div", &[("class", &"chart")], |html| {
                self.upright_axis(html);
                html.tag("div", &[("class", &"field")], |html| self.field(html));
            });
            self.table(html);
        });
    }

    fn legend(&self, html: &mut Html) {
        if self.lines.len() < 2 {
            return;
        }
        html.tag("ul", &[("class", &"legend")], |html| {
            for (position, line) in self.lines.iter().enumerate() {
                html.tag("li", &[("data-line", &position)], |html| {
                    let attributes: Attributes = &[("width", &28), ("height", &10), ("aria-hidden", &"true")];
                    html.tag("svg", attributes, |html| {
                        let class = format!("line c{}", line.colour);
                        let ends: Attributes = &[("class", &class), ("x1", &0), ("x2", &28), ("y1", &5), ("y2", &5)];
                        html.shape("line", ends);
                    });
                    html.words(" ");
                    html.author(&line.name);
                });
            }
        });
    }

    fn upright_axis(&self, html: &mut Html) {
        let attributes: Attributes =
            &[("class", &"upright"), ("width", &"58"), ("height", &place(HEIGHT)), ("aria-hidden", &"true")];
        html.tag("svg", attributes, |html| {
            for tick in self.scale.ticks() {
                let y = place(HEIGHT * (1.0 - self.scale.part(tick)) + 4.0);
                let text = format!("{}{}", self.scale.label(tick), self.unit);
                html.line("text", &[("class", &"tick"), ("x", &52), ("y", &y), ("text-anchor", &"end")], text);
            }
        });
    }

    fn field(&self, html: &mut Html) {
        let (title, about) = (format!("{}-title", self.id), format!("{}-about", self.id));
        let labelled = format!("{title} {about}");
        let attributes: Attributes = &[
            ("class", &"field"),
            ("width", &"100%"),
            ("height", &place(HEIGHT + 26.0)),
            ("role", &"img"),
            ("aria-labelledby", &labelled),
        ];
        html.tag("svg", attributes, |html| {
            html.line("title", &[("id", &title)], shown(self.title));
            html.line("desc", &[("id", &about)], shown(&self.about));
            for tick in self.scale.ticks() {
                let y = place(HEIGHT * (1.0 - self.scale.part(tick)));
                html.shape("line", &[("class", &"grid"), ("x1", &"0"), ("x2", &"100%"), ("y1", &y), ("y2", &y)]);
            }
            let frame: Attributes = &[
                ("width", &"100%"),
                ("height", &place(HEIGHT)),
                ("viewBox", &"0 0 1000 1000"),
                ("preserveAspectRatio", &"none"),
            ];
            html.tag("svg", frame, |html| {
                for (position, line) in self.lines.iter().enumerate() {
                    let (band, middle) = (self.area(&line.band), self.path(&line.middle));
                    if !band.is_empty() {
                        let class = format!("band c{}", line.colour);
                        html.shape("path", &[("class", &class), ("data-line", &position), ("d", &band)]);
                    }
                    let class = format!("line c{}", line.colour);
                    html.shape("path", &[("class", &class), ("data-line", &position), ("d", &middle)]);
                }
            });
            html.shape(
                "line",
                &[("class", &"cross"), ("x1", &"0"), ("x2", &"0"), ("y1", &"0"), ("y2", &place(HEIGHT))],
            );
            let end = self.moments.last().map_or(1.0, |moment| moment.hours);
            clock_axis(self.moments, end, HEIGHT, html);
        });
    }

    fn along(&self, hours: f64) -> f64 {
        self.moments.last().map_or(0.0, |last| along(hours, last.hours))
    }

    fn point(&self, moment: usize, value: f64) -> String {
        let (x, y) = (self.along(self.moments[moment].hours) * INNER, (1.0 - self.scale.part(value)) * INNER);
        format!("{:.1} {:.1}", x + 0.0, y + 0.0)
    }

    /// The stretches of moments that have values.
    fn stretches<T: Copy>(values: &[Option<T>]) -> Vec<Vec<(usize, T)>> {
        let mut stretches: Vec<Vec<(usize, T)>> = Vec::new();
        let mut broken = true;
        for (moment, value) in values.iter().enumerate() {
            match value {
                None => broken = true,
                Some(value) => {
                    if broken {
                        stretches.push(Vec::new());
                    }
                    broken = false;
                    if let Some(stretch) = stretches.last_mut() {
                        stretch.push((moment, *value));
                    }
                }
            }
        }
        stretches
    }

    fn path(&self, values: &[Option<f64>]) -> String {
        let mut path = String::new();
        for stretch in Self::stretches(values) {
            for (position, (moment, value)) in stretch.into_iter().enumerate() {
                path.push(if position == 0 { 'M' } else { 'L' });
                path.push_str(&self.point(moment, value));
            }
        }
        path
    }

    fn area(&self, values: &[Option<(f64, f64)>]) -> String {
        let mut path = String::new();
        for stretch in Self::stretches(values).into_iter().filter(|stretch| stretch.len() > 1) {
            let up = stretch.iter().map(|&(moment, (_, high))| self.point(moment, high));
            let down = stretch.iter().rev().map(|&(moment, (low, _))| self.point(moment, low));
            for (position, point) in up.chain(down).enumerate() {
                path.push(if position == 0 { 'M' } else { 'L' });
                path.push_str(&point);
            }
            path.push('Z');
        }
        path
    }

    fn table(&self, html: &mut Html) {
        html.tag("details", &[("class", &"numbers")], |html| {
            html.line("summary", &[], "Numbers behind this chart");
            html.tag(
                "div",
                &[
                    ("class", &"scroll"),
                    ("tabindex", &"0"),
                    ("role", &"region"),
                    ("aria-label", &"Numbers behind the chart"),
                ],
                |html| {
                    html.tag("table", &[], |html| {
                        html.tag("caption", &[], |html| html.author(self.title));
                        html.tag("thead", &[], |html| {
                            html.tag("tr", &[], |html| {
                                html.line("th", &[("scope", &"col")], "Moment");
                                for line in &self.lines {
                                    html.tag("th", &[("scope", &"col")], |html| html.author(&line.name));
                                }
                            });
                        });
                        html.tag("tbody", &[], |html| {
                            for (place_of, moment) in self.moments.iter().enumerate() {
                                let x = place(self.along(moment.hours) * INNER);
                                html.tag("tr", &[("data-x", &x)], |html| {
                                    html.tag("th", &[("scope", &"row")], |html| html.author(&moment.clock));
                                    for line in &self.lines {
                                        html.line("td", &[], self.cell(line, place_of));
                                    }
                                });
                            }
                        });
                    });
                },
            );
        });
    }

    fn cell(&self, line: &Line, moment: usize) -> String {
        let number = super::super::words::number;
        match (line.middle[moment], line.band.get(moment).copied().flatten()) {
            (Some(middle), Some((low, high))) => {
                format!("{}{} ({} to {})", number(middle), self.unit, number(low), number(high))
            }
            (Some(middle), None) => format!("{}{}", number(middle), self.unit),
            (None, _) => "–".to_owned(),
        }
    }
}
