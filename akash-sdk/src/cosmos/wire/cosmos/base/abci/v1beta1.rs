//! Package `cosmos.base.abci.v1beta1`.

use crate::cosmos::wire::google::protobuf::Any;
use crate::cosmos::wire::message::messages;
use crate::cosmos::wire::tendermint::abci::Event;

messages! {
    "cosmos.base.abci.v1beta1";

    /// Log of one message.
    AbciMessageLog "ABCIMessageLog" {
        /// Index of the message.
        msg_index: u32 = 1,
        /// Log text; for humans only.
        log: String = 2,
        /// Events.
        events: Vec<StringEvent> = 3,
    }

    /// A key and a value.
    Attribute "Attribute" {
        /// Key.
        key: String = 1,
        /// Value.
        value: String = 2,
    }

    /// Gas limit and gas used.
    GasInfo "GasInfo" {
        /// Gas limit.
        gas_wanted: u64 = 1,
        /// Gas used.
        gas_used: u64 = 2,
    }

    /// Answer of one message, older form.
    MsgData "MsgData" {
        /// Type URL of the message.
        msg_type: String = 1,
        /// Data.
        data: Vec<u8> = 2,
    }

    /// Outcome of a simulated or executed transaction.
    Result "Result" {
        /// Data.
        data: Vec<u8> = 1,
        /// Log text; for humans only.
        log: String = 2,
        /// Events.
        events: Vec<Event> = 3,
        /// Answers of the messages.
        msg_responses: Vec<Any> = 4,
    }

    /// A page of transactions.
    SearchTxsResult "SearchTxsResult" {
        /// Number of results.
        total_count: u64 = 1,
        /// Number of replicas.
        count: u64 = 2,
        /// Page number.
        page_number: u64 = 3,
        /// Number of pages.
        page_total: u64 = 4,
        /// Most results of a page.
        limit: u64 = 5,
        /// Transactions.
        txs: Vec<TxResponse> = 6,
    }

    /// Outcome of a simulation.
    SimulationResponse "SimulationResponse" {
        /// Gas.
        gas_info: GasInfo = 1,
        /// Result.
        result: Option<Result> = 2,
    }

    /// An event with text attributes.
    StringEvent "StringEvent" {
        /// Type of the event.
        r#type: String = 1,
        /// Attributes.
        attributes: Vec<Attribute> = 2,
    }

    /// Answers of the messages of a transaction.
    TxMsgData "TxMsgData" {
        /// Data.
        data: Vec<MsgData> = 1,
        /// Answers of the messages.
        msg_responses: Vec<Any> = 2,
    }

    /// What happened to a transaction.
    TxResponse "TxResponse" {
        /// Block height.
        height: i64 = 1,
        /// SHA-256 of the transaction, upper-case hexadecimal.
        txhash: String = 2,
        /// Module that defines the code.
        codespace: String = 3,
        /// 0 for success, else an error of the codespace.
        code: u32 = 4,
        /// Data.
        data: String = 5,
        /// Log text; for humans only.
        raw_log: String = 6,
        /// Log output.
        logs: Vec<AbciMessageLog> = 7,
        /// Contact or hardware information.
        info: String = 8,
        /// Gas limit.
        gas_wanted: i64 = 9,
        /// Gas used.
        gas_used: i64 = 10,
        /// Transaction.
        tx: Option<Any> = 11,
        /// Time of the block, RFC 3339.
        timestamp: String = 12,
        /// Events.
        events: Vec<Event> = 13,
    }
}
