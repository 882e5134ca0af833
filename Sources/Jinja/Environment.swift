public import Diagnostics

/// The settings, functions and source of templates. Immutable once it is in use; copies are independent.
///
///     var environment = Environment(options: Options(), loader: DictionaryLoader(["hello": "Hello {{ name }}!"]))
///     let text = try environment.template(named: "hello").render(["name": "world"])
public struct Environment: Sendable {
    /// How templates are read and evaluated.
    public let options: Options
    /// Where templates come from.
    public let loader: (any TemplateLoader)?
    private(set) var registry = Registry.standard
    /// Shared by copies until one of them gets a filter, test or function of its own.
    private var cache = TemplateCache()

    /// An environment with the built-in filters, tests and functions.
    public init(options: Options = Options(), loader: (any TemplateLoader)? = nil) {
        self.options = options
        self.loader = loader
    }

    /// Adds a filter, or replaces one.
    public mutating func addFilter(
        _ name: String, _ signature: Signature, _ function: @escaping FilterFunction
    ) {
        cache = TemplateCache()
        registry.add(FilterDefinition(name, signature, function: function))
    }

    /// Adds a test, or replaces one.
    public mutating func addTest(
        _ name: String, _ parameters: [Signature.Parameter] = [], _ function: @escaping TestFunction
    ) {
        cache = TemplateCache()
        registry.add(TestDefinition(name, parameters, function: function))
    }

    /// Adds a global function, or replaces one.
    public mutating func addFunction(
        _ name: String, _ signature: Signature, _ function: @escaping GlobalFunction
    ) {
        cache = TemplateCache()
        registry.add(FunctionDefinition(name: name, signature: signature, function: function))
    }

    /// Adds a global constant, or replaces one.
    public mutating func addGlobal(_ name: String, _ value: Constant) {
        cache = TemplateCache()
        registry.addGlobal(name, value)
    }

    /// The names of all filters, in alphabetical order.
    public var filterNames: [String] { registry.filters.keys.sorted() }

    /// The names of all tests, in alphabetical order.
    public var testNames: [String] { registry.tests.keys.sorted() }

    /// The names of all functions, in alphabetical order.
    public var functionNames: [String] { registry.functions.keys.sorted() }

    /// Compiles a source.
    /// - Throws: `TemplateError` with every problem found.
    public func compile(source: SourceFile) throws -> Template {
        Template(try Compiler.compile(source, options: options, registry: registry), self)
    }

    /// A template of the loader. It is loaded and compiled once, however often and from how many threads it is used.
    /// - Throws: `TemplateError`; `RenderError` of kind `templateNotFound`; whatever the loader throws.
    public func template(named name: String) throws -> Template {
        guard let template = try compiled(named: name) else {
            let kind = RenderError.Kind.templateNotFound
            throw RenderError(kind, [.error(kind.diagnosticID, "there is no template `\(name)`")])
        }
        return Template(template, self)
    }

    /// The code of a template of the loader, `nil` when there is none of that name.
    func compiled(named name: String) throws -> CompiledTemplate? {
        try cache.template(named: name) {
            try loader?.source(named: name).map { try Compiler.compile($0, options: options, registry: registry) }
        }
    }
}
