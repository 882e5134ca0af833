public import Diagnostics

/// A value of a YAML document with its place: a scalar, a sequence or a mapping.
///
/// Nodes are values. An alias shares the content of the node it names, so a document's memory grows with
/// its text and never with its expansion.
public struct Node: Sendable {
    /// What a node holds.
    public enum Content: Sendable {
        /// A single value, as text.
        case scalar(Scalar)
        /// An ordered list.
        case sequence([Node])
        /// Keys with values, in the order of the text; merge keys (`<<`) are already applied.
        case mapping([Entry])
    }

    /// What the node holds.
    public let content: Content

    let file: SourceFile
    let lower: UInt32
    let upper: UInt32
    let properties: NodeProperties?

    init(_ file: SourceFile, _ range: Range<Int>, _ content: Content, _ properties: NodeProperties? = nil) {
        self.file = file
        self.lower = UInt32(truncatingIfNeeded: range.lowerBound)
        self.upper = UInt32(truncatingIfNeeded: range.upperBound)
        self.content = content
        self.properties = properties
    }

    /// The bytes of the value itself, without its anchor and tag.
    ///
    /// A block collection ends with its last value: blank lines and comments behind it are not part of it. An
    /// absent value (`key:`) is an empty span right behind the colon. An alias spans `*name`.
    public var span: SourceSpan { SourceSpan(file, range) }

    /// The bytes of the value together with its anchor and tag, where it has them.
    public var outerSpan: SourceSpan { SourceSpan(file, outerRange) }

    /// The name of the node's own anchor (`&name`).
    public var anchor: String? { properties?.anchor }

    /// The node's tag as resolved, such as `tag:yaml.org,2002:str` or `!Ref`.
    public var tag: String? { properties?.tag }

    /// The alias (`*name`) that stands at this place, where the value was not written here.
    public var alias: Alias? { properties?.alias }

    var range: Range<Int> { Int(lower)..<Int(upper) }
    var outerRange: Range<Int> { Int(properties?.outerStart ?? lower)..<Int(upper) }
}

extension Node {
    /// A key with its value.
    public struct Entry: Sendable {
        /// The key, always a scalar.
        public let key: Node
        /// The value.
        public let value: Node
        /// The value of the merge key (`<<`) that brought this entry here; `nil` when it was written here.
        public let mergedAt: SourceSpan?

        /// From the beginning of the key to the end of the value. For a merged entry: where it was written.
        public var span: SourceSpan { key.outerSpan.merged(with: value.outerSpan) }

        /// The text of the key.
        public var name: String { key.scalar?.text ?? "" }
    }

    /// A place where a value is used that was written elsewhere.
    public struct Alias: Sendable {
        /// The anchor's name.
        public let name: String
        /// Where the value was written.
        public let definition: SourceSpan
    }
}

/// The rarer facts of a node, kept apart so that ordinary nodes stay small.
final class NodeProperties: Sendable {
    let anchor: String?
    let tag: String?
    let alias: Node.Alias?
    let outerStart: UInt32?

    init(anchor: String? = nil, tag: String? = nil, alias: Node.Alias? = nil, outerStart: Int? = nil) {
        self.anchor = anchor
        self.tag = tag
        self.alias = alias
        self.outerStart = outerStart.map { UInt32(truncatingIfNeeded: $0) }
    }
}
