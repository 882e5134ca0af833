internal import Diagnostics
internal import Foundation
internal import Jinja
internal import YAML

/// The template engine alone: a template and data in, text out.
public enum Render {
    /// What a caller wants.
    public struct Request: Sendable {
        /// The template's path; `-` for standard input.
        public var template: String
        /// The data's path, JSON or YAML.
        public var data: String?
        /// Text values as `NAME=VALUE`.
        public var assignments: [String]
        /// What an unknown variable does.
        public var undefined: String
        /// How values are escaped.
        public var autoescape: String
        /// Drops the newline behind a block tag.
        public var trimBlocks: Bool
        /// Drops white space before a block tag on its line.
        public var lstripBlocks: Bool
        /// Keeps the newline at the end.
        public var keepTrailingNewline: Bool

        /// A request to evaluate a template.
        public init(
            template: String, data: String? = nil, assignments: [String] = [], undefined: String = "strict",
            autoescape: String = "none", trimBlocks: Bool = false, lstripBlocks: Bool = false,
            keepTrailingNewline: Bool = false
        ) {
            self.template = template
            self.data = data
            self.assignments = assignments
            self.undefined = undefined
            self.autoescape = autoescape
            self.trimBlocks = trimBlocks
            self.lstripBlocks = lstripBlocks
            self.keepTrailingNewline = keepTrailingNewline
        }
    }

    /// Compiles a template and evaluates it.
    /// - Throws: `DiagnosticError` with every problem of the template, or of the data, at its place.
    public static func run(_ request: Request) throws -> [UInt8] {
        let template = try compile(request)
        let context = try context(request)
        return try TemplateEngine.evaluate(template, context)
    }

    /// Compiles a template only.
    /// - Throws: `DiagnosticError` with every problem that can be known without data.
    public static func check(_ request: Request) throws {
        _ = try compile(request)
    }

    /// Answers one line of the bulk form: a JSON object `{"id", "template", "data", "templates", "options"}` with
    /// `{"id", "output"}` or `{"id", "error"}`, both without a newline. Without options it behaves as
    /// `jinja2.Environment()` does, with `do`, `break` and `continue` available.
    public static func answer(line: [UInt8]) -> [UInt8] { BulkRequest.answer(line) }

    /// Writes text in the place of a file in one step.
    /// - Throws: `WorkflowError` when it cannot be written.
    public static func write(_ bytes: [UInt8], to path: String) throws {
        do {
            try DurableFile.replace(URL(fileURLWithPath: path), with: bytes)
        } catch {
            throw WorkflowError(error)
        }
    }

    private static func compile(_ request: Request) throws -> Template {
        var options = Options()
        options.trimBlocks = request.trimBlocks
        options.lstripBlocks = request.lstripBlocks
        options.keepTrailingNewline = request.keepTrailingNewline
        options.strictCompilation = true
        options.undefined = try choice(request.undefined, "--undefined", UndefinedBehavior.self)
        options.autoescape = try choice(request.autoescape, "--autoescape", EscapeMode.self)
        let source = try read(request.template)
        let folder = URL(fileURLWithPath: request.template).deletingLastPathComponent()
        let loader = FolderLoader(folder: request.template == "-" ? nil : folder)
        return try TemplateEngine.compile(source, options: options, loader: loader)
    }

    private static func choice<Choice>(
        _ text: String, _ option: String, _ type: Choice.Type
    ) throws -> Choice where Choice: RawRepresentable<String> & CaseIterable {
        if let choice = Choice(rawValue: text) { return choice }
        let names = Choice.allCases.map(\.rawValue)
        let nearest = Spelling.nearest(to: text, in: names).map { "; did you mean `\($0)`?" } ?? ""
        throw WorkflowError(
            .invalidInput, "`\(text)` is no value of \(option)\(nearest)",
            advice: ["one of \(names.joined(separator: ", "))"])
    }

    private static func context(_ request: Request) throws -> Value {
        var pairs: [(String, Value)] = []
        if let path = request.data {
            guard case .dict(let data) = try DataFile.read(try read(path)) else {
                throw DiagnosticError(.notAMap(path))
            }
            for (key, value) in zip(data.keys, data.values) { pairs.append((key.stringValue ?? "", value)) }
        }
        for assignment in request.assignments {
            guard let equals = assignment.firstIndex(of: "="), equals > assignment.startIndex else {
                throw WorkflowError(.invalidInput, "`\(assignment)` is not of the form NAME=VALUE")
            }
            let value = String(assignment[assignment.index(after: equals)...])
            pairs.append((String(assignment[..<equals]), .string(value)))
        }
        return .dict(pairs)
    }

    private static func read(_ path: String) throws -> SourceFile {
        if path == "-" {
            return SourceFile(
                name: "<standard input>", bytes: Array(FileHandle.standardInput.readDataToEndOfFile()))
        }
        guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)) else {
            throw DiagnosticError(ProjectRule.unreadable.error("`\(path)` is not there or cannot be read"))
        }
        return SourceFile(name: path, bytes: Array(data))
    }
}

extension Diagnostic {
    fileprivate static func notAMap(_ path: String) -> Diagnostic {
        ProjectRule.unreadable.error(
            "the data `\(path)` is not a map of names to values", fix: "write `name: value` lines, or a JSON object")
    }
}
