//! That the reference describes what the loader reads: its tables, its types, its examples.

use std::collections::BTreeSet;

use hotwash_engine::{
    Attached, Event, Hours, JsonSchema, Order, Param, Plugin, Problem, Share, SimBuilder,
    SimDuration, Slug, schemars,
};
use serde::Deserialize;

use super::pages::{EMPTY, LAZY, ONE_LESSON, ONE_ROW};
use super::{Body, Form, Found, Need, Page, Sort, Type};
use crate::course::{Course, RawLesson};
use crate::fields::Business;
use crate::files::Embedded;
use crate::format::{Briefing, WhenSpec};
use crate::hindcast::RawRow;
use crate::load::load;
use crate::parameter::Spec;
use crate::policy::RawAnswer;
use crate::read::options;
use crate::registry::Registry;

/// The section `bakery`.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only its shape is described")]
struct Bakery {
    /// Who bakes.
    zest: String,
    /// What an oven does.
    ovens: Vec<Oven>,
    /// When it opens first.
    #[schemars(extend("x-form" = "date"))]
    opens: String,
    /// Rests so long.
    rest: SimDuration,
    /// Another oven, where there is one.
    #[serde(default)]
    spare: Option<Oven>,
    /// Whether it sells tea.
    #[serde(default)]
    tea: bool,
    /// What it is like.
    mood: Mood,
    /// How it doubts.
    doubt: Doubt,
    /// Prices by name.
    prices: std::collections::BTreeMap<Slug, Param<Hours>>,
    /// Its rules.
    script: Attached,
    /// Light, then full.
    pair: (Param<Share>, Param<Hours>),
}

/// An oven.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only its shape is described")]
struct Oven {
    /// Unique.
    name: Slug,
    /// Of its bread that burns.
    burns: Param<Share>,
    /// Shelves.
    shelves: u8,
}

/// A mood.
#[derive(Clone, Deserialize, JsonSchema)]
enum Mood {
    /// Good.
    Sunny,
    /// Bad.
    Grim,
}

/// What holds itself.
#[derive(Clone, Deserialize, JsonSchema)]
#[expect(dead_code, reason = "only its shape is described")]
enum Doubt {
    /// None.
    No,
    /// Another inside.
    Of(Box<Doubt>),
    /// A span, then an oven.
    Then(SimDuration, Oven),
    /// With names.
    Both {
        /// The second in the alphabet.
        top: u32,
        /// The first.
        bottom: Option<u32>,
    },
}

/// What bakers are told.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[expect(dead_code, reason = "only its shape is described")]
enum BakeryOrder {
    /// Bakes so many.
    Bake(u32),
    /// Shuts.
    Shut,
}

impl Event for BakeryOrder {
    const NAME: &'static str = "bakery.order";
}

impl Order for BakeryOrder {}

struct Baker;

impl Plugin for Baker {
    const NAME: &'static str = "bakery";
    const ABOUT: &'static str = "bakes";
    type Config = Bakery;
    type Order = BakeryOrder;

    fn build(_: Bakery, _: &mut SimBuilder) -> Result<(), Problem> {
        Ok(())
    }
}

fn bakery() -> Page {
    let reference = Registry::new().add::<Baker>().reference();
    reference.pages.into_iter().find(|p| p.name == "bakery").unwrap()
}

fn lines(page: &Page, ty: &Type) -> Vec<String> {
    let words = |form: &Form| page.words(form, &|ty| format!("<{}>", ty.path));
    match &ty.body {
        Body::Group(fields) => fields
            .iter()
            .map(|f| {
                let need = match &f.need {
                    Need::Needed => String::new(),
                    Need::Free => " (free)".to_owned(),
                    Need::Default(value) => format!(" ({value})"),
                };
                format!("{}: {}{need} - {}", f.name, words(&f.form), f.about)
            })
            .collect(),
        Body::Choice(variants) => {
            let named = |ty: &Type| format!("<{}>", ty.path);
            variants.iter().map(|v| page.signature(v, &named)).collect()
        }
        Body::Value(form) => vec![words(form)],
    }
}

#[test]
fn a_section_is_told_in_the_words_of_its_comments() {
    let page = bakery();
    assert_eq!(
        lines(&page, &page.types[0]),
        [
            "zest: text - Who bakes.",
            "ovens: list of <bakery.ovens> - What an oven does.",
            "opens: date, or date and time - When it opens first.",
            "rest: duration - Rests so long.",
            "spare: <bakery.ovens> (free) - Another oven, where there is one.",
            "tea: true or false (false) - Whether it sells tea.",
            "mood: <bakery.mood> - What it is like.",
            "doubt: <bakery.doubt> - How it doubts.",
            "prices: map from name to number in hours, 0 to 150,000 - Prices by name.",
            "script: file - Its rules.",
            "pair: (share, 0 to 1; number in hours, 0 to 150,000) - Light, then full.",
        ]
    );
    let at = |path: &str| lines(&page, &page.types[page.at(path).unwrap()]);
    assert_eq!(at("bakery.ovens")[2], "shelves: whole number, 0 to 255 - Shelves.");
    assert_eq!(at("bakery.mood"), ["Sunny", "Grim"]);
    assert_eq!(
        at("bakery.doubt"),
        ["No", "Of(<bakery.doubt>)", "Then(duration, <bakery.ovens>)", "Both(top: .., bottom: ..)"]
    );
    let orders = &page.types[page.orders.unwrap()];
    assert_eq!(lines(&page, orders), ["Bake(whole number, 0 or more)", "Shut"]);
}

#[test]
fn the_least_example_reads() {
    let page = bakery();
    let registry = Registry::new().add::<Baker>();
    let (text, is_real) = page.example(0, None);
    assert!(!is_real);
    assert!(registry.try_section("bakery", &text).is_err(), "a file is no file before it is read");
    let text = text.replace("File(\"a-file.txt\")", "(name: \"a\", text: \"b\")");
    registry.try_section("bakery", &text).unwrap();
    assert!(text.contains("mood: Sunny") && !text.contains("spare"), "{text}");
}

#[test]
fn names_lead_to_pages_types_and_parts() {
    let reference = Registry::new().add::<Baker>().reference();
    let page = reference.pages.iter().position(|p| p.name == "bakery").unwrap();
    let number = |name: &str| reference.pages.iter().position(|p| p.name == name).unwrap();
    let ovens = reference.pages[page].at("bakery.ovens").unwrap();
    for (asked, found) in [
        ("bakery", Found::Page(page)),
        ("Decisions", Found::Page(number("decision"))),
        ("bakery.OVENS", Found::Type(page, ovens)),
        ("bakery.spare", Found::Type(page, ovens)),
        ("bakery.rest", Found::Part(page, 0, 3)),
        ("bakery.ovens.burns", Found::Part(page, ovens, 1)),
        ("burns", Found::Part(page, ovens, 1)),
        ("rule", Found::Type(number("answer"), 1)),
    ] {
        assert_eq!(reference.find(asked), [found], "{asked}");
    }
    let both = reference.find("Range");
    assert_eq!(both.len(), 2, "of numbers and of parts of a mix");
    assert!(reference.find("nowhere").is_empty());
    assert!(reference.names().contains(&"bakery.ovens"));
}

/// A value of a page that needs no scenario around it.
fn reads(page: &Page) -> Option<Result<(), String>> {
    fn as_type<T: serde::de::DeserializeOwned>(text: &str) -> Option<Result<(), String>> {
        Some(options().from_str::<T>(text).map(drop).map_err(|e| e.to_string()))
    }
    let text = page.example.as_deref()?;
    match page.name.as_str() {
        "calendar" => as_type::<Business>(text),
        "briefing" => as_type::<Briefing>(text),
        "parameter" => as_type::<Spec>(text),
        "when" => as_type::<WhenSpec>(text),
        "answer" => as_type::<RawAnswer>(text),
        "row" => as_type::<RawRow>(text),
        "lesson" => as_type::<RawLesson>(text),
        "number" => as_type::<Param<hotwash_engine::Days>>(text),
        "duration" => as_type::<SimDuration>(text),
        "name" => as_type::<Slug>(text),
        "date" => {
            let date: String = options().from_str(text).unwrap();
            Some(hotwash_engine::Calendar::new(&date).map(drop))
        }
        "text" => as_type::<String>(text),
        // A file is read in place, and an order by its plugin.
        "file" | "order" => None,
        "scenario" | "policy" | "hindcast" => None,
        "course" => None,
        other => Some(Err(format!("{other} has an example that nothing reads"))),
    }
}

#[test]
fn every_example_of_the_format_reads() {
    let reference = Registry::new().reference();
    let mut count = 0;
    for page in &reference.pages {
        if let Some(read) = reads(page) {
            read.unwrap_or_else(|e| panic!("{}: {e}", page.name));
            count += 1;
        }
    }
    assert!(count >= 11, "{count}");
    let files = Embedded::new([
        ("scenario.ron", EMPTY),
        ("policies/takes-defaults.ron", LAZY),
        ("hindcast.ron", ONE_ROW),
    ]);
    let (scenario, out) = load(&Registry::new(), &files, "scenario.ron");
    assert!(out.is_empty(), "{}", crate::render(&out, false));
    assert!(scenario.unwrap().hindcast().is_some());
    let (course, out) = Course::read("course.ron", ONE_LESSON.as_bytes().to_vec());
    assert!(course.is_some(), "{}", crate::render(&out, false));
}

#[test]
fn every_page_and_field_says_something() {
    let reference = Registry::new().reference();
    let mut names = BTreeSet::new();
    for page in &reference.pages {
        assert!(names.insert(&page.name), "{} stands twice", page.name);
        assert!(!page.about.is_empty() && page.sort != Sort::Plugin, "{}", page.name);
        for ty in &page.types {
            for at in 0..ty.parts().len() {
                let (form, about) = ty.part(at).unwrap();
                assert!(!about.is_empty(), "{}.{}", ty.path, ty.parts()[at]);
                assert!(form != Some(&Form::Any), "{}.{}", ty.path, ty.parts()[at]);
            }
        }
    }
}

/// What a table says of another page must be a page.
#[test]
fn tables_refer_to_pages_that_there_are() {
    let reference = Registry::new().reference();
    let mut links = 0;
    for page in &reference.pages {
        for ty in &page.types {
            let Body::Group(fields) = &ty.body else { continue };
            for field in fields {
                let words = page.words(&field.form, &|_| String::new());
                let Some((_, topic)) = words.split_once("`describe ") else { continue };
                let topic = topic.trim_end_matches('`');
                assert!(!reference.find(topic).is_empty(), "{}: {topic}", ty.path);
                links += 1;
            }
        }
    }
    assert!(links >= 12, "{links}");
}
