public import Diagnostics

/// A YAML document as it was read.
public struct Document: Sendable {
    /// The text it was read from.
    public let file: SourceFile
    /// The value; `nil` for a text that holds nothing but blank lines and comments.
    public let root: Node?
    /// The ranges of the scalars that hold a `#`, in order: what looks like a comment there is none.
    let rangesWithHash: [Range<Int>]

    /// The same text with another tree: what a reader makes of spellings of its own.
    public func with(root: Node) -> Document {
        Document(file: file, root: root, rangesWithHash: rangesWithHash)
    }

    /// Every comment of the document, in order, from `#` to the end of its line.
    public var comments: [SourceSpan] {
        var comments: [SourceSpan] = []
        var excluded = rangesWithHash[...]
        var offset = file.byteOrderMarkLength
        while let hash = file.bytes[offset...].firstIndex(of: UInt8(ascii: "#")) {
            while let range = excluded.first, range.upperBound <= hash { excluded.removeFirst() }
            if let range = excluded.first, range.contains(hash) {
                offset = range.upperBound
                continue
            }
            offset = hash + 1
            // A `#` inside an anchor, a tag or an alias does not follow white space.
            guard hash == file.byteOrderMarkLength || file.bytes[hash - 1].isYAMLWhite else { continue }
            let end = file.lineRange(file.line(at: hash)).upperBound
            comments.append(SourceSpan(file, hash..<end))
            offset = end
        }
        return comments
    }
}

extension UInt8 {
    /// A space, a tab or a line ending.
    var isYAMLWhite: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }

    /// A space or a tab.
    var isYAMLBlank: Bool { self == 0x20 || self == 0x09 }

    /// A line feed or a carriage return.
    var isYAMLBreak: Bool { self == 0x0A || self == 0x0D }
}
