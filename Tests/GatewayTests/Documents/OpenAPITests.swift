import HoneCore
import HoneIntelligence
import Testing

@testable import Gateway

@Suite("OpenAPI")
struct OpenAPITests {
    private let document: JSONValue
    private let operations: [DocumentedOperation]

    init() throws {
        document = try Contract.openAPI()
        operations = DocumentedOperation.all(of: document)
    }

    @Test(
        "both documents are in one piece: what they refer to is in them", arguments: ["openapi.yaml", "asyncapi.yaml"])
    func references(name: String) throws {
        let document = try ContractBundle(name).document
        for (path, members) in document.objects() {
            guard case .string(let reference)? = members["$ref"] else { continue }
            #expect(reference.hasPrefix("#/"), "\(path)")
            #expect(document.following(.object(members)) != nil, "\(path): \(reference)")
        }
    }

    @Test("what exists as a schema file is taken from there")
    func schemas() throws {
        let titles = try Contract.files(in: "schemas").map { try Contract.file("schemas/\($0)")["title"]?.string }
        let own = try ContractBundle.source("openapi.yaml")["components"]?["schemas"]?.object ?? [:]
        #expect(own.keys.filter { titles.contains($0) } == [])
        #expect(document["components"]?["schemas"]?["TaskSubmitted"]?["properties"]?["reply_to"] != nil)
    }

    @Test("no component lies about unused")
    func components() {
        let used = Set(document.objects().compactMap { $0.members["$ref"]?.string })
        for (kind, components) in document["components"]?.object ?? [:] where kind != "securitySchemes" {
            let all = Set((components.object ?? [:]).keys.map { "#/components/\(kind)/\($0)" })
            #expect(all.subtracting(used) == [])
        }
    }

    @Test("every operation has a name of its own, a tag that is declared, and a role unless it is open to all")
    func forms() {
        let tags = Set(document["tags"]?.array?.compactMap { $0["name"]?.string } ?? [])
        #expect(Set(operations.map { $0.spec["operationId"]?.string }).count == operations.count)
        for operation in operations {
            let place = "\(operation.method) \(operation.path)"
            #expect(operation.spec["summary"]?.string?.isEmpty == false, "\(place)")
            #expect(operation.spec["tags"]?.array?.allSatisfy { tags.contains($0.string ?? "") } == true, "\(place)")
            let role = operation.spec["x-role"]?.string.flatMap(Role.init)
            #expect((role == nil) == (operation.spec["security"] == []), "\(place)")
        }
    }

    @Test("every operation tells what all have in common: who may not ask, what is too much, what may be repeated")
    func common() {
        for operation in operations where operation.spec["security"] != [] {
            let place = "\(operation.method) \(operation.path)"
            let answers = operation.spec["responses"]?.object ?? [:]
            #expect(Self.commonAnswers(operation).subtracting(answers.keys) == [], "\(place)")
            #expect((answers["304"] != nil) == (headers(of: answers["200"])["ETag"] != nil), "\(place)")
            #expect(answers["201"] == nil || headers(of: answers["201"])["Location"] != nil, "\(place)")
            #expect(answers["429"].map { headers(of: $0)["Retry-After"] != nil } == true, "\(place)")
        }
    }

    private static func commonAnswers(_ operation: DocumentedOperation) -> Set<String> {
        var statuses: Set = ["400", "401", "403", "429", "500", "503"]
        if operation.path.hasPrefix("/api/") { statuses.formUnion(["406", "422"]) }
        if operation.method == "POST" { statuses.formUnion(["409", "413"]) }
        if operation.spec["requestBody"] != nil { statuses.formUnion(["413", "415"]) }
        return statuses
    }

    private func headers(of answer: JSONValue?) -> [String: JSONValue] {
        document.following(answer)?["headers"]?.object ?? [:]
    }

    @Test("every POST that asks may be sent again under a key, and every variable of a path has an example")
    func parameters() {
        for operation in operations {
            let own = (operation.spec["parameters"]?.array ?? []) + shared(at: operation.path)
            let parameters = own.compactMap { document.following($0) }
            let place = "\(operation.method) \(operation.path)"
            #expect(
                (operation.method == "POST") == parameters.contains { $0["name"] == "Idempotency-Key" }, "\(place)")
            let variables = parameters.filter { $0["in"] == "path" }
            #expect(variables.allSatisfy { $0["required"] == true && $0["example"] != nil }, "\(place)")
            #expect(variables.count == operation.path.count { $0 == "{" }, "\(place)")
        }
    }

    private func shared(at path: String) -> [JSONValue] { document["paths"]?[path]?["parameters"]?.array ?? [] }

    @Test("every answer with a body shows an example, and every example fits its schema")
    func examples() throws {
        var count = 0
        for operation in operations {
            let place = "\(operation.method) \(operation.path)"
            for (name, media) in medias(of: operation) {
                let schema = try JSONSchema(document.with(schema: media["schema"] ?? true))
                for example in examples(of: media) {
                    count += 1
                    #expect(schema.violations(in: example) == [], "\(place) \(name)")
                }
                if name.hasPrefix("2") || name == "body" { #expect(!examples(of: media).isEmpty, "\(place) \(name)") }
            }
        }
        #expect(count > operations.count)
    }

    private func medias(of operation: DocumentedOperation) -> [(name: String, media: JSONValue)] {
        let answers = operation.spec["responses"]?.object ?? [:]
        let body = document.following(operation.spec["requestBody"])?["content"]?.object ?? [:]
        return body.map { ("body", $1) }
            + answers.flatMap { status, answer in
                (document.following(answer)?["content"]?.object ?? [:]).map { ("\(status) \($0)", $1) }
            }
    }

    private func examples(of media: JSONValue) -> [JSONValue] {
        let named = (media["examples"]?.object ?? [:]).values.compactMap { document.following($0)?["value"] }
        return named + [media["example"]].compactMap(\.self)
    }
}
