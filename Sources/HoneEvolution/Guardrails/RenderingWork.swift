/// Bounds what rendering a template can take, before anybody renders it.
struct RenderingWork {
    let limits: GuardrailLimits

    func refusal(of text: String) -> GuardrailRefusal? {
        let tags = TemplateTags(text)
        if let number = tags.numbers.first(where: { $0 > limits.largestNumber }) {
            return GuardrailRefusal(.work, "a tag says \(number); at most \(limits.largestNumber)")
        }
        var loops: [Loop] = []
        for case .block(let words) in tags.all {
            if words.first == "endfor" { _ = loops.popLast() }
            guard words.first == "for" else { continue }
            guard let loop = Loop(words) else {
                return GuardrailRefusal(.work, "a loop's range must be two numbers: \(words.joined(separator: " "))")
            }
            loops.append(loop)
            if let refusal = refusal(of: loops) { return refusal }
        }
        return nil
    }

    private func refusal(of open: [Loop]) -> GuardrailRefusal? {
        var turns = 1
        for loop in open { turns = turns.multipliedReportingOverflow(by: max(1, loop.turns ?? 1)).partialValue }
        if turns > limits.loopTurns || turns < 1 {
            return GuardrailRefusal(.work, "its loops turn \(turns) times; at most \(limits.loopTurns)")
        }
        let free = open.count { $0.turns == nil }
        guard free > limits.nestedLoops else { return nil }
        return GuardrailRefusal(
            .work, "\(free) loops over the input within one another; at most \(limits.nestedLoops)")
    }

    /// `for x in 1...9`, or over something of the input.
    private struct Loop {
        /// Nil where the input says.
        let turns: Int?

        /// Nil for a range that does not end in a number.
        init?(_ words: [String]) {
            let over = words.firstIndex(of: "in").map { words[($0 + 1)...].joined() } ?? ""
            guard let dots = over.firstRange(of: "...") else {
                turns = nil
                return
            }
            guard let low = Int(over[..<dots.lowerBound]),
                let high = Int(over[dots.upperBound...].prefix { $0.isNumber })
            else { return nil }
            turns = abs(high - low) + 1
        }
    }
}
