/// Anything a template can hold, compute with or print.
///
/// Values follow Python's data model, because that is what templates in the wild rely on: `1 == 1.0 == true`,
/// strings are sequences of code points, lists and dictionaries are references. A value belongs to one render
/// at a time and is therefore not `Sendable`.
///
///     let context: Value = ["name": "ml-cluster", "zones": ["use1-az4", "use1-az6"], "count": 4]
public enum Value {
    /// A variable, attribute or item that does not exist. How it behaves is decided by `UndefinedBehavior`.
    case undefined(Undefined)
    /// Python's `None`.
    case none
    /// `True` or `False`; counts as 1 or 0 in arithmetic.
    case bool(Bool)
    /// A 64-bit integer. Arithmetic that leaves the range is a located error.
    case int(Int)
    /// A floating-point number.
    case double(Double)
    /// Text that autoescaping escapes.
    case string(String)
    /// Text that is already safe in the output language and is never escaped again.
    case markup(String)
    /// A mutable sequence with reference semantics.
    case list(ListValue)
    /// An immutable sequence.
    case tuple(TupleValue)
    /// A mutable mapping that keeps insertion order, with reference semantics.
    case dict(DictValue)
    /// A function, macro, loop, namespace, range or other object.
    case object(any Object)
}

extension Value {
    /// A new list.
    public static func list(_ items: some Sequence<Value>) -> Value {
        .list(ListValue(ContiguousArray(items)))
    }

    /// A new tuple.
    public static func tuple(_ items: some Sequence<Value>) -> Value {
        .tuple(TupleValue(ContiguousArray(items)))
    }

    /// A new mapping with text keys, in the order given. A later duplicate replaces the value of an earlier one.
    public static func dict(_ pairs: some Sequence<(String, Value)>) -> Value {
        let mapping = DictValue()
        for (key, value) in pairs { mapping.set(key, value) }
        return .dict(mapping)
    }
}

extension Value: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral {
    /// A truth value.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// An integer.
    public init(integerLiteral value: Int) { self = .int(value) }
}

extension Value: ExpressibleByFloatLiteral, ExpressibleByStringLiteral {
    /// A number.
    public init(floatLiteral value: Double) { self = .double(value) }
    /// Unsafe text.
    public init(stringLiteral value: String) { self = .string(value) }
}

extension Value: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    /// A list.
    public init(arrayLiteral elements: Value...) { self = .list(elements) }
    /// A mapping in the order written.
    public init(dictionaryLiteral elements: (String, Value)...) { self = .dict(elements) }
}

extension Value {
    /// The name Python gives the type, as it appears in messages.
    public var typeName: String {
        switch self {
        case .undefined: "Undefined"
        case .none: "NoneType"
        case .bool: "bool"
        case .int: "int"
        case .double: "float"
        case .string: "str"
        case .markup: "Markup"
        case .list: "list"
        case .tuple: "tuple"
        case .dict: "dict"
        case .object(let object): object.typeName
        }
    }

    /// "str object", or "None": the way an undefined attribute names its owner.
    var ownerDescription: String {
        if case .none = self { return "None" }
        if case .markup = self { return "markupsafe.Markup object" }
        if case .object = self, let module = Self.modules[typeName] { return "\(module).\(typeName) object" }
        return "\(typeName) object"
    }

    /// The modules that Jinja2 names with its own types.
    private static let modules = [
        "TemplateModule": "jinja2.environment", "LoopContext": "jinja2.runtime", "Macro": "jinja2.runtime",
        "BlockReference": "jinja2.runtime", "TemplateReference": "jinja2.runtime", "Namespace": "jinja2.utils",
        "Cycler": "jinja2.utils", "Joiner": "jinja2.utils",
    ]

    /// The text of a string or of safe text.
    public var stringValue: String? {
        switch self {
        case .string(let text), .markup(let text): text
        default: nil
        }
    }

    /// The number of an integer or truth value: Python's `operator.index`.
    public var integerValue: Int? {
        switch self {
        case .int(let number): number
        case .bool(let flag): flag ? 1 : 0
        default: nil
        }
    }

    /// Whether this is the absence of a value.
    public var isUndefined: Bool {
        if case .undefined = self { return true }
        return false
    }

    /// Whether this is `None`.
    public var isNone: Bool {
        if case .none = self { return true }
        return false
    }

    /// Python's truth: empty text, empty collections, zero, `None` and undefined are false.
    /// - Throws: `EvaluationError` for a strict undefined value.
    func isTrue() throws -> Bool {
        switch self {
        case .bool(let flag): return flag
        case .undefined(let undefined):
            try undefined.requireLenient()
            return false
        case .none: return false
        case .int(let number): return number != 0
        case .double(let number): return number != 0
        case .string(let text), .markup(let text): return !text.isEmpty
        case .list(let list): return !list.items.isEmpty
        case .tuple(let tuple): return !tuple.items.isEmpty
        case .dict(let mapping): return mapping.count != 0
        case .object(let object): return object.count.map { $0 != 0 } ?? true
        }
    }
}
