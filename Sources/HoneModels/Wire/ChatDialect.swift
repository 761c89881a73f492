import HTTP
import HoneCore

/// How one provider's API says what Hone means.
protocol ChatDialect: Sendable {
    /// What is posted, and where below the base URL.
    func exchange(for request: ChatRequest, model: String, at endpoint: ModelEndpoint) -> WireExchange
    func reader(for request: ChatRequest) -> any AnswerReader
}

/// One POST.
struct WireExchange {
    var path: String
    var body: JSONValue
    /// The key and the version, as the provider wants them.
    var headers: [HTTPHeader]
}

/// Reads an answer event by event.
protocol AnswerReader {
    var draft: AnswerDraft { get }
    /// Takes one event of the stream and returns the text in it, if there is any.
    mutating func read(_ event: ServerSentEvent) throws(ModelFault.Reason) -> String?
    /// Takes a whole answer in one body and returns its text.
    mutating func read(whole body: [UInt8]) throws(ModelFault.Reason) -> String?
}

extension ModelFault.Reason: Error {}
