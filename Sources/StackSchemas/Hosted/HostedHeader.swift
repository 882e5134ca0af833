import Diagnostics
import YAML

/// The comments by which `hyp` knows its files: `# template: cluster-stack` and `# version: 1.0`.
struct HostedHeader {
    /// A comment's value with its place.
    struct Line {
        let text: String
        let span: SourceSpan
    }

    /// What `hyp` calls the template; `cluster-stack` is the only one that stackgen knows.
    private(set) var template: Line?
    /// The version of its schema.
    private(set) var version: Line?

    /// Reads the comments of a document; as with `hyp`, the last of several counts.
    init(_ document: Document) {
        let file = document.file
        guard
            file.mayComment(" template:", directlyBehindHash: true)
                || file.mayComment(" version:", directlyBehindHash: true)
        else { return }
        for comment in document.comments {
            if let line = Self.value(of: "# template:", in: comment) { template = line }
            if let line = Self.value(of: "# version:", in: comment) { version = line }
        }
    }

    /// Whether a document with this root is one of `hyp`: by its comment, or by the kind that it names.
    func isHosted(_ root: Node) -> Bool {
        if let kind = root["kind"] { return kind.scalar?.text == StackKind.hostedStack.name }
        return template != nil || root["template"]?.scalar?.text == Self.clusterStack
    }

    /// The template that makes the cluster stack.
    static let clusterStack = "cluster-stack"

    private static func value(of prefix: String, in comment: SourceSpan) -> Line? {
        guard comment.text.hasPrefix(prefix) else { return nil }
        let rest = comment.text.dropFirst(prefix.count)
        let text = rest.drop { $0 == " " || $0 == "\t" }
        let trimmed = String(text.reversed().drop { $0.isWhitespace }.reversed())
        let start = comment.range.upperBound - text.utf8.count
        return Line(text: trimmed, span: SourceSpan(comment.file, start..<(start + trimmed.utf8.count)))
    }
}
