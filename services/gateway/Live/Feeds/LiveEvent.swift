import Foundation
import HoneBus
import HoneCore
import HoneMessages
import NIOCore

/// Something that moved, encoded once for all who follow it.
struct LiveEvent: Sendable {
    let id: EventID
    private(set) var feed: LiveFeed
    private(set) var routes: [LiveRoute]
    /// The whole frame as it goes to the socket.
    let frame: ByteBuffer
    /// The same for sockets that take it so; nil where it is too small for that.
    private let deflated: DeflatedFrame?
    /// Of progress, what it was read from.
    private(set) var origin: Origin?

    struct Origin: Sendable {
        let subject: ProgressMade.Subject
        let subjectID: String
        let time: String
        let data: Data
        /// Where somebody wanted it read whole.
        var progress: ProgressMade?
    }

    init(id: EventID, feed: LiveFeed, routes: [LiveRoute], frame: ByteBuffer, origin: Origin? = nil) {
        self.id = id
        self.feed = feed
        self.routes = routes
        self.frame = frame
        deflated = DeflatedFrame(frame)
        self.origin = origin
    }

    var progress: ProgressMade? {
        origin.flatMap { $0.progress ?? (try? WireFormat.decode(ProgressMade.self, from: $0.data)) }
    }

    /// The task it is about, where it is about one.
    var taskID: TaskID? {
        origin.flatMap { $0.subject == .task ? TaskID($0.subjectID) : nil }
    }

    /// The same for the one caller whose task it is.
    func owned(by owner: String?) -> LiveEvent {
        var event = self
        event.feed = .owned
        event.routes = owner.map { [.tasksOf(owner: $0)] } ?? []
        return event
    }

    /// The frame in this form; nil where there is none.
    func frame(in form: FrameForm) -> ByteBuffer? {
        if form.isOutline { return outline() }
        return form.isDeflated ? deflated?.bytes ?? frame : frame
    }

    /// The frame without what was said in the task.
    func outline() -> ByteBuffer? {
        guard let origin, let outline = progress?.outline, let data = try? WireFormat.encode(outline) else {
            return nil
        }
        return EventFrame.bytes(id: id, type: outline.kind.rawValue, time: origin.time, data: data)
    }
}

extension ProgressMade {
    /// What those may see who may not see the contents of a task: that it moves, not what is said.
    var outline: ProgressMade {
        var outline = self
        if kind != .state, kind != .node { outline.message = nil }
        if kind != .score, kind != .node { outline.data = nil }
        return outline
    }
}
