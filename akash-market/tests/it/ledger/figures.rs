//! Figures of a small market, by hand.

use super::{World, provider};
use akash_market::action::Action;
use akash_market::cost::is_funded;
use akash_market::escrow::EscrowState;
use akash_market::id::Height;
use akash_market::ledger::Rules;
use akash_market::metrics::{Figures, Flow, Series, leased_models};
use akash_sdl::attribute::Attribute;
use akash_sdl::num::{Dec, Denom};

impl World {
    /// The figures at this height, whether or not anything was done in it.
    fn figures(&mut self) -> Figures {
        let block = self.block();
        self.ledger.begin_block(block);
        Figures::of(&self.ledger).unwrap()
    }
}

fn spent(figures: &Figures) -> Dec {
    figures.spent.get(&Denom::UACT).copied().unwrap_or_default()
}

#[test]
fn figures_of_a_small_market() {
    let mut world = World::new(Rules::chain());
    let empty = world.figures();
    assert_eq!((empty.deployments_ever, empty.providers), (0, 9));
    world.act(world.create(1, 2, 5_000_000));
    world.act(world.create(2, 1, 500_000));
    world.height = 10;
    let steady = world.lease(1, 1, 1, "100");
    let short = world.lease(2, 1, 1, "200000");
    let begun = world.figures();
    assert_eq!(
        (
            begun.deployments_active,
            begun.leases_ever,
            begun.leases_active
        ),
        (2, 2, 2)
    );
    assert_eq!((begun.providers_leased, begun.used.cpu), (1, 200));
    assert_eq!(begun.rates[&Denom::UACT], Dec::from_u64(200_100));
    assert_eq!(spent(&begun), Dec::ZERO);
    // 500,000 last for two blocks; what was not settled counts all the same.
    world.height = 12;
    assert_eq!(world.figures().leases_active, 2);
    assert_eq!(spent(&world.figures()), Dec::from_u64(400_200));
    // The settlement at the next height overdraws.
    world.height = 13;
    let dry = world.figures();
    assert_eq!((dry.leases_active, dry.leases_unfunded), (1, 1));
    assert_eq!(spent(&dry), Dec::from_u64(500_300));
    world.height = 30;
    let later = world.figures();
    assert_eq!(spent(&later), Dec::from_u64(502_000));
    // Settling changes nothing in what was spent.
    world.act(World::withdraw(&short));
    world.act(World::withdraw(&steady));
    let settled = world.figures();
    assert_eq!(settled.spent, later.spent);
    assert_eq!((settled.leases_active, settled.leases_unfunded), (1, 0));
    assert_eq!((settled.leases_ever, settled.deployments_active), (2, 1));
    let flow: Flow = settled.since(&begun).unwrap();
    assert_eq!((flow.blocks, flow.leases, flow.deployments), (20, 0, 0));
    assert_eq!(
        flow.spent_usd(Dec::from_u64(9)).unwrap(),
        "0.502".parse().unwrap()
    );
    let text = serde_json::to_string(&settled).unwrap();
    assert_eq!(serde_json::from_str::<Figures>(&text).unwrap(), settled);
}

/// By the chain's rules the settlement of 1 takes for the payments of 12 as well, and so does what is told before it.
#[test]
fn numbers_that_collide_are_reckoned_together() {
    for (rules, taken, paying) in [(Rules::chain(), 1_200, 2), (Rules::intended(), 850, 49_999)] {
        let mut world = World::new(rules);
        world.act(world.create(1, 1, 5_000_000));
        world.act(world.create(12, 1, 5_000_000));
        let leases = [world.lease(1, 1, 1, "100"), world.lease(12, 1, 2, "70")];
        world.wait(5);
        assert_eq!(spent(&world.figures()), Dec::from_u64(taken));
        for lease in &leases {
            world.act(World::withdraw(lease));
        }
        assert_eq!(spent(&world.figures()), Dec::from_u64(taken));
        // 500,000 at a rate of 10, beside one of 200,000.
        world.act(world.create(2, 1, 500_000));
        world.act(world.create(23, 1, 50_000_000));
        let small = world.lease(2, 1, 1, "10");
        world.lease(23, 1, 2, "200000");
        let begun = world.height;
        let pays = |world: &World, blocks: i64| {
            is_funded(&world.ledger, &world.id(2), Height(begun + blocks))
        };
        assert!(pays(&world, paying) && pays(&world, paying + 1) == (paying > 2));
        assert!(!pays(&world, paying + 2));
        // And so it is.
        world.height = begun + 3;
        let unfunded = world.figures().leases_unfunded;
        world.act(World::withdraw(&small));
        let open = world.escrow_account(2).state == EscrowState::Open;
        assert_eq!((unfunded == 0, open), (paying > 2, paying > 2));
    }
}

#[test]
fn days_add_up() {
    let mut world = World::new(Rules::chain());
    let mut series = Series::default();
    world.act(world.create(1, 1, 5_000_000));
    series.sample(world.figures()).unwrap();
    world.lease(1, 1, 1, "10");
    for _ in 0..30 {
        world.wait(2_000);
        series.sample(world.figures()).unwrap();
    }
    let days = series.days();
    assert_eq!(days.len(), 6, "360,000 seconds from the evening on");
    let total = days.iter().fold(Dec::ZERO, |sum, day| {
        let spent = day.flow.spent.get(&Denom::UACT);
        sum.add(spent.copied().unwrap_or_default()).unwrap()
    });
    assert_eq!(total, Dec::from_u64(600_000));
    assert_eq!(world.block().height, Height(60_001));
    let text = serde_json::to_string(&series).unwrap();
    assert_eq!(serde_json::from_str::<Series>(&text).unwrap(), series);
}

#[test]
fn leased_gpus_are_of_the_model_offered() {
    let mut world = World::new(Rules::chain());
    let key = "capabilities/gpu/vendor/nvidia/model/h100";
    world.act(Action::UpdateProvider {
        owner: provider(1),
        host_uri: "https://example.com:8443".to_owned(),
        attributes: vec![Attribute::new(key, "true")],
        info: akash_market::provider::ProviderInfo::default(),
    });
    let Action::CreateDeployment {
        id,
        mut groups,
        hash,
        deposit,
        ..
    } = world.create(1, 2, 5_000_000)
    else {
        panic!()
    };
    for (group, key) in groups
        .iter_mut()
        .zip(["vendor/nvidia/model/h100", "vendor/nvidia/model/*"])
    {
        let gpu = &mut group.resources[0].resources.gpu;
        gpu.units = 2;
        gpu.attributes = vec![Attribute::new(key, "true")];
    }
    world.act(Action::CreateDeployment {
        id,
        groups,
        hash,
        deposit,
        reclamation_min_window: None,
    });
    world.lease(1, 1, 1, "10");
    world.lease(1, 2, 1, "10");
    let found: Vec<(String, u64)> = leased_models(&world.ledger)
        .into_iter()
        .map(|(model, cards)| (model.model, cards))
        .collect();
    assert_eq!(found, [("*".to_owned(), 2), ("h100".to_owned(), 2)]);
}
