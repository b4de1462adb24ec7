//! What drives an outcome, against literature and SciPy 1.17.1.

mod fixtures;

#[path = "drivers/assumptions.rs"]
mod assumptions;
#[path = "drivers/boxes.rs"]
mod boxes;
#[path = "drivers/designs.rs"]
mod designs;
#[path = "drivers/given_data.rs"]
mod given_data;
#[path = "drivers/inputs.rs"]
mod inputs;

use canvass::engine::Streams;

/// Columns of independent uniforms.
fn uniforms(columns: usize, n: usize) -> Vec<Vec<f64>> {
    let mut streams = Streams::new(2026);
    let ids: Vec<_> = (0..columns).map(|column| streams.open(&format!("column/{column}")).unwrap()).collect();
    ids.iter().map(|&id| (0..n).map(|_| streams.uniform(id)).collect()).collect()
}

/// Ishigami and Homma's function (1990) with a = 7 and b = 0.1, of three uniforms.
fn ishigami(u: [f64; 3]) -> f64 {
    let [x, y, z] = u.map(|u| std::f64::consts::PI * (2.0 * u - 1.0));
    libm::sin(x) + 7.0 * libm::sin(y) * libm::sin(y) + 0.1 * z * z * z * z * libm::sin(x)
}

/// Its indices, worked out from the closed form: first order, then total.
const ISHIGAMI: [(f64, f64); 3] = [(0.3139, 0.5576), (0.4424, 0.4424), (0.0, 0.2437)];

/// Sobol's g-function.
fn g(u: &[f64]) -> f64 {
    u.iter().zip(G_WEIGHTS).map(|(u, a)| ((4.0 * u - 2.0).abs() + a) / (1.0 + a)).product()
}

const G_WEIGHTS: [f64; 6] = [0.0, 0.5, 3.0, 9.0, 99.0, 99.0];

/// The indices of the g-function in closed form: Vi = 1 / (3 (1 + ai)²), V = ∏(1 + Vi) - 1.
fn g_first(input: usize) -> f64 {
    let part = |a: f64| 1.0 / (3.0 * (1.0 + a) * (1.0 + a));
    let whole = G_WEIGHTS.iter().map(|&a| 1.0 + part(a)).product::<f64>() - 1.0;
    part(G_WEIGHTS[input]) / whole
}
