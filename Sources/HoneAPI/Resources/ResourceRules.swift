import Foundation
public import HoneCore

/// Checks that several kinds share.
public enum ResourceRules {
    public static func atLeast<Value: Comparable>(_ least: Value, _ value: Value?, _ path: String) throws(InvalidValue)
    {
        guard let value, !(value >= least) else { return }
        throw InvalidValue(path: path, found: "\(value)", expected: "at least \(least)")
    }

    /// How much may be under way at once.
    public static func capacity(_ value: Int, _ path: String) throws(InvalidValue) {
        guard !(1...10_000).contains(value) else { return }
        throw InvalidValue(path: path, found: "\(value)", expected: "1 to 10000")
    }

    public static func notEmpty(_ text: String, _ path: String) throws(InvalidValue) {
        guard text.isEmpty else { return }
        throw InvalidValue(path: path, found: "an empty text", expected: "a text")
    }

    /// An address of HTTP without a key in it: addresses are shown to everybody who may see the resource.
    public static func webAddress(_ text: String?, _ path: String) throws(InvalidValue) {
        guard let text else { return }
        let expected = "http://… or https://…, without a user or password"
        guard let url = URL(string: text), ["http", "https"].contains(url.scheme?.lowercased()), url.host() != nil
        else {
            throw InvalidValue(path: path, found: InvalidValue.summary(of: .string(text)), expected: expected)
        }
        guard url.user() == nil, url.password() == nil else {
            throw InvalidValue(path: path, found: "an address with a user or password", expected: expected)
        }
    }

    /// The fault does not repeat what was found: people mistake this field for the key's own place.
    public static func variableName(_ name: String?, _ path: String) throws(InvalidValue) {
        guard let name else { return }
        let isName = name.allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber || $0 == "_") }
        guard isName, name.first?.isNumber == false else {
            throw InvalidValue(
                path: path, found: "another text", expected: "the name of an environment variable, such as API_KEY")
        }
        // A model's server is sent what the variable holds: our own secrets must not get there.
        guard !name.hasPrefix("HONE_"), !name.hasSuffix("_URL") else {
            throw InvalidValue(path: path, found: "a setting of Hone", expected: "the variable of a model's key")
        }
    }
}
