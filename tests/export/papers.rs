//! The papers of an exercise, read back as a word processor and as a suspicious player read them.

use crate::parts;
use crate::program::Desk;
use canvass::report::words;
use canvass::study::statistics::Interval;
use std::collections::BTreeMap;

const EXERCISE: &str = include_str!("../fixtures/exercise.toml");

const NAMES: [&str; 6] = [
    "situation-manual",
    "facilitator-guide",
    "evaluation-guides",
    "hot-wash",
    "participant-feedback",
    "after-action-report",
];

/// A desk with a scenario on it, and papers of it in `papers`.
fn with_papers(scenario: &str, options: &[&str]) -> Desk {
    let desk = Desk::new();
    desk.write("exercise.toml", scenario);
    let papers = ["export", "exercise.toml", "-q", "-o", "papers", "--papers"];
    desk.call(&[&papers, options].concat()).succeeds();
    desk
}

fn markdown(desk: &Desk, name: &str) -> String {
    desk.read(&format!("papers/{name}.md"))
}

fn document(desk: &Desk, name: &str) -> BTreeMap<String, String> {
    parts(&desk.path(&format!("papers/{name}.docx"))).into_iter().collect()
}

/// What the elements of this name hold, in order.
fn elements<'x>(xml: &'x str, name: &str) -> Vec<&'x str> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let begins = |rest: &str| rest.starts_with(['>', ' ', '/']);
    let mut found = Vec::new();
    let mut rest = xml;
    while let Some(at) = rest.find(&open) {
        let from = &rest[at + open.len()..];
        if !begins(from) {
            rest = from;
            continue;
        }
        let tag = from.find('>').unwrap();
        if from[..tag].ends_with('/') {
            found.push("");
            rest = &from[tag..];
            continue;
        }
        let end = from.find(&close).unwrap();
        found.push(&from[tag + 1..end]);
        rest = &from[end..];
    }
    found
}

fn attribute<'x>(xml: &'x str, before: &str) -> Vec<&'x str> {
    xml.split(before).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

/// Words of a document, a line a paragraph.
fn text(xml: &str) -> String {
    let paragraphs = elements(xml, "w:p").into_iter().map(|paragraph| elements(paragraph, "w:t").concat());
    let text = paragraphs.collect::<Vec<String>>().join("\n");
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// Every tag is closed by its own, and nothing stands in it that XML forbids.
fn assert_well_formed(name: &str, xml: &str) {
    let mut open: Vec<&str> = Vec::new();
    let body =
        xml.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n").unwrap_or_else(|| {
            panic!("{name} has no declaration");
        });
    for piece in body.split('<').skip(1) {
        let (tag, after) = piece.split_once('>').unwrap_or_else(|| panic!("{name}: a tag without end: {piece:.80}"));
        assert!(!after.contains('>') || !after.contains('<'), "{name}");
        for entity in after.split('&').skip(1).chain(tag.split('&').skip(1)) {
            let known = ["amp;", "lt;", "gt;", "quot;"].iter().any(|known| entity.starts_with(known));
            assert!(known, "{name}: a loose & in {after:.80}");
        }
        assert_eq!(tag.matches('"').count() % 2, 0, "{name}: {tag}");
        let word = tag.split([' ', '/']).next().unwrap();
        if let Some(closed) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(closed), "{name}");
        } else if !tag.ends_with('/') {
            open.push(word);
        }
    }
    assert_eq!(open, Vec::<&str>::new(), "{name}");
    let forbidden =
        |letter: char| (letter < ' ' && !matches!(letter, '\t' | '\n')) || matches!(letter, '\u{fffe}' | '\u{ffff}');
    assert!(!xml.contains(forbidden), "{name} holds what XML forbids");
}

/// That a word processor can open it and that every page is marked.
fn assert_sound(name: &str, parts: &BTreeMap<String, String>) {
    for (part, xml) in parts {
        assert_well_formed(&format!("{name}: {part}"), xml);
    }
    let types = &parts["[Content_Types].xml"];
    for part in parts.keys().filter(|part| part.ends_with(".xml") && *part != "[Content_Types].xml") {
        assert!(types.contains(&format!("PartName=\"/{part}\"")), "{name}: {part} has no type");
    }
    let relations = &parts["word/_rels/document.xml.rels"];
    for target in attribute(relations, "Target=\"") {
        assert!(parts.contains_key(&format!("word/{target}")), "{name}: {target} is not there");
    }
    assert!(!relations.contains("External"), "{name}");

    let body = &parts["word/document.xml"];
    let styles = attribute(&parts["word/styles.xml"], "w:styleId=\"");
    let used = attribute(body, "Style w:val=\"").into_iter().chain(attribute(body, "<w:pStyle w:val=\""));
    for style in used {
        assert!(styles.contains(&style), "{name}: no style {style}");
    }
    let levels: Vec<u8> =
        attribute(body, "<w:pStyle w:val=\"Heading").iter().map(|level| level.parse().unwrap()).collect();
    assert_eq!(levels.first(), Some(&1), "{name}");
    for pair in levels.windows(2) {
        assert!(pair[1] <= pair[0] + 1, "{name}: a heading of level {} under one of level {}", pair[1], pair[0]);
    }
    let sheets = elements(body, "w:sectPr");
    for sheet in &sheets {
        for (kind, mark) in [
            ("header", "<w:headerReference w:type=\"default\" r:id=\""),
            ("footer", "<w:footerReference w:type=\"default\" r:id=\""),
        ] {
            let id = attribute(sheet, mark)[0];
            assert!(relations.contains(&format!("Id=\"{id}\"")), "{name}: {kind} {id}");
            let said = elements(&parts[&format!("word/{id}.xml")], "w:t").concat();
            assert!(said.contains("TLP:GREEN") && said.contains("simulated, exercise data"), "{name}: {said}");
        }
        let footer =
            &parts[&format!("word/{}.xml", attribute(sheet, "<w:footerReference w:type=\"default\" r:id=\"")[0])];
        assert!(footer.contains(" PAGE ") && footer.contains(" NUMPAGES "), "{name}");
    }
    let room: u32 = sheets
        .iter()
        .map(|sheet| attribute(sheet, "<w:pgSz w:w=\"")[0].parse::<u32>().unwrap() - 2 * 1_134)
        .max()
        .unwrap();
    for table in elements(body, "w:tbl") {
        let widths: Vec<u32> =
            attribute(table, "<w:gridCol w:w=\"").iter().map(|width| width.parse().unwrap()).collect();
        assert!(widths.iter().sum::<u32>() <= room, "{name}: a table wider than the page");
        let rows = elements(table, "w:tr");
        assert!(rows.len() > usize::from(table.contains("<w:tblHeader/>")), "{name}: an empty table");
        for row in rows {
            assert_eq!(elements(row, "w:tc").len(), widths.len(), "{name}: {}", elements(row, "w:t").concat());
        }
        assert_eq!(table.contains("<w:tblHeader/>"), table.contains("w:firstRow=\"1\""), "{name}");
    }
    // Nothing is worked out when it is opened but numbers of pages.
    for field in elements(body, "w:instrText") {
        assert!(field.starts_with(" PAGEREF section"), "{name}: {field}");
    }
}

#[test]
fn every_paper_is_a_sound_document_with_its_marking_on_each_page() {
    for vocabulary in ["hseep", "nato"] {
        let desk = with_papers(EXERCISE, &["docx", "--vocabulary", vocabulary]);
        assert_eq!(
            desk.list("papers").into_iter().filter(|name| name.ends_with(".docx")).count(),
            NAMES.len(),
            "{:?}",
            desk.list("papers")
        );
        for name in NAMES {
            let parts = document(&desk, name);
            assert_sound(name, &parts);
            let body = text(&parts["word/document.xml"]);
            assert!(body.contains("What this is."), "{name}");
            assert!(body.contains("under these assumptions") && body.contains("no forecast"), "{name}");
        }
        let wide = |name| document(&desk, name)["word/document.xml"].matches("w:orient=\"landscape\"").count();
        assert_eq!(["facilitator-guide", "after-action-report", "situation-manual"].map(wide), [1, 1, 0]);
        let numbering = &document(&desk, "facilitator-guide")["word/numbering.xml"];
        assert!(numbering.contains("startOverride"));
    }
}

#[test]
fn players_are_told_nothing_of_what_comes() {
    let later = [
        "A reporter asks whether the count has stopped",
        "shows an error",
        "hands out printed figures",
        "The reporter is on the air without an answer",
        "does not know why its page is dark",
        "The governor's office",
        "One office answers for both",
        "The page is back",
        "Eleven calls",
        "Everybody says where their figures come from",
        "Everybody looks at once",
        "the count is being changed",
        "The clerk says what has happened",
        "The results page is dark for more than",
        "Agree on two sentences",
        "Run ",
        " %",
        "\u{a0}%",
    ];
    let desk = with_papers(EXERCISE, &["markdown"]);
    let (manual, guide) = (markdown(&desk, "situation-manual"), markdown(&desk, "facilitator-guide"));
    for word in later {
        assert!(!manual.contains(word), "players read {word:?}");
    }
    for word in &later[..10] {
        assert!(guide.contains(word), "the facilitator does not read {word:?}");
    }
    let told = ["Turnout is high", "Who may speak for the county", "The polls close", "the state election office"];
    for word in told {
        assert!(manual.contains(word), "players do not read {word:?}");
    }
    for vocabulary in ["hseep", "nato", "uk", "au"] {
        let desk = with_papers(EXERCISE, &["docx", "--vocabulary", vocabulary]);
        let everything: String = document(&desk, "situation-manual").into_values().collect();
        for word in &later[..later.len() - 2] {
            assert!(!everything.contains(word), "players read {word:?} in {vocabulary}");
        }
        let feedback = text(&document(&desk, "participant-feedback")["word/document.xml"]);
        assert!(!feedback.contains("The results page is dark for more than"));
    }
}

#[test]
fn the_facilitator_reads_the_odds_of_the_batch() {
    let desk = with_papers(EXERCISE, &["markdown"]);
    desk.call(&["batch", "exercise.toml", "-q", "--plan", "today", "-o", "batch"]).succeeds();
    let guide = markdown(&desk, "facilitator-guide");
    let mut reader = csv::Reader::from_path(desk.path("batch/summary.csv")).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let mut compared = 0;
    for (outcome, title) in [
        ("dark-page", "The results page is dark for more than 15 minutes"),
        ("long-outage", "The results page is dark for more than an hour"),
    ] {
        let row = rows.iter().find(|row| row[1] == *outcome && &row[3] == "share").unwrap();
        let number = |place: usize| row[place].parse::<f64>().unwrap();
        let interval = Interval { low: number(5), high: number(6) };
        let odds = words::share(number(4), interval).replace(" %", "\u{a0}%");
        assert!(guide.contains(&format!("| {title} | {odds} |")), "{title}: {odds}");
        compared += 1;
    }
    assert_eq!(compared, 2);
    // The branch is given where the page is dark for an hour, and the inject before it where it is dark for twenty minutes.
    let share = |cell: &str| cell.split('\u{a0}').next().unwrap().parse::<f64>().unwrap();
    let list = guide.split("## 5. Master Scenario Events List").nth(1).unwrap();
    let branches = guide.split("## 3. Where the story may branch").nth(1).unwrap();
    let cell = |of: &str, number: &str, place: usize| -> f64 {
        let line = of.lines().find(|line| line.starts_with(&format!("| {number} |"))).unwrap();
        share(line.split(" | ").nth(place).unwrap())
    };
    let (parent, child, behind) = (cell(list, "2", 6), cell(list, "2-A", 6), cell(branches, "2-A", 3));
    assert!((child / parent * 100.0 - behind).abs() < 1.5, "{child} of {parent} is not {behind}");
}

#[test]
fn the_same_runs_make_the_same_bytes() {
    let one = with_papers(EXERCISE, &["docx", "--threads", "1"]);
    let other = with_papers(EXERCISE, &["docx", "--threads", "3"]);
    one.call(&["batch", "exercise.toml", "-q", "-o", "batch"]).succeeds();
    one.call(&["export", "batch", "-q", "--papers", "-o", "from-batch"]).succeeds();
    for name in NAMES.map(|name| format!("{name}.docx")).iter().map(String::as_str).chain(["manifest.json"]) {
        let bytes = |desk: &Desk, folder: &str| std::fs::read(desk.path(&format!("{folder}/{name}"))).unwrap();
        assert!(bytes(&one, "papers") == bytes(&other, "papers"), "{name} depends on threads");
        assert!(bytes(&one, "papers") == bytes(&one, "from-batch"), "{name} depends on where the runs come from");
    }
    let manifest: serde_json::Value = serde_json::from_str(&one.read("papers/manifest.json")).unwrap();
    assert_eq!(manifest["format"], "canvass-papers-1");
    assert_eq!(manifest["options"]["vocabulary"], "hseep");
    assert_eq!(manifest["files"].as_array().unwrap().len(), NAMES.len());
}

#[test]
fn work_on_a_paper_is_not_overwritten() {
    let desk = with_papers(EXERCISE, &["markdown"]);
    let again = ["export", "exercise.toml", "-q", "-o", "papers", "--papers", "markdown"];
    desk.call(&again).succeeds();
    let mine = markdown(&desk, "hot-wash") + "\nWe should meet on Thursday.\n";
    desk.write("papers/hot-wash.md", &mine);
    let said = desk.call(&again).ends_with(1);
    assert!(said.err.contains("hot-wash.md has been changed since it was made"), "{}", said.err);
    assert_eq!(markdown(&desk, "hot-wash"), mine);
    desk.write("notes.txt", "ours");
    let foreign = desk.call(&["export", "exercise.toml", "-q", "-o", ".", "--papers"]).ends_with(1);
    assert!(foreign.err.contains("not from Canvass"), "{}", foreign.err);
}

#[test]
fn each_school_has_its_own_words() {
    let american = [
        "Situation Manual",
        "SitMan",
        "Facilitator Guide",
        "Exercise Evaluation Guide",
        "EEG",
        "Hot Wash",
        "Participant Feedback Form",
        "After-Action",
        "Improvement Plan",
        "Master Scenario Events List",
        "MSEL",
        "SimCell",
        "ontingency inject",
        "ore capability",
        "apability target",
        "ritical task",
        "orrective action",
        "POETE",
        "HSEEP",
        "rganization",
        "ontroller",
        "valuator",
    ];
    let said = |vocabulary: &str| {
        let desk = with_papers(EXERCISE, &["markdown", "--vocabulary", vocabulary]);
        let form = document_size(&with_papers(EXERCISE, &["docx", "--vocabulary", vocabulary]));
        (NAMES.map(|name| markdown(&desk, name)).concat(), form)
    };
    let (hseep, letter) = said("hseep");
    for word in american.iter().filter(|word| !["EEG", "SitMan", "HSEEP"].contains(word)) {
        assert!(hseep.contains(word), "{word}");
    }
    assert_eq!(letter, "12240");
    let (uk, a4) = said("uk");
    for word in american {
        assert!(!uk.contains(word), "{word} stands in a British paper");
    }
    assert_eq!(a4, "11906");
    for word in [
        "Main Events List (MEL)",
        "Reserve inject",
        "directing staff",
        "Hot Debrief",
        "Post-Exercise Report",
        "Observation Guide",
    ] {
        assert!(uk.contains(word), "{word}");
    }
    let (nato, _) = said("nato");
    for word in [
        "MEL/MIL",
        "EXCON",
        "DISTAFF",
        "training audience",
        "Training objective",
        "Dynamic injection",
        "DOTMLPFI element",
        "Remedial action",
    ] {
        assert!(nato.contains(word), "{word}");
    }
    let (au, _) = said("au");
    for word in [
        "General Idea",
        "Special Idea",
        "Master Schedule of Events (MSE)",
        "PPOSTTE element",
        "Treatment",
        "participants",
    ] {
        assert!(au.contains(word), "{word}");
    }
    for (school, text) in [("nato", &nato), ("au", &au)] {
        for word in [
            "Master Scenario",
            "MSEL",
            "Situation Manual",
            "After-Action",
            "Hot Wash ",
            "POETE",
            "SimCell",
            "ontingency inject",
        ] {
            assert!(!text.contains(word), "{word} stands in a paper of {school}");
        }
    }
}

fn document_size(desk: &Desk) -> String {
    let body = document(desk, "hot-wash").remove("word/document.xml").unwrap();
    attribute(&body, "<w:pgSz w:w=\"")[0].to_owned()
}

#[test]
fn what_the_scenario_lacks_is_named_with_its_key() {
    let bare = "[scenario]\ntitle = \"Bare\"\nquestion = \"What is missing?\"\nstart = 2026-11-03T19:00:00-05:00\n\
                end = 2026-11-03T20:00:00-05:00\nruns = 20\ntlp = \"green\"\n";
    let desk = with_papers(bare, &["markdown"]);
    for (name, keys) in [
        (
            "situation-manual",
            &[
                "[objective.NAME] title",
                "[exercise] sponsor",
                "[exercise] assumptions",
                "[responder.NAME]",
                "at = \"start\"",
            ][..],
        ),
        ("facilitator-guide", &["[objective.NAME]", "[inject.NAME] title", "[contingency.NAME]", "branch-of ="]),
        ("evaluation-guides", &["[objective.NAME]"]),
        ("hot-wash", &["[objective.NAME]", "[contingency.NAME]"]),
        ("participant-feedback", &["[objective.NAME]"]),
        ("after-action-report", &["[objective.NAME]", "[inject.NAME]", "[contingency.NAME]"]),
    ] {
        for key in keys {
            assert!(markdown(&desk, name).contains(key), "{name} does not name {key}");
        }
    }
    let desk = with_papers(bare, &["docx"]);
    for name in NAMES {
        // Among other things that no table is empty.
        assert_sound(name, &document(&desk, name));
    }
    let lacking = EXERCISE.replace("expected   = \"Everybody says where their figures come from\"\n", "");
    let guide = markdown(&with_papers(&lacking, &["markdown"]), "facilitator-guide");
    assert!(guide.contains("One inject has no expected.") && guide.contains("`[inject.welcome] expected = …`"));
}

#[test]
fn a_strangers_words_stay_words() {
    let hostile = [
        "</w:t></w:p><w:p>& <b> \"quoted\" 'single' ]]> <!-- x -->",
        "# heading | cell | **bold** [link](http://example.invalid) <script>alert(1)</script> &amp; `code`",
        "- item\n1. item\n> quote\n\n\n---",
        "bell \u{7} escape \u{1b} null \u{0} end",
        "not XML \u{fffe} \u{ffff}",
        "מבחן בעברית",
        "\u{202e}gpj.exe",
        "🗳️ 👩‍👩‍👧 \u{1f1fa}\u{1f1f8}",
        "=cmd|' /C calc'!A0",
    ];
    let long = format!("begin {} end-of-it", "long ".repeat(8_000));
    let quoted = |text: &str| serde_json::to_string(text).unwrap();
    let mut scenario = EXERCISE.replace("title      = \"The dark page\"", &format!("title = {}", quoted(hostile[0])));
    scenario = scenario
        .replace("\"Do we tell the public within half an hour why there are no figures?\"", &quoted(hostile[1]))
        .replace("\"The county clerk\"", &quoted(hostile[5]))
        .replace("\"The count goes on whatever the page shows\"", &quoted(hostile[2]))
        .replace("\"A first statement is out 30 minutes after the page went dark\"", &quoted(hostile[7]))
        .replace("\"Notice that the page is dark\"", &quoted(hostile[1]))
        .replace("\"Who may speak for the county at this hour?\"", &quoted(hostile[2]))
        .replace("\"the county election office\"", &quoted(hostile[0]))
        .replace("\"Desk 1\"", &quoted(hostile[8]))
        .replace("\"Press\"", &quoted(hostile[3]))
        .replace("\"a reporter of a local newsroom\"", &quoted(hostile[6]))
        .replace("\"The page is back, with a queue of questions\"", &quoted(hostile[4]))
        .replace("\"Says when the page was dark and that no figure was lost\"", &quoted(&long));
    let desk = with_papers(&scenario, &["docx"]);
    let mut seen = String::new();
    for name in NAMES {
        let parts = document(&desk, name);
        assert_sound(name, &parts);
        seen += &text(&parts["word/document.xml"]);
        assert!(
            !parts
                .values()
                .any(|xml| xml.contains("r:link") || xml.contains("<w:object") || xml.contains("Target=\"http"))
        );
    }
    for word in [hostile[0], hostile[1], hostile[5], hostile[7], hostile[8], "end-of-it", "bell \u{fffd} escape"] {
        assert!(seen.contains(word), "{word:?} is not shown as it is");
    }
    let guide = document(&desk, "facilitator-guide");
    assert!(document(&desk, "situation-manual")["word/document.xml"].contains("<w:bidi/>"));
    assert!(
        elements(&guide["word/document.xml"], "w:tr")
            .iter()
            .all(|row| !row.contains("end-of-it") || !row.contains("cantSplit"))
    );

    let desk = with_papers(&scenario, &["markdown"]);
    for name in NAMES {
        let paper = markdown(&desk, name);
        let bars = |line: &str| line.replace("\\\\", "").replace("\\|", "").matches('|').count();
        let mut columns = 0;
        for line in paper.lines() {
            columns = match (line.starts_with('|'), columns) {
                (false, _) => 0,
                (true, 0) => bars(line),
                (true, known) => {
                    assert_eq!(bars(line), known, "{name}: {line:.200}");
                    known
                }
            };
            assert!(!line.contains("<script") || line.contains("\\<script"), "{name}: {line:.200}");
            assert!(!line.contains("](http") || line.contains("\\]("), "{name}: {line:.200}");
            assert!(line == "---" || !line.starts_with("---"), "{name}");
        }
        assert!(!paper.contains("\n---\n") && !paper.contains("\n# heading"), "{name}");
    }
}

/// After a change that is meant: `UPDATE=1 cargo test --test export papers`.
#[test]
fn the_facilitators_paper_is_what_it_was() {
    let desk = with_papers(EXERCISE, &["markdown"]);
    let version = format!("Canvass {}", env!("CARGO_PKG_VERSION"));
    let found = markdown(&desk, "facilitator-guide").replace(&version, "Canvass [VERSION]");
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/export/facilitator-guide.md");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &found).unwrap();
    }
    let stored = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(stored == found, "the paper has changed:\n{found}");
}
