//! The table: codespace, code, gRPC status, text.

use super::{ChainCode, GrpcCode};

macro_rules! errors {
    ($( $codespace:literal { $( $code:literal $grpc:ident $message:literal; )* } )*) => {
        /// Every error, by codespace and code.
        pub(super) static ERRORS: &[ChainCode] = &[ $($( ChainCode {
            codespace: $codespace, code: $code, grpc: GrpcCode::$grpc, message: $message,
        }, )*)* ];
    };
}

errors! {
    "sdk" {
        2 Unknown "tx parse error";
        3 Unknown "invalid sequence";
        4 Unknown "unauthorized";
        5 Unknown "insufficient funds";
        6 Unknown "unknown request";
        7 Unknown "invalid address";
        8 Unknown "invalid pubkey";
        9 Unknown "unknown address";
        10 Unknown "invalid coins";
        11 Unknown "out of gas";
        12 Unknown "memo too large";
        13 Unknown "insufficient fee";
        14 Unknown "maximum number of signatures exceeded";
        15 Unknown "no signatures supplied";
        16 Unknown "failed to marshal JSON bytes";
        17 Unknown "failed to unmarshal JSON bytes";
        18 Unknown "invalid request";
        19 Unknown "tx already in mempool";
        20 Unknown "mempool is full";
        21 Unknown "tx too large";
        22 Unknown "key not found";
        23 Unknown "invalid account password";
        24 Unknown "tx intended signer does not match the given signer";
        25 Unknown "invalid gas adjustment";
        26 Unknown "invalid height";
        27 Unknown "invalid version";
        28 Unknown "invalid chain-id";
        29 Unknown "invalid type";
        30 Unknown "tx timeout height";
        31 Unknown "unknown extension options";
        32 Unknown "incorrect account sequence";
        33 Unknown "failed packing protobuf message to Any";
        34 Unknown "failed unpacking protobuf message from Any";
        35 Unknown "internal logic error";
        36 Unknown "conflict";
        37 Unknown "feature not supported";
        38 Unknown "not found";
        39 Unknown "internal IO error";
        40 Unknown "error in app.toml";
        41 Unknown "invalid gas limit";
        42 Unknown "tx timeout";
    }
    "deployment" {
        1 NotFound "Name does not exist";
        2 InvalidArgument "Invalid request";
        3 AlreadyExists "Deployment exists";
        4 NotFound "Deployment not found";
        5 FailedPrecondition "Deployment closed";
        6 InvalidArgument "Owner account missing";
        7 InvalidArgument "Invalid groups";
        8 InvalidArgument "Invalid: deployment id";
        9 InvalidArgument "Invalid: empty hash";
        10 InvalidArgument "Invalid: deployment hash";
        11 Internal "internal error";
        12 InvalidArgument "Invalid deployment";
        13 InvalidArgument "Invalid deployment's group ID";
        14 NotFound "Group not found";
        15 FailedPrecondition "Group already closed";
        16 FailedPrecondition "Group open";
        17 FailedPrecondition "Group paused";
        18 FailedPrecondition "Group not open";
        19 InvalidArgument "GroupSpec invalid";
        20 InvalidArgument "Deposit invalid";
        21 InvalidArgument "ID path invalid";
        22 InvalidArgument "parameter invalid";
        23 InvalidArgument "invalid escrow id";
        24 InvalidArgument "invalid price";
        25 InvalidArgument "duplicate group name";
        26 InvalidArgument "invalid reclamation configuration";
    }
    "market" {
        1 InvalidArgument "empty provider";
        2 InvalidArgument "owner and provider are the same account";
        3 Internal "internal error";
        4 InvalidArgument "bid price above max order price";
        5 InvalidArgument "attribute mismatch";
        6 NotFound "unknown bid";
        7 NotFound "unknown lease";
        8 NotFound "unknown lease for bid";
        9 NotFound "unknown order for bid";
        10 FailedPrecondition "lease not active";
        11 FailedPrecondition "bid not active";
        12 FailedPrecondition "bid not open";
        13 FailedPrecondition "bid: order not open";
        14 NotFound "no lease for order";
        15 NotFound "invalid order: order not found";
        16 NotFound "group not found";
        17 FailedPrecondition "group not open";
        18 NotFound "invalid bid: bid not found";
        19 InvalidArgument "invalid bid: zero price";
        20 NotFound "invalid lease: lease not found";
        21 AlreadyExists "invalid bid: bid exists from provider";
        22 InvalidArgument "bid price is invalid";
        23 FailedPrecondition "order active";
        24 FailedPrecondition "order closed";
        25 AlreadyExists "order already exists in store";
        26 FailedPrecondition "order duration has exceeded the bidding duration";
        27 FailedPrecondition "order: chain height to low for bidding";
        28 InvalidArgument "deposit invalid";
        29 InvalidArgument "parameter invalid";
        30 NotFound "unknown provider";
        31 InvalidArgument "invalid bid";
        32 InvalidArgument "capabilities mismatch";
        33 InvalidArgument "invalid lease closed reason";
        34 InvalidArgument "invalid escrow id";
        35 FailedPrecondition "lease does not have reclamation configured";
        36 FailedPrecondition "reclamation already in progress";
        37 FailedPrecondition "reclamation not started; call MsgLeaseStartReclaim first";
        38 FailedPrecondition "reclamation window has not elapsed";
        39 InvalidArgument "reclamation window outside governance bounds";
        40 InvalidArgument "order requires reclamation but bid does not offer it";
        41 InvalidArgument "reclamation window shorter than order minimum";
    }
    "escrow" {
        1 AlreadyExists "account exists";
        2 FailedPrecondition "account closed";
        3 NotFound "account not found";
        4 FailedPrecondition "account overdrawn";
        5 InvalidArgument "invalid denomination";
        6 AlreadyExists "payment exists";
        7 FailedPrecondition "payment closed";
        8 NotFound "payment not found";
        9 InvalidArgument "payment rate zero";
        10 InvalidArgument "invalid payment";
        11 InvalidArgument "invalid settlement";
        12 InvalidArgument "invalid ID";
        13 InvalidArgument "invalid account";
        14 InvalidArgument "invalid account depositor";
        15 PermissionDenied "unauthorized deposit scope";
        16 InvalidArgument "invalid deposit";
        17 InvalidArgument "invalid authz scope";
        18 InvalidArgument "malformed key";
    }
    "provider" {
        1 InvalidArgument "invalid provider: invalid host uri";
        2 InvalidArgument "invalid provider: not absolute host uri";
        3 NotFound "invalid provider: address not found";
        4 AlreadyExists "invalid provider: already exists";
        5 InvalidArgument "invalid address";
        6 InvalidArgument "attribute specification error";
        7 FailedPrecondition "attributes cannot be changed";
        8 InvalidArgument "invalid provider: invalid info website";
        9 Internal "internal error";
        10 Unknown "internal error";
    }
    "audit" {
        1 NotFound "invalid provider: address not found";
        2 InvalidArgument "invalid address";
        3 NotFound "attribute not found";
    }
    "cert" {
        1 NotFound "certificate not found";
        2 InvalidArgument "invalid address";
        3 AlreadyExists "certificate exists";
        4 FailedPrecondition "certificate already revoked";
        5 InvalidArgument "invalid serial number";
        6 InvalidArgument "invalid certificate value";
        7 InvalidArgument "invalid pubkey value";
        8 InvalidArgument "invalid state";
        9 InvalidArgument "invalid key size";
    }
    "bme" {
        2 InvalidArgument "invalid parameters";
        3 Unauthenticated "unauthorized";
        5 Aborted "oracle is unhealthy";
        6 Aborted "circuit breaker is active";
        7 Aborted "insufficient vault funds";
        8 InvalidArgument "invalid amount";
        9 InvalidArgument "invalid denomination";
        10 InvalidArgument "invalid address";
        11 InvalidArgument "invalid sender";
        12 Internal "oracle price is zero";
        13 AlreadyExists "ledger record already exists";
        14 Aborted "failed to mint tokens";
        15 Aborted "failed to burn tokens";
        16 Aborted "result value is less then precision of the denom";
        17 Aborted "minimum mint amount is not met";
    }
    "oracle" {
        1 Unknown "price entry exist";
        2 Unknown "invalid timestamp";
        3 Unknown "unauthorized writer address";
        4 Unknown "price stalled";
        5 Unknown "invalid feed contract params";
        6 Unknown "invalid feed contract config";
        7 Unknown "invalid TWAP calculation: zero weight";
    }
    "take" {
        1 InvalidArgument "parameter invalid";
    }
    "authz" {
        2 Unknown "authorization not found";
        3 Unknown "expiration time of authorization should be more than current time";
        4 Unknown "unknown authorization type";
        5 Unknown "grant key not found";
        6 Unknown "authorization expired";
        7 Unknown "grantee and granter should be different";
        9 Unknown "authorization can be given to msg with only one signer";
        12 Unknown "max tokens should be positive";
    }
    "feegrant" {
        2 Unknown "fee limit exceeded";
        3 Unknown "fee allowance expired";
        4 Unknown "invalid duration";
        5 Unknown "no allowance";
        6 Unknown "allowed messages are empty";
        7 Unknown "message not allowed";
    }
    "bank" {
        2 Unknown "no inputs to send transaction";
        3 Unknown "no outputs to send transaction";
        4 Unknown "sum inputs != sum outputs";
        5 Unknown "send transactions are disabled";
        6 Unknown "client denom metadata not found";
        7 Unknown "invalid key";
        8 Unknown "duplicate entry";
        9 Unknown "multiple senders not allowed";
    }
    "tx" {
        1 Unknown "tx parse error";
        2 Unknown "unknown protobuf field";
    }
    "oracle.v2" {
        1 Unknown "price entry exist";
        2 Unknown "invalid timestamp";
        3 Unknown "unauthorized writer address";
        4 Unknown "price stalled";
        5 Unknown "invalid feed contract params";
        6 Unknown "invalid feed contract config";
        7 Unknown "invalid TWAP calculation: zero weight";
    }
    "gov" {
        13 Unknown "expected gov account as only signer for proposal message";
    }
    "akash" {
        4 Unknown "invalid deposit source";
    }
}
