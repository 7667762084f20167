//! Services, their parameters and credentials.

use akash_sdl::diagnostic::codes;

use super::Edits;

pub(super) const DOCUMENTS: &[(&str, Edits)] = &[
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
        codes::MOUNT_NOWHERE,
        &[
            ("\"2.0\"", "\"2.1\""),
            (
                "        storage:\n          size: 1Gi\n",
                "        storage: [{name: data, size: 1Gi, attributes: {persistent: true, class: beta2}}]\n",
            ),
        ],
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
];
