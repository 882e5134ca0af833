import Diagnostics

/// The bytes that are lexed: the source file with every line break as a single newline. Remembers how to find a byte in the file again.
struct TemplateSource: Sendable {
    let file: SourceFile
    let bytes: [UInt8]
    /// How many of the bytes belong to the template: without the last newline, unless it is kept.
    let length: Int
    /// Positions in `bytes` after which one byte of the file was left out, in order.
    private let omissions: [Int]

    init(_ file: SourceFile, traits: ByteTraits, keepTrailingNewline: Bool) {
        self.file = file
        let (normalized, omissions) = traits.hasCarriageReturn ? Self.normalize(file.bytes) : (file.bytes, [])
        // A newline at the end is left out by not reading it: the bytes stay the file's own.
        length = !keepTrailingNewline && normalized.last == 0x0A ? normalized.count - 1 : normalized.count
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
    static func firstInvalidByte(in bytes: [UInt8], traits: ByteTraits) -> Int? {
        // Most templates are ASCII, and most of the others are valid.
        if !traits.hasNonASCII { return nil }
        return bytes.withUnsafeBufferPointer { buffer in
            var position = 0
            while position < buffer.count {
                position = ByteSearch.skipASCII(in: buffer, from: position)
                if position == buffer.count { return nil }
                let rest = UnsafeBufferPointer(rebasing: buffer[position..<min(position + 4, buffer.count)])
                var decoder = UTF8.ForwardParser()
                var iterator = rest.makeIterator()
                guard case .valid(let scalar) = decoder.parseScalar(from: &iterator) else { return position }
                position += scalar.count
            }
            return nil
        }
    }
}
