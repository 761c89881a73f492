public import HoneBus
public import HoneCore

/// Work for two groups.
public struct TestWork: Message {
    public static let type = "hone.test.work.v1"
    public static let topic = Topic("test.work", .work(groups: ["workers", "watchers"]))

    public var number: Int
    public var note: String?

    public init(_ number: Int, note: String? = nil) {
        self.number = number
        self.note = note
    }

    public var partitionKey: String { "\(number)" }

    public func validate() throws(InvalidValue) {
        if number < 0 { throw InvalidValue(path: "number", found: "\(number)", expected: "zero or more") }
    }
}

/// What `TestWork` causes.
public struct TestResult: Message {
    public static let type = "hone.test.result.v1"
    public static let topic = Topic("test.results", .work(groups: ["readers"]))

    public var number: Int

    public init(_ number: Int) { self.number = number }

    public var partitionKey: String { "\(number)" }
}

/// Work in lanes.
public struct TestErrand: Message {
    public static let type = "hone.test.errand.v1"
    public static let topic = Topic("test.errands", .work(groups: ["workers"]), isLaned: true)

    public var number: Int
    public var lane: Lane

    public init(_ number: Int, _ lane: Lane) {
        self.number = number
        self.lane = lane
    }

    public var partitionKey: String { "\(number)" }
}

/// News for everybody.
public struct TestNews: Message {
    public static let type = "hone.test.news.v1"
    public static let topic = Topic("test.news", .broadcast(cap: 1_000))

    public var number: Int

    public init(_ number: Int) { self.number = number }

    public var partitionKey: String { "news" }
}
