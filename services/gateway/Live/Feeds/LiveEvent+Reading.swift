import Foundation
import HoneBus
import HoneCore
import HoneMessages

extension LiveEvent {
    /// Reads an entry as far as it must be known where it goes, or `wholly`; nil when it is not what its stream should have.
    init?(_ delivery: Delivery, of feed: LiveFeed, wholly: Bool = false) {
        guard let id = EventID(delivery.entryID), let data = delivery.envelope.data,
            String(validating: data, as: UTF8.self) != nil
        else { return nil }
        let time = Self.time(of: delivery, id)
        switch feed {
        case .progress, .owned: self.init(progress: data, id: id, time: time, wholly: wholly)
        case .statistics: self.init(data, type: "stats", StatsUpdated.self, to: .leaderboard, id: id, time: time)
        case .logs: self.init(data, type: "log", LogRecord.self, to: .logs, id: id, time: time)
        case .system: return nil
        }
    }

    private init?<Body: Decodable>(
        _ data: Data, type: String, _ body: Body.Type, to route: LiveRoute, id: EventID, time: String
    ) {
        guard (try? WireFormat.decode(Body.self, from: data)) != nil else { return nil }
        let frame = EventFrame.bytes(id: id, type: type, time: time, data: data)
        self.init(id: id, feed: route.feed, routes: [route], frame: frame)
    }

    private init?(progress data: Data, id: EventID, time: String, wholly: Bool) {
        let progress = wholly ? try? WireFormat.decode(ProgressMade.self, from: data) : nil
        guard
            let address = progress.map(ProgressAddress.init)
                ?? (try? WireFormat.decode(ProgressAddress.self, from: data))
        else { return nil }
        self.init(
            id: id, feed: .progress, routes: address.routes,
            frame: EventFrame.bytes(id: id, type: address.kind.rawValue, time: time, data: data),
            origin: Origin(
                subject: address.subject, subjectID: address.subjectID, time: time, data: data, progress: progress))
    }

    /// When it happened; else when it came.
    private static func time(of delivery: Delivery, _ id: EventID) -> String {
        let told = delivery.envelope.text(Attribute.time).flatMap(EventTime.date)
        return EventTime.text(of: told ?? Date(timeIntervalSince1970: Double(id.milliseconds) / 1_000))
    }
}

/// The members of progress that say where it goes.
private struct ProgressAddress: Decodable {
    let subject: ProgressMade.Subject
    let subjectID: String
    let agentID: String?
    let kind: ProgressMade.Kind

    enum CodingKeys: String, CodingKey {
        case subject, kind
        case subjectID = "subject_id"
        case agentID = "agent_id"
    }

    init(_ progress: ProgressMade) {
        subject = progress.subject
        subjectID = progress.subjectID
        agentID = progress.agentID?.description
        kind = progress.kind
    }

    var routes: [LiveRoute] {
        switch subject {
        case .task:
            [
                .task(subjectID, outline: false), .tasks(outline: false), .task(subjectID, outline: true),
                .tasks(outline: true),
            ]
        case .optimization: agentID.map { [.optimization(agent: $0)] } ?? []
        case .evaluation: agentID.map { [.evaluation(agent: $0)] } ?? []
        case .session: []
        }
    }
}
