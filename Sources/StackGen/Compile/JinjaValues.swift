internal import Jinja
internal import StackSchemas
internal import YAML

/// The plain values of the other parts, as values of a template. Order is kept everywhere.
extension Value {
    /// A configuration's value.
    init(_ value: ConfigValue) {
        switch value {
        case .null: self = .none
        case .bool(let flag): self = .bool(flag)
        case .int(let number): self = .int(number)
        case .double(let number): self = .double(number)
        case .string(let text): self = .string(text)
        case .list(let items): self = .list(items.map { Value($0) })
        case .map(let entries): self = .dict(entries.map { ($0.key, Value($0.value)) })
        }
    }

    /// A JSON value.
    init(_ value: OrderedJSON) {
        switch value {
        case .null: self = .none
        case .bool(let flag): self = .bool(flag)
        case .int(let number): self = .int(number)
        case .double(let number): self = .double(number)
        case .string(let text): self = .string(text)
        case .array(let items): self = .list(items.map { Value($0) })
        case .object(let members): self = .dict(members.map { ($0.key, Value($0.value)) })
        }
    }

    /// A YAML node under the core schema of YAML 1.2.
    init(_ node: Node) {
        switch node.content {
        case .sequence(let items): self = .list(items.map { Value($0) })
        case .mapping(let entries): self = .dict(entries.map { ($0.name, Value($0.value)) })
        case .scalar(let scalar):
            switch scalar.kind {
            case .null: self = .none
            case .bool: self = scalar.asBool.map { .bool($0) } ?? .string(scalar.text)
            // An integer beyond 64 bits is kept as a number.
            case .int:
                self = scalar.asInt.map { .int($0) } ?? Double(scalar.text).map { .double($0) } ?? .string(scalar.text)
            case .float: self = scalar.asDouble.map { .double($0) } ?? .string(scalar.text)
            case .string: self = .string(scalar.text)
            }
        }
    }
}
