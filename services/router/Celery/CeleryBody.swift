import Foundation
import HoneCore

extension CeleryMessage {
    /// A JSON body: `[args, kwargs, embed]`.
    struct Body {
        let positional: [JSONValue]
        let keywords: [String: JSONValue]
    }

    func body() throws(InvalidValue) -> Body {
        let data = try bodyData()
        guard let parts = try? WireFormat.decode(JSONValue.self, from: data) else {
            throw InvalidValue(path: "body", found: "\(data.count) other bytes", expected: "JSON in UTF-8")
        }
        guard let positional = parts[0]?.array, let keywords = parts[1]?.object, let embed = parts[2] else {
            throw InvalidValue("body", parts, expected: "[args, kwargs, embed] (message protocol 2)")
        }
        for name in ["callbacks", "errbacks", "chain", "chord"] {
            let found = embed[name] ?? .null
            guard found == .null || found.array?.isEmpty == true else {
                throw InvalidValue("embed.\(name)", found, expected: "nothing: only single tasks and groups are taken")
            }
        }
        return Body(positional: positional.map(\.plain), keywords: keywords.mapValues(\.plain))
    }

    private func bodyData() throws(InvalidValue) -> Data {
        guard let text = document["body"]?.string else {
            throw InvalidValue("body", document["body"], expected: "a string")
        }
        switch properties["body_encoding"] ?? .null {
        case .null: return Data(text.utf8)
        case "base64":
            guard let data = Data(base64Encoded: text) else {
                throw InvalidValue("body", document["body"], expected: "base64")
            }
            return data
        case let other: throw InvalidValue("properties.body_encoding", other, expected: "base64")
        }
    }
}

extension JSONValue {
    /// Without the envelopes in which kombu's JSON puts times, UUIDs and decimals; they become text.
    fileprivate var plain: JSONValue {
        switch self {
        case .array(let elements): return .array(elements.map(\.plain))
        case .object(let members):
            guard members.count == 2, self["__type__"] != nil, let value = self["__value__"] else {
                return .object(members.mapValues(\.plain))
            }
            return value["hex"].flatMap { $0.string }.map { .string(Self.hyphenated($0)) } ?? value
        default: return self
        }
    }

    /// A UUID as RFC 9562 prints it, from its digits.
    private static func hyphenated(_ digits: String) -> String {
        guard digits.utf8.count == 32 else { return digits }
        var (rest, groups) = (Substring(digits), [Substring]())
        for length in [8, 4, 4, 4, 12] {
            groups.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        return groups.joined(separator: "-")
    }
}
