import ChaosKit
import Foundation
import Redis
import Testing

@Suite("The invariant checker finds what must not be", .timeLimit(.minutes(3)))
struct CheckerTests {
    @Test("a sound record passes every check")
    func sound() async throws {
        #expect(try await SoundRecord().broken().isEmpty)
    }

    @Test("a violation in the record is found and named", arguments: RecordViolation.all)
    func record(_ violation: RecordViolation) async throws {
        var sound = try await SoundRecord()
        if violation.isOtherPublished {
            sound.evidence.published.append(
                PublishedTask(number: 2, id: SoundRecord.other, kind: .echo, replyTo: nil))
        }
        try await sound.execute(violation.sql)
        let finding = try #require(try await sound.broken()[violation.invariant])
        #expect(finding.violations > 0 && !finding.examples.isEmpty)
    }

    @Test("a published task without a row is missing, unless everything in Redis went meanwhile")
    func accepted() async throws {
        var sound = try await SoundRecord()
        sound.evidence.published.append(PublishedTask(number: 2, id: SoundRecord.other, kind: .echo, replyTo: nil))
        let broken = try await sound.broken()
        #expect(broken.keys.sorted() == ["every published task is on record"])
        #expect(broken.values.first?.examples == [SoundRecord.other])
        sound.evidence.flushes = 1
        #expect(try await sound.broken().isEmpty)
    }

    @Test("who was due to review is taken at its word, where somebody wrote it down")
    func plans() async throws {
        let sound = try await SoundRecord()
        try await sound.execute(
            """
            drop table if exists review_plans cascade;
            create table review_plans (task_id uuid, reviewers text[], absent text[] not null default '{}');
            insert into review_plans values ('\(SoundRecord.done)', '{kai}')
            """)
        #expect(try await sound.broken().isEmpty)
        try await sound.execute("update review_plans set reviewers = '{kai,maya}'")
        #expect(try await sound.broken().keys.sorted() == ["every reviewer who was due has reviewed"])
        try await sound.execute("update review_plans set reviewers = '{}'")
        #expect(try await sound.broken().keys.sorted() == ["nobody reviewed who was not due"])
    }

    @Test("a reply that never came, and one under two ids, are found; the same reply twice is fine")
    func replies() async throws {
        var sound = try await SoundRecord()
        try await sound.reply("reply-1")
        #expect(try await sound.broken().isEmpty)
        try await sound.reply("reply-2")
        #expect(
            try await sound.broken().keys.sorted()
                == ["a task was answered with one reply, however often it was delivered"])
        try await sound.redis.del(["hone:replies.chaos"])
        #expect(try await sound.broken().keys.sorted() == ["every finished task that asked for a reply got one"])
        sound.evidence.replies = [ReplySeen(task: SoundRecord.done, id: "reply-1")]
        #expect(try await sound.broken().isEmpty)
    }
}
