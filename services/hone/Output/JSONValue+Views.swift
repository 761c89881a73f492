import Foundation
import HoneCore

/// What `--json` prints is put together from these; nil becomes `null`.
extension JSONValue {
    init(_ value: Double?) { self = value.map(JSONValue.number) ?? .null }
    init(_ value: Bool?) { self = value.map(JSONValue.bool) ?? .null }
    init(_ value: (some BinaryInteger)?) { self = value.map { .integer(Int64($0)) } ?? .null }
    init(_ text: (some CustomStringConvertible)?) { self = text.map { .string($0.description) } ?? .null }
    init(_ date: Date?) { self = date.map { .string(WireFormat.text(of: $0)) } ?? .null }
    init(dollars cost: MicroUSD?) { self.init(cost?.dollars) }
}
