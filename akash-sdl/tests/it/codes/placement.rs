//! Placements, prices, deployment and reclamation.

use akash_sdl::diagnostic::codes;

use super::Edits;

pub(super) const DOCUMENTS: &[(&str, Edits)] = &[
    (codes::PRICE_SIGNS, &[("amount: 1000", "amount: --3")]),
    (codes::PRICE_INVALID, &[("amount: 1000", "amount: 1e3")]),
    (codes::PRICE_NOT_POSITIVE, &[("amount: 1000", "amount: 0")]),
    (codes::PRICE_RANGE, &[("amount: 1000", "amount: 20000000")]),
    (codes::PRICE_DENOM_INVALID, &[("denom: uact", "denom: 1x")]),
    (
        codes::PRICE_DENOM_MIXED,
        &[
            (
                "deployment:\n",
                "    elsewhere: {pricing: {small: {amount: 1000, denom: uakt}}}\ndeployment:\n",
            ),
            (
                "      count: 1\n",
                "      count: 1\n    elsewhere: {profile: small, count: 1}\n",
            ),
        ],
    ),
    (
        codes::PRICE_DENOM_NOT_ACCEPTED,
        &[("denom: uact", "denom: uakt")],
    ),
    (
        codes::PRICE_MISSING,
        &[(
            "      pricing:\n        small:\n          denom: uact\n          amount: 1000\n",
            "      pricing: {}\n",
        )],
    ),
    (
        codes::DEPLOYMENT_EMPTY,
        &[(
            "deployment:\n  web:\n    anywhere:\n      profile: small\n      count: 1\n",
            "deployment: {}\n",
        )],
    ),
    (
        codes::DEPLOYMENT_SERVICE_UNKNOWN,
        &[("deployment:\n  web:", "deployment:\n  wob:")],
    ),
    (
        codes::DEPLOYMENT_PROFILE_UNKNOWN,
        &[("profile: small", "profile: tiny")],
    ),
    (
        codes::DEPLOYMENT_PLACEMENT_UNKNOWN,
        &[("  web:\n    anywhere:", "  web:\n    nowhere:")],
    ),
    (
        codes::COUNT_ZERO,
        &[
            ("profiles:\n", "  spare: {image: busybox}\nprofiles:\n"),
            (
                "      count: 1\n",
                "      count: 1\n  spare: {anywhere: {profile: small, count: 0}}\n",
            ),
        ],
    ),
    (codes::COUNT_LARGE, &[("count: 1", "count: 100")]),
    (
        codes::COUNT_WRAPS,
        &[
            ("\"2.0\"", "\"2.1\""),
            ("profiles:\n", "  zebra: {image: busybox}\nprofiles:\n"),
            (
                "      count: 1\n",
                "      count: 2\n  zebra: {anywhere: {profile: small, count: 4294967295}}\n",
            ),
        ],
    ),
    (
        codes::PLACEMENT_ATTRIBUTE_INVALID,
        &[(
            "      pricing:\n",
            "      attributes: {my region: west}\n      pricing:\n",
        )],
    ),
    (
        codes::PLACEMENT_TEE_ATTRIBUTE,
        &[(
            "      pricing:\n",
            "      attributes: {tee/type: cpu}\n      pricing:\n",
        )],
    ),
    (
        codes::AUDITOR_MALFORMED,
        &[(
            "      pricing:\n",
            "      signedBy: {anyOf: [akash1auditor]}\n      pricing:\n",
        )],
    ),
    (
        codes::GROUP_NAME_EMPTY,
        &[
            ("  placement:\n    anywhere:", "  placement:\n    \"\":"),
            ("  web:\n    anywhere:", "  web:\n    \"\":"),
        ],
    ),
    (codes::GROUP_TOTAL_RANGE, &[("count: 1", "count: 100000")]),
    (
        codes::RECLAMATION_WINDOW,
        &[(
            "      count: 1\n",
            "      count: 1\nreclamation: {min_window: 1d}\n",
        )],
    ),
];
