import Foundation
import HoneCore
import Testing

@testable import HoneBus

@Suite("What travels in an entry")
struct WireTests {
    @Test(
        "a traceparent is read strictly",
        arguments: [
            "", "00-0-0-01", "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        ])
    func badTraceParents(_ text: String) {
        #expect(TraceParent(text) == nil)
    }

    @Test("a child has its parent's trace and flags, and a span made from its id")
    func child() throws {
        let parent = try #require(TraceParent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"))
        let effect = UUID.hone.derived("effect")
        #expect(parent.child(effect).traceID == parent.traceID)
        #expect(parent.child(effect).spanID != parent.spanID)
        #expect(parent.child(effect) == parent.child(effect))
        #expect(TraceParent(parent.child(effect).description) == parent.child(effect))
    }

    @Test("what is passed on keeps its bytes and names where it comes from")
    func passedOn() {
        let topic = Topic("received", .work(groups: ["g"]), isPartitioned: false)
        let publication = Publication(
            passingOn: Data([0xFF, 0x7B]), type: "t.v1", to: topic, id: UUID.hone, source: "/elsewhere")
        let envelope = publication.envelope(source: "/hone", time: Date(timeIntervalSince1970: 0))
        #expect(envelope[Attribute.data] == [0xFF, 0x7B])
        #expect(envelope.text(Attribute.source) == "/elsewhere" && envelope.text(Attribute.type) == "t.v1")
        #expect(publication.destination == .topic(topic, lane: nil, partitionKey: ""))
    }

    @Test("a message that names no trace begins one, the same at every delivery")
    func rootTrace() throws {
        let first = Delivery(stream: stream, entryID: "1-0", envelope: Envelope())
        let again = Delivery(stream: stream, entryID: "1-0", envelope: Envelope(), entryDeliveries: 2)
        #expect(TraceParent(first.traceparent) != nil)
        #expect(first.traceparent == again.traceparent)
    }

    @Test(
        "times are written and read as RFC 3339, as a formatter would",
        arguments: [
            0, 951_782_400.125, 1_795_242_600.999, 1_709_164_800, 4_102_444_799.5, -2_208_988_800,
        ])
    func times(_ seconds: Double) throws {
        let date = Date(timeIntervalSince1970: seconds)
        #expect(EventTime.text(of: date) == WireFormat.text(of: date))
        let back = try #require(EventTime.date(from: EventTime.text(of: date)))
        #expect(abs(back.timeIntervalSince(date)) < 0.000_5)
    }

    @Test("times with an offset or without a fraction are read, and nonsense is not")
    func otherTimes() {
        #expect(EventTime.date(from: "2026-11-21T10:30:00+02:00") == EventTime.date(from: "2026-11-21T08:30:00.000Z"))
        #expect(EventTime.date(from: "2026-02-30T08:30:00.000Z") == nil)
        #expect(EventTime.date(from: "yesterday") == nil)
    }

    @Test("a message without id is known by its first entry, through retry and replay")
    func identityWithoutID() {
        let first = Delivery(stream: stream, entryID: "1-0", envelope: Envelope([.init("data", "{}")]))
        let fault = TaskFault(.internal, "oops")
        let retried = Delivery(
            stream: stream, entryID: "2-0", envelope: first.retried(by: "g", because: fault, at: .distantPast))
        let member = GroupMember(group: "g", consumer: "c")
        let letter = retried.deadLetter(because: fault, streamKey: "k", member: member, at: .distantPast)
        let replayed = Delivery(stream: stream, entryID: "3-0", envelope: letter.replayed())
        #expect(first.messageID == retried.messageID)
        #expect(first.messageID == replayed.messageID)
        #expect(retried.deliveries == 2)
        #expect(replayed.deliveries == 1)
        #expect(replayed.envelope.fields.allSatisfy { !$0.name.hasPrefix("dead_") })
    }

    @Test("fields keep their order and their bytes when one is replaced, added or removed")
    func fields() {
        var envelope = Envelope([.init("a", "1"), .init("data", [0xFF, 0]), .init("empty", ""), .init("b", "2")])
        #expect(Envelope(bytes: envelope.bytes, ends: envelope.ends) == envelope)
        envelope["a"] = Array("one".utf8)
        envelope["c"] = []
        envelope["b"] = nil
        #expect(envelope.fields.map(\.name) == ["a", "data", "empty", "c"])
        #expect(envelope["data"] == [0xFF, 0])
        #expect(envelope.text("a") == "one")
        #expect(envelope["empty"] == [])
        #expect(envelope.text("empty") == nil)
        #expect(envelope["d"] == nil)
    }

    @Test("a later version of traceparent is read as the first")
    func laterVersion() {
        let later = "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more"
        #expect(TraceParent(later)?.description == "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
        #expect(TraceParent(later)?.spanID == "00f067aa0ba902b7")
    }

    @Test("an empty id is no id")
    func emptyID() {
        let delivery = Delivery(stream: stream, entryID: "1-0", envelope: Envelope([.init("id", "")]))
        #expect(delivery.eventID == "test/1-0")
    }

    @Test("the history has one line per attempt, even when a reason has several")
    func history() {
        var delivery = Delivery(stream: stream, entryID: "1-0", envelope: Envelope())
        for _ in 0..<2 {
            let fault = TaskFault(.internal, "first\nsecond")
            delivery = Delivery(
                stream: stream, entryID: "1-0", envelope: delivery.retried(by: "g", because: fault, at: .distantPast))
        }
        #expect(DeadLetter(id: "1-0", envelope: delivery.envelope).history.count == 2)
    }

    @Test("a key always falls into the same partition, and keys spread")
    func partitions() {
        let places = (0..<1_000).map { StreamName.partition(of: "task-\($0)", among: 4) }
        #expect(places == (0..<1_000).map { StreamName.partition(of: "task-\($0)", among: 4) })
        for place in 0..<4 { #expect(places.count { $0 == place } > 150) }
    }

    private let stream = StreamName(topic: "test")
}
