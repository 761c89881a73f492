public import ArgumentParser
import Foundation
import HoneAPI
import HoneCore
import HoneEvolution
public import HoneMessages
import HoneService
import HoneStore

struct OptimizeSchedule: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule", abstract: "Optimize agents again and again.",
        discussion: """
            Each due time fires once; those that were missed, or came while the agent was being optimized, fire once \
            together. Times are in UTC.
            """,
        subcommands: [ScheduleAdd.self, ScheduleList.self, ScheduleRemove.self], defaultSubcommand: ScheduleList.self)
}

struct ScheduleAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Have an agent optimized at intervals, or when a rule of cron says.")

    @Argument(help: ArgumentHelp("The agent.", valueName: "agent")) var agent: AgentID
    @Option(help: "The suite of cases.") var benchmark: String
    @Option(
        help: ArgumentHelp(
            "An interval such as 90m, 6h or 7d, or five fields of cron: \"0 3 * * 1\" is Mondays at three.",
            valueName: "when"), transform: Self.recurrence)
    var every: Recurrence
    @Option(help: "gepa, mipro or nsga2.") var algorithm = OptimizationRequested.Algorithm.gepa
    @Option(help: "How hard to try: light, medium or heavy.") var auto = OptimizationRequested.Effort.medium
    @Option(help: ArgumentHelp("What one search may cost.", valueName: "dollars")) var maxCost: Double?
    @Option(help: ArgumentHelp("Trials of one search.", valueName: "count")) var maxRollouts: Int?
    @Option(help: ArgumentHelp("How long one search may take.", valueName: "minutes")) var maxMinutes: Double?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        do {
            try request.validate()
        } catch {
            throw ValidationError("\(error)")
        }
    }

    func run() async throws {
        let now = Date()
        let new = NewSchedule(
            id: .new(at: now), agentID: agent, benchmarkID: benchmark, algorithm: algorithm.rawValue,
            auto: auto.rawValue, budget: try request.budget.map(JSONValue.init(encoding:)) ?? .object([:]),
            recurrence: every.text, createdAt: now, nextDue: every.next(after: now, from: now),
            createdBy: KeyAudit.actor)
        let record = try await Connections.standard().withStore { try await add(new, to: $0) }
        try output.show(
            body: ScheduleBody(record),
            or:
                "schedule \(record.id): \(record.agentID) on \(record.benchmarkID), first at \(Format.time(record.nextDue))"
        )
    }

    private static func recurrence(_ text: String) throws -> Recurrence {
        do {
            return try Recurrence(text)
        } catch {
            throw ValidationError("\(error)")
        }
    }

    /// What each firing will ask for.
    private var request: OptimizationRequested {
        let budget = OptimizationRequested.Budget(
            maxCostUSD: maxCost, maxRollouts: maxRollouts, maxMinutes: maxMinutes)
        return OptimizationRequested(
            agentID: agent, algorithm: algorithm, auto: auto, benchmark: benchmark,
            budget: budget == OptimizationRequested.Budget() ? nil : budget)
    }

    private func add(_ new: NewSchedule, to store: Store) async throws -> ScheduleRecord {
        let request = request
        return try await store.transaction { store in
            do {
                try await OptimizationIntake(store).check(request)
            } catch let refusal as OptimizationRefusal {
                throw CommandFault(refusal.reason)
            }
            try await store.schedules.add(new)
            try await store.audit.record(
                actor: new.createdBy, action: "schedule.create", subjectKind: "agent",
                subjectID: new.agentID.rawValue,
                details: ["schedule_id": .string(new.id.description), "recurrence": .string(new.recurrence)])
            guard let record = try await store.schedules.all().first(where: { $0.id == new.id }) else {
                throw CommandFault("the schedule is gone")
            }
            return record
        }
    }
}

extension OptimizationRequested.Algorithm: ExpressibleByArgument {}
extension OptimizationRequested.Effort: ExpressibleByArgument {}
