//! The document around the sections: its head with the policy, the marking, the contents and the foot.

use super::markup::{Attributes, Html, shown};
use crate::report::results::Results;
use crate::report::text::{SIMULATED, short};
use crate::scenario::model::Tlp;
use sha2::{Digest as _, Sha256};

const STYLE: &str = include_str!("style.css");

/// What the page does, each script with one reason to change.
const SCRIPTS: [&str; 4] =
    [include_str!("page.js"), include_str!("charts.js"), include_str!("story.js"), include_str!("ledger.js")];

/// Writes the document. A section is a title for the contents, its id, and its markup.
pub(super) fn document(results: &Results, sections: Vec<(&'static str, &'static str, Html)>) -> String {
    let scenario = results.scenario();
    let title = if scenario.title.is_empty() { scenario.id.as_str() } else { &scenario.title };
    let tlp = results.tlp();
    let print = print_style(tlp);
    let mut html = Html::default();
    html.trusted("<!doctype html>\n");
    html.tag("html", &[("lang", &"en")], |html| {
        html.tag("head", &[], |html| {
            html.void("meta", &[("charset", &"utf-8")]);
            html.void("meta", &[("http-equiv", &"Content-Security-Policy"), ("content", &policy(print))]);
            html.void("meta", &[("name", &"viewport"), ("content", &"width=device-width, initial-scale=1")]);
            html.void("meta", &[("name", &"referrer"), ("content", &"no-referrer")]);
            html.void("meta", &[("name", &"color-scheme"), ("content", &"light dark")]);
            html.void("meta", &[("name", &"generator"), ("content", &"Canvass")]);
            html.line("title", &[], format!("{} – {}, {SIMULATED}", short(&shown(title), 120), tlp.marking()));
            html.tag("style", &[], |html| html.trusted(STYLE));
            html.tag("style", &[], |html| html.trusted(print));
        });
        html.tag("body", &[], |html| {
            html.line("a", &[("class", &"skip"), ("href", &"#content")], "Skip to the content");
            marking(tlp, html);
            html.tag("header", &[("class", &"top")], |html| {
                html.tag("div", &[], |html| opening(results, title, html));
                let theme: Attributes = &[("type", &"button"), ("id", &"theme"), ("class", &"scripted")];
                html.line("button", theme, "Colours: as the system");
            });
            html.tag("nav", &[("aria-label", &"Contents")], |html| {
                html.tag("ol", &[], |html| {
                    for (title, id, _) in &sections {
                        html.tag("li", &[], |html| html.line("a", &[("href", &format!("#{id}"))], title));
                    }
                });
            });
            html.tag("main", &[("id", &"content"), ("tabindex", &"-1")], |html| {
                sections.into_iter().for_each(|(_, _, section)| html.part(section));
            });
            html.tag("footer", &[], |html| {
                html.p("", format!("{} · {SIMULATED}", tlp.marking()));
                html.p("", "Shares of simulated runs under stated assumptions: estimates, never forecasts.");
            });
            html.tag("div", &[("id", &"tip"), ("role", &"status"), ("hidden", &"")], |_| ());
            for script in SCRIPTS {
                html.tag("script", &[], |html| html.trusted(script));
            }
        });
    });
    html.finish() + "\n"
}

fn opening(results: &Results, title: &str, html: &mut Html) {
    let scenario = results.scenario();
    html.tag("h1", &[], |html| html.author(title));
    html.tag("p", &[("class", &"sub")], |html| {
        html.words("Report of simulated runs by Canvass · scenario ");
        html.author(&scenario.id);
    });
    if scenario.illustrative {
        html.p("note", "The scenario is illustrative: its numbers are examples, not findings.");
    }
    let incomplete = results.folders.iter().any(|folder| !folder.manifest.complete);
    if incomplete {
        html.p("note warn", "A study was interrupted: what follows rests on the runs that were finished.");
    }
}

fn marking(tlp: Tlp, html: &mut Html) {
    let class = match tlp {
        Tlp::Clear => "marking clear",
        Tlp::Green => "marking green",
        Tlp::Amber | Tlp::AmberStrict => "marking amber",
        Tlp::Red => "marking red",
    };
    html.line("p", &[("class", &class)], format!("{} · {SIMULATED}", tlp.marking()));
}

/// The marking at the head of every printed page, where a browser prints such heads.
fn print_style(tlp: Tlp) -> &'static str {
    macro_rules! marked {
        ($marking:literal) => {
            concat!(
                "@page{@top-left{content:\"",
                $marking,
                "\";font:bold 8pt sans-serif}@top-right{content:\"simulated, exercise data\";font:8pt sans-serif}",
                "@bottom-right{content:\"Page \" counter(page) \" of \" counter(pages);font:8pt sans-serif}}"
            )
        };
    }
    match tlp {
        Tlp::Clear => marked!("TLP:CLEAR"),
        Tlp::Green => marked!("TLP:GREEN"),
        Tlp::Amber => marked!("TLP:AMBER"),
        Tlp::AmberStrict => marked!("TLP:AMBER+STRICT"),
        Tlp::Red => marked!("TLP:RED"),
    }
}

/// What a browser may do with the page: show it with its own styles and scripts, known by their digests, and load nothing at all.
fn policy(print: &str) -> String {
    let digests =
        |texts: &[&str]| texts.iter().map(|text| format!("'sha256-{}'", digest(text))).collect::<Vec<_>>().join(" ");
    format!(
        "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
        digests(&[STYLE, print]),
        digests(&SCRIPTS)
    )
}

/// The SHA-256 of a text in base 64, as policies write it.
fn digest(text: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut written = String::new();
    for chunk in Sha256::digest(text.as_bytes()).chunks(3) {
        let bits = (0..3).fold(0u32, |bits, place| bits << 8 | u32::from(*chunk.get(place).unwrap_or(&0)));
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place)) as usize & 63];
            written.push(if place <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    written
}
