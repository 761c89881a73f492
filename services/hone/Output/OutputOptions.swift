import ArgumentParser
import Foundation
import HoneAPI
import HoneCore

/// What every command that prints data takes.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print JSON instead of text.")
    var json = false

    /// Prints one of the two: what the matching route answers, or a text.
    func show(body: @autoclosure () throws -> some Encodable, or text: @autoclosure () -> String) throws {
        try show(JSONValue(encoding: body()), or: text())
    }

    /// The same for what has no route.
    func show(_ value: @autoclosure () throws -> JSONValue, or text: @autoclosure () -> String) throws {
        if json {
            try printJSON(value())
        } else {
            Terminal.say(text())
        }
    }
}

/// Prints a document on one line, its keys sorted.
func printJSON(_ value: JSONValue) throws {
    Terminal.say(try jsonLine(value))
}

/// A document on one line, its keys sorted.
func jsonLine(_ value: JSONValue) throws -> String {
    String(decoding: try WireFormat.encode(value), as: UTF8.self)
}
