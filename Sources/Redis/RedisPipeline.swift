/// Requests that were written, in order, and the replies that have come for the first of them. No socket in here.
struct RedisPipeline {
    private var requests: [RedisRequest] = []
    private var first = 0
    private var replies: [RedisValue] = []

    var isEmpty: Bool { first == requests.count }

    /// The longest time for which one of the requests lets the server be silent on purpose.
    var blockTime: Duration {
        requests[first...].lazy.compactMap(\.blockTime).max() ?? .zero
    }

    mutating func admit(_ batch: [RedisRequest]) {
        if isEmpty {
            requests = batch
            first = 0
        } else {
            requests.append(contentsOf: batch)
        }
    }

    /// Hands a reply to the request it belongs to: replies come in the order of the commands.
    mutating func deliver(_ reply: RedisValue) {
        guard !isEmpty else { return }
        let request = requests[first]
        if replies.isEmpty { replies.reserveCapacity(request.replyCount) }
        replies.append(reply)
        guard replies.count == request.replyCount else { return }
        first += 1
        request.settle(.success(replies))
        replies = []
    }

    /// Ends all requests; `error` gets the name of each.
    mutating func failAll(_ error: (String) -> RedisError) {
        for request in requests[first...] { request.settle(.failure(error(request.name))) }
        self = RedisPipeline()
    }
}
