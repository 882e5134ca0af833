/// The words of the language that the parser knows, and the names with a meaning of their own.
enum Keyword: Int32, CaseIterable {
    // Expressions.
    case and, or, not, `in`, `is`, `if`, `else`
    case lowerTrue, upperTrue, lowerFalse, upperFalse, lowerNone, upperNone

    // Tags, and what ends them.
    case elif, endif, `for`, endfor, set, endset, macro, endmacro, call, endcall, filter, endfilter
    case with, endwith, autoescape, endautoescape, block, endblock
    case extends, include, `import`, from, `do`, print, `break`, `continue`, raw

    // Parts of tags.
    case recursive, scoped, required, ignore, missing, `as`, without, context

    // Variables that the engine sets.
    case loop, caller, varargs, kwargs, ownBlocks, parentBlock

    /// How it is written.
    var text: String {
        switch self {
        case .lowerTrue: "true"
        case .upperTrue: "True"
        case .lowerFalse: "false"
        case .upperFalse: "False"
        case .lowerNone: "none"
        case .upperNone: "None"
        case .ownBlocks: "self"
        case .parentBlock: "super"
        default: "\(self)"
        }
    }
}
