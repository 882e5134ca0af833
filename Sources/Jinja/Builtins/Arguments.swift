/// The arguments of one call, by the position of their parameter in the `Signature`.
public struct Arguments {
    let signature: Signature
    /// What was given, by parameter.
    let values: ContiguousArray<Value?>
    /// Positional arguments beyond the parameters.
    public let rest: ContiguousArray<Value>
    /// Keywords that are no parameters.
    public let named: [(name: String, value: Value)]
    /// The render that the call belongs to.
    public let state: RenderState

    /// The argument of a parameter, or its default.
    public subscript(index: Int) -> Value {
        if index < values.count, let value = values[index] { return value }
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
