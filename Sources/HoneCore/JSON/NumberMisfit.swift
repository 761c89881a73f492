import Foundation

/// The number that its field cannot hold: a fraction, or one too large, where an integer belongs. Foundation calls the
/// whole document corrupt then and does not say where; it is the number without which something else is said.
struct NumberMisfit {
    /// Documents may have many numbers that are no integers, and most of them rightly.
    private static let mostCandidates = 32

    let fault: InvalidValue

    /// Nil when `error` is something else. `decode` is what failed.
    init?(_ error: any Error, in data: Data, _ decode: (Data) throws -> Void) {
        guard error.isPlaceless, var document = try? JSONDecoder().decode(JSONValue.self, from: data) else {
            return nil
        }
        for (path, number) in document.fractions(under: "").prefix(Self.mostCandidates) {
            document = document.withZero(at: path, under: "")
            guard let changed = try? WireFormat.encode(document) else { return nil }
            if case .failure(let rest) = Result(catching: { try decode(changed) }), rest.isPlaceless { continue }
            fault = InvalidValue(path: path, found: InvalidValue.summary(of: .number(number)), expected: "an integer")
            return
        }
        return nil
    }
}

extension Error {
    fileprivate var isPlaceless: Bool {
        guard case .dataCorrupted(let context)? = self as? DecodingError else { return false }
        return context.codingPath.isEmpty
    }
}

extension JSONValue {
    fileprivate func fractions(under path: String) -> [(path: String, number: Double)] {
        switch self {
        case .number(let number): [(path, number)]
        case .array(let elements):
            elements.enumerated().flatMap { $0.element.fractions(under: "\(path)[\($0.offset)]") }
        case .object(let members):
            members.sorted { $0.key < $1.key }.flatMap { $0.value.fractions(under: Self.path(path, $0.key)) }
        case .null, .bool, .integer, .string: []
        }
    }

    fileprivate func withZero(at place: String, under path: String) -> JSONValue {
        switch self {
        case .number: path == place ? 0 : self
        case .array(let elements):
            .array(elements.enumerated().map { $0.element.withZero(at: place, under: "\(path)[\($0.offset)]") })
        case .object(let members):
            .object(
                Dictionary(
                    uniqueKeysWithValues: members.map { ($0, $1.withZero(at: place, under: Self.path(path, $0))) }))
        case .null, .bool, .integer, .string: self
        }
    }

    private static func path(_ path: String, _ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}
