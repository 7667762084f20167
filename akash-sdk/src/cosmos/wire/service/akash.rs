//! The chain's own services.

use super::table;

table! {
    Live "/akash.audit.v1.Query/AllProvidersAttributes"
        "akash.audit.v1.QueryAllProvidersAttributesRequest" => "akash.audit.v1.QueryProvidersResponse"
        Get "/akash/audit/v1/audit/attributes/list";
    Live "/akash.audit.v1.Query/ProviderAttributes"
        "akash.audit.v1.QueryProviderAttributesRequest" => "akash.audit.v1.QueryProvidersResponse"
        Get "/akash/audit/v1/audit/attributes/{owner}/list";
    Live "/akash.audit.v1.Query/ProviderAuditorAttributes"
        "akash.audit.v1.QueryProviderAuditorRequest" => "akash.audit.v1.QueryProvidersResponse"
        Get "/akash/audit/v1/audit/attributes/{auditor}/{owner}";
    Live "/akash.audit.v1.Query/AuditorAttributes"
        "akash.audit.v1.QueryAuditorAttributesRequest" => "akash.audit.v1.QueryProvidersResponse"
        Get "/akash/provider/v1/auditor/{auditor}/list";
    Live "/akash.audit.v1.Msg/SignProviderAttributes"
        "akash.audit.v1.MsgSignProviderAttributes" => "akash.audit.v1.MsgSignProviderAttributesResponse";
    Live "/akash.audit.v1.Msg/DeleteProviderAttributes"
        "akash.audit.v1.MsgDeleteProviderAttributes" => "akash.audit.v1.MsgDeleteProviderAttributesResponse";
    Live "/akash.bme.v1.Query/Params"
        "akash.bme.v1.QueryParamsRequest" => "akash.bme.v1.QueryParamsResponse"
        Get "/akash/bme/v1/params";
    Live "/akash.bme.v1.Query/VaultState"
        "akash.bme.v1.QueryVaultStateRequest" => "akash.bme.v1.QueryVaultStateResponse"
        Get "/akash/bme/v1/vault";
    Live "/akash.bme.v1.Query/Status"
        "akash.bme.v1.QueryStatusRequest" => "akash.bme.v1.QueryStatusResponse"
        Get "/akash/bme/v1/status";
    Live "/akash.bme.v1.Query/LedgerRecords"
        "akash.bme.v1.QueryLedgerRecordsRequest" => "akash.bme.v1.QueryLedgerRecordsResponse"
        Get "/akash/bme/v1/ledger";
    Live "/akash.bme.v1.Msg/UpdateParams"
        "akash.bme.v1.MsgUpdateParams" => "akash.bme.v1.MsgUpdateParamsResponse";
    Live "/akash.bme.v1.Msg/BurnMint"
        "akash.bme.v1.MsgBurnMint" => "akash.bme.v1.MsgBurnMintResponse";
    Live "/akash.bme.v1.Msg/MintACT"
        "akash.bme.v1.MsgMintACT" => "akash.bme.v1.MsgMintACTResponse";
    Live "/akash.bme.v1.Msg/BurnACT"
        "akash.bme.v1.MsgBurnACT" => "akash.bme.v1.MsgBurnACTResponse";
    Live "/akash.bme.v1.Msg/FundVault"
        "akash.bme.v1.MsgFundVault" => "akash.bme.v1.MsgFundVaultResponse";
    Live "/akash.cert.v1.Query/Certificates"
        "akash.cert.v1.QueryCertificatesRequest" => "akash.cert.v1.QueryCertificatesResponse"
        Get "/akash/cert/v1/certificates/list";
    Live "/akash.cert.v1.Msg/CreateCertificate"
        "akash.cert.v1.MsgCreateCertificate" => "akash.cert.v1.MsgCreateCertificateResponse";
    Live "/akash.cert.v1.Msg/RevokeCertificate"
        "akash.cert.v1.MsgRevokeCertificate" => "akash.cert.v1.MsgRevokeCertificateResponse";
    Live "/akash.deployment.v1beta4.Query/Deployments"
        "akash.deployment.v1beta4.QueryDeploymentsRequest" => "akash.deployment.v1beta4.QueryDeploymentsResponse"
        Get "/akash/deployment/v1beta4/deployments/list";
    Live "/akash.deployment.v1beta4.Query/Deployment"
        "akash.deployment.v1beta4.QueryDeploymentRequest" => "akash.deployment.v1beta4.QueryDeploymentResponse"
        Get "/akash/deployment/v1beta4/deployments/info";
    Live "/akash.deployment.v1beta4.Query/Group"
        "akash.deployment.v1beta4.QueryGroupRequest" => "akash.deployment.v1beta4.QueryGroupResponse"
        Get "/akash/deployment/v1beta4/groups/info";
    Live "/akash.deployment.v1beta4.Query/Params"
        "akash.deployment.v1beta4.QueryParamsRequest" => "akash.deployment.v1beta4.QueryParamsResponse"
        Get "/akash/deployment/v1beta4/params";
    Live "/akash.deployment.v1beta4.Msg/CreateDeployment"
        "akash.deployment.v1beta4.MsgCreateDeployment" => "akash.deployment.v1beta4.MsgCreateDeploymentResponse";
    Live "/akash.deployment.v1beta4.Msg/UpdateDeployment"
        "akash.deployment.v1beta4.MsgUpdateDeployment" => "akash.deployment.v1beta4.MsgUpdateDeploymentResponse";
    Live "/akash.deployment.v1beta4.Msg/CloseDeployment"
        "akash.deployment.v1beta4.MsgCloseDeployment" => "akash.deployment.v1beta4.MsgCloseDeploymentResponse";
    Live "/akash.deployment.v1beta4.Msg/CloseGroup"
        "akash.deployment.v1beta4.MsgCloseGroup" => "akash.deployment.v1beta4.MsgCloseGroupResponse";
    Live "/akash.deployment.v1beta4.Msg/PauseGroup"
        "akash.deployment.v1beta4.MsgPauseGroup" => "akash.deployment.v1beta4.MsgPauseGroupResponse";
    Live "/akash.deployment.v1beta4.Msg/StartGroup"
        "akash.deployment.v1beta4.MsgStartGroup" => "akash.deployment.v1beta4.MsgStartGroupResponse";
    Live "/akash.deployment.v1beta4.Msg/UpdateParams"
        "akash.deployment.v1beta4.MsgUpdateParams" => "akash.deployment.v1beta4.MsgUpdateParamsResponse";
    OffChain "/akash.discovery.v1.Discovery/GetInfo"
        "akash.discovery.v1.GetInfoRequest" => "akash.discovery.v1.GetInfoResponse"
        Get "/akash/discovery/v1/info";
    NotRegistered "/akash.downtimedetector.v1beta1.Query/RecoveredSinceDowntimeOfLength"
        "akash.downtimedetector.v1beta1.RecoveredSinceDowntimeOfLengthRequest" => "akash.downtimedetector.v1beta1.RecoveredSinceDowntimeOfLengthResponse"
        Get "/akash/downtime-detector/v1beta1/RecoveredSinceDowntimeOfLength";
    Live "/akash.epochs.v1beta1.Query/EpochInfos"
        "akash.epochs.v1beta1.QueryEpochInfosRequest" => "akash.epochs.v1beta1.QueryEpochInfosResponse"
        Get "/cosmos/epochs/v1beta1/epochs";
    Live "/akash.epochs.v1beta1.Query/CurrentEpoch"
        "akash.epochs.v1beta1.QueryCurrentEpochRequest" => "akash.epochs.v1beta1.QueryCurrentEpochResponse"
        Get "/cosmos/epochs/v1beta1/current_epoch";
    Live "/akash.escrow.v1.Query/Accounts"
        "akash.escrow.v1.QueryAccountsRequest" => "akash.escrow.v1.QueryAccountsResponse"
        Get "/akash/escrow/v1/types/accounts";
    Live "/akash.escrow.v1.Query/Payments"
        "akash.escrow.v1.QueryPaymentsRequest" => "akash.escrow.v1.QueryPaymentsResponse"
        Get "/akash/escrow/v1/types/payments";
    Live "/akash.escrow.v1.Msg/AccountDeposit"
        "akash.escrow.v1.MsgAccountDeposit" => "akash.escrow.v1.MsgAccountDepositResponse";
    OffChain "/akash.inventory.v1.NodeRPC/QueryNode"
        "google.protobuf.Empty" => "akash.inventory.v1.Node"
        Get "/v1/node";
    OffChain "/akash.inventory.v1.NodeRPC/StreamNode"
        "google.protobuf.Empty" => stream "akash.inventory.v1.Node";
    OffChain "/akash.inventory.v1.ClusterRPC/QueryCluster"
        "google.protobuf.Empty" => "akash.inventory.v1.Cluster"
        Get "/v1/inventory";
    OffChain "/akash.inventory.v1.ClusterRPC/StreamCluster"
        "google.protobuf.Empty" => stream "akash.inventory.v1.Cluster";
    Live "/akash.market.v1beta5.Query/Orders"
        "akash.market.v1beta5.QueryOrdersRequest" => "akash.market.v1beta5.QueryOrdersResponse"
        Get "/akash/market/v1beta5/orders/list";
    Live "/akash.market.v1beta5.Query/Order"
        "akash.market.v1beta5.QueryOrderRequest" => "akash.market.v1beta5.QueryOrderResponse"
        Get "/akash/market/v1beta5/orders/info";
    Live "/akash.market.v1beta5.Query/Bids"
        "akash.market.v1beta5.QueryBidsRequest" => "akash.market.v1beta5.QueryBidsResponse"
        Get "/akash/market/v1beta5/bids/list";
    Live "/akash.market.v1beta5.Query/Bid"
        "akash.market.v1beta5.QueryBidRequest" => "akash.market.v1beta5.QueryBidResponse"
        Get "/akash/market/v1beta5/bids/info";
    Live "/akash.market.v1beta5.Query/Leases"
        "akash.market.v1beta5.QueryLeasesRequest" => "akash.market.v1beta5.QueryLeasesResponse"
        Get "/akash/market/v1beta5/leases/list";
    Live "/akash.market.v1beta5.Query/Lease"
        "akash.market.v1beta5.QueryLeaseRequest" => "akash.market.v1beta5.QueryLeaseResponse"
        Get "/akash/market/v1beta5/leases/info";
    Live "/akash.market.v1beta5.Query/Params"
        "akash.market.v1beta5.QueryParamsRequest" => "akash.market.v1beta5.QueryParamsResponse"
        Get "/akash/market/v1beta5/params";
    Live "/akash.market.v1beta5.Msg/CreateBid"
        "akash.market.v1beta5.MsgCreateBid" => "akash.market.v1beta5.MsgCreateBidResponse";
    Live "/akash.market.v1beta5.Msg/CloseBid"
        "akash.market.v1beta5.MsgCloseBid" => "akash.market.v1beta5.MsgCloseBidResponse";
    Live "/akash.market.v1beta5.Msg/WithdrawLease"
        "akash.market.v1beta5.MsgWithdrawLease" => "akash.market.v1beta5.MsgWithdrawLeaseResponse";
    Live "/akash.market.v1beta5.Msg/CreateLease"
        "akash.market.v1beta5.MsgCreateLease" => "akash.market.v1beta5.MsgCreateLeaseResponse";
    Live "/akash.market.v1beta5.Msg/CloseLease"
        "akash.market.v1beta5.MsgCloseLease" => "akash.market.v1beta5.MsgCloseLeaseResponse";
    Live "/akash.market.v1beta5.Msg/LeaseStartReclaim"
        "akash.market.v1beta5.MsgLeaseStartReclaim" => "akash.market.v1beta5.MsgLeaseStartReclaimResponse";
    Live "/akash.market.v1beta5.Msg/UpdateParams"
        "akash.market.v1beta5.MsgUpdateParams" => "akash.market.v1beta5.MsgUpdateParamsResponse";
    Replaced "/akash.oracle.v1.Query/Prices"
        "akash.oracle.v1.QueryPricesRequest" => "akash.oracle.v1.QueryPricesResponse"
        Get "/akash/oracle/v1/prices";
    Replaced "/akash.oracle.v1.Query/Params"
        "akash.oracle.v1.QueryParamsRequest" => "akash.oracle.v1.QueryParamsResponse"
        Get "/akash/oracle/v1/params";
    Replaced "/akash.oracle.v1.Query/AggregatedPrice"
        "akash.oracle.v1.QueryAggregatedPriceRequest" => "akash.oracle.v1.QueryAggregatedPriceResponse"
        Get "/akash/oracle/v1/aggregated_price/{denom}";
    Replaced "/akash.oracle.v1.Msg/AddPriceEntry"
        "akash.oracle.v1.MsgAddPriceEntry" => "akash.oracle.v1.MsgAddPriceEntryResponse";
    Replaced "/akash.oracle.v1.Msg/UpdateParams"
        "akash.oracle.v1.MsgUpdateParams" => "akash.oracle.v1.MsgUpdateParamsResponse";
    Since21 "/akash.oracle.v2.Query/Prices"
        "akash.oracle.v2.QueryPricesRequest" => "akash.oracle.v2.QueryPricesResponse"
        Get "/akash/oracle/v2/prices";
    Since21 "/akash.oracle.v2.Query/Params"
        "akash.oracle.v2.QueryParamsRequest" => "akash.oracle.v2.QueryParamsResponse"
        Get "/akash/oracle/v2/params";
    Since21 "/akash.oracle.v2.Query/AggregatedPrice"
        "akash.oracle.v2.QueryAggregatedPriceRequest" => "akash.oracle.v2.QueryAggregatedPriceResponse"
        Get "/akash/oracle/v2/aggregated_price/{denom=**}";
    Since21 "/akash.oracle.v2.Msg/AddPriceEntry"
        "akash.oracle.v2.MsgAddPriceEntry" => "akash.oracle.v2.MsgAddPriceEntryResponse";
    Since21 "/akash.oracle.v2.Msg/UpdateParams"
        "akash.oracle.v2.MsgUpdateParams" => "akash.oracle.v2.MsgUpdateParamsResponse";
    OffChain "/akash.provider.lease.v1.LeaseRPC/SendManifest"
        "akash.provider.lease.v1.SendManifestRequest" => "akash.provider.lease.v1.SendManifestResponse";
    OffChain "/akash.provider.lease.v1.LeaseRPC/ServiceStatus"
        "akash.provider.lease.v1.ServiceStatusRequest" => "akash.provider.lease.v1.ServiceStatusResponse";
    OffChain "/akash.provider.lease.v1.LeaseRPC/StreamServiceStatus"
        "akash.provider.lease.v1.ServiceStatusRequest" => stream "akash.provider.lease.v1.ServiceStatusResponse";
    OffChain "/akash.provider.lease.v1.LeaseRPC/ServiceLogs"
        "akash.provider.lease.v1.ServiceLogsRequest" => "akash.provider.lease.v1.ServiceLogsResponse";
    OffChain "/akash.provider.lease.v1.LeaseRPC/StreamServiceLogs"
        "akash.provider.lease.v1.ServiceLogsRequest" => stream "akash.provider.lease.v1.ServiceLogsResponse";
    OffChain "/akash.provider.lease.v1.LeaseRPC/AttestationQuote"
        "akash.provider.lease.v1.AttestationQuoteRequest" => "akash.provider.lease.v1.AttestationQuoteResponse"
        Post "/v1/lease/attestation/quote";
    OffChain "/akash.provider.v1.ProviderRPC/GetStatus"
        "google.protobuf.Empty" => "akash.provider.v1.Status"
        Get "/v1/status";
    OffChain "/akash.provider.v1.ProviderRPC/StreamStatus"
        "google.protobuf.Empty" => stream "akash.provider.v1.Status";
    OffChain "/akash.provider.v1.ProviderRPC/BidScreening"
        "akash.provider.v1.BidScreeningRequest" => "akash.provider.v1.BidScreeningResponse"
        Post "/v1/bid-screening";
    Live "/akash.provider.v1beta4.Query/Providers"
        "akash.provider.v1beta4.QueryProvidersRequest" => "akash.provider.v1beta4.QueryProvidersResponse"
        Get "/akash/provider/v1beta4/providers";
    Live "/akash.provider.v1beta4.Query/Provider"
        "akash.provider.v1beta4.QueryProviderRequest" => "akash.provider.v1beta4.QueryProviderResponse"
        Get "/akash/provider/v1beta4/providers/{owner}";
    Live "/akash.provider.v1beta4.Msg/CreateProvider"
        "akash.provider.v1beta4.MsgCreateProvider" => "akash.provider.v1beta4.MsgCreateProviderResponse";
    Live "/akash.provider.v1beta4.Msg/UpdateProvider"
        "akash.provider.v1beta4.MsgUpdateProvider" => "akash.provider.v1beta4.MsgUpdateProviderResponse";
    Live "/akash.provider.v1beta4.Msg/DeleteProvider"
        "akash.provider.v1beta4.MsgDeleteProvider" => "akash.provider.v1beta4.MsgDeleteProviderResponse";
    Removed "/akash.take.v1.Query/Params"
        "akash.take.v1.QueryParamsRequest" => "akash.take.v1.QueryParamsResponse"
        Get "/akash/take/v1/params";
    Removed "/akash.take.v1.Msg/UpdateParams"
        "akash.take.v1.MsgUpdateParams" => "akash.take.v1.MsgUpdateParamsResponse";
    Live "/akash.wasm.v1.Query/Params"
        "akash.wasm.v1.QueryParamsRequest" => "akash.wasm.v1.QueryParamsResponse"
        Get "/akash/wasm/v1/params";
    Live "/akash.wasm.v1.Msg/UpdateParams"
        "akash.wasm.v1.MsgUpdateParams" => "akash.wasm.v1.MsgUpdateParamsResponse";
}
