// The standard library's own lock needs a newer system than this package asks for.
internal import Foundation

/// A piece of text with a name, and the place of every line in it.
///
/// Offsets everywhere in this package are UTF-8 byte offsets into `bytes`; lines and columns are computed
/// only when a message is shown. A leading byte order mark belongs to the bytes but to no column.
public final class SourceFile: @unchecked Sendable {
    /// The name shown to people: a path as the user wrote it, or a label such as `<standard input>`.
    public let name: String

    /// The text as it was read, byte for byte.
    public let bytes: [UInt8]

    /// Where the lines begin, once that has been asked for: most texts are read without a message about them.
    private var knownLineStarts: [Int]?

    /// Guards the line starts of all files: they are asked for too rarely for a lock each.
    private static let lock = NSLock()

    /// The byte offset of the first byte of every line, in order. Never empty.
    private var lineStarts: [Int] {
        Self.lock.withLock {
            if let knownLineStarts { return knownLineStarts }
            var starts = [0]
            bytes.withUnsafeBufferPointer { buffer in
                for offset in buffer.indices where buffer[offset] == UInt8(ascii: "\n") { starts.append(offset + 1) }
            }
            knownLineStarts = starts
            return starts
        }
    }

    /// Holds text under a name.
    /// - Parameters:
    ///   - name: the name shown in messages.
    ///   - bytes: the contents; invalid UTF-8 is kept and shown with replacement characters.
    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    /// Holds a string under a name.
    public convenience init(name: String, text: String) {
        self.init(name: name, bytes: Array(text.utf8))
    }

    /// The number of lines; a text that ends in a newline has an empty last line.
    public var lineCount: Int { lineStarts.count }

    /// The length of a byte order mark at the start of the text: 0 or 3 bytes.
    public var byteOrderMarkLength: Int { bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }

    /// The 1-based line that holds a byte offset. Offsets outside the text are clamped.
    public func line(at offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    /// The line and column of a byte offset, both from 1; columns count Unicode scalars.
    public func location(at offset: Int) -> SourceLocation {
        let clamped = min(max(offset, 0), bytes.count)
        let line = line(at: clamped)
        var start = lineStarts[line - 1]
        if start == 0 { start = min(byteOrderMarkLength, clamped) }
        // A continuation byte (0b10xxxxxx) never begins a scalar.
        let scalars = bytes[start..<clamped].reduce(into: 0) { count, byte in
            if byte & 0b1100_0000 != 0b1000_0000 { count += 1 }
        }
        return SourceLocation(line: line, column: scalars + 1)
    }

    /// The byte offset of a line and column (both from 1, columns in Unicode scalars), clamped to the line.
    public func offset(of location: SourceLocation) -> Int {
        let range = lineRange(location.line)
        var offset = range.lowerBound == 0 ? min(byteOrderMarkLength, range.upperBound) : range.lowerBound
        var column = 1
        while offset < range.upperBound, column < location.column {
            offset += 1
            while offset < range.upperBound, bytes[offset] & 0b1100_0000 == 0b1000_0000 { offset += 1 }
            column += 1
        }
        return offset
    }

    /// The byte range of a 1-based line without its line ending (`\n` or `\r\n`). Lines outside are clamped.
    public func lineRange(_ line: Int) -> Range<Int> {
        let index = min(max(line, 1), lineStarts.count) - 1
        let start = lineStarts[index]
        var end = index + 1 < lineStarts.count ? lineStarts[index + 1] - 1 : bytes.count
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return start..<max(start, end)
    }

    /// The text of a byte range; invalid UTF-8 becomes replacement characters.
    public func text(in range: Range<Int>) -> String {
        String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
    }
}

/// A place in a text as people count: both numbers from 1, the column in Unicode scalars.
public struct SourceLocation: Hashable, Sendable, Comparable {
    /// The line, from 1.
    public var line: Int
    /// The column, from 1, in Unicode scalars.
    public var column: Int

    /// A line and a column, both from 1.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// Orders by line, then by column.
    public static func < (first: SourceLocation, second: SourceLocation) -> Bool {
        (first.line, first.column) < (second.line, second.column)
    }
}
