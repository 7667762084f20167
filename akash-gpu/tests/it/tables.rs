//! The embedded tables are the data files, row for row.
//!
//! After a change of a data file run the test `tables` with `WRITE_TABLES=1` to write the
//! statics anew; rows are sorted there as the look-ups need them.

use akash_gpu::compare::{CloudPrice, PriceTable};
use akash_gpu::sizing::Architecture;
use akash_gpu::{Catalog, ComputeTarget, Device, GpuModel, Interface, TensorBasis, Vendor};
use std::fmt::Write as _;

const MODELS: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/data/gpu-capabilities.csv"
));
const ARCHITECTURES: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/llm-models.csv"));
const PRICES: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/data/cloud-gpu-prices.csv"
));
const DEVICES: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/gpus.csv"));

fn text(value: &str) -> String {
    format!("Cow::Borrowed({value:?})")
}

fn vendor(value: &Vendor) -> String {
    match value {
        Vendor::Other(other) => format!("Vendor::Other({})", text(other)),
        known => format!("Vendor::{known:?}"),
    }
}

fn interface(value: &Interface) -> String {
    match value {
        Interface::Other(other) => format!("Interface::Other({})", text(other)),
        known => format!("Interface::{known:?}"),
    }
}

fn model(m: &GpuModel) -> String {
    let compute = match &m.compute {
        None => "None".to_owned(),
        Some(ComputeTarget::Cuda { major, minor }) => {
            format!("Some(ComputeTarget::Cuda {{ major: {major}, minor: {minor} }})")
        }
        Some(ComputeTarget::Gfx(gfx)) => format!("Some(ComputeTarget::Gfx({}))", text(gfx)),
    };
    format!(
        "GpuModel {{ vendor: {}, model: {}, in_registry: Registered::{:?}, marketing_name: {}, \
         interface: {}, memory: MemorySize::from_gib({}), architecture: {}, compute: {compute}, \
         memory_type: {}, memory_bandwidth_gb_s: {:?}, fp32_tflops: {:?}, tf32_tflops: {:?}, \
         fp16_tflops: {:?}, bf16: {}, fp8_tflops: {:?}, int8_tops: {:?}, \
         tensor_basis: TensorBasis::{:?}, nvlink_gb_s: {:?}, tdp_w: {:?}, form_factor: {}, \
         mig_instances_max: {:?}, confidential_compute: {:?}, release_year: {:?}, source: {} }}",
        vendor(&m.vendor),
        text(&m.model),
        m.in_registry,
        text(&m.marketing_name),
        interface(&m.interface),
        m.memory.gib(),
        text(&m.architecture),
        text(&m.memory_type),
        m.memory_bandwidth_gb_s,
        m.fp32_tflops,
        m.tf32_tflops,
        m.fp16_tflops,
        m.bf16,
        m.fp8_tflops,
        m.int8_tops,
        m.tensor_basis,
        m.nvlink_gb_s,
        m.tdp_w,
        text(&m.form_factor),
        m.mig_instances_max,
        m.confidential_compute,
        m.release_year,
        text(&m.source),
    )
}

fn device(d: &Device) -> String {
    format!(
        "Device {{ vendor_id: 0x{:04x}, device_id: 0x{:04x}, vendor: {}, model: {}, \
         interface_text: {}, memory: MemorySize::from_gib({}), pci_name: {}, note: {} }}",
        d.vendor_id,
        d.device_id,
        vendor(&d.vendor),
        text(&d.model),
        text(&d.interface_text),
        d.memory.gib(),
        text(&d.pci_name),
        text(&d.note),
    )
}

/// The source of a static with these rows; written to its file when asked for.
fn check(path: &str, imports: &str, data: &str, item: &str, ty: &str, rows: &[String]) {
    let mut source = format!(
        "//! Made from `data/{data}` by the test `tables`; change the data file, not this one.\n\n\
         {imports}\nuse std::borrow::Cow;\n\n#[rustfmt::skip]\npub(super) static {item}: [{ty}; {}] = [\n",
        rows.len()
    );
    for row in rows {
        writeln!(source, "    {row},").unwrap();
    }
    source.push_str("];\n");
    let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("WRITE_TABLES").is_some() {
        std::fs::write(&path, &source).unwrap();
    }
    assert_eq!(
        std::fs::read_to_string(&path).unwrap(),
        source,
        "{path} is not {data}"
    );
}

fn architecture(m: &Architecture) -> String {
    format!(
        "Architecture {{ name: {}, family: {}, layers: {}, hidden: {}, heads: {}, \
         attention: Attention::{:?}, ffn: {}, ffn_matrices: {}, vocab: {}, tied_embeddings: {}, \
         experts: {:?}, window: {:?}, context_max: {}, params_total: {:?}, params_active: {:?}, \
         release_dtype: {}, source: {} }}",
        text(&m.name),
        text(&m.family),
        m.layers,
        m.hidden,
        m.heads,
        m.attention,
        m.ffn,
        m.ffn_matrices,
        m.vocab,
        m.tied_embeddings,
        m.experts,
        m.window,
        m.context_max,
        m.params_total,
        m.params_active,
        text(&m.release_dtype),
        text(&m.source),
    )
}

fn price(p: &CloudPrice) -> String {
    let as_of = p.as_of.to_string();
    let mut parts = as_of.trim_end_matches(" (day unknown)").split('-');
    let mut part = || parts.next().map(|n| n.parse::<u16>().unwrap());
    let (year, month, day) = (part().unwrap(), part(), part());
    format!(
        "CloudPrice {{ cloud: {}, region: {}, instance_type: {}, model: {}, marketing_name: {}, \
         memory: MemorySize::from_gib({}), gpus: {}, vcpus: {}, machine_memory_gib: {:?}, \
         usd_per_hour: {:?}, usd_per_gpu_hour: {:?}, as_of: AsOf::known({year}, {month:?}, {day:?}), \
         source: {}, confidence: {} }}",
        text(&p.cloud),
        text(&p.region),
        text(&p.instance_type),
        text(&p.model),
        text(&p.marketing_name),
        p.memory.gib(),
        p.gpus,
        p.vcpus,
        p.machine_memory_gib,
        p.usd_per_hour,
        p.usd_per_gpu_hour,
        text(&p.source),
        text(&p.confidence),
    )
}

fn architectures() -> Vec<Architecture> {
    let mut rows = Architecture::from_csv(ARCHITECTURES).unwrap();
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    rows
}

fn models() -> Vec<GpuModel> {
    let mut rows = GpuModel::from_csv(MODELS).unwrap();
    rows.sort_by_key(|m| {
        (
            m.vendor.to_string(),
            m.model.to_string(),
            m.memory,
            m.interface.to_string(),
        )
    });
    rows
}

fn devices() -> Vec<Device> {
    let mut rows = Device::from_csv(DEVICES).unwrap();
    rows.sort_by_key(Device::pci);
    rows
}

#[test]
fn tables() {
    check(
        "src/catalog/models.rs",
        "use crate::interface::Interface;\nuse crate::memory::MemorySize;\n\
         use crate::model::{ComputeTarget, GpuModel, Registered, TensorBasis};\n\
         use crate::vendor::Vendor;",
        "gpu-capabilities.csv",
        "MODELS",
        "GpuModel",
        &models().iter().map(model).collect::<Vec<_>>(),
    );
    check(
        "src/catalog/devices.rs",
        "use super::Device;\nuse crate::memory::MemorySize;\nuse crate::vendor::Vendor;",
        "gpus.csv",
        "DEVICES",
        "Device",
        &devices().iter().map(device).collect::<Vec<_>>(),
    );
    check(
        "src/sizing/models.rs",
        "use super::{Architecture, Attention, Experts, Window};",
        "llm-models.csv",
        "MODELS",
        "Architecture",
        &architectures().iter().map(architecture).collect::<Vec<_>>(),
    );
    check(
        "src/compare/prices.rs",
        "use super::{AsOf, CloudPrice};\nuse crate::memory::MemorySize;",
        "cloud-gpu-prices.csv",
        "PRICES",
        "CloudPrice",
        &CloudPrice::from_csv(PRICES)
            .unwrap()
            .iter()
            .map(price)
            .collect::<Vec<_>>(),
    );
}

#[test]
fn the_embedded_catalogue_is_the_data() {
    let catalog = Catalog::embedded();
    assert!(catalog.models() == models());
    assert!(catalog.devices() == devices());
    assert_eq!(catalog.models().len(), 147);
    assert_eq!(catalog.devices().len(), 98);
    assert!(Architecture::embedded() == architectures());
    assert_eq!(Architecture::embedded().len(), 38);
    assert!(PriceTable::embedded().rows() == CloudPrice::from_csv(PRICES).unwrap());
    assert_eq!(PriceTable::embedded().rows().len(), 62);
    assert!(
        catalog
            .models()
            .iter()
            .any(|m| m.tensor_basis == TensorBasis::Rate)
    );
}
