//! The recorded run of a real node, repeated on the embedded network.

use akash_sdk::conformance::replay::{Compared, GasKind, Recording};
use std::path::Path;

/// The recordings, and how many transactions, blocks and queries they hold that are compared.
const RECORDINGS: [(&str, [usize; 3]); 2] =
    [("chain", [155, 192, 152]), ("chain2", [302, 316, 922])];

fn replayed(recording: &str) -> Vec<Compared> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../vectors");
    let recording = Recording::read(&directory.join(recording)).unwrap();
    recording.replay().unwrap()
}

/// Every transaction and block comes out as recorded, and every query of the state is answered so.
#[test]
fn the_recorded_run_comes_out_as_recorded() {
    for (recording, counts) in RECORDINGS {
        let compared = replayed(recording);
        for one in &compared {
            assert!(
                one.agrees(),
                "{recording}/{}\nrecorded {}\nfound    {}",
                one.name,
                one.expected,
                one.found
            );
        }
        let count = |kind: &str| {
            let of_kind = compared.iter().filter(|one| one.name.starts_with(kind));
            of_kind.count()
        };
        assert_eq!(
            ["tx/", "block/", "query/"].map(count),
            counts,
            "{recording}"
        );
    }
}

/// The model of gas against all figures of the recorded nodes: those of blocks and those of simulations, and of what was
/// refused too.
#[test]
fn gas_is_modelled() {
    for (recording, _) in RECORDINGS {
        let compared = replayed(recording);
        for kind in [GasKind::Used, GasKind::Simulated, GasKind::SimulatedWithFee] {
            let mut errors: Vec<(f64, &str)> = Vec::new();
            for one in &compared {
                for gas in one.gas.iter().filter(|gas| gas.kind == kind) {
                    let off = gas.modelled.abs_diff(gas.recorded) as f64 / gas.recorded as f64;
                    errors.push((off, &one.name));
                }
            }
            errors.sort_by(|a, b| a.0.total_cmp(&b.0));
            let median = errors[errors.len() / 2].0;
            let worst = errors[errors.len() - 1];
            println!(
                "{recording} {kind:?}: {} figures, median error {:.2} %, worst {:.2} % ({})",
                errors.len(),
                median * 100.0,
                worst.0 * 100.0,
                worst.1
            );
            assert!(errors.len() >= 60, "{kind:?}: {}", errors.len());
            assert!(median <= 0.01, "{recording} {kind:?}: {median}");
            assert!(worst.0 <= 0.115, "{recording} {kind:?}: {worst:?}");
        }
    }
}
