import Foundation
import HoneBus
import HoneCore

/// The message of all measurements: 500 bytes of JSON, with the same fields as the payload of the peers.
struct Sample: Message {
    static let type = "hone.bench.sample.v1"
    static let topic = Topic("samples", .work(groups: [BenchBus.group]))
    static let size = 500

    var id: UUID
    var kind = "job.step"
    var tenant = "acme-research"
    var attempt = 1
    var generation: Int
    var population = 200
    var objectives = 3
    var point = [0.123456, 0.234567, 0.345678, 0.456789, 0.567891, 0.678912]
    var trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    /// Nanoseconds since 1970.
    var sentAt: Int
    var pad = ""

    init(_ number: Int, sentAt: Int = Meter.nanoseconds) {
        id = UUID.hone.derived("sample \(number)")
        generation = 100 + number % 400
        self.sentAt = sentAt
        pad = String(repeating: "x", count: Self.padding)
    }

    private init() {
        id = UUID.hone
        generation = 100
        sentAt = Meter.nanoseconds
    }

    private static let padding = size - ((try? WireFormat.encode(Sample()).count) ?? 0)

    var partitionKey: String { id.uuidString }

    enum CodingKeys: String, CodingKey {
        case id, kind, tenant, attempt, generation, population, objectives, point, trace, pad
        case sentAt = "sent_at"
    }

    func publication() throws -> Publication {
        try Publication(self, id: id, traceparent: trace)
    }
}
