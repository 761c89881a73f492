/// Sets the work of a prompt against the work before it came, which is of another time: nobody drew who does what.
///
/// Kind by kind of task, the first after is set against the last before, and so on, so that what is compared is as near
/// in time as it can be. A change of the tasks themselves looks like a change of the prompt here; so this raises an
/// alarm and decides nothing.
public enum BeforeAfter {
    /// Both in the order of arrival; `before` ends where `after` begins.
    public static func order(_ before: [CanaryOutcome], _ after: [CanaryOutcome]) -> [CanaryOutcome] {
        var rests = Dictionary(grouping: before, by: \.stratum)
        return after.flatMap { outcome -> [CanaryOutcome] in
            guard let near = rests[outcome.stratum]?.popLast() else { return [] }
            return [near, outcome]
        }
    }
}
