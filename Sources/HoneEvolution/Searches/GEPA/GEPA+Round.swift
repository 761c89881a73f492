import HoneCore

/// One round: a parent is watched, proposals are made from what it failed, screened, put together and tried.
extension GEPA {
    /// A parent that is better than this gains by single steps: what solves one of the few cases that it fails did so mostly
    /// by luck, and a merge would take all of that in at once.
    private static let singleSteps = 0.6
    /// Cases that a parent does at once when it has failed too few.
    private static let glance = 4

    /// Train cases to do, until there are enough, and enough that failed.
    mutating func observation(of parent: Int, at bench: inout SearchBench) -> [SearchTrial] {
        let done = bench.done(parent)
        let failed = done.count - bench.passed(parent).count
        let wanted = max(Self.sight - done.count, failed < lanes ? Self.glance : 0)
        var fresh: [String] = []
        for _ in bench.cases.train where fresh.count < min(wanted, bench.cases.train.count - done.count) {
            fresh += batches.batch(at: &bench).filter { !done.contains($0) && !fresh.contains($0) }
        }
        return bench.missing(parent, on: fresh)
    }

    mutating func propose(_ parent: Int, at bench: inout SearchBench) -> Wave {
        let passed = bench.passed(parent)
        let failed = bench.done(parent).filter { !passed.contains($0) }.shuffled(using: &bench.generator)
        var cases: [Int: String] = [:]
        let proposals = (0..<(failed.isEmpty ? 0 : lanes)).map { lane in
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
            return (answer?.genomes ?? []).compactMap { genome in
                bench.board.add(genome, parents: [parent], maker: answer?.maker ?? "").map {
                    Screening.Lane(child: $0.number, caseID: caseID)
                }
            }
        }
        idleTurns = lanes.isEmpty ? idleTurns + 1 : 0
        phase = .screening(Screening(parent: parent, lanes: lanes))
        return Wave()
    }

    /// What the survivors gained is put together; whoever contradicts stands alone.
    mutating func contend(_ screening: Screening, at bench: inout SearchBench) -> Wave {
        let survivors = screening.survivors(at: bench)
        let (parent, claimed) = (screening.parent, survivors.map(\.caseID).uniqued())
        let others = bench.done(parent).filter { !claimed.contains($0) }.shuffled(using: &bench.generator)
        let cases = claimed + others.prefix(max(0, Self.sight - claimed.count))
        let children = survivors.map(\.child)
        let contenders = bench.rate(parent) > Self.singleSteps ? children : merged(children, of: parent, at: &bench)
        phase = .contest(Contest(of: contenders, against: parent, on: cases))
        return Wave()
    }

    private func merged(_ children: [Int], of parent: Int, at bench: inout SearchBench) -> [Int] {
        var merge = ThreeWayMerge(of: bench.board.candidates[parent].genome)
        let joined = children.filter { merge.take(bench.board.candidates[$0].genome) }
        guard joined.count > 1 else { return children }
        let whole = bench.candidate(merge.genome, parents: joined, maker: "merge")
        return [whole.number] + children.filter { !joined.contains($0) }
    }

    mutating func settle(_ contest: Contest, at bench: SearchBench) -> Wave {
        let accepted = contest.winners(by: acceptance, at: bench).filter { !pool.contains($0) }
        pool += accepted
        mergesDue += accepted.count
        return validate(accepted, heats: 1)
    }
}

extension SearchBench {
    /// Train cases that a candidate has done.
    fileprivate func done(_ candidate: Int) -> [String] {
        cases.train.filter { board.result(of: candidate, on: $0) != nil }
    }

    /// Those that it did without fault.
    fileprivate func passed(_ candidate: Int) -> [String] {
        cases.train.filter { (board.score(of: candidate, on: $0) ?? 0) >= 1 }
    }

    /// A candidate's mean over the train cases that it has done, with one pass and one failure imagined.
    fileprivate func rate(_ candidate: Int) -> Double {
        let scores = board.results(of: candidate, on: cases.train).map(\.score)
        return (scores.reduce(0, +) + 1) / (Double(scores.count) + 2)
    }
}

extension Array where Element: Hashable {
    /// Each element once, where it first stood.
    func uniqued() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
