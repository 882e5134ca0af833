/// Splitting, stripping and replacing with Python's rules.
extension Text {
    /// `str.strip`: white space, or any of a set of characters.
    static func stripped(_ text: String, _ characters: String?, left: Bool = true, right: Bool = true)
        -> String
    {
        if characters == nil, let stripped = strippedOfASCII(text, left: left, right: right) { return stripped }
        let set = characters.map { Set($0.unicodeScalars) }
        let isStripped = { (scalar: Unicode.Scalar) in
            set.map { $0.contains(scalar) } ?? scalar.isPythonSpace
        }
        var view = Substring(text).unicodeScalars
        if left { view = view.drop(while: isStripped) }
        if right { while let last = view.last, isStripped(last) { view.removeLast() } }
        return String(view)
    }

    /// The text without white space around it, where both ends are ASCII.
    private static func strippedOfASCII(_ text: String, left: Bool, right: Bool) -> String? {
        text.withBytes { bytes in
            let isSpace = { (byte: UInt8) in (0x09...0x0D).contains(byte) || (0x1C...0x20).contains(byte) }
            var start = 0
            var end = bytes.count
            while left, start < end, isSpace(bytes[start]) { start += 1 }
            while right, end > start, isSpace(bytes[end - 1]) { end -= 1 }
            guard start < end else { return "" }
            guard bytes[start] < 0x80, bytes[end - 1] < 0x80 else { return nil }
            if start == 0, end == bytes.count { return text }
            return String(decoding: bytes[start..<end], as: UTF8.self)
        }
    }

    /// `str.splitlines`.
    static func lines(_ text: String, keepEnds: Bool = false) -> [String] {
        text.withBytes { bytes in
            var result: [String] = []
            var start = 0
            var index = 0
            while index < bytes.count {
                let length = lineBoundaryLength(bytes, at: index)
                guard length > 0 else {
                    index += 1
                    continue
                }
                let end = keepEnds ? index + length : index
                result.append(String(decoding: bytes[start..<end], as: UTF8.self))
                index += length
                start = index
            }
            if start < bytes.count { result.append(String(decoding: bytes[start...], as: UTF8.self)) }
            return result
        }
    }

    /// The number of bytes of what ends a line at a position; 0 where nothing does.
    @inline(__always)
    private static func lineBoundaryLength(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        switch bytes[index] {
        case 0x0D: return index + 1 < bytes.count && bytes[index + 1] == 0x0A ? 2 : 1
        case 0x0A...0x0C, 0x1C...0x1E: return 1
        case 0xC2: return index + 1 < bytes.count && bytes[index + 1] == 0x85 ? 2 : 0
        case 0xE2:
            let isSeparator =
                index + 2 < bytes.count && bytes[index + 1] == 0x80 && (0xA8...0xA9).contains(bytes[index + 2])
            return isSeparator ? 3 : 0
        default: return 0
        }
    }

    /// `str.split` at white space.
    static func words(_ text: String, limit: Int = -1) -> [String] {
        var result: [String] = []
        var rest = Substring(text).unicodeScalars
        while true {
            rest = rest.drop(while: \.isPythonSpace)
            if rest.isEmpty { return result }
            if limit >= 0, result.count == limit {
                result.append(String(rest))
                return result
            }
            let word = rest.prefix { !$0.isPythonSpace }
            result.append(String(word))
            rest = rest[word.endIndex...]
        }
    }

    /// `str.rsplit` at white space.
    static func wordsFromRight(_ text: String, limit: Int) -> [String] {
        guard limit >= 0 else { return words(text) }
        var result: [String] = []
        var rest = Substring(text).unicodeScalars
        while true {
            while let last = rest.last, last.isPythonSpace { rest.removeLast() }
            if rest.isEmpty { return result.reversed() }
            if result.count == limit {
                result.append(String(rest))
                return result.reversed()
            }
            let start =
                rest.lastIndex { $0.isPythonSpace }.map { rest.index(after: $0) } ?? rest.startIndex
            result.append(String(rest[start...]))
            rest = rest[..<start]
        }
    }

    /// `str.split` at a separator that is not empty.
    static func split(_ text: String, at separator: String, limit: Int = -1) -> [String] {
        // UTF-8 never has one character's bytes inside another's, so bytes can be compared and cut.
        text.withBytes { bytes in
            separator.withBytes { needle in
                var result: [String] = []
                var position = 0
                while limit < 0 || result.count < limit,
                    let start = firstPosition(of: needle, in: bytes, from: position)
                {
                    result.append(String(decoding: bytes[position..<start], as: UTF8.self))
                    position = start + needle.count
                }
                result.append(String(decoding: bytes[position...], as: UTF8.self))
                return result
            }
        }
    }

    /// The position of the first occurrence of bytes at or after a position.
    static func firstPosition(
        of needle: UnsafeBufferPointer<UInt8>, in bytes: UnsafeBufferPointer<UInt8>, from start: Int
    ) -> Int? {
        guard let first = needle.first, needle.count <= bytes.count else { return nil }
        var position = start
        let last = bytes.count - needle.count
        while position <= last {
            if bytes[position] == first {
                var length = 1
                while length < needle.count, bytes[position + length] == needle[length] { length += 1 }
                if length == needle.count { return position }
            }
            position += 1
        }
        return nil
    }

    /// `str.rsplit` at a separator.
    static func splitFromRight(_ text: String, at separator: String, limit: Int) -> [String] {
        guard limit >= 0 else { return split(text, at: separator) }
        var scalars = scalars(text)[...]
        let needle = self.scalars(separator)
        var result: [String] = []
        while result.count < limit, let start = lastPosition(of: needle, in: Array(scalars)) {
            result.append(string(scalars[(start + needle.count)...]))
            scalars = scalars[..<start]
        }
        return [string(scalars)] + result.reversed()
    }

    /// The position of the last occurrence.
    static func lastPosition(of needle: [Unicode.Scalar], in text: [Unicode.Scalar]) -> Int? {
        guard needle.count <= text.count else { return nil }
        var position = text.count - needle.count
        while position >= 0 {
            if text[position..<(position + needle.count)].elementsEqual(needle) { return position }
            position -= 1
        }
        return nil
    }

    /// `str.count`.
    static func occurrences(of needle: String, in text: String) -> Int {
        if needle.isEmpty { return length(text) + 1 }
        return text.withBytes { bytes in
            needle.withBytes { wanted in
                var count = 0
                var position = 0
                while let start = firstPosition(of: wanted, in: bytes, from: position) {
                    count += 1
                    position = start + wanted.count
                }
                return count
            }
        }
    }

    /// `str.replace`; a negative limit replaces all.
    static func replacing(
        _ old: String, with new: String, in text: String, limit: Int = -1, state: RenderState
    ) throws -> String {
        let occurrences = occurrences(of: old, in: text)
        let times = limit < 0 ? occurrences : min(limit, occurrences)
        try state.charge(bytes: text.utf8.count)
        try state.charge(repeating: new.utf8.count, times: times)
        guard times > 0 else { return text }
        if old.isEmpty { return interleaved(text, new, times: times) }
        let size = text.utf8.count + times * (new.utf8.count - old.utf8.count)
        return text.withBytes { bytes in
            old.withBytes { wanted in
                new.withBytes { replacement in
                    String(unsafeUninitializedCapacity: size) {
                        replaced(wanted, with: replacement, in: bytes, times: times, into: $0)
                    }
                }
            }
        }
    }

    /// Writes a text with occurrences replaced into memory that is large enough.
    /// - Returns: the number of bytes written.
    private static func replaced(
        _ wanted: UnsafeBufferPointer<UInt8>, with replacement: UnsafeBufferPointer<UInt8>,
        in bytes: UnsafeBufferPointer<UInt8>, times: Int, into memory: UnsafeMutableBufferPointer<UInt8>
    ) -> Int {
        var written = 0
        var position = 0
        func copy(_ piece: UnsafeBufferPointer<UInt8>) {
            _ = UnsafeMutableBufferPointer(rebasing: memory[written...]).update(fromContentsOf: piece)
            written += piece.count
        }
        for _ in 0..<times {
            guard let start = firstPosition(of: wanted, in: bytes, from: position) else { break }
            copy(UnsafeBufferPointer(rebasing: bytes[position..<start]))
            copy(replacement)
            position = start + wanted.count
        }
        copy(UnsafeBufferPointer(rebasing: bytes[position...]))
        return written
    }

    /// Python replaces the empty text before every character and at the end.
    private static func interleaved(_ text: String, _ new: String, times: Int) -> String {
        var result = ""
        var remaining = times
        for scalar in text.unicodeScalars {
            if remaining > 0 { result += new }
            remaining -= 1
            result.unicodeScalars.append(scalar)
        }
        return remaining > 0 ? result + new : result
    }

    /// `str.center`: Python puts the odd space to the left where the width is odd.
    static func centered(_ text: String, _ width: Int, _ fill: String = " ", state: RenderState)
        throws -> String
    {
        let padding = width - length(text)
        guard padding > 0 else { return text }
        try state.charge(bytes: width)
        let left = padding / 2 + (padding & width & 1)
        return String(repeating: fill, count: left) + text
            + String(repeating: fill, count: padding - left)
    }
}
