//! Plots as SVG, written by hand: lines over time, bars by day, bars by name.

use std::fmt::Write as _;

const WIDTH: f64 = 680.0;
const HEIGHT: f64 = 300.0;
const LEFT: f64 = 58.0;
const RIGHT: f64 = 14.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 46.0;

/// Values of one colour.
pub(crate) struct Curve {
    pub(crate) name: &'static str,
    pub(crate) values: Vec<f64>,
}

/// What a plot says beside its values.
pub(crate) struct Frame {
    pub(crate) title: &'static str,
    pub(crate) note: String,
    /// What the vertical axis counts.
    pub(crate) y: &'static str,
    /// What the horizontal axis counts.
    pub(crate) x: &'static str,
    /// The top of the vertical axis, where it is known.
    pub(crate) top: Option<f64>,
}

/// Where on the horizontal axis which text stands, from 0 to 1.
pub(crate) type Ticks = Vec<(f64, String)>;

pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// A number as short as it can be read.
pub(crate) fn short(value: f64) -> String {
    let magnitude = value.abs();
    let (scaled, unit) = if magnitude >= 1e6 {
        (value / 1e6, "M")
    } else if magnitude >= 1e4 {
        (value / 1e3, "k")
    } else {
        (value, "")
    };
    let digits = if scaled.abs() >= 100.0 || (scaled - scaled.round()).abs() < 0.05 {
        0
    } else {
        1
    };
    format!("{scaled:.digits$}{unit}")
}

/// A step of 1, 2 or 5 times a power of ten that cuts the range into about five.
fn step(range: f64) -> f64 {
    let raw = (range / 5.0).max(1e-9);
    let power = 10_f64.powf(raw.log10().floor());
    let factor = [1.0, 2.0, 5.0, 10.0];
    let factor = factor.into_iter().find(|f| f * power >= raw * 0.999);
    factor.unwrap_or(10.0) * power
}

struct Axis {
    top: f64,
    step: f64,
}

impl Axis {
    fn new(frame: &Frame, curves: &[Curve]) -> Self {
        let highest = curves.iter().flat_map(|c| &c.values);
        let highest = highest.copied().fold(0.0_f64, f64::max).max(1.0);
        let highest = frame.top.unwrap_or(highest);
        let step = step(highest);
        Self {
            top: (highest / step).ceil() * step,
            step,
        }
    }

    fn y(&self, value: f64) -> f64 {
        let share = (value / self.top).clamp(0.0, 1.0);
        HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)
    }
}

/// From 0 to 1 across the plot.
fn x(share: f64) -> f64 {
    LEFT + share * (WIDTH - LEFT - RIGHT)
}

/// Grid, axes and their labels around what `draw` draws.
fn plot(
    frame: &Frame,
    ticks: &Ticks,
    curves: &[Curve],
    draw: impl FnOnce(&mut String, &Axis),
) -> String {
    let axis = Axis::new(frame, curves);
    let mut svg = String::new();
    // Writing to a string can't fail, here and below.
    let _ = write!(
        svg,
        "<figure><figcaption><h2>{}</h2><p>{}</p></figcaption>",
        escape(frame.title),
        escape(&frame.note)
    );
    if curves.len() > 1 {
        svg.push_str("<ul class=\"legend\">");
        for (n, curve) in curves.iter().enumerate() {
            let _ = write!(svg, "<li><i class=\"c{n}\"></i>{}</li>", escape(curve.name));
        }
        svg.push_str("</ul>");
    }
    let _ = write!(
        svg,
        "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{}\">",
        escape(frame.title)
    );
    let mut value = 0.0;
    while value <= axis.top * 1.001 {
        let y = axis.y(value);
        let kind = if value == 0.0 { "base" } else { "grid" };
        let _ = write!(
            svg,
            "<line class=\"{kind}\" x1=\"{LEFT}\" x2=\"{:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>\
             <text class=\"tick\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            WIDTH - RIGHT,
            LEFT - 8.0,
            y + 4.0,
            short(value)
        );
        value += axis.step;
    }
    for (at, text) in ticks {
        let _ = write!(
            svg,
            "<text class=\"tick\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
            x(*at),
            HEIGHT - BOTTOM + 18.0,
            escape(text)
        );
    }
    let middle = f64::midpoint(TOP, HEIGHT - BOTTOM);
    let _ = write!(
        svg,
        "<text class=\"axis\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>\
         <text class=\"axis\" transform=\"translate(13 {middle:.1}) rotate(-90)\" text-anchor=\"middle\">{}</text>",
        x(0.5),
        HEIGHT - 8.0,
        escape(frame.x),
        escape(frame.y)
    );
    draw(&mut svg, &axis);
    svg.push_str("</svg></figure>");
    svg
}

/// Lines over time; `times` from 0 to 1.
pub(crate) fn lines(frame: &Frame, ticks: &Ticks, times: &[f64], curves: &[Curve]) -> String {
    plot(frame, ticks, curves, |svg, axis| {
        for (n, curve) in curves.iter().enumerate() {
            let points: Vec<String> = times
                .iter()
                .zip(&curve.values)
                .map(|(at, value)| format!("{:.1},{:.1}", x(*at), axis.y(*value)))
                .collect();
            let _ = write!(
                svg,
                "<polyline class=\"line c{n}\" points=\"{}\"><title>{}</title></polyline>",
                points.join(" "),
                escape(curve.name)
            );
        }
    })
}

/// Groups of bars, one group for each label.
pub(crate) fn bars(frame: &Frame, labels: &[String], curves: &[Curve]) -> String {
    let groups = count(labels.len().max(1));
    let place = |group: usize| (count(group) + 0.5) / groups;
    let ticks = labels
        .iter()
        .enumerate()
        .map(|(n, label)| (place(n), label.clone()))
        .collect();
    plot(frame, &ticks, curves, |svg, axis| {
        let share = 0.62 / groups / count(curves.len().max(1));
        let width = share * (WIDTH - LEFT - RIGHT);
        let width_drawn = (width - 2.0).clamp(1.0, 64.0);
        for (n, curve) in curves.iter().enumerate() {
            for (group, value) in curve.values.iter().enumerate() {
                let offset = count(n) - count(curves.len()) / 2.0 + 0.5;
                let center = x(place(group)) + offset * (width_drawn + 2.0);
                let (top, base) = (axis.y(*value), axis.y(0.0));
                let _ = write!(
                    svg,
                    "<rect class=\"bar c{n}\" x=\"{:.1}\" y=\"{top:.1}\" width=\"{width_drawn:.1}\" \
                     height=\"{:.1}\" rx=\"2\"><title>{} {}: {value:.2}</title></rect>",
                    center - width_drawn / 2.0,
                    base - top,
                    labels.get(group).map_or("", String::as_str),
                    escape(curve.name)
                );
                if curves.len() == 1 {
                    let _ = write!(
                        svg,
                        "<text class=\"tick\" x=\"{center:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
                        top - 5.0,
                        short(*value)
                    );
                }
            }
        }
    })
}

/// A part of a whole for each name.
pub(crate) fn parts(frame: &Frame, rows: &[(String, f64, f64)]) -> String {
    let mut svg = String::new();
    let _ = write!(
        svg,
        "<figure><figcaption><h2>{}</h2><p>{}</p></figcaption>\
         <ul class=\"legend\"><li><i class=\"c0\"></i>{}</li><li><i class=\"rest\"></i>{}</li></ul>",
        escape(frame.title),
        escape(&frame.note),
        escape(frame.y),
        escape(frame.x)
    );
    let height = count(rows.len()) * 34.0 + 40.0;
    let _ = write!(
        svg,
        "<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{}\">",
        escape(frame.title)
    );
    let longest = rows.iter().map(|(_, _, all)| *all).fold(1.0_f64, f64::max);
    let (from, room) = (150.0, WIDTH - 150.0 - 110.0);
    for (n, (name, part, all)) in rows.iter().enumerate() {
        let y = count(n) * 34.0 + 8.0;
        let long = |value: f64| value / longest * room;
        let percent = if *all > 0.0 { 100.0 * part / all } else { 0.0 };
        let _ = write!(
            svg,
            "<text class=\"name\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>\
             <rect class=\"rest\" x=\"{from}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"20\" rx=\"2\"/>\
             <rect class=\"bar c0\" x=\"{from}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"20\" rx=\"2\"/>\
             <text class=\"tick\" x=\"{:.1}\" y=\"{:.1}\">{part:.0} of {all:.0} ({percent:.0} %)</text>",
            from - 10.0,
            y + 15.0,
            escape(name),
            long(*all),
            long(*part),
            from + long(*all) + 8.0,
            y + 15.0,
        );
    }
    let _ = write!(
        svg,
        "<text class=\"axis\" x=\"{from}\" y=\"{:.1}\">cards, one bar a model</text></svg></figure>",
        height - 10.0
    );
    svg
}

/// A small number as a coordinate.
fn count(value: usize) -> f64 {
    f64::from(u32::try_from(value).unwrap_or(u32::MAX))
}
