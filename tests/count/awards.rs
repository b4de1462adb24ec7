//! What votes make: electors, electors at large, seats. Every figure is worked out by hand or published.

use crate::case::{Case, HOUR, taken};
use canvass::world::allocation::{dhondt, sainte_lague};
use std::fmt::Write as _;

/// A contest without errors in which each jurisdiction votes as its margin says.
fn contest(keys: &str, places: &[(&str, &str)], further: &[&str], rest: &str) -> Case {
    let mut text = format!(
        "[scenario]\ntitle = \"Awards\"\nquestion = \"Who gets what?\"\nstart = 2026-11-03T00:00:00Z\nend = 2027-01-31T00:00:00Z\n\
         [milestone.election-day]\nat = \"start\"\n\
         [contest.top]\ncandidates = [\"ash\", \"birch\"]\nshared-error = \"0 %\"\nregion-error = \"0 %\"\nown-error = \"0 %\"\n{keys}\n"
    );
    for (name, keys) in places {
        write!(text, "[jurisdiction.{name}]\ncontest = \"top\"\ncloses = \"start\"\nerrors = \"0 %\"\n{keys}\n")
            .unwrap();
    }
    let mut measures: Vec<(String, String)> = ["first", "second"]
        .iter()
        .chain(further)
        .map(|each| ((*each).to_owned(), format!("contest.top.awarded-to-{each}")))
        .collect();
    for key in ["called", "decided", "winner", "undecided", "at-stake", "time-to-winner", "won-by-first"] {
        measures.push((key.to_owned(), format!("contest.top.{key}")));
    }
    let measures: Vec<(&str, &str)> = measures.iter().map(|(id, value)| (id.as_str(), value.as_str())).collect();
    Case::of(&(text + &taken("last", &measures) + rest))
}

#[test]
fn the_textbook_example_of_both_divisors_is_met() {
    // 100,000, 80,000, 30,000 and 20,000 votes for eight seats: the example of the encyclopaedia's articles on both methods.
    // By hand, 1-2-3-4: 100 80 50 40 33.3 30 26.7 25; 1-3-5: 100 80 33.3 30 26.7 20 20 16 (thousands).
    let votes = [100_000.0, 80_000.0, 30_000.0, 20_000.0];
    assert_eq!(dhondt(8, &votes), [4, 3, 1, 0]);
    assert_eq!(sainte_lague(8, &votes), [3, 3, 1, 1]);
    // Sweden's and Germany's question: who is level goes by order; nobody without votes has seats; nothing to give is nothing.
    assert_eq!(dhondt(3, &[10.0, 10.0, 0.0]), [2, 1, 0]);
    assert_eq!(dhondt(3, &[0.0, 0.0]), [0, 0]);
    assert_eq!(sainte_lague(0, &votes), [0; 4]);
}

#[test]
fn an_assembly_of_120_seats_shares_them_out_above_the_threshold() {
    // Votes: ash 41, birch 35, cedar 20, elm 4 %.
    let place = [("land", "ballots = 1_000_000\nseats = 120\nmargin = \"6 %\"")];
    let lists = "award = \"seats\"\nfurther = { cedar = \"20 %\", elm = \"4 %\" }";
    let seats = |keys: &str| {
        let seen = contest(&format!("{lists}\n{keys}"), &place, &["cedar", "elm"], "").run();
        assert_eq!((seen.measure("undecided"), seen.measure("decided"), seen.measure("winner")), (1.0, 0.0, 0.0));
        ["first", "second", "cedar", "elm"].map(|id| seen.measure(id))
    };
    // By hand: 0.41/51, 0.35/44 and 0.20/25 are all above 0.41/52, the next best; without a threshold 50, 42, 24 and 4.
    assert_eq!(seats("allocation = \"dhondt\"\nthreshold = \"5 %\""), [51.0, 44.0, 25.0, 0.0]);
    assert_eq!(seats("allocation = \"dhondt\""), [50.0, 42.0, 24.0, 4.0]);
    // Sainte-Laguë: 49.2, 42, 24 and 4.8 seats in proportion, rounded.
    assert_eq!(seats("allocation = \"sainte-lague\""), [49.0, 42.0, 24.0, 5.0]);
    // With 30 points ahead ash has its majority: 53 of 96 % of the votes that count.
    let place = [("land", "ballots = 1_000_000\nseats = 120\nmargin = \"30 %\"")];
    let keys = format!("{lists}\nallocation = \"dhondt\"\nthreshold = \"5 %\"");
    let seen = contest(&keys, &place, &["cedar", "elm"], "").run();
    assert!(seen.measure("first") > 60.0, "{}", seen.measure("first"));
    assert_eq!((seen.measure("winner"), seen.measure("called"), seen.measure("at-stake")), (1.0, 1.0, 0.0));
}

#[test]
fn districts_go_one_by_one() {
    // Equal districts with normal leans: the share won is that of a normal law, 120 x 0.6915 = 83.
    let place = [(
        "land",
        "ballots = 1_000_000\nmargin = \"5 %\"\ncounties = { number = 120, size-spread = 0, lean-spread = \"10 %\", lean-by-size = \"0 %\" }",
    )];
    let runs = contest("award = \"seats\"\nallocation = \"districts\"", &place, &[], "").runs(40);
    let mut mean = 0.0;
    for seen in &runs {
        assert_eq!(seen.measure("first") + seen.measure("second"), 120.0);
        assert_eq!(seen.measure("first"), seen.measure("won-by-first"));
        assert_eq!(seen.measure("winner"), if seen.measure("first") >= 61.0 { 1.0 } else { 2.0 });
        mean += seen.measure("first") / 40.0;
    }
    assert!((mean - 83.0).abs() < 3.0, "{mean}");
}

#[test]
fn two_electors_at_large_go_with_all_votes_and_one_with_each_district() {
    let at_large = "award = \"electors\"\nat-large = { maine = { electors = 2, of = [\"coast\", \"woods\"] } }";
    let awarded = |woods: &str| {
        let woods = format!("ballots = 350_000\nelectors = 1\nmargin = \"{woods} %\"");
        let places = [("coast", "ballots = 400_000\nelectors = 1\nmargin = \"22 %\""), ("woods", woods.as_str())];
        let seen = contest(at_large, &places, &[], "").run();
        assert_eq!(seen.measure("won-by-first"), seen.measure("first"));
        assert_eq!(seen.measure("called"), seen.measure("decided"), "three of four are needed");
        [seen.measure("first"), seen.measure("second"), seen.measure("winner")]
    };
    // 88,000 votes ahead on the coast against 24,500 and against 105,000 behind in the woods.
    assert_eq!(awarded("-7"), [3.0, 1.0, 1.0]);
    assert_eq!(awarded("-30"), [1.0, 3.0, 2.0]);
}

const CERTIFIED: &str =
    "certification = { canvass = \"2d\", local = \"start + 10d\", state = \"start + 20d\", refuses = \"0 %\" }";
const NATION: &str = "[measure.no-majority]\ntitle = \"none\"\nvalue = \"nation.no-majority\"\ntake = \"last\"\n\
     [measure.final]\ntitle = \"final\"\nvalue = \"nation.final\"\ntake = \"last\"\n\
     [measure.appointed]\ntitle = \"appointed\"\nvalue = \"nation.appointed\"\ntake = \"last\"\n\
     [contingency.none]\nstandard = \"C21\"\n[contingency.open]\nstandard = \"C1\"\n";

#[test]
fn a_tie_of_269_electors_is_nobodys_majority() {
    let east = format!("ballots = 1_000_000\nelectors = 269\nmargin = \"20 %\"\n{CERTIFIED}");
    let west = format!("ballots = 1_000_000\nelectors = 269\nmargin = \"-20 %\"\n{CERTIFIED}");
    let places = [("east", east.as_str()), ("west", west.as_str())];
    let seen = contest("award = \"electors\"\nrules = \"us-ecra\"", &places, &[], NATION).run();
    assert_eq!((seen.measure("first"), seen.measure("second"), seen.measure("at-stake")), (269.0, 269.0, 0.0));
    for (id, value) in [("called", 0.0), ("decided", 0.0), ("winner", 0.0), ("undecided", 1.0)] {
        assert_eq!(seen.measure(id), value, "{id}");
    }
    assert_eq!((seen.measure("appointed"), seen.measure("no-majority"), seen.measure("final")), (538.0, 1.0, 0.0));
    assert!(seen.contingency("none").onset.is_some() && seen.contingency("open").onset.is_some());
}

#[test]
fn the_majority_is_of_the_electors_appointed() {
    let place = |electors: u32, margin: i32, refuses: u32| {
        let certified =
            CERTIFIED.replace("refuses = \"0 %\"", &format!("refuses = \"{refuses} %\", resolved = \"0 %\""));
        format!("ballots = 1_000_000\nelectors = {electors}\nmargin = \"{margin} %\"\n{certified}")
    };
    let (six, five, ten) = (place(6, 20, 0), place(5, -20, 0), place(10, 20, 100));
    let places = [("six", six.as_str()), ("five", five.as_str()), ("ten", ten.as_str())];
    // Ten electors are never appointed: six of eleven are a majority, although not of twenty-one.
    let seen = contest("award = \"electors\"\nrules = \"us-ecra\"", &places, &[], NATION).run();
    assert_eq!((seen.measure("appointed"), seen.measure("at-stake")), (11.0, 10.0));
    assert_eq!((seen.measure("first"), seen.measure("no-majority"), seen.measure("final")), (6.0, 0.0, 1.0));
    // A number that the file gives holds whoever was appointed.
    let seen = contest("award = \"electors\"\nrules = \"us-ecra\"\nto-win = 11", &places, &[], NATION).run();
    assert_eq!((seen.measure("no-majority"), seen.measure("final")), (1.0, 0.0));
}

#[test]
fn a_winner_is_dated_by_the_certification_that_makes_the_majority() {
    let place = |state: u32| {
        format!(
            "ballots = 1_000_000\nelectors = 5\nmargin = \"20 %\"\n{}",
            CERTIFIED.replace("start + 20d", &format!("start + {state}d"))
        )
    };
    let (early, middle, late) = (place(15), place(18), place(30));
    let places = [("early", early.as_str()), ("middle", middle.as_str()), ("late", late.as_str())];
    let seen = contest("award = \"electors\"", &places, &[], "").run();
    assert_eq!(seen.measure("time-to-winner"), 18.0 * 24.0 * HOUR);
}

#[test]
fn the_example_of_the_documents_is_played() {
    let text = std::fs::read_to_string("tests/good/seats-and-districts.toml").expect("a file of this repository");
    let runs = Case::of(&text).runs(60);
    // Eighteen electors: nine each where the states split and the electors at large go one way, or all of one side.
    for seen in &runs {
        let electors = seen.measure("harbor-electors");
        assert!((0.0..=18.0).contains(&electors) && electors.fract() == 0.0, "{electors}");
        assert_eq!(seen.contingency("tie").onset.is_some(), electors == 9.0);
        assert!(seen.measure("harbor-seats") + seen.measure("cedar-seats") < 120.0);
    }
    let none = runs.iter().filter(|seen| seen.contingency("no-majority-of-seats").onset.is_some()).count();
    assert!(none > 50, "{none} of 60: with a third list of a fifth of the votes hardly anybody has 61 seats");
}
