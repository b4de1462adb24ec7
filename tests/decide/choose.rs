//! Portfolios under a budget, with responses whose worth is known.

use crate::coin::Coin;
use canvass::study::batch::Settings;
use canvass::study::choose::{Choice, ChooseError, Goal, Method, Terms, all_within, choose, frontier, search};
use canvass::world::Unit;
use std::convert::Infallible;
use std::num::NonZeroUsize;
use std::sync::atomic::AtomicBool;

/// What each response takes off a chance of 50 %, and its price. The third does harm.
const WORTH: [f64; 4] = [0.20, 0.12, -0.05, 0.10];
const PRICES: [f64; 4] = [3.0, 1.0, 0.0, 2.0];

fn goal() -> Goal {
    Goal {
        column: 0,
        contingency: true,
        unit: Unit::Number,
        higher: false,
        cost: Some(1),
        staff: None,
        speech: [None; 2],
    }
}

fn terms(prices: &[f64], budget: f64) -> Terms {
    Terms {
        prices: prices.to_vec(),
        budget,
        staff: None,
        worth: None,
        outside: 0.05,
        method: Method::Sure { most: 20_000 },
        settings: Settings { seed: 3, runs: 0..2_000, threads: NonZeroUsize::MIN },
    }
}

fn chosen(choice: &Choice) -> &[usize] {
    &choice.judged[choice.chosen].portfolio
}

fn choice(budget: f64) -> Choice {
    choose(&goal(), &terms(&PRICES, budget), &AtomicBool::new(false), |portfolio: &[usize]| {
        let gone: f64 = portfolio.iter().map(|&response| WORTH[response]).sum();
        Ok::<_, Infallible>(Coin::new(0.5 - gone))
    })
    .unwrap()
}

#[test]
fn the_best_portfolio_within_the_budget_is_chosen() {
    for (budget, wanted) in [(0.0, vec![]), (1.0, vec![1]), (3.0, vec![1, 3]), (4.0, vec![0, 1]), (6.0, vec![0, 1, 3])]
    {
        let choice = choice(budget);
        assert_eq!(chosen(&choice), wanted, "budget {budget}");
        assert!(choice.sureness.settled && choice.sureness.exhaustive);
    }
}

#[test]
fn the_frontier_rises_with_the_price_and_every_point_is_within_the_limits() {
    let choice = choice(4.0);
    let front: Vec<&[usize]> =
        choice.judged.iter().filter(|judged| judged.on_frontier).map(|judged| judged.portfolio.as_slice()).collect();
    let wanted: [&[usize]; 4] = [&[], &[1], &[1, 3], &[0, 1]];
    assert_eq!(front, wanted);
    assert!(choice.judged.iter().filter(|judged| judged.on_frontier).all(|judged| judged.allowed));
}

/// The same draw decides under every portfolio, so each response changes the share by its worth to within chance.
#[test]
fn each_response_is_worth_what_it_is_worth() {
    let choice = choice(4.0);
    for (marginal, worth) in choice.marginal.iter().zip(WORTH) {
        let difference = marginal.difference.unwrap();
        let error = libm::sqrt(worth.abs() * (1.0 - worth.abs()) / choice.runs as f64);
        assert!((difference + worth).abs() < 5.0 * error, "{marginal:?}");
        assert_eq!(marginal.chosen, chosen(&choice).contains(&marginal.response));
        assert!(marginal.p_holm.unwrap() < 0.001);
    }
    assert_eq!(choice.marginal.iter().map(|each| each.within_budget).collect::<Vec<_>>(), [true, true, true, false]);
}

/// Twelve responses of equal price make 794 portfolios of at most four: too many to try, so they are searched.
#[test]
fn a_search_among_many_finds_the_best_and_says_that_it_searched() {
    let worth: Vec<f64> = (0..12).map(|response| 0.01 * f64::from((response * 5) % 12 + 1)).collect();
    let terms = terms(&[1.0; 12], 4.0);
    let choice = choose(&goal(), &terms, &AtomicBool::new(false), |portfolio: &[usize]| {
        let gone: f64 = portfolio.iter().map(|&response| worth[response]).sum();
        Ok::<_, Infallible>(Coin::new(0.6 - gone))
    })
    .unwrap();
    let mut best: Vec<usize> = (0..12).collect();
    best.sort_by(|&a, &b| worth[b].total_cmp(&worth[a]));
    best.truncate(4);
    best.sort_unstable();
    assert_eq!(chosen(&choice), best);
    assert!(!choice.sureness.exhaustive);
}

#[test]
fn the_search_never_goes_over_the_budget_and_never_takes_what_must_not_be_taken() {
    let prices = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0];
    let tried = search(&prices, 9.0, |portfolios| {
        // Response 0 must not be taken.
        let gain = |portfolio: &Vec<usize>| if portfolio.contains(&0) { f64::NAN } else { portfolio.len() as f64 };
        Ok::<_, Infallible>(portfolios.iter().map(gain).collect())
    })
    .unwrap();
    assert!(tried.iter().all(|(portfolio, _)| portfolio.iter().map(|&each| prices[each]).sum::<f64>() <= 9.0));
    assert!(tried.iter().all(|(portfolio, _)| !portfolio.contains(&0)));
    assert!(tried.iter().any(|(portfolio, _)| *portfolio == [1, 2, 3]));
}

#[test]
fn few_portfolios_are_all_named_cheapest_first() {
    let wanted: [&[usize]; 5] = [&[], &[1], &[2], &[1, 2], &[0]];
    assert_eq!(all_within(&[5.0, 1.0, 2.0], 5.0).unwrap(), wanted);
    // Sums of prices that people write: 0.1 + 0.2 is within 0.3.
    assert_eq!(all_within(&[0.1, 0.2], 0.3).unwrap().len(), 4);
    assert_eq!(all_within(&[1.0; 40], 2.0), None);
}

#[test]
fn the_frontier_keeps_the_first_of_equals() {
    assert_eq!(frontier(&[(0.0, 1.0), (1.0, 1.0), (2.0, 3.0), (2.0, 2.0), (3.0, 3.0), (4.0, 3.5)]), [0, 2, 5]);
}

#[test]
fn a_portfolio_that_does_not_compile_is_an_error() {
    let result = choose(&goal(), &terms(&PRICES, 4.0), &AtomicBool::new(false), |_: &[usize]| Err::<Coin, _>("no"));
    assert!(matches!(result, Err(ChooseError::Compile("no"))));
}

#[test]
fn a_fixed_budget_of_runs_finds_the_best_as_well_and_is_kept_to() {
    let terms = Terms { method: Method::Budget { runs: 12_000 }, ..terms(&PRICES, 4.0) };
    let choose = |terms: &Terms| {
        choose(&goal(), terms, &AtomicBool::new(false), |portfolio: &[usize]| {
            let gone: f64 = portfolio.iter().map(|&response| WORTH[response]).sum();
            Ok::<_, Infallible>(Coin::new(0.5 - gone))
        })
    };
    let choice = choose(&terms).unwrap();
    assert_eq!(chosen(&choice), [0, 1]);
    assert!(choice.sureness.confidence > 0.95 && choice.sureness.runs < 12_000, "{:?}", choice.sureness);
    // Thirteen portfolios are within the budget; with less than 64 runs of each nothing is learnt.
    let few = Terms { method: Method::Budget { runs: 600 }, ..terms };
    assert!(matches!(choose(&few), Err(ChooseError::Few { .. })));
}
