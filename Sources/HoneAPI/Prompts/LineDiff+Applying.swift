extension LineDiff {
    /// The text that these hunks make of another; nil where they do not fit it.
    public static func apply(_ hunks: [Hunk], to text: String) -> String? {
        let old = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var (result, place) = ([String](), 0)
        for hunk in hunks {
            let start = hunk.oldStart - 1
            let before = hunk.lines.filter { $0.change != .added }.map(\.text)
            let after = hunk.lines.filter { $0.change != .removed }.map(\.text)
            guard start >= place, before.count == hunk.oldCount, after.count == hunk.newCount,
                start + before.count <= old.count, Array(old[start..<(start + before.count)]) == before
            else { return nil }
            result += old[place..<start]
            guard result.count + 1 == hunk.newStart else { return nil }
            result += after
            place = start + before.count
        }
        return (result + old[place...]).joined(separator: "\n")
    }
}
