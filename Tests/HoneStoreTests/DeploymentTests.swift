import Foundation
import HoneCore
import HoneStore
import Postgres
import Testing

@Suite("Deployments", .timeLimit(.minutes(2)))
struct DeploymentTests {
    /// Prompts of Ada's; the first is in production.
    private func prompts(_ store: Store, _ count: Int) async throws -> [PromptID] {
        var ids: [PromptID] = []
        for index in 0..<count {
            let prompt = NewPrompt(agentID: ada, template: PromptTemplate(system: "Words \(index)."), actor: "test")
            _ = try await store.prompts.add(prompt)
            ids.append(prompt.id)
        }
        let first = ids[0]
        try await store.transaction { try await $0.prompts.promote(first, by: "test", because: "first") }
        return ids
    }

    private func new(_ prompt: PromptID, after baseline: PromptID, share: Double) -> NewDeployment {
        NewDeployment(
            agentID: ada, promptID: prompt, baselinePromptID: baseline, proof: .unproved, share: share, actor: "test",
            reason: "try it")
    }

    @Test("an agent has one canary, and one prompt that is watched")
    func single() async throws {
        try await TestStore.run { store, _ in
            let ids = try await prompts(store, 3)
            let first = new(ids[1], after: ids[0], share: 0.1)
            try await store.deployments.start(first)
            await #expect(throws: DatabaseError.self) {
                try await store.deployments.start(new(ids[2], after: ids[0], share: 0.2))
            }
            #expect(try await store.agents.load(ada)?.canary == Canary(promptID: ids[1], share: 0.1))
            #expect(try await store.experiments.load(first.experiment)?.status == "running")
            try await store.deployments.promote(first.id)
            #expect(try await store.agents.load(ada)?.canary == nil)
            let experiment = try #require(try await store.experiments.load(first.experiment))
            #expect(experiment.kind == "canary" && experiment.status == "completed")
            await #expect(throws: DatabaseError.self) {
                try await store.deployments.start(new(ids[2], after: ids[1], share: 1))
            }
            try await store.deployments.supersede(of: ada, because: "another")
            try await store.deployments.start(new(ids[2], after: ids[1], share: 1))
            #expect(try await store.deployments.list(of: ada, limit: 9).map(\.status) == [.watching, .superseded])
            #expect(try await store.deployments.open().map(\.promptID) == [ids[2]])
        }
    }

    @Test("going back twice leads two prompts back, and not forth again")
    func predecessors() async throws {
        try await TestStore.run { store, _ in
            let ids = try await prompts(store, 3)
            for id in ids.dropFirst() {
                try await store.transaction { try await $0.prompts.promote(id, by: "test", because: "better") }
            }
            func goBack(from present: PromptID) async throws -> PromptID? {
                guard let before = try await store.prompts.predecessor(of: ada) else { return nil }
                try await store.transaction { store in
                    try await store.prompts.promote(before, by: "test", because: "worse")
                    try await store.deployments.rolledBack(
                        present, of: ada, to: before, by: "test", because: "worse")
                }
                return before
            }
            #expect(try await goBack(from: ids[2]) == ids[1])
            #expect(try await goBack(from: ids[1]) == ids[0])
            #expect(try await goBack(from: ids[0]) == nil)
        }
    }

    @Test("outcomes are in the order of arrival, and end before what is still under way")
    func outcomes() async throws {
        try await TestStore.run { store, pool in
            let prompt = PromptID.new()
            let start = Date.now.addingTimeInterval(-60)
            var tasks: [TaskID] = []
            for score in [0.9, 0.1, nil] as [Double?] {
                let task = try await store.completedTask()
                _ = try await store.scores.insert([.sample(task, overall: score, prompt: prompt)])
                tasks.append(task)
            }
            let failed = try await store.routedTask()
            _ = try await store.executions.record([.sample(failed, result: .failed(.broken, final: true))])
            try await pool.run("update executions set prompt_id = \(prompt)::uuid")
            func scores() async throws -> [Double?] {
                try await store.deployments.outcomes(
                    of: ada, with: [prompt], from: start, to: .now.addingTimeInterval(60), limit: 100
                ).map(\.score)
            }
            #expect(try await scores() == [1, 0, nil, 0])
            // The second one is not over yet: what came after it waits, too.
            let second = tasks[1]
            try await pool.run(
                """
                update agent_tasks
                set status = 'routed', finished_at = null, output = null, prompt_id = \(prompt)::uuid
                where id = \(second)::uuid
                """)
            #expect(try await scores() == [1])
            // For ten minutes at most.
            try await pool.run("update agent_tasks set created_at = created_at - interval '1 hour'")
            let late = try await store.deployments.outcomes(
                of: ada, with: [prompt], from: start.addingTimeInterval(-3_600), to: .now, limit: 100)
            #expect(late.count == 4)
            let last = try await store.deployments.outcomes(
                of: ada, with: [prompt], from: start.addingTimeInterval(-3_600), to: .now, limit: 2, latest: true)
            #expect(last.map(\.taskID) == late.suffix(2).map(\.taskID))
            try await pool.run("update agent_performance_scores set experiment_id = gen_random_uuid()")
            #expect(try await scores().isEmpty)
        }
    }

    @Test("a gate speaks for a prompt against the one that it was measured by, and for no other")
    func evidence() async throws {
        try await TestStore.run { store, pool in
            let ids = try await prompts(store, 3)
            let evidence = { (production: PromptID) in
                try await store.experiments.evidence(for: ids[1], against: production).proof
            }
            #expect(try await evidence(ids[0]) == .unproved)
            try await pool.run(
                """
                insert into experiments (id, prompt_id, baseline_prompt_id, kind, status, results, completed_at)
                values (gen_random_uuid(), \(ids[1])::uuid, \(ids[0])::uuid, 'gate', 'completed',
                    '{"verdict": "promote"}', now())
                """)
            #expect(try await evidence(ids[0]) == .proved)
            #expect(try await evidence(ids[2]) == .stale)
            try await pool.run(
                """
                insert into experiments (id, prompt_id, baseline_prompt_id, kind, status, results, completed_at, created_at)
                values (gen_random_uuid(), \(ids[1])::uuid, \(ids[0])::uuid, 'gate', 'inconclusive',
                    '{"verdict": "inconclusive"}', now(), now() + interval '1 second')
                """)
            #expect(try await evidence(ids[0]) == .unproved)
        }
    }

    @Test("a canary takes its share of the tasks, always the same ones, and keeps them when it grows")
    func share() {
        let (small, other) = (Canary(promptID: .new(), share: 0.1), Canary(promptID: .new(), share: 0.1))
        let tasks = (0..<20_000).map { _ in TaskID.new() }
        let taken = tasks.filter(small.takes)
        // Five standard deviations.
        #expect((1_788...2_212).contains(taken.count))
        #expect(tasks.filter(small.takes) == taken)
        var grown = small
        grown.share = 0.3
        #expect(taken.allSatisfy(grown.takes))
        // Another prompt's share is drawn anew.
        #expect((133...267).contains(taken.count(where: other.takes)))
        grown.share = 1
        #expect(tasks.allSatisfy(grown.takes))
    }
}

extension NewDeployment {
    fileprivate var experiment: ExperimentID { ExperimentID(derivedFrom: id, "canary") }
}
