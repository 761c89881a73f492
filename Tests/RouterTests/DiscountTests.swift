import Foundation
import HoneCore
import HoneIntelligence
import HoneMessages
import HoneService
import HoneStore
import HoneTestKit
import Logging
import Testing

@testable import Router

@Suite("Beliefs after a change", .timeLimit(.minutes(3)))
struct DiscountTests {
    private func deviation(_ workshop: Workshop) async throws -> Double {
        let logger = Logger(label: "test")
        let directory = try await Directory(
            store: workshop.store, transport: workshop.bus.transport, settings: workshop.settings, logger: logger)
        let efforts = try await EffortBook(store: workshop.store, logger: logger)
        let view = try await PerformanceView(
            store: workshop.store, directory: directory, efforts: efforts, logger: logger)
        let (candidates, _) = view.outlook(for: .analysis, complexity: nil)
        await directory.close()
        return try #require(candidates.first { $0.id == .ada }).quality.deviation
    }

    @Test("another model makes the router unsure of an agent again")
    func model() async throws {
        try await Workshop.open { workshop in
            try await workshop.remember(.ada, tasks: 400, overall: 0.9)
            let before = try await deviation(workshop)
            try await workshop.store.hire(Agent(id: .ada, specialization: [.analysis], model: .beta))
            #expect(try await deviation(workshop) > 3 * before)
        }
    }
}
