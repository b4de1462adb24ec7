//! Scenarios nobody would write: whatever loads must run to its end.

use crate::trial::{HOUR, SEED, loaded, text};
use canvass::engine::Time;
use canvass::scenario::model::Take;
use canvass::world::{Model, Status, World};

/// SplitMix64 (Steele, Lea and Flood 2014).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (bits ^ (bits >> 31)) % bound
    }

    fn one<'t>(&mut self, choices: &[&'t str]) -> &'t str {
        choices[self.below(choices.len() as u64) as usize]
    }

    fn coin(&mut self) -> bool {
        self.below(2) == 0
    }

    fn span(&mut self) -> &'static str {
        self.one(&[
            "0min",
            "5min",
            "1min to 3h",
            "uniform(0min, 2h)",
            "exponential(mean 1h)",
            "triangular(0min, 10min, 9h)",
            "2d",
        ])
    }

    fn share(&mut self) -> &'static str {
        self.one(&["0 %", "100 %", "30 %", "uniform(0 %, 100 %)", "1 % to 90 %", "pert(0 %, 10 %, 100 %)"])
    }

    fn condition(&mut self) -> String {
        let atoms = [
            "asset.a.down",
            "asset.b.dark",
            "asset.b.wrong",
            "asset.a.compromised",
            "narrative.n.posts > 20",
            "narrative.m.surfaced",
            "reach.n > 0.1 %",
            "now > start + 7h",
            "asset.a.down > 20min",
            "since(asset.a.down) > 2h",
            "platform.p.backlog > 3",
            "campaign.c.attempts > 1",
            "confidence.all < 55 %",
            "response.r0.done",
            "ever(asset.b.down)",
            "not asset.a.detected",
            "hazard.h.count / asset.a.outages > 1",
            "adversary.v.tempo < 1",
            "inject.i.given",
        ];
        match self.below(3) {
            0 => self.one(&atoms).to_owned(),
            1 => format!("{} and {}", self.one(&atoms), self.one(&atoms)),
            _ => format!("{} or not {}", self.one(&atoms), self.one(&atoms)),
        }
    }

    fn trigger(&mut self) -> String {
        if self.coin() {
            format!("at = \"start + {}\"\n", self.span())
        } else if self.coin() {
            format!("when = \"{}\"\n", self.condition())
        } else {
            format!("when = \"{}\"\nfor = \"{}\"\n", self.condition(), self.span())
        }
    }

    /// An effect nobody needs a licence for.
    fn effect(&mut self) -> String {
        let which = self.below(20);
        self.effect_of(which)
    }

    /// What an adversary may do as well.
    fn attack(&mut self) -> String {
        let which = self.below(5);
        self.effect_of(which)
    }

    fn effect_of(&mut self, which: u64) -> String {
        let (asset, narrative, platform) = (self.one(&["a", "b"]), self.one(&["n", "m"]), self.one(&["p", "q"]));
        let (span, share) = (self.span(), self.share());
        match which {
            0 => format!("disrupt = {{ asset = \"{asset}\" }}"),
            1 => format!("disrupt = {{ asset = \"{asset}\", lasts = \"{span}\" }}"),
            2 => format!("compromise = {{ asset = \"{asset}\", noise = 5 }}"),
            3 => format!("alter = {{ asset = \"{asset}\" }}"),
            6 => format!("shield = {{ asset = \"{asset}\", stops = \"{share}\" }}"),
            5 => format!("fail-over = {{ asset = \"{asset}\" }}, inspect = {{ asset = \"{asset}\" }}"),
            4 => format!("publish = {{ narrative = \"{narrative}\", posts = \"10 to 3000\" }}"),
            7 => format!(
                "remove = {{ narrative = \"{narrative}\", on = \"{platform}\", cut = \"{share}\", lasts = \"{span}\" }}"
            ),
            8 => format!(
                "label = {{ narrative = \"{narrative}\", on = \"{platform}\" }}, downrank = {{ narrative = \"{narrative}\", on = \"{platform}\" }}"
            ),
            9 => format!(
                "friction = {{ on = \"{platform}\", cut = \"{share}\", lasts = \"{span}\" }}, ban = {{ on = \"{platform}\" }}"
            ),
            10 => format!("tip = {{ narrative = \"{narrative}\" }}, reviewers = {{ on = \"{platform}\", add = 2 }}"),
            11 => format!("takedown = {{ adversary = \"v\", cut = \"{share}\" }}"),
            12 => format!("prebunk = {{ narrative = \"{narrative}\", half-life = \"{span}\" }}"),
            13 => format!("debunk = {{ narrative = \"{narrative}\", cut = \"{share}\" }}"),
            14 => "inform = { about = \"asset.a\" }".to_owned(),
            15 => format!("shake = {{ confidence = \"-5 %\", half-life = \"{span}\", about = \"asset.a\" }}"),
            16 => format!("deter = {{ adversary = \"v\", cut = \"{share}\", lasts = \"{span}\" }}"),
            17 => format!("attribute = {{ adversary = \"v\", takes = \"{span}\" }}"),
            18 => format!("staff = {{ responder = \"o\", change = {} }}", self.one(&["-3", "2"])),
            _ => format!("tell = {{ responder = \"s\", about = \"asset.{asset}\" }}, declare = {{ winner = \"red\" }}"),
        }
    }
}

fn random(seed: u64) -> String {
    let mut dice = Dice(seed);
    let dice = &mut dice;
    let mut body = String::new();
    if dice.coin() {
        body += "belief = true\n";
    }
    let (detect, recover, correct) = (dice.span(), dice.span(), dice.span());
    body += &format!(
        "[asset.a]\nowner = \"o\"\ndetect = \"{detect}\"\nrecover = \"{recover}\"\ncorrect = \"{correct}\"\nhardened = \"{}\"\n",
        dice.share()
    );
    body += &format!(
        "[asset.b]\nowner = \"o\"\n{}\nreads = \"a\"\nfallback = {{ rate = \"{}\", takes = \"{}\" }}\n",
        dice.one(&["depends = \"a\"", ""]),
        dice.share(),
        dice.span()
    );
    body += &format!(
        "[responder.o]\nkind = \"local-election-office\"\nstaff = {}\nhours = \"{}\"\nnotices = \"{}\"\n",
        dice.below(3),
        dice.one(&["always", "Mon-Fri 08:00-18:00"]),
        dice.span()
    );
    body += "[responder.s]\nkind = \"state-election-office\"\n";
    body += &format!(
        "[channel.up]\nfrom = \"o\"\nto = \"s\"\nlatency = \"{}\"\nloss = \"{}\"\nforum = \"{}\"\n",
        dice.span(),
        dice.share(),
        dice.one(&["none", "daily", "weekly", "monthly"])
    );
    body += &format!(
        "[segment.x]\nshare = \"60 %\"\ncamp = \"red\"\nuses = {{ p = \"{}\" }}\n[segment.y]\nshare = \"40 %\"\ndistrusts = \"s\"\n",
        dice.share()
    );
    body += &format!(
        "[platform.p]\nreviewers = {}\nhours = \"{}\"\ntriage = \"{}\"\nreports = \"{}\"\nmeasure = \"{}\"\nstrikes = {}\nother-reports = \"{}/h\"\nspill = {{ q = \"{}\" }}\n",
        dice.below(3),
        dice.one(&["always", "Mon-Sun 10:00-11:00"]),
        dice.span(),
        dice.share(),
        dice.one(&["nothing", "label", "downrank", "remove"]),
        dice.below(3),
        dice.below(40),
        dice.one(&["0 %", "3 %"])
    );
    body += "[platform.q]\ncircuit-breaker = { above = 5, cut = \"90 %\", lasts = \"1h\" }\n";
    let kernel = dice.one(&["", "kernel = \"log-virality\"\nvirality = { alpha = 0.5, beta = 0.1, delta = 0.5, lambda = 0.1, lasts = \"5h\" }\n"]);
    body += &format!(
        "[narrative.n]\nabout = \"one story\"\n{}{kernel}[[narrative.n.fuel]]\nwhen = \"{}\"\nrate = \"{}/h\"\n",
        dice.one(&["", "on = { p = \"100 %\" }\n", "on = { p = \"50 %\", q = \"50 %\" }\n"]),
        dice.condition(),
        dice.below(200)
    );
    body += &format!(
        "[narrative.m]\nabout = \"another story\"\naccurate = true\nat = \"start + {}\"\nposts = \"{}\"\non = {{ q = \"100 %\" }}\nbranching = \"{}\"\ndeters = \"1 %\"\n",
        dice.span(),
        dice.one(&["0", "1", "50 to 2000"]),
        dice.one(&["0 %", "50 %", "90 %"])
    );
    body += "[adversary.v]\nkind = \"state\"\n[adversary.v.proxy.w]\nburns = \"20 %\"\n";
    body += &format!("[campaign.c]\nby = \"v\"\nchance = \"{}\"\n", dice.share());
    for place in 0..1 + dice.below(3) {
        let start = if place == 0 { dice.trigger() } else { String::new() };
        body += &format!(
            "[[campaign.c.step]]\n{start}takes = \"{}\"\nsuccess = \"{}\"\nretries = {}\nnoticed = \"{}\"\n{}effect = {{ {} }}\n",
            dice.span(),
            dice.share(),
            dice.below(4),
            dice.share(),
            dice.one(&["", "through = \"w\"\n"]),
            dice.attack()
        );
    }
    body += &format!(
        "[hazard.h]\n{}effect = {{ {} }}\n[hazard.g]\nrate = \"{}/d\"\neffect = {{ {} }}\n",
        dice.trigger(),
        dice.effect(),
        dice.below(30),
        dice.effect()
    );
    body += &format!(
        "[inject.i]\ntitle = \"an inject\"\n{}chance = \"{}\"\nto = \"s\"\neffect = {{ {} }}\n",
        dice.trigger(),
        dice.share(),
        dice.effect()
    );
    let repeats = dice.coin();
    body += &format!(
        "[response.r0]\nowner = \"o\"\n{}takes = \"{}\"\ndecide = \"{}\"\nrepeats = {repeats}\neffect = {{ restore = {{ asset = [\"a\", \"b\"] }} }}\n",
        dice.trigger(),
        dice.span(),
        dice.span()
    );
    body += &format!(
        "[response.r1]\nowner = \"o\"\nafter = \"r0\"\nclearance = \"{}\"\nsettles = \"{}\"\neffect = {{ debunk = {{ narrative = \"n\" }}, correct = {{ asset = \"a\" }} }}\n",
        dice.span(),
        dice.span()
    );
    body += &format!(
        "[contingency.k]\ntitle = \"k\"\nwhen = \"{}\"\nfor = \"{}\"\nseverity = \"reach.n + held(asset.a.down) / 1h\"\n",
        dice.condition(),
        dice.span()
    );
    for (id, value, take) in [
        ("m0", "asset.a.service", "mean"),
        ("m1", "reach.n", "highest"),
        ("m2", "confidence.all", "lowest"),
        ("m3", "narrative.m.posts", "last"),
        ("m4", "asset.b.dark", "time-true"),
        ("m5", "asset.b.down > 10min", "first-time"),
        ("m6", "platform.p.wait", "mean"),
        ("m7", "participation.lost", "last"),
    ] {
        body += &format!("[measure.{id}]\ntitle = \"{id}\"\nvalue = \"{value}\"\ntake = \"{take}\"\n");
    }
    body
}

#[test]
fn whatever_loads_runs_to_its_end() {
    let (mut ran, mut refused, mut ran_away) = (0, 0, 0);
    for seed in 0..300 {
        let text = text(30, &random(seed));
        let read = canvass::scenario::Loaded::from_text("trial.toml", &text);
        let Some(scenario) = read.scenario() else {
            refused += 1;
            continue;
        };
        let Ok(model) = Model::compile(scenario) else {
            refused += 1;
            continue;
        };
        let mut world = World::new(&model, SEED);
        for number in 0..3 {
            let outcome = world.run(number).clone();
            if outcome.status == Status::Runaway {
                ran_away += 1;
                continue;
            }
            ran += 1;
            for ((column, measure), value) in
                model.measures().iter().zip(scenario.measure.values()).zip(&outcome.measures)
            {
                let bare = measure.take == Take::FirstTime && value.is_nan();
                assert!(bare || value.is_finite(), "seed {seed}, run {number}: {} is {value}\n{text}", column.id);
            }
            assert!(outcome.series.iter().all(|value| value.is_finite()), "seed {seed}, run {number}");
            for contingency in &outcome.contingencies {
                assert!(
                    contingency.onset.is_none_or(|onset| onset >= Time::ZERO && onset <= model.end()),
                    "seed {seed}"
                );
                assert!(contingency.severity.is_none_or(f64::is_finite), "seed {seed}, run {number}: {contingency:?}");
                assert_eq!(contingency.onset.is_some(), contingency.severity.is_some(), "seed {seed}");
            }
        }
        let (_, story) = World::new(&model, SEED).story(0);
        assert!(story.windows(2).all(|pair| pair[0].time <= pair[1].time), "seed {seed}");
    }
    assert!(refused < 100, "{refused} of 300 were refused");
    assert!(ran > 500 && ran_away < ran / 4, "{ran} ran, {ran_away} ran away, {refused} were refused");
}

#[test]
fn what_sets_itself_off_a_millisecond_later_ends_as_well() {
    let body = "[responder.o]\nkind = \"local-election-office\"\n[asset.a]\nowner = \"o\"\n[asset.b]\nowner = \"o\"\n\
                [hazard.off]\nwhen = \"asset.a.service == 1\"\nfor = \"1ms\"\neffect = { disrupt = { asset = \"a\" } }\n\
                [hazard.on]\nwhen = \"asset.a.down\"\nfor = \"1ms\"\neffect = { disrupt = { asset = \"b\", lasts = \"1ms\" } }\n";
    let loaded = loaded(&text(1, body));
    let model = Model::compile(loaded.scenario().expect("it loads")).expect("it compiles");
    assert_eq!(model.end(), Time(HOUR));
    assert_eq!(World::new(&model, SEED).run(0).status, Status::Ok);
}
