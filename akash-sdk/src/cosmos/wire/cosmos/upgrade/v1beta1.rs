//! Package `cosmos.upgrade.v1beta1`.

use crate::cosmos::wire::Timestamp;
use crate::cosmos::wire::google::protobuf::Any;
use crate::cosmos::wire::message::messages;

messages! {
    "cosmos.upgrade.v1beta1";

    /// Transaction message of `/cosmos.upgrade.v1beta1.Msg/CancelUpgrade`.
    MsgCancelUpgrade "MsgCancelUpgrade" {
        /// Account allowed to do this: the gov module account, bech32.
        authority: String = 1,
    }

    /// Answer of `/cosmos.upgrade.v1beta1.Msg/CancelUpgrade`.
    MsgCancelUpgradeResponse "MsgCancelUpgradeResponse" {}

    /// Transaction message of `/cosmos.upgrade.v1beta1.Msg/SoftwareUpgrade`.
    MsgSoftwareUpgrade "MsgSoftwareUpgrade" {
        /// Account allowed to do this: the gov module account, bech32.
        authority: String = 1,
        /// Plan of an upgrade.
        plan: Plan = 2,
    }

    /// Answer of `/cosmos.upgrade.v1beta1.Msg/SoftwareUpgrade`.
    MsgSoftwareUpgradeResponse "MsgSoftwareUpgradeResponse" {}

    /// Plan of an upgrade.
    Plan "Plan" {
        /// Name.
        name: String = 1,
        /// Time of the block.
        time: Timestamp = 2,
        /// Block height.
        height: i64 = 3,
        /// Contact or hardware information.
        info: String = 4,
        /// Unused.
        upgraded_client_state: Option<Any> = 5,
    }

    /// Request of `/cosmos.upgrade.v1beta1.Query/CurrentPlan`.
    QueryCurrentPlanRequest "QueryCurrentPlanRequest" {}

    /// Answer of `/cosmos.upgrade.v1beta1.Query/CurrentPlan`.
    QueryCurrentPlanResponse "QueryCurrentPlanResponse" {
        /// Plan of an upgrade.
        plan: Option<Plan> = 1,
    }
}
