//! Pages are well formed, self-contained, accessible and safe, whatever the findings hold.

#[path = "../examples/gallery/invented/mod.rs"]
mod invented;

use std::collections::BTreeSet;

/// Elements without an end tag.
const VOID: [&str; 6] = ["meta", "br", "hr", "img", "input", "link"];

/// A tag as found: its name, whether it ends an element, and its attributes.
struct Tag {
    name: String,
    is_end: bool,
    attributes: Vec<(String, String)>,
}

/// The tags and the text between them. Panics where a tag is not written as it must be.
fn parse(page: &str) -> (Vec<Tag>, Vec<String>) {
    let (mut tags, mut texts) = (Vec::new(), Vec::new());
    let mut rest = page.strip_prefix("<!DOCTYPE html>").expect("a doctype");
    while let Some(start) = rest.find('<') {
        texts.push(rest[..start].to_owned());
        let end = start + rest[start..].find('>').expect("a tag ends");
        let tag = self::tag(&rest[start + 1..end]);
        rest = &rest[end + 1..];
        // A style sheet is text up to its end.
        if tag.name == "style" && !tag.is_end {
            let end = rest.find("</style>").expect("a style sheet ends");
            rest = &rest[end..];
        }
        tags.push(tag);
    }
    texts.push(rest.to_owned());
    (tags, texts)
}

fn tag(text: &str) -> Tag {
    let (is_end, text) = text.strip_prefix('/').map_or((false, text), |t| (true, t));
    let (name, mut rest) = text.split_once(' ').unwrap_or((text, ""));
    assert!(!name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric()), "tag <{text}>");
    let mut attributes = Vec::new();
    while let Some((key, value)) = rest.split_once("=\"") {
        let (value, after) = value.split_once('"').expect("an attribute's value ends");
        let key = key.trim();
        assert!(key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'), "attribute {key}");
        attributes.push((key.to_owned(), value.to_owned()));
        rest = after;
    }
    assert!(rest.trim().is_empty(), "an attribute without a value in <{text}>");
    Tag { name: name.to_owned(), is_end, attributes }
}

fn is_escaped(text: &str) -> bool {
    text.split('&')
        .skip(1)
        .all(|t| ["amp;", "lt;", "gt;", "quot;"].iter().any(|e| t.starts_with(e)))
}

/// Pages of studies and of sessions.
fn all() -> Vec<(String, String)> {
    invented::pages().into_iter().chain(invented::washes()).collect()
}

#[test]
fn tags_are_balanced_and_texts_escaped() {
    for (name, page) in all() {
        let (tags, texts) = parse(&page);
        let mut open: Vec<&str> = Vec::new();
        for tag in &tags {
            if tag.is_end {
                assert_eq!(
                    open.pop(),
                    Some(tag.name.as_str()),
                    "{name}: an end tag without its start"
                );
            } else if !VOID.contains(&tag.name.as_str()) {
                open.push(&tag.name);
            }
        }
        assert!(open.is_empty(), "{name}: {open:?} never end");
        assert!(texts.iter().all(|t| is_escaped(t)), "{name}: an ampersand by itself");
        for (key, value) in tags.iter().flat_map(|t| &t.attributes) {
            assert!(is_escaped(value), "{name}: {key}={value}");
        }
    }
}

#[test]
fn nothing_is_asked_of_a_network_and_nothing_runs() {
    for (name, page) in all() {
        let without_namespace = page.replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
        for word in ["http:", "https:", "//", "url(h", "@import", "<script", "<iframe", "<object"] {
            assert!(!without_namespace.contains(word), "{name} holds {word}");
        }
        let (tags, _) = parse(&page);
        for tag in &tags {
            for (key, value) in &tag.attributes {
                assert!(!key.starts_with("on"), "{name}: {key} on <{}>", tag.name);
                let is_link = ["href", "src", "data", "action"].contains(&key.as_str());
                assert!(!is_link || value.starts_with('#'), "{name}: {key}={value}");
            }
        }
    }
}

#[test]
fn hostile_characters_do_not_come_through() {
    for (name, page) in all() {
        let is_bad =
            |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(!page.contains(is_bad), "{name}");
    }
}

#[test]
fn pictures_have_titles_descriptions_and_axes_with_units() {
    let mut pictures = 0;
    for (name, page) in all() {
        let (tags, _) = parse(&page);
        let ids: Vec<&str> = attribute(&tags, "id").collect();
        let distinct: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), distinct.len(), "{name}: an id is used twice");
        for key in ["aria-labelledby", "aria-describedby"] {
            assert!(attribute(&tags, key).all(|id| distinct.contains(id)), "{name}: {key}");
        }
        for svg in page.split("<svg").skip(1) {
            let svg = svg.split("</svg>").next().unwrap_or_default();
            assert!(svg.contains("role=\"img\"") && svg.contains("viewBox="), "{name}");
            let inner = |tag: &str| {
                let from = svg.split_once(&format!("<{tag} id=")).expect("it is there").1;
                from.split_once('>').map(|(_, t)| t.starts_with('<')).unwrap_or(true)
            };
            assert!(!inner("title") && !inner("desc"), "{name}: an empty title or description");
            // The hindcast has an axis per row, with the unit at its ends.
            let has_axis = svg.contains("axis-title") || svg.contains("on record, a point");
            assert!(has_axis, "{name}: no axis has a title");
            pictures += 1;
        }
    }
    assert!(pictures > 100, "{pictures} pictures");
}

fn attribute<'a>(tags: &'a [Tag], key: &'a str) -> impl Iterator<Item = &'a str> {
    let all = tags.iter().flat_map(|t| &t.attributes);
    all.filter(move |(k, _)| k == key).map(|(_, v)| v.as_str())
}

#[test]
fn axis_titles_name_the_unit() {
    let page = hotwash_report::comparison(&invented::comparison(2));
    for unit in
        ["cost-vendor in USD", "time-to-discover/leak, days", "trust, points", "% of worlds"]
    {
        assert!(page.contains(unit), "{unit}");
    }
    let page = hotwash_report::frontier(&invented::frontier());
    assert!(page.contains(">cost-vendor, USD (less is better)<"));
    let page = hotwash_report::value(&invented::value());
    assert!(page.contains("answer: victims, customers<"));
}

#[test]
fn coordinates_are_numbers_on_the_canvas() {
    for (name, page) in all() {
        let (tags, _) = parse(&page);
        for key in ["x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "width", "height", "d"] {
            for value in attribute(&tags, key) {
                let numbers = value.split(|c: char| "MLZ ".contains(c)).filter(|n| !n.is_empty());
                for number in numbers.filter(|n| !n.contains("device")) {
                    let number: f64 = number.parse().unwrap_or(f64::NAN);
                    assert!(number.abs() < 3_000.0, "{name}: {key}={value}");
                }
            }
        }
    }
}

#[test]
fn the_same_finding_gives_the_same_bytes() {
    assert!(all() == all());
}

#[test]
fn every_page_can_be_found_again_and_says_when_it_is_partial() {
    for (name, page) in invented::pages().into_iter().filter(|(n, _)| !n.contains("hostile")) {
        for fact in ["quiet-valley", "2,000", "9f2c4be1a07d5533", "hotwash 0.1.0", "<code>hotwash "]
        {
            assert!(page.contains(fact), "{name} lacks {fact}");
        }
        // The head has the command once, and each picture may be cut out with its caption.
        let commands = page.matches("<code>hotwash ").count();
        assert_eq!(commands, 1 + page.matches("<figcaption>").count(), "{name}");
        assert_eq!(page.contains("Partial result"), name.starts_with("strange-many"), "{name}");
    }
}

#[test]
fn a_sentence_stands_where_there_is_nothing_to_draw() {
    let pages = invented::pages();
    let page = |name: &str| &pages.iter().find(|(n, _)| n == name).expect("it is there").1;
    for (name, sentence) in [
        ("strange-none-1", "No policy was run."),
        ("strange-one-policy-1", "There is one policy, so nothing can be compared."),
        ("strange-equal-1", "There is no loss in any world: cost-vendor is never above zero."),
        ("strange-frontier-1", "No policy was found for which both cost and harm are known."),
        ("strange-hindcast-1", "No fact on record can be set beside a simulated one."),
        ("strange-sensitivity-1", "No number of the model was moved."),
        ("strange-sensitivity-2", "None of 30 numbers moves victims at all."),
        ("strange-sweep-1", "No effect of a single factor was estimated."),
        ("strange-value-1", "No decision was examined."),
    ] {
        assert!(page(name).contains(sentence), "{name} lacks: {sentence}");
    }
}

#[test]
fn overlapping_intervals_are_hedged_and_clear_ones_are_not() {
    let mut finding = invented::comparison(2);
    finding.losses[0].curves[1] = finding.losses[0].curves[0].clone();
    for metric in &mut finding.metrics {
        metric.arms[1] = metric.arms[0].clone();
    }
    let page = hotwash_report::comparison(&finding);
    assert_eq!(page.matches("the intervals overlap, so this order may be chance").count() % 2, 0);
    assert!(page.contains("the intervals overlap, so this order may be chance"));
    let page = hotwash_report::comparison(&invented::comparison(5));
    assert!(!page.contains("the intervals overlap, so this order may be chance"));
}

#[test]
fn shares_that_do_not_sum_are_said_not_to() {
    let mut finding = invented::value();
    assert!(!hotwash_report::value(&finding).contains("not shared out"));
    let shapley = finding.shapley.as_mut().expect("it is there");
    shapley.differences[0].value += 100.0;
    assert!(hotwash_report::value(&finding).contains("not shared out"));
}

#[test]
fn better_lies_right_whichever_way_a_metric_counts() {
    // One pair, better by the same share of the width in a metric that is better low and one that is
    // better high: both marks lie at the same place.
    let mut finding = invented::comparison(2);
    let place = |finding: &hotwash_lab::findings::Comparison| -> String {
        let page = hotwash_report::comparison(finding);
        let from = page.find("differences-better-0").or_else(|| page.find("differences-worse-0"));
        let svg = &page[from.expect("the forest")..];
        let mark = svg.find("class=\"solid f1 c1\" d=\"").expect("a filled mark");
        svg[mark..].split('"').nth(3).unwrap_or_default().to_owned()
    };
    finding.metrics.truncate(1);
    finding.metrics[0].pairs[0].is_clear = true;
    finding.metrics[0].pairs[0].difference = invented::e(-300.0, 10.0);
    let lower = place(&finding);
    finding.metrics[0].measure.better = "higher";
    finding.metrics[0].pairs[0].difference = invented::e(300.0, 10.0);
    assert_eq!(lower, place(&finding));
    finding.metrics[0].pairs[0].difference = invented::e(-300.0, 10.0);
    assert_ne!(lower, place(&finding));
}

#[test]
fn decisions_and_shares_are_called_clear_only_where_the_finding_says_so() {
    let mut finding = invented::value();
    let clear = |f: &hotwash_lab::findings::Value| {
        let page = hotwash_report::value(f);
        (
            page.matches("class=\"solid f").count(),
            page.contains("] better<") || page.contains("] worse<"),
        )
    };
    let (marks, words) = clear(&finding);
    assert!(marks > 0 && words);
    // The same figures and intervals, none of them clear when looked at together.
    let options = finding.decisions.iter_mut().flat_map(|d| &mut d.options);
    options.flat_map(|o| &mut o.effects).for_each(|e| e.is_clear = false);
    let shapley = finding.shapley.as_mut().expect("it is there");
    shapley.choices.iter_mut().for_each(|c| c.is_clear = vec![false; 2]);
    assert_eq!(clear(&finding), (0, false));
    // Fewer worlds behind the second metric's shares are named.
    assert!(hotwash_report::value(&finding).contains("N = 1,800 of 2,000 worlds"));
}

#[test]
fn a_difference_that_few_worlds_make_is_too_few() {
    let mut finding = invented::comparison(2);
    finding.metrics.truncate(1);
    let pair = &mut finding.metrics[0].pairs[0];
    pair.difference = invented::e(-300.0, 10.0);
    pair.is_clear = true;
    assert!(hotwash_report::comparison(&finding).contains("\u{2212}290] better<"));
    let pair = &mut finding.metrics[0].pairs[0];
    pair.better[1].value = 1.0 - 12.0 / pair.count as f64;
    pair.is_clear = false;
    let page = hotwash_report::comparison(&finding);
    assert!(page.contains("\u{2212}290] too few<") && !page.contains("] better<"));
}

#[test]
fn a_hindcast_says_what_the_text_says() {
    let mut finding = invented::hindcast();
    let page = hotwash_report::hindcast(&finding);
    for words in [
        "Of 5 emergent rows that can be scored and follow from no other, 4 overlap",
        "Of 1 that follow from others, 1 do; they are not counted.",
        "DOES NOT HOLD",
        "follows from H3",
        "also on record: 26 to 30 days: holds (C, the regulator's decision)",
        "31.4 [29.2, 33.6]",
    ] {
        assert!(page.contains(words), "{words}");
    }
    // A record without an upper end is drawn to the end of its axis.
    let marks = |page: &str| page.matches("class=\"record\"").count();
    finding.rows[3].recorded = Some((19.0, f64::INFINITY));
    assert_eq!(marks(&hotwash_report::hindcast(&finding)), marks(&page) + 3);
}

#[test]
fn a_sweep_tells_changes_from_the_first_level_and_over_how_many_worlds() {
    let mut finding = invented::sweep(false);
    finding.metrics[0].worlds = 77;
    finding.metrics[0].changes[0].effect = hotwash_lab::stats::Estimate::exact(0.0);
    finding.metrics[0].changes[1].effect = invented::e(-9.0, 2.0);
    let page = hotwash_report::sweep(&finding);
    for words in [
        "N = 77 of 2,000 worlds",
        "0 in every world no effect",
        "\u{2212}7.0] better",
        "Each by itself: 71\u{a0}% of the variance between the combinations; with pairs: 93\u{a0}%.",
    ] {
        assert!(page.contains(words), "{words}");
    }
    finding.metrics[0].worlds = 1;
    let page = hotwash_report::sweep(&finding);
    assert!(page.contains("in 1 of 2,000 worlds: nothing can be compared"));
}

#[test]
fn numbers_that_did_nothing_or_are_out_of_reach_are_said_to() {
    let page = hotwash_report::sensitivity(&invented::sensitivity());
    for words in [
        "Of 30 numbers in the model, 25 had an effect",
        "4 showed none under either policy in 20 trajectories",
        "1 more are read before runs begin",
        "N = 1,024 rows of the sample",
        "46\u{a0}% [41, 51] is explained by the guesses examined",
        "The ranking is turned by",
        ">TURNS<",
    ] {
        assert!(page.contains(words), "{words}");
    }
}
