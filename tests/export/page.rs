//! The page: it loads nothing, no word of a scenario becomes markup, and every drawing is told in words and numbers too.

use crate::hostile::{hostile, with_hostile_words};
use crate::program::Desk;
use crate::with_batch;

/// A tag as it stands in the page.
struct Tag<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
}

impl Tag<'_> {
    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }
}

/// The beginnings of all elements, read as strictly as the page is written: attributes in double quotes, nothing bare between them.
fn tags(text: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        if rest.starts_with('/') || rest.starts_with("!doctype html>") {
            continue;
        }
        let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap();
        let mut tag = Tag { name: &rest[..end], attributes: Vec::new() };
        assert!(!tag.name.is_empty(), "a bare < before {:?}", &rest[..rest.len().min(40)]);
        rest = &rest[end..];
        while let Some(attribute) = rest.strip_prefix(' ') {
            let (name, value) = attribute.split_once("=\"").expect("a value in double quotes");
            let (value, after) = value.split_once('"').unwrap();
            assert!(name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-'), "{name:?}");
            tag.attributes.push((name, value));
            rest = after;
        }
        rest = rest.strip_prefix('>').unwrap_or_else(|| panic!("{:?} in a tag", &rest[..rest.len().min(40)]));
        if matches!(tag.name, "style" | "script") {
            let (_, after) = rest.split_once(&format!("</{}>", tag.name)).unwrap();
            rest = after;
        }
        tags.push(tag);
    }
    tags
}

/// All studies of the starter, and their page.
fn with_all_studies() -> (Desk, String) {
    let desk = with_batch("300");
    let common = ["starter.toml", "--runs", "300", "-q"];
    desk.call(&[&["compare"][..], &common].concat()).succeeds();
    desk.call(&[&["drivers", "--for", "dark-page", "--one-at-a-time"][..], &common].concat()).succeeds();
    desk.call(&[&["discover", "--for", "dark-page"][..], &common].concat()).succeeds();
    desk.call(&[&["explain", "--contingency", "dark-page"][..], &common].concat()).succeeds();
    let folders = ["", "-compare", "-drivers", "-discover", "-explain"].map(|end| format!("outputs/starter{end}"));
    let folders: Vec<&str> = folders.iter().map(String::as_str).collect();
    desk.call(&[&["export"], &folders[..], &["--html"]].concat()).succeeds().out_has("report.html");
    let page = desk.read("outputs/starter/report.html");
    (desk, page)
}

/// What must hold of every page.
fn is_sound(page: &str) {
    let tags = tags(page);
    let count = |name: &str| tags.iter().filter(|tag| tag.name == name).count();
    // Nothing that a browser would fetch, follow out of the page, or run.
    for name in
        ["link", "img", "iframe", "object", "embed", "base", "form", "audio", "video", "image", "use", "foreignObject"]
    {
        assert_eq!(count(name), 0, "{name}");
    }
    for tag in &tags {
        for (name, value) in &tag.attributes {
            assert!(
                !name.starts_with("on") && !matches!(*name, "src" | "style" | "srcset" | "action"),
                "{name}={value}"
            );
            assert!(*name != "href" || value.starts_with('#'), "a link leads to {value}");
        }
    }
    let policy = tags.iter().find(|tag| tag.attribute("http-equiv") == Some("Content-Security-Policy")).unwrap();
    let policy = policy.attribute("content").unwrap();
    assert!(policy.starts_with("default-src &#39;none&#39;;") && !policy.contains("unsafe"), "{policy}");
    assert_eq!((count("script"), count("style")), (4, 2));
    assert_eq!(policy.matches("sha256-").count(), 6);
    // Every link within the page, and every reference to a label, has its end; every id is there once.
    let ids: Vec<&str> = tags.iter().filter_map(|tag| tag.attribute("id")).collect();
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), ids.len(), "an id stands twice");
    let named = |id: &str| ids.contains(&id);
    for tag in &tags {
        assert!(tag.attribute("href").is_none_or(|to| named(&to[1..])), "{:?}", tag.attribute("href"));
        assert!(tag.attribute("for").is_none_or(named), "{:?}", tag.attribute("for"));
        assert!(tag.attribute("aria-labelledby").is_none_or(|ids| ids.split(' ').all(named)));
        assert!(tag.attribute("data-to").is_none_or(named));
    }
    // Headings in order.
    let mut before = 0;
    for tag in tags.iter().filter(|tag| tag.name.len() == 2 && tag.name.starts_with('h') && tag.name != "hr") {
        let level: usize = tag.name[1..].parse().unwrap();
        assert!(level <= before + 1, "h{level} after h{before}");
        before = level;
    }
    assert_eq!((count("h1"), count("main"), count("nav")), (1, 1, 1));
    assert!(page.contains("<html lang=\"en\">") && page.contains("href=\"#content\""));
    // A drawing is either told in words, or stands in a row that holds its numbers.
    for tag in tags.iter().filter(|tag| tag.name == "svg") {
        let inner = tag.attribute("viewBox").is_some();
        let told = tag.attribute("role") == Some("img") && tag.attribute("aria-labelledby").is_some();
        assert!(inner || told || tag.attribute("aria-hidden") == Some("true"));
    }
    let told = tags.iter().filter(|tag| tag.attribute("role") == Some("img")).count();
    assert_eq!((count("title"), count("desc")), (told + 1, told));
    for figure in page.split("<figure").skip(1) {
        let figure = figure.split("</figure>").next().unwrap();
        assert!(figure.contains("<table") && figure.contains("<caption"), "{}", &figure[..200.min(figure.len())]);
    }
    for table in page.split("<table").skip(1) {
        let table = table.split("</table>").next().unwrap();
        assert!(table.contains("<caption") && table.contains("scope=\"col\"") && table.contains("scope=\"row\""));
    }
}

#[test]
fn all_studies_of_a_scenario_make_one_page() {
    let (desk, page) = with_all_studies();
    is_sound(&page);
    for id in ["answer", "odds", "course", "comparison", "drivers", "causes", "story", "evidence", "method"] {
        assert!(page.contains(&format!("<section id=\"{id}\"")), "{id}");
    }
    assert!(!page.contains("id=\"missing\""));
    // The figures are those of the tables.
    let manifest: serde_json::Value = serde_json::from_str(&desk.read("outputs/starter/manifest.json")).unwrap();
    assert!(page.contains(manifest["scenario"]["sha256"].as_str().unwrap()));
    assert!(page.contains(&manifest["seed"].to_string()));
    let evidence = crate::program::rows(&desk.read("outputs/starter/evidence.csv"));
    assert_eq!(page.matches("<tr data-basis=").count(), evidence);
    let series = desk.read("outputs/starter/series.csv");
    let one = series.lines().nth(1).unwrap().split(',').take(2).collect::<Vec<_>>().join(",");
    let moments = series.lines().filter(|line| line.starts_with(&format!("{one},"))).count();
    let chart = page.split("id=\"course-0\"").nth(1).unwrap().split("</figure>").next().unwrap();
    assert_eq!(chart.matches("<tr data-x=").count(), moments);
    // A page of the starter can be sent by mail.
    assert!(page.len() < 1_000_000, "{} bytes", page.len());
}

#[test]
fn a_batch_alone_says_what_would_add_to_its_page() {
    let desk = with_batch("60");
    desk.call(&["export", "outputs/starter", "--html"]).succeeds();
    let page = desk.read("outputs/starter/report.html");
    is_sound(&page);
    for id in ["answer", "odds", "course", "story", "evidence", "method", "missing"] {
        assert!(page.contains(&format!("id=\"{id}\"")), "{id}");
    }
    for command in ["compare FILE", "drivers FILE", "discover FILE --for", "explain FILE --contingency"] {
        assert!(page.contains(&format!("canvass {command}")), "{command}");
    }
    desk.call(&["compare", "starter.toml", "-q", "--runs", "60", "--html"]).succeeds();
    let page = desk.read("outputs/starter-compare/report.html");
    is_sound(&page);
    assert!(page.contains("<section id=\"comparison\"") && !page.contains("<section id=\"story\""));
    assert!(page.contains("canvass batch FILE"));
}

#[test]
fn the_same_results_make_the_same_page_then_and_later() {
    let desk = with_batch("200");
    desk.call(&["batch", "starter.toml", "-q", "--runs", "200", "-o", "again", "--html"]).succeeds();
    desk.call(&["export", "outputs/starter", "--html"]).succeeds();
    assert_eq!(desk.read("again/report.html"), desk.read("outputs/starter/report.html"));
    desk.call(&["batch", "starter.toml", "-q", "--runs", "201", "-o", "again"]).succeeds();
    assert!(!desk.path("again/report.html").exists());
}

#[test]
fn the_story_on_the_page_is_that_of_the_run() {
    let desk = with_batch("200");
    desk.call(&["export", "outputs/starter", "--html"]).succeeds();
    let page = desk.read("outputs/starter/report.html");
    let shown = page.split("<code><bdi>canvass run FILE ").nth(1).unwrap().split(" --all").next().unwrap();
    let arguments: Vec<&str> = shown.split(' ').collect();
    let told = desk.call(&[&["run", "starter.toml"], &arguments[..]].concat()).succeeds();
    let story = page.split("data-story").nth(1).unwrap();
    let lines = told.out.lines().skip(2).take_while(|line| !line.starts_with("What the planner feared"));
    let numbered = lines.filter(|line| line.trim_start().starts_with(|letter: char| letter.is_ascii_digit())).count();
    assert!(numbered > 0);
    assert_eq!(story.matches("data-number=").count(), numbered);
    for (line, number) in told.out.lines().skip(2).zip(1..=1) {
        let text = line.split("  ").last().unwrap();
        assert!(story.contains(text), "event {number}: {text}");
    }
    // Without the scenario there is no run to tell, and the page says so.
    std::fs::remove_file(desk.path("outputs/starter/starter.toml")).unwrap();
    std::fs::rename(desk.path("starter.toml"), desk.path("elsewhere.toml")).unwrap();
    desk.call(&["export", "outputs/starter", "--html"]).succeeds();
    let page = desk.read("outputs/starter/report.html");
    is_sound(&page);
    assert!(!page.contains("data-story=\"\"") && page.contains("not beside them"));
}

#[test]
fn no_word_of_a_scenario_becomes_markup() {
    let desk = with_hostile_words(&hostile());
    desk.call(&["export", "outputs/starter", "--html"]).succeeds();
    let page = desk.read("outputs/starter/report.html");
    is_sound(&page);
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(page.contains("&lt;/style&gt;") && page.contains("&quot;onmouseover="));
    assert!(page.contains("<bdi>מבחן בעברית</bdi>") && page.contains("🗳️"));
    assert!(page.contains("(cut here: 40000 characters in all)"));
    let forbidden = |letter: char| letter.is_control() && letter != '\n' && letter != '\t';
    assert!(!page.contains(forbidden));
    // An override of the direction of writing ends with the words it stands in.
    for (place, _) in page.match_indices('\u{202e}') {
        let opened = page[..place].rfind("<bdi>").max(page[..place].rfind('"')).max(page[..place].rfind("<title"));
        assert!(opened.is_some() && !page[opened.unwrap()..place].contains("</bdi>"));
    }
}

#[test]
fn the_page_carries_the_marking_on_screen_and_on_paper() {
    let desk = with_batch("50");
    let text = desk.read("starter.toml").replacen("[scenario]", "[scenario]\ntlp = \"amber+strict\"", 1);
    desk.write("marked.toml", &text);
    desk.call(&["batch", "marked.toml", "-q", "--runs", "50", "--html"]).succeeds();
    let page = desk.read("outputs/marked/report.html");
    is_sound(&page);
    assert!(page.contains("<p class=\"marking amber\">TLP:AMBER+STRICT · simulated, exercise data</p>"));
    assert!(page.contains("@top-left{content:\"TLP:AMBER+STRICT\""));
}
