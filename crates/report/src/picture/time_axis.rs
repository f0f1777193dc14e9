//! The time axis that the pictures of a session share: it starts shortly before the first thing of
//! interest, ends shortly after the last, and folds what lies outside.

use hotwash_engine::SimTime;

use crate::dates::Dates;
use crate::svg::{Anchor, Area, Canvas, Scale, width};

const DAY: f64 = 86_400_000.0;
/// Width of a folded end.
const FOLD: f64 = 26.0;

/// Where instants lie, in milliseconds since STARTEX.
#[derive(Clone, Debug)]
pub(crate) struct TimeAxis {
    scale: Scale,
    area: Area,
    /// The instants at the ends of what is not folded.
    pub(crate) shown: (i64, i64),
    /// Whether time before the shown part is folded.
    pub(crate) is_folded: bool,
    /// Whether the run goes on after the shown part.
    pub(crate) goes_on: bool,
    dates: Dates,
}

impl TimeAxis {
    /// An axis under an area that shows these instants of a run with this span.
    pub(crate) fn new(
        startex: &str,
        span: (i64, i64),
        interest: impl IntoIterator<Item = i64>,
        area: Area,
    ) -> TimeAxis {
        let held = |ms: i64| ms.clamp(-SimTime::LIMIT, SimTime::LIMIT);
        let span = (held(span.0.min(span.1)), held(span.0.max(span.1)));
        let (mut first, mut last) = (i64::MAX, i64::MIN);
        for ms in interest {
            let ms = ms.clamp(span.0, span.1);
            (first, last) = (first.min(ms), last.max(ms));
        }
        if first > last {
            (first, last) = span;
        }
        let room = ((last.saturating_sub(first)) as f64 * 0.05).max(DAY / 2.0) as i64;
        let from = first.saturating_sub(room).max(span.0);
        let to = last.saturating_add(room).min(span.1);
        let is_folded = from > span.0;
        let goes_on = to < span.1;
        let left = area.left + if is_folded { FOLD } else { 0.0 };
        let right = area.right() - if goes_on { FOLD / 2.0 } else { 0.0 };
        let days = |ms: i64| ms as f64 / DAY;
        TimeAxis {
            scale: Scale::days(startex, (days(from), days(to)), (left, right)),
            area,
            shown: (from, to),
            is_folded,
            goes_on,
            dates: Dates::new(startex),
        }
    }

    /// Where an instant lies; what is folded lies at the area's edge.
    pub(crate) fn x(&self, ms: i64) -> f64 {
        if self.is_folded && ms < self.shown.0 {
            return self.area.left;
        }
        if self.goes_on && ms > self.shown.1 {
            return self.area.right();
        }
        self.scale.at(ms as f64 / DAY)
    }

    /// Dates, as written on this axis.
    pub(crate) fn dates(&self) -> &Dates {
        &self.dates
    }

    /// The axis under the area, with the grid through it and what is folded marked.
    pub(crate) fn draw(&self, canvas: &mut Canvas, title: &str) {
        let area = self.area;
        canvas.line("axis", (area.left, area.bottom()), (area.right(), area.bottom()));
        let wanted = (area.width / 105.0).max(2.0) as usize;
        let ticks: Vec<(i64, f64)> = self
            .scale
            .ticks(wanted)
            .into_iter()
            .map(|(day, _)| ((day * DAY).round() as i64, self.scale.at(day)))
            .collect();
        let are_months = ticks.iter().all(|(ms, _)| self.dates.is_first_of_month(*ms));
        let mut free_from = f64::NEG_INFINITY;
        for (ms, x) in ticks {
            let label = if are_months { self.dates.month(ms) } else { self.dates.short(ms) };
            let half = width(&label, Canvas::SMALL) / 2.0;
            canvas.line("grid", (x, area.top), (x, area.bottom()));
            canvas.line("axis", (x, area.bottom()), (x, area.bottom() + 4.0));
            if x - half >= free_from {
                canvas.text("small", (x, area.bottom() + 17.0), Anchor::Middle, &label);
                free_from = x + half + 8.0;
            }
        }
        if self.is_folded {
            fold(canvas, area.left + FOLD - 5.0, area);
        }
        let at = (area.left + area.width / 2.0, area.bottom() + 36.0);
        canvas.fitted("axis-title", at, Anchor::Middle, title, Canvas::WIDTH - 20.0);
    }
}

/// The sign of a folded axis: two strokes across the whole picture.
fn fold(canvas: &mut Canvas, x: f64, area: Area) {
    for shift in [-2.0, 2.0] {
        let at = |y: f64, dx: f64| (x + shift + dx, y);
        canvas.line("fold", at(area.top, 0.0), at(area.bottom(), 0.0));
        canvas.line("axis", at(area.bottom() + 5.0, -3.0), at(area.bottom() - 5.0, 3.0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AREA: Area = Area { left: 100.0, top: 0.0, width: 700.0, height: 100.0 };

    fn days(n: i64) -> i64 {
        n * 86_400_000
    }

    #[test]
    fn a_long_lead_in_is_folded_and_nothing_shown_is_lost() {
        let span = (days(-830), days(240));
        let axis = TimeAxis::new("2019-08-01 09:00", span, [days(1), days(105)], AREA);
        assert!(axis.is_folded && axis.goes_on);
        assert_eq!(axis.x(days(-800)), 100.0);
        assert_eq!(axis.x(days(239)), 800.0);
        assert!(axis.x(days(1)) > 126.0 && axis.x(days(105)) < 787.0);
        assert!(axis.x(days(50)) < axis.x(days(51)));
    }

    #[test]
    fn without_anything_of_interest_the_whole_run_is_shown() {
        let axis = TimeAxis::new("2019-08-01 09:00", (0, days(30)), [], AREA);
        assert_eq!((axis.shown, axis.is_folded, axis.goes_on), ((0, days(30)), false, false));
        let axis = TimeAxis::new("", (i64::MIN, i64::MAX), [i64::MIN, 5, i64::MAX], AREA);
        assert!(axis.x(0).is_finite());
        let axis = TimeAxis::new("", (7, 7), [7], AREA);
        assert!(axis.x(7).is_finite());
    }
}
