/// A pattern as instructions for a machine that is in many states at once.
struct PatternProgram: Sendable {
    enum Instruction: Sendable {
        case scalar(set: Int)
        case either(Int, Int)
        case jump(Int)
        case anchor(PatternAnchor)
        case accept
    }

    /// Bounds the time: at most this many steps per character.
    static let maximumLength = 2_000

    private(set) var instructions: [Instruction] = []
    private(set) var sets: [ScalarSet] = []

    init(_ node: PatternNode) throws(PatternFault) {
        try compile(node)
        try append(.accept)
    }

    private mutating func append(_ instruction: Instruction) throws(PatternFault) {
        guard instructions.count < Self.maximumLength else { throw PatternFault(reason: "too long") }
        instructions.append(instruction)
    }

    private mutating func compile(_ node: PatternNode) throws(PatternFault) {
        switch node {
        case .empty: break
        case .scalar(let set):
            sets.append(set)
            try append(.scalar(set: sets.count - 1))
        case .sequence(let nodes): for node in nodes { try compile(node) }
        case .alternatives(let branches): try compile(alternatives: branches)
        case .repeated(let node, let least, let most): try compile(node, atLeast: least, atMost: most)
        case .anchor(let anchor): try append(.anchor(anchor))
        }
    }

    private mutating func compile(alternatives branches: [PatternNode]) throws(PatternFault) {
        var jumps: [Int] = []
        for branch in branches.dropLast() {
            let fork = instructions.count
            try append(.jump(0))
            try compile(branch)
            jumps.append(instructions.count)
            try append(.jump(0))
            instructions[fork] = .either(fork + 1, instructions.count)
        }
        if let last = branches.last { try compile(last) }
        for jump in jumps { instructions[jump] = .jump(instructions.count) }
    }

    private mutating func compile(_ node: PatternNode, atLeast least: Int, atMost most: Int?) throws(PatternFault) {
        for _ in 0..<least { try compile(node) }
        guard let most else { return try compileAnyNumber(of: node) }
        var forks: [Int] = []
        for _ in least..<most {
            forks.append(instructions.count)
            try append(.jump(0))
            try compile(node)
        }
        for fork in forks { instructions[fork] = .either(fork + 1, instructions.count) }
    }

    private mutating func compileAnyNumber(of node: PatternNode) throws(PatternFault) {
        let fork = instructions.count
        try append(.jump(0))
        try compile(node)
        try append(.jump(fork))
        instructions[fork] = .either(fork + 1, instructions.count)
    }
}
