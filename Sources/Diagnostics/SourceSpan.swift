/// A range of bytes in a source file: where a node, a token or a problem is.
public struct SourceSpan: Sendable, Hashable {
    /// The file that the range lies in.
    public let file: SourceFile

    /// The UTF-8 byte range. Empty where a problem lies between two bytes.
    public let range: Range<Int>

    /// A range of a file.
    public init(_ file: SourceFile, _ range: Range<Int>) {
        self.file = file
        self.range = range
    }

    /// Where the range begins.
    public var start: SourceLocation { file.location(at: range.lowerBound) }

    /// Where the range ends: the place after its last byte.
    public var end: SourceLocation { file.location(at: range.upperBound) }

    /// The bytes of the range as text.
    public var text: String { file.text(in: range) }

    /// The empty range at the beginning of this one.
    public var startPoint: SourceSpan { SourceSpan(file, range.lowerBound..<range.lowerBound) }

    /// From the beginning of this range to the end of another one in the same file.
    public func merged(with other: SourceSpan) -> SourceSpan {
        let lower = min(range.lowerBound, other.range.lowerBound)
        return SourceSpan(file, lower..<max(range.upperBound, other.range.upperBound))
    }

    /// Same file object, same range.
    public static func == (first: SourceSpan, second: SourceSpan) -> Bool {
        first.file === second.file && first.range == second.range
    }

    /// Hashes the file's identity and the range.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(file))
        hasher.combine(range)
    }
}
