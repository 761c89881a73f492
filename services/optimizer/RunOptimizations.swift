import HoneCore
import HoneService
import HoneStore
import Logging
import Postgres
import ServiceLifecycle
import Synchronization

/// Takes optimizations up and works on them: one at a time per agent, whichever process has it, several agents side by
/// side.
///
/// A claim is an advisory lock of one connection that this process keeps: when the process dies, however it does, the
/// claim ends with the connection, and another process goes on where the saved state is.
struct RunOptimizations: Service {
    private static let interval: Duration = .milliseconds(300)
    /// Failures of the machinery in a row after which a search is given up.
    private static let patience = 5

    let parts: RunParts
    /// Searches that this process works on at the same time.
    let limit: Int

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await claimAndWork()
                } catch is CancellationError {
                } catch {
                    parts.logger.warning("claims are lost for now", metadata: ["error": "\(error)"])
                    try? await Task.sleep(for: .seconds(1))
                }
            }
        }
    }

    /// Returns only by an error: of the connection that holds the claims, and then every run here is dropped.
    private func claimAndWork() async throws {
        try await parts.store.session { session in
            do {
                try await work(with: session)
            } catch {
                // The connection may live on, and must not keep others from going on.
                await Task { try? await session.locks.releaseAll() }.value
                throw error
            }
        }
    }

    private func work(with session: Store) async throws {
        let claims = Claims()
        try await withThrowingDiscardingTaskGroup { runs in
            while true {
                for agent in claims.takeEnded() { try await session.locks.release(Self.lock(agent)) }
                for turn in try await turns(claims) {
                    guard try await session.locks.tryHold(Self.lock(turn.agentID)) else { continue }
                    claims.begin(turn)
                    runs.addTask {
                        await work(on: turn, claims)
                        claims.end(turn)
                    }
                }
                try await Task.sleep(for: Self.interval)
            }
        }
    }

    /// What is not worked on here, as far as there is room for it.
    private func turns(_ claims: Claims) async throws -> [OpenOptimization] {
        let room = limit - claims.count
        guard room > 0 else { return [] }
        return Array(try await parts.store.optimizations.turns().filter { !claims.holds($0.agentID) }.prefix(room))
    }

    private static func lock(_ agent: AgentID) -> String { "optimization-run/\(agent)" }

    private func work(on turn: OpenOptimization, _ claims: Claims) async {
        do {
            try await RunOffice(parts: parts).work(on: turn.id)
            claims.forget(turn.id)
        } catch is CancellationError {
        } catch {
            parts.logger.warning(
                "a search stumbled", metadata: ["optimization_id": "\(turn.id)", "error": "\(error)"])
            guard !((error as? any TransientFault)?.isTransient ?? false), claims.noteFailure(turn.id) >= Self.patience
            else {
                try? await Task.sleep(for: .seconds(1))
                return
            }
            await giveUp(turn, error)
        }
    }

    private func giveUp(_ turn: OpenOptimization, _ error: any Error) async {
        let ending = OptimizationEnding(
            status: "failed", reason: "the optimizer cannot go on with it: \(error)", code: .internal)
        _ = try? await parts.store.transaction { try await $0.optimizations.finish(turn.id, ending) }
    }
}

/// What a process works on.
final class Claims: Sendable {
    private struct State {
        var held: Set<AgentID> = []
        var ended: [AgentID] = []
        var failures: [OptimizationID: Int] = [:]
    }

    private let state = Mutex(State())

    var count: Int { state.withLock { $0.held.count } }
    func holds(_ agent: AgentID) -> Bool { state.withLock { $0.held.contains(agent) } }
    func begin(_ turn: OpenOptimization) { state.withLock { _ = $0.held.insert(turn.agentID) } }
    func end(_ turn: OpenOptimization) { state.withLock { $0.ended.append(turn.agentID) } }

    /// Those whose locks may go; they can be claimed again from now on.
    func takeEnded() -> [AgentID] {
        state.withLock { state in
            defer { state.ended = [] }
            state.held.subtract(state.ended)
            return state.ended
        }
    }

    /// Returns how often it failed by now.
    func noteFailure(_ id: OptimizationID) -> Int {
        state.withLock { state in
            state.failures[id, default: 0] += 1
            return state.failures[id, default: 0]
        }
    }

    func forget(_ id: OptimizationID) { state.withLock { $0.failures[id] = nil } }
}
