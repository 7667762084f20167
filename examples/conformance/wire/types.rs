//! Every message type, reachable by its full name.

use akash_sdk::cosmos::wire::TypeUrl;
use prost::DecodeError;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Decodes a message and encodes it again.
pub(super) type Recode = fn(&[u8]) -> Result<Vec<u8>, DecodeError>;

/// How the message with this name is read and written.
pub(super) fn recode(name: &str) -> Option<Recode> {
    static ALL: LazyLock<BTreeMap<&'static str, Recode>> = LazyLock::new(all);
    ALL.get(name).copied()
}

fn again<M: TypeUrl>(bytes: &[u8]) -> Result<Vec<u8>, DecodeError> {
    Ok(M::decode(bytes)?.encode_to_vec())
}

macro_rules! types {
    ($($module:ident { $($name:ident)* })*) => {
        fn all() -> BTreeMap<&'static str, Recode> {
            BTreeMap::from([ $($( (
                <modules::$module::$name as TypeUrl>::FULL_NAME,
                again::<modules::$module::$name> as Recode,
            ), )*)* ])
        }
    };
}

/// The modules under one name each.
mod modules {
    use akash_sdk::cosmos::wire;

    pub(super) use wire::akash::audit::v1 as akash_audit_v1;
    pub(super) use wire::akash::base::attributes::v1 as akash_base_attributes_v1;
    pub(super) use wire::akash::base::deposit::v1 as akash_base_deposit_v1;
    pub(super) use wire::akash::base::offchain::sign::v1 as akash_base_offchain_sign_v1;
    pub(super) use wire::akash::base::resources::v1beta4 as akash_base_resources_v1beta4;
    pub(super) use wire::akash::bme::v1 as akash_bme_v1;
    pub(super) use wire::akash::cert::v1 as akash_cert_v1;
    pub(super) use wire::akash::deployment::v1 as akash_deployment_v1;
    pub(super) use wire::akash::deployment::v1beta4 as akash_deployment_v1beta4;
    pub(super) use wire::akash::discovery::v1 as akash_discovery_v1;
    pub(super) use wire::akash::downtimedetector::v1beta1 as akash_downtimedetector_v1beta1;
    pub(super) use wire::akash::epochs::v1beta1 as akash_epochs_v1beta1;
    pub(super) use wire::akash::escrow::id::v1 as akash_escrow_id_v1;
    pub(super) use wire::akash::escrow::types::v1 as akash_escrow_types_v1;
    pub(super) use wire::akash::escrow::v1 as akash_escrow_v1;
    pub(super) use wire::akash::inventory::v1 as akash_inventory_v1;
    pub(super) use wire::akash::manifest::v2beta3 as akash_manifest_v2beta3;
    pub(super) use wire::akash::market::v1 as akash_market_v1;
    pub(super) use wire::akash::market::v1beta5 as akash_market_v1beta5;
    pub(super) use wire::akash::oracle::v1 as akash_oracle_v1;
    pub(super) use wire::akash::oracle::v2 as akash_oracle_v2;
    pub(super) use wire::akash::provider::lease::v1 as akash_provider_lease_v1;
    pub(super) use wire::akash::provider::v1 as akash_provider_v1;
    pub(super) use wire::akash::provider::v1beta4 as akash_provider_v1beta4;
    pub(super) use wire::akash::take::v1 as akash_take_v1;
    pub(super) use wire::akash::wasm::v1 as akash_wasm_v1;
    pub(super) use wire::cosmos::auth::v1beta1 as cosmos_auth_v1beta1;
    pub(super) use wire::cosmos::authz::v1beta1 as cosmos_authz_v1beta1;
    pub(super) use wire::cosmos::bank::v1beta1 as cosmos_bank_v1beta1;
    pub(super) use wire::cosmos::base::abci::v1beta1 as cosmos_base_abci_v1beta1;
    pub(super) use wire::cosmos::base::node::v1beta1 as cosmos_base_node_v1beta1;
    pub(super) use wire::cosmos::base::query::v1beta1 as cosmos_base_query_v1beta1;
    pub(super) use wire::cosmos::base::tendermint::v1beta1 as cosmos_base_tendermint_v1beta1;
    pub(super) use wire::cosmos::base::v1beta1 as cosmos_base_v1beta1;
    pub(super) use wire::cosmos::crypto::ed25519 as cosmos_crypto_ed25519;
    pub(super) use wire::cosmos::crypto::multisig as cosmos_crypto_multisig;
    pub(super) use wire::cosmos::crypto::multisig::v1beta1 as cosmos_crypto_multisig_v1beta1;
    pub(super) use wire::cosmos::crypto::secp256k1 as cosmos_crypto_secp256k1;
    pub(super) use wire::cosmos::distribution::v1beta1 as cosmos_distribution_v1beta1;
    pub(super) use wire::cosmos::feegrant::v1beta1 as cosmos_feegrant_v1beta1;
    pub(super) use wire::cosmos::gov::v1 as cosmos_gov_v1;
    pub(super) use wire::cosmos::mint::v1beta1 as cosmos_mint_v1beta1;
    pub(super) use wire::cosmos::slashing::v1beta1 as cosmos_slashing_v1beta1;
    pub(super) use wire::cosmos::staking::v1beta1 as cosmos_staking_v1beta1;
    pub(super) use wire::cosmos::tx::signing::v1beta1 as cosmos_tx_signing_v1beta1;
    pub(super) use wire::cosmos::tx::v1beta1 as cosmos_tx_v1beta1;
    pub(super) use wire::cosmos::upgrade::v1beta1 as cosmos_upgrade_v1beta1;
    pub(super) use wire::cosmos::vesting::v1beta1 as cosmos_vesting_v1beta1;
    pub(super) use wire::google::protobuf as google_protobuf;
    pub(super) use wire::k8s;
    pub(super) use wire::tendermint::abci as tendermint_abci;
    pub(super) use wire::tendermint::crypto as tendermint_crypto;
    pub(super) use wire::tendermint::p2p as tendermint_p2p;
    pub(super) use wire::tendermint::types as tendermint_types;
    pub(super) use wire::tendermint::version as tendermint_version;
}

types! {
    akash_audit_v1 {
        AuditedProvider AuditedAttributesStore AttributesFilters EventTrustedAuditorCreated
        EventTrustedAuditorDeleted GenesisState MsgSignProviderAttributes
        MsgSignProviderAttributesResponse MsgDeleteProviderAttributes
        MsgDeleteProviderAttributesResponse QueryProvidersResponse QueryProviderRequest
        QueryAllProvidersAttributesRequest QueryProviderAttributesRequest
        QueryProviderAuditorRequest QueryAuditorAttributesRequest
    }
    akash_base_attributes_v1 {
        Attribute SignedBy PlacementRequirements
    }
    akash_base_deposit_v1 {
        Deposit
    }
    akash_base_offchain_sign_v1 {
        MsgSignData
    }
    akash_base_resources_v1beta4 {
        Cpu Endpoint Gpu Memory Resources ResourceValue Storage
    }
    akash_bme_v1 {
        EventMintStatusChange EventVaultFunded EventLedgerRecordExecuted
        EventLedgerRecordCanceled LedgerRecordFilters GenesisLedgerRecord
        GenesisLedgerPendingRecord GenesisLedgerState GenesisVaultState GenesisState
        MsgUpdateParams MsgUpdateParamsResponse MsgFundVault MsgFundVaultResponse
        MsgBurnMint MsgMintAct MsgBurnAct MsgBurnMintResponse MsgMintActResponse
        MsgBurnActResponse Params QueryParamsRequest QueryParamsResponse
        QueryVaultStateRequest QueryVaultStateResponse QueryStatusRequest
        QueryStatusResponse QueryLedgerRecordEntry QueryLedgerRecordsRequest
        QueryLedgerRecordsResponse LedgerId CollateralRatio State CoinPrice BurnMintPair
        LedgerRecordId LedgerPendingRecord LedgerCanceledRecord LedgerRecord Status
    }
    akash_cert_v1 {
        Id Certificate CertificateFilter GenesisCertificate GenesisState
        MsgCreateCertificate MsgCreateCertificateResponse MsgRevokeCertificate
        MsgRevokeCertificateResponse CertificateResponse QueryCertificatesRequest
        QueryCertificatesResponse
    }
    akash_deployment_v1 {
        DeploymentId Deployment DeploymentReclamation EventDeploymentCreated
        EventDeploymentUpdated EventDeploymentClosed EventGroupStarted EventGroupPaused
        EventGroupClosed GroupId
    }
    akash_deployment_v1beta4 {
        MsgCreateDeployment MsgCreateDeploymentResponse MsgUpdateDeployment
        MsgUpdateDeploymentResponse MsgCloseDeployment MsgCloseDeploymentResponse
        DeploymentFilters GroupFilters GenesisDeployment GenesisState Group MsgCloseGroup
        MsgCloseGroupResponse MsgPauseGroup MsgPauseGroupResponse MsgStartGroup
        MsgStartGroupResponse GroupSpec Params MsgUpdateParams MsgUpdateParamsResponse
        QueryDeploymentsRequest QueryDeploymentsResponse QueryDeploymentRequest
        QueryDeploymentResponse QueryGroupRequest QueryGroupResponse QueryParamsRequest
        QueryParamsResponse ResourceUnit
    }
    akash_discovery_v1 {
        Akash ClientInfo ModuleVersion VersionInfo GetInfoRequest GetInfoResponse
    }
    akash_downtimedetector_v1beta1 {
        GenesisDowntimeEntry GenesisState RecoveredSinceDowntimeOfLengthRequest
        RecoveredSinceDowntimeOfLengthResponse
    }
    akash_epochs_v1beta1 {
        EventEpochEnd EventEpochStart EpochInfo GenesisState QueryEpochInfosRequest
        QueryEpochInfosResponse QueryCurrentEpochRequest QueryCurrentEpochResponse
    }
    akash_escrow_id_v1 {
        Account Payment
    }
    akash_escrow_types_v1 {
        AccountState Account Balance Depositor PaymentState Payment
    }
    akash_escrow_v1 {
        DepositAuthorization GenesisState MsgAccountDeposit MsgAccountDepositResponse
        QueryAccountsRequest QueryAccountsResponse QueryPaymentsRequest
        QueryPaymentsResponse
    }
    akash_inventory_v1 {
        Cluster CpuInfo Cpu GpuInfo Gpu MemoryInfo Memory NodeCapabilities Node ResourcePair
        NodeResources StorageInfo Storage
    }
    akash_manifest_v2beta3 {
        Group ServiceExposeHttpOptions StorageParams ServicePermissions TeeParams
        ServiceParams ImageCredentials Service ServiceExpose
    }
    akash_market_v1 {
        BidId EventOrderCreated EventOrderClosed EventBidCreated EventBidClosed
        EventLeaseCreated EventLeaseClosed EventLeaseReclaimStarted LeaseFilters LeaseId
        Lease OrderId Reclamation
    }
    akash_market_v1beta5 {
        Bid MsgCreateBid MsgCreateBidResponse MsgCloseBid MsgCloseBidResponse BidFilters
        OrderFilters GenesisState MsgCreateLease MsgCreateLeaseResponse MsgWithdrawLease
        MsgWithdrawLeaseResponse MsgCloseLease MsgCloseLeaseResponse MsgLeaseStartReclaim
        MsgLeaseStartReclaimResponse Order Params MsgUpdateParams MsgUpdateParamsResponse
        QueryOrdersRequest QueryOrdersResponse QueryOrderRequest QueryOrderResponse
        QueryBidsRequest QueryBidsResponse QueryBidRequest QueryBidResponse
        QueryLeasesRequest QueryLeasesResponse QueryLeaseRequest QueryLeaseResponse
        QueryParamsRequest QueryParamsResponse StorageOfferPrice EndpointOfferPrice
        OfferPrices ResourceOffer
    }
    akash_oracle_v1 {
        EventPriceData EventPriceStaleWarning EventPriceStaled EventPriceRecovered
        EventAggregatedPrice GenesisState MsgAddPriceEntry MsgAddPriceEntryResponse
        MsgUpdateParams MsgUpdateParamsResponse Params DataId PriceDataId PriceDataRecordId
        PriceDataState PriceData AggregatedPrice PriceHealth PricesFilter QueryPricesRequest
        QueryPricesResponse QueryParamsRequest QueryParamsResponse
        QueryAggregatedPriceRequest QueryAggregatedPriceResponse
    }
    akash_oracle_v2 {
        EventPriceData EventPriceStaleWarning EventPriceStaled EventPriceRecovered
        EventAggregatedPrice GenesisSourceId GenesisLatestPricesIDs GenesisState
        MsgAddPriceEntry MsgAddPriceEntryResponse MsgUpdateParams MsgUpdateParamsResponse
        Params DataId PriceDataId PriceLatestDataState PriceDataRecordId PriceDataState
        PriceData AggregatedPrice PriceHealth PricesFilter QueryParamsRequest
        QueryParamsResponse QueryAggregatedPriceRequest QueryAggregatedPriceResponse
        QueryPricesRequest QueryPricesResponse
    }
    akash_provider_lease_v1 {
        LeaseServiceStatus LeaseIpStatus ForwarderPortStatus ServiceStatus
        SendManifestRequest SendManifestResponse ServiceLogsRequest ServiceLogs
        ServiceLogsResponse ShellRequest ServiceStatusRequest ServiceStatusResponse
        AttestationQuoteRequest AttestationGpuReport AttestationQuoteResponse
    }
    akash_provider_v1 {
        ResourcesMetric Leases ReservationsMetric Reservations Inventory ClusterStatus
        BidEngineStatus ManifestStatus Status BidScreeningRequest BidScreeningResponse
    }
    akash_provider_v1beta4 {
        EventProviderCreated EventProviderUpdated EventProviderDeleted GenesisState
        MsgCreateProvider MsgCreateProviderResponse MsgUpdateProvider
        MsgUpdateProviderResponse MsgDeleteProvider MsgDeleteProviderResponse Info Provider
        QueryProvidersRequest QueryProvidersResponse QueryProviderRequest
        QueryProviderResponse
    }
    akash_take_v1 {
        GenesisState DenomTakeRate Params MsgUpdateParams MsgUpdateParamsResponse
        QueryParamsRequest QueryParamsResponse
    }
    akash_wasm_v1 {
        EventMsgBlocked GenesisState Params MsgUpdateParams MsgUpdateParamsResponse
        QueryParamsRequest QueryParamsResponse
    }
    cosmos_auth_v1beta1 {
        BaseAccount ModuleAccount ModuleCredential MsgUpdateParams MsgUpdateParamsResponse
        Params QueryAccountInfoRequest QueryAccountInfoResponse QueryAccountRequest
        QueryAccountResponse QueryAccountsRequest QueryAccountsResponse
        QueryModuleAccountByNameRequest QueryModuleAccountByNameResponse
        QueryModuleAccountsRequest QueryModuleAccountsResponse QueryParamsRequest
        QueryParamsResponse
    }
    cosmos_authz_v1beta1 {
        EventGrant EventRevoke GenericAuthorization Grant GrantAuthorization MsgExec
        MsgExecResponse MsgGrant MsgGrantResponse MsgRevoke MsgRevokeResponse
        QueryGranteeGrantsRequest QueryGranteeGrantsResponse QueryGranterGrantsRequest
        QueryGranterGrantsResponse QueryGrantsRequest QueryGrantsResponse
    }
    cosmos_bank_v1beta1 {
        DenomOwner DenomUnit Input Metadata MsgMultiSend MsgMultiSendResponse MsgSend
        MsgSendResponse Output Params QueryAllBalancesRequest QueryAllBalancesResponse
        QueryBalanceRequest QueryBalanceResponse QueryDenomMetadataRequest
        QueryDenomMetadataResponse QueryDenomOwnersRequest QueryDenomOwnersResponse
        QueryDenomsMetadataRequest QueryDenomsMetadataResponse QueryParamsRequest
        QueryParamsResponse QuerySendEnabledRequest QuerySendEnabledResponse
        QuerySpendableBalanceByDenomRequest QuerySpendableBalanceByDenomResponse
        QuerySpendableBalancesRequest QuerySpendableBalancesResponse QuerySupplyOfRequest
        QuerySupplyOfResponse QueryTotalSupplyRequest QueryTotalSupplyResponse SendEnabled
    }
    cosmos_base_abci_v1beta1 {
        AbciMessageLog Attribute GasInfo MsgData Result SearchTxsResult SimulationResponse
        StringEvent TxMsgData TxResponse
    }
    cosmos_base_node_v1beta1 {
        ConfigRequest ConfigResponse StatusRequest StatusResponse
    }
    cosmos_base_query_v1beta1 {
        PageRequest PageResponse
    }
    cosmos_base_tendermint_v1beta1 {
        AbciQueryRequest AbciQueryResponse Block GetBlockByHeightRequest
        GetBlockByHeightResponse GetLatestBlockRequest GetLatestBlockResponse
        GetLatestValidatorSetRequest GetLatestValidatorSetResponse GetNodeInfoRequest
        GetNodeInfoResponse GetSyncingRequest GetSyncingResponse Header Module ProofOp
        ProofOps Validator VersionInfo
    }
    cosmos_base_v1beta1 {
        Coin DecCoin
    }
    cosmos_crypto_ed25519 {
        PubKey
    }
    cosmos_crypto_multisig {
        LegacyAminoPubKey
    }
    cosmos_crypto_multisig_v1beta1 {
        CompactBitArray MultiSignature
    }
    cosmos_crypto_secp256k1 {
        PubKey
    }
    cosmos_distribution_v1beta1 {
        DelegationDelegatorReward MsgFundCommunityPool MsgFundCommunityPoolResponse
        MsgSetWithdrawAddress MsgSetWithdrawAddressResponse MsgWithdrawDelegatorReward
        MsgWithdrawDelegatorRewardResponse MsgWithdrawValidatorCommission
        MsgWithdrawValidatorCommissionResponse Params QueryCommunityPoolRequest
        QueryCommunityPoolResponse QueryDelegationRewardsRequest
        QueryDelegationRewardsResponse QueryDelegationTotalRewardsRequest
        QueryDelegationTotalRewardsResponse QueryDelegatorWithdrawAddressRequest
        QueryDelegatorWithdrawAddressResponse QueryParamsRequest QueryParamsResponse
        QueryValidatorCommissionRequest QueryValidatorCommissionResponse
        QueryValidatorOutstandingRewardsRequest QueryValidatorOutstandingRewardsResponse
        ValidatorAccumulatedCommission ValidatorOutstandingRewards
    }
    cosmos_feegrant_v1beta1 {
        AllowedMsgAllowance BasicAllowance Grant MsgGrantAllowance MsgGrantAllowanceResponse
        MsgRevokeAllowance MsgRevokeAllowanceResponse PeriodicAllowance
        QueryAllowanceRequest QueryAllowanceResponse QueryAllowancesByGranterRequest
        QueryAllowancesByGranterResponse QueryAllowancesRequest QueryAllowancesResponse
    }
    cosmos_gov_v1 {
        Deposit DepositParams MsgDeposit MsgDepositResponse MsgSubmitProposal
        MsgSubmitProposalResponse MsgVote MsgVoteResponse MsgVoteWeighted
        MsgVoteWeightedResponse Params Proposal QueryDepositRequest QueryDepositResponse
        QueryDepositsRequest QueryDepositsResponse QueryParamsRequest QueryParamsResponse
        QueryProposalRequest QueryProposalResponse QueryProposalsRequest
        QueryProposalsResponse QueryTallyResultRequest QueryTallyResultResponse
        QueryVoteRequest QueryVoteResponse QueryVotesRequest QueryVotesResponse TallyParams
        TallyResult Vote VotingParams WeightedVoteOption
    }
    cosmos_mint_v1beta1 {
        Params QueryAnnualProvisionsRequest QueryAnnualProvisionsResponse
        QueryInflationRequest QueryInflationResponse QueryParamsRequest QueryParamsResponse
    }
    cosmos_slashing_v1beta1 {
        MsgUnjail MsgUnjailResponse
    }
    cosmos_staking_v1beta1 {
        Commission CommissionRates Delegation DelegationResponse Description
        MsgBeginRedelegate MsgBeginRedelegateResponse MsgCancelUnbondingDelegation
        MsgCancelUnbondingDelegationResponse MsgCreateValidator MsgCreateValidatorResponse
        MsgDelegate MsgDelegateResponse MsgEditValidator MsgEditValidatorResponse
        MsgUndelegate MsgUndelegateResponse Params Pool QueryDelegationRequest
        QueryDelegationResponse QueryDelegatorDelegationsRequest
        QueryDelegatorDelegationsResponse QueryDelegatorUnbondingDelegationsRequest
        QueryDelegatorUnbondingDelegationsResponse QueryParamsRequest QueryParamsResponse
        QueryPoolRequest QueryPoolResponse QueryUnbondingDelegationRequest
        QueryUnbondingDelegationResponse QueryValidatorDelegationsRequest
        QueryValidatorDelegationsResponse QueryValidatorRequest QueryValidatorResponse
        QueryValidatorsRequest QueryValidatorsResponse UnbondingDelegation
        UnbondingDelegationEntry Validator
    }
    cosmos_tx_signing_v1beta1 {
        SignatureDescriptor SignatureDescriptorData SignatureDescriptorDataMulti
        SignatureDescriptorDataSingle SignatureDescriptors
    }
    cosmos_tx_v1beta1 {
        AuthInfo BroadcastTxRequest BroadcastTxResponse Fee GetBlockWithTxsRequest
        GetBlockWithTxsResponse GetTxRequest GetTxResponse GetTxsEventRequest
        GetTxsEventResponse ModeInfo ModeInfoMulti ModeInfoSingle SignDoc SignDocDirectAux
        SignerInfo SimulateRequest SimulateResponse Tip Tx TxBody TxRaw
    }
    cosmos_upgrade_v1beta1 {
        MsgCancelUpgrade MsgCancelUpgradeResponse MsgSoftwareUpgrade
        MsgSoftwareUpgradeResponse Plan QueryCurrentPlanRequest QueryCurrentPlanResponse
    }
    cosmos_vesting_v1beta1 {
        BaseVestingAccount ContinuousVestingAccount DelayedVestingAccount Period
        PeriodicVestingAccount PermanentLockedAccount
    }
    google_protobuf {
        Any Empty
    }
    k8s {
        Quantity
    }
    tendermint_abci {
        Event EventAttribute
    }
    tendermint_crypto {
        PublicKey
    }
    tendermint_p2p {
        DefaultNodeInfo DefaultNodeInfoOther ProtocolVersion
    }
    tendermint_types {
        Block BlockId Commit CommitSig Data DuplicateVoteEvidence Evidence EvidenceList
        Header LightBlock LightClientAttackEvidence PartSetHeader SignedHeader Validator
        ValidatorSet Vote
    }
    tendermint_version {
        Consensus
    }
}
