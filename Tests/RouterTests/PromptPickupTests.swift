import HoneBus
import HoneCore
import HoneMessages
import HoneService
import HoneStore
import HoneTestKit
import Logging
import ServiceLifecycle
import TestServers
import Testing

@testable import Router

@Suite("A change of prompt is picked up", .timeLimit(.minutes(3)))
struct PromptPickupTests {
    /// Promotes another prompt of Ada's, and tells nobody.
    private func promote(_ words: String, in workshop: Workshop) async throws -> NewPrompt {
        let prompt = NewPrompt(agentID: .ada, template: PromptTemplate(system: words), actor: "test")
        try await workshop.store.transaction { store in
            _ = try await store.prompts.add(prompt)
            try await store.prompts.promote(prompt.id, by: "test", because: "better")
        }
        return prompt
    }

    private func announce(_ prompt: NewPrompt, in workshop: Workshop) async throws {
        try await workshop.send(
            PromptChanged(
                promptID: prompt.id, agentType: .llm, agentID: .ada, version: "2.0.0", from: .draft, to: .production))
    }

    /// Runs a directory that otherwise looks at the record once an hour.
    private func withDirectory(
        look: Duration, _ workshop: Workshop, _ body: @Sendable (Directory) async throws -> Void
    ) async throws {
        var pace = DirectoryPace()
        (pace.refresh, pace.look) = (.seconds(3_600), look)
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let directory = try await Directory(
            store: workshop.store, transport: workshop.bus.transport, settings: workshop.settings, pace: pace,
            logger: logger)
        let group = ServiceGroup(configuration: .init(services: [.init(service: directory)], logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            do {
                try await body(directory)
            } catch {
                await group.triggerGracefulShutdown()
                try await tasks.waitForAll()
                throw error
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    @Test("the message alone brings it", arguments: [WorkshopBusKind.memory, .redis])
    func message(_ kind: WorkshopBusKind) async throws {
        try await Workshop.open(on: kind) { workshop in
            try await withDirectory(look: .seconds(3_600), workshop) { directory in
                let prompt = try await promote("Other words.", in: workshop)
                // Whoever listens has to have begun: the message is told again until it is heard.
                try await eventually(within: .seconds(20), "the directory has heard of it") {
                    try await announce(prompt, in: workshop)
                    return directory.snapshot.agents[.ada]?.promptID == prompt.id
                }
                #expect(try await directory.prompt(prompt.id)?.template.system == "Other words.")
            }
        }
    }

    @Test("the record alone brings it, when the message is lost")
    func lostMessage() async throws {
        try await Workshop.open { workshop in
            try await withDirectory(look: DirectoryPace().look, workshop) { directory in
                for words in ["One.", "Two.", "Three."] {
                    let prompt = try await promote(words, in: workshop)
                    try await eventually(within: .seconds(20), "the directory has looked") {
                        directory.snapshot.agents[.ada]?.promptID == prompt.id
                    }
                }
            }
        }
    }

    @Test("a router gives tasks the new prompt, whether or not it was told")
    func routed() async throws {
        try await Workshop.open { workshop in
            try await workshop.running([Router.self]) {
                for isTold in [true, false] {
                    let prompt = try await promote("Told: \(isTold).", in: workshop)
                    if isTold { try await announce(prompt, in: workshop) }
                    try await eventually(within: .seconds(20), "tasks get the new prompt") {
                        let before = try await workshop.posted(TaskAssigned.self).count
                        try await workshop.submit(["input": "x", "category": "analysis", "pin": ["agent_id": "ada"]])
                        let assigned = try await workshop.posted(TaskAssigned.self, reaching: before + 1)
                        return assigned.last?.body.promptID == prompt.id
                    }
                }
            }
        }
    }
}
