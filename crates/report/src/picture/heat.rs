//! Interactions of a sweep as heat maps: what two levels do together beyond the sum of their effects.
//!
//! Each cell has its figure printed with its sign; what is negative is hatched, and what is not told
//! from zero stays pale, so that the map reads in black and white.

use hotwash_lab::findings::{Sweep, Swept, Together};
use hotwash_lab::stats::{Estimate, is_told_apart};

use super::effects::{factor, setting};
use super::{Figure, Table};
use crate::svg::{Anchor, Area, Canvas, fit};
use crate::words;

/// Maps of pairs of factors that are drawn; all others are in the table.
const MOST: usize = 6;
/// Rows or columns that one map can show.
const LEVELS: usize = 12;

/// What a cell shows, and whether it is told from zero.
type Figures = (Estimate, bool);

/// A map to draw.
struct Map {
    rows: Vec<String>,
    columns: Vec<String>,
    heading: (String, String),
    /// By row, then column.
    cells: Vec<Option<Figures>>,
}

impl Map {
    fn largest(&self) -> f64 {
        self.cells
            .iter()
            .flatten()
            .map(|(e, _)| e.value.abs())
            .filter(|v| v.is_finite())
            .fold(0.0, f64::max)
    }
}

/// One metric's interactions, pair of factors by pair of factors, the strongest first.
pub fn interactions(id: &str, finding: &Sweep, swept: &Swept) -> Vec<Figure> {
    let heading = format!("What levels do together: {}", swept.measure.name);
    if swept.together.is_empty() {
        let why = if finding.factors.len() < 2 {
            "one factor was varied, so there is nothing that could interact"
        } else {
            "no interaction was estimated in this design"
        };
        return vec![Figure::empty(&heading, why)];
    }
    let mut maps = maps(finding, swept);
    maps.sort_by(|a, b| b.largest().total_cmp(&a.largest()));
    let (total, greatest) = (maps.len(), maps.iter().map(Map::largest).fold(0.0, f64::max));
    maps.retain(|m| m.rows.len() <= LEVELS && m.columns.len() <= LEVELS);
    maps.truncate(MOST);
    let left_out = total - maps.len();
    let rest = if left_out > 0 {
        format!(
            " {left_out} more pairs of factors are in the table only: weaker, or with too many levels to draw."
        )
    } else {
        String::new()
    };
    let mut out = Vec::new();
    for (part, map) in maps.iter().enumerate() {
        let title = if map.heading.0.is_empty() {
            heading.clone()
        } else {
            format!("{heading}: {} with {}", map.heading.0, map.heading.1)
        };
        let is_first = part == 0;
        let about = if is_first { sentence(finding, swept) } else { one(map, swept) };
        let drawing = draw(&format!("{id}-{part}"), map, swept, greatest, (&title, &about));
        out.push(Figure {
            heading: title,
            sentence: about,
            drawing: Some(drawing),
            caption: if !is_first {
                format!("In {}, read as the figure before. {}.", words::unit(&swept.measure), base(finding, swept))
            } else {
                format!(
                "In {}: what both levels do together, against the factors' first levels, less the sum of what each does alone. \
                 Blue and + is more, orange, hatched and \u{2212} is less; the stronger the colour, the larger. \
                 Pale cells have a 95 % interval that holds zero. {}.{}",
                words::unit(&swept.measure),
                base(finding, swept),
                rest
                )
            },
            table: if is_first { table(finding, swept) } else { Table::default() },
        });
    }
    if out.is_empty() {
        let why = format!("no pair of factors has few enough levels to draw.{rest}");
        out.push(Figure { table: table(finding, swept), ..Figure::empty(&heading, &why) });
    }
    out
}

/// One map per pair of factors; one for all pairs where each has a single interaction, as in
/// space-filling designs.
fn maps(finding: &Sweep, swept: &Swept) -> Vec<Map> {
    let mut pairs: Vec<((usize, usize), Vec<&Together>)> = Vec::new();
    for i in &swept.together {
        match pairs.iter_mut().find(|(factors, _)| *factors == i.factors) {
            Some((_, list)) => list.push(i),
            None => pairs.push((i.factors, vec![i])),
        }
    }
    if pairs.len() > 1 && pairs.iter().all(|(_, list)| list.len() == 1) {
        return vec![triangle(finding, swept)];
    }
    pairs
        .into_iter()
        .map(|(factors, list)| {
            let rows = distinct(list.iter().map(|i| &i.to.0));
            let columns = distinct(list.iter().map(|i| &i.to.1));
            let mut cells = vec![None; rows.len() * columns.len()];
            for i in list {
                let row = rows.iter().position(|r| *r == i.to.0).unwrap_or(0);
                let column = columns.iter().position(|c| *c == i.to.1).unwrap_or(0);
                cells[row * columns.len() + column] = Some((i.effect, is_clear(i)));
            }
            let heading = (factor(finding, factors.0), factor(finding, factors.1));
            Map { rows, columns, heading, cells }
        })
        .collect()
}

fn triangle(finding: &Sweep, swept: &Swept) -> Map {
    let mut used: Vec<usize> =
        swept.together.iter().flat_map(|i| [i.factors.0, i.factors.1]).collect();
    used.sort_unstable();
    used.dedup();
    let size = used.len();
    let place = |factor: usize| used.iter().position(|u| *u == factor).unwrap_or(0);
    let mut cells = vec![None; size * size];
    for i in &swept.together {
        let (a, b) = (place(i.factors.0), place(i.factors.1));
        cells[a.max(b) * size + a.min(b)] = Some((i.effect, is_clear(i)));
    }
    let names: Vec<String> = used.iter().map(|u| factor(finding, *u)).collect();
    // The first factor has nothing above it and the last nothing beside it.
    let kept = cells.chunks(size).skip(1).flat_map(|row| row[..size - 1].to_vec()).collect();
    Map {
        rows: names[1..].to_vec(),
        columns: names[..size - 1].to_vec(),
        heading: (String::new(), String::new()),
        cells: kept,
    }
}

fn distinct<'a>(items: impl Iterator<Item = &'a String>) -> Vec<String> {
    items.fold(Vec::new(), |mut seen, item| {
        if !seen.contains(item) {
            seen.push(item.clone());
        }
        seen
    })
}

fn draw(
    id: &str,
    map: &Map,
    swept: &Swept,
    greatest: f64,
    (title, about): (&str, &str),
) -> maud::Markup {
    let (left, top) = (190.0, 56.0);
    let columns = map.columns.len().max(1) as f64;
    let cell = ((Canvas::WIDTH - left - 12.0) / columns).min(132.0);
    let high = 40.0;
    let area = Area { left, top, width: cell * columns, height: high * map.rows.len() as f64 };
    let mut canvas = Canvas::new(id, area.bottom() + 34.0, title, about);
    if !map.heading.0.is_empty() {
        let text = format!("rows: {}; columns: {}", map.heading.0, map.heading.1);
        canvas.fitted("axis-title", (8.0, 16.0), Anchor::Start, &text, Canvas::WIDTH - 16.0);
    }
    for (i, name) in map.columns.iter().enumerate() {
        let at = (left + (i as f64 + 0.5) * cell, top - 10.0);
        canvas.fitted("small", at, Anchor::Middle, name, cell - 6.0);
    }
    for (i, name) in map.rows.iter().enumerate() {
        let at = (left - 10.0, top + (i as f64 + 0.5) * high + 4.0);
        canvas.fitted("", at, Anchor::End, name, left - 18.0);
    }
    for (index, effect) in map.cells.iter().enumerate() {
        let (row, column) = (index / map.columns.len(), index % map.columns.len());
        let place = Area {
            left: left + column as f64 * cell,
            top: top + row as f64 * high,
            width: cell,
            height: high,
        };
        if let Some(effect) = effect {
            square(&mut canvas, place, *effect, greatest);
        }
    }
    let unit = format!("cells in {}", words::unit(&swept.measure));
    canvas.text("axis-title", (left, area.bottom() + 22.0), Anchor::Start, &unit);
    canvas.render()
}

fn square(canvas: &mut Canvas, place: Area, (e, is_clear): Figures, greatest: f64) {
    canvas.rect("cell", place);
    let inner = Area {
        left: place.left + 1.0,
        top: place.top + 1.0,
        width: place.width - 2.0,
        height: place.height - 2.0,
    };
    if is_clear && greatest > 0.0 {
        // Five steps of strength can be told apart; a finer scale would pretend.
        let strength = libm::ceil((e.value.abs() / greatest).min(1.0) * 5.0).max(1.0);
        let way = if e.value < 0.0 { "minus" } else { "plus" };
        canvas.rect(&format!("{way} strength{strength:.0}"), inner);
        if e.value < 0.0 {
            canvas.hatched(inner);
        }
    }
    let sign = if e.value > 0.0 { "+" } else { "" };
    let text = format!("{sign}{}", words::short(e.value));
    let shown = fit(&text, place.width - 6.0, Canvas::FONT);
    let middle = place.left + place.width / 2.0;
    let (class, y) = if is_clear { ("bold halo", 17.0) } else { ("dim", 17.0) };
    canvas.text(class, (middle, place.top + y), Anchor::Middle, &shown);
    let range = format!("{} to {}", words::short(e.low), words::short(e.high));
    if crate::svg::width(&range, Canvas::SMALL) < place.width - 4.0 {
        let class = if is_clear { "small halo" } else { "small dim" };
        canvas.text(class, (middle, place.top + 33.0), Anchor::Middle, &range);
    }
}

fn sentence(finding: &Sweep, swept: &Swept) -> String {
    let told = &swept.together;
    let clear = told.iter().filter(|i| is_clear(i)).count();
    let total = words::counted(told.len(), "pair", "pairs");
    let chance = words::fixed(told.len() as f64 * 0.05, 1);
    let largest = told
        .iter()
        .filter(|i| i.effect.value.is_finite())
        .max_by(|a, b| a.effect.value.abs().total_cmp(&b.effect.value.abs()));
    let Some(i) = largest else { return "No interaction is known.".to_owned() };
    if clear == 0 {
        return format!(
            "Beyond the sum of what each does, none of {total} of levels is clear of zero (by chance \
             alone, about {chance} would be): as far as these worlds tell, levels add up."
        );
    }
    let hedge = if is_clear(i) { "" } else { ", which by itself is unclear" };
    let are = if clear == 1 { "is" } else { "are" };
    format!(
        "Beyond the sum of what each does, {clear} of {total} of levels {are} clear of zero (by chance \
         alone, about {chance} would be); the largest is {} with {}: {} {}{hedge}.",
        setting(finding, i.factors.0, &i.to.0),
        setting(finding, i.factors.1, &i.to.1),
        words::signed(i.effect),
        words::unit(&swept.measure)
    )
}

fn is_clear(pair: &Together) -> bool {
    is_told_apart(&pair.effect, pair.differing)
}

fn base(finding: &Sweep, swept: &Swept) -> String {
    let worlds = words::worlds(swept.worlds, finding.header.worlds);
    format!("{worlds}, seed {}", finding.header.seed)
}

/// A sentence for one map.
fn one(map: &Map, swept: &Swept) -> String {
    let known: Vec<&Figures> =
        map.cells.iter().flatten().filter(|(e, _)| e.value.is_finite()).collect();
    let clear = known.iter().filter(|(_, is_clear)| *is_clear).count();
    let largest = known.iter().max_by(|(a, _), (b, _)| a.value.abs().total_cmp(&b.value.abs()));
    let Some((largest, _)) = largest else { return "No interaction is known.".to_owned() };
    format!(
        "{clear} of {} are clear of zero; the largest estimate is {} {}.",
        words::counted(known.len(), "cell", "cells"),
        words::signed(*largest),
        words::unit(&swept.measure)
    )
}

fn table(finding: &Sweep, swept: &Swept) -> Table {
    let caption =
        format!("Interactions on {}, in {}", swept.measure.name, words::unit(&swept.measure));
    let mut table =
        Table::new(&caption, 4, &["factor", "level", "with", "level", "interaction [95 %]"]);
    for i in &swept.together {
        table.rows.push(vec![
            factor(finding, i.factors.0),
            i.to.0.clone(),
            factor(finding, i.factors.1),
            i.to.1.clone(),
            words::signed(i.effect),
        ]);
    }
    table
}
