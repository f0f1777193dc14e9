//! The three-lane picture: for each proposition what was true, what the vendor believed and what it
//! said, over time, with the gaps between them shaded and told in words.

mod block;
mod gaps;
mod head;

pub use gaps::{Gap, GapKind, HELD, Reading};

use hotwash_exercise::debrief::{Lane, Story};
use maud::Markup;

use super::time_axis::TimeAxis;
use super::{Figure, Table};
use crate::dates::length;
use crate::svg::{Area, Canvas};
use crate::words;

/// Propositions that fit into one picture.
const MOST: usize = 4;
const LEFT: f64 = 128.0;
const RIGHT: f64 = Canvas::WIDTH - 14.0;

/// The picture; in parts where there are many propositions, those with the longest gaps first.
pub fn lanes(id: &str, story: &Story) -> Vec<Figure> {
    let heading = "What was true, what was believed, what was said";
    let span = (story.about.span_ms.0, story.about.span_ms.2);
    let mut told: Vec<&Lane> = story.lanes.iter().filter(|l| is_told(l)).collect();
    if told.is_empty() {
        let why =
            "nothing that the scenario keeps a ledger of became true, was believed or was said";
        return vec![Figure::empty(heading, why)];
    }
    // What was so before STARTEX counts from there: nobody at the table could have closed it sooner.
    let weight = |lane: &Lane| -> i64 {
        let gaps = Reading::of(lane, span).gaps();
        gaps.iter()
            .fold(0, |sum, gap| gap.to.saturating_sub(gap.from.max(0)).max(0).saturating_add(sum))
    };
    told.sort_by_key(|lane| std::cmp::Reverse(weight(lane)));
    let size = super::parts(told.len(), MOST);
    let count = told.len().div_ceil(size);
    let sentence = sentence(&told, span);
    let mut out = Vec::new();
    for (part, lanes) in told.chunks(size).enumerate() {
        let suffix = if count > 1 { format!(" ({} of {count})", part + 1) } else { String::new() };
        let title = format!("{heading}{suffix}");
        let about = if part == 0 { sentence.clone() } else { title.clone() };
        out.push(Figure {
            drawing: Some(draw(&format!("{id}-{part}"), story, lanes, part == 0, (&title, &about))),
            heading: title,
            sentence: if part == 0 { sentence.clone() } else { String::new() },
            caption: if part == 0 { caption(story, told.len()) } else { String::new() },
            table: table(story, lanes),
        });
    }
    out
}

/// Whether there is anything to draw of a proposition.
fn is_told(lane: &Lane) -> bool {
    let is_believed = lane.belief.iter().any(|s| s.1 >= 0.5);
    lane.true_from_ms.is_some() || !lane.claims.is_empty() || is_believed
}

/// A gap in words: `62 days true and unknown`.
pub(crate) fn words_of(gap: &Gap) -> String {
    let long = length(gap.length());
    let rest = knowable(gap);
    match (gap.kind, gap.is_from_start) {
        (GapKind::Dwell, true) => format!("true from the start and {}{rest}", unknown(gap)),
        (GapKind::Dwell, false) => format!("{long} true and {}{rest}", unknown(gap)),
        (GapKind::Mistaken, true) => "believed from the start, not true".to_owned(),
        (GapKind::Mistaken, false) => format!("{long} believed and not true"),
        (GapKind::Withheld, _) if gap.is_open => format!("{long} known and never said"),
        (GapKind::Withheld, _) => format!("{long} known and not said"),
        (GapKind::False, _) if gap.is_open => format!("{long} said and not true, to the end"),
        (GapKind::False, _) => format!("{long} said and not true"),
    }
}

fn unknown(gap: &Gap) -> &'static str {
    if gap.is_open { "never known" } else { "unknown" }
}

/// For how much of a dwell it could have been known.
fn knowable(gap: &Gap) -> String {
    match length(gap.knowable_ms) {
        _ if gap.knowable_ms <= 0 => String::new(),
        _ if gap.knowable_ms == gap.length() => ", all of it knowable".to_owned(),
        some if gap.is_from_start => format!(", {some} knowable"),
        some => format!(", {some} of it knowable"),
    }
}

/// What is to be seen in this run: the longest gap of each sort.
fn sentence(lanes: &[&Lane], span: (i64, i64)) -> String {
    let gaps: Vec<(&Lane, Gap)> = lanes
        .iter()
        .flat_map(|lane| Reading::of(lane, span).gaps().into_iter().map(move |gap| (*lane, gap)))
        .collect();
    let longest = |kind: GapKind| {
        let of_kind = gaps.iter().filter(|(_, gap)| gap.kind == kind);
        of_kind.max_by_key(|(_, gap)| (gap.knowable_ms, !gap.is_from_start, gap.length()))
    };
    let mut out = Vec::new();
    if let Some((lane, gap)) = longest(GapKind::Dwell) {
        out.push(dwelt(lane, gap));
    }
    if let Some((lane, gap)) = longest(GapKind::Withheld) {
        let said = if gap.is_open { "and never said so" } else { "before it said so" };
        out.push(format!("The vendor knew {} for {} {said}", quoted(lane), length(gap.length())));
    }
    if let Some((lane, gap)) = longest(GapKind::False) {
        out.push(format!(
            "What it said of {} was false for {}",
            quoted(lane),
            length(gap.length())
        ));
    }
    if out.is_empty() {
        return "What was true was known and said as soon as it was true.".to_owned();
    }
    out.iter().map(|line| words::sentence(line)).collect::<Vec<_>>().join(" ")
}

/// How long something was true before it was known, and how much of that was needless.
fn dwelt(lane: &Lane, gap: &Gap) -> String {
    let known =
        if gap.is_open { "and was never known" } else { "before the vendor was sure of it" };
    let (long, part) = (length(gap.length()), length(gap.knowable_ms));
    let text = quoted(lane);
    match (gap.is_from_start, gap.knowable_ms > 0) {
        (true, true) => format!("{text} could have been known for {part} {known}"),
        (true, false) => format!("{text} was true from the start {known}"),
        (false, true) => {
            format!(
                "{text} was true for {long} {known}; for {part} of that it could have been known"
            )
        }
        (false, false) => format!("{text} was true for {long} {known}"),
    }
}

fn quoted(lane: &Lane) -> String {
    format!("\u{201c}{}\u{201d}", lane.proposition.trim())
}

fn draw(
    id: &str,
    story: &Story,
    lanes: &[&Lane],
    has_key: bool,
    (title, about): (&str, &str),
) -> Markup {
    let marks = head::marks(story);
    let columns = |top: f64, height: f64| Area { left: LEFT, top, width: RIGHT - LEFT, height };
    let lanes_top = head::HEIGHT;
    let blocks = lanes.len() as f64 * block::HEIGHT;
    let area = columns(lanes_top - 22.0, blocks + 22.0);
    let key_top = area.bottom() + 56.0;
    let height = if has_key { key_top + head::key_height(&marks) } else { key_top - 12.0 };
    let mut canvas = Canvas::new(id, height, title, about);
    let span = (story.about.span_ms.0, story.about.span_ms.2);
    let axis = TimeAxis::new(&story.about.startex, span, interest(story), area);
    head::after_endex(&mut canvas, story, &axis, area);
    axis.draw(&mut canvas, &format!("date; STARTEX was on {}", axis.dates().day(0)));
    head::legend(&mut canvas);
    head::guides(&mut canvas, &marks, &axis, area);
    for (i, lane) in lanes.iter().enumerate() {
        let top = lanes_top + i as f64 * block::HEIGHT;
        block::draw(&mut canvas, lane, span, &axis, columns(top, block::HEIGHT));
    }
    if has_key {
        head::key(&mut canvas, &marks, axis.dates(), key_top);
    }
    canvas.render()
}

/// The instants that the picture must show.
fn interest(story: &Story) -> Vec<i64> {
    let mut out = Vec::new();
    let (start, _, end) = story.about.span_ms;
    for lane in story.lanes.iter().filter(|l| is_told(l)) {
        // Where a ledger starts is no event, only what moves it.
        out.extend(lane.belief.iter().skip(1).map(|s| s.0));
        let claims = lane.claims.iter();
        out.extend(claims.flat_map(|c| [Some(c.ms), c.refuted_ms, c.walked_back_ms]).flatten());
    }
    out.extend(story.decisions.iter().flat_map(|d| [Some(d.asked_ms), d.taken_ms]).flatten());
    let (Some(first), Some(last)) = (out.iter().min().copied(), out.iter().max().copied()) else {
        return vec![start, end];
    };
    // The start, and what became true, as long as that is not far from the rest.
    let near = last.saturating_sub(first) / 5 * 2;
    let truths = story.lanes.iter().filter_map(|l| l.true_from_ms);
    let further: Vec<i64> = truths
        .chain([0])
        .filter(|ms| *ms >= first.saturating_sub(near) && *ms <= last.saturating_add(near))
        .collect();
    out.extend(further);
    out
}

fn caption(story: &Story, told: usize) -> String {
    let mut out = "Three lanes for each proposition. # Truth: the bar begins when it becomes true. ~ Belief: \
                   how likely the vendor thought it, from 0 to 100 %; from 80 % on it counts as known; drawn from when it first moved noticeably. The \
                   dashed line is what a reasonable investigator with all that had reached the vendor would \
                   have thought. \" Claim: what the vendor said; a bar for as long as it stood, hatched while \
                   it was false, struck out when it was no longer believed. Numbers are the decisions as they \
                   are numbered below."
        .to_owned();
    let hidden = story.lanes.len() - told;
    if hidden > 0 {
        let what = words::counted(hidden, "proposition", "propositions");
        out +=
            &format!(" Not drawn: {what} that never became true, nor was believed or spoken of.");
    }
    out
}

fn table(story: &Story, lanes: &[&Lane]) -> Table {
    let dates = crate::dates::Dates::new(&story.about.startex);
    let span = (story.about.span_ms.0, story.about.span_ms.2);
    let mut table = Table::new(
        "Truth, belief and claim, and the gaps between them",
        5,
        &["proposition", "true since", "gaps", "from", "to"],
    );
    table.columns.iter_mut().for_each(|c| c.is_figure = false);
    for lane in lanes {
        let since = lane.true_from_ms.map_or_else(|| "never".to_owned(), |ms| dates.day(ms));
        let reading = Reading::of(lane, span);
        let row = |what: String, from: String, to: String| {
            vec![words::sentence(&lane.proposition), since.clone(), what, from, to]
        };
        for gap in reading.gaps().iter().filter(|g| g.kind != GapKind::False) {
            let to = if gap.is_open { "the end".to_owned() } else { dates.time(gap.to) };
            table.rows.push(row(words_of(gap), dates.time(gap.from), to));
        }
        for claim in reading.claims() {
            let until = reading.stood_until(claim);
            let to = if until >= span.1 { "the end".to_owned() } else { dates.time(until) };
            table.rows.push(row(block::told(&reading, claim), dates.time(claim.ms), to));
        }
    }
    table
}
