import Foundation
import HoneBus
import HoneMessages
import Testing

@Suite("the README")
struct ReadmeTests {
    @Test("its table of streams is the catalogue: the same streams, the same readers")
    func streams() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../README.md").standardized
        let rows = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            .map { $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
            .filter { $0.count == 4 && $0[0].hasPrefix("`") }
        var documented: [String: Set<String>] = [:]
        for row in rows {
            for name in names(in: row[0]) { documented[name] = Set(names(in: row[3])) }
        }
        let expected = Topic.all.map { topic in
            (topic.isLaned ? "\(topic.name).{interactive,standard,batch}" : topic.name, Set(topic.groups))
        }
        #expect(documented == Dictionary(uniqueKeysWithValues: expected))
    }

    /// What stands between back-ticks.
    private func names(in cell: String) -> [String] {
        cell.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }
}
