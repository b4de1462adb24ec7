//! Whatever stands in a list, an import ends in a sound scenario that accounts for every row, or in an error that says what to do.

use crate::books::{book, page, row};
use crate::{import_book, import_table, is_accounted_for, is_sound, refused, scenario};
use canvass::intake::{Clock, ImportError, NoBook, NoList, Options, Start, import_bytes};
use proptest::prelude::*;

#[test]
fn a_stranger_s_words_arrive_as_they_are() {
    let long = "long ".repeat(8_000);
    let texts = [
        "quotes \"double\" 'single' \"\"\"three\"\"\" '''three'''",
        "back\\slash \\n \\u0041 ${x} {{y}} # not a comment",
        "bell \u{7} escape \u{1b}[31m delete \u{7f}",
        "\u{202e}gpj.exe \u{2066}isolated\u{2069}",
        "מבחן בעברית\nשורה שנייה",
        "🗳️ 👩‍👩‍👧 \u{1f1fa}\u{1f1f8}",
        "=cmd|' /C calc'!A0",
        "[inject.evil]\ntitle = \"no\"",
        "ends with a backslash \\",
        "ends with quotes \"\"",
        long.trim(),
    ];
    let mut table = csv::Writer::from_writer(Vec::new());
    table
        .write_record([
            "#",
            "Time",
            "Title",
            "Description",
            "To",
            "From",
            "Expected Action",
            "Objective",
            "Track",
            "Notes",
        ])
        .unwrap();
    for (place, text) in (1..).zip(texts) {
        let number = place.to_string();
        table.write_record([&number, "0900", text, text, text, text, text, text, text, text]).unwrap();
    }
    let bytes = table.into_inner().unwrap();
    let import = import_book("hostile.csv", &bytes, &Options::default());
    let made = scenario(&import);
    assert_eq!(made.inject.len(), texts.len());
    for (inject, text) in made.inject.values().zip(texts) {
        let read = inject.text.as_deref().unwrap();
        assert!(read == text || read.ends_with(&format!("\n\n{text}")), "{read:?}");
        assert_eq!(inject.expected.as_deref(), Some(text));
    }
    // Nothing that moves a cursor or turns the direction of writing stands in the file as such.
    let harmful = |letter: char| {
        (letter.is_control() && letter != '\n' && letter != '\t') || ('\u{202a}'..='\u{202e}').contains(&letter)
    };
    assert!(!import.scenario.contains(harmful));
}

#[test]
fn what_is_no_list_is_refused_with_a_word_on_how_to_mend_it() {
    let nothing = |error: &ImportError| matches!(error, ImportError::NoBook(NoBook::Empty));
    assert!(nothing(&refused("a.csv", b"")) && nothing(&refused("a.csv", b" \n\n \n")));
    assert!(matches!(
        refused("a.xls", b"<html><table><tr><td>Time</td></tr></table></html>"),
        ImportError::NoBook(NoBook::Page)
    ));
    assert!(matches!(refused("a.xlsx", b"PK\x03\x04 and then nothing"), ImportError::NoBook(NoBook::Damaged(_))));
    assert!(matches!(refused("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 short"), ImportError::NoBook(_)));
    assert!(matches!(refused("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), ImportError::NoBook(NoBook::Foreign)));
    assert!(matches!(
        refused("a.csv", b"Time,Title,To\n0900,\"open,x\n0910,b,x\n"),
        ImportError::NoBook(NoBook::OpenQuote(2))
    ));
    assert!(matches!(refused("a.csv", b"who,knows\n1,2\n"), ImportError::NoList(NoList::Nowhere { .. })));
    assert!(matches!(refused("a.csv", b"Time,Title,To\n"), ImportError::NoInject { rows: 1, .. }));
    assert!(matches!(refused("a.csv", b"Time,Title,To\n0900,,x\n"), ImportError::NoInject { rows: 2, .. }));
    let (bytes, _) = book(vec![page("Key Events", vec![row!["Time", "Title", "To"], row!["0900", "a", "x"]])]);
    let error = refused("a.xlsx", &bytes).to_string();
    assert!(error.contains("`Key Events`: the sheet holds key events"), "{error}");
    let options = Options { sheets: vec!["Key Event".to_owned()], ..Options::default() };
    let error = import_bytes("a.xlsx", &bytes, "list", &options).unwrap_err();
    assert!(matches!(&error, ImportError::NoList(NoList::NoSheet { name, .. }) if name == "Key Event"));
}

#[test]
fn a_workbook_cut_at_any_place_is_refused() {
    let (bytes, _) = book(vec![page("MSEL", vec![row!["Time", "Title", "To"], row!["0900", "a", "x"]])]);
    for length in (0..bytes.len()).step_by(97) {
        if let Ok(import) = import_bytes("a.xlsx", &bytes[..length], "list", &Options::default()) {
            is_sound(&import);
        }
    }
}

#[test]
fn one_stray_cell_at_the_far_end_of_a_sheet_costs_nothing() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, text) in (0..).zip(["Time", "Title", "To"]) {
        sheet.write_string(0, column, text).unwrap();
        sheet.write_string(1, column, "0900").unwrap();
    }
    sheet.write_string(1_048_575, 16_383, "stray").unwrap();
    let import = import_book("far.xlsx", &workbook.save_to_buffer().unwrap(), &Options::default());
    assert_eq!((import.account.rows(), import.injects), (3, 1));
    assert_eq!(crate::unread(&import, canvass::intake::Fate::NotUnderstood), ["Sheet1 1048576: stray"]);
}

#[test]
fn letters_of_other_tables_and_other_separators() {
    let expected = ["cafe-ferme 2026-11-03T09:00:00+00:00 [mairie] Café fermé"];
    let text = "Time,Title,To\n0900,Café fermé,Mairie\n";
    let western: Vec<u8> = text.chars().map(|letter| letter as u32 as u8).collect();
    let wide = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(order).collect()
    };
    for bytes in [text.as_bytes().to_vec(), western.clone(), wide(u16::to_le_bytes), wide(u16::to_be_bytes)] {
        assert_eq!(crate::lines(&import_book("a.csv", &bytes, &Options::default())), expected);
    }
    let import = import_book("a.csv", &western, &Options::default());
    assert!(import.assumed.iter().any(|said| said.contains("code page 1252")));
    for separator in [";", "\t", "|"] {
        assert_eq!(crate::lines(&import_table(&text.replace(',', separator), &Options::default())), expected);
    }
    assert_eq!(
        crate::lines(&import_table(&format!("sep=;\n{}", text.replace(',', ";")), &Options::default())),
        expected
    );
}

#[test]
fn rows_are_numbered_as_a_spreadsheet_numbers_them() {
    let text = "\n\nTime,Title,To\n\n0900,\"two\nlines\",x\n0910,b,x\n\n\n,,x\n";
    for text in [text.to_owned(), text.replace('\n', "\r\n")] {
        let import = import_table(&text, &Options::default());
        assert_eq!(crate::unread(&import, canvass::intake::Fate::Skipped), ["list.csv 3: Time | Title | To"]);
        assert_eq!(crate::unread(&import, canvass::intake::Fate::NotUnderstood), ["list.csv 9: x"]);
        assert!(import.scenario.contains("# Row 5.") && import.scenario.contains("# Row 6."));
    }
}

#[test]
fn a_list_of_a_thousand_rows_is_read_whole() {
    let mut table = "#,Time,Title,Description,To,Type\n".to_owned();
    for row in 0..1_000 {
        table +=
            &format!("{row}-A,+{:02}:{:02},Event {row},Text of it,Team {},Contingency\n", row / 60, row % 60, row % 50);
    }
    let import = import_table(&table, &Options::default());
    assert_eq!((import.injects, import.responders), (1_000, 50));
}

/// Cells as they come in lists of events, and as they do not.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => Just(String::new()),
        4 => proptest::sample::select(vec![
            "Time", "Title", "To", "Description", "#", "DTG", "Day", "Type", "Objective", "Branch of", "Scenario Time", "Inject", "Event", "Date",
            "0900", "24:00", "9:05 pm", "031300ZNOV2026", "D+1 H+2", "+99999:00", "T-500", "31/12/2026", "12/31/26", "Day 0", "Day 999",
            "46329.5", "0.5", "1e308", "-1", "5", "5-A", "5-A-1", "6", "All", "Clerk; Sheriff", "Clerk and Sheriff", "N/A", "Contingency",
            "Expected Action", "STARTEX", "Omitted", "1, 2", "Objective 1: x", "40 %", "NaN", "inf", "DAY 2", "29 Feb 2027", "9999-12-31 23:59",
            "0001-01-01", "-9999-01-01T00:00Z", "Phone/Email", "as needed", "\u{0}", "\u{202e}", "🗳️", "\"", "'''", "\\",
        ]).prop_map(str::to_owned),
        2 => "[ -~]{0,12}",
        1 => "\\PC{0,8}",
        1 => "[0-9:/.+DHTZ -]{1,12}",
    ]
}

fn options() -> impl Strategy<Value = Options> {
    let starts = proptest::sample::select(vec![
        None,
        Some("2026-11-03T08:00-05:00"),
        Some("1900-01-01T00:00"),
        Some("2200-12-31T23:59Z"),
    ]);
    let zones = proptest::sample::select(vec![None, Some("America/New_York"), Some("Pacific/Apia")]);
    (starts, zones, any::<Option<bool>>(), any::<bool>()).prop_map(|(start, zone, day_first, story)| Options {
        start: start.map(|text| Start::parse(text).unwrap()),
        zone: zone.map(str::to_owned),
        day_first,
        sheets: Vec::new(),
        clock: if story { Clock::Story } else { Clock::Delivery },
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn no_table_brings_it_down_and_every_row_is_accounted_for(
        rows in proptest::collection::vec(proptest::collection::vec(cell(), 1..9), 1..14),
        with_headings in any::<bool>(),
        options in options(),
    ) {
        let mut table = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        let mut filled = 0;
        if with_headings {
            table.write_record(["#", "Time", "Title", "To", "Day", "Type", "Branch of", "Objective", "Expected Action"]).unwrap();
            filled += 1;
        }
        for row in &rows {
            let shows = |cell: &String| cell.chars().any(|letter| !letter.is_whitespace() && !matches!(letter, '\0' | '\u{feff}' | '\u{200b}'..='\u{200d}' | '\u{2060}'));
            filled += usize::from(row.iter().any(shows));
            table.write_record(row).unwrap();
        }
        let bytes = table.into_inner().unwrap();
        match import_bytes("random.csv", &bytes, "list", &options) {
            Ok(import) => {
                is_accounted_for(&import);
                is_sound(&import);
                prop_assert_eq!(import.account.rows(), filled);
                prop_assert!(import.injects <= import.account.with(canvass::intake::Fate::Read));
            }
            Err(error) => prop_assert!(!matches!(error, ImportError::Unsound(_)), "{}", error),
        }
    }

    #[test]
    fn no_bytes_bring_it_down(bytes in proptest::collection::vec(any::<u8>(), 0..400), head in 0..4_usize) {
        let head: &[u8] = [&b""[..], b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"Time,Title,To\n0900,a,"][head];
        let bytes = [head, &bytes].concat();
        if let Ok(import) = import_bytes("random", &bytes, "list", &Options::default()) {
            is_sound(&import);
        }
    }
}
