/// Jinja2's tests.
enum BuiltinTests {
    static let all: [TestDefinition] =
        [
            TestDefinition("defined") { value, _ in !value.isUndefined },
            TestDefinition("undefined") { value, _ in value.isUndefined },
            TestDefinition("none") { value, _ in value.isNone },
            TestDefinition("boolean") { value, _ in if case .bool = value { true } else { false } },
            TestDefinition("true") { value, _ in if case .bool(true) = value { true } else { false } },
            TestDefinition("false") { value, _ in if case .bool(false) = value { true } else { false } },
            TestDefinition("integer") { value, _ in if case .int = value { true } else { false } },
            TestDefinition("float") { value, _ in if case .double = value { true } else { false } },
            TestDefinition("number") { value, _ in value.number != nil },
            TestDefinition("string") { value, _ in value.stringValue != nil },
            TestDefinition("mapping") { value, _ in if case .dict = value { true } else { false } },
            TestDefinition("sequence") { value, _ in isSequence(value) },
            TestDefinition("iterable") { value, _ in
                if case .undefined(let undefined) = value { try undefined.requireLenient() }
                return value.isIterable
            },
            TestDefinition("callable") { value, _ in
                // Python's undefined has a call method, which fails; it counts as callable all the same.
                if case .object(let object) = value { object.isCallable } else { value.isUndefined }
            },
            TestDefinition("escaped") { value, _ in value.isEscaped },
            TestDefinition("lower") { value, _ in Text.isLowercase(try value.printed()) },
            TestDefinition("upper") { value, _ in Text.isUppercase(try value.printed()) },
            TestDefinition("odd") { value, arguments in try remainder(value, 2, arguments).isEqual(to: 1)
            },
            TestDefinition("even") { value, arguments in try remainder(value, 2, arguments).isEqual(to: 0)
            },
            TestDefinition("divisibleby", [.required("num")]) { value, arguments in
                try remainder(value, arguments[0], arguments).isEqual(to: 0)
            },
            TestDefinition("sameas", [.required("other")]) { value, arguments in
                isSame(value, arguments[0])
            },
            TestDefinition("in", [.required("seq")]) { value, arguments in
                try value.isContained(in: arguments[0])
            },
            TestDefinition("filter") { value, arguments in
                try value.requireHashable()
                return value.stringValue.map { arguments.state.environment.registry.filters[$0] != nil } ?? false
            },
            TestDefinition("test") { value, arguments in
                try value.requireHashable()
                return value.stringValue.map { arguments.state.environment.registry.tests[$0] != nil } ?? false
            },
        ] + comparisons

    private static let comparisons: [TestDefinition] = [
        ("==", ComparisonOperator.equal), ("eq", .equal), ("equalto", .equal), ("!=", .notEqual),
        ("ne", .notEqual),
        (">", .greater), ("gt", .greater), ("greaterthan", .greater), (">=", .greaterOrEqual),
        ("ge", .greaterOrEqual),
        ("<", .less), ("lt", .less), ("lessthan", .less), ("<=", .lessOrEqual), ("le", .lessOrEqual),
    ].map { name, operation in
        TestDefinition(name, [.required("other")]) { value, arguments in
            try operation.holds(value, arguments[0])
        }
    }

    private static func remainder(_ value: Value, _ divisor: Value, _ arguments: Arguments) throws
        -> Value
    {
        try Value.arithmetic(.modulo, value, divisor, in: arguments.state)
    }

    private static func isSequence(_ value: Value) -> Bool {
        switch value {
        case .string, .markup, .list, .tuple, .dict: true
        case .undefined(let undefined): undefined.behavior != .strict
        case .object(let object): object.isSequence
        default: false
        }
    }

    /// Python's `is`: the same object. Equal small values count as the same.
    private static func isSame(_ one: Value, _ two: Value) -> Bool {
        switch (one, two) {
        case (.none, .none): true
        case (.bool(let one), .bool(let two)): one == two
        case (.int(let one), .int(let two)): one == two
        case (.double(let one), .double(let two)): one == two
        case (.string(let one), .string(let two)), (.markup(let one), .markup(let two)):
            Text.isSame(one, two)
        case (.list(let one), .list(let two)): one === two
        case (.tuple(let one), .tuple(let two)): one === two || (one.items.isEmpty && two.items.isEmpty)
        case (.dict(let one), .dict(let two)): one === two
        case (.object(let one), .object(let two)): one === two
        case (.undefined(let one), .undefined(let two)): one === two
        default: false
        }
    }
}

extension Value {
    /// Whether it is text for HTML. Jinja2's chainable undefined says so of itself, too.
    fileprivate var isEscaped: Bool {
        if case .undefined(let undefined) = self { return undefined.behavior == .chainable }
        return isMarkup
    }
}
