import Diagnostics

/// The bytes that are lexed: the source file with every line break as a single newline and, unless it is kept,
/// without the last newline. Remembers how to find a byte in the file again.
struct TemplateSource: Sendable {
    let file: SourceFile
    let bytes: [UInt8]
    /// Positions in `bytes` after which one byte of the file was left out, in order.
    private let omissions: [Int]

    init(_ file: SourceFile, keepTrailingNewline: Bool) {
        self.file = file
        let hasCarriageReturn = file.bytes.contains(0x0D)
        var normalized = file.bytes
        var omissions: [Int] = []
        if hasCarriageReturn {
            (normalized, omissions) = Self.normalize(file.bytes)
        }
        if !keepTrailingNewline, normalized.last == 0x0A { normalized.removeLast() }
        self.bytes = normalized
        self.omissions = omissions
    }

    private static func normalize(_ bytes: [UInt8]) -> ([UInt8], [Int]) {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var omissions: [Int] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == 0x0D {
                result.append(0x0A)
                if index + 1 < bytes.count, bytes[index + 1] == 0x0A {
                    omissions.append(result.count)
                    index += 1
                }
            } else {
                result.append(bytes[index])
            }
            index += 1
        }
        return (result, omissions)
    }

    /// The place in the file of a range of the normalised bytes.
    func span(_ range: SourceRange) -> SourceSpan {
        let start = filePosition(Int(range.start))
        return SourceSpan(file, start..<max(start, filePosition(Int(range.end))))
    }

    private func filePosition(_ position: Int) -> Int {
        var low = 0
        var high = omissions.count
        while low < high {
            let middle = (low + high) / 2
            if omissions[middle] <= position { low = middle + 1 } else { high = middle }
        }
        return position + low
    }

    /// The text of a range.
    func text(_ range: SourceRange) -> String {
        String(decoding: bytes[Int(range.start)..<Int(range.end)], as: UTF8.self)
    }

    /// The first byte that is not valid UTF-8.
    static func firstInvalidByte(in bytes: [UInt8]) -> Int? {
        // Most templates are ASCII, and most of the others are valid.
        if bytes.withUnsafeBufferPointer({ $0.allSatisfy { $0 < 0x80 } }) { return nil }
        var decoder = UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        var position = 0
        while true {
            switch decoder.parseScalar(from: &iterator) {
            case .valid(let scalar): position += scalar.count
            case .emptyInput: return nil
            case .error: return position
            }
        }
    }
}
