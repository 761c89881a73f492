import HoneCore

/// A place in a resource file that cannot be used.
struct ResourceFault: Error, Hashable, CustomStringConvertible {
    let file: String
    /// Counted from 1.
    let line: Int
    let fault: InvalidValue

    var description: String { "\(file):\(line): \(fault)" }
}

/// Everything that is wrong with the files of one call, of which nothing was applied.
struct ResourceFaults: Error, Hashable {
    let list: [ResourceFault]
}
