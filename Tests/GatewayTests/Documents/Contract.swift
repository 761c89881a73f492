import Foundation
import HTTP
import HoneCore
import HoneTestKit
import TestServers

@testable import Gateway

/// The contract's documents as the gateway serves them, and as their files are.
enum Contract {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../infra/contracts").standardized

    static func openAPI() throws -> JSONValue { try ContractBundle("openapi.yaml").document }
    static func asyncAPI() throws -> JSONValue { try ContractBundle("asyncapi.yaml").document }

    static func files(in name: String) throws -> Set<String> {
        Set(try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: name).path))
    }

    static func file(_ path: String) throws -> JSONValue {
        try WireFormat.decode(JSONValue.self, from: Data(contentsOf: folder.appending(path: path)))
    }
}

/// An operation of openapi.yaml.
struct DocumentedOperation {
    let method: String
    let path: String
    let spec: JSONValue

    static func all(of document: JSONValue) -> [DocumentedOperation] {
        (document["paths"]?.object ?? [:]).flatMap { path, item in
            (item.object ?? [:]).filter { $0.key != "parameters" }.map { method, spec in
                DocumentedOperation(method: method.uppercased(), path: path, spec: spec)
            }
        }
    }
}

extension TestGateway {
    /// Makes ada do what the documents' examples ask for.
    func readyForExamples(headers: [HTTPHeader] = []) async throws {
        let ada: JSONValue = ["model": "alpha", "specialization": ["sentiment", "general"]]
        _ = try await send("PUT", "/api/agents/ada", body: ada, headers: headers)
        let task: JSONValue = ["input": "I love it.", "category": "sentiment"]
        try await eventually("an example's task is done") {
            try await post("/api/tasks?wait=5", task, headers: headers).value["status"] == "completed"
        }
    }
}

extension JSONValue {
    /// What a local reference leads to; any other value as it is.
    func following(_ value: JSONValue?) -> JSONValue? {
        guard let reference = value?["$ref"]?.string else { return value }
        return reference.split(separator: "/").dropFirst().reduce(self) { place, name in place?[String(name)] }
    }

    /// Every object inside of this, itself included, with its path.
    func objects(at path: String = "#") -> [(path: String, members: [String: JSONValue])] {
        switch self {
        case .object(let members):
            [(path, members)] + members.flatMap { $1.objects(at: "\(path)/\($0)") }
        case .array(let elements):
            elements.enumerated().flatMap { $1.objects(at: "\(path)/\($0)") }
        default: []
        }
    }
}
