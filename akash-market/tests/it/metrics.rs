//! Utilisation by the dashboard's two formulas, series of days, and figures of a small market step by step.

use akash_gpu::Card;
use akash_market::address::Address;
use akash_market::inventory::{Amount, Cluster, Node, Pool};
use akash_market::metrics::{Capacity, ProviderReport, Quantities, by_model, gpu_utilisation};
use akash_market::time::Timestamp;

const NOW: Timestamp = Timestamp::from_secs(1_000_000);

fn report(number: u8, gpus: &[(i64, i64, &[&str])], active: u64, pending: u64) -> ProviderReport {
    let quantities = |gpu| Quantities {
        gpu,
        ..Quantities::default()
    };
    ProviderReport {
        owner: Address::bech32("akash", &[number; 20]).unwrap(),
        host_uri: format!("https://provider{number}.example:8443"),
        seen: Some(NOW),
        active: quantities(active),
        pending: quantities(pending),
        cluster: Cluster {
            nodes: gpus
                .iter()
                .map(|(allocatable, allocated, cards)| Node {
                    gpu: Amount {
                        allocatable: *allocatable,
                        allocated: *allocated,
                    },
                    cards: cards
                        .iter()
                        .map(|name| Card::new("nvidia", name, "80Gi", "SXM5"))
                        .collect(),
                    ..Node::default()
                })
                .collect(),
            pools: Vec::new(),
        },
    }
}

#[test]
fn pending_counts_as_used_and_providers_without_gpus_do_not_count() {
    let reports = [
        report(1, &[(8, 3, &["h100"; 8])], 2, 1),
        report(2, &[(0, 0, &[])], 0, 0),
        // A pending reservation of a provider that has no node with GPUs: not of the series.
        report(3, &[], 0, 4),
    ];
    let found = gpu_utilisation(&reports, NOW);
    assert_eq!((found.used, found.total), (3, 8));
    assert_eq!(found.basis_points(), 3_750);
    let all = Capacity::of(&reports, NOW);
    assert_eq!((all.providers, all.total().gpu), (3, 12));
    assert_eq!(gpu_utilisation(&[], NOW).basis_points(), 0);
}

#[test]
fn a_host_counts_once_and_only_while_it_answers() {
    let mut reports = [1, 1, 2, 3].map(|n| report(n, &[(4, 1, &["a100"; 4])], 1, 0));
    reports[1].active.gpu = 9;
    // 180 minutes ago to the second still counts.
    reports[2].seen = Some(Timestamp::from_secs(NOW.unix_secs() - 180 * 60));
    reports[3].seen = Some(Timestamp::from_secs(NOW.unix_secs() - 180 * 60 - 1));
    let capacity = Capacity::of(&reports, NOW);
    assert_eq!((capacity.providers, capacity.active.gpu), (2, 2));
    reports[2].seen = None;
    assert_eq!(Capacity::of(&reports, NOW).providers, 1);
    // The first that answers counts for its host.
    reports[0].seen = None;
    assert_eq!(Capacity::of(&reports, NOW).active.gpu, 9);
}

#[test]
fn use_of_a_mixed_node_is_spread_over_its_cards() {
    let reports = [
        report(
            1,
            &[(
                8,
                4,
                &[
                    "h100", "h100", "h100", "h100", "a100", "a100", "a100", "a100",
                ],
            )],
            4,
            0,
        ),
        report(2, &[(2, 2, &["h100"; 2]), (1, 0, &[])], 2, 0),
        // More given away than there is.
        report(3, &[(1, 3, &["t4"])], 3, 0),
    ];
    let found: Vec<_> = by_model(&reports, NOW)
        .unwrap()
        .into_iter()
        .map(|m| (m.model.model, m.total, m.leased, m.basis_points))
        .collect();
    // Of six H100, 4 × ½ + 2 × 1 are in use.
    assert_eq!(
        found,
        [
            ("a100".to_owned(), 4, 2, 5_000),
            ("h100".to_owned(), 6, 4, 6_667),
            ("t4".to_owned(), 1, 1, 10_000),
        ]
    );
}

#[test]
fn what_is_left_is_counted_node_by_node() {
    let amount = |allocatable, allocated| Amount {
        allocatable,
        allocated,
    };
    let cluster = Cluster {
        nodes: vec![
            Node {
                cpu: amount(1_000, 400),
                memory: amount(10, 20),
                ..Node::default()
            },
            Node {
                cpu: amount(-1, 0),
                memory: amount(7, 0),
                ephemeral: amount(5, 5),
                ..Node::default()
            },
        ],
        pools: vec![Pool {
            class: "beta2".to_owned(),
            amount: amount(100, 1),
        }],
    };
    let left = Quantities::available(&cluster);
    assert_eq!(
        (left.cpu, left.memory, left.ephemeral, left.persistent),
        (600, 7, 0, 99)
    );
}
