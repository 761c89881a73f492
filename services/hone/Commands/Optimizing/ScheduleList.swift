import ArgumentParser
import Foundation
import HoneAPI
import HoneCore
import HoneIntelligence
import HoneStore

struct ScheduleList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List schedules, the next one due first.")

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let schedules = try await Connections.standard().withStore { try await $0.schedules.all() }
        try output.show(
            body: Page(items: schedules.map(ScheduleBody.init), nextCursor: nil), or: Self.text(of: schedules))
    }

    private static func text(of schedules: [ScheduleRecord]) -> String {
        let rows = schedules.map { schedule in
            [
                schedule.id.description, schedule.agentID.rawValue, schedule.benchmarkID, schedule.algorithm,
                schedule.auto, schedule.recurrence, Format.time(schedule.nextDue), Format.time(schedule.lastDue),
                Format.text(schedule.lastRefusal),
            ]
        }
        return Table(
            .text("id"), .text("agent"), .text("benchmark"), .text("algorithm"), .text("auto"), .text("every"),
            .text("next"), .text("last"), .text("refused"), rows: rows
        ).text(orNothing: "no schedules: `hone optimize schedule add` makes one")
    }
}

struct ScheduleRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "End a schedule; a search that it began goes on.")

    @Argument(help: "Its id, as `hone optimize schedule list` shows it.") var id: ScheduleID

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let removed = try await Connections.standard().withStore { store in
            try await store.transaction { store in
                guard let removed = try await store.schedules.remove(id) else {
                    throw CommandFault("there is no schedule \(id)")
                }
                try await store.audit.record(
                    actor: KeyAudit.actor, action: "schedule.remove", subjectKind: "agent",
                    subjectID: removed.agentID.rawValue, details: ["schedule_id": .string(id.description)])
                try await store.alerts.clear([AlertKey(.schedule, id.description)], at: Date())
                return removed
            }
        }
        try output.show(
            body: ScheduleBody(removed), or: "schedule \(id) of \(removed.agentID) is removed")
    }
}
