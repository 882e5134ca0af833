/// How templates are read and evaluated.
///
/// The defaults are Jinja2's; stackgen's own kinds switch on what they need.
public struct Options: Sendable {
    /// Removes the first newline after a block tag.
    public var trimBlocks = false
    /// Removes white space before a block tag at the beginning of a line.
    public var lstripBlocks = false
    /// Keeps a single newline at the end of the template.
    public var keepTrailingNewline = false
    /// What every line break of the template becomes.
    public var newlineSequence = "\n"
    /// What happens when something undefined is used.
    public var undefined = UndefinedBehavior.lenient
    /// How printed values are escaped.
    public var autoescape = EscapeMode.none
    /// The marks of tags.
    public var delimiters = Delimiters()
    /// Budgets that a template cannot exceed.
    public var limits = RenderLimits()
    /// Reports unknown filters and tests and wrong arguments when a template is compiled. Jinja2 reports some of
    /// them only when they are reached, which `false` does.
    public var strictCompilation = false

    /// Jinja2's defaults.
    public init() {}
}

/// How printed values are escaped.
public enum EscapeMode: String, Sendable, CaseIterable {
    /// Values print as they are.
    case none
    /// `&`, `<`, `>` and quotes become HTML entities.
    case html
    /// Values print as JSON.
    case json
    /// Values print as YAML flow values that are safe in any plain scalar position.
    case yaml
}

/// The marks of tags.
public struct Delimiters: Sendable, Equatable {
    /// Begins a statement.
    public var blockStart = "{%"
    /// Ends a statement.
    public var blockEnd = "%}"
    /// Begins an expression.
    public var variableStart = "{{"
    /// Ends an expression.
    public var variableEnd = "}}"
    /// Begins a comment.
    public var commentStart = "{#"
    /// Ends a comment.
    public var commentEnd = "#}"
    /// Begins a line that is a statement.
    public var lineStatementPrefix: String?
    /// Begins a comment that ends with its line.
    public var lineCommentPrefix: String?

    /// Jinja2's marks.
    public init() {}
}

/// Budgets of one render. No honest template meets the defaults.
public struct RenderLimits: Sendable {
    /// The number of statements, expressions with effects and loop rounds.
    public var steps = 20_000_000
    /// The size of the output, in bytes.
    public var outputBytes = 256 << 20
    /// The sum of the sizes of all texts and collections computed, in bytes.
    public var memoryBytes = 512 << 20
    /// The nesting of macro calls, includes, blocks and recursive loops, each weighed by the depth of its body.
    public var recursionDepth = 2_000
    /// The number of elements of one `range`, `batch`, `slice` or `lipsum`.
    public var sequenceLength = 1_000_000
    /// The nesting of tags and of expressions in the source.
    public var nestingDepth = 200

    /// The defaults.
    public init() {}
}
