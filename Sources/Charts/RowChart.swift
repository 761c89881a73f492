/// Values side by side, one row each: as bars from 0, or as dots with their intervals.
public struct RowChart: Sendable {
    public struct Row: Sendable {
        public var label: String
        public var value: Double
        /// Drawn as a line through a dot; nil: a bar.
        public var interval: ClosedRange<Double>?

        public init(_ label: String, _ value: Double, interval: ClosedRange<Double>? = nil) {
            self.label = label
            self.value = value
            self.interval = interval
        }
    }

    private static let width = 700.0
    private static let rowHeight = 24.0
    private static let frame = (left: 180.0, right: 80.0, top: 8.0, bottom: 24.0)
    /// Longer labels are cut; the whole is under the pointer.
    private static let longestLabel = 22

    public var id: String
    public var title: String
    public var rows: [Row]
    public var unit: Unit
    public var top: Double?

    public init(id: String, title: String, rows: [Row], unit: Unit, top: Double? = nil) {
        self.id = id
        self.title = title
        self.rows = rows
        self.unit = unit
        self.top = top
    }

    public var svg: String {
        let height = Self.frame.top + Self.rowHeight * Double(rows.count) + Self.frame.bottom
        var drawing = Drawing(id, title: title, summary: summary, width: Self.width, height: height, isWide: true)
        let scale = Scale(rows.map { $0.interval?.upperBound ?? $0.value }, unit: unit, fixed: top)
        let bottom = height - Self.frame.bottom
        for tick in scale.ticks {
            let x = x(tick, scale)
            drawing.line("grid", x, Self.frame.top, x, bottom)
            drawing.label(unit.text(tick), x, height - 6, .middle)
        }
        for (index, row) in rows.enumerated() {
            draw(row, at: Self.frame.top + Self.rowHeight * Double(index), scale, on: &drawing)
        }
        return drawing.svg
    }

    private var summary: String {
        rows.isEmpty ? "There are no values." : rows.map { "\($0.label): \(note($0))" }.joined(separator: "; ") + "."
    }

    private func note(_ row: Row) -> String {
        guard let interval = row.interval else { return unit.text(row.value) }
        return "\(unit.text(row.value)) (\(unit.text(interval.lowerBound)) to \(unit.text(interval.upperBound)))"
    }

    private func draw(_ row: Row, at top: Double, _ scale: Scale, on drawing: inout Drawing) {
        let (middle, end) = (top + Self.rowHeight / 2, x(row.interval?.upperBound ?? row.value, scale))
        drawing.label(shortened(row.label, to: Self.longestLabel), Self.frame.left - 8, middle + 4, .end)
        let words = "\(row.label): \(note(row))"
        if let interval = row.interval {
            drawing.line("interval", x(interval.lowerBound, scale), middle, end, middle)
            drawing.dot(x(row.value, scale), middle, note: words)
        } else {
            drawing.bar(Self.frame.left, top + 4, width: end - Self.frame.left, height: Self.rowHeight - 8, note: words)
        }
        drawing.label(unit.text(row.value), end + 6, middle + 4)
    }

    private func x(_ value: Double, _ scale: Scale) -> Double {
        Self.frame.left + scale.place(value, on: Self.width - Self.frame.left - Self.frame.right)
    }
}
