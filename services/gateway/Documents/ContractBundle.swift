import HoneAPI
import HoneCore
import Yams

/// A document of the contract in one piece: what it takes from other files becomes a part of it.
///
/// `schemas/…` becomes a component, named by its title; `samples/…` stands where it was referred to.
struct ContractBundle {
    private(set) var document: JSONValue
    private var schemas: [String: JSONValue] = [:]

    /// Throws where the document refers to a file that the binary does not carry.
    init(_ name: String) throws {
        document = .null
        document = try bundled(try Self.source(name))
        document.insert(schemas, at: ["components", "schemas"])
    }

    /// A file as it is, references and all.
    static func source(_ name: String) throws -> JSONValue {
        try JSONValue(Yams.compose(yaml: CarriedFile.text(name)) ?? Node(""))
    }

    private mutating func bundled(_ value: JSONValue) throws -> JSONValue {
        switch value {
        case .object(let members):
            if let file = members["$ref"]?.string, !file.hasPrefix("#") { return try taken(from: file) }
            return .object(try Dictionary(uniqueKeysWithValues: members.map { ($0, try bundled($1)) }))
        case .array(let elements): return .array(try elements.map { try bundled($0) })
        default: return value
        }
    }

    private mutating func taken(from file: String) throws -> JSONValue {
        let content = try Self.source(file)
        guard file.hasPrefix("schemas/"), case .object(var schema) = content, let title = schema["title"]?.string else {
            return content
        }
        // The document has a base and a dialect of its own.
        schema["$id"] = nil
        schema["$schema"] = nil
        schemas[title] = .object(schema)
        return ["$ref": .string("#/components/schemas/\(title)")]
    }
}

extension JSONValue {
    /// Adds members to the object at `path`, which is made where there is none.
    fileprivate mutating func insert(_ members: [String: JSONValue], at path: [String]) {
        var object = object ?? [:]
        if let first = path.first {
            object[first, default: .object([:])].insert(members, at: Array(path.dropFirst()))
        } else {
            object.merge(members) { own, _ in own }
        }
        self = .object(object)
    }
}
