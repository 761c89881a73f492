import Foundation
import TestServers

/// The built programs of Hone.
public struct Binaries: Sendable {
    public let folder: String

    public init(folder: String) {
        self.folder = folder
    }

    /// Those beside the running program, or beside the tests' own.
    public static func beside() throws -> Binaries {
        let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let places = [program, Bundle.main.executablePath, CommandLine.arguments.first].compactMap(\.self)
            .map { ($0 as NSString).deletingLastPathComponent }
        guard let folder = places.first(where: { FileManager.default.isExecutableFile(atPath: "\($0)/hone-router") })
        else { throw ServerFailure("hone-router is not built beside \(program)") }
        return Binaries(folder: folder)
    }

    public func path(_ name: String) throws -> String {
        let path = "\(folder)/\(name)"
        guard FileManager.default.isExecutableFile(atPath: path) else { throw ServerFailure("\(path) is not built") }
        return path
    }
}
