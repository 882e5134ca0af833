/// Filters that make one value of many.
enum AggregateFilters {
    static let all: [FilterDefinition] = [
        FilterDefinition("sum", [.optional("attribute"), .optional("start", 0)], function: sum),
        FilterDefinition("min", [.optional("case_sensitive", false), .optional("attribute")]) {
            try extreme($0, $1) { try $0.isLess(than: $1) }
        },
        FilterDefinition("max", [.optional("case_sensitive", false), .optional("attribute")]) {
            try extreme($0, $1) { try $1.isLess(than: $0, symbol: ">", swapped: true) }
        },
    ]

    private static func sum(_ value: Value, _ arguments: Arguments) throws -> Value {
        let path = arguments.optional(0).map { AttributePath($0, arguments.state) }
        guard arguments[1].stringValue == nil else {
            throw EvaluationError.type("sum() can't sum strings [use ''.join(seq) instead]")
        }
        return try value.elements().reduce(arguments[1]) { total, item in
            try Value.arithmetic(.add, total, try path?.value(of: item) ?? item, in: arguments.state)
        }
    }

    private static func extreme(
        _ value: Value, _ arguments: Arguments, isBetter: (Value, Value) throws -> Bool
    ) throws -> Value {
        let isCaseSensitive = try arguments.flag(0)
        let path = AttributePath(arguments[1], arguments.state)
        var best: (item: Value, key: Value)?
        for item in try value.elements() {
            let found = try path.value(of: item)
            let key = isCaseSensitive ? found : found.ignoringCase
            if let current = best, try !isBetter(key, current.key) { continue }
            best = (item, key)
        }
        return best?.item ?? arguments.state.undefined(hint: "No aggregated item, sequence was empty.")
    }
}
