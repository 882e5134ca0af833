public import Diagnostics
import YAML

/// Reads a configuration and finds everything that is wrong with it, at its place.
public enum ConfigChecker {
    /// Parses, reads and judges a file. Never throws; what cannot be read is said in the diagnostics.
    /// - Parameter region: the region that is asked for, for a configuration that names none itself.
    public static func check(_ file: SourceFile, region: String? = nil) -> CheckedConfig {
        let parsed = Parser.parse(file)
        guard let document = parsed.document else {
            return CheckedConfig(document: nil, diagnostics: parsed.diagnostics)
        }
        guard let root = document.root, root.mapping != nil else {
            return CheckedConfig(document: document, diagnostics: parsed.diagnostics + [.noMap(document)])
        }
        let header = HostedHeader(document)
        if header.isHosted(root) {
            return HostedChecker.check(
                document, root, header: header, found: parsed.diagnostics, region: region)
        }
        let (kind, kindProblems) = kind(of: root)
        guard kind != nil else {
            return CheckedConfig(document: document, diagnostics: parsed.diagnostics + kindProblems)
        }
        if kind?.name == StackKind.taskGovernance.name {
            return PolicyChecker.check(document, root, found: parsed.diagnostics)
        }
        return check(document, root, kind: kind, found: parsed.diagnostics)
    }

    private static func check(
        _ document: Document, _ root: Node, kind: StackKind?, found: [Diagnostic]
    ) -> CheckedConfig {
        var decoder = ConfigDecoder()
        var stack = ClusterStack.decode(root, &decoder) ?? ClusterStack()
        stack.normalize(LocatedConfig(document))
        let (plan, judged) = judge(stack, document, broken: decoder.brokenPaths)
        let silencing = Silencing(document, stack.allow)
        let (remaining, silenced) = silencing.apply(to: judged)
        return CheckedConfig(
            document: document, kind: kind, stack: stack, plan: plan,
            diagnostics: found + decoder.diagnostics + silencing.problems + remaining, silenced: silenced)
    }

    /// Draws the plan where everything could be read, and asks every rule whose values could be read.
    private static func judge(
        _ stack: ClusterStack, _ document: Document, broken: [ConfigPath]
    ) -> (Plan?, [Diagnostic]) {
        var plan: Plan?
        var problem: NetworkPlanner.Problem?
        let groups = GroupSummary.all(of: stack)
        if broken.isEmpty {
            do { plan = try Planner.plan(stack, groups: groups) } catch { problem = error }
        }
        var context = RuleContext(
            stack: stack, config: LocatedConfig(document), plan: plan, planningProblem: problem, groups: groups)
        let brokenKeys = broken.map(\.keys)
        for rule in RuleRegistry.all where !rule.isBlocked(by: brokenKeys) { context.run(rule) }
        return (plan, context.diagnostics)
    }

    /// The kind that a configuration names, or why it cannot be told.
    private static func kind(of root: Node) -> (StackKind?, [Diagnostic]) {
        guard let entry = root.entry(forKey: "kind") else {
            let names = StackKind.all.map(\.name)
            return (
                nil,
                [
                    .error(
                        SchemaRule.missingKey.id, "the configuration lacks `kind`", at: root.problemSpan,
                        notes: [Diagnostic.Note("the kinds are \(names.joined(separator: ", "))")],
                        fix: names.first.map { Diagnostic.Fix("begin with `kind: \($0)`") })
                ]
            )
        }
        guard let name = entry.value.scalar?.text, let kind = StackKind.named(name) else {
            return (nil, [.unknownKind(entry.value, key: entry.key)])
        }
        guard let version = root.entry(forKey: "version") else { return (kind, []) }
        guard let text = version.value.scalar?.text, !text.isEmpty else { return (kind, []) }
        return kind.versions.contains(text) ? (kind, []) : (nil, [.unknownVersion(version.value, text, kind)])
    }
}

extension Diagnostic {
    fileprivate static func noMap(_ document: Document) -> Diagnostic {
        let span = document.root?.problemSpan ?? SourceSpan(document.file, 0..<0)
        let what = document.root.map { "the file holds \($0.kindDescription), not a map of keys with values" }
        return .error(
            SchemaRule.emptyFile.id, what ?? "the file is empty", at: span,
            fix: Fix("write `kind: \(StackKind.all.first?.name ?? "")` and its keys, or run `stackgen init`"))
    }

    fileprivate static func unknownKind(_ node: Node, key: Node) -> Diagnostic {
        let names = StackKind.all.map(\.name)
        guard let text = node.scalar?.text, !node.isNull else {
            let id = node.isNull ? SchemaRule.noValue.id : SchemaRule.wrongType.id
            let message = node.isNull ? "`kind` has no value" : "`kind` is \(node.kindDescription), not a text"
            return .error(
                id, message, at: node.isNull ? key.span : node.problemSpan,
                fix: names.first.map { Fix("write `kind: \($0)`") })
        }
        let nearest = Spelling.nearest(to: text, in: names) ?? (names.count == 1 ? names.first : nil)
        return .error(
            SchemaRule.unknownKind.id, "there is no kind `\(text)`", at: node.span,
            notes: [Note("the kinds are \(names.joined(separator: ", "))")],
            fix: nearest.map { .correct(node.span, to: $0) })
    }

    fileprivate static func unknownVersion(_ node: Node, _ text: String, _ kind: StackKind) -> Diagnostic {
        .error(
            SchemaRule.unknownVersion.id, "the kind \(kind.name) has no version `\(text)`", at: node.span,
            notes: [Note("its versions are \(kind.versions.joined(separator: ", "))")],
            fix: .replace(node.span, with: "\"\(kind.newestVersion)\""))
    }
}
