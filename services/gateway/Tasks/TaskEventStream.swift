import Foundation
import HoneAPI
import HoneBus
import HoneCore
import HoneMessages
import HoneStore
import Hummingbird

/// One task's events for one client: a snapshot of the record, what it missed where it says how far it was, then what
/// comes, until the task is over.
///
/// A client that falls ``EventStreams/capacity`` events behind is given those and let go; it can come back for the rest.
/// One whose key or token does not hold any more is let go within seconds.
struct TaskEventStream {
    private static let longest: Duration = .seconds(3_600)
    private static let beat: Duration = .seconds(5)
    /// Entries that are looked through at once for what a client missed.
    private static let part = 1_000

    let backend: Backend
    let caller: Caller
    let task: TaskRecord
    /// Without what was said.
    let isOutline: Bool
    /// The last event that the client has.
    let last: EventID?

    @concurrent func write(to writer: inout any ResponseBodyWriter) async throws {
        let steps = backend.watch.steps(of: task.id, for: Self.longest, beat: Self.beat)
        // Whatever comes after this place comes by the steps.
        let present = try backend.hub.present(of: .progress)
        let isGap = try await isGap()
        if isGap, let last { try await writer.write(ServerEvent(name: "gap", ["after": "\(last)"]).bytes) }
        let start = isGap ? present : last ?? present
        let status = try await writeSnapshot(at: start, to: &writer)
        let place = try await replay(from: start, to: present, to: &writer)
        if status.isTerminal { return try await writeEnd(status, to: &writer) }
        try await follow(steps, from: place, to: &writer)
    }

    @concurrent private func follow(
        _ steps: AsyncStream<TaskStep>, from place: EventID, to writer: inout any ResponseBodyWriter
    ) async throws {
        var place = place
        for await step in steps {
            switch step {
            case .beat:
                guard try await isAdmitted() else { return }
                try await writer.write(ServerEvent.ping)
            case .over: return try await writeEnd(nil, to: &writer)
            case .event(let event):
                guard event.id > place else { continue }
                place = event.id
                try await write(event, to: &writer)
                if event.progress.endsTask { return try await writeEnd(nil, to: &writer) }
            }
        }
    }

    /// Whether what the caller proved itself with still holds.
    private func isAdmitted() async throws -> Bool {
        if let until = caller.until, until < Date() { return false }
        guard let key = Caller.key(of: caller.id) else { return true }
        return try await backend.store.keys.unrevoked(among: [key]).contains(key)
    }

    /// Whether what came after the client's last event may be gone.
    private func isGap() async throws -> Bool {
        guard let last else { return false }
        return try await backend.hub.history.isGone(after: last, in: .progress)
    }

    /// It carries the place from where on events follow, so that a client which has no more than it can go on there.
    @concurrent private func writeSnapshot(
        at place: EventID, to writer: inout any ResponseBodyWriter
    ) async throws -> TaskStatus {
        let task = try await backend.store.tasks.load(task.id) ?? task
        let body = TaskBody(try await backend.store.detail(of: task))
        let event = try ServerEvent(id: "\(place)", name: "snapshot", isOutline ? body.withoutContents : body)
        try await writer.write(event.bytes)
        return body.status
    }

    @concurrent private func writeEnd(_ status: TaskStatus?, to writer: inout any ResponseBodyWriter) async throws {
        var last = status ?? task.status
        if status == nil, let record = try await backend.store.tasks.load(task.id) { last = record.status }
        try await writer.write(ServerEvent(name: "done", SubmittedBody(taskID: task.id, status: last)).bytes)
    }

    @concurrent private func write(_ event: ProgressEvent, to writer: inout any ResponseBodyWriter) async throws {
        let (id, name) = (event.id.description, event.progress.kind.rawValue)
        let told =
            isOutline
            ? try ServerEvent(id: id, name: name, event.progress.outline)
            : ServerEvent(id: id, name: name, data: event.encoded)
        try await writer.write(told.bytes)
    }

    /// Writes what came after the client's last event; returns the place up to which all was told.
    @concurrent private func replay(
        from start: EventID, to present: EventID, to writer: inout any ResponseBodyWriter
    ) async throws -> EventID {
        var place = start
        while place < present {
            let found = try await backend.hub.history.events(
                of: .task("\(task.id)", outline: false), after: place, limit: Self.part)
            for event in found.events.compactMap(ProgressEvent.init) { try await write(event, to: &writer) }
            place = found.reached
        }
        return place
    }
}
