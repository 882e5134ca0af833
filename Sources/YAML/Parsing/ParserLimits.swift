/// What a document may cost before it is refused.
public struct ParserLimits: Sendable {
    /// The length of the text in bytes.
    public var bytes: Int
    /// How many collections may be inside one another, aliases followed.
    public var depth: Int
    /// How many nodes the document may have with every alias written out. Counted, never expanded.
    public var expandedNodes: Int
    /// How many entries all merge keys together may bring in: these are copied, so they cost memory.
    public var mergedEntries: Int

    /// Limits that no document written by a person reaches.
    public static let `default` = ParserLimits()

    /// Limits; each has the default's value unless given.
    public init(
        bytes: Int = 256 << 20, depth: Int = 200, expandedNodes: Int = 10_000_000, mergedEntries: Int = 1_000_000
    ) {
        // Offsets are kept in 32 bits, and a reader of the tree may recurse: neither may be lifted altogether.
        self.bytes = min(bytes, Int(Int32.max))
        self.depth = min(depth, 1_000)
        self.expandedNodes = expandedNodes
        self.mergedEntries = mergedEntries
    }
}
