/// Finds where a node's own text begins behind its anchor and tag; libyaml's marks hold them together.
enum PropertyScanner {
    struct Properties {
        /// Where the node's own text begins.
        var content: Int
        /// Where the tag stands.
        var tagRange: Range<Int>?
        /// Whether the tag is the lone `!`, which makes any scalar a string.
        var isNonSpecific = false
    }

    /// - Parameters:
    ///   - start: where the first of them begins.
    ///   - end: where the node ends at the latest.
    ///   - hasAnchor: whether the parser saw an anchor.
    ///   - hasTag: whether the parser saw a tag; it is silent about a lone `!` before a scalar.
    static func scan(
        _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, hasAnchor: Bool, hasTag: Bool
    ) -> Properties {
        var result = Properties(content: start)
        var needsAnchor = hasAnchor
        var needsTag = true
        var offset = start
        while offset < end {
            if bytes[offset] == UInt8(ascii: "&"), needsAnchor {
                needsAnchor = false
                offset = endOfWord(bytes, offset, end)
            } else if bytes[offset] == UInt8(ascii: "!"), needsTag {
                let word = offset..<endOfTag(bytes, offset, end)
                guard hasTag || word.count == 1 else { break }
                needsTag = false
                result.tagRange = word
                result.isNonSpecific = word.count == 1
                offset = word.upperBound
            } else {
                break
            }
            result.content = offset
            offset = skipBlankAndComments(bytes, offset, end)
        }
        // An absent value stays right behind its properties, not behind the white space that follows them.
        if offset < end { result.content = offset }
        return result
    }

    /// The first offset at or after `start` that holds neither white space nor a comment.
    static func skipBlankAndComments(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int {
        var offset = start
        while offset < end {
            if bytes[offset].isYAMLWhite {
                offset += 1
            } else if bytes[offset] == UInt8(ascii: "#") {
                while offset < end, !bytes[offset].isYAMLBreak { offset += 1 }
            } else {
                break
            }
        }
        return offset
    }

    private static func endOfWord(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int {
        bytes[start..<end].firstIndex { $0.isYAMLWhite || $0.isFlowIndicator } ?? end
    }

    private static func endOfTag(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int {
        if start + 1 < end, bytes[start + 1] == UInt8(ascii: "<") {
            let close = bytes[start..<end].firstIndex(of: UInt8(ascii: ">"))
            return close.map { $0 + 1 } ?? end
        }
        return bytes[start..<end].firstIndex { $0.isYAMLWhite || $0.isFlowIndicator } ?? end
    }
}

extension UInt8 {
    /// A character that ends a word inside `[…]` and `{…}`.
    var isFlowIndicator: Bool {
        self == UInt8(ascii: ",") || self == UInt8(ascii: "[") || self == UInt8(ascii: "]")
            || self == UInt8(ascii: "{") || self == UInt8(ascii: "}")
    }
}

/// The extent of `|` and `>` scalars.
enum BlockScalar {
    /// Where a block scalar ends: behind its last line with content, or, where `+` keeps the blank lines that
    /// follow it, behind these but for their last line ending.
    static func contentEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int {
        var last = end
        if keepsBlankLines(bytes[start..<end]) {
            if last > start, bytes[last - 1] == 0x0A { last -= 1 }
            if last > start, bytes[last - 1] == 0x0D { last -= 1 }
            return last
        }
        while last > start, bytes[last - 1].isYAMLWhite { last -= 1 }
        return last
    }

    /// Whether the header of a block scalar has the `+` that makes the blank lines below it part of its value.
    static func keepsBlankLines(_ text: some Sequence<UInt8>) -> Bool {
        text.prefix { !$0.isYAMLBreak && $0 != UInt8(ascii: "#") }.contains(UInt8(ascii: "+"))
    }
}
