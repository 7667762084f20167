#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| akash_fuzz::wire_message::check(data));
