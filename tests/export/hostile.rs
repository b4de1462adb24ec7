//! A stranger's words in every place where words can stand: none may become a formula, a link or a broken file.

use crate::program::Desk;
use crate::{parts, with_batch};
use calamine::{Reader, Xlsx, open_workbook};

/// Texts that a careless program would run, follow, or choke on.
pub(crate) fn hostile() -> Vec<String> {
    [
        "=cmd|' /C calc'!A0",
        "=HYPERLINK(\"http://example.invalid\",\"look\")",
        "+1",
        "-2",
        "@x",
        "\t=1+1",
        "\r=1+1",
        "Sheet1!$A$1",
        "=Summary!$A$1:$B$2",
        "=(A1,B1)",
        "http://example.invalid/?a=b",
        "mailto:nobody@example.invalid",
        "internal:Runs!A1",
        "{=SUM(A1)}",
        "מבחן בעברית",
        "\u{202e}gpj.exe",
        "🗳️ 👩‍👩‍👧 \u{1f1fa}\u{1f1f8}",
        "bell \u{7} null \u{0} escape \u{1b} end",
        "not XML \u{fffe} \u{ffff}",
        "_x0041_ & <b> \"quoted\" 'single' ]]>",
        "&L&\"Arial\"&P of &N",
        "<script>alert(1)</script>",
        "\"onmouseover=\"alert(1)",
        "'><img src=x onerror=alert(1)>",
        "</style></title></textarea><svg onload=alert(1)>",
        "--><!-- javascript:alert(1)",
    ]
    .map(str::to_owned)
    .into_iter()
    .chain(["long ".repeat(8_000), "wide🗳".repeat(8_000)])
    .collect()
}

/// A desk with a batch of what an honest run stored, with these words in all places for words: meanings, sources, units, plans, title,
/// question, numbers and their sources.
pub(crate) fn with_hostile_words(texts: &[String]) -> Desk {
    let desk = with_batch("60");
    let folder = "outputs/starter";
    let mut next = 0;
    let mut word = || {
        next += 1;
        texts[next % texts.len()].clone()
    };
    let dictionary = desk.read(&format!("{folder}/dictionary.csv"));
    let mut writer = csv::Writer::from_writer(Vec::new());
    for (line, record) in
        csv::ReaderBuilder::new().has_headers(false).from_reader(dictionary.as_bytes()).records().enumerate()
    {
        let record = record.unwrap();
        let cells: Vec<String> = (0..record.len())
            .map(|place| if line > 0 && matches!(place, 2 | 4) { word() } else { record[place].to_owned() })
            .collect();
        writer.write_record(&cells).unwrap();
    }
    desk.write(&format!("{folder}/dictionary.csv"), &String::from_utf8(writer.into_inner().unwrap()).unwrap());
    let evidence = desk.read(&format!("{folder}/evidence.csv"));
    let mut writer = csv::Writer::from_writer(Vec::new());
    for (line, record) in
        csv::ReaderBuilder::new().has_headers(false).from_reader(evidence.as_bytes()).records().enumerate()
    {
        let record = record.unwrap();
        let words = |place: usize| matches!(place, 0 | 1 | 3 | 5 | 10 | 12);
        let cells: Vec<String> = (0..record.len())
            .map(|place| if line > 0 && words(place) { word() } else { record[place].to_owned() })
            .collect();
        writer.write_record(&cells).unwrap();
    }
    desk.write(&format!("{folder}/evidence.csv"), &String::from_utf8(writer.into_inner().unwrap()).unwrap());
    let mut manifest: serde_json::Value = serde_json::from_str(&desk.read(&format!("{folder}/manifest.json"))).unwrap();
    let plans: Vec<String> =
        manifest["plans"].as_array().unwrap().iter().map(|plan| plan.as_str().unwrap().to_owned()).collect();
    for table in ["runs.csv", "summary.csv", "series.csv"] {
        let text = desk.read(&format!("{folder}/{table}"));
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        let mut writer = csv::Writer::from_writer(Vec::new());
        for record in reader.records() {
            let record = record.unwrap();
            let mut cells: Vec<String> = record.iter().map(str::to_owned).collect();
            if let Some(place) = plans.iter().position(|plan| *plan == cells[0]) {
                cells[0] = texts[place].clone();
            }
            writer.write_record(&cells).unwrap();
        }
        desk.write(&format!("{folder}/{table}"), &String::from_utf8(writer.into_inner().unwrap()).unwrap());
    }
    manifest["plans"] = texts[..plans.len()].into();
    manifest["scenario"]["title"] = texts[0].clone().into();
    manifest["scenario"]["question"] = texts.iter().map(String::as_str).collect::<Vec<_>>().join(" ").into();
    manifest["scenario"]["id"] = texts[1].clone().into();
    desk.write(&format!("{folder}/manifest.json"), &manifest.to_string());
    desk
}

#[test]
fn no_word_of_a_scenario_becomes_a_formula_or_a_link() {
    let texts = hostile();
    let desk = with_hostile_words(&texts);
    let folder = "outputs/starter";
    desk.call(&["export", folder, "--xlsx", "--sipmath"]).succeeds();
    for name in ["report.xlsx", "sipmath.xlsx"] {
        let path = desk.path(&format!("{folder}/{name}"));
        for (part, text) in parts(&path) {
            let forbidden = |letter: char| {
                (letter < ' ' && !matches!(letter, '\t' | '\n' | '\r')) || matches!(letter, '\u{fffe}' | '\u{ffff}')
            };
            assert!(!text.contains(forbidden), "{part} holds what XML forbids");
            if part.starts_with("xl/worksheets/") {
                for element in ["<f>", "<f ", "<hyperlink", "<oleObject", "<extern"] {
                    assert!(!text.contains(element), "{element} in {part}");
                }
            }
            assert!(!part.contains("externalLink") && !text.contains("TargetMode=\"External\""), "{part}");
            // A chart may read only the sheet with its numbers.
            for reference in text.split("<c:f>").skip(1) {
                assert!(reference.starts_with("'Chart data'!$"), "{part}: {}", &reference[..60.min(reference.len())]);
            }
        }
    }
    let mut book: Xlsx<_> = open_workbook(desk.path(&format!("{folder}/report.xlsx"))).unwrap();
    for name in book.sheet_names() {
        let formulas = book.worksheet_formula(&name).unwrap();
        assert_eq!(formulas.used_cells().count(), 0, "{name}");
    }
    let words = book.worksheet_range("Data dictionary").unwrap();
    let shown: Vec<String> = words.used_cells().map(|(_, _, cell)| cell.to_string()).collect();
    for text in texts
        .iter()
        .filter(|text| text.len() < 100 && !text.contains(|letter: char| letter.is_control() || letter >= '\u{fffd}'))
    {
        assert!(shown.contains(text), "{text:?} is not shown as it is");
    }
    assert!(shown.iter().any(|text| text.ends_with("(cut here: 40000 characters in all)")));
    assert!(shown.iter().all(|text| text.encode_utf16().count() <= 32_767));
}
