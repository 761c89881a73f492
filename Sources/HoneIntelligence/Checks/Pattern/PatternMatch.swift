/// One search through one text: all states advance together, a character at a time, and no place is visited twice.
struct PatternMatch {
    private let program: PatternProgram
    private let text: [Unicode.Scalar]

    init(_ program: PatternProgram, in text: [Unicode.Scalar]) {
        self.program = program
        self.text = text
    }

    var isFound: Bool {
        var waiting: [Int] = []
        var lastVisit = [Int](repeating: -1, count: program.instructions.count)
        for position in 0...text.count {
            var arrivals = waiting
            // A match may begin at every place.
            arrivals.append(0)
            waiting.removeAll(keepingCapacity: true)
            guard !follow(arrivals, at: position, lastVisit: &lastVisit, into: &waiting) else { return true }
            guard position < text.count else { break }
            waiting = advance(waiting, over: text[position])
        }
        return false
    }

    /// Walks everything reachable without consuming a character; true when that includes acceptance.
    private func follow(
        _ arrivals: [Int], at position: Int, lastVisit: inout [Int], into waiting: inout [Int]
    ) -> Bool {
        var open = arrivals
        while let place = open.popLast() {
            guard lastVisit[place] != position else { continue }
            lastVisit[place] = position
            switch program.instructions[place] {
            case .accept: return true
            case .scalar: waiting.append(place)
            case .jump(let target): open.append(target)
            case .either(let first, let second):
                open.append(first)
                open.append(second)
            case .anchor(let anchor): if holds(anchor, at: position) { open.append(place + 1) }
            }
        }
        return false
    }

    private func advance(_ waiting: [Int], over scalar: Unicode.Scalar) -> [Int] {
        waiting.compactMap { place in
            guard case .scalar(let set) = program.instructions[place], program.sets[set].contains(scalar) else {
                return nil
            }
            return place + 1
        }
    }

    private func holds(_ anchor: PatternAnchor, at position: Int) -> Bool {
        anchor.holds(
            between: position > 0 ? text[position - 1] : nil, and: position < text.count ? text[position] : nil,
            isLast: position == text.count - 1)
    }
}
