//! Cost against harm: the policies found, and those that no other beats.

use hotwash_lab::findings::{Beaten, Frontier, FrontierPoint};
use hotwash_lab::stats::Estimate;

use super::{Figure, Table};
use crate::svg::{Anchor, Area, Canvas, Extent, Grid, Ink, Placer, Scale, bottom_axis, left_axis};
use crate::words;

/// Values spread over more than this factor are drawn on a logarithmic axis.
const WIDE: f64 = 40.0;

fn is_drawable(point: &FrontierPoint) -> bool {
    point.cost.value.is_finite() && point.harm.value.is_finite()
}

/// The scatter of all points with the frontier as a staircase.
pub fn frontier(id: &str, finding: &Frontier) -> Figure {
    let heading = format!("{} against {}", finding.cost.name, finding.harm.name);
    let points: Vec<&FrontierPoint> = finding.points.iter().filter(|p| is_drawable(p)).collect();
    if points.is_empty() {
        return Figure::empty(
            &heading,
            "no policy was found for which both cost and harm are known",
        );
    }
    let sentence = sentence(finding, &points);
    let drawing = draw(id, finding, &points, (&heading, &sentence));
    let dropped = match finding.dropped {
        0 => String::new(),
        n => format!(", {} left out because others stand close by", words::count(n)),
    };
    let caption = format!(
        "Filled marks on the line: policies that no other found beats. Hollow marks: others. Squares: \
         the scenario's own policies. Bars are 95 % intervals of the means over {} worlds that the \
         search did not see; the search tried {} policies in {} runs around {}, each in at most {} \
         worlds. {} of them were unbeaten there{dropped}. A search is no proof: what it did not try may be \
         better. {}. Seed {}.",
        words::count(finding.final_worlds),
        words::count(finding.tried),
        words::count(finding.search_runs),
        finding.base,
        words::count(finding.search_worlds),
        words::count(finding.unbeaten),
        words::SHORT,
        finding.header.seed
    );
    Figure { heading, sentence, drawing: Some(drawing), caption, table: table(finding) }
}

fn scale(values: &[Estimate], range: (f64, f64)) -> Scale {
    let all = values.iter().flat_map(|e| [e.low, e.value, e.high]);
    let extent = Extent::of(all).unwrap_or(Extent { low: 0.0, high: 1.0 });
    if extent.low > 0.0 && extent.high / extent.low > WIDE {
        return Scale::log((extent.low / 1.15, extent.high * 1.15), range);
    }
    let padded = extent.padded(0.06);
    // Near enough to zero, the axis begins there: then lengths can be compared.
    let low = if extent.low >= 0.0 && extent.low < extent.high * 0.4 { 0.0 } else { padded.low };
    Scale::linear((low, padded.high), range)
}

fn draw(
    id: &str,
    finding: &Frontier,
    points: &[&FrontierPoint],
    (title, about): (&str, &str),
) -> maud::Markup {
    let area = Area { left: 74.0, top: 44.0, width: Canvas::WIDTH - 74.0 - 24.0, height: 430.0 };
    let mut canvas = Canvas::new(id, area.bottom() + 46.0, title, about);
    let costs: Vec<Estimate> = points.iter().map(|p| p.cost).collect();
    let harms: Vec<Estimate> = points.iter().map(|p| p.harm).collect();
    let x = scale(&costs, (area.left, area.right()));
    let y = scale(&harms, (area.bottom(), area.top));
    let log = |s: &Scale| if s.is_log() { ", logarithmic" } else { "" };
    let toward = |m: &hotwash_lab::findings::Measure| match m.better {
        "lower" => " (less is better)",
        "higher" => " (more is better)",
        _ => "",
    };
    let title = format!("{}{}{}", words::axis(&finding.cost), toward(&finding.cost), log(&x));
    bottom_axis(&mut canvas, area, &x, &title, Grid::Lines);
    let title = format!("{}{}{}", words::axis(&finding.harm), toward(&finding.harm), log(&y));
    left_axis(&mut canvas, area, &y, &title);
    let mut placer = Placer::new(area);
    let stairs = staircase(&mut canvas, points, &x, &y, finding);
    for pair in stairs.windows(2) {
        placer.take(between(pair[0], pair[1]));
    }
    for point in points {
        let at = (x.at(point.cost.value), y.at(point.harm.value));
        placer.take(Area { left: at.0 - 6.0, top: at.1 - 6.0, width: 12.0, height: 12.0 });
        for (from, to) in cross(&mut canvas, point, (&x, &y), ink(point)) {
            placer.take(between(from, to));
        }
    }
    for point in points {
        let at = (x.at(point.cost.value), y.at(point.harm.value));
        ink(point).marker(&mut canvas, at, !point.is_on_frontier);
    }
    // Shipped policies and the frontier are named; the rest only where there are few.
    let is_few = points.len() <= 12;
    let first = |p: &&&FrontierPoint| p.is_shipped;
    let named = points.iter().filter(first).chain(points.iter().filter(|p| !p.is_shipped));
    let mut groups: Vec<((f64, f64), bool, String)> = Vec::new();
    for point in named.filter(|p| p.is_shipped || p.is_on_frontier || is_few) {
        let at = (x.at(point.cost.value), y.at(point.harm.value));
        // Policies that come to the same share a label.
        match groups.iter_mut().find(|(place, ..)| *place == at) {
            Some((_, _, names)) => *names += &format!(", {}", point.name),
            None => groups.push((at, point.is_shipped, point.name.clone())),
        }
    }
    for (at, is_shipped, names) in &groups {
        let class = if *is_shipped { "bold halo" } else { "halo" };
        placer.label(&mut canvas, class, *at, names);
    }
    canvas.text(
        "small dim",
        (area.right(), 12.0),
        Anchor::End,
        "squares: shipped policies; filled: on the frontier",
    );
    canvas.render()
}

fn ink(point: &FrontierPoint) -> Ink {
    match (point.is_shipped, point.is_on_frontier) {
        (true, _) => Ink(1),
        (false, true) => Ink(0),
        (false, false) => Ink(7),
    }
}

type Place = (f64, f64);

/// What a level or upright line covers.
fn between(from: Place, to: Place) -> Area {
    Area {
        left: from.0.min(to.0) - 1.0,
        top: from.1.min(to.1) - 1.0,
        width: (from.0 - to.0).abs() + 2.0,
        height: (from.1 - to.1).abs() + 2.0,
    }
}

/// The error bars of a point; gives the lines drawn.
fn cross(
    canvas: &mut Canvas,
    point: &FrontierPoint,
    (x, y): (&Scale, &Scale),
    ink: Ink,
) -> [(Place, Place); 2] {
    let at = (x.at(point.cost.value), y.at(point.harm.value));
    let class = format!("{} thin", ink.stroke());
    let lines = [
        ((x.at(point.cost.low), at.1), (x.at(point.cost.high), at.1)),
        ((at.0, y.at(point.harm.low)), (at.0, y.at(point.harm.high))),
    ];
    for (from, to) in lines {
        canvas.line(&class, from, to);
    }
    lines
}

/// Level, then upright: between two policies of the frontier nothing found is better than the cheaper.
fn staircase(
    canvas: &mut Canvas,
    points: &[&FrontierPoint],
    x: &Scale,
    y: &Scale,
    finding: &Frontier,
) -> Vec<Place> {
    let mut on: Vec<&&FrontierPoint> = points.iter().filter(|p| p.is_on_frontier).collect();
    on.sort_by(|a, b| a.cost.value.total_cmp(&b.cost.value));
    let mut line: Vec<(f64, f64)> = Vec::new();
    // Where more is better in both or one of them, the corner lies on the other side.
    let level_first = finding.cost.better != "higher";
    for point in on {
        let at = (x.at(point.cost.value), y.at(point.harm.value));
        if let Some(before) = line.last().copied() {
            line.push(if level_first { (at.0, before.1) } else { (before.0, at.1) });
        }
        line.push(at);
    }
    canvas.path("frontier", &line, false);
    line
}

/// Whether a difference is clearly there, or clearly not.
fn is_known(e: Estimate) -> bool {
    e.is_clear() || e == Estimate::exact(0.0)
}

/// Two differences, and which of them is not clear, in the words of the text output.
fn over(cost: Estimate, harm: Estimate) -> String {
    let unclear = match (is_known(cost), is_known(harm)) {
        (true, true) => "",
        (false, true) => "; cost is not told apart",
        (true, false) => "; harm is not told apart",
        (false, false) => "; neither is told apart",
    };
    format!("cost {}, harm {}{unclear}", words::signed(cost), words::signed(harm))
}

/// How a policy that is not on the frontier stands to one that beats it.
fn beaten(beaten: &Beaten) -> String {
    if [beaten.cost, beaten.harm] == [Estimate::exact(0.0); 2] {
        format!("does the same as {} in every world", beaten.by)
    } else {
        format!("beaten by {}; over it: {}", beaten.by, over(beaten.cost, beaten.harm))
    }
}

fn sentence(finding: &Frontier, points: &[&FrontierPoint]) -> String {
    let mut on: Vec<&&FrontierPoint> = points.iter().filter(|p| p.is_on_frontier).collect();
    on.sort_by(|a, b| a.cost.value.total_cmp(&b.cost.value));
    let both = |p: &FrontierPoint| {
        format!(
            "{} ({} {} {}, {} {} {})",
            p.name,
            finding.cost.name,
            words::estimate(p.cost),
            words::unit(&finding.cost),
            finding.harm.name,
            words::estimate(p.harm),
            words::unit(&finding.harm)
        )
    };
    let mut out = match on.as_slice() {
        [] => "None of the policies drawn is on the frontier.".to_owned(),
        [one] => format!("One policy is beaten by no other: {}.", both(one)),
        [cheap, .., dear] => format!(
            "{} policies are beaten by no other: from {} to {}.",
            on.len(),
            both(cheap),
            both(dear)
        ),
    };
    let steps: Vec<&[Estimate; 2]> = on.iter().filter_map(|p| p.step.as_ref()).collect();
    let unsure = steps.iter().filter(|s| !is_known(s[1])).count();
    if unsure > 0 {
        out += &format!(
            " On {unsure} of {} from a policy on it to the next dearer one harm is not told apart, met by \
             the same luck.",
            words::counted(steps.len(), "step", "steps")
        );
    }
    let off: Vec<String> = points
        .iter()
        .filter(|p| p.is_shipped && !p.is_on_frontier)
        .map(|p| p.name.clone())
        .collect();
    if !off.is_empty() {
        out += &format!(" Not on it: the scenario's own {}.", words::list(&off, 8));
        let is_near = |p: &&&FrontierPoint| {
            p.beaten.as_ref().is_none_or(|b| !is_known(b.cost) || !is_known(b.harm))
        };
        let near = points.iter().filter(|p| p.is_shipped && !p.is_on_frontier).filter(is_near);
        let near: Vec<String> = near.map(|p| p.name.clone()).collect();
        if !near.is_empty() {
            out += &format!(
                " Of these, {} may be as good in cost or in harm: not both are told apart from a policy on \
                 it.",
                words::list(&near, 8)
            );
        }
    }
    out
}

fn table(finding: &Frontier) -> Table {
    let (cost, harm) = (words::unit(&finding.cost), words::unit(&finding.harm));
    let caption = format!(
        "Policies by cost ({}, {cost}) and harm ({}, {harm})",
        finding.cost.name, finding.harm.name
    );
    let mut table = Table::new(
        &caption,
        4,
        &[
            "policy",
            "on the frontier",
            "choices that differ from the base",
            "over the next cheaper on it, or over what beats it [95 %]",
            "cost, mean [95 %]",
            "harm, mean [95 %]",
            "cost 10 %, 50 %, 90 %",
            "harm 10 %, 50 %, 90 %",
        ],
    );
    let three = |q: &[f64; 3]| q.map(words::number).join(" / ");
    for point in &finding.points {
        let choices: Vec<String> =
            point.choices.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        let shipped = match (point.is_base, point.is_shipped) {
            (true, _) => " (where the search began)",
            (false, true) => " (shipped)",
            (false, false) => "",
        };
        let stands = match (&point.step, &point.beaten) {
            (Some([cost, harm]), _) => over(*cost, *harm),
            (None, Some(by)) => beaten(by),
            (None, None) => String::new(),
        };
        table.rows.push(vec![
            format!("{}{shipped}", point.name),
            if point.is_on_frontier { "yes" } else { "no" }.to_owned(),
            if choices.is_empty() { "none".to_owned() } else { choices.join("; ") },
            stands,
            words::estimate(point.cost),
            words::estimate(point.harm),
            three(&point.cost_quantiles),
            three(&point.harm_quantiles),
        ]);
    }
    table
}
