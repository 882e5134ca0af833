/// `namespace(…)`: attributes that inner scopes can assign.
final class NamespaceObject: Object {
    let values: DictValue

    init(_ values: DictValue) {
        self.values = values
    }

    var typeName: String { "Namespace" }
    func attribute(_ name: String) throws -> Value? { values[name] }
    func item(_ key: Value) throws -> Value? { values.value(for: key) }
    func printed() throws -> String { "<Namespace \(try Value.dict(values).represented())>" }
}

/// A global function.
final class FunctionObject: Object {
    private let definition: FunctionDefinition

    init(_ definition: FunctionDefinition) {
        self.definition = definition
    }

    var typeName: String { "function" }
    var isCallable: Bool { true }
    func printed() throws -> String {
        Self.classNames[definition.name].map { "<class '\($0)'>" } ?? "<function \(definition.name)>"
    }

    /// The functions that are classes in Python, by what they print.
    private static let classNames = [
        "range": "range", "dict": "dict", "cycler": "jinja2.utils.Cycler", "joiner": "jinja2.utils.Joiner",
        "namespace": "jinja2.utils.Namespace",
    ]

    func call(_ arguments: CallArguments, in state: RenderState) throws -> Value {
        try definition.function(
            try definition.signature.bind(arguments, callee: "function `\(definition.name)`", in: state))
    }

    func isEqual(to other: any Object) throws -> Bool {
        (other as? FunctionObject)?.definition.name == definition.name
    }
}

/// A method that was taken from its value without being called.
final class BoundMethod: ReleasableObject {
    private var receiver: Value
    private let name: String

    init(receiver: Value, name: String) {
        self.receiver = receiver
        self.name = name
    }

    func release() { receiver = .none }

    var typeName: String { "builtin_function_or_method" }
    var isCallable: Bool { true }
    func printed() throws -> String { "<built-in method \(name) of \(receiver.typeName) object>" }

    func call(_ arguments: CallArguments, in state: RenderState) throws -> Value {
        if case .object(let loop as LoopObject) = receiver {
            return try loop.call(method: name, arguments)
        }
        if case .object(let object as any MethodObject) = receiver {
            return try object.call(method: name, arguments, in: state)
        }
        return try Methods.call(name, on: receiver, arguments, in: state)
    }
}

/// An object with methods of its own.
protocol MethodObject: Object {
    func call(method: String, _ arguments: CallArguments, in state: RenderState) throws -> Value
}

/// `range(…)`.
final class RangeObject: Object {
    let start: Int
    let stop: Int
    let step: Int
    private let length: Int

    init(start: Int, stop: Int, step: Int) {
        self.start = start
        self.stop = stop
        self.step = step
        let isEmpty = step > 0 ? start >= stop : start <= stop
        // The distance between two integers always fits an unsigned one.
        let distance = step > 0 ? UInt(bitPattern: stop &- start) : UInt(bitPattern: start &- stop)
        length = isEmpty ? 0 : Int(clamping: (distance - 1) / step.magnitude + 1)
    }

    var typeName: String { "range" }
    var count: Int? { length }
    var isSequence: Bool { true }

    func element(_ index: Int) -> Value { .int(start &+ index &* step) }

    func item(_ key: Value) throws -> Value? {
        guard let index = key.integerValue else { return nil }
        let position = index < 0 ? index &+ length : index
        return position >= 0 && position < length ? element(position) : nil
    }

    func elements() throws -> ContiguousArray<Value>? {
        ContiguousArray((0..<length).lazy.map { self.element($0) })
    }

    func printed() throws -> String {
        step == 1 ? "range(\(start), \(stop))" : "range(\(start), \(stop), \(step))"
    }

    func sliced(_ bounds: SliceBounds) -> RangeObject {
        let (first, last, stride) = bounds.resolved(count: length)
        return RangeObject(
            start: start &+ first &* step, stop: start &+ last &* step, step: step &* stride)
    }

    func attribute(_ name: String) throws -> Value? {
        switch name {
        case "start": .int(start)
        case "stop": .int(stop)
        case "step": .int(step)
        default: nil
        }
    }

    func isEqual(to other: any Object) throws -> Bool {
        guard let other = other as? RangeObject, other.length == length else { return false }
        return length == 0 || (other.start == start && (length == 1 || other.step == step))
    }
}

/// What lazy filters answer with: elements that can be visited once, computed when they are first asked for.
final class GeneratorObject: ReleasableObject {
    private let name: String
    private var produce: (() throws -> ContiguousArray<Value>)?
    private var items: ContiguousArray<Value> = []
    private var position = 0

    init(_ name: String, _ produce: @escaping () throws -> ContiguousArray<Value>) {
        self.name = name
        self.produce = produce
    }

    func release() {
        produce = nil
        items = []
        position = 0
    }

    var typeName: String { "generator" }
    func printed() throws -> String { "<generator object \(name)>" }

    func elements() throws -> ContiguousArray<Value>? {
        try prepare()
        let rest = position == 0 ? items : ContiguousArray(items[position...])
        position = items.count
        return rest
    }

    /// The next element alone.
    func next() throws -> Value? {
        try prepare()
        guard position < items.count else { return nil }
        position += 1
        return items[position - 1]
    }

    private func prepare() throws {
        guard let produce else { return }
        self.produce = nil
        items = try produce()
    }
}

/// `mapping.keys()`, `mapping.values()` and `mapping.items()`.
final class DictView: Object {
    enum Kind: String { case keys, values, items }

    private let kind: Kind
    private let mapping: DictValue

    init(_ kind: Kind, _ mapping: DictValue) {
        self.kind = kind
        self.mapping = mapping
    }

    var typeName: String { "dict_\(kind.rawValue)" }
    var count: Int? { mapping.count }

    func elements() throws -> ContiguousArray<Value>? {
        switch kind {
        case .keys: mapping.keys
        case .values: mapping.values
        case .items: mapping.entries
        }
    }

    func printed() throws -> String {
        "\(typeName)(\(try Value.list(try elements() ?? []).represented()))"
    }

    func isEqual(to other: any Object) throws -> Bool {
        guard let other = other as? DictView, kind == other.kind, kind != .values else {
            return self === other
        }
        guard let one = try elements(), let two = try other.elements(), one.count == two.count else {
            return false
        }
        return try one.allSatisfy { try $0.isContained(in: .list(two)) }
    }
}

/// `cycler(…)`.
final class CyclerObject: MethodObject, ReleasableObject {
    private var items: ContiguousArray<Value>
    private var position = 0

    init(_ items: ContiguousArray<Value>) {
        self.items = items
    }

    func release() { items = [.none] }

    var typeName: String { "Cycler" }

    func attribute(_ name: String) throws -> Value? {
        switch name {
        case "current": items[position]
        case "items": .tuple(TupleValue(items))
        case "pos": .int(position)
        case "next", "reset": .object(BoundMethod(receiver: .object(self), name: name))
        default: nil
        }
    }

    func call(method: String, _ arguments: CallArguments, in state: RenderState) throws -> Value {
        _ = try Methods.bind(.none, arguments, method, state)
        if method == "reset" {
            position = 0
            return .none
        }
        defer { position = (position + 1) % items.count }
        return items[position]
    }
}

/// `joiner(…)`: nothing at the first call, its separator afterwards.
final class JoinerObject: ReleasableObject {
    private var separator: Value
    private var isUsed = false

    init(_ separator: Value) {
        self.separator = separator
    }

    func release() { separator = .none }

    var typeName: String { "Joiner" }
    var isCallable: Bool { true }

    func call(_ arguments: CallArguments, in state: RenderState) throws -> Value {
        _ = try Signature.none.bind(arguments, callee: "a joiner", in: state)
        defer { isUsed = true }
        return isUsed ? separator : ""
    }
}
