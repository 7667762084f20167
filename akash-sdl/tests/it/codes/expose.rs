//! Exposed ports and endpoints.

use akash_sdl::diagnostic::codes;

use super::Edits;

pub(super) const DOCUMENTS: &[(&str, Edits)] = &[
    (
        codes::EXPOSE_WITHOUT_TARGET,
        &[(
            "      - port: 80\n",
            "      - {port: 9000, as: 90}\n      - port: 80\n",
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
];
