//! The command line.

use crate::Failure;
use akash_sdl::compose;
use akash_sdl::compose::Published;

pub(crate) const USAGE: &str = "\
Docker Compose files to SDL: the SDL on the standard output, what could not be kept on the error stream.

usage: compose_to_sdl FILE... [OPTION...]

  --merge                  lays each file over those before it, to one SDL
  --price COIN             most paid for a replica and block (default 1000uact)
  --price-of SERVICE=COIN  another price for a service
  --placement NAME         name of the placement (default akash)
  --region REGION          the same as --attribute region=REGION
  --attribute KEY=VALUE    what the provider must have
  --signed-by ADDRESS      an auditor; one of those given must have signed
  --cpu N --memory SIZE    of services without limits (default 0.5 and 512Mi)
  --storage SIZE           of each container (default 1Gi)
  --volume-size [NAME=]SIZE  of named volumes (default 10Gi)
  --class CLASS            storage class of named volumes (default beta3)
  --gpu MODEL              a GPU model that will do
  --global SERVICE:PORT    only such ports are for the internet
  --ip NAME                lease an IP address, so that ports keep their numbers
  --image SERVICE=IMAGE    an image in place of the one in the file
  --registry NAME          where images that are built will be
  --project NAME           name of the project if the file has none
  --profile NAME           an active profile
  --env NAME=VALUE         a variable; so are those of the process, and of `.env` beside the file
  --json                   SDL, version and losses of each file as JSON

Options may be repeated where that means something. Environment files are looked for beside the file.
";

/// What is asked for.
pub(crate) struct Options {
    pub(crate) files: Vec<String>,
    pub(crate) json: bool,
    pub(crate) merge: bool,
    pub(crate) help: bool,
    pub(crate) import: compose::Options,
}

impl Options {
    pub(crate) fn parse(mut args: impl Iterator<Item = String>) -> Result<Self, Failure> {
        let mut import = compose::Options::new("1000uact".parse()?);
        // What is not text cannot stand in an SDL.
        import.environment = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        let mut options = Self {
            files: Vec::new(),
            json: false,
            merge: false,
            help: false,
            import,
        };
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "--json" => options.json = true,
                "--merge" => options.merge = true,
                "--help" | "-h" => options.help = true,
                name if name.starts_with("--") => {
                    let value = args.next().ok_or_else(|| format!("{name} takes a value"))?;
                    options.set(name, &value)?;
                }
                _ => options.files.push(arg),
            }
        }
        if options.files.is_empty() && !options.help {
            return Err(format!("no compose file is named\n\n{USAGE}").into());
        }
        Ok(options)
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), Failure> {
        let import = &mut self.import;
        let pair = |separator: char| {
            let (left, right) = value
                .split_once(separator)
                .ok_or_else(|| format!("{name} {value}: a `{separator}` is missing"))?;
            Ok::<_, Failure>((left.to_owned(), right.to_owned()))
        };
        match name {
            "--price" => import.price = value.parse()?,
            "--price-of" => {
                let (service, price) = pair('=')?;
                import.prices.insert(service, price.parse()?);
            }
            "--placement" => value.clone_into(&mut import.placement),
            "--region" => {
                import
                    .attributes
                    .insert("region".to_owned(), value.to_owned());
            }
            "--attribute" => import.attributes.extend([pair('=')?]),
            "--signed-by" => import.signed_by_any.push(value.to_owned()),
            "--cpu" => import.cpu = value.parse()?,
            "--memory" => import.memory = value.parse()?,
            "--storage" => import.storage = value.parse()?,
            "--volume-size" => match value.split_once('=') {
                Some((volume, size)) => {
                    import.volumes.insert(volume.to_owned(), size.parse()?);
                }
                None => import.volume = value.parse()?,
            },
            "--class" => value.clone_into(&mut import.volume_class),
            "--gpu" => import.gpu_models.push(value.to_owned()),
            "--global" => {
                let (service, port) = pair(':')?;
                let chosen = (service, port.parse()?);
                match &mut import.published {
                    Published::Only(known) => {
                        known.insert(chosen);
                    }
                    Published::All => import.published = Published::Only([chosen].into()),
                }
            }
            "--ip" => import.leased_ip = Some(value.to_owned()),
            "--image" => import.images.extend([pair('=')?]),
            "--registry" => import.registry = Some(value.to_owned()),
            "--project" => value.clone_into(&mut import.project),
            "--profile" => {
                import.profiles.insert(value.to_owned());
            }
            "--env" => import.environment.extend([pair('=')?]),
            _ => return Err(format!("there is no option {name}\n\n{USAGE}").into()),
        }
        Ok(())
    }
}
