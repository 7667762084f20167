//! Package `akash.oracle.v1`. Replaced by `oracle.v2` in chain release 2.1.

use crate::cosmos::wire::cosmos::base::query::v1beta1::{PageRequest, PageResponse};
use crate::cosmos::wire::google::protobuf::Any;
use crate::cosmos::wire::message::messages;
use crate::cosmos::wire::{Dec, Timestamp};

messages! {
    "akash.oracle.v1";

    /// Event: price data.
    EventPriceData "EventPriceData" {
        /// Account or source the funds come from.
        source: String = 1,
        /// Identifies the entity.
        id: DataId = 2,
        /// Data.
        data: PriceDataState = 3,
    }

    /// Event: price stale warning.
    EventPriceStaleWarning "EventPriceStaleWarning" {
        /// Account or source the funds come from.
        source: String = 1,
        /// Identifies the entity.
        id: DataId = 2,
        /// Height of the last price.
        last_height: i64 = 3,
        /// Blocks until the price is stale.
        blocks_to_stall: i64 = 4,
    }

    /// Event: price staled.
    EventPriceStaled "EventPriceStaled" {
        /// Identifies the entity.
        id: DataId = 1,
        /// Height of the last price.
        last_height: i64 = 2,
    }

    /// Event: price recovered.
    EventPriceRecovered "EventPriceRecovered" {
        /// Identifies the entity.
        id: DataId = 1,
        /// Block height.
        height: i64 = 2,
    }

    /// Event: aggregated price.
    EventAggregatedPrice "EventAggregatedPrice" {
        /// Price per block.
        price: AggregatedPrice = 1,
    }

    /// State of the module in a genesis file.
    GenesisState "GenesisState" {
        /// Parameters of the module.
        params: Params = 1,
        /// Prices.
        prices: Vec<PriceData> = 2,
        /// Height of the newest price, by source.
        latest_height: Vec<PriceDataId> = 3,
    }

    /// Transaction message of `/akash.oracle.v1.Msg/AddPriceEntry`, signed by `signer`.
    MsgAddPriceEntry "MsgAddPriceEntry" {
        /// Account that signs, bech32.
        signer: String = 1,
        /// Identifies the entity.
        id: DataId = 2,
        /// Price per block.
        price: PriceDataState = 3,
    }

    /// Answer of `/akash.oracle.v1.Msg/AddPriceEntry`.
    MsgAddPriceEntryResponse "MsgAddPriceEntryResponse" {}

    /// Transaction message of `/akash.oracle.v1.Msg/UpdateParams`, signed by `authority`.
    MsgUpdateParams "MsgUpdateParams" {
        /// Account allowed to do this: the gov module account, bech32.
        authority: String = 1,
        /// Parameters of the module.
        params: Params = 2,
    }

    /// Answer of `/akash.oracle.v1.Msg/UpdateParams`.
    MsgUpdateParamsResponse "MsgUpdateParamsResponse" {}

    /// Parameters of the module.
    Params "Params" {
        /// Where to take it from, in order of preference.
        sources: Vec<String> = 1,
        /// Fewest sources for an aggregate.
        min_price_sources: u32 = 2,
        /// Blocks after which a price is stale.
        max_price_staleness_blocks: i64 = 3,
        /// Window of the average.
        twap_window: i64 = 4,
        /// Largest spread between sources, in basis points.
        max_price_deviation_bps: u64 = 5,
        /// Settings of the price feed contracts.
        feed_contracts_params: Vec<Any> = 6,
    }

    /// Data id.
    DataId "DataID" {
        /// Denomination, such as `uakt` or `uact`.
        denom: String = 1,
        /// Denomination priced against, such as `usd`.
        base_denom: String = 2,
    }

    /// Price data id.
    PriceDataId "PriceDataID" {
        /// Account or source the funds come from.
        source: u32 = 1,
        /// Denomination, such as `uakt` or `uact`.
        denom: String = 2,
        /// Denomination priced against, such as `usd`.
        base_denom: String = 3,
    }

    /// Price data record id.
    PriceDataRecordId "PriceDataRecordID" {
        /// Account or source the funds come from.
        source: u32 = 1,
        /// Denomination, such as `uakt` or `uact`.
        denom: String = 2,
        /// Denomination priced against, such as `usd`.
        base_denom: String = 3,
        /// Block height.
        height: i64 = 4,
    }

    /// Price data state.
    PriceDataState "PriceDataState" {
        /// Price per block.
        price: Dec = 1,
        /// When it was measured.
        timestamp: Timestamp = 2,
    }

    /// Price data.
    PriceData "PriceData" {
        /// Identifies the entity.
        id: PriceDataRecordId = 1,
        /// State.
        state: PriceDataState = 2,
    }

    /// Aggregated price.
    AggregatedPrice "AggregatedPrice" {
        /// Denomination, such as `uakt` or `uact`.
        denom: String = 1,
        /// Time-weighted average price.
        twap: Dec = 2,
        /// Median over the sources.
        median_price: Dec = 3,
        /// Lowest price.
        min_price: Dec = 4,
        /// Highest price.
        max_price: Dec = 5,
        /// When it was measured.
        timestamp: Timestamp = 6,
        /// Number of sources used.
        num_sources: u32 = 7,
        /// Spread between sources, in basis points.
        deviation_bps: u64 = 8,
    }

    /// Price health.
    PriceHealth "PriceHealth" {
        /// Denomination, such as `uakt` or `uact`.
        denom: String = 1,
        /// Whether the price can be used.
        is_healthy: bool = 3,
        /// Whether enough sources are fresh.
        has_min_sources: bool = 4,
        /// Whether the sources agree closely enough.
        deviation_ok: bool = 5,
        /// Number of sources.
        total_sources: u32 = 6,
        /// Number of fresh sources.
        total_healthy_sources: u32 = 7,
        /// Why the price cannot be used.
        failure_reason: Vec<String> = 8,
    }

    /// Prices filter.
    PricesFilter "PricesFilter" {
        /// Denomination of the asset, such as `akt`.
        asset_denom: String = 1,
        /// Denomination priced against, such as `usd`.
        base_denom: String = 2,
        /// Block height.
        height: i64 = 3,
    }

    /// Request of `/akash.oracle.v1.Query/Prices`.
    QueryPricesRequest "QueryPricesRequest" {
        /// Conditions; empty fields match everything.
        filters: PricesFilter = 1,
        /// Page asked for, or where the next page starts.
        pagination: Option<PageRequest> = 2,
    }

    /// Answer of `/akash.oracle.v1.Query/Prices`.
    QueryPricesResponse "QueryPricesResponse" {
        /// Prices.
        prices: Vec<PriceData> = 1,
        /// Page asked for, or where the next page starts.
        pagination: Option<PageResponse> = 2,
    }

    /// Request of `/akash.oracle.v1.Query/Params`.
    QueryParamsRequest "QueryParamsRequest" {}

    /// Answer of `/akash.oracle.v1.Query/Params`.
    QueryParamsResponse "QueryParamsResponse" {
        /// Parameters of the module.
        params: Params = 1,
    }

    /// Request of `/akash.oracle.v1.Query/AggregatedPrice`.
    QueryAggregatedPriceRequest "QueryAggregatedPriceRequest" {
        /// Denomination, such as `uakt` or `uact`.
        denom: String = 1,
    }

    /// Answer of `/akash.oracle.v1.Query/AggregatedPrice`.
    QueryAggregatedPriceResponse "QueryAggregatedPriceResponse" {
        /// Aggregated price.
        aggregated_price: AggregatedPrice = 1,
        /// Health of the price.
        price_health: PriceHealth = 2,
    }
}
