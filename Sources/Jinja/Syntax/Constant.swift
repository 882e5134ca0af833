/// A value known when a template is compiled. Unlike `Value` it is immutable and can be shared between renders.
public enum Constant: Sendable {
    /// `None`.
    case none
    /// A truth value.
    case bool(Bool)
    /// An integer.
    case int(Int)
    /// A number.
    case double(Double)
    /// Unsafe text.
    case string(String)
    /// Safe text.
    case markup(String)
    /// A tuple.
    case tuple([Constant])

    /// The value in a render.
    var value: Value {
        switch self {
        case .none: .none
        case .bool(let flag): .bool(flag)
        case .int(let int): .int(int)
        case .double(let double): .double(double)
        case .string(let text): .string(text)
        case .markup(let text): .markup(text)
        case .tuple(let items): .tuple(items.map(\.value))
        }
    }

    /// The constant form of an immutable value, or `nil`.
    init?(_ value: Value) {
        switch value {
        case .none: self = .none
        case .bool(let flag): self = .bool(flag)
        case .int(let int): self = .int(int)
        case .double(let double): self = .double(double)
        case .string(let text): self = .string(text)
        case .markup(let text): self = .markup(text)
        case .tuple(let tuple) where tuple.fieldNames.isEmpty:
            let items = tuple.items.compactMap { Constant($0) }
            guard items.count == tuple.items.count else { return nil }
            self = .tuple(items)
        default: return nil
        }
    }
}

extension Constant: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral,
    ExpressibleByStringLiteral
{
    /// A truth value.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// An integer.
    public init(integerLiteral value: Int) { self = .int(value) }
    /// A number.
    public init(floatLiteral value: Double) { self = .double(value) }
    /// Unsafe text.
    public init(stringLiteral value: String) { self = .string(value) }
}
