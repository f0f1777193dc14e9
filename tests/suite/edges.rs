//! Which crate may depend on which, and where each heavy dependency lives.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, MetadataCommand};

/// Allowed edges between the project's own crates. What is not listed is forbidden.
const EDGES: &[(&str, &[&str])] = &[
    ("hotwash-engine", &[]),
    ("hotwash-incident", &["hotwash-engine"]),
    ("hotwash-agents", &["hotwash-engine", "hotwash-incident"]),
    ("hotwash-scenario", &["hotwash-engine", "hotwash-incident"]),
    ("hotwash-script", &["hotwash-engine", "hotwash-incident"]),
    ("hotwash-lab", &["hotwash-engine", "hotwash-scenario"]),
    (
        "hotwash-exercise",
        &["hotwash-engine", "hotwash-incident", "hotwash-scenario", "hotwash-lab"],
    ),
    ("hotwash-report", &["hotwash-engine", "hotwash-scenario", "hotwash-lab", "hotwash-exercise"]),
    (
        "hotwash-web",
        &[
            "hotwash-engine",
            "hotwash-incident",
            "hotwash-scenario",
            "hotwash-lab",
            "hotwash-exercise",
            "hotwash-report",
        ],
    ),
    (
        "hotwash",
        &[
            "hotwash-engine",
            "hotwash-incident",
            "hotwash-agents",
            "hotwash-script",
            "hotwash-scenario",
            "hotwash-lab",
            "hotwash-exercise",
            "hotwash-report",
            "hotwash-web",
        ],
    ),
    (
        "hotwash-tests",
        &[
            "hotwash",
            "hotwash-engine",
            "hotwash-incident",
            "hotwash-scenario",
            "hotwash-lab",
            "hotwash-exercise",
            "hotwash-report",
        ],
    ),
    (
        "hotwash-benches",
        &["hotwash", "hotwash-engine", "hotwash-scenario", "hotwash-lab", "hotwash-report"],
    ),
    ("xtask", &[]),
];

/// Each heavy dependency has one home.
const HOMES: &[(&str, &str)] = &[
    ("bevy_ecs", "hotwash-engine"),
    ("rand_chacha", "hotwash-engine"),
    ("jiff", "hotwash-engine"),
    ("schemars", "hotwash-engine"),
    ("ron", "hotwash-scenario"),
    ("annotate-snippets", "hotwash-scenario"),
    ("fmtron", "hotwash-scenario"),
    ("parquet", "hotwash-lab"),
    ("statrs", "hotwash-lab"),
    ("rust_xlsxwriter", "hotwash-report"),
    ("zip", "hotwash-report"),
    ("calamine", "hotwash-report"),
    ("axum", "hotwash-web"),
    ("tokio", "hotwash-web"),
    ("tower-http", "hotwash-web"),
    ("indicatif", "hotwash"),
    ("ctrlc", "hotwash"),
    ("clap", "hotwash"),
    ("rhai", "hotwash-script"),
    ("wasmi", "hotwash-script"),
    ("unicode-width", "hotwash"),
    ("sha2", "hotwash-exercise"),
];

/// Package by package, what it depends on outside of tests.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let metadata = MetadataCommand::new().no_deps().exec().unwrap();
    let normal = |p: &cargo_metadata::Package| {
        p.dependencies
            .iter()
            .filter(|d| d.kind == DependencyKind::Normal)
            .map(|d| d.name.clone())
            .collect()
    };
    metadata.packages.iter().map(|p| (p.name.to_string(), normal(p))).collect()
}

#[test]
fn crates_depend_only_where_the_design_allows() {
    let dependencies = dependencies();
    let allowed: BTreeMap<_, _> = EDGES.iter().copied().collect();
    for (package, uses) in &dependencies {
        let Some(may) = allowed.get(package.as_str()) else {
            panic!("crate {package} is not in the table of edges")
        };
        for other in uses.iter().filter(|u| dependencies.contains_key(*u)) {
            assert!(may.contains(&other.as_str()), "{package} must not depend on {other}");
        }
    }
}

#[test]
fn heavy_dependencies_have_one_home() {
    for (package, uses) in dependencies() {
        for (heavy, home) in HOMES {
            // The twin by hand draws from the engine's generator without the engine.
            let is_twin = package == "hotwash-benches" && *heavy == "rand_chacha";
            assert!(
                package == *home || is_twin || !uses.contains(*heavy),
                "{heavy} lives in {home}, not in {package}"
            );
        }
    }
}

/// Another crate that turns this on would change what libm-based samplers draw.
#[test]
fn num_traits_keeps_its_hands_off_the_platforms_libm() {
    let metadata = MetadataCommand::new().exec().unwrap();
    let resolve = metadata.resolve.unwrap();
    let sim_crates = ["hotwash-engine", "hotwash-incident", "hotwash-agents", "hotwash-script"];
    for node in resolve.nodes {
        let package = metadata.packages.iter().find(|p| p.id == node.id).unwrap();
        if sim_crates.contains(&package.name.as_str()) {
            let uses = node.deps.iter().any(|d| {
                d.name == "num_traits"
                    && d.dep_kinds.iter().any(|k| k.kind == DependencyKind::Normal)
            });
            assert!(!uses, "{} must draw through libm alone", package.name);
        }
    }
}
