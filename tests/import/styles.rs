//! Ten workbooks in the styles of the field, each with the injects, times, recipients and branches that a person reads in it.

use crate::books::{ELECTION_DAY, Is, Page, book, page, row};
use crate::{import_book, import_table, lines, scenario, start, unread};
use canvass::intake::{Clock, Fate, Options};

fn clock(hours: f64) -> Is {
    Is::Serial(hours / 24.0, "hh:mm")
}

/// A stadium's full-scale exercise: a title block of six rows, headings in capitals, clock times of the spreadsheet, STARTEX first.
#[test]
fn one_title_block_and_clock_times_of_the_spreadsheet() {
    let (bytes, filled) = book(vec![Page {
        merged: vec![(0, 0, 0, 8), (1, 0, 1, 8)],
        ..page(
            "Sheet1",
            vec![
                row!["HARBOR COUNTY ELECTION NIGHT FULL SCALE EXERCISE"],
                row!["TLP:AMBER+STRICT - for exercise use only"],
                row!["Sponsor:", "Harbor County Board of Elections"],
                row!["Exercise date:", Is::Serial(ELECTION_DAY, "d mmm yyyy")],
                row!["Revised:", Is::Serial(ELECTION_DAY - 40.0, "d mmm yyyy")],
                row![""],
                row![
                    "EVENT #",
                    "EVENT TIME",
                    "EVENT TYPE",
                    "SUBJECT",
                    "INJECT MODE",
                    "SEND FROM (SIMULATED)",
                    "INJECTED BY (RESPONSIBLE CONTROLLER)",
                    "SEND TO (RECIPIENT PLAYERS)",
                    "EVENT DESCRIPTION",
                    "EXPECTED OUTCOMES",
                    "QUESTIONS/COMMENTS"
                ],
                row![
                    1,
                    clock(19.0),
                    "Controller Action",
                    "STARTEX",
                    "Radio",
                    "Exercise Control",
                    "Lead",
                    "All players",
                    "The exercise begins",
                    "",
                    ""
                ],
                row![
                    2,
                    clock(19.25),
                    "Inject",
                    "Lines at Ward 6",
                    "Phone",
                    "Presiding judge",
                    "Controller 2",
                    "Call Center",
                    "Two hundred voters wait, the polls close in 45 minutes",
                    "Sends a runner with paper ballots",
                    "Do they know the law?"
                ],
                row![
                    3,
                    clock(19.5),
                    "Actor Action",
                    "A man films the warehouse",
                    "Role player",
                    "Actor 1",
                    "Controller 4",
                    "Warehouse / Sheriff",
                    "He asks where the trucks go",
                    "",
                    ""
                ],
                row![
                    4,
                    clock(20.5),
                    "Player Action",
                    "Public statement",
                    "",
                    "",
                    "",
                    "Public Information",
                    "Tells when the first figures come",
                    "",
                    ""
                ],
                row![
                    5,
                    clock(22.0),
                    "Controller Action",
                    "ENDEX",
                    "Radio",
                    "Exercise Control",
                    "Lead",
                    "All players",
                    "",
                    "",
                    ""
                ],
            ],
        )
    }]);
    let import = import_book(
        "FSE MSEL v4.xlsx",
        &bytes,
        &Options { zone: Some("America/New_York".to_owned()), ..Options::default() },
    );
    assert_eq!(import.account.rows(), filled);
    assert_eq!(
        lines(&import),
        [
            "inject-1 2026-11-03T19:00:00-05:00 [call-center warehouse-sheriff] STARTEX",
            "inject-2 2026-11-03T19:15:00-05:00 [call-center] Lines at Ward 6",
            "inject-3 2026-11-03T19:30:00-05:00 [warehouse-sheriff] A man films the warehouse",
            "inject-5 2026-11-03T22:00:00-05:00 [call-center warehouse-sheriff] ENDEX",
        ]
    );
    let made = scenario(&import);
    assert_eq!(made.scenario.title, "HARBOR COUNTY ELECTION NIGHT FULL SCALE EXERCISE");
    assert_eq!(made.scenario.tlp.marking(), "TLP:AMBER+STRICT");
    assert_eq!(made.scenario.zone.as_deref(), Some("America/New_York"));
    assert_eq!(made.exercise.sponsor.as_deref(), Some("Harbor County Board of Elections"));
    let lines_of = &made.inject["inject-2"];
    assert_eq!(lines_of.from.as_deref(), Some("Presiding judge"));
    assert_eq!(lines_of.controller.as_deref(), Some("Controller 2"));
    assert_eq!(lines_of.expected.as_deref(), Some("Sends a runner with paper ballots"));
    assert_eq!(lines_of.text.as_deref(), Some("Two hundred voters wait, the polls close in 45 minutes"));
    assert!(import.scenario.contains("# QUESTIONS/COMMENTS: Do they know the law?"));
    // The player action is what inject 3 is to bring about.
    assert_eq!(
        made.inject["inject-3"].expected.as_deref(),
        Some("by 20:30: Public Information: Public statement\nTells when the first figures come")
    );
    assert_eq!(import.account.with(Fate::Read), 5);
    assert_eq!(import.account.with(Fate::NotUnderstood), 0);
}

/// A Guard exercise: a date-time group a row, one sheet a day, states of work, storylines, units.
#[test]
fn two_date_time_groups_and_a_sheet_a_day() {
    let head = || {
        row![
            "MSEL NUMBER",
            "DATE",
            "Time",
            "STATUS",
            "INJECT DTG",
            "SUBJECT",
            "INJECT MODE",
            "SEND FROM (Simulated)",
            "INJECTED BY",
            "SEND TO",
            "STORYLINE/THREAD",
            "ESF",
            "DESCRIPTION",
            "EXPECTED ACTION",
            "NOTES/REMARKS",
            "IMPLEMENTER (Actual Narrative)",
            "BACKGROUND INFORMATION",
            "Inject Author"
        ]
    };
    let (bytes, filled) = book(vec![
        page(
            "3 NOV",
            vec![
                head(),
                row![
                    "101",
                    "",
                    "",
                    "Ready to Inject",
                    "031300ZNOV2026",
                    "Scans of the portal",
                    "E-mail",
                    "State SOC",
                    "WHITE CELL",
                    "County IT; Cyber Team 1",
                    "Portal",
                    "2",
                    "Scans from 40 addresses",
                    "Opens a ticket",
                    "",
                    "",
                    "see annex",
                    "Planner A"
                ],
                row![
                    "102",
                    "",
                    "",
                    "Omitted",
                    "031330ZNOV2026",
                    "Phone outage",
                    "Phone",
                    "Carrier",
                    "WHITE CELL",
                    "County IT",
                    "",
                    "",
                    "No dial tone",
                    "",
                    "",
                    "",
                    "",
                    ""
                ],
                row![
                    "103",
                    "",
                    "",
                    "Injected",
                    "03 1400Z NOV 26",
                    "Portal slow",
                    "Phone",
                    "Help desk",
                    "WHITE CELL",
                    "County IT",
                    "Portal",
                    "2",
                    "Pages take a minute",
                    "",
                    "",
                    "",
                    "",
                    ""
                ],
            ],
        ),
        page(
            "4 NOV",
            vec![
                head(),
                row![
                    "201",
                    "",
                    "",
                    "Ready to Inject",
                    "041500ZNOV2026",
                    "Ransom note",
                    "Written",
                    "Unknown",
                    "WHITE CELL",
                    "Cyber Team 1",
                    "Portal",
                    "",
                    "A note on a printer",
                    "",
                    "",
                    "",
                    "",
                    ""
                ],
                row![
                    "202",
                    "4 Nov 2026",
                    "1530",
                    "",
                    "",
                    "Press asks",
                    "Telephone",
                    "Reporter",
                    "",
                    "PAO",
                    "Media",
                    "15",
                    "Is the vote safe?",
                    "",
                    "",
                    "",
                    "",
                    ""
                ],
            ],
        ),
        page("Key Events", vec![row!["Event", "Date"], row!["STARTEX", "3 Nov"], row!["ENDEX", "4 Nov"]]),
    ]);
    let import = import_book("vigilant.xlsx", &bytes, &Options::default());
    assert_eq!(import.account.rows(), filled);
    assert_eq!(
        lines(&import),
        [
            "inject-101 2026-11-03T13:00:00+00:00 [county-it cyber-team-1] Scans of the portal",
            "inject-103 2026-11-03T14:00:00+00:00 [county-it] Portal slow",
            "inject-201 2026-11-04T15:00:00+00:00 [cyber-team-1] Ransom note",
            "inject-202 2026-11-04T15:30:00+00:00 [pao] Press asks",
        ]
    );
    let made = scenario(&import);
    assert_eq!(made.inject["inject-101"].track.as_deref(), Some("Portal"));
    assert_eq!(made.inject["inject-201"].method.map(canvass::intake::method_word), Some("paper"));
    for kept in ["# ESF: 2", "# BACKGROUND INFORMATION: see annex", "# Inject Author: Planner A", "# STATUS: Injected"]
    {
        assert!(import.scenario.contains(kept), "{kept}");
    }
    assert_eq!(
        unread(&import, Fate::Skipped),
        [
            "3 NOV 1: MSEL NUMBER | DATE | Time | STATUS | INJECT DTG | SUBJECT |…",
            "3 NOV 3: 102 | Omitted | 031330ZNOV2026 | Phone outage | Phone | Car…",
            "4 NOV 1: MSEL NUMBER | DATE | Time | STATUS | INJECT DTG | SUBJECT |…",
            "Key Events 1: Event | Date",
            "Key Events 2: STARTEX | 3 Nov",
            "Key Events 3: ENDEX | 4 Nov",
        ]
    );
    assert_eq!(unread(&import, Fate::NotUnderstood), [""; 0]);
}

/// The winter list: a column of days, branches 5 and 5-A, four kinds of rows, headings of days between the rows, empty rows.
#[test]
fn three_branches_and_empty_rows() {
    let (bytes, filled) = book(vec![page(
        "MSEL",
        vec![
            row![
                "MSEL #",
                "Day",
                "TITLE",
                "SEND TO",
                "SENT FROM",
                "CONTROLLER",
                "METHOD",
                "TYPE",
                "DESCRIPTION/SCRIPT",
                "EXPECTED ACTION",
                "Comments/Notes"
            ],
            row![""],
            row!["DAY 1"],
            row![
                4,
                "1, 0900",
                "Snow begins",
                "Emergency Management",
                "Weather service",
                "",
                "Email",
                "Contextual",
                "20 cm by noon",
                "",
                ""
            ],
            row![
                5,
                "1, 1000",
                "Three polling places closed",
                "County Clerk\nEmergency Management",
                "Road crew",
                "",
                "Radio",
                "Inject",
                "Roads to wards 2, 4 and 6 are shut",
                "Moves the polling places",
                ""
            ],
            row![
                "5-A",
                "1, 1030",
                "Voters stand before locked doors",
                "County Clerk",
                "Voter",
                "Kim",
                "Phone",
                "Contingent",
                "Nobody told them",
                "",
                "only if nothing was announced"
            ],
            row![
                "5-A-1",
                "",
                "A candidate calls",
                "County Clerk",
                "Candidate",
                "Kim",
                "Phone",
                "Contingent",
                "Demands longer hours",
                "",
                ""
            ],
            row![
                "5B",
                "1, 1100",
                "Court petition",
                "County Clerk",
                "Lawyer",
                "",
                "In-person",
                "Contingency",
                "Papers are served",
                "",
                ""
            ],
            row!["", "", "Order is asked of the court", "", "", "", "", "Expected Action", "", "", ""],
            row![6, "", "", "", "", "", "", "", "", "", ""],
            row!["DAY 2"],
            row![7, "2, 0800", "Count resumes", "All", "", "", "", "Administrative", "", "", ""],
        ],
    )]);
    let import = import_book("winter.xlsx", &bytes, &start("2026-11-03T08:00-05:00"));
    assert_eq!(import.account.rows(), filled);
    assert_eq!(
        lines(&import),
        [
            "inject-4 2026-11-03T09:00:00-05:00 [emergency-management] Snow begins",
            "inject-5 2026-11-03T10:00:00-05:00 [county-clerk emergency-management] Three polling places closed",
            "inject-5-a 2026-11-03T10:30:00-05:00 [county-clerk] Voters stand before locked doors",
            "inject-5-a-1 2026-11-03T10:30:00-05:00 [county-clerk] A candidate calls",
            "inject-5b 2026-11-03T11:00:00-05:00 [county-clerk] Court petition",
            "inject-7 2026-11-04T08:00:00-05:00 [emergency-management county-clerk] Count resumes",
        ]
    );
    let made = scenario(&import);
    let behind: Vec<Option<&str>> = made.inject.values().map(|inject| inject.branch_of.as_deref()).collect();
    assert_eq!(behind, [None, None, Some("inject-5"), Some("inject-5-a"), Some("inject-5"), None]);
    assert!(made.inject.values().all(|inject| inject.chance.is_some() == inject.branch_of.is_some()));
    assert_eq!(import.branches, 3);
    assert!(import.scenario.contains("# Comments/Notes: only if nothing was announced"));
    assert_eq!(made.inject["inject-5b"].expected.as_deref(), Some("Order is asked of the court"));
    assert_eq!(
        unread(&import, Fate::Skipped),
        [
            "MSEL 1: MSEL # | Day | TITLE | SEND TO | SENT FROM | CONTROLLER | M…",
            "MSEL 3: DAY 1",
            "MSEL 10: 6",
            "MSEL 11: DAY 2"
        ]
    );
}

/// A list for print: headings in row 3, once more on the second page, two columns of objectives, units in place of recipients.
#[test]
fn four_objectives_units_and_headings_once_more() {
    let head = || {
        row![
            "Inject #",
            "Inject Time",
            "Inject Title",
            "Inject Description",
            "1st Objective Supported",
            "2nd Objective Supported",
            "Unit 1 Affected",
            "Unit 2 Affected",
            "Inject POC"
        ]
    };
    let (bytes, filled) = book(vec![
        Page {
            merged: vec![(0, 0, 0, 8)],
            ..page(
                "Day 1",
                vec![
                    row!["PAPER TRAIL 2026 - MASTER SCENARIO EVENTS LIST"],
                    row!["Day 1 - 3 November 2026"],
                    head(),
                    row![
                        "1",
                        Is::Number(800.0),
                        "Seal broken",
                        "A seal on a ballot box is broken",
                        "Obj 1: Keep the chain of custody",
                        "2",
                        "Warehouse",
                        "Sheriff",
                        "Controller 1"
                    ],
                    row![
                        "2",
                        Is::Number(0.40625),
                        "Log missing",
                        "The log of last night is not there",
                        "1",
                        "Obj 2: Tell the public what is known",
                        "Warehouse",
                        "",
                        "Controller 1"
                    ],
                    head(),
                    row![
                        "3",
                        "1330",
                        "Photo spreads",
                        "A photo of the box is online",
                        "2",
                        "",
                        "Communications",
                        "Sheriff",
                        "Controller 2"
                    ],
                ],
            )
        },
        page(
            "Day 2",
            vec![
                row!["PAPER TRAIL 2026 - MASTER SCENARIO EVENTS LIST"],
                row!["Day 2"],
                head(),
                row![
                    "4",
                    "0900",
                    "Observers object",
                    "Two parties object to the box",
                    "1, 2",
                    "",
                    "Canvass Board",
                    "",
                    ""
                ],
            ],
        ),
    ]);
    let import = import_book("paper trail.xlsx", &bytes, &Options::default());
    assert_eq!(import.account.rows(), filled);
    assert_eq!(
        lines(&import),
        [
            "inject-1 2026-11-03T08:00:00+00:00 [warehouse sheriff] Seal broken",
            "inject-2 2026-11-03T09:45:00+00:00 [warehouse] Log missing",
            "inject-3 2026-11-03T13:30:00+00:00 [communications sheriff] Photo spreads",
            "inject-4 2026-11-04T09:00:00+00:00 [canvass-board] Observers object",
        ]
    );
    let made = scenario(&import);
    let aims: Vec<(&str, &str)> =
        made.objective.iter().map(|(name, aim)| (name.as_str(), aim.title.as_str())).collect();
    assert_eq!(aims, [("objective-1", "Keep the chain of custody"), ("objective-2", "Tell the public what is known")]);
    let served: Vec<String> = made.inject.values().map(|inject| inject.objective.join(" ")).collect();
    assert_eq!(
        served,
        ["objective-1 objective-2", "objective-1 objective-2", "objective-2", "objective-1 objective-2"]
    );
    assert_eq!(made.inject["inject-3"].controller.as_deref(), Some("Controller 2"));
    assert_eq!(import.account.with(Fate::Skipped), 7);
}

/// Merged cells: a time and a number that span several rows; recipients below one another.
#[test]
fn five_merged_cells() {
    let (bytes, filled) = book(vec![Page {
        merged: vec![(1, 1, 3, 1), (1, 0, 2, 0), (1, 2, 2, 2), (5, 0, 5, 4)],
        ..page(
            "Injects",
            vec![
                row!["No.", "Date/Time", "Event", "To", "Method"],
                row![
                    "1",
                    Is::Serial(ELECTION_DAY + 0.8125, "d/m/yyyy h:mm"),
                    "The results page is down for everybody in the county",
                    "Web team",
                    "email"
                ],
                row!["", "", "", "Clerk", ""],
                row!["2", "", "A reporter asks whether the count has stopped", "Press office", "phone"],
                row![""],
                row!["After the first figures"],
                row![
                    "3",
                    Is::Serial(ELECTION_DAY + 0.875, "d/m/yyyy h:mm"),
                    "The page shows yesterday's test figures",
                    "Web team; Clerk",
                    "email"
                ],
            ],
        )
    }]);
    let import = import_book("merged.xlsx", &bytes, &Options::default());
    assert_eq!(import.account.rows(), filled);
    assert_eq!(
        lines(&import),
        [
            "inject-1 2026-11-03T19:30:00+00:00 [web-team clerk] The results page is down for everybody in the county",
            "inject-2 2026-11-03T19:30:00+00:00 [press-office] A reporter asks whether the count has stopped",
            "inject-3 2026-11-03T21:00:00+00:00 [web-team clerk] The page shows yesterday's test figures",
        ]
    );
    assert_eq!(import.account.with(Fate::Read), 4);
    assert_eq!(
        unread(&import, Fate::Skipped),
        ["Injects 1: No. | Date/Time | Event | To | Method", "Injects 6: After the first figures"]
    );
}

/// PreparedEx: a block with name, contact and date, then seven columns; serial numbers without a format, dates with the day first.
#[test]
fn six_serial_numbers_and_dates_with_the_day_first() {
    let (bytes, filled) = book(vec![page(
        "Plan",
        vec![
            row!["Exercise name:", "Quiet Count"],
            row!["Contact:", "Exercise office"],
            row!["Revision", "4"],
            row![
                "Seq No",
                "Date/Time Delivered",
                "Inject Type",
                "Delivery Method",
                "Originator (From)",
                "Recipient (To)",
                "Inject description"
            ],
            row![
                1,
                Is::Number(ELECTION_DAY + 0.375),
                "Inject",
                "Phone",
                "Post office",
                "Returning officer",
                "Four sacks of postal votes have not come."
            ],
            row![
                2,
                "03/11/2026 14:05",
                "Inject",
                "TV",
                "News desk",
                "Press office",
                "A channel shows empty shelves. It says they are ours."
            ],
            row![3, "13/11/2026 10:00 am", "Conditional", "Fax", "Court", "Returning officer", "A hearing is set"],
            row![4, "31/11/2026 10:00", "Inject", "Text", "Agent", "Returning officer", "Asks for a recount"],
        ],
    )]);
    let import = import_book("plan.xlsx", &bytes, &Options::default());
    assert_eq!(import.account.rows(), filled);
    assert_eq!(
        lines(&import),
        [
            "inject-1 2026-11-03T09:00:00+00:00 [returning-officer] Four sacks of postal votes have not come",
            "inject-2 2026-11-03T14:05:00+00:00 [press-office] A channel shows empty shelves",
            "inject-3 2026-11-13T10:00:00+00:00 [returning-officer] A hearing is set",
            "inject-4 2026-11-13T10:00:00+00:00 [returning-officer] Asks for a recount",
        ]
    );
    let made = scenario(&import);
    assert_eq!(made.scenario.title, "Quiet Count");
    assert_eq!(made.exercise.contact.as_deref(), Some("Exercise office"));
    assert_eq!(made.inject["inject-2"].text.as_deref(), Some("A channel shows empty shelves. It says they are ours."));
    let methods: Vec<_> = made.inject.values().map(|inject| inject.method.map(canvass::intake::method_word)).collect();
    assert_eq!(methods, [Some("phone"), Some("news"), Some("paper"), Some("text-message")]);
    // A contingency that branches from nothing is not always given either.
    assert!(made.inject["inject-3"].chance.is_some() && made.inject["inject-3"].branch_of.is_none());
    assert_eq!(unread(&import, Fate::Read), ["Plan 8: Asks for a recount"]);
}

/// A table from continental Europe: semicolons, a mark for UTF-8, lines that end in two signs, a text of two lines, D+1 and H+2.
#[test]
fn seven_semicolons_and_relative_times() {
    let text = "\u{feff}Nr;Zeit / Time;An / To;Von / From;Description;Expected action\r\n\
                1;D+0 H+0;Wahlamt;Leitung;STARTEX;\r\n\
                \r\n\
                2;+01:30;Wahlamt, Pressestelle;Bürger;\"Die Seite ist weg;\r\nniemand weiß warum.\";Antwortet\r\n\
                3;D+1 H+2 M+15;Pressestelle;Zeitung;Frage nach dem Ergebnis;\r\n\
                4;D+1 08:00;Wahlamt;Gericht;Beschwerde;\r\n\
                5;T+200;Wahlamt;;Anruf;\r\n";
    let import = import_table(text, &start("2026-09-27T16:00+02:00"));
    assert_eq!(import.account.rows(), 6);
    assert_eq!(
        lines(&import),
        [
            "inject-1 2026-09-27T16:00:00+02:00 [wahlamt] STARTEX",
            "inject-2 2026-09-27T17:30:00+02:00 [wahlamt pressestelle] Die Seite ist weg;",
            "inject-3 2026-09-28T18:15:00+02:00 [pressestelle] Frage nach dem Ergebnis",
            "inject-4 2026-09-28T08:00:00+02:00 [wahlamt] Beschwerde",
            "inject-5 2026-09-27T19:20:00+02:00 [wahlamt] Anruf",
        ]
    );
    assert_eq!(scenario(&import).inject["inject-2"].text.as_deref(), Some("Die Seite ist weg;\nniemand weiß warum."));
    assert_eq!(import.account.with(Fate::Read), 5);
}

/// Columns for day and time, weekdays, halves of the day, midnight passed; a hidden sheet and instructions beside the list.
#[test]
fn eight_day_and_time_in_columns_of_their_own() {
    let (bytes, filled) = book(vec![
        page("Instructions", vec![row!["Title", "Say it in a few words"], row!["To", "Who gets it"]]),
        page(
            "MSEL",
            vec![
                row!["ID", "Exercise Day", "Time", "Title", "Recipients", "Delivery"],
                row!["A1", "Day 1", "9:00 PM", "First figures", "County", "email"],
                row!["A2", "", "11:30 p.m.", "A batch is late", "County", "email"],
                row!["A3", "", "12:15 am", "It is found", "County", "email"],
                row!["A4", "Day 2", "noon", "Press conference", "County & State", "in person"],
                row!["A5", "Day 2", "1300 hrs", "Question", "State", "phone"],
                row!["A6", "Wednesday", "14h30", "Answer", "County", "phone"],
                row!["A7", "Day 2", "TBD", "Spare inject", "State", "phone"],
            ],
        ),
        Page { hidden: true, ..page("Old", vec![row!["Time", "Title", "To"], row!["0900", "Old inject", "County"]]) },
    ]);
    let import = import_book("days.xlsx", &bytes, &start("2026-11-03T20:00-05:00"));
    assert_eq!(import.account.rows(), filled);
    assert_eq!(
        lines(&import),
        [
            "a1 2026-11-03T21:00:00-05:00 [county] First figures",
            "a2 2026-11-03T23:30:00-05:00 [county] A batch is late",
            "a3 2026-11-04T00:15:00-05:00 [county] It is found",
            "a4 2026-11-04T12:00:00-05:00 [county state] Press conference",
            "a5 2026-11-04T13:00:00-05:00 [state] Question",
            "a6 2026-11-04T14:30:00-05:00 [county] Answer",
            "a7 2026-11-04T14:30:00-05:00 [state] Spare inject",
        ]
    );
    assert_eq!(unread(&import, Fate::Read), ["MSEL 4: It is found", "MSEL 8: Spare inject"]);
    assert_eq!(import.account.with(Fate::Skipped), 2 + 1 + 2);
    let only = Options { sheets: vec!["old".to_owned()], ..start("2026-11-03T08:00-05:00") };
    let import = import_book("days.xlsx", &bytes, &only);
    assert_eq!(lines(&import), ["old-inject 2026-11-03T09:00:00-05:00 [county] Old inject"]);
    assert_eq!(import.account.rows(), filled);
}

/// The headings of a Cadence export, with a sheet of objectives and one of lists to choose from.
#[test]
fn nine_the_headings_of_cadence() {
    let pages = || {
        vec![
            page(
                "MSEL",
                vec![
                    row![
                        "Inject #",
                        "Title",
                        "Description",
                        "Scheduled Time",
                        "Scenario Day",
                        "Scenario Time",
                        "From / Source",
                        "To / Target",
                        "Delivery Method",
                        "Track",
                        "Phase",
                        "Expected Action",
                        "Notes",
                        "Priority",
                        "Location",
                        "Responsible Controller",
                        "Inject Type",
                        "Trigger Type",
                        "Branch Of",
                        "Fire Condition",
                        "Objective"
                    ],
                    row![
                        1,
                        "Portal down",
                        "The portal shows an error",
                        "09:00",
                        1,
                        "18:00",
                        "Help desk",
                        "County IT",
                        "Phone",
                        "Systems",
                        "Initial",
                        "Opens a ticket",
                        "",
                        2,
                        "Annex",
                        "Lead",
                        "Standard",
                        "Scheduled",
                        "",
                        "",
                        "1"
                    ],
                    row![
                        2,
                        "Rumour",
                        "Posts say the roll is lost",
                        "09:20",
                        1,
                        "19:30",
                        "Public",
                        "Communications",
                        "Social Media",
                        "Public",
                        "Initial",
                        "",
                        "",
                        1,
                        "",
                        "",
                        "Standard",
                        "Scheduled",
                        "",
                        "",
                        "Speak with one voice"
                    ],
                    row![
                        3,
                        "Second wave",
                        "A paper picks it up",
                        "09:40",
                        2,
                        "07:00",
                        "Newspaper",
                        "Communications",
                        "Email",
                        "Public",
                        "Later",
                        "",
                        "",
                        1,
                        "",
                        "",
                        "Adaptive",
                        "Conditional",
                        2,
                        "no statement within an hour",
                        "2"
                    ],
                ],
            ),
            page(
                "Objectives",
                vec![
                    row!["Objective #", "Name", "Core Capability"],
                    row![1, "Restore the portal", "Cybersecurity"],
                    row![2, "Speak with one voice", "Public Information and Warning"],
                ],
            ),
            page("Lookups", vec![row!["Delivery Method"], row!["Phone"], row!["Email"]]),
        ]
    };
    let (bytes, filled) = book(pages());
    let import = import_book("cadence.xlsx", &bytes, &start("2026-11-03T09:00-05:00"));
    assert_eq!(import.account.rows(), filled);
    assert_eq!(
        lines(&import),
        [
            "inject-1 2026-11-03T18:00:00-05:00 [county-it] Portal down",
            "inject-2 2026-11-03T19:30:00-05:00 [communications] Rumour",
            "inject-3 2026-11-04T07:00:00-05:00 [communications] Second wave",
        ]
    );
    let made = scenario(&import);
    assert_eq!(made.inject["inject-3"].branch_of.as_deref(), Some("inject-2"));
    assert!(import.scenario.contains("# It is given if: no statement within an hour"));
    assert_eq!(made.objective["objective-2"].capability.as_deref(), Some("Public Information and Warning"));
    assert_eq!(made.inject["inject-2"].objective[..], ["objective-2"]);
    assert_eq!(made.inject["inject-1"].objective[..], ["objective-1"]);
    assert!(
        import.assumed.iter().any(|said| said.contains("Of two clocks the one of the story counts")),
        "{:?}",
        import.assumed
    );
    let (bytes, _) = book(pages());
    let delivered =
        import_book("cadence.xlsx", &bytes, &Options { clock: Clock::Delivery, ..start("2026-11-03T09:00-05:00") });
    assert_eq!(lines(&delivered)[2], "inject-3 2026-11-04T09:40:00-05:00 [communications] Second wave");
}

/// The ten headings of HSEEP, in this order, with full times in ISO form; and rows that make no inject.
#[test]
fn ten_the_headings_of_hseep() {
    let (bytes, filled) = book(vec![page(
        "HSEEP",
        vec![
            row![
                "Event Number",
                "Designated Scenario Time",
                "Event Type",
                "Inject Mode",
                "From",
                "To",
                "Message",
                "Expected Participant Response",
                "Exercise Objective",
                "Notes"
            ],
            row![
                1,
                "2026-11-03T18:00:00-05:00",
                "Inject",
                "Email",
                "State office",
                "County office",
                "The file with the test results is due at 19:00. Confirm.",
                "Confirms",
                "Exchange results in time",
                ""
            ],
            row![
                2,
                "2026-11-03T18:30:00-05:00",
                "Contingency Inject",
                "SimCell",
                "State office",
                "County office",
                "No confirmation has come",
                "",
                "Exchange results in time",
                "if there is no answer"
            ],
            row![3, "half past seven", "Mystery", "Drum", "Nobody", "N/A", "A drum is heard", "", "", ""],
            row![
                4,
                "2026-11-03T20:00:00-05:00",
                "Inject",
                "Email",
                "State office",
                "",
                "",
                "",
                "",
                "left empty by mistake"
            ],
            row!["", "", "", "", "", "", "", "", "", "All times Eastern"],
        ],
    )]);
    let import = import_book("hseep.xlsx", &bytes, &Options::default());
    assert_eq!(import.account.rows(), filled);
    assert_eq!(
        lines(&import),
        [
            "inject-1 2026-11-03T18:00:00-05:00 [county-office] The file with the test results is due at 19:00",
            "inject-2 2026-11-03T18:30:00-05:00 [county-office] No confirmation has come",
            "inject-3 2026-11-03T18:30:00-05:00 [] A drum is heard",
        ]
    );
    assert_eq!(
        unread(&import, Fate::NotUnderstood),
        ["HSEEP 5: 4 | 2026-11-03T20:00:00-05:00 | Inject | Email | State offi…", "HSEEP 6: All times Eastern"]
    );
    assert_eq!(
        unread(&import, Fate::Read),
        [
            "HSEEP 4 C (Event Type): Mystery",
            "HSEEP 4 D (Inject Mode): Drum",
            "HSEEP 4 B (Designated Scenario Time): half past seven",
        ]
    );
    let made = scenario(&import);
    assert_eq!(made.inject["inject-1"].objective[..], ["exchange-results-in-time"]);
    assert!(import.assumed.iter().any(|said| said.contains("All times are told at -05:00")), "{:?}", import.assumed);
}
