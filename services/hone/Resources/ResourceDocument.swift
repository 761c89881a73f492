import Foundation
import HoneAPI
import HoneCore
import Yams

/// One document of a resource file, and where in the file its fields are.
struct ResourceDocument: Sendable {
    let file: String
    let value: JSONValue
    private let lines: FieldLines

    init(file: String, root: Node) {
        self.file = file
        value = JSONValue(root)
        lines = FieldLines(root)
    }

    /// A fault at the line of its field, or of the nearest thing around it that is there.
    func fault(_ fault: InvalidValue) -> ResourceFault {
        ResourceFault(file: file, line: lines.line(of: fault.path), fault: fault)
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
