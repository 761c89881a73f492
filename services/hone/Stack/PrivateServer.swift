/// A server that a stack brings along, on loopback, with its data in the stack's folder.
protocol PrivateServer: Sendable {
    /// The name of its log.
    static var name: String { get }
    static func url(port: Int) -> String

    func start(port: Int) async throws -> ProcessIdentity
    /// Waits until this process, and no other server, answers there. Throws a ``StartFailure`` when it does not come up.
    func isReady(_ server: ProcessIdentity, port: Int) async throws
}

extension Stack {
    /// The address of a server of ours, which is started unless it runs.
    func url<Server: PrivateServer>(
        of server: Server, _ place: WritableKeyPath<StackState, StackState.Server?>, _ state: inout StackState
    ) async throws -> String {
        let known = state[keyPath: place]
        if let known, let process = known.process, process.isRunning {
            try await server.isReady(process, port: known.port)
            return Server.url(port: known.port)
        }
        let port = try await start(server, on: Ports.free(preferring: known?.port), place, &state)
        report("\(Server.name): started on port \(port)")
        return Server.url(port: port)
    }

    /// Starts it there, or elsewhere when another program takes the port first: between a look at a port and its use
    /// there is always a moment. Returns the port.
    private func start<Server: PrivateServer>(
        _ server: Server, on port: Int, _ place: WritableKeyPath<StackState, StackState.Server?>,
        _ state: inout StackState, attempts: Int = 3
    ) async throws -> Int {
        let process = try await server.start(port: port)
        state[keyPath: place] = .init(port: port, process: process)
        try note(Server.name, process, state)
        do {
            try await server.isReady(process, port: port)
            return port
        } catch let failure as StartFailure {
            guard attempts > 1, !process.isRunning, !Ports.isFree(port) else { throw failure }
            report("\(Server.name): another program took port \(port) first; trying the next one")
            return try await start(
                server, on: Ports.free(preferring: nil), place, &state, attempts: attempts - 1)
        }
    }
}
