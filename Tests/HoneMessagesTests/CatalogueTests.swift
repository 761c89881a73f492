import HoneBus
import HoneMessages
import Testing

@Suite("the catalogue")
struct CatalogueTests {
    @Test("the streams and their groups are those of the public contract")
    func streams() {
        let table = Dictionary(uniqueKeysWithValues: Topic.all.map { ($0.name, $0.groups) })
        #expect(
            table == [
                "tasks.submitted": ["router"], "tasks.assigned": ["executor"], "tasks.completed": ["evaluator"],
                "tasks.failed": ["router", "stats-aggregator"], "judgements.requested": ["evaluator"],
                "evaluations.completed": ["peer-reviewer", "stats-aggregator"],
                "reviews.completed": ["stats-aggregator"], "feedback.received": ["stats-aggregator"],
                "stats.updated": [], "optimizations.requested": ["optimizer"], "prompts.changed": [],
                "progress": [], "logs": [],
            ])
    }

    @Test("assigned tasks travel in three lanes, and partitions keep outsiders' streams plain")
    func keys() {
        #expect(
            Topic.tasksAssigned.streams(partitions: 1).map { $0.key(in: "hone") } == [
                "hone:tasks.assigned.interactive", "hone:tasks.assigned.standard", "hone:tasks.assigned.batch",
            ])
        #expect(Topic.tasksSubmitted.streams(partitions: 4).map { $0.key(in: "hone") } == ["hone:tasks.submitted"])
        #expect(
            Topic.tasksCompleted.streams(partitions: 2).map { $0.key(in: "hone") } == [
                "hone:{0}:tasks.completed", "hone:{1}:tasks.completed",
            ])
    }
}
