import HoneCore
import Hummingbird

/// The query of a request, read with a fault that names the parameter.
struct Query {
    private let parameters: Parameters

    init(_ request: Request) {
        parameters = request.uri.queryParameters
    }

    func text(_ name: String) -> String? {
        parameters[name[...]].flatMap { $0.isEmpty ? nil : String($0) }
    }

    func value<Value>(
        _ name: String, expected: String, _ read: (String) -> Value?
    ) throws(InvalidValue) -> Value? {
        guard let text = parameters[name[...]].map(String.init) else { return nil }
        guard let value = read(text) else {
            throw InvalidValue(path: name, found: InvalidValue.summary(of: .string(text)), expected: expected)
        }
        return value
    }

    func integer(_ name: String, in range: ClosedRange<Int>) throws(InvalidValue) -> Int? {
        try value(name, expected: "\(range.lowerBound) to \(range.upperBound)") { text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    /// How many items a page may have: 50, or what `limit` says.
    func limit() throws(InvalidValue) -> Int { try integer("limit", in: 1...500) ?? 50 }
}
