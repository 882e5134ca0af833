/// The code of a root, block, macro or recursive loop.
struct FunctionCode: Sendable {
    let slotCount: Int
    let entry: ScopeEntry
    let body: Sequence
    /// The slot of `self`, where the code uses it.
    let selfSlot: Int?
    /// The slot of `super`, where the code uses it.
    let superSlot: Int?
    /// How much deeper the evaluator goes in the body.
    var weight: Int { body.depth + 2 }

    /// Statements one after the other.
    struct Sequence: Sendable {
        let statements: [any StatementNode]
        let depth: Int

        init(_ statements: [any StatementNode]) {
            self.statements = statements
            depth = (statements.map(\.depth).max() ?? 0) + 1
        }

        /// Runs the statements until one leaves the loop around them.
        func execute(_ frame: Frame) throws -> Completion {
            for statement in statements {
                let completion = try statement.execute(frame)
                if completion != .normal { return completion }
            }
            return .normal
        }
    }
}

/// The code of a block.
final class BlockCode: Sendable {
    let name: String
    let code: FunctionCode

    init(name: String, code: FunctionCode) {
        self.name = name
        self.code = code
    }
}

/// A block of a template.
struct BlockReference {
    let template: CompiledTemplate
    let code: BlockCode
}

/// How a statement ended.
enum Completion {
    case normal
    case breaksLoop
    case continuesLoop
}

/// A statement that runs itself.
protocol StatementNode: AnyObject, Sendable {
    /// The depth of its tree.
    var depth: Int { get }
    func execute(_ frame: Frame) throws -> Completion
}

/// An expression that evaluates itself.
protocol ExpressionNode: AnyObject, Sendable {
    var range: SourceRange { get }
    var depth: Int { get }
    func evaluate(_ frame: Frame) throws -> Value
}
