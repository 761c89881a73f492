import HoneBus
import HoneCore
import HoneMessages
import HoneRedis
import HoneService

/// Whether the streams have their readers, and the readers keep up.
struct BusExamination {
    let connections: Connections

    /// Nothing when Redis is away: that is another finding.
    func findings() async -> [Finding] {
        let depth = try? await connections.withTransport { try await $0.depth(of: connections.topics) }
        guard let depth else { return [] }
        return [Self.groups(depth), Self.dead(depth)] + Self.backlogs(depth, most: connections.maxBacklog)
    }

    static func groups(_ depth: BusDepth) -> Finding {
        let missing = depth.streams.flatMap { stream -> [String] in
            let wanted = (Topic.all + Topic.bridge).filter { topic in stream.belongs(to: topic) }.flatMap(\.groups)
            let there = Set(stream.groups.map(\.name))
            return wanted.filter { !there.contains($0) }.map { "\($0) on \(stream.key)" }
        }
        return missing.isEmpty
            ? Finding(.fine, "consumer groups", "all there")
            : Finding(
                .wrong, "consumer groups", "missing: \(missing.joined(separator: ", "))",
                advice: "start the services; each creates all groups")
    }

    static func dead(_ depth: BusDepth) -> Finding {
        Finding(
            depth.dead == 0 ? .fine : .doubtful, "dead letters", "\(depth.dead)",
            advice: "`hone dead list` says why; `hone dead replay` sends them round again")
    }

    /// A group is named after the service that reads it.
    static func backlogs(_ depth: BusDepth, most: Int) -> [Finding] {
        let groups = Set(Topic.all.flatMap(\.groups)).sorted()
        return groups.compactMap { group in
            let backlog = depth.backlog(of: group)
            let members = depth.streams.flatMap(\.groups).filter { $0.name == group }.map(\.members).max() ?? 0
            guard backlog > 0 else { return nil }
            let verdict: Finding.Verdict = backlog >= most ? .wrong : backlog > most / 10 ? .doubtful : .fine
            let advice =
                members == 0
                ? "no \(group) runs: start one with `hone up`"
                : "run more of them: `hone scale \(group)=\(members + 1)`"
            return Finding(
                members == 0 ? .wrong : verdict, "backlog of \(group)", "\(backlog) messages, \(members) members",
                advice: advice)
        }
    }
}

extension BusDepth.Stream {
    fileprivate func belongs(to topic: Topic) -> Bool {
        topic.lanes.contains { lane in key.hasSuffix(":" + StreamName(topic: topic.name, lane: lane).description) }
    }
}
