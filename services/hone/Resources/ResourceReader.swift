import Foundation
import HoneAPI
import HoneCore

/// A resource with the document that declares it.
struct DeclaredResource: Sendable {
    let resource: any Resource
    let document: ResourceDocument

    var title: String { "\(type(of: resource).kind) \(resource.name)" }
}

/// Reads resource files, collecting every fault instead of stopping at the first.
struct ResourceReader {
    private(set) var resources: [DeclaredResource] = []
    private(set) var faults: [ResourceFault] = []

    /// Everything that these files and folders declare; `-` is standard input. Throws ``ResourceFaults``.
    static func read(_ paths: [String]) throws -> [DeclaredResource] {
        var reader = ResourceReader()
        for file in try paths.flatMap(files) { try reader.read(file) }
        guard reader.faults.isEmpty else { throw ResourceFaults(list: reader.faults) }
        guard !reader.resources.isEmpty else {
            throw CommandFault("nothing is declared in \(paths.joined(separator: ", "))")
        }
        return reader.resources
    }

    /// A folder stands for its YAML files, by name.
    private static func files(_ path: String) throws -> [String] {
        var isFolder: ObjCBool = false
        guard path == "-" || FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw CommandFault("no file or folder \(path)")
        }
        guard isFolder.boolValue else { return [path] }
        return try FileManager.default.contentsOfDirectory(atPath: path).sorted()
            .filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
            .map { path.hasSuffix("/") ? path + $0 : "\(path)/\($0)" }
    }

    private mutating func read(_ file: String) throws {
        let data =
            file == "-" ? FileHandle.standardInput.readDataToEndOfFile() : FileManager.default.contents(atPath: file)
        guard let data, let text = String(data: data, encoding: .utf8) else {
            throw CommandFault("\(file) cannot be read as UTF-8")
        }
        do {
            for document in try ResourceDocument.all(in: text, of: file == "-" ? "stdin" : file) { read(document) }
        } catch let error as ResourceFaults {
            faults += error.list
        }
    }

    private mutating func read(_ document: ResourceDocument) {
        do {
            let declared = DeclaredResource(resource: try Self.resource(document), document: document)
            if let first = resources.first(where: { $0.title == declared.title }) {
                let place = "it in \(first.document.file) too"
                throw InvalidValue(path: declared.title, found: place, expected: "one document")
            }
            resources.append(declared)
        } catch let fault as InvalidValue {
            faults.append(document.fault(fault))
        } catch let error as ResourceFaults {
            faults += error.list
        } catch {
            faults.append(document.fault(InvalidValue(path: "", found: "\(error)", expected: "a resource")))
        }
    }

    private static func resource(_ document: ResourceDocument) throws -> any Resource {
        guard case .object(var fields) = document.value else {
            throw InvalidValue(path: "", found: InvalidValue.summary(of: document.value), expected: "fields and values")
        }
        let kind = fields.removeValue(forKey: "kind")
        guard let type = kind?.string.flatMap(ResourceKind.named) else {
            throw InvalidValue(
                path: "kind", found: kind.map(InvalidValue.summary) ?? "nothing",
                expected: "one of \(ResourceKind.names)")
        }
        return try decode(type, from: .object(fields), in: document)
    }

    private static func decode<Kind: Resource>(
        _ type: Kind.Type, from fields: JSONValue, in document: ResourceDocument
    ) throws -> Kind {
        var resource = try StrictDecoding.decode(type, from: fields)
        if case .file(let path) = (resource as? BenchmarkResource)?.cases,
            let filled = try (resource as? BenchmarkResource)?.reading(path, besides: document) as? Kind
        {
            resource = filled
        }
        try resource.validate()
        return resource
    }
}
