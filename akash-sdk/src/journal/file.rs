use super::{Entry, JobId, Journal, JournalError};
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

const SCHEMA: u32 = 1;

/// A journal in a file: one JSON line an entry, flushed to the disk before [`Journal::append`] returns, one writer at a
/// time.
///
/// A last line that a crash cut short was never acted upon and is dropped when the file is opened.
#[derive(Debug)]
pub struct FileJournal {
    path: PathBuf,
    inner: Mutex<Inner>,
}

#[derive(Debug)]
struct Inner {
    file: File,
    entries: Vec<Entry>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Header {
    schema: u32,
}

impl FileJournal {
    /// Opens or makes the journal at `path` and locks it.
    ///
    /// # Errors
    /// If another process has it open, if it was written by a newer version, or if it is damaged.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, JournalError> {
        let path = path.as_ref().to_path_buf();
        let io = |source| JournalError::Io {
            path: path.display().to_string(),
            source,
        };
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(io)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(JournalError::Locked {
                    path: path.display().to_string(),
                });
            }
            Err(TryLockError::Error(source)) => return Err(io(source)),
        }
        let (entries, end) = read(&path, &file)?;
        file.set_len(end).map_err(io)?;
        file.seek(SeekFrom::End(0)).map_err(io)?;
        if end == 0 {
            let mut line = serde_json::to_vec(&Header { schema: SCHEMA })?;
            line.push(b'\n');
            file.write_all(&line).map_err(io)?;
            file.sync_all().map_err(io)?;
        }
        Ok(Self {
            path,
            inner: Mutex::new(Inner { file, entries }),
        })
    }
}

/// Reads all whole lines and says where they end.
fn read(path: &Path, file: &File) -> Result<(Vec<Entry>, u64), JournalError> {
    let name = || path.display().to_string();
    let mut reader = BufReader::new(file);
    let mut entries = Vec::new();
    let mut end = 0u64;
    let mut line = Vec::new();
    for number in 1usize.. {
        line.clear();
        let read = reader
            .read_until(b'\n', &mut line)
            .map_err(|source| JournalError::Io {
                path: name(),
                source,
            })?;
        if read == 0 || line.last() != Some(&b'\n') {
            break;
        }
        let damaged = |e: serde_json::Error| JournalError::Damaged {
            path: name(),
            line: number,
            reason: e.to_string(),
        };
        if number == 1 {
            let header: Header = serde_json::from_slice(&line).map_err(damaged)?;
            if header.schema != SCHEMA {
                return Err(JournalError::Schema {
                    path: name(),
                    found: header.schema,
                    known: SCHEMA,
                });
            }
        } else {
            entries.push(serde_json::from_slice(&line).map_err(damaged)?);
        }
        end = end.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
    }
    Ok((entries, end))
}

#[async_trait]
impl Journal for FileJournal {
    async fn append(&self, entry: &Entry) -> Result<(), JournalError> {
        let mut line = serde_json::to_vec(entry)?;
        line.push(b'\n');
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let io = |source| JournalError::Io {
            path: self.path.display().to_string(),
            source,
        };
        inner.file.write_all(&line).map_err(io)?;
        inner.file.sync_data().map_err(io)?;
        inner.entries.push(entry.clone());
        Ok(())
    }

    async fn entries(&self, job: &JobId) -> Result<Vec<Entry>, JournalError> {
        let inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(inner
            .entries
            .iter()
            .filter(|entry| entry.job() == job)
            .cloned()
            .collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use akash_market::workflow::Intent;
    use futures_util::FutureExt;

    fn resolved(n: u32) -> Entry {
        Entry::Resolved {
            job: JobId("job".to_owned()),
            intent: Intent(n),
        }
    }

    fn append(journal: &FileJournal, n: u32) {
        journal
            .append(&resolved(n))
            .now_or_never()
            .unwrap()
            .unwrap();
    }

    fn entries(journal: &FileJournal) -> Vec<Entry> {
        journal
            .entries(&JobId("job".to_owned()))
            .now_or_never()
            .unwrap()
            .unwrap()
    }

    struct Scratch(PathBuf);

    impl Scratch {
        fn new(name: &str) -> Self {
            let name = format!("akash-journal-{}-{name}", std::process::id());
            Self(std::env::temp_dir().join(name))
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = std::fs::remove_file(&self.0);
        }
    }

    #[test]
    fn entries_survive_reopening() {
        let scratch = Scratch::new("reopen");
        let journal = FileJournal::open(&scratch.0).unwrap();
        append(&journal, 1);
        append(&journal, 2);
        drop(journal);
        let journal = FileJournal::open(&scratch.0).unwrap();
        append(&journal, 3);
        assert_eq!(entries(&journal), [resolved(1), resolved(2), resolved(3)]);
    }

    #[test]
    fn a_second_writer_is_refused() {
        let scratch = Scratch::new("lock");
        let _first = FileJournal::open(&scratch.0).unwrap();
        assert!(matches!(
            FileJournal::open(&scratch.0),
            Err(JournalError::Locked { .. })
        ));
    }

    #[test]
    fn a_line_cut_short_by_a_crash_is_dropped() {
        let scratch = Scratch::new("cut");
        let journal = FileJournal::open(&scratch.0).unwrap();
        append(&journal, 1);
        append(&journal, 2);
        drop(journal);
        let text = std::fs::read(&scratch.0).unwrap();
        std::fs::write(&scratch.0, &text[..text.len() - 5]).unwrap();
        let journal = FileJournal::open(&scratch.0).unwrap();
        append(&journal, 3);
        drop(journal);
        let journal = FileJournal::open(&scratch.0).unwrap();
        assert_eq!(entries(&journal), [resolved(1), resolved(3)]);
    }

    #[test]
    fn damage_in_the_middle_and_newer_schemas_are_refused() {
        let scratch = Scratch::new("damage");
        std::fs::write(&scratch.0, "{\"schema\":1}\nnonsense\n{}\n").unwrap();
        assert!(matches!(
            FileJournal::open(&scratch.0),
            Err(JournalError::Damaged { line: 2, .. })
        ));
        std::fs::write(&scratch.0, "{\"schema\":9}\n").unwrap();
        assert!(matches!(
            FileJournal::open(&scratch.0),
            Err(JournalError::Schema { found: 9, .. })
        ));
    }
}
