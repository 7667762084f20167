//! What only strict reading refuses.

use akash_sdl::diagnostic::codes;

use super::Edits;

pub(super) const DOCUMENTS: &[(&str, Edits)] = &[
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
];
