import HoneBus
import HoneMessages
import Testing

@testable import Hone

@Suite("What the doctor makes of the bus")
struct ExaminationTests {
    private func depth(_ key: String, _ groups: [BusDepth.Group]) -> BusDepth {
        BusDepth(streams: [.init(key: key, length: 9_000, groups: groups)], delayed: 0, dead: 0)
    }

    @Test("a group that falls behind is named as the service to scale, one more than there are")
    func backlog() throws {
        let group = BusDepth.Group(name: "executor", lag: 800, pending: 10, members: 2)
        let finding = try #require(
            BusExamination.backlogs(depth("hone:tasks.assigned.batch", [group]), most: 1_000).first)
        #expect(finding.verdict == .doubtful && finding.advice?.contains("hone scale executor=3") == true)
    }

    @Test("work that nobody reads is wrong, however little it is")
    func nobody() throws {
        let group = BusDepth.Group(name: "router", lag: 1, pending: 0, members: 0)
        let finding = try #require(BusExamination.backlogs(depth("hone:tasks.submitted", [group]), most: 1_000).first)
        #expect(finding.verdict == .wrong && finding.advice?.contains("no router runs") == true)
    }

    @Test("a missing group is named with its stream, in partitions too")
    func groups() {
        let there = BusDepth.Group(name: "router", lag: 0, pending: 0, members: 1)
        let finding = BusExamination.groups(depth("hone:{3}:tasks.failed", [there]))
        #expect(finding.verdict == .wrong && finding.detail == "missing: stats-aggregator on hone:{3}:tasks.failed")
    }
}
