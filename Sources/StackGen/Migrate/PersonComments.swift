internal import Diagnostics
internal import StackSchemas
internal import YAML

/// The comments that a person wrote into a configuration, by the key of the root that they speak of.
///
/// `hyp` writes a comment of its own above every key; those are told apart by a digest, so that none of its words are
/// kept here.
struct PersonComments {
    /// The comments of a key: above it or inside its value, and behind it on its line.
    struct Attached: Equatable {
        var above: [String] = []
        var behind: String?
    }

    /// By key.
    private(set) var byKey: [String: Attached] = [:]
    /// Those behind the last key.
    private(set) var atEnd: [String] = []

    /// Reads a document.
    init(_ document: Document) {
        let keys = (document.root?.mapping ?? []).map { (name: $0.name, line: $0.key.span.start.line) }
            .sorted { $0.line < $1.line }
        for comment in document.comments {
            let text = String(
                comment.text.drop { $0 == "#" }.drop { $0 == " " }.reversed().drop { $0.isWhitespace }.reversed())
            if text.isEmpty || Self.isOfTool(text) { continue }
            attach(text, comment, keys)
        }
    }

    private mutating func attach(_ text: String, _ comment: SourceSpan, _ keys: [(name: String, line: Int)]) {
        let line = comment.start.line
        let start = comment.file.lineRange(line).lowerBound
        let isAlone = comment.file.bytes[start..<comment.range.lowerBound].allSatisfy { $0 == 0x20 || $0 == 0x09 }
        let current = keys.last { $0.line <= line }
        if !isAlone {
            guard let current else { return }
            if current.line == line {
                byKey[current.name, default: Attached()].behind = text
            } else {
                byKey[current.name, default: Attached()].above.append(text)
            }
            return
        }
        let isInside = comment.range.lowerBound > start
        if isInside, let current {
            byKey[current.name, default: Attached()].above.append(text)
        } else if let next = keys.first(where: { $0.line > line }) {
            byKey[next.name, default: Attached()].above.append(text)
        } else {
            atEnd.append(text)
        }
    }

    /// Whether a comment was written by a tool.
    private static func isOfTool(_ text: String) -> Bool {
        text.hasPrefix("template:") || text.hasPrefix("version:") || text.hasPrefix("yaml-language-server:")
            || text.hasPrefix("stackgen:") || digests.contains(String(ContentHash.sha256(text).prefix(8)))
    }

    /// The first digits of SHA-256 of the comments of `hyp` (PyPI sagemaker-hyperpod 3.12.0, cluster-stack schema 1.0).
    private static let digests: Set<String> = [
        "06f17c80", "07088567", "0b2f03eb", "1626c8ca", "162e7da5", "1ca99bba", "22d4fa4b", "2891fe52",
        "2dcbb12d", "300a8dc8", "322ef1e4", "32b01b7d", "38e6f881", "3d1e244c", "3fd7930e", "40cf168b",
        "596de208", "5ce950dc", "5fc9cf93", "61baab1d", "701214f9", "73839e4b", "7629a90d", "78896cdf",
        "887661d9", "89704b8b", "8fdb6f41", "92b4388e", "9e2d1108", "a4312d05", "a9d0b259", "abc8d314",
        "adad1de1", "af79f227", "be21bbe8", "be445458", "c0b544ac", "c2050134", "c21237d2", "c3b12f6b",
        "cb2ba1fc", "cc5c6dbd", "d2f2f9e6", "d350e0e8", "d7d1e0ac", "eff294e6", "f4eb0639", "f7145c8e",
    ]
}
