public import Foundation

/// A pair of lines around text that others wrote, so that a model reads it as data.
///
/// The mark is derived from a hash of the content and does not occur in it: no content can close its own fence, nor can
/// its author know the mark before the content is whole.
public struct DataFence: Hashable, Sendable {
    public let mark: String

    /// `hash` is derived from what is fenced, such as `UUID.v5(namespace: .hone, name: work)`.
    public init(around content: String, hash: UUID) {
        var generator = SplitMix64(seed: hash.folded)
        var mark: String
        repeat {
            mark = "DATA-" + String(generator.next(), radix: 16, uppercase: true)
        } while content.utf8.contains(mark.utf8)
        self.mark = mark
    }

    public func enclose(_ content: String) -> String {
        "<<<\(mark)\n\(content)\n\(mark)>>>"
    }
}

extension UUID {
    /// Its two halves in one word.
    public var folded: UInt64 {
        withUnsafeBytes(of: uuid) { bytes in
            let (low, high) = (
                bytes.loadUnaligned(as: UInt64.self), bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
            )
            return UInt64(littleEndian: low ^ high)
        }
    }
}
