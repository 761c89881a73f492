import ChaosKit
import Foundation
import TestServers
import Testing

@Suite("The plan of faults")
struct PlanTests {
    private let services = StackOptions(instances: ["executor": 2], migrations: "").ids

    @Test("the same seed gives the same plan, another seed another one")
    func seeded() {
        #expect(
            FaultPlan.short(seed: 7, services: services).steps == FaultPlan.short(seed: 7, services: services).steps)
        let long = { FaultPlan.long(seed: $0, services: services, killEvery: 5, flushes: 2).steps }
        #expect(long(7) == long(7) && long(7) != long(8))
    }

    @Test("the short plan meets everything, whatever the seed", arguments: [1, 2, 3, 4, 5] as [UInt64])
    func complete(_ seed: UInt64) {
        let plan = FaultPlan.short(seed: seed, services: services)
        let faults = plan.steps.map(\.fault)
        #expect(Set(StackOptions.services).isSubset(of: faults.compactMap(\.killed)))
        #expect(
            faults.contains {
                if case .freeze(let id, let seconds) = $0 { id.instance == 2 && seconds > 6 } else { false }
            })
        #expect(faults.contains(.restartRedis) && (faults.contains(.restartPostgres) || faults.contains(.killPostgres)))
        #expect(plan.flushes.count == 1 && plan.steps.map(\.at) == plan.steps.map(\.at).sorted())
    }

    @Test("the long plan kills on time, and flushes when shares of the work are done")
    func long() {
        let plan = FaultPlan.long(seed: 1, services: services, killEvery: 5, flushes: 2, horizon: 600)
        let kills = plan.steps.filter { $0.fault.killed != nil }
        #expect(kills.map(\.at) == (1...120).map { Double($0) * 5 })
        #expect(plan.flushes == [1.0 / 3, 2.0 / 3])
        #expect(Set(plan.steps.map(\.fault.kind)).count == 11)
    }
}

extension Fault {
    /// Whom it kills.
    fileprivate var killed: String? { if case .kill(let id) = self { id.name } else { nil } }
}
