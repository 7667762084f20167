//! Package `cosmos.mint.v1beta1`.

use crate::cosmos::wire::Dec;
use crate::cosmos::wire::message::messages;

messages! {
    "cosmos.mint.v1beta1";

    /// Parameters of the module.
    Params "Params" {
        /// Mint denom.
        mint_denom: String = 1,
        /// Inflation rate.
        inflation_rate: Dec = 2,
        /// Blocks per year.
        blocks_per_year: u64 = 6,
    }

    /// Request of `/cosmos.mint.v1beta1.Query/AnnualProvisions`.
    QueryAnnualProvisionsRequest "QueryAnnualProvisionsRequest" {}

    /// Answer of `/cosmos.mint.v1beta1.Query/AnnualProvisions`.
    QueryAnnualProvisionsResponse "QueryAnnualProvisionsResponse" {
        /// Annual provisions.
        annual_provisions: Dec = 1,
    }

    /// Request of `/cosmos.mint.v1beta1.Query/Inflation`.
    QueryInflationRequest "QueryInflationRequest" {}

    /// Answer of `/cosmos.mint.v1beta1.Query/Inflation`.
    QueryInflationResponse "QueryInflationResponse" {
        /// Inflation.
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
