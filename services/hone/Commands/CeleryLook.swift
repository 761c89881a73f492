import HoneCore
import HoneRedis
import HoneService

/// The queue that the Celery bridge reads.
struct CeleryLook {
    let queue: String
    let depth: CeleryQueue.Depth

    /// nil when the bridge is off.
    static func look(through connections: Connections) async throws -> CeleryLook? {
        guard let settings = try connections.celery() else { return nil }
        return CeleryLook(
            queue: settings.queue, depth: try await connections.withQueue(of: settings) { try await $0.depth() })
    }

    var text: String { "celery: \(words), queue \(queue)" }

    var words: String { "\(depth.waiting) waiting, \(depth.held) taken and not passed on" }

    var json: JSONValue {
        ["queue": .string(queue), "waiting": JSONValue(depth.waiting), "held": JSONValue(depth.held)]
    }
}

extension Connections {
    /// nil when the bridge is off. Throws when a running stack has an address that we do not know.
    func celery() throws -> CelerySettings? {
        guard let settings = CelerySettings(source) else { return nil }
        let given = try StackState.load(from: StackFolder()).memory.secrets
        for name in ["HONE_CELERY_BROKER_URL", "HONE_CELERY_RESULT_URL"] where given.contains(name) {
            guard source.text(name) != nil else {
                throw CommandFault("\(name) was set when the stack came up, and is not now: set it to see the queue")
            }
        }
        return settings
    }

    func withQueue<Value>(
        of settings: CelerySettings, _ body: (CeleryQueue) async throws -> Value
    ) async throws -> Value {
        let queue = try CeleryQueue(url: settings.brokerURL.exposed, name: settings.queue, namespace: namespace)
        let result: Result<Value, any Error>
        do { result = .success(try await body(queue)) } catch { result = .failure(error) }
        await queue.close()
        return try result.get()
    }
}
