import HoneCore

extension TaskBody {
    /// The same without what its publisher said and was told: for those who may see that the task is there, and no more.
    public var withoutContents: TaskBody {
        var body = self
        body.input = nil
        body.expected = nil
        body.metadata = nil
        body.output = nil
        body.error = error?.withoutMessage
        body.attempts = attempts.map(\.withoutContents)
        body.reviews = reviews.map(\.withoutContents)
        body.judgements = judgements.map(\.withoutContents)
        body.feedback = feedback.map(\.withoutContents)
        return body
    }
}

extension TaskFault {
    fileprivate var withoutMessage: TaskFault { TaskFault(code, "", retryable: retryable) }
}

extension AttemptBody {
    fileprivate var withoutContents: AttemptBody {
        var body = self
        body.output = nil
        body.error = error?.withoutMessage
        for index in body.nodes.indices { body.nodes[index].error = nil }
        return body
    }
}

// What is said of a result quotes it.

extension TaskReviewBody {
    fileprivate var withoutContents: TaskReviewBody {
        var body = self
        body.feedback = nil
        return body
    }
}

extension JudgementBody {
    fileprivate var withoutContents: JudgementBody {
        var body = self
        body.reason = nil
        return body
    }
}

extension TaskFeedbackBody {
    fileprivate var withoutContents: TaskFeedbackBody {
        var body = self
        body.comment = nil
        return body
    }
}
