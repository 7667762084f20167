use super::page::{Start, of_all};
use super::{Answer, Failure, Query};
use crate::cosmos::convert::provider::certificate_to_wire;
use crate::cosmos::wire::akash::cert::v1 as cert;
use crate::devnet::address;
use akash_market::address::Address;
use akash_market::certificate::{Certificate, CertificateState};
use prost::Message;

/// First byte of the keys of certificates in the chain's store.
const STORE: u8 = 0x11;

const fn number(state: CertificateState) -> u8 {
    match state {
        CertificateState::Valid => 1,
        CertificateState::Revoked => 2,
    }
}

impl Query<'_> {
    pub(super) fn certificate(&self, method: &str) -> Option<Answer> {
        (method == "Certificates").then(|| self.certificates())
    }

    /// Valid ones, then revoked ones, each by the bytes of the owner's address, then serial number.
    fn certificates(&self) -> Answer {
        let request: cert::QueryCertificatesRequest = self.read()?;
        let wanted = &request.filter;
        let page = request.pagination.unwrap_or_default();
        if page.offset > 0 && wanted.state.is_empty() {
            return Err(Failure::invalid(
                "invalid request parameters. if offset is set, filter.state must be provided",
            ));
        }
        let states = match super::market::state::<CertificateState>(&wanted.state)? {
            Some(state) => vec![state],
            None => vec![CertificateState::Valid, CertificateState::Revoked],
        };
        let internal = |message| Failure { code: 13, message };
        let owner = (!wanted.owner.is_empty())
            .then(|| address::read(&wanted.owner))
            .transpose()
            .map_err(internal)?;
        // Without an owner the serial number is not looked at.
        let serial = owner.as_ref().map_or("", |_| &wanted.serial);
        let digits = serial.strip_prefix('-').unwrap_or(serial);
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Failure::chain("cert", 5));
        }
        let mut found = Vec::new();
        for (index, state) in states.iter().enumerate() {
            let rest: Vec<u8> = states.iter().skip(index).copied().map(number).collect();
            let fits = |known: &&Certificate| {
                known.state == *state
                    && owner.as_ref().is_none_or(|owner| known.owner == *owner)
                    && (serial.is_empty() || known.serial == serial)
            };
            let mut of_state: Vec<(Start, &Certificate)> = self
                .ledger
                .certificates()
                .filter(fits)
                .map(|known| (start(known, owner.as_ref(), rest.clone()), known))
                .collect();
            of_state.sort_by(|(a, _), (b, _)| a.primary.cmp(&b.primary));
            if page.reverse {
                of_state.reverse();
            }
            found.extend(of_state);
        }
        let (certificates, mut pagination) = of_all(found, Some(&page)).map_err(|failure| {
            let Failure { message, .. } = failure;
            internal(message)
        })?;
        // A page that ends where a state ends is the last one to the chain.
        let last = certificates.last().map(|last| number(last.state));
        let next = Start::decode(&pagination.next_key).ok();
        if next.and_then(|next| next.prefix.get(1).copied()) != last {
            pagination.next_key.clear();
        }
        Ok(cert::QueryCertificatesResponse {
            certificates: certificates.into_iter().map(certificate_to_wire).collect(),
            pagination: Some(pagination),
        }
        .encode_to_vec())
    }
}

/// The key of the store in two parts: state and owner that are asked for, and the rest.
fn start(known: &Certificate, owner: Option<&Address>, states: Vec<u8>) -> Start {
    let measured = |part: &[u8]| {
        let mut key = vec![u8::try_from(part.len()).unwrap_or(u8::MAX)];
        key.extend(part);
        key
    };
    let mut prefix = vec![STORE, number(known.state)];
    let mut primary = Vec::new();
    let of_owner = measured(&known.owner.bytes());
    if owner.is_some() {
        prefix.extend(of_owner);
    } else {
        primary.extend(of_owner);
    }
    primary.extend(measured(&bytes(&known.serial)));
    Start {
        states,
        prefix,
        primary,
        extra: Vec::new(),
    }
}

/// The bytes of a decimal number, the highest first.
fn bytes(decimal: &str) -> Vec<u8> {
    let mut low_first: Vec<u8> = Vec::new();
    for digit in decimal.chars().filter_map(|letter| letter.to_digit(10)) {
        let mut carry = digit;
        for byte in &mut low_first {
            let [low, rest @ ..] = u32::from(*byte)
                .wrapping_mul(10)
                .wrapping_add(carry)
                .to_le_bytes();
            *byte = low;
            let [high, ..] = rest;
            carry = u32::from(high);
        }
        if carry > 0 {
            low_first.extend(u8::try_from(carry));
        }
    }
    low_first.reverse();
    low_first
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn decimal_numbers_become_bytes() {
        assert_eq!(bytes("0"), [] as [u8; 0]);
        assert_eq!(bytes("1001"), [0x03, 0xe9]);
        let long = 12_345_678_901_234_567_890_u64.to_be_bytes();
        assert_eq!(bytes("12345678901234567890"), long);
    }
}
