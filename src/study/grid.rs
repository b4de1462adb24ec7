//! Lever grids: every combination of a few values of a few quantities.

/// More plans than this are refused: nobody reads them, and each is run as often as every other.
pub const MOST_PLANS: usize = 200;

/// A quantity and the values to try: `response.mirror.takes=2min,8min`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lever {
    /// The path of the value, as a plan's `set` names it.
    pub path: String,
    /// What to put there, in turn.
    pub values: Vec<String>,
}

/// Why a grid will not do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GridError {
    /// The text is not a path, an equals sign and values.
    #[error("`{text}` is no grid: a path, `=`, and values with commas between them are needed")]
    Shape {
        /// As given.
        text: String,
    },
    /// The same value, or the same path, is given twice.
    #[error("`{text}` is given twice")]
    Repeated {
        /// What is.
        text: String,
    },
    /// There are too many combinations.
    #[error("{plans} plans and {combinations} combinations of values make {}; at most {MOST_PLANS} are compared", .plans * .combinations)]
    TooMany {
        /// Plans without the grid.
        plans: usize,
        /// Combinations of values.
        combinations: usize,
    },
}

impl Lever {
    /// Reads a lever. Commas within brackets belong to a value, as in `pert(2h, 8h, 30h)`.
    ///
    /// # Errors
    ///
    /// When a part of it is missing, or a value is given twice.
    pub fn parse(text: &str) -> Result<Self, GridError> {
        let shape = || GridError::Shape { text: text.to_owned() };
        let (path, list) = text.split_once('=').ok_or_else(shape)?;
        let mut values = vec![String::new()];
        let mut depth = 0_u32;
        for letter in list.chars() {
            match letter {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            match values.last_mut() {
                Some(value) if letter != ',' || depth > 0 => value.push(letter),
                _ => values.push(String::new()),
            }
        }
        let values: Vec<String> = values.into_iter().map(|value| value.trim().to_owned()).collect();
        let path = path.trim().to_owned();
        if path.is_empty() || values.iter().any(String::is_empty) {
            return Err(shape());
        }
        if let Some(text) = first_repeated(&values) {
            return Err(GridError::Repeated { text });
        }
        Ok(Lever { path, values })
    }

    /// The last part of its path, which is enough to tell it from other levers most of the time.
    fn short(&self) -> &str {
        self.path.rsplit('.').next().unwrap_or(&self.path)
    }
}

/// One combination: a name for people, and the values with their paths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Combination {
    /// As `takes=2min cost=3`; empty if there is no lever.
    pub name: String,
    /// Path and value of every lever.
    pub values: Vec<(String, String)>,
}

/// Every combination of the levers' values, the last lever moving first; `plans` plans will be run with each.
///
/// # Errors
///
/// When a lever is given twice, or there would be too many plans.
pub fn full_factorial(levers: &[Lever], plans: usize) -> Result<Vec<Combination>, GridError> {
    let paths: Vec<String> = levers.iter().map(|lever| lever.path.clone()).collect();
    if let Some(text) = first_repeated(&paths) {
        return Err(GridError::Repeated { text });
    }
    let combinations = levers.iter().fold(1, |product: usize, lever| product.saturating_mul(lever.values.len()));
    if combinations.saturating_mul(plans) > MOST_PLANS {
        return Err(GridError::TooMany { plans, combinations });
    }
    let alike = |lever: &Lever| levers.iter().filter(|other| other.short() == lever.short()).count() > 1;
    let mut found = vec![Combination { name: String::new(), values: Vec::new() }];
    for lever in levers {
        let label = if alike(lever) { lever.path.as_str() } else { lever.short() };
        found = found
            .iter()
            .flat_map(|so_far| {
                lever.values.iter().map(move |value| {
                    let mut next = so_far.clone();
                    let gap = if next.name.is_empty() { "" } else { " " };
                    next.name = format!("{}{gap}{label}={value}", next.name);
                    next.values.push((lever.path.clone(), value.clone()));
                    next
                })
            })
            .collect();
    }
    Ok(found)
}

fn first_repeated(texts: &[String]) -> Option<String> {
    texts.iter().enumerate().find(|(position, text)| texts[..*position].contains(text)).map(|(_, text)| text.clone())
}
