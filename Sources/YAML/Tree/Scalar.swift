/// A single value: its text after unquoting and folding, and how it was written.
///
/// The text is never converted: `1.30` stays `1.30`. `asBool`, `asInt` and `asDouble` read it when a schema asks.
public struct Scalar: Sendable, Hashable {
    /// How a scalar is written.
    public enum Style: UInt8, Sendable, CaseIterable {
        /// Without quotes.
        case plain
        /// In `'…'`.
        case singleQuoted
        /// In `"…"`.
        case doubleQuoted
        /// A block behind `|`.
        case literal
        /// A block behind `>`.
        case folded
    }

    /// A tag of the core schema (YAML 1.2.2, section 10.3) written before a scalar.
    public enum CoreTag: UInt8, Sendable, CaseIterable {
        /// `!!str`, or the non-specific `!`.
        case string
        /// `!!null`.
        case null
        /// `!!bool`.
        case bool
        /// `!!int`.
        case int
        /// `!!float`.
        case float
    }

    /// The text after unquoting and folding.
    public let text: String
    /// How it is written.
    public let style: Style
    /// The core tag in front of it.
    public let tag: CoreTag?

    /// A scalar of a text and a style.
    public init(_ text: String, style: Style = .plain, tag: CoreTag? = nil) {
        self.text = text
        self.style = style
        self.tag = tag
    }
}
