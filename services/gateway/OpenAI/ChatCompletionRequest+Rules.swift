import HoneCore

extension ChatCompletionRequest {
    /// Throws for what cannot be honoured and would change the answer. What only colours it (`top_p`, penalties,
    /// `logit_bias`) is the agent's own affair and ignored. So are tools that are only offered, as Open WebUI does with each
    /// chat: no answer has to call one.
    func check() throws(InvalidValue) {
        try checkMessages()
        try refuse(choices.map { $0 != 1 } ?? false, "n", found: choices, expected: "1")
        for (name, choice) in [("tool_choice", toolChoice), ("function_call", functionCall)] {
            try refuse(
                !Self.leavesOpen(choice), name, found: choice?.string ?? "a function",
                expected: "auto or none: agents have tools of their own")
        }
        try refuse(logprobs == true, "logprobs", found: logprobs, expected: "false")
        try refuse(
            responseFormat.map { $0.type != "text" } ?? false, "response_format.type", found: responseFormat?.type,
            expected: "text")
        try refuse(
            modalities.map { $0 != ["text"] } ?? false, "modalities", found: modalities?.joined(separator: ", "),
            expected: "text")
        try refuse(
            temperature.map { !(0...2).contains($0) } ?? false, "temperature", found: temperature, expected: "0 to 2")
        for (name, limit) in [("max_tokens", maxTokens), ("max_completion_tokens", maxCompletionTokens)] {
            try refuse(limit.map { $0 < 1 } ?? false, name, found: limit, expected: "at least 1")
        }
        try refuse(
            (stop?.texts.count ?? 0) > 16, "stop", found: stop?.texts.count, expected: "at most 16 texts")
    }

    /// The most tokens of the answer.
    var limit: Int? { maxCompletionTokens ?? maxTokens }

    /// Whether an answer may do without tools.
    private static func leavesOpen(_ choice: JSONValue?) -> Bool {
        [nil, .null, "auto", "none"].contains(choice)
    }

    private func checkMessages() throws(InvalidValue) {
        try refuse(messages.isEmpty, "messages", found: 0, expected: "at least one message")
        for (index, message) in messages.enumerated() {
            let path = "messages[\(index)]"
            try refuse(
                message.role == nil, "\(path).role", found: message.roleName,
                expected: "system, developer, user or assistant")
            try refuse(
                message.text == nil, "\(path).content", found: "another kind of part", expected: "text")
        }
        try refuse(
            messages.last?.role != .user, "messages[\(messages.count - 1)].role", found: messages.last?.roleName,
            expected: "user: the last message is what is to be answered")
        try refuse(
            messages.last?.text?.isEmpty == true, "messages[\(messages.count - 1)].content", found: "nothing",
            expected: "a text that is not empty")
    }

    private func refuse<Found>(
        _ isWrong: Bool, _ path: String, found: Found?, expected: String
    ) throws(InvalidValue) {
        guard isWrong else { return }
        throw InvalidValue(path: path, found: found.map { "\($0)" } ?? "nothing", expected: expected)
    }
}
