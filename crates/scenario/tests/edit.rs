//! Injects of the sample changed from outside its files, and the forms that they come in.

#![expect(clippy::unwrap_used, reason = "a test's mistakes are its own")]

mod common;

use common::{load_files, sample};
use hotwash_scenario::{InjectDraft, InjectEdit, Scenario, WhenSpec};

fn shop() -> Scenario {
    load_files(&sample()).0.unwrap()
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn change(draft: InjectDraft) -> InjectEdit {
    InjectEdit::Change("letter".to_owned(), draft)
}

#[test]
fn a_form_is_read_checked_and_may_be_left_out() {
    assert_eq!(shop().injects()[0].form, "letter");
    let with = |form: &str| {
        let mut files = sample();
        let file = files.get_mut("scenario.ron").unwrap();
        *file = file.replace(", form: \"letter\"", form);
        load_files(&files)
    };
    assert_eq!(with("").0.unwrap().injects()[0].form, "memo");
    assert_eq!(with(", form: Some(\"email\")").0.unwrap().injects()[0].form, "email");
    let (none, problems) = with(", form: \"leter\"");
    assert!(none.is_none());
    let shown: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let shown = shown.join("\n");
    assert!(shown.contains("no form of message is called `leter`"), "{shown}");
    assert!(shown.contains("did you mean `letter`?"), "{shown}");
}

#[test]
fn injects_are_changed_dropped_and_added() {
    let shop = shop();
    let draft =
        InjectDraft { at: text("2019-08-21 08:30"), text: text("Pay."), ..Default::default() };
    let changed = shop.with_injects(&[change(draft)]).unwrap();
    let inject = &changed.injects()[0];
    assert_eq!(inject.cue.when, WhenSpec::At("2019-08-21 08:30".to_owned()));
    assert_eq!((inject.text.as_str(), inject.from.as_str()), ("Pay.", "the landlord"));
    assert_eq!(inject.audience, shop.injects()[0].audience);
    let dropped = shop.with_injects(&[InjectEdit::Drop("letter".to_owned())]).unwrap();
    assert!(dropped.injects().is_empty());
    let new = InjectDraft {
        at: text("2019-08-02"),
        from: text("a cat"),
        form: text("call"),
        text: text("Miaow."),
        to: Some(vec!["The Owner".to_owned(), "press".to_owned()]),
    };
    let more = shop.with_injects(&[InjectEdit::Add("cat".to_owned(), new)]).unwrap();
    let cat = &more.injects()[1];
    assert_eq!(cat.to, ["owner", "press"], "a role may be called by its title");
    assert!(cat.orders.is_empty());
    assert!(more.build(&std::collections::BTreeMap::new(), None).is_ok());
}

#[test]
fn what_was_so_already_is_left_alone() {
    let shop = shop();
    let was = &shop.injects()[0];
    let draft = InjectDraft {
        at: text("2019-08-20 10:00"),
        from: text(&was.from),
        form: text(&was.form),
        text: text(&was.text),
        to: Some(vec!["legal".to_owned(), "owner".to_owned()]),
    };
    let same = shop.with_injects(&[change(draft)]).unwrap();
    assert_eq!(same.injects()[0].to, was.to);
    assert_eq!(same.injects()[0].cue.when, was.cue.when);
}

#[test]
fn every_mistake_of_every_edit_is_told() {
    let wrong = InjectDraft {
        at: text("2029-01-01"),
        from: text(" "),
        form: text("pigeon"),
        text: text("a\u{1b}[2Jb"),
        to: Some(vec!["nobody-here".to_owned()]),
    };
    let edits = [
        change(wrong),
        InjectEdit::Drop("leter".to_owned()),
        InjectEdit::Add("letter".to_owned(), InjectDraft::default()),
        InjectEdit::Add("Not A Name".to_owned(), InjectDraft::default()),
    ];
    let told = shop().with_injects(&edits).unwrap_err();
    let of = |edit: usize| {
        told.iter().filter(|(at, _)| *at == edit).map(|(_, why)| why.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(of(0).len(), 5, "{told:#?}");
    assert_eq!(of(1), ["no inject is called `leter` (did you mean `letter`?)"]);
    assert!(of(2)[0].contains("is called `letter` already"), "{told:#?}");
    assert_eq!(of(2).len(), 5, "{told:#?}");
    assert_eq!(of(3).len(), 1, "{told:#?}");
}
