import Foundation
public import HoneCore
import HoneIntelligence

/// The cases of a suite in JSON lines: one JSON object per line, empty lines left out.
public enum CaseLines {
    /// A line that is no case. Counted from 1.
    public struct Fault: Error, Hashable, Sendable {
        public let line: Int
        public let fault: InvalidValue
    }

    /// Every line that does not fit.
    public struct Faults: Error, Hashable, Sendable {
        public let list: [Fault]
    }

    /// Throws ``Faults``.
    public static func cases(in text: String) throws(Faults) -> [CaseResource] {
        var (cases, faults, seen) = ([CaseResource](), [Fault](), Set<String>())
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard line.contains(where: { !$0.isWhitespace }) else { continue }
            do {
                let item = try read(Data(line.utf8))
                guard seen.insert(item.id).inserted else {
                    throw InvalidValue(path: "id", found: "\"\(item.id)\" twice", expected: "an id of its own")
                }
                if let fault = item.expected?.fault { throw fault }
                cases.append(item)
            } catch {
                let fault = error as? InvalidValue ?? InvalidValue(error, in: Data(line.utf8))
                faults.append(Fault(line: index + 1, fault: fault))
            }
        }
        guard faults.isEmpty else { throw Faults(list: faults) }
        return cases
    }

    private static func read(_ line: Data) throws -> CaseResource {
        do throws(JSONInspection.Flaw) {
            try JSONInspection.inspect(line)
        } catch {
            switch error {
            case .unreadable(let reason):
                throw InvalidValue(path: "", found: "text that cannot be read: \(reason)", expected: "JSON")
            case .unusable(let fault): throw fault
            }
        }
        return try StrictDecoding.decode(CaseResource.self, from: WireFormat.decode(JSONValue.self, from: line))
    }
}
