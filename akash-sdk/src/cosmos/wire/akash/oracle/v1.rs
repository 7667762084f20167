//! Package `akash.oracle.v1`. Replaced by `oracle.v2` in chain release 2.1.

use crate::cosmos::wire::cosmos::base::query::v1beta1::{PageRequest, PageResponse};
use crate::cosmos::wire::google::protobuf::Any;
use crate::cosmos::wire::message::messages;
use crate::cosmos::wire::{Dec, Timestamp};

messages! {
    "akash.oracle.v1";

    /// Event: price data.
    EventPriceData "EventPriceData" {
        /// Contract that reported it, bech32.
        source: String = 1,
        /// Identifies the entity.
        id: DataId = 2,
        /// Data.
        data: PriceDataState = 3,
    }

    /// Event: price stale warning.
    EventPriceStaleWarning "EventPriceStaleWarning" {
        /// Number of the price source.
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
        /// Price of one unit of the asset in the base denomination.
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
        /// Price of one unit of the asset in the base denomination.
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
        /// Contracts that may report prices, bech32.
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

    /// Identifies a pair of denominations.
    DataId "DataID" {
        /// Denomination of the asset, such as `akt`.
        denom: String = 1,
        /// Denomination priced against, such as `usd`.
        base_denom: String = 2,
    }

    /// Identifies a price series: source and pair.
    PriceDataId "PriceDataID" {
        /// Number of the price source.
        source: u32 = 1,
        /// Denomination of the asset, such as `akt`.
        denom: String = 2,
        /// Denomination priced against, such as `usd`.
        base_denom: String = 3,
    }

    /// Identifies one price of a series.
    PriceDataRecordId "PriceDataRecordID" {
        /// Number of the price source.
        source: u32 = 1,
        /// Denomination of the asset, such as `akt`.
        denom: String = 2,
        /// Denomination priced against, such as `usd`.
        base_denom: String = 3,
        /// Block height.
        height: i64 = 4,
    }

    /// A price and when it was measured.
    PriceDataState "PriceDataState" {
        /// Price of one unit of the asset in the base denomination.
        price: Dec = 1,
        /// When it was measured.
        timestamp: Timestamp = 2,
    }

    /// A price with its id.
    PriceData "PriceData" {
        /// Identifies the entity.
        id: PriceDataRecordId = 1,
        /// State.
        state: PriceDataState = 2,
    }

    /// Price over all sources.
    AggregatedPrice "AggregatedPrice" {
        /// Denomination of the asset, such as `akt`.
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

    /// Whether an aggregated price can be used, and why not.
    PriceHealth "PriceHealth" {
        /// Denomination of the asset, such as `akt`.
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

    /// Conditions on prices.
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
        /// Page asked for.
        pagination: Option<PageRequest> = 2,
    }

    /// Answer of `/akash.oracle.v1.Query/Prices`.
    QueryPricesResponse "QueryPricesResponse" {
        /// Prices.
        prices: Vec<PriceData> = 1,
        /// Where the next page starts.
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
        /// Denomination of the asset, such as `akt`.
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
