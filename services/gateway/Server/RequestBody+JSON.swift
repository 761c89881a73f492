import Foundation
import HTTPTypes
import HoneCore
import Hummingbird
import NIOCore

extension Request {
    /// The JSON body as a value. 415 when it is not called JSON, 400 when it cannot be read, 422 when a field does not fit.
    func json<Value: Decodable>(_ type: Value.Type) async throws -> Value {
        guard isJSON else { throw Problem.notJSON() }
        return try WireFormat.value(type, fromOutside: Data(try await wholeBody().readableBytesView))
    }

    /// All of the body, which ``BodyLimit`` keeps within bounds.
    func wholeBody() async throws -> ByteBuffer { try await body.collect(upTo: .max) }

    private var isJSON: Bool {
        guard let media = headers[.contentType]?.split(separator: ";").first else { return false }
        let name = media.trimmingCharacters(in: .whitespaces).lowercased()
        return name == "application/json" || name.hasSuffix("+json")
    }
}

extension WireFormat {
    /// A value from a document that anybody may have written. Throws a ``Problem``: 400 when it cannot be read, 422 when a
    /// field does not fit.
    static func value<Value: Decodable>(_ type: Value.Type, fromOutside data: Data) throws(Problem) -> Value {
        do {
            try JSONInspection.inspect(data)
            return try decode(type, from: data)
        } catch let flaw as JSONInspection.Flaw {
            switch flaw {
            case .unreadable(let reason): throw .malformed("The body cannot be read as JSON: \(reason).")
            case .unusable(let value): throw .invalid(value)
            }
        } catch let fault as InvalidValue {
            throw fault.isUnreadable ? .malformed("\(fault)") : .invalid(fault)
        } catch {
            throw .malformed("The body cannot be read.")
        }
    }
}
