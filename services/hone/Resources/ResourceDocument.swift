import Foundation
import HoneCore
import Yams

/// One document of a resource file, and where in the file its fields are.
struct ResourceDocument {
    let file: String
    let root: Node

    var value: JSONValue { JSONValue(root) }

    /// A fault at the line of its field, or of the nearest thing around it that is there.
    func fault(_ fault: InvalidValue) -> ResourceFault {
        ResourceFault(file: file, line: line(of: fault.path), fault: fault)
    }

    private func line(of path: String) -> Int {
        var (node, line) = (root, root.mark?.line ?? 1)
        for part in path.split(whereSeparator: { ".[]".contains($0) }).map(String.init) {
            if let pair = node.mapping?.first(where: { $0.key.string == part }) {
                (node, line) = (pair.value, pair.key.mark?.line ?? line)
            } else if let index = Int(part), let list = node.sequence, list.indices.contains(index) {
                (node, line) = (list[index], list[index].mark?.line ?? line)
            } else {
                break
            }
        }
        return line
    }

    /// All documents of a text; empty ones are left out. Throws ``ResourceFaults``.
    static func all(in text: String, of file: String) throws -> [ResourceDocument] {
        do {
            let parser = try Parser(yaml: text)
            var documents: [ResourceDocument] = []
            while let root = try parser.nextRoot() {
                if root.scalar?.string != "" { documents.append(ResourceDocument(file: file, root: root)) }
            }
            return documents
        } catch let error as YamlError {
            throw ResourceFaults(list: [ResourceFault(error, in: file)])
        }
    }
}

extension ResourceFault {
    fileprivate init(_ error: YamlError, in file: String) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            self.init(file: file, line: mark.line, fault: .init(path: "", found: problem, expected: "YAML"))
        case .duplicatedKeysInMapping(let keys, let context):
            let fault = InvalidValue(path: keys.first ?? "", found: "it twice", expected: "each field once")
            self.init(file: file, line: context.mark.line, fault: fault)
        default:
            self.init(file: file, line: 1, fault: .init(path: "", found: "unreadable text", expected: "YAML"))
        }
    }
}
