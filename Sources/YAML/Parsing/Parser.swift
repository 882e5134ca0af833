import CYAML
public import Diagnostics

/// What reading a text gave: the document where there is one, and every problem found.
public struct ParseResult: Sendable {
    /// The document; `nil` when the text cannot be read, so that nothing can be said about its values.
    public let document: Document?
    /// The problems in the order of the text.
    public let diagnostics: [Diagnostic]

    /// Whether an error was found.
    public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

/// Reads YAML strictly: libyaml's events, our tree, every problem at its place.
///
///     let result = Parser.parse(SourceFile(name: "config.yaml", text: "eks: {version: 1.30}"))
///     result.document?.root?["eks"]?["version"]?.scalar?.text   // "1.30"
public enum Parser {
    /// Reads a text. Never throws and never crashes, whatever the bytes are.
    ///
    /// A document with problems that leave its values readable (a duplicate key, an unknown tag) is returned
    /// together with these problems, so that a schema can find the rest of them in the same run. Of a key
    /// written twice the tree holds the first.
    public static func parse(_ file: SourceFile, limits: ParserLimits = .default) -> ParseResult {
        guard file.bytes.count <= limits.bytes else {
            return ParseResult(document: nil, diagnostics: [.tooLarge(file, limits.bytes)])
        }
        let check = EncodingCheck(file)
        guard check.diagnostics.isEmpty else { return ParseResult(document: nil, diagnostics: check.diagnostics) }
        return file.bytes.withUnsafeBufferPointer { bytes in
            let base = file.byteOrderMarkLength
            let map = OffsetMap(bytes, base: base, isASCII: check.isASCII)
            var builder = TreeBuilder(
                file: file, bytes: bytes, map: map, limits: limits, innerMarks: check.innerMarks)
            EventReader.read(bytes, from: base, into: &builder)
            return builder.finish()
        }
    }
}

extension Diagnostic {
    fileprivate static func tooLarge(_ file: SourceFile, _ limit: Int) -> Diagnostic {
        YAMLRule.size.error(
            "the file has \(file.bytes.count) bytes, more than the limit of \(limit)", at: SourceSpan(file, 0..<0))
    }
}
