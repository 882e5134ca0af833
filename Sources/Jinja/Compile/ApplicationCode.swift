/// What a filter or test of a template calls, and how its arguments reach the parameters. Shared by all renders.
final class ApplicationCode: Sendable {
    /// What is called.
    enum Callee: Sendable {
        case filter(FilterFunction)
        case test(TestFunction)
    }

    /// The arguments of a call.
    enum Binding: Sendable {
        /// No arguments at all.
        case empty
        /// One expression for each parameter given; the others have none.
        case parameters([ExpressionID])
        /// Also arguments beyond the parameters.
        case open([ExpressionID], rest: [ExpressionID], named: [(name: String, value: ExpressionID)])
        /// Known only when the call runs.
        case dynamic
    }

    let callee: Callee
    let signature: Signature
    let binding: Binding

    init(_ callee: Callee, _ signature: Signature, _ binding: Binding) {
        self.callee = callee
        self.signature = signature
        self.binding = binding
    }
}

/// What a filter or test stands for, once it is compiled.
enum ApplicationTarget: Sendable {
    case unresolved
    case code(ApplicationCode)
}
