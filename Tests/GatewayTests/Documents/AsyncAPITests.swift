import HoneBus
import HoneCore
import HoneIntelligence
import HoneMessages
import Testing

@testable import Gateway

@Suite("AsyncAPI")
struct AsyncAPITests {
    private let document: JSONValue

    init() throws {
        document = try Contract.asyncAPI()
    }

    /// Streams that no service reads.
    private static let ends: Set<String> = ["replies", "dead"]

    private func channels(on server: String) -> [String: JSONValue] {
        let place: JSONValue = [["$ref": .string("#/servers/\(server)")]]
        return (document["channels"]?.object ?? [:]).filter { $0.value["servers"] == place }
    }

    @Test("its streams are those of the catalogue, no more and no less, with the same readers and caps")
    func streams() {
        let documented = channels(on: "streams").filter { !Self.ends.contains($0.key) }
        #expect(Set(documented.keys) == Set(Topic.all.map(\.name)))
        for topic in Topic.all {
            let channel = documented[topic.name]
            let lane = topic.isLaned ? ".{lane}" : ""
            #expect(channel?["address"]?.string == "hone:\(topic.name)\(lane)")
            #expect(Set(channel?["x-consumer-groups"]?.array?.compactMap(\.string) ?? []) == Set(topic.groups))
            if case .broadcast(let cap) = topic.kind { #expect(channel?["x-capped-at"]?.int == cap) }
        }
    }

    @Test("assigned tasks travel in the lanes that there are")
    func lanes() {
        let words = document["channels"]?["tasks.assigned"]?["parameters"]?["lane"]?["enum"]?.array ?? []
        #expect(words.compactMap(\.string) == Lane.allCases.map(\.rawValue))
    }

    @Test("every channel is somebody's, and every operation has its channel")
    func operations() {
        let used = (document["operations"]?.object ?? [:]).values.compactMap { $0["channel"]?["$ref"]?.string }
        #expect(Set(used) == Set((document["channels"]?.object ?? [:]).keys.map { "#/channels/\($0)" }))
    }

    @Test("every schema file is the payload of a message of its name")
    func payloads() throws {
        let messages = document["components"]?["messages"]?.object ?? [:]
        let payloads = messages.values.compactMap { message -> String? in
            let title = message["payload"]?["$ref"]?.string?.split(separator: "/").last
            return title.flatMap { title in message["name"]?.string.map { "\($0) \(title)" } }
        }
        let files = try Contract.files(in: "schemas").map { file in
            let title = try Contract.file("schemas/\(file)")["title"]?.string ?? ""
            return "\(file.dropLast(".json".count)) \(title)"
        }
        #expect(Set(files).subtracting(payloads) == [])
    }

    @Test("the message of a stream is the one that its topic carries")
    func topics() {
        let messages: [any Message.Type] = [
            TaskSubmitted.self, TaskAssigned.self, TaskCompleted.self, TaskFailed.self, JudgementRequested.self,
            EvaluationCompleted.self, ReviewCompleted.self, FeedbackReceived.self, StatsUpdated.self,
            OptimizationRequested.self, PromptChanged.self, ProgressMade.self, LogRecord.self,
        ]
        #expect(messages.count == Topic.all.count)
        for message in messages {
            let carried = document["channels"]?[message.topic.name]?["messages"]?.object?.values.first
            #expect(document.following(carried)?["name"]?.string == message.type)
        }
    }

    @Test("every message has an example, and every example fits")
    func examples() throws {
        for (name, message) in document["components"]?["messages"]?.object ?? [:] {
            let examples = message["examples"]?.array ?? []
            #expect(!examples.isEmpty, "\(name) has none")
            for (part, schema) in [("payload", message["payload"]), ("headers", message["headers"])] {
                let schema = try JSONSchema(document.with(schema: schema ?? true))
                for example in examples.compactMap({ $0[part] }) {
                    #expect(schema.violations(in: example).isEmpty, "\(part) of \(name)")
                }
            }
        }
    }
}

extension JSONValue {
    /// A schema of this document with all that it refers to.
    func with(schema: JSONValue) -> JSONValue {
        ["allOf": [schema], "components": self["components"] ?? [:]]
    }
}
