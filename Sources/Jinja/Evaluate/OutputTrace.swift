public import Diagnostics

/// A piece of a render's output and where it comes from.
public struct OutputPiece: Sendable {
    /// The bytes of the output.
    public var range: Range<Int>
    /// The text of a template that was copied, or the expression whose value was printed.
    public let origin: SourceSpan
    /// Whether the piece is a copy of the origin, byte for byte but for line endings.
    public let isText: Bool

    /// The place in the template of a range of the output that lies in the piece: the very bytes of a text, the
    /// whole of an expression.
    public func place(of part: Range<Int>) -> SourceSpan {
        guard isText else { return origin }
        let lower = offset(of: part.lowerBound - range.lowerBound)
        return SourceSpan(origin.file, lower..<max(lower, offset(of: part.upperBound - range.lowerBound)))
    }

    /// The offset in the template's file of a byte of the text: line endings there may have two bytes.
    private func offset(of index: Int) -> Int {
        let bytes = origin.file.bytes
        var offset = origin.range.lowerBound
        for _ in 0..<max(0, index) where offset < origin.range.upperBound {
            let isPair = bytes[offset] == 0x0D && offset + 1 < origin.range.upperBound && bytes[offset + 1] == 0x0A
            offset += isPair ? 2 : 1
        }
        return offset
    }
}

/// Notes where the output of one render comes from.
///
/// What a macro, a `set` block or a `filter` block prints is taken out of the output again and comes back as a value.
/// Its pieces are kept, and used where the value is printed as it was, or with white space put in.
final class OutputTrace {
    private(set) var pieces: [OutputPiece] = []
    private var captures: [(text: [UInt8], pieces: [OutputPiece])] = []
    /// The most captured texts kept; the value that is printed is most often one of the last.
    private static let captureLimit = 64

    var count: Int { pieces.count }

    /// Notes what a statement printed.
    /// - Parameters:
    ///   - text: the bytes printed.
    ///   - start: where they begin in the output.
    ///   - known: the number of pieces before the statement ran.
    func note(_ text: [UInt8], at start: Int, since known: Int, _ origin: SourceSpan, isText: Bool) {
        // A macro that prints into the output has noted its pieces itself.
        guard pieces.count == known, !text.isEmpty else { return }
        if !isText {
            for capture in captures.reversed() {
                guard let places = Self.alignment(of: capture.text, in: text) else { continue }
                pieces += capture.pieces.map { piece in
                    var moved = piece
                    moved.range = start + places[piece.range.lowerBound]..<start + places[piece.range.upperBound]
                    return moved
                }
                return
            }
        }
        pieces.append(OutputPiece(range: start..<start + text.count, origin: origin, isText: isText))
    }

    /// Takes the pieces from an offset of the output on out of it: they are a value now.
    func capture(_ text: String, from mark: Int) {
        let first = pieces.firstIndex { $0.range.lowerBound >= mark } ?? pieces.count
        guard first < pieces.count else { return }
        let taken = pieces[first...].map { piece in
            var moved = piece
            moved.range = piece.range.lowerBound - mark..<piece.range.upperBound - mark
            return moved
        }
        pieces.removeLast(pieces.count - first)
        captures.append((Array(text.utf8), taken))
        if captures.count > Self.captureLimit { captures.removeFirst() }
    }

    /// For every offset of a text its offset in another one that differs only by white space put in; `nil` for any
    /// other text.
    private static func alignment(of text: [UInt8], in printed: [UInt8]) -> [Int]? {
        guard printed.count >= text.count else { return nil }
        var places: [Int] = []
        places.reserveCapacity(text.count + 1)
        var next = 0
        for byte in text {
            while next < printed.count, printed[next] != byte {
                guard printed[next] == UInt8(ascii: " ") || printed[next] == UInt8(ascii: "\n") else { return nil }
                next += 1
            }
            guard next < printed.count else { return nil }
            places.append(next)
            next += 1
        }
        guard printed[next...].allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }) else { return nil }
        return places + [next]
    }
}
