/// What changes from one text to another, line by line, in the form that people and tools know (GNU unified diff).
public struct LineDiff: Sendable {
    /// Unchanged lines around each change.
    private static let context = 3
    /// Above this the texts are told as wholly different: a comparison takes the product of length and difference.
    private static let mostLines = 4_000

    public struct Line: Codable, Sendable, Hashable {
        public enum Change: String, Codable, Sendable { case same, added, removed }

        public var change: Change
        public var text: String
    }

    /// Lines that belong together, and where they begin in both texts, counted from 1.
    public struct Hunk: Codable, Sendable, Hashable {
        public var oldStart: Int
        public var oldCount: Int
        public var newStart: Int
        public var newCount: Int
        public var lines: [Line]

        enum CodingKeys: String, CodingKey {
            case lines
            case oldStart = "old_start"
            case oldCount = "old_count"
            case newStart = "new_start"
            case newCount = "new_count"
        }
    }

    public let hunks: [Hunk]
    public var added: Int { hunks.flatMap(\.lines).count { $0.change == .added } }
    public var removed: Int { hunks.flatMap(\.lines).count { $0.change == .removed } }

    public init(from old: String, to new: String) {
        hunks = Self.hunks(Self.lines(old, new))
    }

    /// As `diff -u` prints it; empty for equal texts.
    public func unified(from old: String, to new: String) -> String {
        guard !hunks.isEmpty else { return "" }
        let body = hunks.flatMap { hunk in
            ["@@ -\(hunk.oldStart),\(hunk.oldCount) +\(hunk.newStart),\(hunk.newCount) @@"]
                + hunk.lines.map { $0.change.sign + $0.text }
        }
        return (["--- \(old)", "+++ \(new)"] + body).joined(separator: "\n") + "\n"
    }

    /// Every line of both texts, in order.
    private static func lines(_ old: String, _ new: String) -> [Line] {
        let before = old.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let after = new.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard max(before.count, after.count) <= mostLines else {
            return before.map { Line(change: .removed, text: $0) } + after.map { Line(change: .added, text: $0) }
        }
        var (gone, fresh) = (Set<Int>(), Set<Int>())
        for change in after.difference(from: before) {
            switch change {
            case .remove(let place, _, _): gone.insert(place)
            case .insert(let place, _, _): fresh.insert(place)
            }
        }
        var (result, old, new) = ([Line](), 0, 0)
        while old < before.count || new < after.count {
            if gone.contains(old) {
                result.append(Line(change: .removed, text: before[old]))
                old += 1
            } else if fresh.contains(new) {
                result.append(Line(change: .added, text: after[new]))
                new += 1
            } else {
                result.append(Line(change: .same, text: before[old]))
                (old, new) = (old + 1, new + 1)
            }
        }
        return result
    }

    /// The changes with what stands around them; changes that are near each other share a hunk.
    private static func hunks(_ lines: [Line]) -> [Hunk] {
        let changed = lines.indices.filter { lines[$0].change != .same }
        var ranges: [Range<Int>] = []
        for index in changed {
            let range = max(0, index - context)..<min(lines.count, index + context + 1)
            if let last = ranges.last, last.upperBound >= range.lowerBound {
                ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
            } else {
                ranges.append(range)
            }
        }
        return ranges.map { range in
            let part = Array(lines[range])
            let before = lines[..<range.lowerBound]
            return Hunk(
                oldStart: before.count { $0.change != .added } + 1, oldCount: part.count { $0.change != .added },
                newStart: before.count { $0.change != .removed } + 1, newCount: part.count { $0.change != .removed },
                lines: part)
        }
    }
}

extension LineDiff.Line.Change {
    fileprivate var sign: String {
        switch self {
        case .same: " "
        case .added: "+"
        case .removed: "-"
        }
    }
}
