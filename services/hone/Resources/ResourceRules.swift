import HoneCore

/// Checks that several kinds share.
enum ResourceRules {
    static func atLeast<Value: Comparable>(_ least: Value, _ value: Value?, _ path: String) throws(InvalidValue) {
        guard let value, !(value >= least) else { return }
        throw InvalidValue(path: path, found: "\(value)", expected: "at least \(least)")
    }

    static func notEmpty(_ text: String, _ path: String) throws(InvalidValue) {
        guard text.isEmpty else { return }
        throw InvalidValue(path: path, found: "an empty text", expected: "a text")
    }

    /// The fault does not repeat what was found: people mistake this field for the key's own place.
    static func variableName(_ name: String?, _ path: String) throws(InvalidValue) {
        guard let name else { return }
        let isName = name.allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber || $0 == "_") }
        guard isName, name.first?.isNumber == false else {
            throw InvalidValue(
                path: path, found: "another text", expected: "the name of an environment variable, such as API_KEY")
        }
    }
}
