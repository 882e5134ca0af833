/// The arguments of one call, by the position of their parameter in the `Signature`.
public struct Arguments {
    let signature: Signature
    /// What was given for the first parameter: calls with one argument are most, and need no list.
    private let first: Value?
    /// What was given for all parameters, where it was more.
    private let others: ContiguousArray<Value?>
    /// Positional arguments beyond the parameters.
    public let rest: ContiguousArray<Value>
    /// Keywords that are no parameters.
    public let named: [(name: String, value: Value)]
    /// The render that the call belongs to.
    public let state: RenderState

    /// No arguments.
    init(_ signature: Signature, _ state: RenderState) {
        self.init(signature, first: nil, state)
    }

    /// One argument.
    init(_ signature: Signature, _ first: Value, _ state: RenderState) {
        self.init(signature, first: first, state)
    }

    private init(_ signature: Signature, first: Value?, _ state: RenderState) {
        self.signature = signature
        self.first = first
        self.state = state
        others = []
        rest = []
        named = []
    }

    /// What was given, by parameter.
    init(
        _ signature: Signature, _ values: ContiguousArray<Value?>, rest: ContiguousArray<Value> = [],
        named: [(name: String, value: Value)] = [], _ state: RenderState
    ) {
        self.signature = signature
        first = values.first ?? nil
        others = values
        self.rest = rest
        self.named = named
        self.state = state
    }

    /// The argument of a parameter, or its default.
    public subscript(index: Int) -> Value {
        if index == 0 {
            if let first { return first }
        } else if index < others.count, let value = others[index] {
            return value
        }
        guard index < signature.parameters.count else { return .none }
        return signature.parameters[index].defaultValue?.value ?? .none
    }

    /// The argument of a parameter, `nil` when it was not given or is `None`.
    public func optional(_ index: Int) -> Value? {
        let value = self[index]
        return value.isNone ? nil : value
    }

    /// An integer argument.
    public func integer(_ index: Int) throws -> Int {
        let value = self[index]
        if case .undefined(let undefined) = value { throw undefined.error }
        guard let number = value.integerValue else {
            throw EvaluationError.type("`\(name(index))` has to be an integer, not '\(value.typeName)'")
        }
        return number
    }

    /// An integer argument, `nil` when it was not given or is `None`.
    public func optionalInteger(_ index: Int) throws -> Int? {
        optional(index) == nil ? nil : try integer(index)
    }

    /// A text argument; anything else is an error.
    public func text(_ index: Int) throws -> String {
        let value = self[index]
        if case .undefined(let undefined) = value { throw undefined.error }
        guard let text = value.stringValue else {
            throw EvaluationError.type("`\(name(index))` has to be a text, not '\(value.typeName)'")
        }
        return text
    }

    /// The truth of an argument.
    public func flag(_ index: Int) throws -> Bool { try self[index].isTrue() }

    private func name(_ index: Int) -> String {
        signature.parameters.indices.contains(index) ? signature.parameters[index].name : "argument"
    }
}
