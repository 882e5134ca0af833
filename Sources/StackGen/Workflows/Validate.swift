public import Diagnostics
internal import Foundation
internal import StackSchemas

/// Checks configurations as far as they can be checked without the network: schema, rules, template.
public enum Validate {
    /// What was found of one configuration.
    public struct Report: Sendable {
        /// The configuration's path.
        public let path: String
        /// Every problem, in reading order.
        public let diagnostics: [Diagnostic]
        /// How many fixes were made in the file.
        public var fixes = 0
        /// How many of the errors are warnings that a strict check made errors.
        public var promoted = 0

        /// Whether it may be submitted.
        public var isValid: Bool { !diagnostics.contains { $0.severity == .error } }
    }

    /// How configurations are checked.
    public struct Options: Sendable {
        /// Whether warnings count as errors.
        public var isStrict: Bool
        /// Whether the template is evaluated and checked, too.
        public var evaluatesTemplate: Bool
        /// Whether safe fixes are written into the files.
        public var fixes: Bool

        /// Checks everything and writes nothing.
        public init(isStrict: Bool = false, evaluatesTemplate: Bool = true, fixes: Bool = false) {
            self.isStrict = isStrict
            self.evaluatesTemplate = evaluatesTemplate
            self.fixes = fixes
        }
    }

    /// Checks one project. Bad input is a report, not an error.
    public static func run(_ project: Project, options: Options = Options()) -> Report {
        check(project, options, isCertain: true)
            ?? Report(path: project.configPath, diagnostics: [])
    }

    /// Checks every configuration at these paths with all cores, in memory that does not grow with their number.
    /// - Parameters:
    ///   - paths: files, and folders in which configurations are looked for (see `ConfigFinder`).
    ///   - options: how they are checked.
    ///   - each: gets the reports one by one, in the order of the paths.
    /// - Throws: what `each` throws; bad input is a report, not an error.
    public static func run(
        _ paths: [String], options: Options = Options(), each: (Report) throws -> Void
    ) async throws {
        var candidates = Batches(ConfigFinder.candidates(at: paths), size: batchSize)
        guard let first = candidates.next() else { return }
        if first.count == 1, let report = check(first[0], options) { return try each(report) }
        // Batches far ahead of the one that is printed next would pile up, so only a few are under way.
        var isEmpty = true
        let window = 4 * ProcessInfo.processInfo.activeProcessorCount
        try await withThrowingTaskGroup(of: (Int, [Report]).self) { group in
            var begun = 0
            var printed = 0
            var waiting: [Int: [Report]] = [:]
            var next: [ConfigFinder.Candidate]? = first
            while printed < begun || next != nil {
                // Folders are looked through here, while the batches under way are checked.
                while begun < printed + window, let batch = next {
                    let number = begun
                    group.addTask { (number, batch.compactMap { check($0, options) }) }
                    begun += 1
                    next = candidates.next()
                }
                guard let (number, reports) = try await group.next() else { return }
                waiting[number] = reports
                while let ready = waiting.removeValue(forKey: printed) {
                    try ready.forEach(each)
                    printed += 1
                    isEmpty = isEmpty && ready.isEmpty
                }
            }
        }
        // Of folders without any configuration each is said to lack its `config.yaml`.
        if isEmpty { try paths.map { run(Project(path: $0), options: options) }.forEach(each) }
    }

    private static let batchSize = 16

    private static func check(_ candidate: ConfigFinder.Candidate, _ options: Options) -> Report? {
        check(candidate.project, options, isCertain: candidate.isCertain)
    }

    /// - Returns: `nil` for a file that was found and is no configuration.
    private static func check(_ project: Project, _ options: Options, isCertain: Bool) -> Report? {
        do {
            let config = try project.config()
            guard isCertain || ConfigFinder.isConfig(config) else { return nil }
            let fixed = options.fixes ? try SafeFixes.apply(to: config, of: project) : (config: config, count: 0)
            let found = diagnostics(project, fixed.config, options)
            return Report(
                path: project.configPath, diagnostics: options.isStrict ? found.map(\.strict) : found,
                fixes: fixed.count, promoted: options.isStrict ? found.count { $0.severity == .warning } : 0)
        } catch {
            return Report(path: project.configPath, diagnostics: problems(of: error))
        }
    }

    private static func diagnostics(_ project: Project, _ config: SourceFile, _ options: Options) -> [Diagnostic] {
        let checked = ConfigChecker.check(config)
        guard checked.stack != nil, !checked.hasErrors, options.evaluatesTemplate else { return checked.diagnostics }
        do {
            if let hosted = checked.hosted {
                _ = try HostedCompiler.evaluate(project, config, checked, hosted)
            } else if let policy = checked.policy {
                _ = try PolicyCompiler.evaluate(project, config, checked, policy)
            } else {
                _ = try Compiler.compile(project, checked: checked, of: config)
            }
            return checked.diagnostics
        } catch {
            return checked.diagnostics + problems(of: error)
        }
    }

    private static func problems(of error: any Error) -> [Diagnostic] {
        if let error = error as? DiagnosticError { return error.diagnostics }
        return [ProjectRule.unreadable.error("\(WorkflowError(error).message)")]
    }
}

/// Elements by the batch.
private struct Batches<Elements: IteratorProtocol> {
    private var elements: Elements
    private let size: Int

    init(_ elements: Elements, size: Int) {
        self.elements = elements
        self.size = size
    }

    /// The next batch; `nil` behind the last one.
    mutating func next() -> [Elements.Element]? {
        var batch: [Elements.Element] = []
        while batch.count < size, let element = elements.next() { batch.append(element) }
        return batch.isEmpty ? nil : batch
    }
}

extension Diagnostic {
    /// The problem with a warning made an error.
    fileprivate var strict: Diagnostic {
        var result = self
        if severity == .warning { result.severity = .error }
        return result
    }
}
