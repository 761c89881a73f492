import Foundation
import HoneCore

extension BenchmarkResource {
    /// This suite with the cases of its JSONL file, whose path counts from the document's folder.
    func reading(_ path: String, besides document: ResourceDocument) throws -> BenchmarkResource {
        let folder = (document.file as NSString).deletingLastPathComponent
        let file = path.hasPrefix("/") || folder.isEmpty ? path : "\(folder)/\(path)"
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
            throw InvalidValue(path: "cases", found: "no readable file \(file)", expected: "a JSONL file, or a list")
        }
        var copy = self
        copy.cases = .listed(try Self.cases(in: text, of: file))
        return copy
    }

    /// Every fault of the file is collected.
    private static func cases(in text: String, of file: String) throws -> [CaseResource] {
        var (cases, faults, seen) = ([CaseResource](), [ResourceFault](), Set<String>())
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard line.contains(where: { !$0.isWhitespace }) else { continue }
            do {
                let fields = try WireFormat.decode(JSONValue.self, from: Data(line.utf8))
                let item = try ResourceReader.strictly(CaseResource.self, from: fields)
                guard seen.insert(item.id).inserted else {
                    throw InvalidValue(path: "id", found: "\"\(item.id)\" twice", expected: "an id of its own")
                }
                cases.append(item)
            } catch {
                let fault = error as? InvalidValue ?? InvalidValue(error, in: Data(line.utf8))
                faults.append(ResourceFault(file: file, line: index + 1, fault: fault))
            }
        }
        guard faults.isEmpty else { throw ResourceFaults(list: faults) }
        return cases
    }
}
