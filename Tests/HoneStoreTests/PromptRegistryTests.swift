import HoneCore
import HoneStore
import Postgres
import TestServers
import Testing

@Suite("The registry of prompts", .timeLimit(.minutes(3)))
struct PromptRegistryTests {
    private func prompt(_ words: String, parents: [PromptID] = []) -> NewPrompt {
        NewPrompt(agentID: ada, template: PromptTemplate(system: words), parents: parents, actor: "test")
    }

    @Test("a prompt goes only where its state leads, and the refusal says where that is")
    func moves() async throws {
        try await TestStore.run { (store, _) async throws in
            let id = prompt("one").id
            _ = try await store.prompts.add(prompt("one"))
            try await store.prompts.move(id, to: .experimental, by: "test", because: "on trial")
            let refusal = await #expect(throws: IllegalPromptMove.self) {
                try await store.prompts.move(id, to: .draft, by: "test", because: "back")
            }
            #expect(
                refusal?.description == "The prompt is experimental and cannot become draft; from there it may become "
                    + "candidate, production or archived.")
            try await store.prompts.move(id, to: .experimental, by: "test", because: "again")
            try await store.prompts.move(id, to: .production, by: "test", because: "good")
            await #expect(throws: IllegalPromptMove.self) {
                try await store.prompts.move(id, to: .candidate, by: "test", because: "back")
            }
            try await store.prompts.move(id, to: .archived, by: "test", because: "old")
            try await store.prompts.move(id, to: .production, by: "test", because: "it was better")
            #expect(try await store.prompts.transitions(of: id).map(\.toState).count == 5)
        }
    }

    @Test("the record itself refuses a move that makes no sense", arguments: PromptLifecycle.allCases)
    func guardedByTheRecord(_ from: PromptLifecycle) async throws {
        try await TestStore.run { (store, pool) async throws in
            let id = prompt("one").id
            _ = try await store.prompts.add(prompt("one"))
            if from == .archived || from == .production {
                try await store.prompts.move(id, to: .production, by: "test", because: "")
            }
            if from != .draft, from != .production {
                try await store.prompts.move(id, to: from, by: "test", because: "")
            }
            for to in PromptLifecycle.allCases where to != from && !from.successors.contains(to) {
                await #expect(throws: DatabaseError.self, "\(from) to \(to)") {
                    try await pool.run(
                        """
                        insert into prompt_transitions (prompt_id, from_state, to_state, actor)
                        values (\(id)::uuid, \(from)::text, \(to)::text, 'somebody')
                        """)
                }
            }
        }
    }

    @Test("labels and transitions are added, never changed")
    func appended() async throws {
        try await TestStore.run { (store, pool) async throws in
            let id = prompt("one").id
            _ = try await store.prompts.add(prompt("one"))
            #expect(
                try await store.prompts.label(id, adding: ["b", "a"], removing: ["c"], by: "me", because: "x") == 2)
            #expect(try await store.prompts.label(id, adding: ["a"], removing: [], by: "me", because: "x") == 0)
            #expect(try await store.prompts.label(id, adding: [], removing: ["a"], by: "you", because: "y") == 1)
            #expect(try await store.prompts.history(of: id)?.labels == ["b"])
            #expect(try await store.prompts.labelChanges(of: id).map(\.actor) == ["me", "me", "you"])
            for statement: SQL in [
                "delete from prompt_labels", "update prompt_labels set label = 'z'", "delete from prompts",
            ] {
                await #expect(throws: DatabaseError.self) { try await pool.run(statement) }
            }
            await #expect(throws: DatabaseError.self) {
                try await store.prompts.label(id, adding: ["Bad Label"], removing: [], by: "me", because: "")
            }
        }
    }

    @Test("figures tell how a prompt did, and what it gained on the cases that its parent has done too")
    func figures() async throws {
        try await TestStore.run { (store, pool) async throws in
            let (parent, child) = (prompt("one"), prompt("two", parents: [prompt("one").id]))
            for new in [parent, child] { _ = try await store.prompts.add(new) }
            #expect(try await store.prompts.figures(of: [parent.id, child.id]).isEmpty)
            let cases = (1...4).map { BenchmarkCase(id: "\($0)", input: "x", expected: nil, split: .train) }
            _ = try await store.benchmarks.apply(Benchmark(id: "s", category: analysis, cases: cases))
            try await pool.run(
                """
                with experiment as (
                    insert into experiments (id, prompt_id, benchmark_id)
                    values (gen_random_uuid(), \(child.id)::uuid, 's') returning id
                )
                insert into experiment_results (experiment_id, benchmark_id, case_id, prompt_id, passed, score)
                select experiment.id, 's', given.case_id, given.prompt_id::uuid, given.passed, given.score
                from experiment, (values
                    ('1', \("\(parent.id)")::text, false, null::float8), ('2', \("\(parent.id)")::text, true, 0.5),
                    ('3', \("\(parent.id)")::text, null, null), ('1', \("\(child.id)")::text, true, 1),
                    ('2', \("\(child.id)")::text, true, null), ('4', \("\(child.id)")::text, false, null)
                ) as given (case_id, prompt_id, passed, score)
                """)
            let found = try await store.prompts.figures(of: [parent.id, child.id])
            let (first, second) = (found.first { $0.promptID == parent.id }, found.first { $0.promptID == child.id })
            #expect(first?.trials == 2 && first?.score == 0.25 && first?.gain == nil && first?.shared == 0)
            #expect(second?.trials == 3 && second?.gain == 0.75 && second?.shared == 2)
            #expect(abs((second?.score ?? 0) - 2.0 / 3) < 1e-9)
            #expect(try await store.prompts.parentage(of: [child.id]).map(\.parentID) == [parent.id])
            var merged = prompt("three", parents: [child.id, parent.id])
            merged.madeBy = "merge"
            _ = try await store.prompts.add(merged)
            #expect(
                try await store.prompts.parentage(of: [merged.id, child.id]).map(\.role).sorted() == [
                    "merge", "merge", "mutation",
                ])
            #expect(try await store.prompts.ancestors(of: child.id).map(\.id) == [parent.id, child.id])
            let experiment = try await store.experiments.list(ExperimentFilter(), after: nil, limit: 5)[0]
            #expect(try await store.experiments.rows(of: experiment.id).count == 6)
        }
    }

    @Test("every move has a number, so that who looks sees that something moved")
    func numbers() async throws {
        try await TestStore.run { (store, _) async throws in
            let before = try await store.prompts.lastTransition()
            _ = try await store.prompts.add(prompt("one"))
            let after = try await store.prompts.lastTransition()
            #expect((after ?? 0) > (before ?? 0))
        }
    }
}
