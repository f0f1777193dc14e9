//! Pages: no line is longer than the reader's.

use crate::support::{finish, program, stripped};

#[test]
fn no_line_is_longer_than_the_page() {
    for (columns, widest) in [("80", 80), ("100", 100), ("160", 132)] {
        for args in [
            "list",
            "show insider-sale",
            "show insider-sale --metrics",
            "run insider-sale",
            "run insider-sale --all",
            "run insider-sale --policy by-the-book --law 2026",
            "run insider-sale --runs 20",
        ] {
            let mut command = program();
            command.env("COLUMNS", columns).args(["--color", "always"]);
            let ran = finish(command.args(args.split(' '))).ends(0);
            for line in stripped(&ran.out).lines() {
                let width = line.chars().count();
                assert!(width <= widest, "{args} at {columns}: {width}: {line}");
            }
        }
    }
}

#[test]
fn widths_that_are_none_are_harmless() {
    for columns in ["0", "1", "-3", "wide", "", "99999999999999999999999"] {
        for args in ["run insider-sale", "show insider-sale", "run insider-sale --runs 2"] {
            finish(program().env("COLUMNS", columns).args(args.split(' '))).ends(0);
        }
    }
}
