import Synchronization
import TestServers
import Testing

@testable import Hone

@Suite("Private servers and the ports they get", .timeLimit(.minutes(5)))
struct PrivateServerTests {
    /// A server whose port another program takes first, so many times: a Redis, which answers there, too.
    private final class Unlucky<Server: PrivateServer>: PrivateServer {
        static var name: String { Server.name }
        static func url(port: Int) -> String { Server.url(port: port) }

        private let server: Server
        private let thefts: Int
        private let thieves = Mutex<[(port: Int, process: ServerProcess)]>([])

        init(_ server: Server, thefts: Int) {
            self.server = server
            self.thefts = thefts
        }

        var stolen: [Int] { thieves.withLock { $0.map(\.port) } }

        func start(port: Int) async throws -> ProcessIdentity {
            if stolen.count < thefts {
                let arguments = ["--port", "\(port)", "--bind", "127.0.0.1", "--save", ""]
                let thief = try ServerProcess(ServerProcess.find("redis-server"), arguments, log: "/dev/null")
                thieves.withLock { $0.append((port, thief)) }
                try await eventually("the other program listens") { !Ports.isFree(port) }
            }
            return try await server.start(port: port)
        }

        func isReady(_ process: ProcessIdentity, port: Int) async throws {
            try await server.isReady(process, port: port)
        }
    }

    /// Starts the server so many thefts later, and takes it down whatever happens.
    private func start<Server: PrivateServer>(
        _ server: (StackFolder) -> Server, thefts: Int,
        _ place: WritableKeyPath<StackState, StackState.Server?>
    ) async throws -> (place: StackState.Server?, stolen: [Int], lines: [String], failure: StartFailure?) {
        let scratch = try Scratch()
        var lines: [String] = []
        let stack = Stack(
            folder: StackFolder(root: scratch.path),
            binaries: ServiceBinaries(folder: scratch.path, keeper: try HoneProgram.path()), environment: [:],
            report: { lines.append($0) })
        try stack.folder.create()
        let unlucky = Unlucky(server(stack.folder), thefts: thefts)
        var state = StackState()
        var failure: StartFailure?
        do {
            let url = try await stack.url(of: unlucky, place, &state)
            #expect(state[keyPath: place]?.isRunning == true)
            #expect(url == Server.url(port: state[keyPath: place]?.port ?? 0))
        } catch let fault as StartFailure {
            failure = fault
        }
        let told = lines
        _ = try await stack.down()
        return (state[keyPath: place], unlucky.stolen, told, failure)
    }

    @Test("one whose port another program takes first comes up on another port, and says so", arguments: [1, 2])
    func theft(_ thefts: Int) async throws {
        for (place, stolen, lines, failure) in [
            try await start(PrivateRedis.init, thefts: thefts, \.redis),
            try await start(PrivatePostgres.init, thefts: thefts, \.postgres),
        ] {
            #expect(failure == nil && stolen.count == thefts, "\(failure?.lines ?? [])")
            let port = try #require(place?.port)
            #expect(!stolen.contains(port))
            #expect(lines.dropLast().map { $0.contains("another program took port") } == stolen.map { _ in true })
            #expect(lines.last?.hasSuffix("started on port \(port)") == true)
        }
    }

    @Test("one that loses every port says what its log says, and does not try for ever")
    func misfortune() async throws {
        let (place, stolen, _, failure) = try await start(PrivateRedis.init, thefts: 9, \.redis)
        #expect(stolen.count == 3 && place?.isRunning == false)
        #expect(failure?.lines.first?.hasPrefix("redis ended") == true)
        #expect(failure?.lines.contains { $0.contains("Address already in use") } == true)
    }
}
