/// A filter: a value and arguments in, a value out. It throws `EvaluationError`, which gets its place later.
public typealias FilterFunction = @Sendable (Value, Arguments) throws -> Value
/// A test: a value and arguments in, a truth out.
public typealias TestFunction = @Sendable (Value, Arguments) throws -> Bool
/// A global function.
public typealias GlobalFunction = @Sendable (Arguments) throws -> Value

/// A filter with its parameters.
struct FilterDefinition: Sendable {
    let name: String
    let signature: Signature
    let function: FilterFunction

    init(_ name: String, _ parameters: [Signature.Parameter] = [], function: @escaping FilterFunction) {
        self.init(name, Signature(parameters), function: function)
    }

    init(_ name: String, _ signature: Signature, function: @escaping FilterFunction) {
        self.name = name
        self.signature = signature
        self.function = function
    }

    /// The same filter under another name.
    func renamed(_ name: String) -> FilterDefinition {
        FilterDefinition(name, signature, function: function)
    }
}

/// A test with its parameters.
struct TestDefinition: Sendable {
    let name: String
    let signature: Signature
    let function: TestFunction

    init(_ name: String, _ parameters: [Signature.Parameter] = [], function: @escaping TestFunction) {
        self.name = name
        self.signature = Signature(parameters)
        self.function = function
    }
}

/// A global function with its parameters.
struct FunctionDefinition: Sendable {
    let name: String
    let signature: Signature
    let function: GlobalFunction
}

/// The filters, tests and functions that templates of one environment know.
struct Registry: Sendable {
    private(set) var filters: [String: FilterDefinition] = [:]
    private(set) var tests: [String: TestDefinition] = [:]
    private(set) var functions: [String: FunctionDefinition] = [:]
    private(set) var globals: [String: Constant] = [:]

    /// Everything that Jinja2 has, and the filters of our field.
    static let standard: Registry = {
        var registry = Registry()
        let filters =
            TextFilters.all + MarkupFilters.all + SequenceFilters.all + SelectionFilters.all
            + AggregateFilters.all
            + NumberFilters.all + EncodingFilters.all
        for filter in filters { registry.add(filter) }
        for test in BuiltinTests.all { registry.add(test) }
        for function in BuiltinFunctions.all { registry.add(function) }
        return registry
    }()

    mutating func add(_ filter: FilterDefinition) { filters[filter.name] = filter }
    mutating func add(_ test: TestDefinition) { tests[test.name] = test }
    mutating func add(_ function: FunctionDefinition) { functions[function.name] = function }
    mutating func addGlobal(_ name: String, _ value: Constant) { globals[name] = value }

    /// The names that every template can use without a context.
    var globalNames: Set<String> { Set(functions.keys).union(globals.keys) }

    /// The error of a filter that does not exist.
    func unknownFilter(_ name: String) -> EvaluationError {
        EvaluationError(
            .unknownName, "unknown filter `\(name)`",
            suggestion: Suggestions.nearest(name, filters.keys.sorted()))
    }

    /// The error of a test that does not exist.
    func unknownTest(_ name: String) -> EvaluationError {
        EvaluationError(
            .unknownName, "unknown test `\(name)`",
            suggestion: Suggestions.nearest(name, tests.keys.sorted()))
    }
}
