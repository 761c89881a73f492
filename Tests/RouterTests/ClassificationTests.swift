import Foundation
import HoneCore
import HoneMessages
import HoneStore
import HoneTestKit
import Testing

@testable import Router

@Suite("Classifying tasks", .timeLimit(.minutes(3)))
struct ClassificationTests {
    /// A workshop in which tasks are of two kinds, of which only one has agents.
    private func open(_ body: @Sendable (Workshop) async throws -> Void) async throws {
        try await Workshop.open { workshop in
            let cooking = ObjectiveTemplate(
                category: .named("cooking"), description: "Recipes: ingredients, oven, soup, bread and dinner.")
            _ = try await workshop.store.templates.apply(cooking)
            for _ in 0..<3 {
                _ = try await workshop.assign(
                    TaskSubmitted(input: "Which feeling does this text express?", category: .analysis))
            }
            try await body(workshop)
        }
    }

    private func routed(_ workshop: Workshop, _ task: JSONValue) async throws -> TaskRecord {
        let id = TaskID.new()
        var members = task.object ?? [:]
        members["task_id"] = .string(id.description)
        let document = JSONValue.object(members)
        try await workshop.running([Router.self]) {
            try await workshop.submit(document)
            _ = try await workshop.posted(TaskAssigned.self, reaching: 1)
        }
        return try await workshop.task(id, is: .routed)
    }

    @Test("a task without a category gets the one that its words say, marked as not given")
    func classified() async throws {
        try await open { workshop in
            let record = try await routed(workshop, ["input": "Which feeling does this text express: fine weather?"])
            #expect(record.category == .analysis)
            #expect((record.categoryConfidence ?? 0) >= 0.75)
            #expect(record.complexity == 1 && record.complexityEstimated)
        }
    }

    @Test("what the publisher gave stays, whatever the words say")
    func given() async throws {
        try await open { workshop in
            let record = try await routed(
                workshop, ["input": "Soup and bread from the oven", "category": "analysis", "complexity": 4])
            #expect(record.category == .analysis && record.categoryConfidence == nil)
            #expect(record.complexity == 4 && !record.complexityEstimated)
        }
    }

    @Test("a task that says nothing of its category is counted as general, and anybody may take it")
    func unclear() async throws {
        try await open { workshop in
            let record = try await routed(workshop, ["input": "qwertz"])
            #expect(record.category == .general && record.categoryConfidence == 0 && record.agentID != nil)
        }
    }

    @Test("a category that nobody can take is not held against a task that did not ask for it")
    func nobody() async throws {
        try await open { workshop in
            let record = try await routed(workshop, ["input": "Ingredients of a dinner: soup, bread, oven recipes"])
            #expect(record.category == .general && record.categoryConfidence == 0 && record.agentID != nil)
        }
    }
}

@Suite("Asking for tools", .timeLimit(.minutes(3)))
struct ToolTests {
    @Test("a task that needs a tool goes to who has it, and to nobody when nobody has")
    func tools() async throws {
        try await Workshop.open { workshop in
            try await workshop.store.hire(
                Agent(id: .bob, specialization: [.analysis], model: .beta, tools: ["search"]))
            try await workshop.running([Router.self]) {
                let task: JSONValue = ["input": "x", "category": "analysis", "constraints": ["tools": ["search"]]]
                try await workshop.submit(task)
                let assigned = try #require(try await workshop.posted(TaskAssigned.self, reaching: 1).first)
                #expect(assigned.body.agentID == .bob)
                let key = workshop.replyKey("tools")
                try await workshop.submit([
                    "input": "x", "category": "analysis", "constraints": ["tools": ["saw"]], "reply_to": .string(key),
                ])
                let fault = try #require(try await workshop.reply(at: key).error)
                #expect(fault.code == .noCapableAgent && fault.message.contains("ada lacks saw"))
            }
        }
    }
}
