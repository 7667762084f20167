//! The stable names of all diagnostics.

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal;)+) => {
        $($(#[doc = $doc])+ pub const $name: &str = $code;)+

        /// Every code with what it means.
        pub const ALL: &[(&str, &str)] = &[$(($code, concat!($($doc),+))),+];
    };
}

codes! {
    /// The text is not well-formed YAML.
    YAML_SYNTAX = "sdl.yaml.syntax";
    /// A value has another type than is wanted.
    YAML_TYPE = "sdl.yaml.type";
    /// A key stands twice in one map.
    YAML_DUPLICATE_KEY = "sdl.yaml.duplicate_key";
    /// The document is too large, too deep, or grows too much by its aliases.
    YAML_LIMIT = "sdl.yaml.limit";
    /// Warning: a key is unknown where it stands, and ignored.
    KEY_IGNORED = "sdl.key.ignored";
    /// Warning: a key of a GPU stands twice, and the last one counts.
    KEY_REPEATED = "sdl.key.repeated";

    /// There is no `version`.
    VERSION_MISSING = "sdl.version.missing";
    /// The `version` is no semantic version.
    VERSION_MALFORMED = "sdl.version.malformed";
    /// The `version` is one without rules.
    VERSION_UNSUPPORTED = "sdl.version.unsupported";
    /// A key at the top level is unknown.
    SECTION_UNKNOWN = "sdl.section.unknown";
    /// Warning: a section stands twice at the top level.
    SECTION_REPEATED = "sdl.section.repeated";

    /// A service has a malformed name.
    SERVICE_NAME_INVALID = "sdl.service.name_invalid";
    /// A service has no image.
    SERVICE_IMAGE_MISSING = "sdl.service.image_missing";
    /// An environment variable has a malformed name.
    SERVICE_ENV_NAME_INVALID = "sdl.service.env_name_invalid";
    /// Credentials lack host, user name or password.
    CREDENTIALS_INCOMPLETE = "sdl.service.credentials_incomplete";
    /// Warning: SDL 2.0 drops the e-mail address of credentials.
    CREDENTIALS_EMAIL_IGNORED = "sdl.service.credentials_email_ignored";
    /// Warning: a service is not deployed.
    SERVICE_NOT_DEPLOYED = "sdl.service.not_deployed";

    /// A port is not within 1 to 65535.
    EXPOSE_PORT_RANGE = "sdl.expose.port_range";
    /// A protocol is neither TCP nor UDP.
    EXPOSE_PROTOCOL_UNKNOWN = "sdl.expose.protocol_unknown";
    /// A host name is malformed.
    EXPOSE_HOST_INVALID = "sdl.expose.host_invalid";
    /// A host name is accepted twice in the manifest.
    EXPOSE_HOST_TWICE = "sdl.expose.host_twice";
    /// No port of any service is exposed to the internet.
    EXPOSE_NOTHING_GLOBAL = "sdl.expose.nothing_global";
    /// Warning: `http_options` of a target are ignored.
    TARGET_HTTP_OPTIONS_IGNORED = "sdl.expose.target_http_options_ignored";
    /// An HTTP option is above its maximum.
    HTTP_OPTION_RANGE = "sdl.http_options.range";
    /// A case of `next_cases` is unknown.
    HTTP_NEXT_CASE_UNKNOWN = "sdl.http_options.next_case_unknown";
    /// `off` stands beside other cases of `next_cases`.
    HTTP_NEXT_CASE_OFF = "sdl.http_options.next_case_off";

    /// An IP endpoint has a malformed name.
    ENDPOINT_NAME_INVALID = "sdl.endpoint.name_invalid";
    /// An IP endpoint has no kind.
    ENDPOINT_KIND_MISSING = "sdl.endpoint.kind_missing";
    /// An IP endpoint is of an unknown kind.
    ENDPOINT_KIND_UNKNOWN = "sdl.endpoint.kind_unknown";
    /// An IP endpoint is used but not declared.
    ENDPOINT_UNDECLARED = "sdl.endpoint.undeclared";
    /// An IP endpoint is declared but not used by a deployed service.
    ENDPOINT_UNUSED = "sdl.endpoint.unused";
    /// An IP endpoint is used by a target that is not global.
    ENDPOINT_NOT_GLOBAL = "sdl.endpoint.not_global";
    /// A port of an IP endpoint is used twice.
    ENDPOINT_PORT_TWICE = "sdl.endpoint.port_twice";

    /// A mount names no volume of the compute profile.
    MOUNT_VOLUME_UNKNOWN = "sdl.mount.volume_unknown";
    /// A mount path is not absolute.
    MOUNT_NOT_ABSOLUTE = "sdl.mount.not_absolute";
    /// Two volumes of a service have the same mount path.
    MOUNT_TWICE = "sdl.mount.twice";
    /// A ram volume is mounted read-only (SDL 2.1).
    MOUNT_RAM_READ_ONLY = "sdl.mount.ram_read_only";
    /// A persistent volume is not mounted (SDL 2.0).
    MOUNT_MISSING = "sdl.mount.missing";
    /// `tee` is unknown.
    TEE_UNKNOWN = "sdl.tee.unknown";
    /// `tee` wants a GPU where none is asked for.
    TEE_WITHOUT_GPU = "sdl.tee.without_gpu";
    /// Services of one placement want different `tee`.
    TEE_CONFLICT = "sdl.tee.conflict";

    /// A compute profile that is used has no `resources`.
    COMPUTE_RESOURCES_MISSING = "sdl.compute.resources_missing";
    /// A number of CPUs cannot be read.
    CPU_INVALID = "sdl.cpu.invalid";
    /// A compute profile that is used has no CPU.
    CPU_MISSING = "sdl.cpu.missing";
    /// CPU is out of range.
    CPU_RANGE = "sdl.cpu.range";
    /// An attribute of a CPU is unknown.
    CPU_ATTRIBUTE_UNKNOWN = "sdl.cpu.attribute_unknown";
    /// Warning: attributes of a CPU are no map, and ignored.
    CPU_ATTRIBUTES_IGNORED = "sdl.cpu.attributes_ignored";
    /// A memory size cannot be read.
    MEMORY_INVALID = "sdl.memory.invalid";
    /// A compute profile that is used has no memory.
    MEMORY_MISSING = "sdl.memory.missing";
    /// Memory is out of range.
    MEMORY_RANGE = "sdl.memory.range";
    /// An attribute is given twice.
    ATTRIBUTE_TWICE = "sdl.attribute.twice";

    /// A storage size cannot be read.
    STORAGE_INVALID = "sdl.storage.invalid";
    /// A compute profile that is used has no storage.
    STORAGE_MISSING = "sdl.storage.missing";
    /// A volume is out of range.
    STORAGE_RANGE = "sdl.storage.range";
    /// Two volumes have the same name.
    STORAGE_NAME_TWICE = "sdl.storage.name_twice";
    /// Warning: the name of a single volume is ignored.
    STORAGE_NAME_IGNORED = "sdl.storage.name_ignored";
    /// An attribute of storage is unknown.
    STORAGE_ATTRIBUTE_UNKNOWN = "sdl.storage.attribute_unknown";
    /// A storage class is unknown.
    STORAGE_CLASS_UNKNOWN = "sdl.storage.class_unknown";
    /// A storage class stands on a volume that is not persistent.
    STORAGE_CLASS_NOT_PERSISTENT = "sdl.storage.class_not_persistent";
    /// `persistent` is no flag.
    STORAGE_PERSISTENT_INVALID = "sdl.storage.persistent_invalid";
    /// A ram volume is persistent.
    STORAGE_RAM_PERSISTENT = "sdl.storage.ram_persistent";
    /// Warning: volumes of equal size come out in reverse.
    STORAGE_ORDER_REVERSED = "sdl.storage.order_reversed";

    /// A key of `gpu` is unknown.
    GPU_KEY_UNKNOWN = "sdl.gpu.key_unknown";
    /// Warning: `gpu` is no map, and ignored.
    GPU_IGNORED = "sdl.gpu.ignored";
    /// A number of GPUs cannot be read.
    GPU_UNITS_INVALID = "sdl.gpu.units_invalid";
    /// Too many GPUs.
    GPU_RANGE = "sdl.gpu.range";
    /// GPUs are asked for without attributes.
    GPU_ATTRIBUTES_MISSING = "sdl.gpu.attributes_missing";
    /// Attributes stand without GPUs.
    GPU_ATTRIBUTES_WITHOUT_UNITS = "sdl.gpu.attributes_without_units";
    /// An attribute of a GPU is unknown.
    GPU_ATTRIBUTE_UNKNOWN = "sdl.gpu.attribute_unknown";
    /// Attributes of a GPU name no vendor.
    GPU_VENDOR_MISSING = "sdl.gpu.vendor_missing";
    /// Warning: a vendor other than nvidia is ignored.
    GPU_VENDOR_IGNORED = "sdl.gpu.vendor_ignored";
    /// A model gives no attribute key.
    GPU_MODEL_INVALID = "sdl.gpu.model_invalid";
    /// Warning: an entry names no model and matches none.
    GPU_MODEL_MISSING = "sdl.gpu.model_missing";
    /// Warning: no provider is likely to bid with this GPU.
    GPU_UNLIKELY = "sdl.gpu.unlikely";
    /// A size of GPU memory cannot be read.
    GPU_RAM_INVALID = "sdl.gpu.ram_invalid";
    /// Warning: GPU memory below 1 GiB matches no GPU.
    GPU_RAM_BELOW_ONE_GIB = "sdl.gpu.ram_below_one_gib";
    /// A GPU interface is unknown.
    GPU_INTERFACE_UNKNOWN = "sdl.gpu.interface_unknown";

    /// The amount of a price cannot be read.
    PRICE_INVALID = "sdl.price.invalid";
    /// A price is zero or negative.
    PRICE_NOT_POSITIVE = "sdl.price.not_positive";
    /// A price is above the limit.
    PRICE_RANGE = "sdl.price.range";
    /// The denom of a price is malformed.
    PRICE_DENOM_INVALID = "sdl.price.denom_invalid";
    /// Prices are in different denoms.
    PRICE_DENOM_MIXED = "sdl.price.denom_mixed";
    /// Warning: the chain accepts only `uact` for new deployments.
    PRICE_DENOM_NOT_ACCEPTED = "sdl.price.denom_not_accepted";
    /// A placement has no price for a compute profile that is used in it.
    PRICE_MISSING = "sdl.price.missing";

    /// Nothing is deployed.
    DEPLOYMENT_EMPTY = "sdl.deployment.empty";
    /// A deployment names no service.
    DEPLOYMENT_SERVICE_UNKNOWN = "sdl.deployment.service_unknown";
    /// A deployment names no compute profile.
    DEPLOYMENT_PROFILE_UNKNOWN = "sdl.deployment.profile_unknown";
    /// A deployment names no placement.
    DEPLOYMENT_PLACEMENT_UNKNOWN = "sdl.deployment.placement_unknown";
    /// A group has no name.
    GROUP_NAME_EMPTY = "sdl.group.name_empty";
    /// The sum over a group is zero or above the limit.
    GROUP_TOTAL_RANGE = "sdl.group.total_range";

    /// Strict reading only: a key is unknown.
    STRICT_KEY_UNKNOWN = "sdl.strict.key_unknown";
    /// Strict reading only: a key is missing.
    STRICT_KEY_MISSING = "sdl.strict.key_missing";
    /// Strict reading only: a value has another form than the JSON schema allows.
    STRICT_VALUE = "sdl.strict.value";

    /// The reclamation window cannot be read or is not above zero.
    RECLAMATION_WINDOW = "sdl.reclamation.window";
}

#[cfg(test)]
mod tests {
    use super::ALL;

    #[test]
    fn codes_are_unique_and_well_formed() {
        let mut codes: Vec<_> = ALL.iter().map(|(code, _)| *code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), ALL.len());
        for (code, meaning) in ALL {
            assert_eq!(code.split('.').count(), 3, "{code}");
            assert!(code.starts_with("sdl."), "{code}");
            assert!(
                code.bytes()
                    .all(|b| b.is_ascii_lowercase() || b"._".contains(&b)),
                "{code}"
            );
            assert!(meaning.trim().ends_with('.'), "{code}");
        }
    }
}
