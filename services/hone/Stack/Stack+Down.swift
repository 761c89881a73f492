import Foundation

extension Stack {
    /// Ends what `up` started: the services first, each after the work it has in hand, then Postgres and Redis.
    /// Returns how many processes ended.
    func down(servicesOnly: Bool = false) async throws -> Int {
        guard FileManager.default.fileExists(atPath: folder.stateFile) else { return 0 }
        let lock = try StackLock(folder)
        defer { withExtendedLifetime(lock) {} }
        var state = try StackState.load(from: folder)
        var ended = state.services.filter(\.process.isRunning).count
        try await stop(state.services, &state)
        if !servicesOnly {
            // INT is Postgres' fast shutdown. Redis saves on TERM.
            ended += try await stop("postgres", &state.postgres, with: SIGINT)
            ended += try await stop("redis", &state.redis, with: SIGTERM)
            state.scale = [:]
            try? FileManager.default.removeItem(atPath: folder.environmentFile)
        }
        try state.save(to: folder)
        return ended
    }

    /// Lets these services drain and end, all at the same time.
    func stop(_ services: [StackState.Service], _ state: inout StackState) async throws {
        let running = Set(services.filter(\.process.isRunning).map(\.id))
        for service in services { service.process.signal(SIGTERM) }
        for service in services {
            // Longer than a service gives itself: the grace period, then the time to cancel.
            try await end(service.id, service.process, within: .seconds(60))
            state.services.removeAll { $0.id == service.id }
            try state.save(to: folder)
            if running.contains(service.id) { report("\(service.id): stopped") }
        }
    }

    private func stop(
        _ name: String, _ server: inout StackState.Server?, with signal: Int32
    ) async throws -> Int {
        guard let process = server?.process else { return 0 }
        let wasRunning = process.isRunning
        process.signal(signal)
        try await end(name, process, within: .seconds(120))
        server?.process = nil
        if wasRunning { report("\(name): stopped") }
        return wasRunning ? 1 : 0
    }

    private func end(_ name: String, _ process: ProcessIdentity, within limit: Duration) async throws {
        if try await !process.ends(within: limit) {
            report("\(name): did not end within \(limit) and is killed")
            process.signal(SIGKILL)
            folder.process(name)?.signal(SIGKILL)
            _ = try await process.ends(within: .seconds(10))
        }
        try? FileManager.default.removeItem(atPath: folder.pidFile(name))
    }
}
