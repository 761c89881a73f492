import HoneAPI
import HoneCore
import Hummingbird

extension Request {
    /// The JSON body as a value of which every field is known: another one is almost always a misspelling, and 422.
    func declared<Value: Codable>(_ type: Value.Type) async throws -> Value {
        try StrictDecoding.decode(type, from: .object(try await members()))
    }

    private func members() async throws -> [String: JSONValue] {
        let body = try await json(JSONValue.self)
        guard let members = body.object else {
            throw Problem.malformed("Send a JSON object, not \(InvalidValue.summary(of: body)).")
        }
        return members
    }

    /// The same where the body may be missing altogether.
    func declaredIfAny<Value: Codable>(_ type: Value.Type) async throws -> Value? {
        let length = headers[.contentLength].flatMap { Int($0) }
        guard length != 0, length != nil || headers[.transferEncoding] != nil else { return nil }
        return try await declared(type)
    }

    /// A declared thing that says by itself whether it is sound. Where the path names it, its body need not, and must not
    /// name another.
    func resource<Kind: Resource>(_ type: Kind.Type, named name: String? = nil) async throws -> Kind {
        var fields = try await members()
        if let name {
            let own = fields["id", default: .string(name)]
            guard own == .string(name) else {
                throw InvalidValue(
                    path: "id", found: InvalidValue.summary(of: own), expected: "\"\(name)\", as in the path")
            }
            fields["id"] = own
        }
        let resource = try StrictDecoding.decode(type, from: .object(fields))
        try resource.validate()
        return resource
    }
}
