//! Ballots cast = counted + rejected + segregated + outstanding, at every event, under every fault (acceptance 6 of the count).

use crate::case::{Case, taken};
use rand::rngs::SmallRng;
use rand::{RngExt as _, SeedableRng as _};

const SCENARIOS: u64 = 300;

/// A county, or many, with whatever may go wrong.
fn random(seed: u64) -> Case {
    let mut rng = SmallRng::seed_from_u64(seed);
    let mut percent = |low: f64, high: f64| format!("\"{:.3} %\"", rng.random_range(low..high));
    let modes = ["early", "mail", "drop-off", "late", "provisional", "overseas", "online"];
    let shares: Vec<String> = modes.iter().map(|mode| format!("{mode} = {}", percent(0.0, 30.0))).collect();
    let gaps: Vec<String> = modes.iter().map(|mode| format!("{mode} = {}", percent(-90.0, 90.0))).collect();
    let numbers = format!(
        "margin = {}\nothers = {}\nrejected = {}\nprovisional-counted = {}\nerrors = {}\n",
        percent(-90.0, 90.0),
        percent(0.0, 20.0),
        percent(0.0, 10.0),
        percent(0.0, 100.0),
        percent(0.0, 60.0)
    );
    let policies = ["first", "merged", "middle", "end", "after-night"];
    let mut hours = |high: u32| rng.random_range(0..high);
    let mut text = format!(
        "[scenario]\ntitle = \"Anything\"\nquestion = \"Is a ballot lost?\"\nstart = 2026-11-03T10:00:00Z\nend = 2026-11-20T10:00:00Z\n\
         [responder.clerk]\nkind = \"local-election-office\"\n[asset.page]\nowner = \"clerk\"\n[asset.portal]\nowner = \"clerk\"\n\
         [contest.seat]\ncandidates = [\"ash\", \"birch\"]\n\
         [jurisdiction.vale]\ncontest = \"seat\"\nballots = \"10_000 to 3_000_000\"\ncloses = \"start + 10h\"\nfeed = \"page\"\n{numbers}\
         release = \"{}\"\npre-processing = \"{}h\"\npile = \"{}h\"\nday = {}\ngrace = \"{}h\"\nreview = \"{}h\"\n\
         counties = {{ number = {}, lean-spread = \"40 %\", slower-by-size = 3 }}\nmodes = {{ {} }}\ngaps = {{ {} }}\n\
         online = {{ portal = \"portal\", altered = \"30 %\", revote = \"paper\", revotes = \"5 %\" }}\n\
         certification = {{ local = \"start + 10d\", state = \"start + 14d\" }}\n",
        policies[hours(5) as usize],
        hours(200),
        1 + hours(100),
        hours(25),
        hours(120),
        hours(300),
        1 + hours(40),
        shares.join(", "),
        gaps.join(", ")
    );
    let effects = [
        "halt-count = { jurisdiction = \"vale\", lasts = \"1h to 40h\" }",
        "speed-count = { jurisdiction = \"vale\", factor = 3, round-the-clock = true }",
        "release = { jurisdiction = \"vale\", policy = \"end\" }",
        "release = { jurisdiction = \"vale\", policy = \"first\" }",
        "pre-process = { jurisdiction = \"vale\", hours = \"30h\" }",
        "disrupt = { asset = \"page\", lasts = \"1h to 30h\" }",
        "disrupt = { asset = \"portal\", lasts = \"1h to 30h\" }",
        "alter = { asset = \"portal\" }",
        "segregate = { jurisdiction = \"vale\", modes = [\"late\", \"mail\"], ruling = \"1h to 90h\", admits = \"50 %\" }",
        "segregate = { jurisdiction = \"vale\", modes = [\"in-person\", \"provisional\", \"online\"], admits = \"0 %\" }",
        "rule = { jurisdiction = \"vale\", admits = \"50 %\" }",
        "extend-hours = { jurisdiction = \"vale\", by = \"2h\" }",
        "order-audit = { jurisdiction = \"vale\", method = \"hand-count\" }",
    ];
    for number in 0..hours(9) {
        let effect = effects[hours(effects.len() as u32) as usize];
        text += &format!(
            "[inject.i{number}]\ntitle = \"a fault\"\nat = \"start + {}h\"\neffect = {{ {effect} }}\n",
            hours(90)
        );
    }
    let key = |key: &str| format!("count.vale.{key}");
    let books = format!(
        "{} - {} - {} - {} - {}",
        key("cast"),
        key("counted"),
        key("rejected"),
        key("segregated"),
        key("outstanding")
    );
    let segregated = key("segregated");
    let (counted, rejected, outstanding, published) =
        (key("counted"), key("rejected"), key("outstanding"), key("published"));
    let (share, lead, unseen) = (key("share"), key("lead"), format!("{} - {}", key("counted"), key("published")));
    let low = [
        ("books-low", &books),
        ("counted-low", &counted),
        ("rejected-low", &rejected),
        ("outstanding-low", &outstanding),
        ("segregated-low", &segregated),
        ("published-low", &published),
        ("unseen-low", &unseen),
        ("lead-low", &lead),
    ];
    let high = [("books-high", &books), ("share-high", &share), ("lead-high", &lead)];
    let cast = key("cast");
    let low: Vec<(&str, &str)> = low.iter().map(|(id, value)| (*id, value.as_str())).collect();
    let high: Vec<(&str, &str)> = high.iter().map(|(id, value)| (*id, value.as_str())).collect();
    Case::of(&(text + &taken("lowest", &low) + &taken("highest", &high) + &taken("last", &[("cast", &cast)])))
}

#[test]
fn no_ballot_is_lost_or_counted_twice() {
    for seed in 0..SCENARIOS {
        let case = random(seed);
        for seen in case.runs(2) {
            let hair = 2e-9 * seen.measure("cast");
            for id in ["books-low", "books-high"] {
                assert!(seen.measure(id).abs() <= hair, "scenario {seed}: {id} is {}", seen.measure(id));
            }
            for id in
                ["counted-low", "rejected-low", "outstanding-low", "segregated-low", "published-low", "unseen-low"]
            {
                assert!(seen.measure(id) >= -hair, "scenario {seed}: {id} is {}", seen.measure(id));
            }
            assert!(seen.measure("share-high") <= 1.0, "scenario {seed}");
            assert!(seen.measure("lead-low") >= -1.0 && seen.measure("lead-high") <= 1.0, "scenario {seed}");
        }
    }
}
