//! Where labels stand so that they do not lie on each other.

use super::canvas::{Anchor, Area, Canvas};
use super::text::{fit, width};

/// Moves places apart until each is at least `gap` from the next, as little as that takes, within
/// `bounds` if there is room. The order of equal ones is kept.
pub fn spread(wanted: &[f64], gap: f64, bounds: (f64, f64)) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]));
    // Clusters of neighbours that touch share their displacement evenly.
    let mut clusters: Vec<(f64, Vec<usize>)> = Vec::new();
    for index in order {
        let mut cluster = (wanted[index].clamp(bounds.0, bounds.1.max(bounds.0)), vec![index]);
        while let Some((centre, members)) = clusters.last() {
            let need = gap * (members.len() + cluster.1.len()) as f64 / 2.0;
            if cluster.0 - centre >= need {
                break;
            }
            let (size, other) = (members.len() as f64, cluster.1.len() as f64);
            let mean = (centre * size + cluster.0 * other) / (size + other);
            let mut joined = members.clone();
            joined.extend(&cluster.1);
            let half = gap * (joined.len() - 1) as f64 / 2.0;
            let high = (bounds.1 - half).max(bounds.0 + half);
            cluster = (mean.clamp(bounds.0 + half, high), joined);
            clusters.pop();
        }
        clusters.push(cluster);
    }
    let mut out = vec![0.0; wanted.len()];
    for (centre, members) in clusters {
        let first = centre - gap * (members.len() as f64 - 1.0) / 2.0;
        for (i, index) in members.into_iter().enumerate() {
            out[index] = first + gap * i as f64;
        }
    }
    out
}

/// Places labels beside points where nothing lies yet.
#[derive(Debug)]
pub struct Placer {
    within: Area,
    taken: Vec<Area>,
}

impl Placer {
    /// An empty area.
    pub fn new(within: Area) -> Self {
        Placer { within, taken: Vec::new() }
    }

    /// Marks what labels must not cover.
    pub fn take(&mut self, area: Area) {
        self.taken.push(area);
    }

    /// Writes a label beside a point, on the first side with room; farther off with a thin line to
    /// the point where all sides are taken.
    pub fn label(&mut self, canvas: &mut Canvas, class: &str, at: (f64, f64), text: &str) {
        let shown = fit(text, self.within.width * 0.4, Canvas::FONT);
        // Bold letters are wider.
        let bold = if class.contains("bold") { 1.14 } else { 1.0 };
        let (w, h) = (width(&shown, Canvas::FONT) * bold, 15.0);
        let mut chosen = None;
        'search: for reach in [9.0, 18.0, 30.0, 44.0, 60.0, 80.0] {
            let (x, y) = at;
            for (left, top) in [
                (x + reach, y - h / 2.0),
                (x + reach * 0.7, y - reach * 0.7 - h),
                (x - w / 2.0, y - reach - h),
                (x + reach * 0.7, y + reach * 0.7),
                (x - w / 2.0, y + reach),
                (x - reach - w, y - h / 2.0),
                (x - reach * 0.7 - w, y - reach * 0.7 - h),
                (x - reach * 0.7 - w, y + reach * 0.7),
            ] {
                let area = Area { left, top, width: w, height: h };
                let inside = left >= self.within.left
                    && area.right() <= self.within.right()
                    && top >= self.within.top
                    && area.bottom() <= self.within.bottom();
                if inside && !self.taken.iter().any(|t| t.meets(area)) {
                    chosen = Some((area, reach));
                    break 'search;
                }
            }
        }
        // A label for which there is no place at all stands beside its point all the same.
        let beside = Area { left: at.0 + 9.0, top: at.1 - h / 2.0, width: w, height: h };
        let (area, reach) = chosen.unwrap_or((beside, 0.0));
        if reach > 20.0 {
            let near = (at.0.clamp(area.left, area.right()), at.1.clamp(area.top, area.bottom()));
            canvas.line("leader", at, near);
        }
        // Labels side by side are told apart.
        self.taken.push(Area { left: area.left - 6.0, width: area.width + 12.0, ..area });
        canvas.text(class, (area.left, area.bottom() - 4.0), Anchor::Start, &shown);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_moved_apart_and_no_farther() {
        assert_eq!(spread(&[10.0, 50.0], 14.0, (0.0, 100.0)), [10.0, 50.0]);
        let out = spread(&[50.0, 50.0, 50.0], 14.0, (0.0, 100.0));
        assert_eq!(out, [36.0, 50.0, 64.0]);
        let out = spread(&[99.0, 98.0], 14.0, (0.0, 100.0));
        assert_eq!(out, [100.0, 86.0]);
        assert!(spread(&[], 14.0, (0.0, 100.0)).is_empty());
    }

    #[test]
    fn a_cluster_that_grows_joins_its_neighbours() {
        let out = spread(&[0.0, 10.0, 12.0, 13.0, 40.0], 14.0, (-100.0, 100.0));
        assert!(out.windows(2).all(|w| w[1] - w[0] >= 14.0 - 1e-9), "{out:?}");
    }
}
