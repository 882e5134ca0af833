/// Text as Python sees it: a sequence of code points compared by code point.
///
/// Swift's own string comparison treats canonically equivalent texts as equal, which Python does not.
enum Text {
    /// Whether two texts have the same code points.
    static func isSame(_ first: String, _ second: String) -> Bool {
        first.utf8.count == second.utf8.count
            && first.withBytes { one in second.withBytes { two in areSame(one, two) } }
    }

    @inline(__always)
    private static func areSame(_ first: UnsafeBufferPointer<UInt8>, _ second: UnsafeBufferPointer<UInt8>) -> Bool {
        let (one, two) = (UnsafeRawBufferPointer(first), UnsafeRawBufferPointer(second))
        guard one.count == two.count else { return false }
        var index = 0
        while index + 8 <= one.count {
            let words = (
                one.loadUnaligned(fromByteOffset: index, as: UInt64.self),
                two.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            )
            if words.0 != words.1 { return false }
            index += 8
        }
        while index < one.count {
            if one[index] != two[index] { return false }
            index += 1
        }
        return true
    }

    /// Whether the first text comes before the second by code point. UTF-8 bytes sort like code points.
    static func isBefore(_ first: String, _ second: String) -> Bool {
        first.utf8.lexicographicallyPrecedes(second.utf8)
    }

    /// Whether every code point is below U+0080, so that bytes and code points coincide.
    static func isASCII(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 < 0x80 }
    }

    /// The number of code points.
    static func length(_ text: String) -> Int {
        text.utf8.reduce(into: 0) { count, byte in
            if byte & 0b1100_0000 != 0b1000_0000 { count += 1 }
        }
    }

    /// The code points.
    static func scalars(_ text: String) -> [Unicode.Scalar] { Array(text.unicodeScalars) }

    /// The text of code points.
    static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    /// Each code point as a text of its own.
    static func characters(_ text: String) -> ContiguousArray<Value> {
        ContiguousArray(text.unicodeScalars.map { .string(String($0)) })
    }

    /// The range of the first occurrence at or after a position, in code points; an empty needle is found at once.
    static func firstRange(
        of needle: [Unicode.Scalar], in text: [Unicode.Scalar], from start: Int = 0
    ) -> Range<Int>? {
        guard start <= text.count, needle.count <= text.count - start else { return nil }
        var position = start
        while position + needle.count <= text.count {
            if text[position..<(position + needle.count)].elementsEqual(needle) {
                return position..<(position + needle.count)
            }
            position += 1
        }
        return nil
    }

    /// Whether a text occurs inside another.
    static func contains(_ text: String, _ needle: String) -> Bool {
        if needle.isEmpty { return true }
        return text.withBytes { bytes in needle.withBytes { firstPosition(of: $0, in: bytes, from: 0) != nil } }
    }
}

extension String {
    /// The UTF-8 bytes, in place.
    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
        if let result = try utf8.withContiguousStorageIfAvailable(body) { return result }
        return try Array(utf8).withUnsafeBufferPointer(body)
    }
}

extension Unicode.Scalar {
    /// What Python's `str.isspace` and the regular expression `\s` call white space.
    var isPythonSpace: Bool {
        switch value {
        case 0x09...0x0D, 0x1C...0x20: true
        case 0..<0x80: false
        case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
        default: false
        }
    }

    /// What ends a line for Python's `str.splitlines`.
    var isLineBoundary: Bool {
        switch value {
        case 0x0A...0x0D, 0x1C...0x1E, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }

    /// What the regular expression `\w` matches.
    var isWord: Bool {
        if value < 0x80 {
            return (0x30...0x39).contains(value) || (0x41...0x5A).contains(value)
                || (0x61...0x7A).contains(value)
                || value == 0x5F
        }
        return isAlphabeticLetter || properties.numericType != nil
    }

    /// What Python's `str.isalpha` accepts.
    var isAlphabeticLetter: Bool {
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        default: false
        }
    }

    /// What Python's `str.isprintable` accepts; other code points are escaped in a `repr`.
    var isPrintable: Bool {
        if value < 0x80 { return value >= 0x20 && value < 0x7F }
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
            .paragraphSeparator,
            .spaceSeparator:
            return false
        default: return true
        }
    }
}
