import HoneCore
import HoneStore
import HoneTestKit
import ScriptedModel
import Synchronization

/// A value that a closure leaves behind.
final class Noted<Value: Sendable>: Sendable {
    private let content: Mutex<Value>

    init(_ value: Value) { content = Mutex(value) }

    var value: Value { content.withLock { $0 } }
    func set(_ value: Value) { content.withLock { $0 = value } }
}

extension Store {
    /// Approves models: id, server, name on the wire, and who stands in.
    func approve(_ models: [(id: String, server: ScriptedModel, wire: String, fallback: [String])]) async throws {
        for model in models {
            _ = try await self.models.apply(
                ApprovedModel(
                    id: .named(model.id), provider: .openai, baseURL: model.server.baseURL, model: model.wire,
                    concurrency: 4, fallback: model.fallback.map { .named($0) }))
        }
    }
}
