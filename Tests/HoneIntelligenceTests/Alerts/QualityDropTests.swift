import HoneCore
import Testing

@testable import HoneIntelligence

@Suite("quality drops", .computing)
struct QualityDropTests {
    /// An agent's days: `tasks` scores each, around the mean that `quality` tells for the day.
    static func days(
        _ count: Int, tasks: Int = 20, seed: UInt64 = 1, category: String = "a", quality: (Int) -> Double
    ) throws -> [DailyWork] {
        var generator = SeededGenerator(seed: seed)
        let (agent, category) = (try agentID("ada"), try HoneIntelligenceTests.category(category))
        return (0..<count).map { day in
            var sample = QualitySample()
            for _ in 0..<tasks {
                let score = min(1, max(0, generator.nextNormal(mean: quality(day), deviation: 0.15)))
                sample = sample + QualitySample(count: 1, sum: score, squares: score * score)
            }
            return DailyWork(
                agent: agent, category: category, day: Day(number: 20_000 + day), count: Int64(tasks), scores: sample)
        }
    }

    private func finding(_ work: [DailyWork]) -> AlertFinding? {
        if case .present(let finding) = QualityDrop.condition(work) { finding } else { nil }
    }

    @Test("a lasting fall is found within days, with the day it began and both levels")
    func falls() throws {
        let work = try Self.days(24) { $0 < 20 ? 0.85 : 0.6 }
        #expect(finding(Array(work.prefix(20))) == nil)
        let found = try #require(finding(work))
        #expect(found.details["since"] == .string(Day(number: 20_020).text))
        #expect(isClose(found.details["before"]?.double, 0.85, within: 0.03))
        #expect(isClose(found.details["after"]?.double, 0.6, within: 0.05))
        #expect(found.message.contains("0.8") && found.message.contains(Day(number: 20_020).text))
    }

    @Test("a fall begins where the two parts differ most, whatever noise there was before", arguments: UInt64(0)..<20)
    func beginning(seed: UInt64) throws {
        let work = try Self.days(24, tasks: 30, seed: seed) { day in
            day >= 21 ? 0.55 : 0.8 + (day < 2 ? 0.04 : day % 2 == 0 ? 0.02 : -0.02)
        }
        let found = try #require(finding(work))
        #expect(found.details["since"] == .string(Day(number: 20_021).text))
        #expect(isClose(found.details["before"]?.double, 0.8, within: 0.03))
    }

    @Test("a rise is nothing to be alarmed at")
    func rises() throws {
        #expect(finding(try Self.days(40) { $0 < 20 ? 0.5 : 0.9 }) == nil)
    }

    @Test("it is over soon after quality is back, and a second fall is found like the first")
    func recovers() throws {
        let quality: (Int) -> Double = { (20..<30).contains($0) || $0 >= 45 ? 0.6 : 0.85 }
        let work = try Self.days(52, quality: quality)
        let standing = (1...52).map { finding(Array(work.prefix($0))) != nil }
        #expect(!standing[..<20].contains(true))
        #expect(!standing[24..<30].contains(false), "it stands for as long as it lasts")
        #expect(!standing[34..<45].contains(true), "it is over")
        #expect(standing[51])
        #expect(zip(standing, standing.dropFirst()).filter { !$0 && $1 }.count == 2, "raised once per fall")
    }

    @Test("a fall that fills the window is the new normal")
    func newNormal() throws {
        let work = try Self.days(QualityDrop.window + 30) { $0 < 30 ? 0.85 : 0.6 }
        #expect(finding(Array(work.dropFirst(20).prefix(40))) != nil)
        #expect(finding(Array(work.suffix(QualityDrop.window))) == nil)
    }

    @Test("a day of hard tasks is no fall")
    func difficulty() throws {
        let easy = try Self.days(30, tasks: 18, category: "easy") { _ in 0.9 }
        let hard = try Self.days(30, tasks: 2, seed: 2, category: "hard") { _ in 0.3 }
        let later = try Self.days(10, tasks: 20, seed: 3, category: "hard") { _ in 0.3 }.map { work in
            var work = work
            work.day = work.day + 30
            return work
        }
        #expect(finding(easy + hard + later) == nil)
    }

    @Test("with too little work to compare, nothing is found", arguments: [0, 1, 4])
    func little(tasks: Int) throws {
        #expect(finding(try Self.days(6, tasks: tasks) { $0 < 3 ? 0.9 : 0.1 }) == nil)
    }

    /// Twenty agents over a year of days with 1 to 60 tasks each, of any quality: none may be suspected in more than one
    /// year of fifty, so that one of these twenty at most is.
    @Test("steady agents, however noisy, are left alone at the stated rate", arguments: [0.98, 0.8, 0.5])
    func falseAlarms(quality: Double) throws {
        #expect(try Self.falseAlarms(agents: 20, days: 365, quality: quality) <= 1)
    }

    /// Agents that were suspected on any day though they pass each task with the same chance.
    static func falseAlarms(agents: Int, days: Int, quality: Double) throws -> Int {
        let (agent, category) = (try agentID("ada"), try HoneIntelligenceTests.category("a"))
        return (0..<agents).filter { number in
            var generator = SeededGenerator(seed: UInt64(number))
            let work = (0..<days).map { day in
                let count = Int.random(in: 1...60, using: &generator)
                let passed = Double((0..<count).count { _ in generator.nextUnit() < quality })
                return DailyWork(
                    agent: agent, category: category, day: Day(number: day), count: Int64(count),
                    scores: QualitySample(count: Double(count), sum: passed, squares: passed))
            }
            return stride(from: QualityDrop.window, through: days, by: 3).contains { end in
                QualityDrop.condition(Array(work[(end - QualityDrop.window)..<end])) != .absent
            }
        }.count
    }
}
