import HoneCore

extension SchemaValidator {
    mutating func checkNumber(_ value: JSONValue, _ keywords: [String: JSONValue], at path: String) {
        if let bound = keywords["minimum"], value.isLess(than: bound) == true {
            report("at least \(InvalidValue.summary(of: bound))", value, at: path)
        }
        if let bound = keywords["maximum"], bound.isLess(than: value) == true {
            report("at most \(InvalidValue.summary(of: bound))", value, at: path)
        }
        if let bound = keywords["exclusiveMinimum"], bound.isLess(than: value) == false {
            report("more than \(InvalidValue.summary(of: bound))", value, at: path)
        }
        if let bound = keywords["exclusiveMaximum"], value.isLess(than: bound) == false {
            report("less than \(InvalidValue.summary(of: bound))", value, at: path)
        }
        if let step = keywords["multipleOf"], value.isMultiple(of: step) == false {
            report("a multiple of \(InvalidValue.summary(of: step))", value, at: path)
        }
    }

    mutating func checkString(_ text: String, _ keywords: [String: JSONValue], at path: String) {
        // The standard counts code points.
        let length = text.unicodeScalars.count
        if let least = keywords["minLength"]?.int, length < least {
            report("at least \(least) characters", .string(text), at: path)
        }
        if let most = keywords["maxLength"]?.int, length > most {
            report("at most \(most) characters", .string(text), at: path)
        }
        if let source = keywords["pattern"]?.string, schema.patterns[source]?.matches(text) == false {
            report("text that matches \(source)", .string(text), at: path)
        }
    }
}

extension JSONValue {
    /// nil when one of them is no number.
    fileprivate func isLess(than other: JSONValue) -> Bool? {
        if case .integer(let left) = self, case .integer(let right) = other { return left < right }
        guard let left = double, let right = other.double else { return nil }
        return left < right
    }

    fileprivate func isMultiple(of step: JSONValue) -> Bool? {
        if case .integer(let value) = self, case .integer(let step) = step {
            return step == 0 ? nil : value % step == 0
        }
        guard let value = double, let step = step.double, step != 0 else { return nil }
        let quotient = value / step
        // 0.3 is a multiple of 0.1, although binary fractions say 2.9999999999999996.
        return abs(quotient - quotient.rounded()) <= 1e-9 * max(1, abs(quotient))
    }
}
