//! Scripts that mean harm, or are badly wrong: each ends in exactly one error at its place, soon.

use crate::world::{DECLARED, mistakes, trouble};

/// Runs a script whose `start` has this body, which must end the run; gives line and message.
fn ends(body: &str) -> (usize, String) {
    let script = format!(
        "fn hear(event) {{}} fn told(what) {{}}\nfn due(what) {{}}\nfn start() {{\n{body}\n}}"
    );
    let (file, line, _, message) = trouble(&script);
    assert_eq!(file, "auditor.rhai", "{message}");
    assert!(message.starts_with("the agent `auditor` cannot go on: "), "{message}");
    (line, message["the agent `auditor` cannot go on: ".len()..].to_owned())
}

/// The one mistake that is found when a script with this body is loaded.
fn refused(body: &str) -> String {
    let script = format!(
        "fn hear(event) {{}} fn told(what) {{}}\nfn due(what) {{}}\nfn start() {{\n{body}\n}}"
    );
    let found = mistakes(DECLARED, &script);
    assert_eq!(found.len(), 1, "{found:#?}");
    found[0].clone()
}

#[test]
fn loops_and_recursion_end() {
    assert_eq!(ends("loop { }"), (3, "a call takes over 100000 steps".to_owned()));
    assert!(ends("let x = 0; while true { x += 1; }").1.contains("over 100000 steps"));
    assert!(ends("for i in 0..9223372036854775807 { }").1.contains("over 100000 steps"));
    let (line, message) = ends("again();\n}\nfn again() {\n again();");
    assert_eq!((line, message.as_str()), (3, "functions call one another over 16 deep"));
    let mutual = ends("a();\n}\nfn a() { b(); }\nfn b() { a(); ");
    assert!(mutual.1.contains("over 16 deep"));
    // Nothing catches it, for nothing can be caught.
    assert!(refused("try { loop { } } catch { }").contains("`try` cannot be used in a script"));
}

#[test]
fn memory_is_bounded() {
    let text = ends("let s = \"x\"; loop { s += s; }");
    assert!(text.1.starts_with("a text grows over 4096 bytes"), "{text:?}");
    let pad = ends(
        "let s = \"x\"; s.replace(\"x\", \"xxxxxxxxxxxxxxxx\"); loop { s.replace(\"x\", s); }",
    );
    assert!(pad.1.starts_with("a text grows over"), "{pad:?}");
    let array = ends("let a = []; loop { a.push(a); }");
    assert!(array.1.starts_with("an array grows over"), "{array:?}");
    assert!(ends("let a = [1]; loop { a += a; }").1.contains("array grows over 1000"));
    let map = ends("let m = #{}; let i = 0; loop { i += 1; m.set(`k${i}`, i); }");
    assert!(map.1.starts_with("a map grows over 500 entries"), "{map:?}");
    let nested = ends("let a = [1]; loop { a = [a, a]; }");
    assert!(nested.1.contains("grows over"), "{nested:?}");
    let texts =
        ends("let a = []; loop { a.push(\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"); }");
    assert!(texts.1.contains("grows over"), "{texts:?}");
    // Each function may hold so many variables; each call so many functions.
    let many: String = (0..60).map(|i| format!("let v{i} = {i};")).collect();
    assert!(ends(&many).1.contains("over 48 variables"));
    assert!(
        refused("let s = \"x\"; s.pad(10000000000, \"y\");")
            .contains("no function is called `pad`")
    );
    // The interpreter would let a map grow in these ways without looking.
    for body in [
        "let m = #{}; m[\"a\"] = 1;",
        "this.m = #{}; this.m[`a${1}`] = 1;",
        "let a = [1]; a[0]=[2];",
    ] {
        assert!(refused(body).contains("a place in brackets cannot be assigned to"), "{body}");
    }
    let grown = ends("let m = #{}; let i = 0; loop { i += 1; m[`k${i}`] += 1; }");
    assert!(grown.1.contains("cannot be used between nothing"), "{grown:?}");
}

#[test]
fn what_is_kept_is_bounded() {
    let kept = ends("this.a = []; for i in 0..900 { this.a.push(i); } this.b = this.a;");
    assert!(kept.1.starts_with("an array grows over 1000 elements"), "{kept:?}");
    let deep = ends("let a = []; for i in 0..40 { a = [a]; } this.a = a;");
    assert!(deep.1.contains("nested over 16 deep"), "{deep:?}");
    let replaced = ends("this = 3;");
    assert!(replaced.1.starts_with("`this` is no longer a map"), "{replaced:?}");
}

#[test]
fn timers_notes_and_deeds_are_bounded() {
    let timers = ends("for i in 0..1000000 { after(5, \"x\"); }");
    assert!(timers.1.starts_with("over 1000 timers of the agent wait"), "{timers:?}");
    let notes = ends("for i in 0..1000 { note(\"saw\", #{ what: i }); }");
    assert!(notes.1.starts_with("over 200 entries at one instant"), "{notes:?}");
    let deeds = ends("for i in 0..1000 { evidence(\"tip\", 0.5); }");
    assert!(deeds.1.starts_with("over 100 orders and pieces of evidence"), "{deeds:?}");
    let words =
        ends("let s = \"xxxxxxxxxx\"; for i in 0..7 { s += s; } note(\"saw\", #{ what: s });");
    assert!(words.1.starts_with("a text of an entry is over 1000 bytes"), "{words:?}");
    // A timer that is due at once, for ever.
    let script = "fn hear(event) {} fn told(what) {}
fn start() { after(0, \"x\"); }
fn due(what) { after(0, \"x\"); }";
    let (_, _, _, message) = trouble(script);
    assert!(message.contains("called over 1000 times at one instant"), "{message}");
    // An order that reaches the agent itself, for ever.
    let script =
        "fn hear(event) {}\nfn start() { give(\"thank\"); }\nfn told(what) { give(\"thank\"); }";
    assert!(trouble(script).3.contains("called over 1000 times at one instant"));
    // Little at a time, but without end.
    let script = "fn hear(event) {} fn told(what) {}
fn start() { after(0.01, \"x\"); }
fn due(what) { for i in 0..20000 { } after(0.01, \"x\"); }";
    assert!(trouble(script).3.contains("over 5000000 steps in one run"));
}

#[test]
fn the_world_outside_cannot_be_reached() {
    for (body, word) in [
        ("print(\"x\");", "print"),
        ("debug(\"x\");", "debug"),
        ("eval(\"loop {}\");", "eval"),
        ("sleep(10);", "sleep"),
        ("exit(0);", "exit"),
        ("timestamp();", "timestamp"),
        ("import \"/etc/passwd\" as x;", "import"),
        ("let f = Fn(\"sleep\");", "Fn"),
        ("let x = 2.0 ** 0.5;", "**"),
        ("let x = 2.0; x **= 0.5;", "**="),
        ("let x = call(\"now\");", "call"),
    ] {
        let message = refused(body);
        assert!(message.starts_with("auditor.rhai:4:"), "{message}");
        assert!(message.contains(&format!("`{word}` cannot be used in a script")), "{message}");
    }
    for name in [
        "open_file",
        "read",
        "http_get",
        "fetch",
        "env",
        "rand",
        "random",
        "system",
        "exec",
        "get_fn_metadata_list",
        "parse_json",
        "to_json",
        "blob",
        "set_tag",
        "take",
        "sinh",
        "hypot",
        "now_utc",
        "shuffle",
        "bits",
        "fill_with",
        "mixin",
        "drain",
    ] {
        let message = refused(&format!("{name}(1);"));
        assert!(message.contains(&format!("no function is called `{name}`")), "{message}");
    }
    assert!(refused("let f = |x| x + 1;").starts_with("auditor.rhai:4:9: this cannot be read"));
    assert!(refused("let x = global::y;").contains("auditor.rhai:4:"));
}

#[test]
fn other_agents_cannot_be_read_or_commanded() {
    let mine = ends("believes(\"vendor\", \"records-taken\");");
    assert!(mine.1.starts_with("the agent cannot know what the vendor believes"), "{mine:?}");
    assert!(ends("believes(\"police\", \"records-taken\");").1.contains("cannot know"));
    assert!(ends("believes(\"nobody\", \"records-taken\");").1.contains("no party"));
    assert!(refused("reach(\"soc.contained/leak\");").contains("no milestone of this agent"));
    assert!(refused("metric(\"days-withheld\", 0);").contains("no metric of this agent"));
    assert!(refused("uniform(\"value\");").contains("no stream of this agent"));
    assert!(refused("give(\"everything\");").contains("no order of this agent"));
    // Names made at run time are checked at run time.
    assert!(ends("reach(\"soc.\" + \"contained\");").1.contains("no milestone of this agent"));
}

#[test]
fn no_number_that_is_none_gets_out() {
    for (body, part) in [
        ("metric(\"result\", 0.0 / 0.0);", "the metric's value is not a number (NaN)"),
        ("metric(\"result\", 1.0 / 0.0);", "the metric's value is infinite"),
        ("metric(\"result\", ln(0.0));", "the metric's value is minus infinite"),
        ("add(\"result\", 1e308); add(\"result\", 1e308);", "infinite"),
        ("after(sqrt(-1.0), \"x\");", "the time to wait is not a number"),
        ("chance(\"notice\", 0.0 / 0.0);", "a chance is not a number"),
        ("note(\"saw\", #{ what: 0.0 / 0.0 });", "a value of the entry is not a number"),
        ("evidence(\"tip\", 0.0 / 0.0);", "is not a number"),
        ("this.x = 0.0 / 0.0;", "`this.x` is not a number"),
        ("this.x = [#{ y: 1e308 * 10.0 }];", "`this.x` is infinite"),
        ("poisson(\"notice\", 1e300);", "the mean must lie in"),
        ("binomial(\"notice\", 10, 1.5);", "a chance must lie in 0..=1, got 1.5"),
        ("after(-1, \"x\");", "a timer cannot be due in the past"),
    ] {
        let (line, message) = ends(body);
        assert!(message.contains(part), "{body}: {message}");
        // What is kept is checked at the end of the call, and shown at the function.
        assert_eq!(line, if body.starts_with("this.") { 3 } else { 4 }, "{body}: {message}");
    }
}

#[test]
fn slips_of_the_pen_end_the_run_at_their_place() {
    for (body, part) in [
        ("let x = 9223372036854775807 + 1;", "overflow"),
        ("let x = 1 / 0;", "ivision by zero"),
        ("let x = 1 % 0;", "ivision by zero"),
        ("let a = [1]; let x = a[3];", "place 3 lies outside an array of 1"),
        ("let x = this.nothing;", "there is no field `nothing` here"),
        ("let x = \"a\" - 1;", "`-` cannot be used between a text, a whole number"),
        ("chance(3, 0.5);", "`chance` cannot be given a whole number, a number"),
        ("chance(\"notice\");", "`chance` cannot be given a text"),
        ("chance(\"notice\", \"often\");", "a chance must be a number, got a text"),
        ("after(\"2 days\", \"x\");", "duration"),
        ("after(2, \"Not a name\");", "name"),
        ("note(\"saw\", #{ what: [1] });", "the field `what` cannot be an array"),
        ("note(\"saw\");", "the entry `saw` needs the field `what`"),
        ("note(\"saw\", #{ what: 1, why: 2 });", "the entry `saw` has no field `why`"),
        ("throw \"enough\";", "the script gave up: enough"),
        ("to_int(1e300);", "no whole number that fits"),
        ("parse_int(\"many\");", "`many` is no number"),
        ("let x = 1; x.push(2);", "there is no function `push` for a whole number, a whole number"),
    ] {
        let (line, message) = ends(body);
        assert!(message.contains(part), "{body}: {message}");
        assert_eq!(line, 4, "{body}: {message}");
    }
}

#[test]
fn deep_and_long_texts_are_refused_when_read() {
    let deep = format!("let x = {}1{};", "(".repeat(5_000), ")".repeat(5_000));
    assert!(
        refused(&deep).contains("expressions stand more than 48 deep"),
        "{:.200}",
        refused(&deep)
    );
    let blocks = format!("{}{}", "if true { ".repeat(3_000), "}".repeat(3_000));
    assert!(refused(&blocks).contains("more than 48 deep"));
    let arrays = format!("let x = {}{};", "[".repeat(5_000), "]".repeat(5_000));
    assert!(refused(&arrays).contains("more than 48 deep"));
    let long = format!("let x = \"{}\";", "x".repeat(20_000));
    assert!(refused(&long).starts_with("auditor.rhai:4:"), "{:.200}", refused(&long));
    let functions: String = (0..300).map(|i| format!("fn f{i}() {{}}\n")).collect();
    assert!(refused(&format!("}}\n{functions}fn last() {{")).contains("more than 200 functions"));
    let file = format!("// {}", "x".repeat(300 << 10));
    assert!(refused(&file).contains("larger than 256 KiB"));
}
