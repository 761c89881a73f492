import Foundation
public import HoneCore

extension Expectation {
    /// Checks an answer. Takes time linear in the answer's length, whatever pattern a publisher sent.
    public func check(_ output: String) -> CheckResult {
        switch self {
        case .equals(let value): value.checkEquality(with: output)
        case .contains(let texts): ContainsCheck(texts: texts).check(output)
        case .regex(let pattern): checkPattern(pattern, in: output)
        case .number(let value, let tolerance): NumberCheck(value: value, tolerance: tolerance).check(output)
        case .jsonSchema(let schema): checkSchema(schema, of: output)
        case .choice(let label): ChoiceCheck(label: label).check(output)
        }
    }

    /// Checks an answer that is any JSON: a string is taken as its text, everything else as its JSON.
    public func check(_ output: JSONValue) -> CheckResult {
        check(output.string ?? JSONText.text(of: output))
    }

    /// Why this expectation can never be checked, or nil: a pattern outside the supported syntax, an unsound schema. Its
    /// path is a task's: `expected.json_schema.type`.
    ///
    /// Ask it where a task is accepted, so that the publisher hears of it and not the agent.
    public var fault: InvalidValue? {
        switch self {
        case .regex(let pattern): fault(under: "expected.regex") { () throws(InvalidValue) in _ = try Pattern(pattern) }
        case .jsonSchema(let schema):
            fault(under: "expected.json_schema") { () throws(InvalidValue) in _ = try JSONSchema(schema) }
        case .equals, .contains, .number, .choice: nil
        }
    }

    private func fault(under root: String, _ check: () throws(InvalidValue) -> Void) -> InvalidValue? {
        do throws(InvalidValue) {
            try check()
            return nil
        } catch {
            let path = error.path.isEmpty ? root : "\(root).\(error.path)"
            return InvalidValue(path: path, found: error.found, expected: error.expected)
        }
    }

    private func checkPattern(_ source: String, in output: String) -> CheckResult {
        do throws(InvalidValue) {
            let found = try Pattern(source).matches(output)
            return CheckResult(exact: found, detail: found ? "the pattern matches" : "the pattern matches nowhere")
        } catch {
            return CheckResult(exact: false, detail: "the pattern cannot be used: \(error)")
        }
    }

    private func checkSchema(_ document: JSONValue, of output: String) -> CheckResult {
        do throws(InvalidValue) {
            let schema = try JSONSchema(document)
            guard let value = JSONText.document(in: output) else {
                return CheckResult(exact: false, detail: "the output is not JSON")
            }
            let faults = schema.violations(in: value, limit: 5)
            let detail =
                faults.isEmpty ? "the output fits the schema" : faults.map(\.description).joined(separator: "; ")
            return CheckResult(exact: faults.isEmpty, detail: detail)
        } catch {
            return CheckResult(exact: false, detail: "the schema cannot be used: \(error)")
        }
    }
}

extension JSONValue {
    fileprivate func checkEquality(with output: String) -> CheckResult {
        if case .string(let text) = self {
            let isEqual = output.trimmed == text.trimmed
            return CheckResult(exact: isEqual, detail: isEqual ? "the output is equal" : "the output differs")
        }
        guard let value = JSONText.document(in: output) else {
            return CheckResult(exact: false, detail: "the output is not JSON")
        }
        let isEqual = value.isSameJSON(as: self)
        let found = InvalidValue.summary(of: value)
        return CheckResult(exact: isEqual, detail: isEqual ? "the output is equal" : "the output is \(found)")
    }
}
