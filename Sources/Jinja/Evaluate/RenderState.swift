/// What one render shares: its environment, output, budgets and the templates loaded so far.
public final class RenderState {
    /// The environment of the template.
    public let environment: Environment
    /// How output is escaped where the current call stands.
    @exclusivity(unchecked) public internal(set) var escape: EscapeMode
    let limits: RenderLimits
    let undefinedBehavior: UndefinedBehavior
    let output: OutputBuffer
    /// The template that is rendered, which Jinja2 knows no name for.
    private(set) var root: CompiledTemplate?
    @exclusivity(unchecked) private var remainingSteps: Int
    @exclusivity(unchecked) private var remainingMemory: Int
    @exclusivity(unchecked) private(set) var depth = 0
    private var templates: [String: CompiledTemplate] = [:]
    var modules: [String: ModuleObject] = [:]
    /// Frames that macros hold on to: they refer to each other and are emptied at the end.
    private var retainedFrames: [Frame] = []
    private var contexts: [Context] = []
    /// What templates put into collections.
    let cycles = CycleBreaker()
    /// The functions and constants of the environment that have been asked for; undefined where there is none.
    private let globals = DictValue()
    /// Where the output comes from, where that was asked for.
    var trace: OutputTrace?

    init(_ environment: Environment, output: OutputBuffer = OutputBuffer()) {
        self.environment = environment
        self.output = output
        escape = environment.options.autoescape
        limits = environment.options.limits
        undefinedBehavior = environment.options.undefined
        remainingSteps = limits.steps
        remainingMemory = limits.memoryBytes
    }

    /// Evaluates a template with variables.
    ///
    /// The output goes into the array that is answered with as long as that has room: a template that is mostly text
    /// is copied once, and so is one that was rendered before.
    static func render(
        _ template: CompiledTemplate, _ variables: DictValue, in environment: Environment, trace: OutputTrace?
    ) throws -> [UInt8] {
        let room = template.estimate.room(certain: template.certainBytes)
        var rest: OutputBuffer?
        var bytes = try [UInt8](unsafeUninitializedCapacity: room) { memory, count in
            let output = OutputBuffer(in: memory)
            let state = RenderState(environment, output: output)
            state.trace = trace
            defer { state.dismantle() }
            state.root = template
            let context = Context(template, data: variables, state: state)
            try template.execute(in: context, state: state)
            count = output.countInFirst
            rest = output
        }
        rest?.copyRest(to: &bytes)
        template.estimate.learn(bytes.count)
        return bytes
    }

    func register(_ context: Context) { contexts.append(context) }

    func retain(_ frame: Frame) { retainedFrames.append(frame) }

    /// Breaks the cycles between macros and the frames they are defined in.
    func dismantle() {
        for frame in retainedFrames { frame.clear() }
        for context in contexts { context.clear() }
        cycles.breakCycles()
        retainedFrames = []
        contexts = []
        modules = [:]
    }

    // MARK: - Output

    /// Evaluates something whose output is wanted as a text.
    func capture(_ body: () throws -> Void) throws -> String {
        let mark = output.count
        do {
            try body()
            try charge(bytes: output.count - mark)
        } catch {
            output.truncate(to: mark)
            throw error
        }
        let text = output.cut(from: mark)
        trace?.capture(text, from: mark)
        return text
    }

    func requireOutputBudget() throws {
        if output.count > limits.outputBytes {
            throw EvaluationError.limit("the output is larger than \(limits.outputBytes) bytes")
        }
    }

    // MARK: - Budgets

    /// One statement, call or loop round.
    @inline(__always)
    func step() throws {
        remainingSteps -= 1
        if remainingSteps < 0 { throw stepsExhausted() }
    }

    private func stepsExhausted() -> EvaluationError {
        .limit("the template took more than \(limits.steps) steps")
    }

    /// Accounts for a text or collection that is about to be made.
    public func charge(bytes: Int) throws {
        guard bytes <= remainingMemory else {
            throw EvaluationError.limit(
                "the template computed more than \(limits.memoryBytes) bytes of values")
        }
        remainingMemory -= bytes
    }

    /// Accounts for a collection that is about to be made.
    public func charge(items: Int) throws {
        try charge(repeating: MemoryLayout<Value>.stride, times: items)
    }

    /// Accounts for something that is about to be made a number of times.
    public func charge(repeating size: Int, times: Int) throws {
        let (bytes, overflowed) = size.multipliedReportingOverflow(by: times)
        try charge(bytes: overflowed ? .max : bytes)
    }

    /// Fails for a sequence that is longer than one filter or function may make.
    public func requireLength(_ count: Int) throws {
        if count > limits.sequenceLength {
            throw EvaluationError.limit(
                "a sequence of \(count) elements is longer than \(limits.sequenceLength)")
        }
        try charge(items: count)
    }

    /// Goes deeper by the weight of a body, or fails.
    func nested<Result>(_ weight: Int, _ body: () throws -> Result) throws -> Result {
        depth += weight
        defer { depth -= weight }
        if depth > limits.recursionDepth { throw EvaluationError.limit("recursion is too deep") }
        return try body()
    }

    // MARK: - Names

    /// A function or constant of the environment.
    func global(_ name: Name) -> Value? {
        if let known = globals[name] { return known.isUndefined ? nil : known }
        let value: Value? =
            if let function = environment.registry.functions[name.text] {
                .object(FunctionObject(function))
            } else {
                environment.registry.globals[name.text]?.value
            }
        globals.set(name, value ?? undefined(name.text))
        return value
    }

    func undefined(_ name: String, hint: String? = nil) -> Value {
        .undefined(Undefined(name: name, behavior: undefinedBehavior, hint: hint))
    }

    func undefined(member: Value, of owner: Value) -> Value {
        .undefined(Undefined(member: member, of: owner, behavior: undefinedBehavior))
    }

    /// An undefined value with a message of its own.
    public func undefined(hint: String) -> Value { undefined("", hint: hint) }

    /// A template by name, compiled once in a render.
    func template(named name: String) throws -> CompiledTemplate? {
        if let template = templates[name] { return template }
        do {
            let template = try environment.compiled(named: name)
            templates[name] = template
            return template
        } catch let error as TemplateError {
            throw RenderError(.syntax, error.diagnostics)
        }
    }

    /// Applies a filter by name, as `map` does.
    func applyFilter(_ name: String, to value: Value, _ arguments: CallArguments) throws -> Value {
        guard let filter = environment.registry.filters[name] else {
            throw environment.registry.unknownFilter(name)
        }
        try step()
        return try filter.function(
            value, try filter.signature.bind(arguments, callee: "filter `\(name)`", in: self))
    }

    /// Applies a test by name, as `select` does.
    func applyTest(_ name: String, to value: Value, _ arguments: CallArguments) throws -> Bool {
        guard let test = environment.registry.tests[name] else {
            throw environment.registry.unknownTest(name)
        }
        try step()
        return try test.function(
            value, try test.signature.bind(arguments, callee: "test `\(name)`", in: self))
    }
}
