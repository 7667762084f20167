//! What rentable GPUs can do: attributes, catalogue, requirements and sizing for the Akash market.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
