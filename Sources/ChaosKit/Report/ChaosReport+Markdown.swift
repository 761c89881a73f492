import Foundation

extension ChaosReport {
    /// The report as tables that people read.
    public var markdown: String {
        [headline, taskTable, faultTable, timeline, invariantTable, openEnds].compactMap(\.self).joined(
            separator: "\n\n")
            + "\n"
    }

    private var headline: String {
        """
        # Chaos, seed \(seed): \(holds ? "every promise held" : "PROMISES WERE BROKEN")

        missing = \(missing), duplicate effects = \(duplicated), contradictions = \(wrong); \(faults.count) faults in \
        \(workedSeconds.rounded(1)) s of work, verdict after \(totalSeconds.rounded(1)) s. \
        Processes: \(instances.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")). \
        Settings: \(settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")).
        """
    }

    private var taskTable: String {
        let states = tasks.byState.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        let rows =
            [
                ("published (each twice)", tasks.published), ("of these unreadable", tasks.unreadable),
                ("accepted", tasks.accepted), ("not accepted", tasks.notAccepted),
            ] + states + [("services ended by themselves", unexpectedEnds)]
        return table(["tasks", ""], rows.map { [$0, "\($1)"] })
    }

    private var faultTable: String {
        let kinds = Dictionary(grouping: faults, by: \.kind).sorted { $0.key < $1.key }
        return table(
            ["fault", "times", "recovery: median", "longest", "of how many"],
            kinds.map { kind, records in
                let times = records.compactMap(\.recovery).sorted()
                let median = times.isEmpty ? "-" : "\(times[times.count / 2].rounded(1)) s"
                return [
                    kind, "\(records.count)", median, times.last.map { "\($0.rounded(1)) s" } ?? "-", "\(times.count)",
                ]
            })
    }

    private var timeline: String {
        table(
            ["at", "fault", "target", "messages held", "recovery"],
            faults.sorted { $0.at < $1.at }.map { record in
                [
                    "\(record.at.rounded(1)) s", record.kind, record.target, record.held.map { "\($0)" } ?? "",
                    record.recovery.map { "\($0.rounded(1)) s" } ?? "",
                ]
            })
    }

    private var invariantTable: String {
        table(
            ["invariant", "violations", "for example"],
            findings.map { [$0.invariant, "\($0.violations)", $0.holds ? "" : $0.examples.joined(separator: "; ")] })
    }

    private var openEnds: String? {
        unrest.isEmpty ? nil : "Still under way at the deadline: \(unrest.joined(separator: "; "))"
    }

    private func table(_ heads: [String], _ rows: [[String]]) -> String {
        let lines = [heads, heads.map { _ in "---" }] + rows
        return lines.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    }
}

extension Double {
    fileprivate func rounded(_ digits: Int) -> String {
        formatted(.number.precision(.fractionLength(digits)).grouping(.never))
    }
}
