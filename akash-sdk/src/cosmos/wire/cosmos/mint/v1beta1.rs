//! Package `cosmos.mint.v1beta1`.

use crate::cosmos::wire::Dec;
use crate::cosmos::wire::message::messages;

messages! {
    "cosmos.mint.v1beta1";

    /// Parameters of the module.
    Params "Params" {
        /// Denomination that is minted.
        mint_denom: String = 1,
        /// Largest change of inflation in a year.
        inflation_rate_change: Dec = 2,
        /// Highest inflation.
        inflation_max: Dec = 3,
        /// Lowest inflation.
        inflation_min: Dec = 4,
        /// Share of stake that should be bonded.
        goal_bonded: Dec = 5,
        /// Blocks expected in a year.
        blocks_per_year: u64 = 6,
    }

    /// Request of `/cosmos.mint.v1beta1.Query/AnnualProvisions`.
    QueryAnnualProvisionsRequest "QueryAnnualProvisionsRequest" {}

    /// Answer of `/cosmos.mint.v1beta1.Query/AnnualProvisions`.
    QueryAnnualProvisionsResponse "QueryAnnualProvisionsResponse" {
        /// Coins minted in a year.
        annual_provisions: Dec = 1,
    }

    /// Request of `/cosmos.mint.v1beta1.Query/Inflation`.
    QueryInflationRequest "QueryInflationRequest" {}

    /// Answer of `/cosmos.mint.v1beta1.Query/Inflation`.
    QueryInflationResponse "QueryInflationResponse" {
        /// Yearly inflation.
        inflation: Dec = 1,
    }

    /// Request of `/cosmos.mint.v1beta1.Query/Params`.
    QueryParamsRequest "QueryParamsRequest" {}

    /// Answer of `/cosmos.mint.v1beta1.Query/Params`.
    QueryParamsResponse "QueryParamsResponse" {
        /// Parameters of the module.
        params: Params = 1,
    }
}
