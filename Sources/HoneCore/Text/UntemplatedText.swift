/// Text that others wrote, in which no chat template finds a mark of its own.
///
/// Servers put a conversation together as one text and read marks such as `<|im_end|>` or `[/INST]` in it as the ends of
/// messages, wherever they stand: no fence holds against them. A space after the bracket makes them plain words.
public enum UntemplatedText {
    /// What follows a `<` in such a mark. All of the form `<|…` are marks, and DeepSeek's with a wide bar.
    private static let angled = [
        "|", "\u{FF5C}", "s>", "/s>", "<SYS>", "</SYS>", "bos>", "eos>", "unk>", "pad>", "sep>", "cls>", "mask>",
        "start_of_turn>", "end_of_turn>", "start_of_image>", "end_of_image>", "start_header", "think>", "/think>",
        "tool_call>", "/tool_call>", "tool_response>", "/tool_response>", "tools>", "/tools>", "turn|", "channel|",
    ]
    /// What follows a `[`.
    private static let squared = [
        "INST]", "/INST]", "SYSTEM_PROMPT]", "/SYSTEM_PROMPT]", "AVAILABLE_TOOLS]", "/AVAILABLE_TOOLS]", "TOOL_CALLS]",
        "TOOL_RESULTS]", "/TOOL_RESULTS]", "gMASK]", "sMASK]", "MASK]", "CLS]", "SEP]", "THINK]", "/THINK]",
    ]

    public static func of(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "[") }) else { return text }
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + 64)
        for (place, byte) in bytes.enumerated() {
            result.append(byte)
            let marks = byte == UInt8(ascii: "<") ? angled : byte == UInt8(ascii: "[") ? squared : []
            let rest = bytes[(place + 1)...]
            if marks.contains(where: { starts(rest, with: $0) }) { result.append(UInt8(ascii: " ")) }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// In either case: some servers forgive it.
    private static func starts(_ bytes: ArraySlice<UInt8>, with mark: String) -> Bool {
        bytes.count >= mark.utf8.count && zip(bytes, mark.utf8).allSatisfy { lowered($0) == lowered($1) }
    }

    private static func lowered(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
