import HoneCore

/// One thing that the doctor looked at.
struct Finding {
    enum Verdict: String {
        case fine = "ok"
        /// Works, and may not for long.
        case doubtful = "look"
        case wrong
    }

    let verdict: Verdict
    let subject: String
    let detail: String
    var advice: String?

    init(_ verdict: Verdict, _ subject: String, _ detail: String, advice: String? = nil) {
        self.verdict = verdict
        self.subject = subject
        self.detail = detail
        self.advice = verdict == .fine ? nil : advice
    }

    var json: JSONValue {
        [
            "verdict": .string(verdict.rawValue), "subject": .string(subject), "found": .string(detail),
            "advice": JSONValue(advice),
        ]
    }
}
