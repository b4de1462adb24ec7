//! Portfolios of responses: which there are within a budget, and how to find good ones among too many.

use std::collections::BTreeSet;

/// Up to this many portfolios are all tried; above, they are searched.
pub const FEW: usize = 64;

/// How many portfolios of one size the search goes on from.
const BEAM: usize = 6;

/// Sums of prices as people write them may miss a budget by the last bit.
const ROUNDING: f64 = 1e-9;

/// A portfolio: positions of responses, in order.
pub type Portfolio = Vec<usize>;

/// What the responses of a portfolio cost together.
pub fn price(portfolio: &[usize], prices: &[f64]) -> f64 {
    // Begun at 0, since the sum of no numbers is -0.
    portfolio.iter().fold(0.0, |sum, &response| sum + prices[response])
}

/// Whether a price is within a budget.
pub fn within(price: f64, budget: f64) -> bool {
    price <= budget + ROUNDING * budget.abs().max(1.0)
}

/// All portfolios within a budget, the cheaper ones first and the empty one before all; nothing if there are more than [`FEW`].
pub fn all_within(prices: &[f64], budget: f64) -> Option<Vec<Portfolio>> {
    let mut found = vec![Portfolio::new()];
    for response in 0..prices.len() {
        for position in 0..found.len() {
            let mut larger = found[position].clone();
            larger.push(response);
            if within(price(&larger, prices), budget) {
                found.push(larger);
            }
            if found.len() > FEW {
                return None;
            }
        }
    }
    sort(&mut found, prices);
    Some(found)
}

/// Cheaper ones first; of equal price, smaller ones, then those with responses named earlier.
pub fn sort(portfolios: &mut [Portfolio], prices: &[f64]) {
    portfolios.sort_by(|a, b| {
        price(a, prices).total_cmp(&price(b, prices)).then(a.len().cmp(&b.len())).then_with(|| a.cmp(b))
    });
}

/// Beam search: from nothing, one response more at a time, going on from the best few of each size. The best of size one to
/// the last are greedy choice's as well. Returns everything that was tried, with how good it is.
///
/// `gain` judges portfolios, all on the same runs; NaN for one that must not be taken.
///
/// # Errors
///
/// Whatever `gain` fails with.
pub fn search<E>(
    prices: &[f64],
    budget: f64,
    mut gain: impl FnMut(&[Portfolio]) -> Result<Vec<f64>, E>,
) -> Result<Vec<(Portfolio, f64)>, E> {
    let mut beam = vec![Portfolio::new()];
    let mut tried: Vec<(Portfolio, f64)> = Vec::new();
    while !beam.is_empty() {
        let gains = gain(&beam)?;
        let mut ranked: Vec<(Portfolio, f64)> = beam.drain(..).zip(gains).filter(|(_, gain)| !gain.is_nan()).collect();
        // A stable sort keeps the cheaper of equals in front.
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
        let next: BTreeSet<Portfolio> = ranked
            .iter()
            .take(BEAM)
            .flat_map(|(portfolio, _)| {
                let free = (0..prices.len()).filter(|response| !portfolio.contains(response));
                free.map(|response| {
                    let mut larger = portfolio.clone();
                    larger.push(response);
                    larger.sort_unstable();
                    larger
                })
            })
            .filter(|larger| within(price(larger, prices), budget))
            .collect();
        tried.extend(ranked);
        beam = next.into_iter().collect();
        sort(&mut beam, prices);
    }
    Ok(tried)
}

/// Of portfolios with their price and gain, those that no cheaper or equally cheap one equals, in the order of price.
pub fn frontier(priced: &[(f64, f64)]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..priced.len()).collect();
    order.sort_by(|&a, &b| {
        priced[a].0.total_cmp(&priced[b].0).then(priced[b].1.total_cmp(&priced[a].1)).then(a.cmp(&b))
    });
    let mut best = f64::NEG_INFINITY;
    order.retain(|&position| {
        let better = priced[position].1 > best;
        best = best.max(priced[position].1);
        better
    });
    order
}
