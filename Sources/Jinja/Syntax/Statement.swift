/// The number of a statement in its tree.
typealias StatementID = Ref<Statement>

/// A statement with its place: the place of its opening tag, or of its text.
struct Statement: Sendable {
    /// What the statement does.
    enum Kind: Sendable {
        case text
        /// The mode is set when the statement is compiled; `nil` where only the evaluation knows it.
        case output(ExpressionID, EscapeMode?)
        case print(Body)
        case `if`(Ref<Condition>)
        case `for`(Ref<ForLoop>)
        case set(Ref<Target>, ExpressionID)
        case setBlock(Ref<CaptureStatement>)
        case macro(Ref<MacroStatement>)
        case call(Ref<CallStatement>)
        case filter(Ref<CaptureStatement>)
        case with(Ref<WithStatement>)
        case autoescape(Ref<AutoescapeStatement>)
        case block(Ref<BlockStatement>)
        case extends(ExpressionID)
        case include(Ref<IncludeStatement>)
        case `import`(Ref<ImportStatement>)
        case `do`(ExpressionID)
        case `break`
        case `continue`
    }

    /// When output is printed in a template that extends another.
    enum Visibility: Sendable {
        case always
        /// Unless an `extends` has run.
        case beforeExtends
        case never
    }

    var kind: Kind
    let range: SourceRange
    let depth: Int32
    var visibility = Visibility.always
}

/// Statements one after the other, the depth of the deepest, and the special variables they speak of.
struct Body: Sendable {
    let statements: Run<StatementID>
    let depth: Int32
    var mentions = SpecialNames()

    static let empty = Body(statements: .empty, depth: 0)
}

/// Variables that the engine sets where they are used.
struct SpecialNames: OptionSet, Sendable {
    let rawValue: UInt8

    static let loop = SpecialNames(.loop)
    static let caller = SpecialNames(.caller)
    static let varargs = SpecialNames(.varargs)
    static let kwargs = SpecialNames(.kwargs)
    static let ownBlocks = SpecialNames(.ownBlocks)
    static let parentBlock = SpecialNames(.parentBlock)

    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// The name if it is special, nothing otherwise.
    init(_ name: NameID) {
        let bit = name.index - Keyword.loop.rawValue
        rawValue = (0..<6).contains(bit) ? 1 << UInt8(truncatingIfNeeded: bit) : 0
    }

    private init(_ keyword: Keyword) {
        self.init(NameID(keyword))
    }
}

/// An `if` statement.
struct Condition: Sendable {
    /// A condition and what it guards.
    struct Branch: Sendable {
        let test: ExpressionID
        let body: Body
    }

    let branches: Run<Branch>
    let otherwise: Body
}

/// A `for` statement. What is filled in later is set by the compiler.
struct ForLoop: Sendable {
    let target: Ref<Target>
    let iterable: ExpressionID
    let test: ExpressionID
    let isRecursive: Bool
    let body: Body
    let otherwise: Body

    /// The slot of `loop`, where the body uses it, or -1.
    var loopSlot: Int32 = -1
    var assigned = Ref<Target>.none
    /// Context variables that no statement of the body assigns: read once before the first round.
    var constants = ScopeEntry.empty
    var entry = ScopeEntry.empty
    var elseEntry = ScopeEntry.empty
    var filterTarget = Ref<Target>.none
    var filterEntry = ScopeEntry.empty
    /// The variables of the function that a recursive loop is.
    var slotCount: Int32 = 0
    /// How a recursive loop prints; `nil` where only the evaluation knows.
    var escape: EscapeMode?
}

/// A `set` or `filter` block: what its body prints is kept in a slot, and a filter works on it.
struct CaptureStatement: Sendable {
    /// What is assigned; a filter block prints instead.
    let target: Ref<Target>
    /// The filters; none where a `set` block keeps the text as it is.
    let filter: ExpressionID
    let body: Body

    var slot: Int32 = 0
    var assigned = Ref<Target>.none
    var entry = ScopeEntry.empty
}

/// A `macro` statement.
struct MacroStatement: Sendable {
    let name: Word
    let macro: Ref<Macro>
    var assigned = Ref<Target>.none
}

/// A `call` block: a macro without a name, handed to the call as `caller`.
struct CallStatement: Sendable {
    let macro: Ref<Macro>
    let call: ExpressionID
    var callerSlot: Int32 = 0
    var escape: EscapeMode?
}

/// The parameters and the body of a macro or call block.
struct Macro: Sendable {
    /// `nil` for a call block.
    let name: Word?
    let parameters: Run<Parameter>
    let body: Body

    var function = Function()
    /// The slots of variables that the call sets, where the body uses them, or -1.
    var callerSlot: Int32 = -1
    var variadicSlot: Int32 = -1
    var keywordSlot: Int32 = -1
}

/// A parameter of a macro.
struct Parameter: Sendable {
    let name: Word
    let defaultValue: ExpressionID
    var slot: Int32 = 0
}

/// A `with` statement.
struct WithStatement: Sendable {
    let assignments: Run<Assignment>
    let body: Body
    var entry = ScopeEntry.empty
}

/// One assignment of a `with` statement.
struct Assignment: Sendable {
    let target: Ref<Target>
    let value: ExpressionID
    var assigned = Ref<Target>.none
}

/// An `autoescape` statement.
struct AutoescapeStatement: Sendable {
    let mode: ExpressionID
    let body: Body
    var entry = ScopeEntry.empty
}

/// A `block` statement.
struct BlockStatement: Sendable {
    let name: Word
    let isScoped: Bool
    let isRequired: Bool
    /// Empty while the block is being read.
    var body = Body.empty

    var function = Function()
    /// The variables that a scoped block sees.
    var locals = Run<LocalVariable>.empty
}

/// An `include` statement.
struct IncludeStatement: Sendable {
    let template: ExpressionID
    let ignoresMissing: Bool
    let withContext: Bool
    /// The variables handed over.
    var locals = Run<LocalVariable>.empty
}

/// An `import` or `from … import` statement.
struct ImportStatement: Sendable {
    /// A name of the other template and the name it has here.
    struct Member: Sendable {
        let name: Word
        let alias: Word
        var slot: Int32 = 0
    }

    let template: ExpressionID
    /// The name of the module as a whole, or `nil` where members are imported.
    let module: Word?
    let members: Run<Member>
    let withContext: Bool

    var moduleSlot: Int32 = 0
    /// Whether the names belong to the template's own level.
    var isTopLevel = false
    var locals = Run<LocalVariable>.empty
}

/// What can stand left of `=` or between `for` and `in`.
enum Target: Sendable {
    case name(Word)
    case tuple(Run<Ref<Target>>, SourceRange)
    case attribute(namespace: ExpressionID, attribute: NameID, SourceRange)
    /// A name as the compiler found it.
    case slot(Int32, Word)
    /// A name of the template's own level.
    case exported(slot: Int32, Word)
}
