/// A value over time; where there is none the line has a gap.
public struct LineChart: Sendable {
    private static let size = (width: 340.0, height: 150.0)
    private static let frame = (left: 56.0, right: 12.0, top: 30.0, bottom: 24.0)
    /// The most that a digit takes at the size of ``ChartStyle``.
    private static let digitWidth = 7.2
    private static let longestTitle = 44

    public var id: String
    public var title: String
    public var labels: [String]
    public var values: [Double?]
    public var unit: Unit
    /// The highest value that there can be; nil where the values decide.
    public var top: Double?

    /// One label for each value.
    public init(id: String, title: String, labels: [String], values: [Double?], unit: Unit, top: Double? = nil) {
        self.id = id
        self.title = title
        self.labels = labels
        self.values = values
        self.unit = unit
        self.top = top
    }

    public var svg: String {
        var drawing = Drawing(id, title: title, summary: summary, width: Self.size.width, height: Self.size.height)
        let scale = scale
        drawing.label(shortened(title, to: Self.longestTitle), 4, 16, style: "title")
        for tick in scale.ticks {
            let y = y(tick, scale)
            drawing.line("grid", left, y, Self.size.width - Self.frame.right, y)
            drawing.label(unit.text(tick), left - 6, y + 4, .end)
        }
        drawTimes(&drawing)
        for run in runs { drawing.path(run.map { (x($0), y(values[$0] ?? 0, scale)) }) }
        for (index, value) in values.enumerated() {
            guard let value else { continue }
            drawing.dot(x(index), y(value, scale), note: "\(labels[index]): \(unit.text(value))")
        }
        return drawing.svg
    }

    private var scale: Scale { Scale(values.compactMap(\.self), unit: unit, fixed: top) }

    /// Where the values begin: beside the longest of the figures.
    private var left: Double {
        let longest = scale.ticks.map { unit.text($0).count }.max() ?? 0
        return max(Self.frame.left, 8 + Self.digitWidth * Double(longest))
    }

    /// What a person would say who looks at it.
    private var summary: String {
        let known = zip(labels, values).compactMap { label, value in value.map { (label: label, value: $0) } }
        guard let first = known.first, let last = known.last else { return "There are no values." }
        let (low, high) = (known.map(\.value).min() ?? 0, known.map(\.value).max() ?? 0)
        return "\(unit.text(first.value)) on \(first.label), \(unit.text(last.value)) on \(last.label); between "
            + "\(unit.text(low)) and \(unit.text(high))."
    }

    /// Indices of values that follow each other without a gap.
    private var runs: [[Int]] {
        values.indices.reduce(into: [[]]) { runs, index in
            if values[index] == nil { runs.append([]) } else { runs[runs.count - 1].append(index) }
        }
    }

    /// The first, the middle and the last time.
    private func drawTimes(_ drawing: inout Drawing) {
        let y = Self.size.height - 6
        for (index, anchor) in [(0, Drawing.Anchor.start), (labels.count / 2, .middle), (labels.count - 1, .end)] {
            guard labels.indices.contains(index), index == 0 || labels.count > 2 || anchor == .end else { continue }
            drawing.label(labels[index], x(index), y, labels.count == 1 ? .start : anchor)
        }
    }

    private func x(_ index: Int) -> Double {
        let length = Self.size.width - left - Self.frame.right
        return left + (labels.count > 1 ? length * Double(index) / Double(labels.count - 1) : 0)
    }

    private func y(_ value: Double, _ scale: Scale) -> Double {
        let bottom = Self.size.height - Self.frame.bottom
        return bottom - scale.place(value, on: bottom - Self.frame.top)
    }
}
