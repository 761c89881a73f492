import Foundation
import HoneAPI
import HoneBus
import HoneCore

extension StackStatus {
    var text: String {
        [servicesText, depth.map(Self.text), admission?.text, celery?.text, tasks.map(Self.text), budgets?.text]
            .compactMap(\.self).joined(separator: "\n\n")
    }

    private var servicesText: String {
        let rows = services.map { [$0.id, $0.state, "\($0.pid)", "\($0.metricsPort)", $0.address ?? ""] }
        return Table(
            .text("service"), .text("state"), .number("pid"), .number("metrics port"), .text("address"), rows: rows
        )
        .text(orNothing: "no services are up here")
    }

    private static func text(_ depth: BusDepth) -> String {
        var table = Table(
            .text("stream"), .number("length"), .text("group"), .number("lag"), .number("pending"),
            .number("members"), .text("oldest"))
        for stream in depth.streams where !stream.groups.isEmpty || stream.length > 0 {
            if stream.groups.isEmpty { table.add(stream.key, "\(stream.length)", "", "", "", "", "") }
            for (index, group) in stream.groups.enumerated() {
                table.add(
                    index == 0 ? stream.key : "", index == 0 ? "\(stream.length)" : "", group.name, "\(group.lag)",
                    "\(group.pending)", "\(group.members)", age(of: group, in: depth))
            }
        }
        return table.text(orNothing: "no streams yet") + "\n\ndelayed: \(depth.delayed)   dead: \(depth.dead)"
    }

    /// For how long the entry has waited that the group needs first.
    private static func age(of group: BusDepth.Group, in depth: BusDepth) -> String {
        group.oldest.map { Format.decimals(max(0, depth.asOf.timeIntervalSince($0)), 1) + " s" } ?? ""
    }

    private static func text(_ tasks: [TaskStatus: Int]) -> String {
        let counts = TaskStatus.allCases.compactMap { status in tasks[status].map { "\(status.rawValue) \($0)" } }
        return "tasks: " + (counts.isEmpty ? "none" : counts.joined(separator: ", "))
    }

    var json: JSONValue {
        get throws {
            let counts = tasks.map { tasks in
                JSONValue.object(Dictionary(tasks.map { ($0.key.rawValue, JSONValue($0.value)) }) { first, _ in first })
            }
            return [
                "services": .array(services.map(\.json)), "bus": try depth.map(JSONValue.init(encoding:)) ?? .null,
                "admission": try (admission?.body).map(JSONValue.init(encoding:)) ?? .null,
                "budgets": try budgets.map(JSONValue.init(encoding:)) ?? .null,
                "celery": celery?.json ?? .null, "tasks": counts ?? .null,
                "faults": .array(faults.map(JSONValue.string)),
            ]
        }
    }
}

extension StackStatus.Service {
    fileprivate var json: JSONValue {
        [
            "service": .string(id), "pid": JSONValue(pid), "metrics_port": JSONValue(metricsPort),
            "address": JSONValue(address),
            "running": .bool(isRunning), "ready": .bool(isReady),
        ]
    }
}
