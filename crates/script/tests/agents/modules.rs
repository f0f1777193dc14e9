//! Agents with a module: the same host, the same limits, the same errors.

use std::collections::BTreeMap;

use hotwash_engine::{Fault, Simulation};

use crate::world::{DECLARED, read, run, story, text};

/// A module with these functions and texts, 32 bytes apart from address 0.
fn module(texts: &[&str], imports: &str, functions: &str) -> String {
    let data: String = texts
        .iter()
        .enumerate()
        .map(|(i, text)| format!("(data (i32.const {}) \"{text}\")\n", 32 * i))
        .collect();
    format!(
        "(module\n{imports}\n(memory (export \"memory\") 1)\n{data}\n{functions}\n\
         (func (export \"hear\")) (func (export \"told\")))"
    )
}

fn world(wat: &str) -> Result<Simulation, Vec<String>> {
    let text = text(DECLARED, "module: File(\"auditor.wat\")");
    let scenario = read(&[("scenario.ron", &text), ("auditor.wat", wat)])
        .map_err(|wrong| wrong.iter().map(ToString::to_string).collect::<Vec<_>>())?;
    Ok(scenario.build(&BTreeMap::new(), None).unwrap())
}

fn sim(wat: &str) -> Simulation {
    world(wat).unwrap_or_else(|wrong| panic!("{wrong:#?}"))
}

/// The one error that ends a run whose module does this at the start.
fn ends(texts: &[&str], imports: &str, body: &str) -> String {
    let wat = module(texts, imports, &format!("(func (export \"start\") {body})"));
    match run(&mut sim(&wat), 1) {
        Err(Fault::Author { problem, .. }) => {
            assert_eq!(problem.spot.as_ref().map(|s| s.file.as_str()), Some("auditor.wat"));
            let message = problem.message;
            let begins = "the agent `auditor` cannot go on: ";
            message.strip_prefix(begins).unwrap_or_else(|| panic!("{message}")).to_owned()
        }
        other => panic!("{other:?}"),
    }
}

fn refused(wat: &str) -> String {
    let wrong = world(wat).err().unwrap();
    assert_eq!(wrong.len(), 1, "{wrong:#?}");
    wrong[0].clone()
}

const IMPORTS: &str = r#"
    (import "hotwash" "event_number" (func $number (param i32 i32) (result f64)))
    (import "hotwash" "event_is" (func $is (param i32 i32 i32 i32) (result i32)))
    (import "hotwash" "event_text" (func $text (param i32 i32 i32 i32) (result i32)))
    (import "hotwash" "metric" (func $metric (param i32 i32 f64)))
    (import "hotwash" "add" (func $add (param i32 i32 f64)))
    (import "hotwash" "after" (func $after (param f64 i32 i32)))
    (import "hotwash" "uniform" (func $uniform (param i32 i32) (result f64)))
    (import "hotwash" "field_text" (func $field_text (param i32 i32 i32 i32)))
    (import "hotwash" "note" (func $note (param i32 i32)))
    (import "hotwash" "reach" (func $reach (param i32 i32)))
"#;

#[test]
fn a_module_hears_draws_waits_and_tells() {
    let texts = ["general", "result", "notice", "what", "later", "saw", "event", "auditor.alarm"];
    let wat = module(
        &texts,
        IMPORTS,
        r#"
        (global $sum (mut f64) (f64.const 0))
        (func (export "start")
            (call $after (f64.const 30) (i32.const 128) (i32.const 5))
            (call $metric (i32.const 32) (i32.const 6) (call $uniform (i32.const 64) (i32.const 6))))
        (func (export "on_customers_complaints")
            (global.set $sum (f64.add (global.get $sum) (call $number (i32.const 0) (i32.const 7)))))
        (func (export "on_pr_statement_released") (local $len i32)
            (local.set $len (call $text (i32.const 192) (i32.const 5) (i32.const 512) (i32.const 100)))
            (call $field_text (i32.const 96) (i32.const 4) (i32.const 512) (local.get $len))
            (call $note (i32.const 160) (i32.const 3)))
        (func (export "due")
            (if (call $is (i32.const 96) (i32.const 4) (i32.const 128) (i32.const 5))
                (then (call $reach (i32.const 224) (i32.const 13)))))
        (func (export "finish") (call $add (i32.const 32) (i32.const 6) (global.get $sum)))
        "#,
    );
    let mut one = sim(&wat);
    run(&mut one, 1).unwrap();
    let first = (story(&one), one.view().metric("result").unwrap());
    assert_eq!(first.0, ["T+2d 00:00 auditor saw pr.statement-released"]);
    assert_eq!(first.1.floor(), 2.0 * 78.0 + 2.0 * 13.0);
    assert!(one.milestones().iter().flatten().any(|at| at.to_string() == "T+0d 06:00"));
    // What a module keeps is made anew: another run, and the first again.
    run(&mut one, 2).unwrap();
    assert_ne!(one.view().metric("result"), Some(first.1));
    run(&mut one, 1).unwrap();
    assert_eq!((story(&one), one.view().metric("result").unwrap()), first);
}

#[test]
fn a_script_and_a_module_draw_alike() {
    let wat = module(
        &["result", "notice"],
        IMPORTS,
        r#"(func (export "start")
            (call $metric (i32.const 0) (i32.const 6) (call $uniform (i32.const 32) (i32.const 6))))"#,
    );
    let mut one = sim(&wat);
    run(&mut one, 1).unwrap();
    let script =
        "fn start() { metric(\"result\", uniform(\"notice\")); } fn hear(e) {} fn told(w) {}";
    assert_eq!(one.view().metric("result"), crate::world::result(script, "result"));
}

#[test]
fn hostile_modules_end_in_one_error() {
    let forever = ends(&[], "", "(loop $again (br $again))");
    assert_eq!(forever, "a call takes over 2000000 units of fuel (in `start`)");
    let deep =
        module(&[], "", "(func $again (call $again)) (func (export \"start\") (call $again))");
    let fault = run(&mut sim(&deep), 1).unwrap_err().to_string();
    assert!(fault.contains("functions call one another too deep"), "{fault}");
    let grow = ends(&[], "", "(drop (memory.grow (i32.const 30000)))");
    assert!(grow.starts_with("it asks for over 64 pages of memory"), "{grow}");
    let outside = ends(&[], "", "(drop (i32.load (i32.const 9999999)))");
    assert!(outside.contains("out of bounds"), "{outside}");
    let zero = ends(&[], "", "(drop (i32.div_s (i32.const 1) (i32.const 0)))");
    assert!(zero.contains("divide by zero") || zero.contains("zero"), "{zero}");
    assert!(ends(&[], "", "(unreachable)").contains("unreachable"));
    let far = ends(&[], IMPORTS, "(call $reach (i32.const 9000000) (i32.const 4))");
    assert_eq!(far, "a text lies outside the module's memory");
    let long = ends(&[], IMPORTS, "(call $reach (i32.const 0) (i32.const -1))");
    assert_eq!(long, "a text is over 4096 bytes");
    let nan =
        ends(&["result"], IMPORTS, "(call $metric (i32.const 0) (i32.const 6) (f64.const nan))");
    assert_eq!(nan, "the metric's value is not a number (NaN)");
    let name = ends(&["soc.contained"], IMPORTS, "(call $reach (i32.const 0) (i32.const 13))");
    assert!(name.starts_with("no milestone of this agent is called `soc.contained`"), "{name}");
    let timers = ends(
        &["x"],
        IMPORTS,
        "(loop $again (call $after (f64.const 1) (i32.const 0) (i32.const 1)) (br $again))",
    );
    assert!(timers.starts_with("over 1000 timers"), "{timers}");
    let field = ends(&["none"], IMPORTS, "(drop (call $number (i32.const 0) (i32.const 4)))");
    assert!(field.contains("no such field as `none`"), "{field}");
}

#[test]
fn what_a_module_may_not_have_is_found_when_it_is_loaded() {
    let from =
        module(&[], "(import \"wasi_snapshot_preview1\" \"fd_write\" (func (param i32)))", "");
    assert!(
        refused(&from).contains("imports `wasi_snapshot_preview1.fd_write`, which is not there")
    );
    let near = module(&[], "(import \"hotwash\" \"unifrom\" (func (param i32)))", "");
    assert!(refused(&near).contains("did you mean `hotwash.uniform`?"));
    let form = module(&[], "(import \"hotwash\" \"now\" (func (param i32)))", "");
    assert!(refused(&form).contains("the module cannot be set up"), "{}", refused(&form));
    let start = module(&[], "", "(func $s) (start $s)");
    assert!(refused(&start).contains("start"), "{}", refused(&start));
    let big = "(module (memory (export \"memory\") 1000) (func (export \"hear\")))";
    assert!(refused(big).contains("the module cannot be set up"), "{}", refused(big));
    let none = "(module (func (export \"hear\")))";
    assert!(refused(none).contains("exports no memory"));
    let deaf = "(module (memory (export \"memory\") 1))";
    assert_eq!(world(deaf).err().unwrap().len(), 3, "one for each event that nobody hears");
    let takes = "(module (memory (export \"memory\") 1) (func (export \"hear\") (param i32)))";
    assert!(refused(takes).contains("`hear` must take and give nothing"));
    let broken = refused("(module\n  (func (export \"start\")\n    (i32.cont 1)))");
    assert!(broken.starts_with("auditor.wat:3:"), "{broken}");
    let deep = format!("(module {}", "(func ".repeat(20_000));
    assert!(refused(&deep).contains("cannot be read"));
    assert!(refused("nothing at all").contains("cannot be read"));
}
