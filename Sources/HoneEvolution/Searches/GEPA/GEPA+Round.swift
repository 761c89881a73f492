import HoneCore

/// One round: a parent is watched, proposals are made from what it failed, screened, put together and tried.
extension GEPA {
    /// A parent that is better than this gains by single steps: what solves one of the few cases that it fails did so mostly
    /// by luck, and a merge would take all of that in at once.
    private static let singleSteps = 0.6

    /// Train cases to do, until there are enough, and enough that failed.
    mutating func observation(of parent: Int, at bench: inout SearchBench) -> Wave? {
        let done = bench.done(parent)
        let failed = done.count - bench.passed(parent).count
        let wanted = max(Self.sight - done.count, width - failed, glance)
        glance = 0
        var fresh: [String] = []
        for _ in bench.cases.train where fresh.count < min(wanted, bench.cases.train.count - done.count) {
            fresh += batches.batch(at: &bench).filter { !done.contains($0) && !fresh.contains($0) }
        }
        return fresh.isEmpty ? nil : Wave(trials: bench.missing(parent, on: fresh))
    }

    mutating func propose(_ parent: Int, at bench: inout SearchBench) -> Wave {
        let passed = bench.passed(parent)
        let failed = bench.done(parent).filter { !passed.contains($0) }.shuffled(using: &bench.generator)
        var cases: [Int: String] = [:]
        let proposals = (0..<(failed.isEmpty ? 0 : width)).map { lane in
            let target = failed[lane % failed.count]
            let others = passed.shuffled(using: &bench.generator).prefix(Self.minibatch - 1)
            let proposal = bench.proposal(from: [parent], on: [target] + others)
            cases[proposal.number] = target
            return proposal
        }
        phase = .proposing(parent, cases: cases)
        return Wave(proposals: proposals)
    }

    /// A proposal that is no news is dropped; a turn without any counts as idle.
    mutating func screen(_ parent: Int, _ cases: [Int: String], _ last: Wave?, at bench: inout SearchBench) -> Wave {
        let lanes = cases.sorted { $0.key < $1.key }.flatMap { number, caseID in
            let answer = last?.proposed(number)
            let others = bench.others(than: caseID, passedBy: parent)
            return (answer?.genomes ?? []).compactMap { genome in
                bench.board.add(genome, parents: [parent], maker: answer?.maker ?? "").map {
                    Screening.Lane(child: $0.number, caseIDs: [caseID] + others)
                }
            }
        }
        idleTurns = lanes.isEmpty ? idleTurns + 1 : 0
        phase = .screening(Screening(parent: parent, lanes: lanes))
        return Wave()
    }

    /// What the survivors gained is put together; whoever contradicts stands alone.
    mutating func contend(_ screening: Screening, at bench: inout SearchBench) -> Wave {
        let (parent, children) = (screening.parent, screening.survivors(at: bench).map(\.child))
        let isGood = bench.worths().means[parent] > Self.singleSteps
        let contenders = isGood ? children : merged(children, of: parent, at: &bench)
        phase = .contest(Contest(of: contenders, against: parent))
        return Wave()
    }

    private mutating func merged(_ children: [Int], of parent: Int, at bench: inout SearchBench) -> [Int] {
        var merge = ThreeWayMerge(of: bench.board.candidates[parent].genome)
        let joined = children.filter { merge.take(bench.board.candidates[$0].genome) }
        if children.count > 1 { width = joined.count > 1 ? lanes : min(lanes, Self.narrow) }
        guard joined.count > 1 else { return children }
        let whole = bench.candidate(merge.genome, parents: joined, maker: "merge")
        return [whole.number] + children.filter { !joined.contains($0) }
    }

    mutating func settle(_ contest: Contest, at bench: inout SearchBench) -> Wave? {
        let accepted = contest.winners.filter { !pool.contains($0) }
        pool += accepted
        mergesDue += accepted.count
        if accepted.isEmpty { glance = Self.glance }
        return turn(at: &bench)
    }
}

extension SearchBench {
    /// Train cases that a candidate has done.
    fileprivate func done(_ candidate: Int) -> [String] {
        cases.train.filter { board.result(of: candidate, on: $0) != nil }
    }

    /// A train case of another kind that a candidate did without fault.
    fileprivate mutating func others(than caseID: String, passedBy candidate: Int) -> ArraySlice<String> {
        let others = Set(cases.groups.filter { !$0.contains(caseID) }.joined())
        return passed(candidate).filter(others.contains).shuffled(using: &generator).prefix(1)
    }

    /// Those that it did without fault.
    fileprivate func passed(_ candidate: Int) -> [String] {
        cases.train.filter { (board.score(of: candidate, on: $0) ?? 0) >= 1 }
    }
}
