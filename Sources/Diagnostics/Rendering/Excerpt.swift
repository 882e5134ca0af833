/// The line of a problem as it is shown: what could harm a terminal replaced, a very long line cut around the mark.
struct Excerpt {
    /// The most characters shown before, inside and behind the mark.
    private static let limit = (before: 120, marked: 160, after: 120)

    /// The text before the mark.
    let before: String
    /// The marked text.
    let marked: String
    /// The text behind the mark.
    let after: String

    init(before: String, marked: String, after: String) {
        let tail = Self.prefix(after, Self.limit.after)
        let isMarkCut = marked.unicodeScalars.count > Self.limit.marked
        self.before = Self.suffix(before, Self.limit.before)
        self.marked = Self.prefix(marked, Self.limit.marked)
        self.after = isMarkCut ? "" : tail
    }

    private static func prefix(_ text: String, _ limit: Int) -> String {
        let scalars = text.unicodeScalars
        guard scalars.count > limit else { return printable(scalars) }
        return printable(scalars.prefix(limit - 1)) + "…"
    }

    private static func suffix(_ text: String, _ limit: Int) -> String {
        let scalars = text.unicodeScalars
        guard scalars.count > limit else { return printable(scalars) }
        return "…" + printable(scalars.suffix(limit - 1))
    }

    /// Control characters would move the cursor or change colours of a terminal, and marks of direction would show
    /// the text in another order than it is read in: each is shown as a replacement character.
    private static func printable(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var result = String.UnicodeScalarView()
        for scalar in scalars { result.append(scalar.isHarmless ? scalar : "\u{FFFD}") }
        return String(result)
    }
}

extension Unicode.Scalar {
    /// Whether the scalar can be shown as it is.
    fileprivate var isHarmless: Bool {
        // Asking for the category of every letter would take longer than everything else that is said about a line.
        if value < 0x7F { return value >= 0x20 || value == 0x09 }
        return switch value {
        case 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: false
        default: properties.generalCategory != .control
        }
    }

    /// How many columns of a terminal the scalar takes: 0, 1 or 2 (Unicode East Asian Width, the wide blocks).
    var columnWidth: Int {
        if value < 0x7F { return 1 }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
            0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}
