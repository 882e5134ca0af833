import Diagnostics
import YAML

/// Reads a hosted configuration and finds everything that is wrong with it.
enum HostedChecker {
    /// Judges a document that is known to be of the kind.
    /// - Parameters:
    ///   - document: the document, whose root is a map.
    ///   - region: the region that the caller asks for, where the configuration names none.
    static func check(
        _ document: Document, _ root: Node, header: HostedHeader, found: [Diagnostic], region: String?
    ) -> CheckedConfig {
        let kind = StackKind.hostedStack
        if let problem = problem(of: header) {
            return CheckedConfig(document: document, diagnostics: found + [problem])
        }
        let reader = HostedReader(document, root: root)
        var decoder = ConfigDecoder()
        let stack = reader.document.root.flatMap { HostedStack.decode($0, &decoder) } ?? HostedStack()
        let hosted = config(of: stack, reader, region: region)
        let mapping = HostedMapping(stack, region: hosted.region ?? "", zones: hosted.zones)
        let broken = decoder.brokenPaths.map(\.keys) + reader.brokenLists
        var rules = HostedRules(stack: stack, hosted: hosted, config: LocatedConfig(reader.located), broken: broken)
        rules.run()
        let shared = sharedFindings(mapping, reader.located, hosted, broken: broken)
        let silencing = Silencing(document, [])
        let judged = reader.diagnostics + rules.diagnostics + shared
        let (remaining, silenced) = silencing.apply(to: judged)
        let all = found + decoder.diagnostics + silencing.problems + remaining
        return CheckedConfig(
            document: document, kind: kind, stack: named(mapping.cluster, hosted), hosted: hosted,
            diagnostics: all.map { withoutEdits($0, inside: reader) }, silenced: silenced)
    }

    /// A fix of a part of a text would replace the whole of it, so it is left to the person.
    private static func withoutEdits(_ problem: Diagnostic, inside reader: HostedReader) -> Diagnostic {
        guard let fix = problem.fix, fix.edits.contains(where: { reader.isInsideText($0.span) }) else { return problem }
        var problem = problem
        problem.fix = Diagnostic.Fix(fix.description)
        return problem
    }

    /// The cluster under the name that its stack gets.
    private static func named(_ cluster: ClusterStack, _ hosted: HostedConfig) -> ClusterStack {
        var cluster = cluster
        cluster.stack.name = hosted.stackName
        return cluster
    }

    private static func config(of stack: HostedStack, _ reader: HostedReader, region asked: String?) -> HostedConfig {
        let region = HostedPlanner.region(of: stack, asked: asked)
        let zones = HostedPlanner.zones(of: stack, region: region)
        let cluster = HostedMapping(stack, region: region ?? "", zones: zones).cluster
        let tags = reader.document.root?["tags"]?.sequence.map { $0.map { ConfigValue($0) } }
        return HostedConfig(
            stack: stack, cluster: cluster, region: region, zones: zones,
            fsxZone: stack.fsxAvailabilityZoneID ?? zones.first,
            stackName: HostedPlanner.stackName(of: stack, region: region),
            namePrefix: HostedPlanner.namePrefix(of: stack, region: region),
            groups: reader.parameters(of: "instance_group_settings") ?? [HostedGroup.scaffoldJSON],
            restrictedGroups: reader.parameters(of: "rig_settings") ?? [], tags: tags.map { .list($0) })
    }

    /// What the comments of `hyp` say that stackgen cannot do.
    private static func problem(of header: HostedHeader) -> Diagnostic? {
        if let template = header.template, template.text != HostedHeader.clusterStack {
            return HostedRule.otherTemplate.finding(
                "stackgen makes no `\(template.text)`", at: template.span,
                notes: [Diagnostic.Note("of hyp's templates it takes cluster-stack")],
                fix: .replace(template.span, with: HostedHeader.clusterStack))
        }
        let versions = StackKind.hostedStack.versions
        guard let version = header.version, !versions.contains(version.text) else { return nil }
        return HostedRule.otherTemplate.finding(
            "the schema of cluster-stack has no version `\(version.text)`", at: version.span,
            notes: [Diagnostic.Note("its versions are \(versions.joined(separator: ", "))")],
            fix: .replace(version.span, with: StackKind.hostedStack.newestVersion))
    }

    // MARK: Rules of cluster-stack

    /// What the rules of `cluster-stack` say where the same fact holds for the published template.
    private static func sharedFindings(
        _ mapping: HostedMapping, _ document: Document, _ hosted: HostedConfig, broken: [[String]]
    ) -> [Diagnostic] {
        var context = RuleContext(
            stack: mapping.cluster, config: LocatedConfig(document, places: mapping.places), plan: nil,
            planningProblem: nil)
        for rule in RuleRegistry.all where isShared(rule.id, hosted) {
            if isBlocked(rule, mapping, broken) { continue }
            context.run(rule)
        }
        let wording = HostedWording(mapping)
        return context.diagnostics.map { wording.said($0, document: document) }
    }

    /// Whether a value that a rule judges, at its place in the hosted configuration, could not be read.
    private static func isBlocked(_ rule: Rule, _ mapping: HostedMapping, _ broken: [[String]]) -> Bool {
        guard !broken.isEmpty else { return false }
        let read = rule.reads.flatMap { path -> [[String]] in
            mapping.places.filter { $0.key.keys.starts(with: path.keys) || path.keys.starts(with: $0.key.keys) }
                .map(\.value.keys)
        }
        return broken.contains { broken in read.contains { $0.starts(with: broken) || broken.starts(with: $0) } }
    }

    private static func isShared(_ id: String, _ hosted: HostedConfig) -> Bool {
        let stack = hosted.stack
        if placement.contains(id) { return hosted.region != nil && (stack.createVPCStack || id == "NET020") }
        if regional.contains(id) { return hosted.region != nil }
        if network.contains(id) { return stack.createVPCStack }
        if groups.contains(id) { return stack.createHyperPodClusterStack }
        return everywhere.contains(id)
    }

    private static let network: Set = ["NET001", "NET002", "NET005", "NET006", "NET008"]
    private static let placement: Set = ["NET020", "NET022", "NET024", "NET025"]
    private static let regional: Set = [
        "NET021", "GRP020", "GRP023", "GRP024", "GRP032", "FSX011", "HLM008", "IAM001", "IAM002",
    ]
    private static let groups: Set = [
        "GRP001", "GRP002", "GRP003", "GRP004", "GRP005", "GRP006", "GRP007", "GRP008", "GRP009", "GRP010", "GRP011",
        "GRP012", "GRP013", "GRP025", "GRP026", "GRP027", "GRP030", "GRP040", "GRP041", "GRP042", "GRP043", "GRP045",
        "GRP050", "GRP051", "HLM007",
    ]
    private static let everywhere: Set = [
        "EKS001", "EKS002", "EKS003", "EKS004", "HLM001", "HLM004", "HLM005", "HLM006", "FSX002", "FSX003", "FSX005",
        "FSX006", "STK001", "STK002", "STK003", "STK004",
    ]
}
