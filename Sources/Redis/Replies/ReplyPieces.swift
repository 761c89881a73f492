import CHiredis

/// What hiredis calls for each piece of a reply, so that it goes straight to a ``ReplyBuilder`` instead of into objects
/// of its own. The object of an array is the place of its first element, plus one: null would mean "out of memory".
enum ReplyPieces {
    /// Lets a reader hand its pieces to `builder`, which must outlive it.
    static func go(to builder: ReplyBuilder, from reader: UnsafeMutablePointer<redisReader>) {
        unsafe reader.pointee.fn = functions
        unsafe reader.pointee.privdata = Unmanaged.passUnretained(builder).toOpaque()
    }

    /// Made once, never changed and never freed.
    private nonisolated(unsafe) static let functions = {
        var functions = redisReplyObjectFunctions()
        unsafe functions.createString = { unsafe string($0, $1, $2) }
        unsafe functions.createArray = { unsafe array($0, Int($1)) }
        unsafe functions.createInteger = { unsafe piece($0, ReplyNode(kind: .integer, count: 0, start: Int($1))) }
        unsafe functions.createNil = { unsafe piece($0, .null) }
        unsafe functions.freeObject = { _ in }
        let memory = UnsafeMutablePointer<redisReplyObjectFunctions>.allocate(capacity: 1)
        unsafe memory.initialize(to: functions)
        return unsafe memory
    }()

    private typealias Task = UnsafePointer<redisReadTask>

    private static func string(_ task: Task?, _ start: UnsafePointer<CChar>?, _ count: Int) -> UnsafeMutableRawPointer?
    {
        guard let task = unsafe task, let builder = unsafe builder(task) else { return nil }
        let kind: ReplyNode.Kind =
            switch unsafe task.pointee.type {
            case REDIS_REPLY_STATUS: .simple
            case REDIS_REPLY_ERROR: .error
            default: .bulk
            }
        unsafe builder.text(UnsafeRawBufferPointer(start: start, count: count), kind, at: place(task))
        return unsafe token(0)
    }

    private static func array(_ task: Task?, _ count: Int) -> UnsafeMutableRawPointer? {
        guard let task = unsafe task, let builder = unsafe builder(task) else { return nil }
        return unsafe token(builder.array(of: count, at: place(task)))
    }

    private static func piece(_ task: Task?, _ node: ReplyNode) -> UnsafeMutableRawPointer? {
        guard let task = unsafe task, let builder = unsafe builder(task) else { return nil }
        unsafe builder.put(node, at: place(task))
        return unsafe token(0)
    }

    private static func builder(_ task: Task) -> ReplyBuilder? {
        guard let builder = unsafe task.pointee.privdata else { return nil }
        return unsafe Unmanaged<ReplyBuilder>.fromOpaque(builder).takeUnretainedValue()
    }

    private static func place(_ task: Task) -> Int? {
        guard let parent = unsafe task.pointee.parent else { return nil }
        return unsafe Int(bitPattern: parent.pointee.obj) - 1 + Int(task.pointee.idx)
    }

    private static func token(_ place: Int) -> UnsafeMutableRawPointer? {
        unsafe UnsafeMutableRawPointer(bitPattern: place + 1)
    }
}
