import HoneCore

extension SchemaValidator {
    mutating func checkComposition(_ value: JSONValue, _ keywords: [String: JSONValue], at path: String) {
        for schema in keywords["allOf"]?.array ?? [] { check(value, against: schema, at: path) }
        if let options = keywords["anyOf"]?.array { checkAny(value, options, at: path) }
        if let options = keywords["oneOf"]?.array { checkOne(value, options, at: path) }
        if let forbidden = keywords["not"], fits(value, forbidden) {
            report("something that the schema under \"not\" does not accept", value, at: path)
        }
        if let condition = keywords["if"], let branch = keywords[fits(value, condition) ? "then" : "else"] {
            check(value, against: branch, at: path)
        }
    }

    private mutating func checkAny(_ value: JSONValue, _ options: [JSONValue], at path: String) {
        // A single option's own faults say more than "none of 1".
        if options.count == 1 { return check(value, against: options[0], at: path) }
        for option in options where fits(value, option) { return }
        report("one of \(options.count) alternatives", value, at: path)
    }

    private mutating func checkOne(_ value: JSONValue, _ options: [JSONValue], at path: String) {
        let count = fitting(value, options)
        guard count != 1 else { return }
        report("exactly one of \(options.count) alternatives", found: "a value that fits \(count)", at: path)
    }
}
