/// The arguments of one call, by the position of their parameter in the `Signature`.
public struct Arguments {
    let signature: Signature
    /// What was given for the first parameter: most calls have one argument or none, and need no more than this.
    private let first: Value?
    private let more: More?
    /// The render that the call belongs to.
    public let state: RenderState

    /// The arguments of a call with several.
    private final class More {
        let values: ContiguousArray<Value?>
        let rest: ContiguousArray<Value>
        let named: [(name: String, value: Value)]

        init(
            _ values: ContiguousArray<Value?>, _ rest: ContiguousArray<Value>,
            _ named: [(name: String, value: Value)]
        ) {
            self.values = values
            self.rest = rest
            self.named = named
        }
    }

    /// No arguments.
    init(_ signature: Signature, _ state: RenderState) {
        self.signature = signature
        self.state = state
        first = nil
        more = nil
    }

    /// One argument.
    init(_ signature: Signature, _ first: Value, _ state: RenderState) {
        self.signature = signature
        self.first = first
        self.state = state
        more = nil
    }

    /// What was given, by parameter.
    init(
        _ signature: Signature, _ values: ContiguousArray<Value?>, rest: ContiguousArray<Value> = [],
        named: [(name: String, value: Value)] = [], _ state: RenderState
    ) {
        self.signature = signature
        self.state = state
        first = values.first ?? nil
        more = More(values, rest, named)
    }

    /// Positional arguments beyond the parameters.
    public var rest: ContiguousArray<Value> { more?.rest ?? [] }

    /// Keywords that are no parameters.
    public var named: [(name: String, value: Value)] { more?.named ?? [] }

    /// The argument of a parameter, or its default.
    public subscript(index: Int) -> Value {
        if index == 0 {
            if let first { return first }
        } else if let more, index < more.values.count, let value = more.values[index] {
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
