/// What the resource of an ARN is.
public protocol ARNKind: Sendable {
    /// What such ARNs look like.
    static var format: TextFormat { get }
    /// The compiled pattern.
    static var pattern: TextPattern? { get }
}

/// The Amazon Resource Name of a resource of one kind.
public struct ARN<Kind: ARNKind>: TextValue {
    /// What such texts look like.
    public static var format: TextFormat { Kind.format }
    /// The compiled pattern.
    public static var pattern: TextPattern? { Kind.pattern }

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }

    private func part(_ index: Int) -> String {
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        return parts.indices.contains(index) ? String(parts[index]) : ""
    }

    /// The partition: `aws`, `aws-us-gov` …
    public var partition: String { part(1) }

    /// The region; empty for resources without one.
    public var region: String { part(3) }

    /// The account, twelve digits.
    public var account: String { part(4) }

    /// What stands behind the account.
    public var resource: String { part(5) }
}
