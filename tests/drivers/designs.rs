use crate::{ISHIGAMI, ishigami};
use canvass::study::sensitivity::design::{MorrisDesign, SobolDesign, grid};
use canvass::study::sobol::{MOST_DIMENSIONS, Sobol};

#[test]
fn points_are_those_of_scipy() {
    let sobol = Sobol::new(50).unwrap();
    let at = |index: u32, places: &[usize]| {
        let point = sobol.point(index);
        places.iter().map(|&place| point[place]).collect::<Vec<f64>>()
    };
    assert_eq!(at(4, &[0, 1, 2, 10, 30, 49]), [0.375, 0.375, 0.625, 0.875, 0.375, 0.375]);
    assert_eq!(
        at(1_000, &[0, 1, 2, 10, 30, 40, 49]),
        [0.2197265625, 0.0966796875, 0.5185546875, 0.0849609375, 0.1474609375, 0.9130859375, 0.4794921875]
    );
    assert_eq!(
        at(777, &[0, 1, 2, 10, 30, 40, 49]),
        [0.6923828125, 0.9365234375, 0.1630859375, 0.7451171875, 0.5419921875, 0.7216796875, 0.9521484375]
    );
    assert_eq!(MOST_DIMENSIONS, 50);
    assert!(Sobol::new(51).is_none());
}

#[test]
fn a_scramble_keeps_every_elementary_interval_filled() {
    let plain = Sobol::new(50).unwrap();
    for number in 0..3 {
        let scrambled = plain.scrambled(number);
        for dimension in [0, 1, 17, 49] {
            let mut cells: Vec<u32> =
                (0..256).map(|index| (scrambled.point(index)[dimension] * 256.0) as u32).collect();
            cells.sort_unstable();
            assert_eq!(cells, (0..256).collect::<Vec<u32>>());
        }
        // The first two dimensions are a (0, m, 2) net: sixteen by sixteen cells with one point each.
        let mut squares: Vec<(u32, u32)> = (0..256)
            .map(|index| scrambled.point(index))
            .map(|point| ((point[0] * 16.0) as u32, (point[1] * 16.0) as u32))
            .collect();
        squares.sort_unstable();
        squares.dedup();
        assert_eq!(squares.len(), 256);
    }
    assert_ne!(plain.scrambled(0).point(0), plain.scrambled(1).point(0));
}

#[test]
fn sobol_indices_of_ishigami_with_intervals_over_the_scrambles() {
    let design = SobolDesign::new(3, 8_192).unwrap();
    let answers: Vec<f64> = design
        .points()
        .iter()
        .map(|point| ishigami([point.uniforms[0], point.uniforms[1], point.uniforms[2]]))
        .collect();
    for (found, (first, total)) in design.indices(&answers).into_iter().zip(ISHIGAMI) {
        let found = found.unwrap();
        assert!((found.first.value - first).abs() < 0.02, "{found:?}");
        assert!((found.total.value - total).abs() < 0.02, "{found:?}");
        for (estimate, truth) in [(found.first, first), (found.total, total)] {
            let interval = estimate.interval.unwrap();
            // Twice the half-width is more than four standard errors.
            let half = (interval.high - interval.low) / 2.0;
            assert!((estimate.value - truth).abs() <= 2.0 * half + 1e-4, "{estimate:?}");
        }
    }
}

#[test]
fn the_points_of_one_row_differ_in_one_input_and_share_their_run() {
    let design = SobolDesign::new(4, 64).unwrap();
    let points = design.points();
    assert_eq!(points.len(), 16 * 4 * 6);
    for row in points.chunks_exact(6) {
        assert_ne!(row[0].run, row[1].run);
        for (input, mixed) in row[2..].iter().enumerate() {
            assert_eq!(mixed.run, row[0].run);
            for place in 0..4 {
                let from = if place == input { &row[1] } else { &row[0] };
                assert_eq!(mixed.uniforms[place], from.uniforms[place]);
            }
        }
    }
    assert!(SobolDesign::new(26, 64).is_none());
}

#[test]
fn morris_finds_a_straight_line_and_an_interaction() {
    let design = MorrisDesign::new(4, 40);
    let answers: Vec<f64> = design
        .points()
        .iter()
        .map(|point| &point.uniforms)
        .map(|u| 3.0 * u[0] - 2.0 * u[1] + 4.0 * u[2] * u[0])
        .collect();
    let found = design.effects(&answers);
    assert!((found[1].mu_star.value - 2.0).abs() < 1e-12 && (found[1].mu + 2.0).abs() < 1e-12);
    assert!(found[1].sigma < 1e-12);
    assert!(found[0].sigma > 0.5 && found[2].sigma > 0.5);
    assert_eq!(found[3].mu_star.value, 0.0);
}

#[test]
fn a_grid_has_every_combination_once() {
    let points = grid(3, 4).unwrap();
    assert_eq!(points.len(), 64);
    let mut seen: Vec<String> = points.iter().map(|point| format!("{:?}", point.uniforms)).collect();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 64);
    assert!(points.iter().flat_map(|point| &point.uniforms).all(|u| [0.125, 0.375, 0.625, 0.875].contains(u)));
    assert!(grid(20, 10).is_none());
}
