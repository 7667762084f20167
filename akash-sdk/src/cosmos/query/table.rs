//! Which request belongs to which method and answer.

use super::{Ask, List};
use crate::cosmos::wire::akash::{
    audit::v1 as audit, bme::v1 as bme, cert::v1 as cert, deployment::v1beta4 as deployment,
    epochs::v1beta1 as epochs, escrow::v1 as escrow, market::v1beta5 as market,
    oracle::v2 as oracle, provider::v1beta4 as provider, wasm::v1 as wasm,
};
use crate::cosmos::wire::cosmos::{
    auth::v1beta1 as auth,
    bank::v1beta1 as bank,
    base::query::v1beta1::{PageRequest, PageResponse},
    tx::v1beta1 as tx,
};
use async_trait::async_trait;

macro_rules! queries {
    ($($request:ty => $path:literal $answer:ty $(, $items:ident: $item:ty)?;)*) => {
        $(
            #[async_trait]
            impl Ask for $request {
                type Answer = $answer;
                const PATH: &'static str = $path;
            }
            $(
                impl List for $request {
                    type Item = $item;

                    fn set_page(&mut self, page: PageRequest) {
                        self.pagination = Some(page);
                    }

                    fn open(answer: $answer) -> (Vec<$item>, Option<PageResponse>) {
                        (answer.$items, answer.pagination)
                    }
                }
            )?
        )*

        /// The methods of this table.
        #[cfg(test)]
        pub(super) const PATHS: &[(&str, fn() -> (&'static str, &'static str))] = &[$(
            ($path, || {
                use crate::cosmos::wire::TypeUrl;
                (<$request>::TYPE_URL, <$answer>::TYPE_URL)
            }),
        )*];
    };
}

queries! {
    audit::QueryAllProvidersAttributesRequest => "/akash.audit.v1.Query/AllProvidersAttributes"
        audit::QueryProvidersResponse, providers: audit::AuditedProvider;
    audit::QueryProviderAttributesRequest => "/akash.audit.v1.Query/ProviderAttributes"
        audit::QueryProvidersResponse, providers: audit::AuditedProvider;
    audit::QueryProviderAuditorRequest => "/akash.audit.v1.Query/ProviderAuditorAttributes"
        audit::QueryProvidersResponse;
    audit::QueryAuditorAttributesRequest => "/akash.audit.v1.Query/AuditorAttributes"
        audit::QueryProvidersResponse, providers: audit::AuditedProvider;
    bme::QueryParamsRequest => "/akash.bme.v1.Query/Params" bme::QueryParamsResponse;
    bme::QueryVaultStateRequest => "/akash.bme.v1.Query/VaultState" bme::QueryVaultStateResponse;
    bme::QueryStatusRequest => "/akash.bme.v1.Query/Status" bme::QueryStatusResponse;
    bme::QueryLedgerRecordsRequest => "/akash.bme.v1.Query/LedgerRecords"
        bme::QueryLedgerRecordsResponse, records: bme::QueryLedgerRecordEntry;
    cert::QueryCertificatesRequest => "/akash.cert.v1.Query/Certificates"
        cert::QueryCertificatesResponse, certificates: cert::CertificateResponse;
    deployment::QueryDeploymentsRequest => "/akash.deployment.v1beta4.Query/Deployments"
        deployment::QueryDeploymentsResponse, deployments: deployment::QueryDeploymentResponse;
    deployment::QueryDeploymentRequest => "/akash.deployment.v1beta4.Query/Deployment"
        deployment::QueryDeploymentResponse;
    deployment::QueryGroupRequest => "/akash.deployment.v1beta4.Query/Group"
        deployment::QueryGroupResponse;
    deployment::QueryParamsRequest => "/akash.deployment.v1beta4.Query/Params"
        deployment::QueryParamsResponse;
    epochs::QueryEpochInfosRequest => "/akash.epochs.v1beta1.Query/EpochInfos"
        epochs::QueryEpochInfosResponse;
    epochs::QueryCurrentEpochRequest => "/akash.epochs.v1beta1.Query/CurrentEpoch"
        epochs::QueryCurrentEpochResponse;
    escrow::QueryAccountsRequest => "/akash.escrow.v1.Query/Accounts"
        escrow::QueryAccountsResponse, accounts: crate::cosmos::wire::akash::escrow::types::v1::Account;
    escrow::QueryPaymentsRequest => "/akash.escrow.v1.Query/Payments"
        escrow::QueryPaymentsResponse, payments: crate::cosmos::wire::akash::escrow::types::v1::Payment;
    market::QueryOrdersRequest => "/akash.market.v1beta5.Query/Orders"
        market::QueryOrdersResponse, orders: market::Order;
    market::QueryOrderRequest => "/akash.market.v1beta5.Query/Order" market::QueryOrderResponse;
    market::QueryBidsRequest => "/akash.market.v1beta5.Query/Bids"
        market::QueryBidsResponse, bids: market::QueryBidResponse;
    market::QueryBidRequest => "/akash.market.v1beta5.Query/Bid" market::QueryBidResponse;
    market::QueryLeasesRequest => "/akash.market.v1beta5.Query/Leases"
        market::QueryLeasesResponse, leases: market::QueryLeaseResponse;
    market::QueryLeaseRequest => "/akash.market.v1beta5.Query/Lease" market::QueryLeaseResponse;
    market::QueryParamsRequest => "/akash.market.v1beta5.Query/Params" market::QueryParamsResponse;
    oracle::QueryPricesRequest => "/akash.oracle.v2.Query/Prices"
        oracle::QueryPricesResponse, prices: oracle::PriceData;
    oracle::QueryParamsRequest => "/akash.oracle.v2.Query/Params" oracle::QueryParamsResponse;
    oracle::QueryAggregatedPriceRequest => "/akash.oracle.v2.Query/AggregatedPrice"
        oracle::QueryAggregatedPriceResponse;
    provider::QueryProvidersRequest => "/akash.provider.v1beta4.Query/Providers"
        provider::QueryProvidersResponse, providers: provider::Provider;
    provider::QueryProviderRequest => "/akash.provider.v1beta4.Query/Provider"
        provider::QueryProviderResponse;
    wasm::QueryParamsRequest => "/akash.wasm.v1.Query/Params" wasm::QueryParamsResponse;
    auth::QueryAccountInfoRequest => "/cosmos.auth.v1beta1.Query/AccountInfo"
        auth::QueryAccountInfoResponse;
    bank::QueryBalanceRequest => "/cosmos.bank.v1beta1.Query/Balance" bank::QueryBalanceResponse;
    bank::QueryAllBalancesRequest => "/cosmos.bank.v1beta1.Query/AllBalances"
        bank::QueryAllBalancesResponse, balances: crate::cosmos::wire::cosmos::base::v1beta1::Coin;
    bank::QuerySpendableBalancesRequest => "/cosmos.bank.v1beta1.Query/SpendableBalances"
        bank::QuerySpendableBalancesResponse, balances: crate::cosmos::wire::cosmos::base::v1beta1::Coin;
    tx::SimulateRequest => "/cosmos.tx.v1beta1.Service/Simulate" tx::SimulateResponse;
}

#[cfg(test)]
mod tests {
    use super::PATHS;
    use crate::cosmos::wire::service::{self, Status};

    #[test]
    fn every_query_of_the_chains_own_modules_is_here_with_its_types() {
        for (path, types) in PATHS {
            let rpc = service::rpc(path).unwrap();
            let (request, answer) = types();
            assert_eq!(request.trim_start_matches('/'), rpc.request, "{path}");
            assert_eq!(answer.trim_start_matches('/'), rpc.response, "{path}");
        }
        let live = service::rpcs().filter(|rpc| {
            rpc.path.starts_with("/akash.")
                && rpc.service().ends_with(".Query")
                && matches!(rpc.status, Status::Live | Status::Since21)
        });
        for rpc in live {
            assert!(
                PATHS.iter().any(|(path, _)| *path == rpc.path),
                "{}",
                rpc.path
            );
        }
    }
}
