//! The YAML layer, the version and the sections.

use akash_sdl::diagnostic::codes;

use super::Edits;

pub(super) const DOCUMENTS: &[(&str, Edits)] = &[
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
];
