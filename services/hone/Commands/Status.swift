import ArgumentParser
import HoneAPI
import HoneBus
import HoneCore
import HoneRedis
import HoneService
import HoneStore

struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show services, streams, backlog and tasks.",
        discussion: "Exits with 1 when something of it cannot be asked.")

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let status = try await StackStatus.look(through: .standard())
        try output.show(status.json, or: status.text)
        guard status.faults.isEmpty else {
            Terminal.complain(status.faults.map { "hone: \($0)" })
            throw ExitCode.failure
        }
    }
}

/// What runs, what waits, and how far the tasks are.
struct StackStatus {
    struct Service {
        let id: String
        let pid: Int32
        let metricsPort: Int
        let address: String?
        let isRunning: Bool
        let isReady: Bool

        var state: String { isReady ? "ready" : isRunning ? "not ready" : "ended" }
    }

    private(set) var services: [Service] = []
    private(set) var depth: BusDepth?
    private(set) var admission: Admission?
    /// nil when the bridge is off.
    private(set) var celery: CeleryLook?
    private(set) var tasks: [TaskStatus: Int]?
    private(set) var budgets: BudgetsBody?
    private(set) var faults: [String] = []

    /// What cannot be reached is left out and named in `faults`.
    static func look(through connections: Connections) async throws -> StackStatus {
        var status = StackStatus()
        status.services = try await services(StackState.load(from: StackFolder()))
        do {
            (status.depth, status.admission) = try await connections.withTransport {
                (try await $0.depth(of: connections.topics), try await Admission.look(through: connections, $0))
            }
        } catch {
            status.faults += faultLines(of: error)
        }
        do {
            status.celery = try await CeleryLook.look(through: connections)
        } catch {
            status.faults += faultLines(of: error)
        }
        do {
            status.tasks = try await connections.withStore { try await $0.tasks.counts() }
            status.budgets = try await connections.budgets()
        } catch {
            status.faults += faultLines(of: error)
        }
        return status
    }

    static func services(_ state: StackState, in folder: StackFolder = StackFolder()) async -> [Service] {
        let probe = ReadinessProbe()
        var services: [Service] = []
        for service in state.services {
            let process = folder.process(service.id)
            services.append(
                Service(
                    id: service.id, pid: process?.pid ?? 0, metricsPort: service.metricsPort,
                    address: service.address,
                    isRunning: process?.isRunning ?? false, isReady: await probe.isReady(service.metricsPort)))
        }
        await probe.close()
        return services
    }
}
