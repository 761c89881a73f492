import Hummingbird
import Logging
import NIOCore

/// A model server on loopback that does what a script says: answers, streams, and misbehaves on demand.
///
/// It speaks OpenAI's chat completions and embeddings and Anthropic's messages. The same requests in the same order get
/// the same answers, byte for byte. It counts and records what it is asked.
public final class ScriptedModel: Sendable {
    /// Decides an answer in code; nil leaves it to the script. It may wait, and the request waits with it.
    public typealias Answering = @Sendable (ScriptedRequest) async -> ScriptedReply?

    public let port: Int
    private let ledger: Ledger
    private let serving: Task<Void, any Error>

    private init(port: Int, ledger: Ledger, serving: Task<Void, any Error>) {
        self.port = port
        self.ledger = ledger
        self.serving = serving
    }

    /// Starts a server and returns when it accepts connections; port 0 takes a free one.
    public static func start(
        _ script: Script = Script(), port: Int = 0, answering: Answering? = nil
    ) async throws -> ScriptedModel {
        let ledger = Ledger(script)
        let (ports, announcement) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            router: ScriptedModelRoutes(ledger: ledger, answering: answering).router,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { announcement.yield($0.localAddress?.port ?? 0) },
            logger: Logger(label: "scripted-model") { _ in SwiftLogNoOpLogHandler() })
        let serving = Task {
            defer { announcement.finish() }
            try await application.run()
        }
        guard let port = await ports.first(where: { _ in true }) else {
            try await serving.value
            throw CancellationError()
        }
        return ScriptedModel(port: port, ledger: ledger, serving: serving)
    }

    deinit { serving.cancel() }

    /// The OpenAI-compatible and Anthropic-compatible base URL.
    public var baseURL: String { "http://127.0.0.1:\(port)/v1" }

    /// Every request so far, in the order of arrival.
    public var requests: [ScriptedRequest] { ledger.requests }

    public var counts: ScriptedCounts { ledger.counts }

    /// Goes on with another script, whose rules are all unused.
    public func replace(script: Script) {
        ledger.replace(script: script)
    }

    /// Waits until `condition` holds for the counts; false when that takes longer than `limit`.
    public func reaches(
        within limit: Duration = .seconds(10), _ condition: @Sendable (ScriptedCounts) -> Bool
    ) async throws -> Bool {
        let deadline = ContinuousClock.now + limit
        while !condition(counts) {
            if ContinuousClock.now > deadline { return false }
            try await Task.sleep(for: .milliseconds(2))
        }
        return true
    }

    /// Closes every connection and frees the port.
    public func stop() async {
        serving.cancel()
        _ = await serving.result
    }

    /// Serves until the server is stopped or its task is cancelled.
    public func wait() async throws {
        try await serving.value
    }
}
