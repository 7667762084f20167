//! What could not be kept, and what is wrong.

use core::fmt;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::item::{At, Place};
use crate::diagnostic::{Diagnostic, Report, Severity};
use crate::emit::EmitError;
use crate::yaml::{Error, LineIndex, Position, Span, Tree};

/// What a loss means for who deploys the SDL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LossKind {
    /// Something must be done before the SDL works, such as to push an image.
    Action,
    /// It is not in the SDL; Akash has nothing like it.
    Dropped,
    /// It is in the SDL in another form.
    Changed,
    /// The compose file does not say it; the SDL holds a value of the options or a guess.
    Assumed,
}

impl LossKind {
    /// `action`, `dropped`, `changed` or `assumed`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Action => "action",
            Self::Dropped => "dropped",
            Self::Changed => "changed",
            Self::Assumed => "assumed",
        }
    }
}

impl fmt::Display for LossKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident $kind:ident $text:literal,)+) => {
        /// Which rule a loss falls under. The text of a code, such as `compose.bind_mount`, is stable.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum LossCode {
            $($(#[doc = $doc])+ $name,)+
        }

        impl LossCode {
            /// All codes.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The text, such as `compose.bind_mount`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => concat!("compose.", $text),)+ }
            }

            /// What it means for who deploys the SDL.
            #[must_use]
            pub const fn kind(self) -> LossKind {
                match self { $(Self::$name => LossKind::$kind,)+ }
            }
        }
    };
}

codes! {
    /// `build`: providers run images, they build none. Push the image under the name in the SDL.
    Build Action "build",
    /// `env_file` whose text was not given.
    EnvFile Action "env_file",
    /// A variable of the file is not in the environment and has no default.
    VariableUnset Action "variable_unset",
    /// An environment entry without a value that the environment does not have either.
    EnvironmentUnset Action "environment_unset",
    /// A service that others depend on says nowhere which ports it listens on.
    NoPort Action "no_port",
    /// `secrets` and `configs`: files that Akash does not bring into containers.
    SecretFile Action "secret_file",
    /// `extends`, `include` of another file, whose text is not read.
    OtherFile Action "other_file",
    /// A directory or file of the host.
    BindMount Dropped "bind_mount",
    /// The socket of the Docker engine.
    DockerSocket Dropped "docker_socket",
    /// A driver or options of a volume, or an external volume: the SDL has a new, empty one.
    VolumeDriver Dropped "volume_driver",
    /// A volume several services share: on Akash each has its own.
    VolumeShared Changed "volume_shared",
    /// A volume of each replica: on Akash each replica has its own.
    VolumeReplicas Changed "volume_replicas",
    /// A named volume: a persistent volume of the assumed size.
    VolumeSize Assumed "volume_size",
    /// A volume without a name: part of the container's own storage, lost with it.
    VolumeAnonymous Changed "volume_anonymous",
    /// A mount in memory of the assumed size.
    TmpfsSize Assumed "tmpfs_size",
    /// A detail of a volume, such as SELinux labels or a sub-path.
    VolumeOption Dropped "volume_option",
    /// A host port: the port that the internet sees is another one.
    HostPort Changed "host_port",
    /// A port of the host's loopback interface: reachable inside the deployment only.
    LoopbackPort Changed "loopback_port",
    /// A port bound to one address of the host: bound to the provider's.
    HostAddress Dropped "host_address",
    /// A port that the options keep inside the deployment.
    NotPublished Changed "not_published",
    /// A protocol other than TCP and UDP.
    Protocol Dropped "protocol",
    /// More ports than an SDL reasonably holds.
    TooManyPorts Dropped "too_many_ports",
    /// A port of a well-known image, not written in the file.
    PortAssumed Assumed "port_assumed",
    /// No limits: CPU, memory or both are those of the options.
    ResourcesAssumed Assumed "resources_assumed",
    /// A quantity outside what the chain takes: cut to its range.
    ResourcesRange Changed "resources_range",
    /// Reservations beside limits: an SDL has one quantity, the limit.
    Reservation Dropped "reservation",
    /// A setting of the container's resources, such as `pids_limit` or `cpuset`.
    ResourceSetting Dropped "resource_setting",
    /// `count: all` or `runtime: nvidia`: one GPU is asked for.
    GpuCount Assumed "gpu_count",
    /// A device, or a GPU of another vendor than nvidia.
    Device Dropped "device",
    /// Certain GPUs by id or by driver options.
    GpuSelection Dropped "gpu_selection",
    /// `privileged`, capabilities, security options.
    Privilege Dropped "privilege",
    /// `network_mode` other than bridge: the service is in the deployment's network.
    NetworkMode Dropped "network_mode",
    /// A setting of a network, such as a fixed address, or an internal network.
    NetworkSetting Dropped "network_setting",
    /// Separate networks: all services of a deployment are in one.
    NetworkIsolation Changed "network_isolation",
    /// Another name of a service in the network: `links`, `aliases`, `container_name`, `hostname`.
    Alias Dropped "alias",
    /// Names outside the deployment: `external_links`, `extra_hosts`, `dns`.
    NameResolution Dropped "name_resolution",
    /// `restart` other than always: Akash always restarts.
    Restart Dropped "restart",
    /// `depends_on`: Akash starts all services at once.
    StartOrder Dropped "start_order",
    /// `healthcheck`: Akash has none.
    Healthcheck Dropped "healthcheck",
    /// Deployment by a Swarm: placement, update and rollback.
    Swarm Dropped "swarm",
    /// `logging`, `labels`, `annotations`: nobody reads them.
    Metadata Dropped "metadata",
    /// Life cycle: stop signals and grace, hooks, `init`.
    Lifecycle Dropped "lifecycle",
    /// `user`, `working_dir`, `read_only` and other settings of the process that the image decides.
    ProcessSetting Dropped "process_setting",
    /// `develop`, `attach`, `tty`, `stdin_open`: for work at a terminal.
    Interactive Dropped "interactive",
    /// An empty `entrypoint`, which should clear the image's.
    EntrypointCleared Dropped "entrypoint_cleared",
    /// A command with `;`, `&`, `|`, `<` or `>` outside a shell: cut there, as compose does.
    ShellOperator Dropped "shell_operator",
    /// An environment variable with a name that Kubernetes refuses.
    EnvironmentName Dropped "environment_name",
    /// A service with another name, because the SDL's names are DNS labels.
    Renamed Changed "renamed",
    /// A service of an inactive profile, or with no replicas.
    ServiceLeftOut Dropped "service_left_out",
    /// A platform other than 64-bit x86 or Arm.
    Platform Dropped "platform",
    /// `pull_policy`, `credential_spec` and other settings of the engine.
    Engine Dropped "engine",
    /// A key that the Compose Specification does not know.
    UnknownKey Dropped "unknown_key",
}

impl fmt::Display for LossCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Serialize for LossCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// One thing of a compose file that the SDL does not have, or not as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Loss {
    /// Which rule.
    pub code: LossCode,
    /// Which of the compose files, counted from 0.
    pub file: usize,
    /// Where in the compose file, such as `services.web.ports[0]`.
    pub path: String,
    /// Which bytes of it.
    pub span: Span,
    /// Line and column where they start.
    pub position: Position,
    /// What is lost or changed, and why; what to do about it.
    pub message: String,
}

impl Loss {
    /// As a warning, to be rendered with lines of the compose file or as JSON.
    #[must_use]
    pub fn to_diagnostic(&self) -> Diagnostic {
        Diagnostic {
            code: self.code.as_str(),
            severity: Severity::Warning,
            message: self.message.clone(),
            path: self.path.clone(),
            span: self.span,
            position: self.position,
            related: Vec::new(),
            suggestion: None,
        }
    }
}

/// `dropped[compose.bind_mount] 6:16 services.web.volumes[0]: the directory …`
impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}[{}] {} {}: {}",
            self.code.kind(),
            self.code,
            self.position,
            self.path,
            self.message
        )
    }
}

impl Serialize for Loss {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Loss", 6)?;
        out.serialize_field("kind", self.code.kind().as_str())?;
        out.serialize_field("code", &self.code)?;
        out.serialize_field("path", &self.path)?;
        out.serialize_field("line", &self.position.line)?;
        out.serialize_field("column", &self.position.column)?;
        out.serialize_field("message", &self.message)?;
        out.end()
    }
}

/// The code of what is wrong with the compose file itself.
const INVALID: &str = "compose.invalid";

/// More notes than this say nothing more.
const MOST: usize = 2_000;

/// A compose file among those that are read as one. Its places begin behind those of the files before.
pub(super) struct Source<'l> {
    pub(super) base: u32,
    lines: LineIndex<'l>,
}

impl<'l> Source<'l> {
    pub(super) fn of(trees: &'l [Tree<'_>]) -> Vec<Self> {
        let mut base = 0u32;
        let mut sources = Vec::with_capacity(trees.len());
        for tree in trees {
            let lines = tree.line_index();
            sources.push(Self { base, lines });
            let length = u32::try_from(tree.source.len()).unwrap_or(u32::MAX);
            base = base.saturating_add(length).saturating_add(1);
        }
        sources
    }
}

/// Collects losses and faults.
pub(super) struct Notes<'l> {
    sources: &'l [Source<'l>],
    losses: Vec<Loss>,
    faults: Vec<(usize, Diagnostic)>,
}

impl<'l> Notes<'l> {
    pub(super) const fn new(sources: &'l [Source<'l>]) -> Self {
        Self {
            sources,
            losses: Vec::new(),
            faults: Vec::new(),
        }
    }

    /// The file of a place, the place in it, and its line and column.
    fn locate(&self, span: Span) -> (usize, Span, Position) {
        let behind = |source: &Source<'_>| source.base <= span.start;
        let file = self.sources.partition_point(behind).saturating_sub(1);
        let Some(source) = self.sources.get(file) else {
            return (0, span, Position { line: 1, column: 1 });
        };
        let local = |at: u32| at.saturating_sub(source.base);
        let span = Span::new(local(span.start), local(span.end));
        (file, span, source.lines.position(span.start))
    }

    pub(super) fn lose(&mut self, code: LossCode, at: At<'_>, message: impl Into<String>) {
        if self.losses.len() < MOST {
            self.lose_at(code, &at.place(), message);
        }
    }

    pub(super) fn lose_at(&mut self, code: LossCode, place: &Place, message: impl Into<String>) {
        if self.losses.len() < MOST {
            let (file, span, position) = self.locate(place.span);
            self.losses.push(Loss {
                code,
                file,
                path: place.path.clone(),
                span,
                position,
                message: message.into(),
            });
        }
    }

    pub(super) fn fault(&mut self, at: At<'_>, message: impl Into<String>) {
        self.fault_at(at.span(), at.path(), message.into());
    }

    pub(super) fn fault_at(&mut self, span: Span, path: String, message: String) {
        if self.faults.len() < MOST {
            let (file, span, position) = self.locate(span);
            let message = match self.sources {
                [_, _, ..] => format!("file {}: {message}", file + 1),
                _ => message,
            };
            self.faults
                .push((file, fault(span, position, path, message)));
        }
    }

    pub(super) const fn has_faults(&self) -> bool {
        !self.faults.is_empty()
    }

    /// The losses in the order of the file.
    pub(super) fn finish(mut self) -> Result<Vec<Loss>, Report> {
        if !self.faults.is_empty() {
            self.faults
                .sort_by_key(|(file, fault)| (*file, fault.span.start));
            let faults = self.faults.into_iter().map(|(_, fault)| fault);
            return Err(Report::new(faults.collect()));
        }
        self.losses.sort_by_key(|loss| (loss.file, loss.span.start));
        Ok(self.losses)
    }
}

const fn fault(span: Span, position: Position, path: String, message: String) -> Diagnostic {
    Diagnostic {
        code: INVALID,
        severity: Severity::Error,
        message,
        path,
        span,
        position,
        related: Vec::new(),
        suggestion: None,
    }
}

/// A text that is no YAML.
pub(super) fn malformed(error: &Error) -> Report {
    let message = error.kind().to_string();
    Report::new(vec![fault(
        error.span(),
        error.position(),
        String::new(),
        message,
    )])
}

/// An SDL that cannot be written.
pub(super) fn unwritable(error: &EmitError) -> Report {
    let start = Position { line: 1, column: 1 };
    Report::new(vec![fault(
        Span::default(),
        start,
        String::new(),
        error.to_string(),
    )])
}
