import Foundation
import HoneCore
import Logging

/// A consumer's background duties: renewing claims, stopping calls that take too long, moving delayed messages,
/// trimming. Any instance may do the last two for all, and several at once do no harm.
struct Caretaker: Sendable {
    let transport: any BusTransport
    let intakes: [Intake]
    let options: ConsumerOptions
    let logger: Logger

    /// Runs until cancelled.
    @concurrent func run() async {
        await withTaskGroup { group in
            for intake in intakes {
                group.addTask { await every(options.renewEvery, "cannot renew claims") { try await intake.renew() } }
            }
            group.addTask { await every(options.checkTimesEvery, "cannot stop calls", stopLate) }
            group.addTask { await every(options.moveDueEvery, "cannot move delayed messages", moveDue) }
            group.addTask { await every(options.trimEvery, "cannot trim streams", trim) }
        }
    }

    private func moveDue() async throws {
        let limit = 256
        while try await transport.moveDue(at: options.clock(), limit: limit) == limit {}
    }

    private func stopLate() { for intake in intakes { intake.stopLate() } }

    private func trim() async throws {
        for intake in intakes { _ = try await transport.trim(intake.worker.topic) }
    }

    private func every(_ interval: Duration, _ complaint: Logger.Message, _ duty: () async throws -> Void) async {
        var failures = 0
        while !Task.isCancelled {
            do {
                try await duty()
                failures = 0
            } catch  where !Task.isCancelled {
                failures += 1
                if failures == 1 { logger.warning(complaint, metadata: ["error": "\(error)"]) }
            } catch {
                return
            }
            try? await Task.sleep(for: interval)
        }
    }
}
