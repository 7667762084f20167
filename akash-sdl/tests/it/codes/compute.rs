//! Compute profiles.

use akash_sdl::diagnostic::codes;

use super::Edits;

pub(super) const DOCUMENTS: &[(&str, Edits)] = &[
    (codes::CPU_CUT, &[("units: 0.5", "units: 0.0125")]),
    (
        codes::STORAGE_CLASS_IGNORED,
        &[(
            "        storage:\n          size: 1Gi\n",
            "        storage: [{size: 1Gi, attributes: {persistent: no, class: beta2}}]\n",
        )],
    ),
    (
        codes::STORAGE_CLASS_MISSING,
        &[
            (
                "image: nginx:1.27\n",
                "image: nginx:1.27\n    params: {storage: {default: {mount: /data}}}\n",
            ),
            (
                "        storage:\n          size: 1Gi\n",
                "        storage: {size: 1Gi, attributes: {persistent: yes}}\n",
            ),
        ],
    ),
    (
        codes::GPU_RAM_CUT,
        &[(
            "        storage:\n          size: 1Gi\n",
            "        storage:\n          size: 1Gi\n        gpu: {units: 1, attributes: {vendor: {nvidia: [{model: h100, ram: 80.5Gi}]}}}\n",
        )],
    ),
    (
        codes::COMPUTE_RESOURCES_MISSING,
        &[(
            "      resources:\n        cpu:\n          units: 0.5\n        memory:\n          size: 512Mi\n        storage:\n          size: 1Gi\n",
            "      resources:\n",
        )],
    ),
    (codes::CPU_INVALID, &[("units: 0.5", "units: half")]),
    (
        codes::CPU_MISSING,
        &[("        cpu:\n          units: 0.5\n", "        cpu:\n")],
    ),
    (codes::CPU_RANGE, &[("units: 0.5", "units: 500")]),
    (
        codes::CPU_ATTRIBUTE_UNKNOWN,
        &[(
            "units: 0.5\n",
            "units: 0.5\n          attributes: {model: epyc}\n",
        )],
    ),
    (
        codes::CPU_ATTRIBUTES_IGNORED,
        &[("units: 0.5\n", "units: 0.5\n          attributes: amd64\n")],
    ),
    (codes::MEMORY_INVALID, &[("512Mi", "512mi")]),
    (
        codes::MEMORY_MISSING,
        &[(
            "        memory:\n          size: 512Mi\n",
            "        memory:\n",
        )],
    ),
    (codes::MEMORY_RANGE, &[("512Mi", "512Ki")]),
    (
        codes::ATTRIBUTE_TWICE,
        &[(
            "units: 0.5\n",
            "units: 0.5\n          attributes: {arch: amd64, arch: arm64}\n",
        )],
    ),
    (codes::STORAGE_INVALID, &[("1Gi", "1GB")]),
    (
        codes::STORAGE_MISSING,
        &[(
            "        storage:\n          size: 1Gi\n",
            "        storage: []\n",
        )],
    ),
    (
        codes::STORAGE_RANGE,
        &[(
            "        storage:\n          size: 1Gi\n",
            "        storage: {size: 1Mi}\n",
        )],
    ),
    (
        codes::STORAGE_NAME_TWICE,
        &[(
            "        storage:\n          size: 1Gi\n",
            "        storage: [{size: 1Gi}, {size: 2Gi}]\n",
        )],
    ),
    (
        codes::STORAGE_NAME_IGNORED,
        &[(
            "        storage:\n          size: 1Gi\n",
            "        storage: {name: data, size: 1Gi}\n",
        )],
    ),
    (
        codes::STORAGE_ATTRIBUTE_UNKNOWN,
        &[(
            "        storage:\n          size: 1Gi\n",
            "        storage: {size: 1Gi, attributes: {speed: fast}}\n",
        )],
    ),
    (
        codes::STORAGE_CLASS_UNKNOWN,
        &[
            ("\"2.0\"", "\"2.1\""),
            (
                "        storage:\n          size: 1Gi\n",
                "        storage: {size: 1Gi, attributes: {persistent: true, class: beta9}}\n",
            ),
        ],
    ),
    (
        codes::STORAGE_CLASS_NOT_PERSISTENT,
        &[(
            "        storage:\n          size: 1Gi\n",
            "        storage: {size: 1Gi, attributes: {persistent: false, class: beta3}}\n",
        )],
    ),
    (
        codes::STORAGE_PERSISTENT_INVALID,
        &[(
            "        storage:\n          size: 1Gi\n",
            "        storage: {size: 1Gi, attributes: {persistent: maybe}}\n",
        )],
    ),
    (
        codes::STORAGE_RAM_PERSISTENT,
        &[
            ("\"2.0\"", "\"2.1\""),
            (
                "        storage:\n          size: 1Gi\n",
                "        storage: {size: 1Gi, attributes: {persistent: true, class: ram}}\n",
            ),
        ],
    ),
    (
        codes::STORAGE_ORDER_REVERSED,
        &[(
            "        storage:\n          size: 1Gi\n",
            "        storage: [{name: a, size: 1Gi}, {name: b, size: 1Gi}]\n",
        )],
    ),
    (
        codes::GPU_KEY_UNKNOWN,
        &[(
            "        storage:\n          size: 1Gi\n",
            "        storage:\n          size: 1Gi\n        gpu: {count: 1}\n",
        )],
    ),
    (
        codes::GPU_IGNORED,
        &[(
            "        storage:\n          size: 1Gi\n",
            "        storage:\n          size: 1Gi\n        gpu: 1\n",
        )],
    ),
    (
        codes::GPU_UNITS_INVALID,
        &[(
            "        storage:\n          size: 1Gi\n",
            "        storage:\n          size: 1Gi\n        gpu: {units: one}\n",
        )],
    ),
    (
        codes::GPU_RANGE,
        &[(
            "        storage:\n          size: 1Gi\n",
            "        storage:\n          size: 1Gi\n        gpu: {units: 25, attributes: {vendor: {nvidia: [{model: h100}]}}}\n",
        )],
    ),
    (
        codes::GPU_ATTRIBUTES_MISSING,
        &[(
            "        storage:\n          size: 1Gi\n",
            "        storage:\n          size: 1Gi\n        gpu: {units: 1}\n",
        )],
    ),
    (
        codes::GPU_ATTRIBUTES_WITHOUT_UNITS,
        &[(
            "        storage:\n          size: 1Gi\n",
            "        storage:\n          size: 1Gi\n        gpu: {units: 0, attributes: {vendor: {nvidia: [{model: h100}]}}}\n",
        )],
    ),
    (
        codes::GPU_ATTRIBUTE_UNKNOWN,
        &[(
            "        storage:\n          size: 1Gi\n",
            "        storage:\n          size: 1Gi\n        gpu: {units: 1, attributes: {model: h100}}\n",
        )],
    ),
    (
        codes::GPU_VENDOR_MISSING,
        &[(
            "        storage:\n          size: 1Gi\n",
            "        storage:\n          size: 1Gi\n        gpu: {units: 1, attributes: {}}\n",
        )],
    ),
    (
        codes::GPU_VENDOR_IGNORED,
        &[(
            "        storage:\n          size: 1Gi\n",
            "        storage:\n          size: 1Gi\n        gpu: {units: 1, attributes: {vendor: {amd: [{model: mi300x}]}}}\n",
        )],
    ),
    (
        codes::GPU_MODEL_INVALID,
        &[(
            "        storage:\n          size: 1Gi\n",
            "        storage:\n          size: 1Gi\n        gpu: {units: 1, attributes: {vendor: {nvidia: [{model: rtx 4090}]}}}\n",
        )],
    ),
    (
        codes::GPU_MODEL_MISSING,
        &[(
            "        storage:\n          size: 1Gi\n",
            "        storage:\n          size: 1Gi\n        gpu: {units: 1, attributes: {vendor: {nvidia: [{model: h100}, {ram: 80Gi}]}}}\n",
        )],
    ),
    (
        codes::GPU_NEVER,
        &[(
            "        storage:\n          size: 1Gi\n",
            "        storage:\n          size: 1Gi\n        gpu: {units: 1, attributes: {vendor: {nvidia: [{model: h-*}]}}}\n",
        )],
    ),
    (
        codes::GPU_UNLIKELY,
        &[(
            "        storage:\n          size: 1Gi\n",
            "        storage:\n          size: 1Gi\n        gpu: {units: 1, attributes: {vendor: {nvidia: [{model: h100}, {model: a100, ram: 7Gi}]}}}\n",
        )],
    ),
    (
        codes::GPU_RAM_INVALID,
        &[(
            "        storage:\n          size: 1Gi\n",
            "        storage:\n          size: 1Gi\n        gpu: {units: 1, attributes: {vendor: {nvidia: [{model: h100, ram: 80GB}]}}}\n",
        )],
    ),
    (
        codes::GPU_RAM_BELOW_ONE_GIB,
        &[(
            "        storage:\n          size: 1Gi\n",
            "        storage:\n          size: 1Gi\n        gpu: {units: 1, attributes: {vendor: {nvidia: [{model: h100}, {model: t4, ram: 512Mi}]}}}\n",
        )],
    ),
    (
        codes::GPU_INTERFACE_UNKNOWN,
        &[(
            "        storage:\n          size: 1Gi\n",
            "        storage:\n          size: 1Gi\n        gpu: {units: 1, attributes: {vendor: {nvidia: [{model: h100, interface: nvlink}]}}}\n",
        )],
    ),
];
