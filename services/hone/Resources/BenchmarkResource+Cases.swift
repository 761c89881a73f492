import Foundation
import HoneAPI
import HoneCore

extension BenchmarkResource {
    /// This suite with the cases of its JSONL file, whose path counts from the document's folder.
    func reading(_ path: String, besides document: ResourceDocument) throws -> BenchmarkResource {
        let folder = (document.file as NSString).deletingLastPathComponent
        let file = path.hasPrefix("/") || folder.isEmpty ? path : "\(folder)/\(path)"
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
            throw InvalidValue(path: "cases", found: "no readable file \(file)", expected: "a JSONL file, or a list")
        }
        do throws(CaseLines.Faults) {
            var copy = self
            copy.cases = .listed(try CaseLines.cases(in: text))
            return copy
        } catch {
            throw ResourceFaults(list: error.list.map { ResourceFault(file: file, line: $0.line, fault: $0.fault) })
        }
    }
}
