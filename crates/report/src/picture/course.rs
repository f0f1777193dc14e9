//! A metric over time under each policy, as small pictures on one scale.

use hotwash_lab::findings::{Comparison, Course};

use super::{Figure, Table, arm};
use crate::svg::{Anchor, Area, Canvas, Extent, Grid, Ink, Scale, bottom_axis, left_axis};
use crate::words;

/// Rows of small pictures that fit on a page.
const ROWS: usize = 4;
const HEIGHT: f64 = 196.0;

/// A metric over time; more than one figure where there are many policies.
pub fn courses(id: &str, finding: &Comparison, course: &Course) -> Vec<Figure> {
    let heading = format!("Over time: {}", course.measure.name);
    let values = course.bands.iter().flatten().flatten().copied();
    let (Some(extent), Some(days)) = (Extent::of(values), Extent::of(course.days.iter().copied()))
    else {
        return vec![Figure::empty(&heading, "nothing was watched over time")];
    };
    let sentence = sentence(finding, course);
    let arms: Vec<usize> = (0..course.bands.len()).collect();
    let groups: Vec<&[usize]> = arms.chunks(2 * ROWS).collect();
    let count = groups.len();
    let mut out = Vec::new();
    for (part, group) in groups.into_iter().enumerate() {
        let suffix = if count > 1 { format!(" ({} of {count})", part + 1) } else { String::new() };
        let title = format!("{heading}{suffix}");
        let about = if part == 0 { sentence.clone() } else { title.clone() };
        let drawing =
            draw(&format!("{id}-{part}"), finding, course, group, (extent, days), (&title, &about));
        out.push(Figure {
            heading: title,
            sentence: if part == 0 { sentence.clone() } else { String::new() },
            drawing: Some(drawing),
            caption: format!(
                "{}: the line is the median over worlds, the dark band holds the middle half of \
                 them, the pale band 90 %. STARTEX is {}. N = {} worlds watched, seed {}. Bands show \
                 how worlds differ, not how well the median is known.",
                course.measure.name,
                course.startex,
                words::count(course.worlds),
                finding.header.seed,
            ),
            table: if part == 0 { table(finding, course) } else { Table::default() },
        });
    }
    out
}

fn draw(
    id: &str,
    finding: &Comparison,
    course: &Course,
    arms: &[usize],
    (extent, days): (Extent, Extent),
    (title, about): (&str, &str),
) -> maud::Markup {
    let rows = arms.len().div_ceil(2);
    let mut canvas = Canvas::new(id, rows as f64 * HEIGHT + 22.0, title, about);
    let extent = extent.padded(0.04);
    for (place, index) in arms.iter().enumerate() {
        let (row, column) = (place / 2, place % 2);
        let panel_left = column as f64 * (Canvas::WIDTH / 2.0 + 4.0);
        let area = Area {
            left: panel_left + 52.0,
            top: row as f64 * HEIGHT + 44.0,
            width: Canvas::WIDTH / 2.0 - 66.0,
            height: HEIGHT - 92.0,
        };
        let x = Scale::days(&course.startex, days.domain(), (area.left, area.right()));
        let y = Scale::linear(extent.domain(), (area.bottom(), area.top));
        let name = arm(&finding.arms, *index);
        canvas.fitted(
            "bold",
            (panel_left + 8.0, area.top - 28.0),
            Anchor::Start,
            &name,
            area.width + 40.0,
        );
        bottom_axis(&mut canvas, area, &x, "", Grid::None);
        let at = (area.left + area.width / 2.0, area.bottom() + 34.0);
        canvas.text("axis-title", at, Anchor::Middle, x.title());
        left_axis(&mut canvas, area, &y, &words::axis(&course.measure));
        if let Some(bands) = course.bands.get(*index) {
            panel(&mut canvas, Ink(*index), &course.days, bands, (&x, &y));
        }
    }
    canvas.render()
}

fn panel(
    canvas: &mut Canvas,
    ink: Ink,
    days: &[f64],
    bands: &[[f64; 5]],
    (x, y): (&Scale, &Scale),
) {
    let known: Vec<(f64, &[f64; 5])> = days
        .iter()
        .zip(bands)
        .filter(|(_, b)| b.iter().all(|v| v.is_finite()))
        .map(|(day, b)| (x.at(*day), b))
        .collect();
    if known.is_empty() {
        let middle = (x.range().0 + x.range().1) / 2.0;
        let at = (middle, (y.range().0 + y.range().1) / 2.0);
        return canvas.text("dim", at, Anchor::Middle, "no value in any world");
    }
    let line = |quantile: usize| -> Vec<(f64, f64)> {
        known.iter().map(|(at, b)| (*at, y.at(b[quantile]))).collect()
    };
    for (low, high, class) in [(0, 4, ink.band()), (1, 3, format!("{} inner", ink.band()))] {
        let mut outline = line(high);
        let mut back = line(low);
        back.reverse();
        outline.extend(back);
        canvas.path(&class, &outline, true);
    }
    canvas.path(&ink.stroke(), &line(2), false);
}

fn sentence(finding: &Comparison, course: &Course) -> String {
    let unit = words::unit(&course.measure);
    let mut ends: Vec<(String, [f64; 5])> = course
        .bands
        .iter()
        .enumerate()
        .filter_map(|(i, bands)| Some((arm(&finding.arms, i), *bands.last()?)))
        .filter(|(_, q)| q[2].is_finite())
        .collect();
    ends.sort_by(|a, b| a.1[2].total_cmp(&b.1[2]));
    let text = |(name, q): &(String, [f64; 5])| {
        let (low, high) = (words::number(q[1]), words::number(q[3]));
        format!(
            "{} {unit} under {name} (half of the worlds lie from {low} to {high})",
            words::number(q[2])
        )
    };
    match ends.as_slice() {
        [] => "No policy has a value at the end.".to_owned(),
        [one] => format!("At the end the median is {}.", text(one)),
        [least, .., most] if words::number(most.1[2]) != words::number(least.1[2]) => {
            let hedge = if least.1[3] >= most.1[1] {
                "; luck moves worlds by more than that, as these ranges overlap"
            } else {
                "; these ranges do not overlap"
            };
            format!(
                "At the end the median is {}, the highest, and {}, the lowest{hedge}.",
                text(most),
                text(least)
            )
        }
        [one, ..] => format!(
            "At the end the median is the same under all policies: {} {unit}.",
            words::number(one.1[2])
        ),
    }
}

fn table(finding: &Comparison, course: &Course) -> Table {
    let caption = format!(
        "{} in {}, quantiles over worlds",
        course.measure.name,
        words::unit(&course.measure)
    );
    let mut table = Table::new(
        &caption,
        1,
        &["policy", "days from STARTEX", "5 %", "25 %", "median", "75 %", "95 %"],
    );
    // About a dozen days tell the course; the files of a study hold all of them.
    let step = course.days.len().div_ceil(12).max(1);
    for (index, bands) in course.bands.iter().enumerate() {
        for (at, (day, quantiles)) in course.days.iter().zip(bands).enumerate() {
            if at % step == 0 || at + 1 == course.days.len() {
                let mut row = vec![arm(&finding.arms, index), words::number(*day)];
                row.extend(quantiles.iter().map(|q| words::number(*q)));
                table.rows.push(row);
            }
        }
    }
    table
}
