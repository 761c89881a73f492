extension KeyedDecodingContainer {
    /// One of a closed set of words; a fault lists them.
    func decodeWord<Word: RawRepresentable & CaseIterable>(
        _ type: Word.Type, forKey key: Key
    ) throws -> Word where Word.RawValue == String {
        guard let word = Word(rawValue: try decode(String.self, forKey: key)) else {
            let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw DecodingError.dataCorruptedError(forKey: key, in: self, debugDescription: "one of \(words)")
        }
        return word
    }

    func decodeWordIfPresent<Word: RawRepresentable & CaseIterable>(
        _ type: Word.Type, forKey key: Key
    ) throws -> Word? where Word.RawValue == String {
        guard contains(key), try !decodeNil(forKey: key) else { return nil }
        return try decodeWord(type, forKey: key)
    }
}
