import Foundation
import HoneCore
import HoneStore
import Postgres
import TestServers
import Testing

@Suite("The sealed holdout", .timeLimit(.minutes(3)))
struct SealTests {
    @Test("nobody reads a sealed case as the optimizer, nor anything of its trials", arguments: Attack.all)
    func sealed(_ attack: Attack) async throws {
        try await Vault.open { vault in
            for url in [vault.underRole, vault.ownLogin] {
                let found = try await vault.attack(attack, as: url)
                #expect(!found.contains(Vault.secret), "\(found)")
            }
        }
    }

    @Test("the owner reads all of it, so that the attacks look for something that is there")
    func owner() async throws {
        try await Vault.open { vault in
            let there = Attack.all.filter(\.worksForOwner)
            #expect(there.count > 15)
            for attack in there {
                let found = try await vault.attack(attack, as: vault.url)
                #expect(found.contains(Vault.secret), "\(attack.testDescription): \(found)")
            }
        }
    }

    @Test("what comes back of a sealed trial is whether it was passed, its cost and its time")
    func endings() async throws {
        try await Vault.open { vault in
            let sealed = try await vault.sealed.trials.endings(of: [vault.trial]).first
            let ending = try #require(sealed)
            #expect(ending.passed == true && ending.cost == MicroUSD(42) && ending.durationSeconds == 0.25)
            #expect(ending.accuracy == nil && ending.feedback == nil && ending.status == .completed)
            let open = try #require(try await vault.sealed.trials.endings(of: [vault.openTrial]).first)
            #expect(open.accuracy == 0.9)
            let holdout = try await vault.sealed.benchmarks.holdout(of: "suite")
            let others = try await vault.sealed.benchmarks.cases(of: "suite")
            #expect(holdout.map(\.id) == ["h1", "h2"] && holdout.map(\.control) == [true, false])
            #expect(others.map(\.id) == ["t1", "v1"])
        }
    }

    @Test("a trial of a sealed case is entered, found again and withdrawn without being seen")
    func entering() async throws {
        try await Vault.open { vault in
            let trial = vault.newTrial(of: "h2")
            let entered = try await vault.sealed.trials.enter([trial, vault.newTrial(of: "nowhere")], of: "suite")
            #expect(entered.map(\.taskID) == [trial.taskID] && entered[0].isWaiting)
            let again = try await vault.sealed.trials.enter([trial], of: "suite")
            let seen = try await vault.sealed.tasks.load(trial.taskID)
            #expect(again.map(\.taskID) == [trial.taskID] && seen == nil)
            let task = try #require(try await vault.store.tasks.load(trial.taskID))
            #expect(CaseReference(task.input) == CaseReference(benchmark: "suite", id: "h2") && task.expected == nil)
            let fault = TaskFault(.cancelled, "enough")
            let withdrawn = try await vault.sealed.trials.withdraw(vault.optimization, because: fault)
            let ended = try await vault.store.tasks.load(trial.taskID)
            #expect(withdrawn == 1 && ended?.status == .cancelled)
        }
    }

    @Test("a trial's work has the input of its case; a task that only names one has nothing")
    func opening() async throws {
        try await Vault.open { vault in
            let work = try #require(try await vault.store.scores.work(of: [vault.trial]).first)
            #expect(work.input == .string(Vault.text) && work.expected == .choice(Vault.secret))
            let stranger = try await vault.complete(
                Submission(
                    taskID: .new(), submissionID: UUID(), input: CaseReference(benchmark: "suite", id: "h1").input,
                    experimentID: vault.experiment), output: "no")
            let named = try #require(try await vault.store.scores.work(of: [stranger]).first)
            #expect(CaseReference(named.input) != nil && named.expected == nil)
        }
    }

    @Test("a prompt's words tell which cases it has copied, and never what they say")
    func copies() async throws {
        try await Vault.open { vault in
            let prompts = [
                "Sort them. For example: \(Vault.text.uppercased())!": ["h1"],
                "Six, seven: eight nine ten eleven twelve thirteen": ["v1"],
                "Is the train late? Open the door of the train.": [],
                "An honest prompt about seven or eight things": [],
            ]
            for (prompt, cases) in prompts {
                let copied = try await vault.sealed.benchmarks.cases(of: "suite", copiedInto: prompt)
                #expect(copied.map(\.id) == cases, "\(prompt)")
            }
        }
    }

    @Test("cases with the same words in different splits are found, whatever their punctuation")
    func duplicates() async throws {
        try await Vault.open { vault in
            let none = try await vault.store.benchmarks.duplicates(in: "suite")
            #expect(none.isEmpty)
            try await vault.apply(
                [
                    BenchmarkCase(id: "a", input: "The SAME text.", expected: nil, split: .train),
                    BenchmarkCase(id: "b", input: "the same  text", expected: nil, split: .holdout),
                    BenchmarkCase(id: "c", input: "The same text", expected: nil, split: .train),
                ], as: "other")
            let found = try await vault.sealed.benchmarks.duplicates(in: "other")
            #expect(found.map(\.firstID) == ["a", "b"] && found.map(\.secondID) == ["b", "c"])
        }
    }

    @Test("owners' plans know nothing of the seal")
    func plans() async throws {
        try await Vault.open { vault in
            let plans = try await vault.pool.query(
                "explain (verbose) select * from agent_tasks where id = gen_random_uuid()", as: String.self)
            #expect(!plans.joined().contains("is_sealed"))
            let bound = try PostgresPool(url: vault.underRole)
            let theirs = try await bound.query("explain (verbose) select * from agent_tasks", as: String.self)
            #expect(theirs.joined().contains("is_sealed"))
            await bound.close()
        }
    }

    @Test("the seal is found where it holds, and what it lacks where it does not")
    func flaw() async throws {
        try await Vault.open { vault in
            let flaws = [try await vault.store.seal.flaw(), try await vault.store.seal.close()]
            #expect(flaws == [nil, nil])
            let own = try Store(url: vault.ownLogin)
            var open: [Bool] = []
            for store in [vault.store, vault.sealed, own] { open.append(try await store.seal.isOpen()) }
            #expect(open == [true, false, false])
            await own.close()
            try await vault.pool.run("drop policy sealed on judgements")
            let broken = try await vault.store.seal.flaw()
            #expect(broken == "the role hone_optimizer has no policies")
            let mended = [try await Store.seal(vault.url), try await vault.store.seal.flaw()]
            #expect(mended == [nil, nil])
        }
    }
}
