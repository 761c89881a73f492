import HoneCore
import Testing

@testable import HoneIntelligence

@Suite("alert rules")
struct AlertRuleTests {
    private let today = Day(number: 20_000)

    private func work(
        _ daysAgo: ClosedRange<Int>, tasks: Int64 = 10, failed: Int64 = 0, cost: Int64 = 1_000
    ) throws -> [DailyWork] {
        let (agent, category) = (try agentID("ada"), try category("a"))
        return daysAgo.map { ago in
            DailyWork(
                agent: agent, category: category, day: today - ago, count: tasks, failed: failed, priced: tasks,
                cost: MicroUSD(tasks * cost))
        }
    }

    private func isPresent(_ condition: AlertCondition) -> Bool {
        if case .present = condition { true } else { false }
    }

    @Test("a week that costs more than 1.5 times the month is a spike")
    func spike() throws {
        let month = try work(7...29)
        // (23 · 1 + 7 · x) / 30 · 1.5 = x at x = 1.77.
        #expect(isPresent(CostSpike.condition(try month + work(0...6, cost: 1_800), today: today)))
        #expect(CostSpike.condition(try month + work(0...6, cost: 1_750), today: today) == .unclear)
        #expect(CostSpike.condition(try month + work(0...6, cost: 1_200), today: today) == .absent)
    }

    @Test("more tasks at the same price are no spike, nor are a few dear ones")
    func volume() throws {
        let month = try work(7...29)
        #expect(CostSpike.condition(try month + work(0...6, tasks: 900), today: today) == .absent)
        #expect(CostSpike.condition(try month + work(0...0, tasks: 19, cost: 90_000), today: today) == .unclear)
        #expect(CostSpike.condition(try work(0...6, cost: 90_000), today: today) == .unclear)
        #expect(CostSpike.condition(month, today: today) == .absent)
        #expect(CostSpike.condition(try work(0...29, cost: 0), today: today) == .absent)
    }

    @Test("failing is told from bad luck, and from what is long ago")
    func failures() throws {
        #expect(isPresent(FailureRate.condition(try work(0...1, tasks: 10, failed: 5), today: today)))
        #expect(FailureRate.condition(try work(0...1, tasks: 2, failed: 2), today: today) == .unclear)
        #expect(FailureRate.condition(try work(0...1, tasks: 10, failed: 2), today: today) == .unclear)
        #expect(FailureRate.condition(try work(0...1, tasks: 10, failed: 1), today: today) == .absent)
        #expect(FailureRate.condition(try work(2...9, tasks: 10, failed: 9), today: today) == .absent)
    }

    @Test("a model that cannot be reached is critical once it fails half of its calls")
    func service() throws {
        let model = try #require(ModelID("m1"))
        func finding(_ unavailable: Int64) -> AlertFinding? {
            let condition = FailureRate.condition(ModelService(model: model, count: 40, unavailable: unavailable))
            return if case .present(let finding) = condition { finding } else { nil }
        }
        #expect(finding(30)?.severity == .critical)
        #expect(finding(18)?.severity == .warning)
        #expect(finding(3) == nil)
    }

    @Test("each agent and model is looked at by every rule, and old work by none")
    func all() throws {
        let model = try #require(ModelID("m1"))
        let conditions = AlertRules.conditions(
            try work(0...70), [ModelService(model: model, count: 1, unavailable: 0)], today: today)
        let keys = [AlertKind.qualityDrop, .costSpike, .failureRate].map { AlertKey($0, "ada") }
        #expect(Set(conditions.keys) == Set(keys + [AlertKey(.service, "m1")]))
        #expect(conditions.values.allSatisfy { $0 == .absent })
        #expect(AlertRules.conditions(try work(60...70), today: today).isEmpty)
    }

    @Test("an alert is raised once while it lasts, cleared when it is over, and raised again when it is back")
    func lifecycle() {
        var generator = SeededGenerator(seed: UInt64(9))
        let keys = [AlertKey(.costSpike, "ada"), AlertKey(.failureRate, "ada"), AlertKey(.service, "m1")]
        var standing: Set<AlertKey> = []
        var wasPresent: Set<AlertKey> = []
        for _ in 0..<2_000 {
            var conditions: [AlertKey: AlertCondition] = [:]
            for key in keys where generator.nextUnit() < 0.95 {
                conditions[key] = [.absent, .unclear, .present(AlertFinding(.warning, "x"))].randomElement(
                    using: &generator)
            }
            let changes = AlertChanges(standing: standing, conditions: conditions)
            for key in keys {
                switch conditions[key] {
                case .present: #expect((changes.raised[key] != nil) == !standing.contains(key))
                case .unclear: #expect(changes.raised[key] == nil && !changes.cleared.contains(key))
                case .absent, nil: #expect(changes.cleared.contains(key) == standing.contains(key))
                }
            }
            standing = standing.union(changes.raised.keys).subtracting(changes.cleared)
            wasPresent.formUnion(standing)
            #expect(AlertChanges(standing: standing, conditions: conditions).raised.isEmpty, "the same look again")
        }
        #expect(wasPresent.count == keys.count)
    }
}
