public import Foundation
public import HoneCore

extension Delivery {
    /// What re-enters the stream for another attempt: the same message, addressed to one group, its history with it.
    public func retried(by group: String, because fault: TaskFault, at time: Date) -> Envelope {
        var next = envelope
        next.set(Attribute.group, group)
        next.set(Attribute.deliveries, String(deliveries))
        next.keepOrigin(entryID)
        next.remember(fault, at: time)
        return next
    }

    /// The dead letter: the original fields, of those beyond all measure the first part, and why, where, when and by
    /// whom it was given up.
    public func deadLetter(
        because fault: TaskFault, streamKey: String, member: GroupMember, at time: Date
    ) -> Envelope {
        var letter = envelope
        letter.cutOversized()
        letter.keepOrigin(entryID)
        letter.set(Attribute.deadReason, fault.message)
        letter.set(Attribute.deadCode, fault.code.rawValue)
        letter.set(Attribute.deadStream, streamKey)
        letter.set(Attribute.deadGroup, member.group)
        letter.set(Attribute.deadEntryID, entryID)
        letter.set(Attribute.deadDeliveries, String(deliveries))
        letter.set(Attribute.deadTime, EventTime.text(of: time))
        letter.set(Attribute.deadService, member.service)
        return letter
    }
}

extension Envelope {
    /// The message as it re-enters its stream from the dead letters: for the group that refused it, with a fresh count.
    public func replayed() -> Envelope {
        var next = self
        next[Attribute.group] = self[Attribute.deadGroup]
        next[Attribute.deliveries] = nil
        for name in Attribute.dead { next[name] = nil }
        return next
    }

    fileprivate mutating func keepOrigin(_ entryID: String) {
        if self[Attribute.firstEntry] == nil { set(Attribute.firstEntry, entryID) }
    }

    fileprivate mutating func remember(_ fault: TaskFault, at time: Date) {
        let line = "\(EventTime.text(of: time)) \(fault)".replacing("\n", with: " ")
        set(Attribute.history, text(Attribute.history).map { "\($0)\n\(line)" } ?? line)
    }
}
