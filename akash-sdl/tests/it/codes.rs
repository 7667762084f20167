//! A document for each code, which is [`EXAMPLE`] with some parts written otherwise.

use std::collections::BTreeSet;

use akash_sdl::diagnostic::{Diagnostic, codes};
use akash_sdl::{EXAMPLE, Sdl};

type Edits = &'static [(&'static str, &'static str)];

const DOCUMENTS: &[(&str, Edits)] = &[
    (
        codes::YAML_DOCUMENTS_IGNORED,
        &[(
            "      count: 1\n",
            "      count: 1\n---\nservices: {spare: {image: busybox}}\n",
        )],
    ),
    (
        codes::YAML_BYTES_REPLACED,
        &[(
            "image: nginx:1.27\n",
            "image: nginx:1.27\n    args: [!!binary gA==]\n",
        )],
    ),
    (
        codes::NUMBER_OCTAL,
        &[("port: 80\n", "port: 80\n        as: 0100\n")],
    ),
    (
        codes::NUMBER_CUT,
        &[("port: 80\n", "port: 80\n        as: 8080.9\n")],
    ),
    (
        codes::ITEM_IGNORED,
        &[(
            "image: nginx:1.27\n",
            "image: nginx:1.27\n    env: [A=1, ~]\n",
        )],
    ),
    (codes::VERSION_READ_AS, &[("\"2.0\"", "\"3.0\"")]),
    (
        codes::CREDENTIALS_TRIMMED,
        &[
            ("\"2.0\"", "\"2.1\""),
            (
                "image: nginx:1.27\n",
                "image: nginx:1.27\n    credentials: {host: ghcr.io, username: me, password: \" secret\"}\n",
            ),
        ],
    ),
    (
        codes::PERMISSION_UNKNOWN,
        &[(
            "image: nginx:1.27\n",
            "image: nginx:1.27\n    params: {permissions: {read: [log]}}\n",
        )],
    ),
    (
        codes::HTTP_OPTION_DEFAULT,
        &[(
            "port: 80\n",
            "port: 80\n        http_options: {next_tries: 0}\n",
        )],
    ),
    (
        codes::ENDPOINT_PORT_SHARED,
        &[
            ("services:\n", "endpoints: {lobby: {kind: ip}}\nservices:\n"),
            (
                "      - port: 80\n",
                "      - {port: 443, to: [{global: true, ip: lobby}]}\n      - {port: 8080, as: 443, to: [{global: true, ip: lobby}]}\n      - port: 80\n",
            ),
        ],
    ),
    (
        codes::MOUNT_NOWHERE,
        &[
            ("\"2.0\"", "\"2.1\""),
            (
                "        storage:\n          size: 1Gi\n",
                "        storage: [{name: data, size: 1Gi, attributes: {persistent: true, class: beta2}}]\n",
            ),
        ],
    ),
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
        codes::YAML_SYNTAX,
        &[("image: nginx:1.27", "image: [nginx")],
    ),
    (codes::YAML_TYPE, &[("image: nginx:1.27", "image: [nginx]")]),
    (
        codes::YAML_DUPLICATE_KEY,
        &[(
            "    image: nginx:1.27\n",
            "    image: nginx:1.27\n    image: httpd\n",
        )],
    ),
    (
        codes::KEY_IGNORED,
        &[(
            "    image: nginx:1.27\n",
            "    image: nginx:1.27\n    restart: always\n",
        )],
    ),
    (
        codes::KEY_REPEATED,
        &[(
            "        storage:\n          size: 1Gi\n",
            "        storage:\n          size: 1Gi\n        gpu: {units: 1, units: 2, attributes: {vendor: {nvidia: [{model: h100}]}}}\n",
        )],
    ),
    (codes::VERSION_MISSING, &[("version: \"2.0\"\n", "")]),
    (codes::VERSION_MALFORMED, &[("\"2.0\"", "latest")]),
    (codes::VERSION_UNSUPPORTED, &[("\"2.0\"", "\"1.0\"")]),
    (
        codes::SECTION_UNKNOWN,
        &[("services:\n", "volumes: {}\nservices:\n")],
    ),
    (
        codes::INCLUDE_IGNORED,
        &[("services:\n", "include: [base.yaml]\nservices:\n")],
    ),
    (
        codes::SECTION_REPEATED,
        &[("services:\n", "endpoints: {}\nendpoints: {}\nservices:\n")],
    ),
    (
        codes::SERVICE_NAME_INVALID,
        &[
            ("services:\n  web:", "services:\n  Web:"),
            ("deployment:\n  web:", "deployment:\n  Web:"),
        ],
    ),
    (
        codes::SERVICE_IMAGE_MISSING,
        &[("image: nginx:1.27", "image: \"\"")],
    ),
    (
        codes::SERVICE_ENV_NAME_INVALID,
        &[(
            "    image: nginx:1.27\n",
            "    image: nginx:1.27\n    env: [1ST=x]\n",
        )],
    ),
    (
        codes::CREDENTIALS_INCOMPLETE,
        &[(
            "    image: nginx:1.27\n",
            "    image: nginx:1.27\n    credentials: {host: ghcr.io, username: me}\n",
        )],
    ),
    (
        codes::CREDENTIALS_EMAIL_IGNORED,
        &[(
            "    image: nginx:1.27\n",
            "    image: nginx:1.27\n    credentials: {host: ghcr.io, username: me, password: secret, email: me@example.com}\n",
        )],
    ),
    (
        codes::SERVICE_ENV_WITHOUT_VALUE,
        &[(
            "    image: nginx:1.27\n",
            "    image: nginx:1.27\n    env: [HOME]\n",
        )],
    ),
    (
        codes::DEPENDENCIES_IGNORED,
        &[(
            "    image: nginx:1.27\n",
            "    image: nginx:1.27\n    dependencies: [{service: db}]\n",
        )],
    ),
    (
        codes::SERVICE_NOT_DEPLOYED,
        &[("profiles:\n", "  spare: {image: busybox}\nprofiles:\n")],
    ),
    (codes::EXPOSE_PORT_RANGE, &[("port: 80", "port: 70000")]),
    (
        codes::EXPOSE_AS_RANGE,
        &[("port: 80\n", "port: 80\n        as: 70000\n")],
    ),
    (
        codes::EXPOSE_PROTOCOL_UNKNOWN,
        &[("port: 80\n", "port: 80\n        proto: http\n")],
    ),
    (
        codes::EXPOSE_HOST_INVALID,
        &[(
            "port: 80\n",
            "port: 80\n        accept: [\"*.example.com\"]\n",
        )],
    ),
    (
        codes::EXPOSE_HOST_TWICE,
        &[(
            "port: 80\n",
            "port: 80\n        accept: [example.com, example.com]\n",
        )],
    ),
    (
        codes::EXPOSE_NOTHING_GLOBAL,
        &[("global: true", "global: false")],
    ),
    (
        codes::TARGET_HTTP_OPTIONS_IGNORED,
        &[(
            "- global: true",
            "- {global: true, http_options: {next_tries: 1}}",
        )],
    ),
    (
        codes::TARGET_SERVICE_UNKNOWN,
        &[("- global: true", "- global: true\n          - service: wob")],
    ),
    (
        codes::HTTP_OPTION_RANGE,
        &[(
            "port: 80\n",
            "port: 80\n        http_options: {read_timeout: 90000}\n",
        )],
    ),
    (
        codes::HTTP_NEXT_CASE_UNKNOWN,
        &[(
            "port: 80\n",
            "port: 80\n        http_options: {next_cases: [418]}\n",
        )],
    ),
    (
        codes::HTTP_NEXT_CASE_OFF,
        &[(
            "port: 80\n",
            "port: 80\n        http_options: {next_cases: [off, error]}\n",
        )],
    ),
    (
        codes::ENDPOINT_NAME_INVALID,
        &[
            ("- global: true", "- {global: true, ip: x}"),
            (
                "      count: 1\n",
                "      count: 1\nendpoints: {x: {kind: ip}}\n",
            ),
        ],
    ),
    (
        codes::ENDPOINT_KIND_MISSING,
        &[
            ("- global: true", "- {global: true, ip: lobby}"),
            (
                "      count: 1\n",
                "      count: 1\nendpoints: {lobby: {}}\n",
            ),
        ],
    ),
    (
        codes::ENDPOINT_KIND_UNKNOWN,
        &[
            ("- global: true", "- {global: true, ip: lobby}"),
            (
                "      count: 1\n",
                "      count: 1\nendpoints: {lobby: {kind: dns}}\n",
            ),
        ],
    ),
    (
        codes::ENDPOINT_UNDECLARED,
        &[("- global: true", "- {global: true, ip: lobby}")],
    ),
    (
        codes::ENDPOINT_UNUSED,
        &[(
            "      count: 1\n",
            "      count: 1\nendpoints: {lobby: {kind: ip}}\n",
        )],
    ),
    (
        codes::ENDPOINT_NOT_GLOBAL,
        &[
            (
                "- global: true",
                "- global: true\n          - {service: web, ip: lobby}",
            ),
            (
                "      count: 1\n",
                "      count: 1\nendpoints: {lobby: {kind: ip}}\n",
            ),
        ],
    ),
    (
        codes::ENDPOINT_PORT_TWICE,
        &[
            (
                "- global: true",
                "- {global: true, ip: lobby}\n          - {global: true, ip: lobby}",
            ),
            (
                "      count: 1\n",
                "      count: 1\nendpoints: {lobby: {kind: ip}}\n",
            ),
        ],
    ),
    (
        codes::MOUNT_VOLUME_UNKNOWN,
        &[(
            "    image: nginx:1.27\n",
            "    image: nginx:1.27\n    params: {storage: {data: {mount: /data}}}\n",
        )],
    ),
    (
        codes::MOUNT_NOT_ABSOLUTE,
        &[(
            "    image: nginx:1.27\n",
            "    image: nginx:1.27\n    params: {storage: {default: {mount: data}}}\n",
        )],
    ),
    (
        codes::MOUNT_TWICE,
        &[
            (
                "    image: nginx:1.27\n",
                "    image: nginx:1.27\n    params: {storage: {a: {mount: /x}, b: {mount: /x}}}\n",
            ),
            (
                "        storage:\n          size: 1Gi\n",
                "        storage: [{name: a, size: 1Gi}, {name: b, size: 2Gi}]\n",
            ),
        ],
    ),
    (
        codes::MOUNT_RAM_READ_ONLY,
        &[
            ("\"2.0\"", "\"2.1\""),
            (
                "    image: nginx:1.27\n",
                "    image: nginx:1.27\n    params: {storage: {shm: {mount: /dev/shm, readOnly: true}}}\n",
            ),
            (
                "        storage:\n          size: 1Gi\n",
                "        storage: [{name: shm, size: 1Gi, attributes: {class: ram, persistent: false}}]\n",
            ),
        ],
    ),
    (
        codes::MOUNT_MISSING,
        &[(
            "        storage:\n          size: 1Gi\n",
            "        storage: [{name: data, size: 1Gi, attributes: {persistent: true, class: beta3}}]\n",
        )],
    ),
    (
        codes::TEE_UNKNOWN,
        &[(
            "    image: nginx:1.27\n",
            "    image: nginx:1.27\n    params: {tee: gpu}\n",
        )],
    ),
    (
        codes::TEE_WITHOUT_GPU,
        &[(
            "    image: nginx:1.27\n",
            "    image: nginx:1.27\n    params: {tee: cpu-gpu}\n",
        )],
    ),
    (
        codes::TEE_CONFLICT,
        &[
            (
                "    image: nginx:1.27\n",
                "    image: nginx:1.27\n    params: {tee: cpu}\n",
            ),
            (
                "profiles:\n",
                "  other: {image: busybox, params: {tee: cpu-gpu}}\nprofiles:\n",
            ),
            (
                "        storage:\n          size: 1Gi\n",
                "        storage:\n          size: 1Gi\n        gpu: {units: 1, attributes: {vendor: {nvidia: [{model: h100}]}}}\n",
            ),
            (
                "      count: 1\n",
                "      count: 1\n  other: {anywhere: {profile: small, count: 1}}\n",
            ),
        ],
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
        codes::STRICT_KEY_UNKNOWN,
        &[(
            "    image: nginx:1.27\n",
            "    image: nginx:1.27\n    restart: always\n",
        )],
    ),
    (
        codes::STRICT_KEY_MISSING,
        &[("  placement:\n", "    spare: {}\n  placement:\n")],
    ),
    (codes::STRICT_VALUE, &[("\"2.0\"", "2.0")]),
    (
        codes::RECLAMATION_WINDOW,
        &[(
            "      count: 1\n",
            "      count: 1\nreclamation: {min_window: 1d}\n",
        )],
    ),
];

/// What only one code is about, besides those that cannot stand alone.
fn document(code: &str) -> String {
    if code == codes::YAML_LIMIT {
        let nested = format!("include: {}\nservices:\n", "[".repeat(20_000));
        return EXAMPLE.replacen("services:\n", &nested, 1);
    }
    let (_, edits) = DOCUMENTS
        .iter()
        .find(|(name, _)| *name == code)
        .unwrap_or_else(|| panic!("{code} has no document"));
    let mut text = EXAMPLE.to_owned();
    for (from, to) in *edits {
        assert!(text.contains(from), "{code}: {from:?}");
        text = text.replacen(from, to, 1);
    }
    text
}

fn found(text: &str, strict: bool) -> Vec<Diagnostic> {
    let read = if strict {
        Sdl::parse_strict(text)
    } else {
        Sdl::parse(text)
    };
    match read {
        Ok(sdl) => sdl.warnings().to_vec(),
        Err(report) => report.diagnostics().to_vec(),
    }
}

#[test]
fn every_code_has_a_document_that_causes_it_and_nothing_else() {
    let mut wrong = Vec::new();
    for (code, example) in codes::EXAMPLES {
        let text = document(code);
        if !text.contains(example) {
            wrong.push(format!(
                "{code}: the document lacks its example {example:?}"
            ));
        }
        let strict = code.starts_with("sdl.strict.");
        let codes: BTreeSet<&str> = found(&text, strict)
            .iter()
            .filter(|d| !strict || d.severity == akash_sdl::diagnostic::Severity::Error)
            .map(|d| d.code)
            .collect();
        if codes != BTreeSet::from([*code]) {
            wrong.push(format!("{code}: {codes:?}\n{:?}", found(&text, strict)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_is_in_the_docs_with_its_example_and_severity() {
    assert_eq!(codes::ALL.len(), codes::EXAMPLES.len());
    for ((code, meaning), (same, example)) in codes::ALL.iter().zip(codes::EXAMPLES) {
        assert_eq!(code, same);
        assert!(!example.is_empty());
        let strict = code.starts_with("sdl.strict.");
        let found = found(&document(code), strict);
        let diagnostic = found.iter().find(|d| d.code == *code).unwrap();
        let warning = diagnostic.severity == akash_sdl::diagnostic::Severity::Warning;
        assert_eq!(meaning.trim().starts_with("Warning: "), warning, "{code}");
        assert!(!diagnostic.message.is_empty() && diagnostic.position.line > 0);
    }
}
