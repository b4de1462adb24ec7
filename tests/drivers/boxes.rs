use crate::uniforms;
use canvass::study::discover::{Cases, PrimBox, Restriction, Tree, prim};

const N: usize = 6_000;

/// Runs that are bad in a box of two of ten inputs, but for one in twenty.
fn planted() -> Cases {
    let mut u = uniforms(11, N);
    let luck = u.pop().unwrap();
    let bad = (0..N).map(|run| (u[2][run] > 0.65 && u[5][run] < 0.5) != (luck[run] < 0.01)).collect();
    Cases { unordered: vec![false; 10], inputs: u, bad }
}

#[test]
fn a_planted_box_is_recovered_on_the_runs_kept_back() {
    let found = prim(&planted()).found.unwrap();
    assert!(found.coverage.value() > 0.9, "{:?}", found.coverage);
    assert!(found.density.value() > 0.9, "{:?}", found.density);
    let mut inputs: Vec<usize> = found.bounds.restrictions.iter().map(|(input, _)| *input).collect();
    inputs.sort_unstable();
    assert_eq!(inputs, [2, 5]);
    for (input, restriction) in &found.bounds.restrictions {
        let Restriction::Between(low, high) = restriction else { panic!("{restriction:?}") };
        match input {
            2 => assert!((low - 0.65).abs() < 0.03 && *high > 0.97, "{restriction:?}"),
            _ => assert!((high - 0.5).abs() < 0.03 && *low < 0.03, "{restriction:?}"),
        }
    }
    assert!(found.quasi_p.iter().all(|p| *p < 0.005));
}

#[test]
fn the_figures_of_a_box_are_counts_of_the_other_half() {
    let cases = planted();
    let found = prim(&cases).found.unwrap();
    let odd: Vec<usize> = (1..N).step_by(2).collect();
    let inside = |run: &&usize| found.bounds.holds(&cases, **run);
    let all_inside = odd.iter().filter(inside).count() as u64;
    let bad_inside = odd.iter().filter(inside).filter(|run| cases.bad[**run]).count() as u64;
    assert_eq!((found.density.n, found.density.hits), (all_inside, bad_inside));
    assert_eq!(found.overall.n, N as u64 / 2);
}

#[test]
fn no_box_and_no_question_are_found_in_noise() {
    for share in [0.1, 0.3, 0.5] {
        let mut u = uniforms(21, 4_000);
        let luck = u.pop().unwrap();
        let bad = luck.iter().map(|luck| *luck < share).collect();
        let cases = Cases { unordered: vec![false; 20], inputs: u, bad };
        assert_eq!(prim(&cases).found, None, "{share}");
    }
}

#[test]
fn all_bad_or_none_bad_has_no_box() {
    for bad in [true, false] {
        let cases = Cases { unordered: vec![false; 2], inputs: uniforms(2, 500), bad: vec![bad; 500] };
        assert_eq!(prim(&cases).found, None);
        assert_eq!(Tree::grow(&cases).leaves.len(), 1);
    }
}

#[test]
fn choices_are_left_out_one_by_one() {
    let u = uniforms(2, 4_000);
    let choice: Vec<f64> = u[0].iter().map(|u| (u * 4.0).floor()).collect();
    let bad =
        choice.iter().zip(&u[1]).map(|(choice, luck)| (*choice == 1.0 || *choice == 3.0) && *luck < 0.97).collect();
    let cases = Cases { unordered: vec![true, false], inputs: vec![choice, u[1].clone()], bad };
    let found = prim(&cases).found.unwrap();
    let place = found.bounds.restrictions.iter().find(|(input, _)| *input == 0).unwrap();
    let Restriction::Not(mut left_out) = place.1.clone() else { panic!("{place:?}") };
    left_out.sort_by(f64::total_cmp);
    assert_eq!(left_out, [0.0, 2.0]);
    assert!(found.density.value() > 0.9);
}

#[test]
fn the_trade_off_runs_from_all_runs_to_small_boxes() {
    let cases = planted();
    let trajectory = prim(&cases).trajectory;
    assert_eq!(trajectory[0].bounds, PrimBox::default());
    assert_eq!(trajectory[0].coverage.value(), 1.0);
    for pair in trajectory.windows(2) {
        assert!(pair[1].coverage.value() <= pair[0].coverage.value());
        assert!(pair[1].density.value() > pair[0].density.value());
    }
}

#[test]
fn a_tree_asks_about_the_inputs_that_matter() {
    let tree = Tree::grow(&planted());
    let asked = tree.leaves.iter().flat_map(|leaf| leaf.bounds.restrictions.iter().map(|(input, _)| *input));
    assert!(asked.clone().all(|input| input == 2 || input == 5), "{:?}", asked.collect::<Vec<_>>());
    let worst = tree.leaves.iter().max_by(|a, b| a.share.value().total_cmp(&b.share.value())).unwrap();
    assert!(worst.share.value() > 0.95 && worst.coverage.value() > 0.9);
    assert_eq!(tree.leaves.iter().map(|leaf| leaf.share.n).sum::<u64>(), N as u64 / 2);
}
