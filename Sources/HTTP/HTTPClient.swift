/// An HTTP client over libcurl: any number of exchanges on one thread of its own.
///
/// A client that is dropped lets its exchanges end, then its thread ends; `shutdown` cancels them.
public final class HTTPClient: Sendable {
    private let loop: TransferLoop
    private let options: HTTPClientOptions

    public init(options: HTTPClientOptions = HTTPClientOptions()) {
        self.options = options
        loop = TransferLoop(options: options)
        loop.start()
    }

    deinit { loop.finishWhenIdle() }

    /// Sends the request and waits for the whole answer, whatever its status.
    ///
    /// Throws `HTTPError`, or `CancellationError` when the task is cancelled; then the transfer is closed.
    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let stream = try await stream(request)
        return HTTPResponse(
            status: stream.status, httpVersion: stream.httpVersion, headers: stream.headers,
            body: try await stream.body.collect())
    }

    /// Sends the request and returns as soon as the answer's headers are there.
    ///
    /// Throws `HTTPError`, or `CancellationError` when the task is cancelled; then the transfer is closed.
    public func stream(_ request: HTTPRequest) async throws -> HTTPStream {
        try Task.checkCancellation()
        try request.validate()
        let transfer = Transfer(
            request, host: try RequestTarget(parsing: request.url).host, bufferLimit: options.bufferBytes, on: loop)
        let head = try await transfer.start()
        return HTTPStream(
            status: head.status, httpVersion: head.httpVersion, headers: head.headers,
            body: ResponseBody(of: transfer))
    }

    /// Cancels every exchange (their callers see `HTTPError.shutDown`) and returns when the thread is done.
    public func shutdown() async {
        await loop.shutDown()
    }
}
