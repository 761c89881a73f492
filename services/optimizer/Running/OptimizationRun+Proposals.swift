import HoneCore
import HoneEvolution

extension OptimizationRun {
    /// Answers every proposal that is wanted now. The reflection model is asked about several side by side; what it says is
    /// used in the order of the proposals, so that a search's way does not depend on which answer comes first.
    mutating func propose() async throws -> RunEnd? {
        var requests = state.search.ask().proposals[...]
        while !requests.isEmpty {
            let batch = parts.proposals.batch(of: requests, in: state, atMost: parts.desk.share)
            if let end = try await reflect(on: batch) { return end }
            for request in batch {
                if let end = try await answer(request) { return end }
                requests.removeFirst()
                if requests.isEmpty { state.generation += 1 }
                try await save()
                if let end = try await watch.end() ?? watch.closing(state) { return end }
            }
        }
        return nil
    }

    /// Where a model must look at a prompt first, what it says is saved, and then looked at again: whoever goes on after a
    /// kill finds it.
    private mutating func answer(_ request: ProposalRequest) async throws -> RunEnd? {
        while true {
            var next = state
            switch try await parts.proposals.answer(request, in: plan, &next) {
            case .offered(let genomes, let maker):
                next.checks.forget(request.number)
                next.search.tell(proposal: request.number, genomes, maker: maker)
                state = next
                return nil
            case .unchecked(let question):
                switch try await parts.proposals.check(question, for: request, in: plan) {
                case .said(let verdict):
                    state.spent += verdict.cost
                    state.checks.keep(verdict, on: question, of: request.number)
                case .unaffordable(let fault): return .unaffordable(fault)
                }
                try await save()
                if let end = try await watch.end() { return end }
            }
        }
    }

    /// Has the reflection model asked. Every answer is saved when it comes: whoever goes on after a kill finds it.
    private mutating func reflect(on batch: [ProposalRequest]) async throws -> RunEnd? {
        let open = batch.filter { parts.proposals.asks(for: $0, in: state) && !state.reflection.has($0.number) }
        guard !open.isEmpty else { return nil }
        let (desk, plan, asking) = (parts.proposals, plan, state)
        return try await withThrowingTaskGroup(of: Event.self) { group in
            for request in open {
                let parent = book.id(of: state.search.board.candidates[request.parents[0]])
                group.addTask {
                    .answered(request.number, try await desk.reflection(on: request, in: plan, parent: parent, asking))
                }
            }
            return try await take(&group, answers: open.count)
        }
    }

    private enum Event: Sendable {
        /// Nil where the model could not be had.
        case answered(Int, Reflection?)
        case paused
    }

    /// What ends the run ends the questions, too: an answer may take minutes.
    private mutating func take(
        _ group: inout ThrowingTaskGroup<Event, any Error>, answers: Int
    ) async throws -> RunEnd? {
        var missing = answers
        defer { group.cancelAll() }
        group.addTask { try await Self.pause() }
        while missing > 0, let event = try await group.next() {
            switch event {
            case .paused:
                if let end = try await watch.end() ?? watch.closing(state) { return end }
                group.addTask { try await Self.pause() }
            case .answered(let number, let reflection):
                missing -= 1
                guard let reflection else { continue }
                state.reflection.keep(reflection, to: number)
                try await save()
            }
        }
        return nil
    }

    private static func pause() async throws -> Event {
        try await Task.sleep(for: RunWatch.interval)
        return .paused
    }
}
