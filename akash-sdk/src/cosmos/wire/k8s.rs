//! Package `k8s.io.apimachinery.pkg.api.resource`.

use crate::cosmos::wire::message::messages;

messages! {
    "k8s.io.apimachinery.pkg.api.resource";

    /// A Kubernetes quantity, such as `1500m` or `16Gi`.
    Quantity "Quantity" {
        /// The quantity as text.
        string: String = 1,
    }
}
