//! The short way through block collections; see [`Scanner::is_direct`](super::Scanner::is_direct).

use super::super::error::Error;
use super::super::input::narrow;
use super::super::scan::{Ahead, Token, TokenKind};
use super::super::tree::{Kind, Style, TagKind};
use super::{Parser, State};

impl<const W: bool> Parser<'_, W> {
    /// A key of a block map; none if the tokens must tell.
    #[inline]
    pub(super) fn direct_key(&mut self) -> Result<Option<State>, Error> {
        Ok(match self.scanner.key_ahead()? {
            Ahead::Key(token) => {
                self.add_scalar(token, TagKind::None, 0);
                self.behind = narrow(self.scanner.colon_end);
                Some(State::BlockMappingTail)
            }
            Ahead::End => Some(self.close_block()),
            _ => None,
        })
    }

    /// What stands behind a `:`, followed by a key of the same map; none if the tokens must tell.
    #[inline]
    pub(super) fn direct_value(&mut self) -> Result<Option<State>, Error> {
        let ahead = self.scanner.value_ahead()?;
        self.direct_node(ahead, State::BlockMappingKey)
    }

    /// The end of a block list, or an item followed by another; none if the tokens must tell.
    ///
    /// The flag says whether a `-` was taken.
    #[inline]
    pub(super) fn direct_entry(&mut self, state: State) -> Result<(Option<State>, bool), Error> {
        match self
            .scanner
            .entry_ahead(state == State::IndentlessSequenceEntry)?
        {
            Ahead::Entry(end) => {
                self.behind = narrow(end);
                let ahead = self.scanner.item_ahead()?;
                Ok((self.direct_node(ahead, state)?, true))
            }
            Ahead::End => Ok((Some(self.close_block()), false)),
            _ => Ok((None, false)),
        }
    }

    /// Adds what was found ahead; `then` is expected behind it.
    #[inline]
    fn direct_node(&mut self, ahead: Ahead, then: State) -> Result<Option<State>, Error> {
        Ok(match ahead {
            Ahead::Scalar(token) => {
                self.add_scalar(token, TagKind::None, 0);
                Some(then)
            }
            Ahead::Mapping(token) => {
                self.states.push(then);
                self.open(token, Kind::Mapping, Style::Block, TagKind::None, 0)?;
                self.add_scalar(token, TagKind::None, 0);
                self.behind = narrow(self.scanner.colon_end);
                Some(State::BlockMappingTail)
            }
            Ahead::Sequence(start) => {
                self.states.push(then);
                self.open_sequence(start)?;
                Some(State::BlockSequenceEntry)
            }
            Ahead::Indentless(start) => {
                self.states.push(then);
                self.open_sequence(start)?;
                Some(State::IndentlessSequenceEntry)
            }
            Ahead::Empty => {
                self.empty(self.behind);
                Some(then)
            }
            Ahead::Key(_) | Ahead::Entry(_) | Ahead::End | Ahead::Other => None,
        })
    }

    fn open_sequence(&mut self, start: usize) -> Result<(), Error> {
        let token = Token::new(TokenKind::BlockEntry, narrow(start), narrow(start + 1));
        self.open(token, Kind::Sequence, Style::Block, TagKind::None, 0)
    }
}
