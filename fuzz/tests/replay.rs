//! Every kept input through its target: the seeds in `corpus` and what once broke in `regressions`.

use std::fs;
use std::path::Path;

use akash_fuzz::TARGETS;

fn replay(folder: &str) -> usize {
    let mut inputs = 0;
    for (name, check) in TARGETS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join(folder)
            .join(name);
        let Ok(entries) = fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries {
            let path = entry.unwrap().path();
            println!("{}", path.display());
            check(&fs::read(path).unwrap());
            inputs += 1;
        }
    }
    inputs
}

#[test]
fn seeds() {
    assert!(replay("corpus") >= TARGETS.len());
}

#[test]
fn regressions() {
    replay("regressions");
}

/// A folder that no target reads would be kept in vain.
#[test]
fn every_folder_has_a_target() {
    for folder in ["corpus", "regressions"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            assert!(TARGETS.iter().any(|(target, _)| *target == name), "{name}");
        }
    }
}
