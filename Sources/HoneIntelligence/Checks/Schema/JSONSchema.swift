import Foundation
public import HoneCore

/// A validator for the part of JSON Schema 2020-12 that is in everyday use.
///
/// Applied: `type`, `enum`, `const`; `properties`, `patternProperties`, `additionalProperties`, `propertyNames`,
/// `required`, `dependentRequired`, `minProperties`, `maxProperties`; `items`, `prefixItems`, `contains` (with
/// `minContains` and `maxContains`), `minItems`, `maxItems`, `uniqueItems`; `minLength`, `maxLength`, `pattern`;
/// `minimum`, `maximum`, `exclusiveMinimum`, `exclusiveMaximum`, `multipleOf`; `anyOf`, `allOf`, `oneOf`, `not`,
/// `if`/`then`/`else`; `$ref` inside the document. Every other keyword is ignored, as the standard says of unknown
/// ones.
public struct JSONSchema: Sendable {
    let root: JSONValue
    let patterns: [String: Pattern]

    /// Throws where the schema itself is unsound: a type that does not exist, a pattern that cannot be matched, a
    /// `$ref` that leads nowhere or outside, a keyword that should hold a schema and does not.
    public init(_ document: JSONValue) throws(InvalidValue) {
        var survey = SchemaSurvey(root: document)
        try survey.visit(document, at: "")
        root = document
        patterns = survey.patterns
    }

    /// What does not fit, with the path of each place; empty when `value` fits.
    public func violations(in value: JSONValue, limit: Int = 20) -> [InvalidValue] {
        var validator = SchemaValidator(schema: self, limit: limit)
        validator.check(value, against: root, at: "")
        return validator.violations
    }

    public func accepts(_ value: JSONValue) -> Bool {
        violations(in: value, limit: 1).isEmpty
    }

    /// The subschema that a local reference (`#`, `#/$defs/name`) names.
    static func resolve(_ reference: String, in root: JSONValue) -> JSONValue? {
        guard reference.hasPrefix("#"), let pointer = reference.dropFirst().removingPercentEncoding else { return nil }
        guard !pointer.isEmpty else { return root }
        guard pointer.hasPrefix("/") else { return nil }
        var place: JSONValue? = root
        for token in pointer.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            let name = String(token).replacing("~1", with: "/").replacing("~0", with: "~")
            place = place?[name] ?? Int(name).flatMap { place?[$0] }
        }
        return place
    }
}
