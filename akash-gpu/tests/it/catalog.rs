//! Look-ups, aliases, overlays and the registry's irregularities.

use akash_gpu::catalog::display_name;
use akash_gpu::{Catalog, GpuKey, GpuModel, Quirk, Registered, Resolution, Vendor};
use std::collections::BTreeSet;

#[test]
fn every_device_has_a_row_of_figures() {
    let catalog = Catalog::embedded();
    let mut names = BTreeSet::new();
    for device in catalog.devices() {
        let model = catalog.by_pci(device.vendor_id, device.device_id).unwrap();
        assert_eq!(model.model, device.model);
        assert_eq!(model.memory, device.true_memory());
        assert_ne!(model.in_registry, Registered::No, "{device:?}");
        names.insert((device.vendor.to_string(), device.model.to_string()));
    }
    assert_eq!(names.len(), 74);
    assert!(catalog.device(0x10de, 0xffff).is_none());
}

#[test]
fn every_note_of_the_registry_is_a_typed_quirk() {
    for device in Catalog::embedded().devices() {
        assert_eq!(
            device.quirk().is_some(),
            !device.note.is_empty(),
            "{device:?}"
        );
    }
    let ti = Catalog::embedded().device(0x10de, 0x2803).unwrap();
    assert!(matches!(ti.quirk(), Some(Quirk::Memory(m)) if m.gib() == 8));
}

#[test]
fn look_ups_find_every_row() {
    let catalog = Catalog::embedded();
    for model in catalog.models() {
        assert!(catalog.model(&model.vendor, &model.model).contains(model));
        assert!(catalog.by_key(&model.key()).any(|m| m == model));
        let bare = GpuKey::new(model.vendor.clone(), &*model.model);
        assert!(catalog.by_key(&bare).any(|m| m == model));
        assert!(
            catalog
                .by_key(&GpuKey::any(model.vendor.clone()))
                .any(|m| m == model)
        );
        assert!(matches!(catalog.resolve(&model.model), Resolution::Known(v) if v.contains(model)));
        assert!(!display_name(&model.model).is_empty());
    }
    assert!(catalog.model(&Vendor::Amd, "h100").is_empty());
    assert!(catalog.model(&Vendor::from("zzz"), "zzz").is_empty());
}

#[test]
fn names_people_write_are_suggested() {
    let catalog = Catalog::embedded();
    for (written, meant) in [
        ("RTX 3090", "rtx3090"),
        ("rtx-4090", "rtx4090"),
        ("4090", "rtx4090"),
        ("1080ti", "gtx1080ti"),
        ("GTX 1080 Ti", "gtx1080ti"),
        ("4070 Ti SUPER", "rtx4070tis"),
        ("A6000", "rtxa6000"),
        ("RTX A6000", "rtxa6000"),
        ("rtxa5000", "a5000"),
        ("RTX A4000", "a4000"),
        ("Tesla T4", "t4"),
        ("NVIDIA A100-SXM4-80GB", "a100/ram/80Gi/interface/sxm"),
        ("a10080gb", "a100/ram/80Gi"),
        ("H100 PCIe", "h100/interface/pcie"),
        ("NVIDIA H100 NVL", "h100nvl"),
        ("RTX 6000 Ada Generation", "rtx6000ada"),
        ("NVIDIA RTX PRO 6000 Blackwell Server Edition", "pro6000se"),
        ("RTX PRO 6000 Max-Q", "pro6000mq"),
        ("5090 laptop", "rtx5090m"),
        ("K80", "k80"),
    ] {
        let Resolution::Suggested(found) = catalog.resolve(written) else {
            panic!("{written}")
        };
        assert_eq!(
            found[0].key.to_string(),
            format!("vendor/nvidia/model/{meant}"),
            "{written}"
        );
    }
    let Resolution::Suggested(found) = catalog.resolve("Instinct MI300X") else {
        panic!()
    };
    assert_eq!(found[0].key.vendor, Vendor::Amd);
    assert!(!found[0].registered);
    for unknown in ["", "-", "gb", "80gb", "zz99", "é"] {
        assert_eq!(catalog.resolve(unknown), Resolution::Unknown, "{unknown}");
    }
}

#[test]
fn overlays_replace_and_add() {
    let catalog = Catalog::embedded();
    let mut row: GpuModel = catalog.named("t4").next().unwrap().clone();
    row.tdp_w = Some(71);
    let replaced = catalog.clone().with_model(row.clone());
    assert_eq!(replaced.models().len(), catalog.models().len());
    assert_eq!(replaced.named("t4").next().unwrap().tdp_w, Some(71));
    row.model = "aaa".into();
    let added = replaced.with_model(row);
    assert_eq!(added.models().len(), catalog.models().len() + 1);
    assert!(
        added
            .models()
            .is_sorted_by_key(|m| (m.vendor.to_string(), m.model.to_string()))
    );
    let mut device = catalog.device(0x10de, 0x1eb8).unwrap().clone();
    device.device_id = 0x0001;
    let added = added.with_device(device);
    assert_eq!(added.device(0x10de, 1).unwrap().model, "t4");
    assert_eq!(Catalog::empty().resolve("t4"), Resolution::Unknown);
    assert!(GpuModel::from_csv("vendor,model\nnvidia,x\n").is_err());
}
