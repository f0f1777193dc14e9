//! Full factorial designs.

/// Every combination of as many levels per factor, the last factor fastest. One empty combination
/// when there are no factors, none when a factor has no levels.
pub fn full_factorial(levels: &[usize]) -> impl Iterator<Item = Vec<usize>> + '_ {
    let cells: usize = levels.iter().product();
    (0..cells).map(move |cell| {
        let mut left = cell;
        let mut combination = vec![0; levels.len()];
        for (place, count) in combination.iter_mut().zip(levels).rev() {
            *place = left % count;
            left /= count;
        }
        combination
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_factor_is_fastest() {
        let all: Vec<Vec<usize>> = full_factorial(&[2, 3]).collect();
        assert_eq!(all, [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]]);
        assert_eq!(full_factorial(&[]).count(), 1);
        assert_eq!(full_factorial(&[3, 0]).count(), 0);
    }
}
