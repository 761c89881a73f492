public import HoneCore

/// Failures of one kind: of the same code, in the same step, and told of in much the same words.
///
/// Two failures belong together when a chain of similar ones joins them (single linkage), so that what comes out does not
/// depend on the order of the runs.
public struct FailureCluster: Sendable, Hashable {
    /// Texts that share half of their word pairs are similar.
    private static let alike = 0.5

    public let code: String
    public let node: String?
    public let count: Int
    /// What was said of the one most like all others.
    public let example: String
    public let categories: [HoneCore.Category]
    /// The latest few, as the runs were listed.
    public let tasks: [TaskID]

    private static let shownTasks = 5

    /// The kinds of failure among these runs, the most frequent first.
    public static func all(in runs: [ObservedRun]) -> [FailureCluster] {
        struct Kind: Hashable {
            let code: String
            let node: String?
        }
        let failed = runs.filter { $0.failure != nil }
        let kinds = Dictionary(grouping: failed) { Kind(code: $0.failure?.code ?? "", node: $0.failure?.node) }
        return kinds.values.flatMap(clusters).sorted { one, other in
            (other.count, one.code, one.node ?? "", one.example) < (
                one.count, other.code, other.node ?? "", other.example
            )
        }
    }

    /// `runs` all failed with one code in one step.
    private static func clusters(_ runs: [ObservedRun]) -> [FailureCluster] {
        let told = Dictionary(grouping: runs) { $0.failure?.words ?? "" }
        let texts = told.keys.sorted()
        let shingles = texts.map(Shingles.init)
        return components(of: shingles).map { members in
            let example = members.max { one, other in
                let (mine, others) = (likeness(one, members, shingles), likeness(other, members, shingles))
                return mine == others ? one > other : mine < others
            }
            return FailureCluster(
                example: example.map { texts[$0] } ?? "", of: Set(members.map { texts[$0] }), in: runs)
        }
    }

    private init(example: String, of texts: Set<String>, in runs: [ObservedRun]) {
        let members = runs.filter { texts.contains($0.failure?.words ?? "") }
        code = members.first?.failure?.code ?? ""
        node = members.first?.failure?.node
        count = members.count
        self.example = example
        categories = Set(members.map(\.category)).sorted()
        tasks = Array(members.map(\.task).prefix(Self.shownTasks))
    }

    private static func likeness(_ one: Int, _ members: [Int], _ shingles: [Shingles]) -> Double {
        members.reduce(0) { $0 + shingles[one].similarity(to: shingles[$1]) }
    }

    /// The texts that chains of similar ones join.
    private static func components(of shingles: [Shingles]) -> [[Int]] {
        var left = Set(shingles.indices)
        var components: [[Int]] = []
        for start in shingles.indices where left.remove(start) != nil {
            var members = [start]
            var next = 0
            while next < members.count {
                let near = left.filter { shingles[members[next]].similarity(to: shingles[$0]) >= alike }.sorted()
                left.subtract(near)
                members += near
                next += 1
            }
            components.append(members)
        }
        return components
    }
}
