import NIOCore

/// Where a connection stands between requests and answers. The next request may arrive while one is answered.
struct ConnectionState {
    var deadline = NIODeadline.now()
    /// The body of the last request has not come to its end.
    var isReading = false
    var isAnswering = false
    /// The last answer was given; what comes is not read any more.
    var isLeaving = false
    private var begun = 0
    private var answered = 0

    mutating func headArrived() {
        isReading = true
        begun += 1
    }

    mutating func answerEnded() {
        isAnswering = false
        answered += 1
    }

    /// The request that is answered now was not read to its end.
    var isUnreadInHand: Bool { isReading && begun == answered + 1 }

    /// Between two requests.
    var isIdle: Bool { begun > 0 && begun == answered && !isReading }
}
