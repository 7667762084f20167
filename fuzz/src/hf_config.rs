//! Model configurations: nothing panics, and sizes of what is read are finite and ordered.

use akash_gpu::sizing::{Architecture, Inference, Layout, Precision, Training, TrainingKind};

/// The target.
pub fn check(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let _ = Architecture::from_csv(text);
    let Ok(model) = Architecture::from_config(text) else {
        return;
    };
    assert!(model.params() > 0);
    assert!(model.params_active_computed() <= model.params_computed());
    assert!(model.weight_bytes(Precision::INT8) <= model.weight_bytes(Precision::BF16));
    let mut work = Inference::new(&model, Precision::BF16);
    work.assumptions.gpus_max = 8;
    let need = work.need(Layout::SINGLE);
    assert!(need.total() >= need.weights);
    let _ = work.search(80.0);
    let _ = Training::new(&model, TrainingKind::Lora).need(2).total();
}
