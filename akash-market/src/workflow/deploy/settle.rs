//! What comes of the machine's transactions.

use super::{Deploy, DeployFailure, DeployStep, Effects, Phase, Served};
use crate::bid::{Bid, BidState};
use crate::id::LeaseId;
use crate::time::Block;
use crate::workflow::{Effect, Intent, Settled};

impl Deploy {
    pub(super) fn settled(&mut self, intent: Intent, settled: Settled) -> Effects {
        match &self.phase {
            Phase::Opening { intent: ours } if *ours == intent => match settled {
                Settled::Done { block, .. } => self.opened(block),
                Settled::Refused(refusal) if refusal.is("deployment", 3) => {
                    self.phase = Phase::Checking { refusal };
                    self.each_block()
                }
                Settled::Refused(refusal) => self.fail(DeployFailure::Refused {
                    doing: "open the deployment".to_owned(),
                    refusal,
                }),
                Settled::NeverLanded => {
                    let intent = self.next_intent();
                    self.phase = Phase::Opening { intent };
                    vec![self.submit_opening(intent)]
                }
            },
            Phase::Leasing {
                intent: ours,
                since,
                bids,
            } if *ours == intent => {
                let (since, bids) = (*since, bids.clone());
                match settled {
                    Settled::Done { block, .. } => self.leased(block, &bids),
                    // A chosen bid is gone: look again at what is there.
                    Settled::Refused(refusal)
                        if refusal.is("market", 12) || refusal.is("market", 18) =>
                    {
                        for mut bid in bids {
                            bid.state = BidState::Closed;
                            self.book.bid(bid);
                        }
                        self.phase = Phase::Collecting { since };
                        vec![Effect::Report(DeployStep::BidGone { refusal })]
                    }
                    Settled::Refused(refusal) => self.close(DeployFailure::Refused {
                        doing: "lease".to_owned(),
                        refusal,
                    }),
                    Settled::NeverLanded => {
                        self.phase = Phase::Collecting { since };
                        self.each_block()
                    }
                }
            }
            Phase::Closing {
                intent: ours,
                failure,
            } if *ours == intent => {
                let failure = failure.clone();
                match settled {
                    Settled::Done { block, .. } => {
                        self.phase = Phase::Failed { failure };
                        vec![Effect::Report(DeployStep::Closed { block })]
                    }
                    Settled::NeverLanded => {
                        let intent = self.next_intent();
                        self.phase = Phase::Closing { intent, failure };
                        vec![self.submit_closing(intent)]
                    }
                    // Closed already, by an overdraft for instance.
                    Settled::Refused(refusal) if refusal.is("deployment", 5) => {
                        self.phase = Phase::Failed { failure };
                        Vec::new()
                    }
                    Settled::Refused(refusal) => self.fail(DeployFailure::NotClosed {
                        id: self.plan.id.clone(),
                        refusal,
                        after: failure,
                    }),
                }
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn opened(&mut self, block: Block) -> Effects {
        self.now = if block.height > self.now.height {
            block
        } else {
            self.now
        };
        self.phase = Phase::Collecting {
            since: block.height.0,
        };
        let mut effects = vec![Effect::Report(DeployStep::Opened {
            id: self.plan.id.clone(),
            block,
        })];
        effects.extend(self.each_block());
        effects
    }

    fn leased(&mut self, block: Block, bids: &[Bid]) -> Effects {
        let leases: Vec<LeaseId> = bids.iter().map(|bid| bid.id.lease()).collect();
        self.phase = Phase::Serving {
            since: block.height.0,
            leases: leases
                .iter()
                .map(|lease| Served {
                    lease: lease.clone(),
                    manifest_at: None,
                    ready: false,
                })
                .collect(),
        };
        let mut effects = vec![Effect::Report(DeployStep::Leased { leases, block })];
        effects.extend(self.each_block());
        effects
    }
}
