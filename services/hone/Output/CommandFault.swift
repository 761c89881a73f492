import HoneService

/// Why a command could not do its work, in one line for the person who typed it.
struct CommandFault: Error, Hashable, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// An error as lines for people: never a stack trace, never a Swift type's name.
func faultLines(of error: any Error) -> [String] {
    switch error {
    case let fault as SettingsFault: fault.lines
    case let faults as ResourceFaults: faults.list.map(\.description)
    case is CancellationError: ["interrupted"]
    default: ["\(error)".split(separator: "\n").joined(separator: "; ")]
    }
}
