import Foundation
import HoneCore

/// How an answer looks on the wire; one conformer per protocol that is imitated.
protocol WireProtocol: Sendable {
    /// The whole answer as one JSON body.
    func whole(_ answer: Answer) -> JSONValue
    /// The frames before the first token.
    func opening(_ answer: Answer) -> [String]
    func frame(token: String, _ answer: Answer) -> String
    /// The frames after the last token.
    func closing(_ answer: Answer) -> [String]
    /// What a server says in mid-stream when it gives up.
    func overload() -> String
    func error(status: Int, message: String) -> JSONValue
}

extension JSONValue {
    var text: String {
        (try? WireFormat.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
    }
}
