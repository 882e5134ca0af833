public import Diagnostics

/// A compiled template. It holds no state: it can be rendered any number of times, from any number of threads.
public struct Template: Sendable {
    let compiled: CompiledTemplate
    let environment: Environment

    init(_ compiled: CompiledTemplate, _ environment: Environment) {
        self.compiled = compiled
        self.environment = environment
    }

    /// The text that was compiled.
    public var source: SourceFile { compiled.source.file }

    /// The names of the context variables that the template reads, in alphabetical order.
    public var referencedVariables: [String] {
        compiled.referencedVariables(globals: environment.registry.globalNames)
    }

    /// Evaluates the template with a context: a mapping of variable names.
    /// - Throws: `RenderError`.
    public func render(_ context: Value = .dict([])) throws -> String {
        String(decoding: try renderBytes(context), as: UTF8.self)
    }

    /// Evaluates the template with variables in order.
    /// - Throws: `RenderError`.
    public func render(_ context: [(String, Value)]) throws -> String { try render(.dict(context)) }

    /// Evaluates the template to UTF-8.
    /// - Throws: `RenderError`.
    public func renderBytes(_ context: Value = .dict([])) throws -> [UInt8] {
        try render(context, trace: nil)
    }

    /// Evaluates the template and tells where each piece of the output comes from. That takes longer: it is for a
    /// template whose output turned out wrong.
    /// - Throws: `RenderError`.
    public func traced(_ context: Value = .dict([])) throws -> (bytes: [UInt8], pieces: [OutputPiece]) {
        let trace = OutputTrace()
        let bytes = try render(context, trace: trace)
        return (bytes, trace.pieces)
    }

    private func render(_ context: Value, trace: OutputTrace?) throws -> [UInt8] {
        guard case .dict(let variables) = context else {
            throw RenderError(
                .type,
                [.error(RenderError.Kind.type.diagnosticID, "the context has to be a mapping of variables")]
            )
        }
        return try RenderState.render(compiled, variables, in: environment, trace: trace)
    }
}
