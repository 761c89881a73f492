/// Where one value of a document lies. Values follow each other as they are written; what is in an array or an object
/// comes right behind it, an object's names among its values.
struct JSONNode {
    enum Kind: UInt8 { case null, yes, no, integer, number, text, escapedText, array, object }

    let kind: Kind
    /// Its bytes; those of a text without the quotes.
    let start: Int32
    let end: Int32
    /// The place of what follows this value and all that is in it.
    var next: Int32

    var bytes: Range<Int> { Int(start)..<Int(end) }
}
