/// A value with behaviour: a function, a macro, a loop, a namespace, a range.
///
/// Everything has a default, so that an object implements only what it can do.
public protocol Object: AnyObject {
    /// The name of the type in messages.
    var typeName: String { get }
    /// An attribute or method, or `nil` when there is none of that name.
    func attribute(_ name: String) throws -> Value?
    /// An item by key, or `nil` when there is none.
    func item(_ key: Value) throws -> Value?
    /// The number of elements; `nil` for something without a length.
    var count: Int? { get }
    /// Whether it can be indexed like a sequence.
    var isSequence: Bool { get }
    /// The elements, or `nil` for something that cannot be iterated. Iterating a generator consumes it.
    func elements() throws -> ContiguousArray<Value>?
    /// Whether it can be called.
    var isCallable: Bool { get }
    /// Calls it.
    func call(_ arguments: CallArguments, in state: RenderState) throws -> Value
    /// What it prints as.
    func printed() throws -> String
    /// Whether two objects are equal; identity unless there is something better.
    func isEqual(to other: any Object) throws -> Bool
}

extension Object {
    /// No attributes.
    public func attribute(_ name: String) throws -> Value? { nil }
    /// No items.
    public func item(_ key: Value) throws -> Value? { nil }
    /// No length.
    public var count: Int? { nil }
    /// Not indexable.
    public var isSequence: Bool { false }
    /// Not iterable.
    public func elements() throws -> ContiguousArray<Value>? { nil }
    /// Not callable.
    public var isCallable: Bool { false }
    /// Fails: not callable.
    public func call(_ arguments: CallArguments, in state: RenderState) throws -> Value {
        throw EvaluationError.type("'\(typeName)' object is not callable")
    }
    /// The type in angle brackets.
    public func printed() throws -> String { "<\(typeName)>" }
    /// Identity.
    public func isEqual(to other: any Object) throws -> Bool { self === other }
}

/// The arguments of a call, evaluated but not yet bound to parameters.
public struct CallArguments {
    /// The positional arguments.
    public var positional: ContiguousArray<Value>
    /// The keyword arguments, in the order written.
    public var named: [(name: String, value: Value)]

    /// Arguments of a call.
    public init(_ positional: ContiguousArray<Value> = [], named: [(name: String, value: Value)] = []) {
        self.positional = positional
        self.named = named
    }
}
