//! A hindcast as text: what does not hold first, what says nothing last.

use std::fmt::Write as _;

use hotwash_lab::findings::{Hindcast, HindcastRow};
use hotwash_lab::stats::Estimate;

use super::layout::{Page, wrap};
use super::number;
use super::style::{BOLD, DIM, ERROR};

/// Columns left of a row's figures.
const INDENT: usize = 4;
/// Columns of what is on record: two dates.
const RECORD: usize = 25;
/// Columns of what is simulated: three dates.
const SIMULATED: usize = 37;
/// Columns of each share.
const SHARE: usize = 7;
/// Columns that the figures of a row take side by side; on a narrower page they stand below each other.
const ABREAST: usize = INDENT + RECORD + SIMULATED + 2 * SHARE;
/// Least columns of a picture beside the figures.
const BESIDE: usize = 30;

/// The kinds of rows with what agreement with them is worth, the telling ones first.
const KINDS: [(&str, &str); 3] = [
    ("emergent", "Emergent: the agents produce it, so these rows test the model"),
    ("qualitative", "Qualitative: not a bracket on record; compare by reading"),
    (
        "scripted",
        "Scripted: put in by the scenario or the policy, so these rows say nothing of the model",
    ),
];

/// The table, what it comes to and how to read it.
pub fn hindcast(found: &Hindcast, page: Page) -> String {
    let mut out = String::new();
    let header = &found.header;
    let head = format!(
        "{}, policy {} against the record: {} worlds, seed {}",
        header.scenario,
        found.policy.name,
        number(header.worlds as f64),
        header.seed
    );
    paragraph(&mut out, &head, page, |line| BOLD.on(line));
    paragraph(&mut out, &found.about, page, plain);
    if header.is_partial {
        let line = "Stopped before all worlds were done; the figures are of those that were.";
        paragraph(&mut out, line, page, |line| ERROR.on(line));
    }
    if header.worlds == 0 {
        return out;
    }
    let titles = format!(
        "{:INDENT$}{:<RECORD$}{:<SIMULATED$}{:>SHARE$}{:>SHARE$}",
        "", "on record", "simulated 5 / 50 / 95 %", "has it", "inside"
    );
    if page.width >= ABREAST {
        let _ = writeln!(out, "\n{}", DIM.on(titles));
    }
    for (kind, title) in KINDS {
        let mut rows: Vec<&HindcastRow> = found.rows.iter().filter(|r| r.kind == kind).collect();
        if rows.is_empty() {
            continue;
        }
        // Misses first, then what holds, then what cannot be scored; else the order of the record.
        rows.sort_by_key(|r| [Some(false), Some(true), None].iter().position(|h| *h == r.holds));
        let _ = writeln!(out);
        paragraph(&mut out, title, page, |line| BOLD.on(line));
        for row in rows {
            one_row(&mut out, row, page);
        }
    }
    let _ = writeln!(out);
    summary(&mut out, found, page);
    out
}

fn plain(line: &str) -> String {
    line.to_owned()
}

fn paragraph(out: &mut String, text: &str, page: Page, paint: impl Fn(&str) -> String) {
    for line in wrap(text, page.width) {
        let _ = writeln!(out, "{}", paint(&line));
    }
}

fn indented(out: &mut String, text: &str, page: Page) {
    for line in wrap(text, page.width - INDENT) {
        let _ = writeln!(out, "{:INDENT$}{}", "", DIM.on(line));
    }
}

fn one_row(out: &mut String, row: &HindcastRow, page: Page) {
    title(out, row, page);
    if row.simulated_text.is_empty() {
        let unit = if row.recorded.is_some() { row.unit.as_str() } else { "" };
        let record = with_unit(&row.recorded_text, unit);
        indented(out, &format!("on record: {record}; not scored: {}", row.measure), page);
        return;
    }
    figures(out, row, page);
    if row.recorded.is_none() {
        indented(out, &format!("on record: {}", row.recorded_text), page);
    }
    score(out, row, page);
    for other in &row.alternatives {
        let verdict = {
            let by_width = is_by_width(row, other.holds, other.inside);
            verdict(other.holds, row.count, by_width).to_lowercase()
        };
        let line = format!(
            "also on record ({}, {}): {}: {verdict}",
            other.firmness, other.note, other.recorded_text
        );
        indented(out, &line, page);
    }
}

/// The line of figures, with the picture beside or below it.
fn figures(out: &mut String, row: &HindcastRow, page: Page) {
    let record = if row.recorded.is_some() { row.recorded_text.as_str() } else { "-" };
    let inside = row.inside.map_or_else(|| "-".to_owned(), |share| percent(share.value));
    if page.width < ABREAST {
        narrow(out, row, [record, &inside], page);
        return;
    }
    let _ = write!(
        out,
        "{:INDENT$}{record:<RECORD$}{:<SIMULATED$}{:>SHARE$}{inside:>SHARE$}",
        "",
        row.simulated_text,
        percent(row.share.value)
    );
    let gap = if beside(page) >= BESIDE { "  ".to_owned() } else { format!("\n{:INDENT$}", "") };
    let picture = picture_of(row, page).map_or(String::new(), |picture| gap + picture.as_str());
    let _ = writeln!(out, "{picture}");
}

/// The figures below each other.
fn narrow(out: &mut String, row: &HindcastRow, [record, inside]: [&str; 2], page: Page) {
    let lines = [
        format!("on record: {record}"),
        format!("simulated 5 / 50 / 95 %: {}", row.simulated_text),
        format!("has it: {}; inside: {inside}", percent(row.share.value)),
    ];
    for line in lines.iter().flat_map(|line| wrap(line, page.width - INDENT)) {
        let _ = writeln!(out, "{:INDENT$}{line}", "");
    }
    if let Some(picture) = picture_of(row, page) {
        let _ = writeln!(out, "{:INDENT$}{picture}", "");
    }
}

/// The score, unless nothing but the value on record was simulated.
fn score(out: &mut String, row: &HindcastRow, page: Page) {
    let (Some(score), Some(median)) = (row.crps_interval, row.crps_of_median) else { return };
    if score.value.abs() > 1e-9 || median > 0.0 {
        let unit = if row.unit == "date" { "days" } else { &row.unit };
        let [score, low, high] = [score.value, score.low, score.high].map(small);
        let line = format!("CRPS {score} ({low} to {high}); of its median alone {}", small(median));
        indented(out, &with_unit(&line, unit), page);
    }
}

/// Mark, quantity and unit of a row, with its verdict at the right end.
fn title(out: &mut String, row: &HindcastRow, page: Page) {
    let unit =
        if row.unit == "date" || row.is_share { String::new() } else { format!(", {}", row.unit) };
    let unit =
        if row.simulated_text.is_empty() || row.unit.is_empty() { String::new() } else { unit };
    let mut text = format!("{}  {}{unit}  [{}]", row.id, row.quantity, row.firmness);
    if !row.derived_from.is_empty() {
        let _ = write!(text, " follows from {}", row.derived_from.join(", "));
    }
    let verdict = if row.recorded.is_some() && !row.simulated_text.is_empty() {
        verdict(row.holds, row.count, is_by_width(row, row.holds, row.inside))
    } else {
        "not scored"
    };
    let room = page.width.saturating_sub(verdict.chars().count() + 2);
    let lines = wrap(&text, room);
    for (i, line) in lines.iter().enumerate() {
        if i + 1 < lines.len() {
            let _ = writeln!(out, "{line}");
            continue;
        }
        let gap = (room + 2).saturating_sub(line.chars().count());
        let painted = if row.holds == Some(false) { ERROR.on(verdict) } else { verdict.to_owned() };
        let _ = writeln!(out, "{line}{:gap$}{painted}", "");
    }
}

/// Whether a row's record holds only since the simulated range is wide: hardly any value is in it.
fn is_by_width(row: &HindcastRow, holds: Option<bool>, inside: Option<Estimate>) -> bool {
    holds == Some(true) && !row.is_share && inside.is_some_and(|share| share.value < 0.1)
}

/// A score with the digits that it has, if it has any.
fn small(value: f64) -> String {
    if value > 0.0 && value < 0.0005 { "<0.001".to_owned() } else { number(value) }
}

fn verdict(holds: Option<bool>, count: u64, is_by_width: bool) -> &'static str {
    match (holds, count) {
        (Some(true), _) if is_by_width => "holds by width only",
        (Some(true), _) => "holds",
        (Some(false), _) => "DOES NOT HOLD",
        (None, 0) => "never happens",
        (None, _) => "too few worlds",
    }
}

fn with_unit(text: &str, unit: &str) -> String {
    if unit.is_empty() || unit == "date" { text.to_owned() } else { format!("{text} {unit}") }
}

/// A share without decimals; one that is nearly nothing or nearly all is not made that.
fn percent(share: f64) -> String {
    match share * 100.0 {
        p if p > 0.0 && p < 0.5 => "<1 %".to_owned(),
        p if (99.5..100.0).contains(&p) => ">99 %".to_owned(),
        p => format!("{p:.0} %"),
    }
}

/// Columns right of the figures.
fn beside(page: Page) -> usize {
    page.width.saturating_sub(ABREAST + 2)
}

/// Record and simulated range on one line, each row on a scale of its own.
fn picture_of(row: &HindcastRow, page: Page) -> Option<String> {
    let (Some((from, to)), Some([low, median, high])) = (row.recorded, row.simulated) else {
        return None;
    };
    let width = match beside(page) {
        room if room >= BESIDE => room,
        _ => page.width - 2 * INDENT,
    };
    if row.is_share || row.holds.is_none() {
        return None;
    }
    picture([from, to], [low, median, high], width)
}

fn picture([from, to]: [f64; 2], [low, median, high]: [f64; 3], width: usize) -> Option<String> {
    let left = from.min(low);
    // A record without an upper end goes to the end of the line.
    let right = if to.is_finite() { to.max(high) } else { high.max(from) };
    if right <= left {
        return None;
    }
    let cell = |value: f64| {
        let place = (value.clamp(left, right) - left) / (right - left);
        (place * (width - 1) as f64).round() as usize
    };
    let within = |i: usize, a: f64, b: f64| (cell(a)..=cell(b)).contains(&i);
    let sign = |i: usize| match (within(i, from, to), within(i, low, high)) {
        (true, _) if i == cell(median) => '+',
        _ if i == cell(median) => '|',
        (true, true) => '=',
        (true, false) => '#',
        (false, true) => '-',
        (false, false) => '.',
    };
    Some((0..width).map(sign).collect())
}

/// What it comes to, in sentences.
fn summary(out: &mut String, found: &Hindcast, page: Page) {
    let names = |keep: &dyn Fn(&HindcastRow) -> bool| -> String {
        let rows = found.rows.iter().filter(|r| r.kind != "scripted" && keep(r));
        rows.map(|r| format!("{} ({})", r.id, r.quantity)).collect::<Vec<String>>().join(", ")
    };
    let (hits, of) = found.covered;
    let mut text = format!(
        "Of {of} emergent rows that can be scored and follow from no other, {hits} overlap the simulated \
         5 to 95 %."
    );
    if found.covered_derived.1 > 0 {
        let (hits, of) = found.covered_derived;
        let _ = write!(text, " Of {of} that follow from others, {hits} do; they are not counted.");
    }
    paragraph(out, &text, page, |line| BOLD.on(line));
    let misses = names(&|r| r.holds == Some(false));
    let line = match misses.as_str() {
        "" => "No emergent or qualitative row that can be scored fails to hold.".to_owned(),
        _ => format!("What does not hold: {misses}."),
    };
    paragraph(out, &line, page, plain);
    let wide = names(&|r| is_by_width(r, r.holds, r.inside));
    if !wide.is_empty() {
        let line = format!(
            "These hold by the width of the range, fewer than a tenth of the values being in the record: {wide}."
        );
        paragraph(out, &line, page, plain);
    }
    let flat = names(&|r| {
        r.holds == Some(true) && !r.is_share && r.simulated.is_some_and(|s| s[0] == s[2])
    });
    if !flat.is_empty() {
        let line = format!(
            "These hold since nearly all worlds come to one value, and test little: {flat}."
        );
        paragraph(out, &line, page, plain);
    }
    let seldom = names(&|r| !r.simulated_text.is_empty() && r.share.high < 0.5);
    if !seldom.is_empty() {
        let line = format!("In most worlds it does not come to these at all: {seldom}.");
        paragraph(out, &line, page, plain);
    }
    let _ = writeln!(out);
    reading(out, found, page);
}

/// How to read the table, and how to find it again.
fn reading(out: &mut String, found: &Hindcast, page: Page) {
    let widest = |shares: &mut dyn Iterator<Item = f64>| {
        let widest = shares.filter(|w| w.is_finite()).fold(0.0, f64::max);
        format!("{:.0}", (widest * 100.0).ceil())
    };
    let read = || found.rows.iter().filter(|r| !r.simulated_text.is_empty());
    let has = widest(&mut read().map(|r| r.share.half_width()));
    let inside = widest(&mut read().filter_map(|r| Some(r.inside?.half_width())));
    let how = format!(
        "`has it` is the share of worlds with a value (to within {has} points), `inside` the share of these \
         values that the record allows (to within {inside} points; of something that happened, how often). In \
         the pictures - is the simulated 5 to 95 %, | its median, # the record, = both, + the median on the \
         record, . neither; each has its own scale. CRPS measures how far the whole simulated distribution lies from the value on record, given that it \
         happens; less is better. [A] to [D] is how firm the record is. All intervals, measures and notes: \
         --format json."
    );
    for text in std::iter::once(how.as_str()).chain(found.header.notes.iter().map(String::as_str)) {
        paragraph(out, text, page, |line| DIM.on(line));
    }
    let _ = writeln!(out, "\n{} {}", BOLD.on("Again:"), found.header.command);
}

#[cfg(test)]
mod tests {
    use hotwash_lab::findings::{ArmInfo, Header};

    use super::*;

    #[test]
    fn pictures_show_what_lies_where() {
        let draw = |record, simulated| picture(record, simulated, 11);
        assert_eq!(draw([2.0, 4.0], [0.0, 5.0, 10.0]).unwrap(), "--===|-----");
        assert_eq!(draw([2.0, 5.0], [0.0, 5.0, 10.0]).unwrap(), "--===+-----");
        assert_eq!(draw([0.0, 0.0], [5.0, 7.0, 10.0]).unwrap(), "#....--|---");
        assert_eq!(draw([8.0, f64::INFINITY], [0.0, 1.0, 10.0]).unwrap(), "-|------===");
        assert_eq!(draw([20.0, f64::INFINITY], [0.0, 4.0, 10.0]).unwrap(), "--|---....#");
        // Nothing to draw where all is one value.
        assert_eq!(draw([3.0, 3.0], [3.0, 3.0, 3.0]), None);
    }

    fn row() -> HindcastRow {
        let exact = Estimate::exact;
        HindcastRow {
            id: "E-6".to_owned(),
            quantity: "days until somebody said so".to_owned(),
            measure: "date of toy".to_owned(),
            unit: "date".to_owned(),
            recorded: Some((3.0, 4.0)),
            recorded_text: "2019-08-02 to 2019-08-03".to_owned(),
            is_share: false,
            kind: "emergent".to_owned(),
            firmness: "B".to_owned(),
            note: String::new(),
            derived_from: Vec::new(),
            count: 100,
            share: exact(1.0),
            simulated: Some([0.0, 2.0, 50.0]),
            simulated_intervals: None,
            simulated_text: "2019-08-01 / 2019-08-02 / 2019-09-20".to_owned(),
            inside: Some(Estimate { value: 0.0, low: 0.0, high: 0.04 }),
            holds: Some(true),
            counts: true,
            alternatives: Vec::new(),
            crps: Some(0.0),
            crps_interval: Some(Estimate { value: 0.0, low: 0.0, high: 0.0001 }),
            crps_of_median: Some(1.0),
        }
    }

    fn told(row: HindcastRow, width: usize) -> String {
        let found = Hindcast {
            header: Header {
                worlds: 100,
                command: "hotwash hindcast toy".to_owned(),
                ..Header::default()
            },
            about: "A toy.".to_owned(),
            policy: ArmInfo { name: "historical".to_owned(), summary: String::new() },
            rows: vec![row],
            covered: (1, 1),
            covered_derived: (0, 0),
            startex: "2019-08-01".to_owned(),
        };
        // Without the signs that make letters bold.
        let styled = hindcast(&found, Page::new(width));
        let mut parts = styled.split('\u{1b}');
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |text, part| text + part.split_once('m').map_or("", |(_, rest)| rest))
    }

    #[test]
    fn a_row_that_holds_by_width_alone_says_so_beside_its_name() {
        let text = told(row(), 100);
        assert!(
            text.lines().any(|l| l.contains("E-6") && l.contains("holds by width only")),
            "{text}"
        );
        let few = Some(Estimate { value: 0.0, low: 0.0, high: 0.12 });
        let text = told(HindcastRow { inside: few, ..row() }, 100);
        assert!(text.contains("holds by width only"), "{text}");
        let inside = Some(Estimate { value: 0.4, low: 0.3, high: 0.5 });
        let text = told(HindcastRow { inside, ..row() }, 100);
        assert!(!text.contains("by width only"), "{text}");
    }

    #[test]
    fn lines_fit_the_narrowest_page() {
        for width in [60, 79, 80, 120] {
            let text = told(row(), width);
            let long = text.lines().find(|l| l.chars().count() > width);
            assert_eq!(long, None, "{width}: {text}");
            assert!(text.contains("2019-08-02 to 2019-08-03") && text.contains("2019-09-20"));
        }
    }

    #[test]
    fn small_scores_are_not_zero_and_all_signs_are_explained() {
        let text = told(row(), 120);
        assert!(text.contains("CRPS 0 (0 to <0.001)") && !text.contains("-0.000"), "{text}");
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            line.contains(". neither") && text.trim_end().ends_with("Again: hotwash hindcast toy")
        );
    }

    #[test]
    fn shares_are_not_rounded_to_nothing_or_all() {
        let shares = [0.0, 0.001, 0.384, 0.999, 1.0].map(percent);
        assert_eq!(shares, ["0 %", "<1 %", "38 %", ">99 %", "100 %"]);
    }
}
