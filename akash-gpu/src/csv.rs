//! Reading the data files of the crate, and user files with the same columns.

use std::str::FromStr;

/// Why a CSV text could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CsvError {
    /// There is no header line.
    #[error("the CSV text is empty; its first line must name the columns")]
    Empty,
    /// A quoted cell is never closed.
    #[error("the quoted cell that begins in record {record} of the CSV text is not closed")]
    Quote {
        /// Number of the record, the header being 0.
        record: usize,
    },
    /// A record has another number of cells than the header.
    #[error("record {record} of the CSV text has {found} cells where the header has {expected}")]
    Width {
        /// Number of the record, the header being 0.
        record: usize,
        /// Cells of the record.
        found: usize,
        /// Cells of the header.
        expected: usize,
    },
    /// A column that must be there is missing.
    #[error("the CSV text has no column `{column}`")]
    Column {
        /// Its name.
        column: &'static str,
    },
    /// A cell cannot be read.
    #[error("record {record}, column `{column}`: `{text}` is not {expected}")]
    Cell {
        /// Number of the record, the header being 0.
        record: usize,
        /// Name of the column.
        column: &'static str,
        /// What stands there.
        text: String,
        /// What should stand there.
        expected: &'static str,
    },
}

/// A CSV text cut into records of equal width.
#[derive(Debug)]
pub(crate) struct Table {
    header: Vec<String>,
    records: Vec<Vec<String>>,
}

impl Table {
    /// Cuts a text with comma-separated, optionally double-quoted cells.
    pub(crate) fn parse(text: &str) -> Result<Self, CsvError> {
        let mut records = Vec::new();
        let mut record = Vec::new();
        let mut cell = String::new();
        let mut quoted = false;
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '"' if quoted => {
                    if chars.next_if_eq(&'"').is_some() {
                        cell.push('"');
                    } else {
                        quoted = false;
                    }
                }
                '"' if cell.is_empty() => quoted = true,
                ',' if !quoted => record.push(std::mem::take(&mut cell)),
                '\r' if !quoted && chars.peek() == Some(&'\n') => {}
                '\n' if !quoted => {
                    record.push(std::mem::take(&mut cell));
                    records.push(std::mem::take(&mut record));
                }
                other => cell.push(other),
            }
        }
        if quoted {
            return Err(CsvError::Quote {
                record: records.len(),
            });
        }
        if !cell.is_empty() || !record.is_empty() {
            record.push(cell);
            records.push(record);
        }
        records.retain(|r| !matches!(r.as_slice(), [only] if only.trim().is_empty()));
        let mut records = records.into_iter();
        let header = records.next().ok_or(CsvError::Empty)?;
        let header: Vec<String> = header
            .iter()
            .map(|h| h.trim_start_matches('\u{feff}').trim().to_owned())
            .collect();
        let records: Vec<_> = records.collect();
        for (i, record) in records.iter().enumerate() {
            if record.len() != header.len() {
                return Err(CsvError::Width {
                    record: i.saturating_add(1),
                    found: record.len(),
                    expected: header.len(),
                });
            }
        }
        Ok(Self { header, records })
    }

    /// Reads every record into a value.
    pub(crate) fn read<T>(
        &self,
        read: impl Fn(&Record<'_>) -> Result<T, CsvError>,
    ) -> Result<Vec<T>, CsvError> {
        self.records
            .iter()
            .enumerate()
            .map(|(i, cells)| {
                read(&Record {
                    header: &self.header,
                    cells,
                    number: i.saturating_add(1),
                })
            })
            .collect()
    }
}

/// One record with its column names.
#[derive(Debug)]
pub(crate) struct Record<'t> {
    header: &'t [String],
    cells: &'t [String],
    number: usize,
}

impl<'t> Record<'t> {
    /// The trimmed text of a column, which must exist.
    pub(crate) fn text(&self, column: &'static str) -> Result<&'t str, CsvError> {
        self.header
            .iter()
            .position(|h| h == column)
            .and_then(|i| self.cells.get(i))
            .map(|c| c.trim())
            .ok_or(CsvError::Column { column })
    }

    /// The text of a column, empty if the column does not exist.
    pub(crate) fn text_or_empty(&self, column: &'static str) -> &'t str {
        self.text(column).unwrap_or("")
    }

    /// A value of a column; `None` when the cell is empty or the column does not exist.
    pub(crate) fn optional<T: FromStr>(
        &self,
        column: &'static str,
        expected: &'static str,
    ) -> Result<Option<T>, CsvError> {
        let text = self.text_or_empty(column);
        if text.is_empty() {
            return Ok(None);
        }
        text.parse()
            .map(Some)
            .map_err(|_| self.bad(column, expected))
    }

    /// A value of a column that must be there.
    pub(crate) fn required<T: FromStr>(
        &self,
        column: &'static str,
        expected: &'static str,
    ) -> Result<T, CsvError> {
        self.text(column)?
            .parse()
            .map_err(|_| self.bad(column, expected))
    }

    /// A finite, non-negative number, or `None` when the cell is empty.
    pub(crate) fn figure(&self, column: &'static str) -> Result<Option<f64>, CsvError> {
        const EXPECTED: &str = "a non-negative number";
        match self.optional::<f64>(column, EXPECTED)? {
            Some(n) if !(n.is_finite() && n >= 0.0) => Err(self.bad(column, EXPECTED)),
            other => Ok(other),
        }
    }

    /// `yes` or `true`, `no` or `false`, or nothing.
    pub(crate) fn flag(&self, column: &'static str) -> Result<Option<bool>, CsvError> {
        match self.text_or_empty(column) {
            "" => Ok(None),
            "yes" | "true" => Ok(Some(true)),
            "no" | "false" => Ok(Some(false)),
            _ => Err(self.bad(column, "`yes` or `no`")),
        }
    }

    /// The error of a cell.
    pub(crate) fn bad(&self, column: &'static str, expected: &'static str) -> CsvError {
        CsvError::Cell {
            record: self.number,
            column,
            text: self.text_or_empty(column).to_owned(),
            expected,
        }
    }
}
