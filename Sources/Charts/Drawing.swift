import Foundation

/// An SVG picture in the making: what screen readers say of it first, then shapes.
struct Drawing {
    let width: Double
    let height: Double
    private let head: String
    private var shapes: [String] = []

    /// `id` tells pictures of one page apart; a wide one is not made so small that nobody can read it.
    init(_ id: String, title: String, summary: String, width: Double, height: Double, isWide: Bool = false) {
        self.width = width
        self.height = height
        let id = escaped(id)
        head = """
            <svg class="chart\(isWide ? " wide" : "")" role="img" aria-labelledby="\(id)-title \(id)-summary" viewBox="0 0 \(text(width)) \
            \(text(height))" width="\(text(width))" xmlns="http://www.w3.org/2000/svg">\
            <title id="\(id)-title">\(escaped(title))</title><desc id="\(id)-summary">\(escaped(summary))</desc>
            """
    }

    var svg: String { ([head] + shapes + ["</svg>"]).joined(separator: "\n") }

    mutating func line(_ style: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) {
        shapes.append(
            "<line class=\"\(style)\" x1=\"\(text(x1))\" y1=\"\(text(y1))\" x2=\"\(text(x2))\" y2=\"\(text(y2))\"/>")
    }

    /// What it says under the pointer is `note`.
    mutating func dot(_ x: Double, _ y: Double, note: String) {
        shapes.append(
            "<circle class=\"dot\" cx=\"\(text(x))\" cy=\"\(text(y))\" r=\"3.5\"><title>\(escaped(note))</title></circle>"
        )
    }

    mutating func bar(_ x: Double, _ y: Double, width: Double, height: Double, note: String) {
        shapes.append(
            """
            <rect class="bar" x="\(text(x))" y="\(text(y))" width="\(text(max(0, width)))" height="\(text(height))" \
            rx="2"><title>\(escaped(note))</title></rect>
            """)
    }

    mutating func path(_ points: [(x: Double, y: Double)]) {
        guard points.count > 1 else { return }
        let steps = points.map { "\(text($0.x)) \(text($0.y))" }.joined(separator: " L ")
        shapes.append("<path class=\"line\" d=\"M \(steps)\"/>")
    }

    enum Anchor: String { case start, middle, end }

    mutating func label(_ words: String, _ x: Double, _ y: Double, _ anchor: Anchor = .start, style: String = "label") {
        shapes.append(
            """
            <text class="\(style)" x="\(text(x))" y="\(text(y))" text-anchor="\(anchor.rawValue)">\(escaped(words))</text>
            """)
    }
}

/// With an ellipsis where it was cut.
func shortened(_ text: String, to limit: Int) -> String {
    text.count > limit ? text.prefix(limit - 1) + "…" : text
}

/// A length with one decimal, without a needless one.
private func text(_ length: Double) -> String {
    let rounded = (length * 10).rounded() / 10
    return rounded == rounded.rounded() ? String(Int(rounded)) : String(format: "%.1f", rounded)
}
