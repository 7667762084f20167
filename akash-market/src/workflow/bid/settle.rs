//! What comes of the machine's transactions.

use super::{Bid, BidStep, Decline, Desk, Effects, Stage, Withdrawal, Work};
use crate::escrow::PaymentId;
use crate::id::OrderId;
use crate::query::Key;
use crate::workflow::{Effect, Intent, Refusal, Settled};
use akash_sdl::num::DecCoin;

impl Bid {
    pub(super) fn settled(
        &mut self,
        intent: Intent,
        settled: Settled,
        desk: &mut Desk<'_>,
    ) -> Effects {
        let is_of = |work: &Work| match &work.stage {
            Stage::Bidding { intent: of, .. } | Stage::Closing { intent: of, .. } => *of == intent,
            Stage::Won { withdrawal, .. } => *withdrawal == Some(intent),
            _ => false,
        };
        let Some(id) = self
            .orders
            .iter()
            .find(|(_, work)| is_of(work))
            .map(|(id, _)| id.clone())
        else {
            return Vec::new();
        };
        let stage = self.orders.get(&id).map(|work| work.stage.clone());
        match stage {
            Some(Stage::Bidding { price, .. }) => self.bid_settled(&id, price, settled, desk),
            Some(Stage::Closing { why, .. }) => self.close_settled(&id, why, settled),
            Some(Stage::Won { .. }) => self.withdrawal_settled(&id, settled),
            _ => Vec::new(),
        }
    }

    fn bid_settled(
        &mut self,
        id: &OrderId,
        price: DecCoin,
        settled: Settled,
        desk: &mut Desk<'_>,
    ) -> Effects {
        match settled {
            Settled::Done { block, .. } => {
                let stage = Stage::Placed {
                    price: price.clone(),
                    since: block.height.0,
                };
                self.stage(id, stage);
                let bid = id.bid(self.plan.provider.clone());
                let mut effects = vec![Effect::Report(BidStep::Bid { bid, price, block })];
                if self.leaving {
                    effects.extend(self.close(id, Withdrawal::Leaving, desk));
                }
                effects
            }
            // An earlier run placed it.
            Settled::Refused(refusal) if refusal.is("market", 21) => {
                self.stage(id, Stage::Found { price });
                vec![Effect::Read(Key::Order(id.clone()))]
            }
            Settled::Refused(refusal) => {
                vec![self.decline(id, Decline::Refused { refusal }, desk)]
            }
            Settled::NeverLanded => {
                desk.inventory.release(id);
                self.stage(id, Stage::Looking);
                vec![Effect::Read(Key::Deployment(id.group.deployment.clone()))]
            }
        }
    }

    fn close_settled(&mut self, id: &OrderId, why: Withdrawal, settled: Settled) -> Effects {
        let bid = id.bid(self.plan.provider.clone());
        match settled {
            Settled::Done { block, .. } => {
                self.stage(id, Stage::Finished);
                vec![Effect::Report(BidStep::Closed { bid, why, block })]
            }
            Settled::Refused(refusal) => {
                self.stage(id, Stage::Finished);
                vec![Effect::Report(BidStep::NotClosed { bid, refusal })]
            }
            Settled::NeverLanded => {
                let intent = self.next_intent();
                self.stage(id, Stage::Closing { intent, why });
                vec![self.submit_close(intent, id)]
            }
        }
    }

    fn withdrawal_settled(&mut self, id: &OrderId, settled: Settled) -> Effects {
        let every = self.plan.withdraw_every.map_or(1, i64::from);
        let now = self.now.height.0;
        let lease = id.bid(self.plan.provider.clone()).lease();
        let settled_at = match &settled {
            Settled::Done { block, .. } => Some(block.height.0),
            Settled::Refused(refusal) if already_settled(refusal) => Some(now),
            _ => None,
        };
        if let Some(at) = settled_at {
            self.settled.insert(lease.deployment().clone(), at);
        }
        let Some(Work {
            stage:
                Stage::Won {
                    due,
                    withdrawal,
                    unread,
                    ..
                },
            ..
        }) = self.orders.get_mut(id)
        else {
            return Vec::new();
        };
        *withdrawal = None;
        match settled {
            Settled::Done { block, .. } => {
                *due = block.height.0.saturating_add(every.max(1));
                *unread = Some(block);
                vec![Effect::Read(Key::EscrowPayment(PaymentId(lease)))]
            }
            Settled::Refused(refusal) => {
                // Two blocks on: the refusal may be of the block that is taken in right after it.
                let pause = if already_settled(&refusal) {
                    2
                } else {
                    every.max(1)
                };
                *due = now.saturating_add(pause);
                vec![Effect::Report(BidStep::WithdrawalPostponed {
                    lease,
                    refusal,
                })]
            }
            Settled::NeverLanded => Vec::new(),
        }
    }
}

/// The deployment was settled by another transaction of the same block. A node that only simulates gives another code for
/// it, but the same words.
fn already_settled(refusal: &Refusal) -> bool {
    refusal.codespace == "undefined" && refusal.log.contains("couldn't find payment")
}
