import Diagnostics

extension SourceFile {
    /// Whether a text of ASCII stands behind a `#`, in the same line; what looks like a comment may be part of a value.
    ///
    /// Most texts have no comment that means anything to a program, and are not searched for comments proper.
    func mayComment(_ text: StaticString, directlyBehindHash: Bool = false) -> Bool {
        text.withUTF8Buffer { wanted in
            bytes.withUnsafeBufferPointer { bytes in
                var offset = 0
                while offset < bytes.count {
                    defer { offset += 1 }
                    guard bytes[offset] == UInt8(ascii: "#") else { continue }
                    var start = offset + 1
                    repeat {
                        if start + wanted.count <= bytes.count,
                            bytes[start..<(start + wanted.count)].elementsEqual(wanted)
                        {
                            return true
                        }
                        start += 1
                    } while !directlyBehindHash && start < bytes.count && bytes[start] != UInt8(ascii: "\n")
                }
                return false
            }
        }
    }
}
