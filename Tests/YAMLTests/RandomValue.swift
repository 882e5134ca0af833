import YAML

/// Values of any shape, with strings that are hard to write.
enum RandomValue {
    private static let words = [
        "", " ", "a", "true", "yes", "No", "on", "null", "~", "1", "1.30", "0x1F", "1e3", "1:30", "2024-01-01", ".inf",
        "- x", "-x", "? y", ": z", "a: b", "a #b", "a#b", "#c", "&d", "*e", "!f", "|", ">", "'g'", "\"h\"", "%i", "@j",
        "`k",
        "[l]", "{m}", "n,o", "p:", ":", "-", "--- q", "...", "=", "<<", "line\nline", "trail \n", "\nlead", "end\n",
        "end\n\n", "tab\there", "\ttab", "cr\rx", "crlf\r\nx", "\u{0}", "\u{7F}", "\u{85}", "\u{A0}", "\u{2028}",
        "\u{2029}",
        "\u{FEFF}", "\u{FFFF}", "\u{1F600}", "é", "e\u{301}", "日本", "C:\\dir", "s3://bucket/a", "10.0.0.0/16",
        "ml.g5.12xlarge",
        "{{ x }}", "!Ref", "  two\nspaces", "a\n  b\n c", "a\n\n\nb", "x\n# no comment\ny", "0o17", "+1", "1_000",
        "012", "y", "n",
    ]

    static func string(_ generator: inout SeededGenerator) -> String {
        if generator.chance(60) { return generator.pick(words) }
        if generator.chance(30) { return generator.pick(words) + generator.pick(words) }
        var text = ""
        for _ in 0..<generator.below(12) {
            let value = generator.chance(70) ? UInt32(generator.below(0x80)) : UInt32(generator.below(0x11_0000))
            if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
        }
        return text
    }

    static func value(_ generator: inout SeededGenerator, depth: Int = 0) -> YAMLValue {
        switch generator.below(depth > 3 ? 6 : 10) {
        case 0: return .null
        case 1: return .bool(generator.chance(50))
        case 2:
            return .int(generator.chance(50) ? generator.below(100) : Int.random(in: .min ... .max, using: &generator))
        case 3: return .double(generator.pick([0.5, -1.25, 1e20, 1e-7, 3, .infinity, 1.7976931348623157e308]))
        case 4, 5: return .string(string(&generator))
        case 6, 7: return .list((0..<generator.below(4)).map { _ in value(&generator, depth: depth + 1) })
        default: return map(&generator, depth: depth)
        }
    }

    static func map(_ generator: inout SeededGenerator, depth: Int = 0) -> YAMLValue {
        var members: [YAMLValue.Member] = []
        for index in 0..<generator.below(5) {
            var key = string(&generator)
            // Texts may be equal by chance; keys may not, by code points.
            if members.contains(where: { $0.key.utf8.elementsEqual(key.utf8) }) { key += "\(index)" }
            if generator.chance(2) { key += String(repeating: "k", count: 1_100) }
            if members.contains(where: { $0.key.utf8.elementsEqual(key.utf8) }) { continue }
            members.append(.init(key, value(&generator, depth: depth + 1)))
        }
        return .map(members)
    }
}
