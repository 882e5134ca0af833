/// The parameters of a filter, test or function, declared once: binding, defaults and messages follow from it.
///
///     Signature("width", default: 4).adding("first", default: false)
///
/// The operand of a filter or test is not a parameter.
public struct Signature: Sendable {
    /// One parameter.
    public struct Parameter: Sendable {
        /// The name under which it can be given as a keyword.
        public let name: String
        /// Its value when it is not given; `nil` when it has to be.
        public let defaultValue: Constant?

        /// A parameter that has to be given.
        public static func required(_ name: String) -> Parameter {
            Parameter(name: name, defaultValue: nil)
        }
        /// A parameter that has a value when it is not given.
        public static func optional(_ name: String, _ value: Constant = .none) -> Parameter {
            Parameter(name: name, defaultValue: value)
        }
    }

    /// The parameters in the order of positional arguments.
    public let parameters: [Parameter]
    /// Whether further positional arguments are accepted.
    public let acceptsRest: Bool
    /// Whether keywords of other names are accepted.
    public let acceptsNamed: Bool
    /// Names that can be given as keywords and have no position.
    let namedOnly: [String]
    /// Whether a call without arguments lacks one.
    let hasRequiredParameters: Bool

    /// Parameters, and whether more arguments are accepted.
    public init(_ parameters: [Parameter] = [], acceptsRest: Bool = false, acceptsNamed: Bool = false) {
        self.init(parameters, acceptsRest: acceptsRest, acceptsNamed: acceptsNamed, namedOnly: [])
    }

    init(_ parameters: [Parameter], acceptsRest: Bool, acceptsNamed: Bool, namedOnly: [String]) {
        self.parameters = parameters
        self.acceptsRest = acceptsRest
        self.acceptsNamed = acceptsNamed
        self.namedOnly = namedOnly
        hasRequiredParameters = parameters.contains { $0.defaultValue == nil }
    }

    /// No parameters.
    public static let none = Signature()

    /// Whether a call of this many positional arguments and no others has what it needs and not more.
    func fits(positionalCount: Int) -> Bool {
        guard positionalCount <= parameters.count else { return false }
        if !hasRequiredParameters { return true }
        for index in positionalCount..<parameters.count where parameters[index].defaultValue == nil { return false }
        return true
    }

    /// What is wrong with a call of this many positional arguments and these keywords; `nil` when nothing is.
    func problem(positionalCount: Int, names: [String]) -> String? {
        if positionalCount > parameters.count, !acceptsRest {
            let most =
                parameters.isEmpty
                ? "no arguments" : "at most \(parameters.count) argument\(parameters.count == 1 ? "" : "s")"
            return "takes \(most), \(positionalCount) given"
        }
        var seen = Set(parameters.prefix(positionalCount).map(\.name))
        for name in names {
            if !seen.insert(name).inserted { return "got the argument `\(name)` twice" }
            if !acceptsNamed, !namedOnly.contains(name), !parameters.contains(where: { $0.name == name }) {
                let suggestion = Suggestions.nearest(name, parameters.map(\.name)).map {
                    ", did you mean `\($0)`?"
                }
                return "has no argument named `\(name)`\(suggestion ?? "")"
            }
        }
        let missing = parameters.filter { $0.defaultValue == nil && !seen.contains($0.name) }
        guard !missing.isEmpty else { return nil }
        let list = missing.map { "`\($0.name)`" }.joined(separator: " and ")
        return "needs the argument\(missing.count == 1 ? "" : "s") \(list)"
    }

    /// Gives every parameter its argument.
    /// - Parameter callee: how the thing called is named in messages, such as "filter `indent`".
    func bind(_ arguments: CallArguments, callee: @autoclosure () -> String, in state: RenderState)
        throws -> Arguments
    {
        if arguments.named.isEmpty, fits(positionalCount: arguments.positional.count) {
            switch arguments.positional.count {
            case 0: return Arguments(self, state)
            case 1: return Arguments(self, arguments.positional[0], state)
            default: return Arguments(self, ContiguousArray(arguments.positional.lazy.map { $0 }), state)
            }
        }
        if let problem = problem(
            positionalCount: arguments.positional.count, names: arguments.named.map(\.name))
        {
            throw EvaluationError.type("\(callee()) \(problem)")
        }
        var values = ContiguousArray<Value?>(repeating: nil, count: parameters.count)
        for (index, value) in arguments.positional.prefix(parameters.count).enumerated() {
            values[index] = value
        }
        var others: [(name: String, value: Value)] = []
        for (name, value) in arguments.named {
            if let index = parameters.firstIndex(where: { $0.name == name }) {
                values[index] = value
            } else {
                others.append((name, value))
            }
        }
        let rest = ContiguousArray(arguments.positional.dropFirst(parameters.count))
        return Arguments(self, values, rest: rest, named: others, state)
    }
}
