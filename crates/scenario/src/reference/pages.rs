//! The pages: which there are, and what each is made of.

use hotwash_engine::schemars::{JsonSchema, Schema, schema_for};
use hotwash_engine::{Count, Param, number_schema};
use serde::de::DeserializeOwned;

use super::form::{Body, Field, Form, Need, Page, Sort, Type};
use super::order::{Step, declared};
use super::schema::{Known, types};
use super::written::{self, Must, Written};
use crate::course::RawLesson;
use crate::fields::Business;
use crate::format::{Briefing, WhenSpec};
use crate::hindcast::RawRow;
use crate::parameter::Spec;
use crate::policy::RawAnswer;
use crate::registry::Entry;

fn page(name: &str, sort: Sort, about: &str) -> Page {
    Page {
        name: name.to_owned(),
        sort,
        about: about.to_owned(),
        prose: Vec::new(),
        types: Vec::new(),
        orders: None,
        example: None,
    }
}

/// A page of fields that the loader reads by hand.
fn of_table(name: &str, about: &str, table: &Written) -> Page {
    let fields = table.rows.iter().map(|row| Field {
        name: row.name.to_owned(),
        form: Form::Words(row.form.to_owned()),
        need: match row.must {
            Must::Be | Must::Begin => Need::Needed,
            Must::Or("") => Need::Free,
            Must::Or(default) => Need::Default(default.to_owned()),
        },
        about: row.about.to_owned(),
    });
    let body = Body::Group(fields.collect());
    let mut page = page(name, Sort::File, about);
    page.types.push(Type { path: name.to_owned(), about: String::new(), body });
    page
}

/// A page of a type that reads itself.
fn of_type<T: JsonSchema + DeserializeOwned>(
    name: &str,
    sort: Sort,
    about: &str,
    example: &str,
) -> Page {
    let mut page = page(name, sort, about);
    add(&mut page, &schema_for!(T), name, &|path| declared::<T>(path));
    page.types[0].about.clear();
    page.example = Some(example.to_owned());
    page
}

fn add(
    page: &mut Page,
    schema: &Schema,
    path: &str,
    declared: &dyn Fn(&[Step]) -> Option<&'static [&'static str]>,
) -> usize {
    types(&Known { schema: schema.as_value(), declared }, path, &mut page.types)
}

/// A scenario with nothing in it.
pub(super) const EMPTY: &str = "\
(
    version: 1,
    name: \"quiet-week\",
    title: \"A quiet week\",
    summary: \"Nothing happens.\",
    sources: \"Nothing that ever happened.\",
    startex: \"2027-03-01 09:00\",
    lead_in: \"0d\",
    horizon: \"7d\",
)";

/// A policy for any scenario.
pub(super) const LAZY: &str = "\
(
    version: 1,
    name: \"takes-defaults\",
    summary: \"Decides nothing and lets every limit pass.\",
)";

/// A course of one lesson.
pub(super) const ONE_LESSON: &str = "\
(
    version: 1,
    title: \"One evening\",
    summary: \"A first exercise.\",
    lessons: [
        (
            name: \"first\",
            scenario: \"insider-sale\",
            title: \"First contact\",
            text: \"You run a vendor. Decide what comes up.\",
            objectives: [\"to ask before answering\"],
            pass: [AsExpected(2)],
        ),
    ],
)";

/// A record of one row.
pub(super) const ONE_ROW: &str = "\
(
    version: 1,
    about: \"A week in which nothing happened.\",
    rows: [
        (
            id: \"Q-1\",
            quantity: \"articles\",
            measure: Unscored(\"the model has no newspapers\"),
            recorded: Exactly(0),
            kind: Qualitative,
        ),
    ],
)";

/// The files and their parts.
pub(super) fn files() -> Vec<Page> {
    let mut pages = own();
    pages.extend(beside());
    pages
}

/// A scenario's own file.
fn own() -> Vec<Page> {
    let mut scenario = of_table(
        "scenario",
        "A scenario's file. It is read first; files that it includes have the same fields, all optional.",
        &written::SCENARIO,
    );
    scenario.prose.push(
        "Lists are appended in order of inclusion. Every other field, every lever and every plugin's section \
         stands once in all of the scenario's own files; sections in the library are joined with it. What a base \
         gives may be given again, or changed."
            .to_owned(),
    );
    scenario.example = Some(EMPTY.to_owned());
    vec![
        scenario,
        of_type::<Business>(
            "calendar",
            Sort::File,
            "The vendor's business hours and holidays.",
            "(holidays: [\"2027-12-24\"], opens: \"08:30\", closes: \"17:00\")",
        ),
        of_type::<Briefing>(
            "briefing",
            Sort::File,
            "What players know at STARTEX, in the situation manual.",
            "(title: \"An ordinary August\", text: \"You run a vendor.\\n\\nIt is Thursday.\")",
        ),
        of_type::<Spec>(
            "parameter",
            Sort::File,
            "A value that flags, policies, sweeps and courses may set: an entry of `parameters`. In a plugin's section \
             `Parameter(\"NAME\")` stands for it.",
            "Number(about: \"Loaves asked for in a night.\", unit: \"loaves\", default: 4, min: 1, max: 50)",
        ),
        of_table("role", "Somebody who takes part: an item of `roles`.", &written::ROLE),
        of_table(
            "objective",
            "What is to be exercised: an item of `objectives`.",
            &written::OBJECTIVE,
        ),
        of_table("decision", "What players are asked: an item of `decisions`.", &written::DECISION),
        of_table("option", "A way to answer: an item of a decision's `options`.", &written::OPTION),
        of_table("inject", "A message to players: an item of `injects`.", &written::INJECT),
        of_type::<WhenSpec>(
            "when",
            Sort::File,
            "What a decision or an inject waits for.",
            "Any([\"case.opened\", \"press.exposed\"])",
        ),
        order(),
    ]
}

/// The files that stand beside a scenario, and courses.
fn beside() -> Vec<Page> {
    let mut policy =
        of_table("policy", "A policy: `policies/NAME.ron` beside the scenario.", &written::POLICY);
    policy.example = Some(LAZY.to_owned());
    let mut hindcast = of_table(
        "hindcast",
        "What is on record of the events behind a scenario: `hindcast.ron` beside it.",
        &written::HINDCAST,
    );
    hindcast.example = Some(ONE_ROW.to_owned());
    let mut course = of_table("course", "A course: lessons in a file.", &written::COURSE);
    course.example = Some(ONE_LESSON.to_owned());
    vec![
        policy,
        of_type::<RawAnswer>(
            "answer",
            Sort::File,
            "How a policy answers a decision.",
            "RulesEvery(\"12h\", [\n    (when: All([Above(\"calls\", 50), Not(Reached(\"case.opened\"))]), \
             choose: \"warn\", after: \"6h\"),\n    (when: After(\"3d\"), choose: \"wait\"),\n])",
        ),
        hindcast,
        of_type::<RawRow>(
            "row",
            Sort::File,
            "A quantity on record: an item of a record's `rows`.",
            "(\n    id: \"S-1\",\n    quantity: \"the first article\",\n    measure: \
             Date(\"press.exposed\"),\n    recorded: Dates(\"2019-07-12\", \"2019-07-14\"),\n    \
             firmness: B,\n    kind: Emergent,\n)",
        ),
        course,
        of_type::<RawLesson>(
            "lesson",
            Sort::File,
            "A scenario to be played and what is asked: an item of a course's `lessons`.",
            "(\n    name: \"first\",\n    scenario: \"insider-sale\",\n    title: \"First contact\",\n    \
             text: \"You run a vendor.\",\n    objectives: [\"to ask before answering\"],\n    \
             pass: [AsExpected(2)],\n)",
        ),
    ]
}

fn order() -> Page {
    let mut page = page(
        "order",
        Sort::File,
        "What a plugin is told to do by an option, an inject, or orders under a name.",
    );
    page.prose.push(
        "`(\"plugin\", Order)`: the plugin's name and one of its orders. `describe PLUGIN` lists them. \
         Numbers in orders are choices and need no source."
            .to_owned(),
    );
    page.example = Some("(\"soc\", Watch(\"14d\"))".to_owned());
    page
}

/// Kinds of values that many fields take.
pub(super) fn values() -> Vec<Page> {
    let mut number = of_type_by(
        "number",
        "A number of the model: its distribution, where it is from and how well it is known.",
        &number_schema(),
        &|path| declared::<Param<Count>>(path),
    );
    number.prose.extend([
        "No number of a section stands without `source` and `firmness`. A guess's source begins with \
         `judgement:` and says why. The field says in which unit the number is and within which bounds."
            .to_owned(),
        "A range is stretched between its three points on the scale of its unit: shares by log-odds, points as \
         they are, everything else by logarithms. So the points of a range lie above 0, and those of a share \
         below 1."
            .to_owned(),
    ]);
    number.example = Some(
        "Range(p5: 30, p50: 150, p95: 800, source: \"judgement: weeks to years\", firmness: Guess)"
            .to_owned(),
    );
    vec![
        number,
        prose(
            "duration",
            "A length of time, as text with units.",
            &[
                "Units are `ms`, `s`, `min`, `h`, `d` and `w` (weeks); several may be written after each other.",
            ],
            "\"1d 12h\"",
        ),
        prose(
            "date",
            "A day, or a day and a time, of the vendor's local time.",
            &["A date without a time is the beginning of that day."],
            "\"2019-09-19 14:30\"",
        ),
        prose(
            "name",
            "A name by which files refer to something (a slug).",
            &["1 to 31 characters out of `a-z 0-9 - _ . /`, in quotes."],
            "\"empty-shelves\"",
        ),
        prose(
            "text",
            "Words for people, in quotes.",
            &[
                "Of control characters only line breaks and tabs are allowed. An empty line (`\\n\\n`) parts \
                 paragraphs. Within `r#\"..\"#` nothing is escaped.",
            ],
            "\"The baker comes on Tuesdays.\"",
        ),
        prose(
            "file",
            "The text of a file beside the scenario that is no RON.",
            &[
                "The path is relative to the scenario's folder. The file is hashed and copied with runs.",
            ],
            "File(\"clerk.txt\")",
        ),
    ]
}

fn of_type_by(
    name: &str,
    about: &str,
    schema: &Schema,
    declared: &dyn Fn(&[Step]) -> Option<&'static [&'static str]>,
) -> Page {
    let mut page = page(name, Sort::Value, about);
    add(&mut page, schema, name, declared);
    page.types[0].about.clear();
    page
}

fn prose(name: &str, about: &str, prose: &[&str], example: &str) -> Page {
    let mut page = page(name, Sort::Value, about);
    page.prose.extend(prose.iter().map(|p| (*p).to_owned()));
    page.example = Some(example.to_owned());
    page
}

/// A plugin's page: its section and its orders.
pub(super) fn plugin(entry: &dyn Entry) -> Page {
    let name = entry.name();
    let mut page = page(name, Sort::Plugin, entry.about());
    add(&mut page, &entry.schema(), name, &|path| entry.declared(path));
    let path = format!("{name}.orders");
    let orders = add(&mut page, &entry.order_schema(), &path, &|path| entry.order_declared(path));
    let takes_none =
        matches!(&page.types[orders].body, Body::Choice(variants) if variants.is_empty());
    if takes_none {
        page.types.truncate(orders);
    } else {
        page.orders = Some(orders);
    }
    page
}
