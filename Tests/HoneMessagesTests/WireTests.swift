import Foundation
import HoneBus
import HoneCore
import HoneIntelligence
import HoneMessages
import Testing

/// Every type that travels, as data: its sample decodes, re-encodes to the same JSON, and fits its schema.
private let messages: [any (Codable & Sendable).Type] = [
    TaskSubmitted.self, TaskAssigned.self, TaskCompleted.self, TaskFailed.self, JudgementRequested.self,
    EvaluationCompleted.self, ReviewCompleted.self, FeedbackReceived.self, StatsUpdated.self,
    OptimizationRequested.self, PromptChanged.self, ProgressMade.self, LogRecord.self, Reply.self,
]

private func name(of type: any (Codable & Sendable).Type) -> String {
    (type as? any Message.Type)?.type ?? Reply.type
}

private let contracts = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../infra/contracts").standardized

@Suite("the wire")
struct WireTests {
    @Test("a stored sample decodes and encodes to the same JSON", arguments: messages.indices)
    func roundTrip(_ index: Int) throws {
        let type = messages[index]
        let data = try Data(contentsOf: contracts.appending(path: "samples/\(name(of: type)).json"))
        #expect(try reencoded(data, as: type) == WireFormat.decode(JSONValue.self, from: data))
    }

    private func reencoded<Body: Codable>(_ data: Data, as type: Body.Type) throws -> JSONValue {
        let body = try WireFormat.decode(type, from: data)
        return try WireFormat.decode(JSONValue.self, from: WireFormat.encode(body))
    }

    @Test("a stored sample fits its schema", arguments: messages.indices)
    func schema(_ index: Int) throws {
        let file = "\(name(of: messages[index])).json"
        let schema = try document("schemas/\(file)")
        let sample = try document("samples/\(file)")
        #expect(try JSONSchema(schema).violations(in: sample).isEmpty)
        #expect(try !JSONSchema(schema).violations(in: .array([])).isEmpty)
    }

    @Test("there is no sample and no schema of a message that does not exist")
    func nothingLeftOver() throws {
        let expected = Set(messages.map { "\(name(of: $0)).json" })
        for folder in ["samples", "schemas"] {
            let files = try FileManager.default.contentsOfDirectory(atPath: contracts.appending(path: folder).path)
            #expect(Set(files) == expected)
        }
    }

    @Test("every member of a message is in its schema", arguments: messages.indices)
    func completeSchemas(_ index: Int) throws {
        let file = "\(name(of: messages[index])).json"
        let described = try #require(document("schemas/\(file)")["properties"]?.object)
        let sample = try #require(document("samples/\(file)").object)
        let known = sample.keys.filter { $0 != "campaign" }
        #expect(Set(known).subtracting(described.keys).isEmpty)
    }

    private func document(_ path: String) throws -> JSONValue {
        try WireFormat.decode(JSONValue.self, from: Data(contentsOf: contracts.appending(path: path)))
    }
}
