//! `pack`: the documents of an exercise.

use std::fs;

use crate::support::{Temp, hotwash};

#[test]
fn pack_writes_players_and_controllers_documents_apart() {
    let temp = Temp::new();
    let out = temp.path().join("pack");
    let dir = out.to_str().unwrap();
    let made = hotwash(&["pack", "departing-admin", "--out", dir]).ends(0).prints(&[
        "For players\n  players/situation-manual  (html, md, docx)\n",
        "controllers/msel  (xlsx, csv)",
    ]);
    assert_eq!(made.err, "");
    let count = |folder: &str| fs::read_dir(out.join(folder)).unwrap().count();
    assert_eq!((count("players"), count("controllers")), (6, 8));
    // What is there is not written over.
    hotwash(&["pack", "departing-admin", "--out", dir])
        .ends(6)
        .says(&["it exists already", "--out"]);
}

#[test]
fn a_mistake_leaves_nothing_behind() {
    let temp = Temp::new();
    let out = temp.path().join("pack");
    let dir = out.to_str().unwrap();
    hotwash(&["pack", "departing-admin", "--roles", "janitor", "--out", dir])
        .ends(2)
        .says(&["no role is called `janitor`"]);
    hotwash(&["pack", "departing-admin", "--set", "soc.analysts=900", "--out", dir])
        .ends(2)
        .says(&["900"]);
    assert!(!out.exists());
}
