public import Diagnostics
internal import YAML

/// Checks an evaluated template before it leaves: that everything named is there, that nothing waits for
/// itself, and that it is inside the limits. It knows CloudFormation's language and no resource type.
public struct TemplateVerifier {
    private let template: EvaluatedTemplate
    private let names: Names
    private var problems: [Diagnostic] = []

    /// All problems of a template, in reading order; empty when it may be sent.
    public static func problems(of template: EvaluatedTemplate) -> [Diagnostic] {
        var verifier = TemplateVerifier(template)
        verifier.checkSections()
        verifier.checkResources()
        verifier.checkReferences()
        verifier.checkLimits()
        return verifier.problems.sortedByPlace()
    }

    private init(_ template: EvaluatedTemplate) {
        self.template = template
        names = Names(template)
    }

    /// What can be named in a template.
    private struct Names {
        let resources: Set<String>
        let parameters: Set<String>
        let conditions: Set<String>
        let mappings: Set<String>

        init(_ template: EvaluatedTemplate) {
            resources = Set(template.resources.map(\.logicalID))
            parameters = Set(template.entries(of: "Parameters").map(\.name))
            conditions = Set(template.entries(of: "Conditions").map(\.name))
            mappings = Set(template.entries(of: "Mappings").map(\.name))
        }

        static let pseudoParameters: Set<String> = [
            "AWS::AccountId", "AWS::NoValue", "AWS::NotificationARNs", "AWS::Partition", "AWS::Region",
            "AWS::StackId", "AWS::StackName", "AWS::URLSuffix",
        ]
    }

    private static let resourceAttributes: Set<String> = [
        "Condition", "CreationPolicy", "DeletionPolicy", "DependsOn", "Metadata", "Properties", "Type",
        "UpdatePolicy", "UpdateReplacePolicy",
    ]
}

// MARK: - Form

extension TemplateVerifier {
    private mutating func checkSections() {
        for entry in template.root.mapping ?? [] where !EvaluatedTemplate.sectionNames.contains(entry.name) {
            problems.append(.section(entry.name, entry.key.span))
        }
        if template.resources.isEmpty { problems.append(.noResources(template)) }
        for entry in template.entries(of: "Parameters") where entry.value["Default"] == nil {
            problems.append(.withoutDefault(entry.name, entry.key.span))
        }
        for section in ["Parameters", "Mappings", "Conditions", "Outputs"] {
            for entry in template.entries(of: section) { checkName(entry.name, entry.key.span) }
        }
    }

    private mutating func checkResources() {
        for resource in template.resources {
            checkName(resource.logicalID, resource.keySpan)
            guard let entries = resource.body.mapping else {
                problems.append(.noType(resource.logicalID, resource.keySpan))
                continue
            }
            for entry in entries where !Self.resourceAttributes.contains(entry.name) {
                problems.append(.attribute(entry.name, entry.key.span, known: Self.resourceAttributes))
            }
            checkType(resource)
        }
    }

    private mutating func checkType(_ resource: EvaluatedTemplate.Resource) {
        guard let node = resource.body["Type"], !resource.type.isEmpty else {
            return problems.append(.noType(resource.logicalID, resource.keySpan))
        }
        let lengths = Self.wordLengths(of: resource.type)
        let isCustom = resource.type.hasPrefix("Custom::") && lengths.count == 2
        if !isCustom && lengths.count < 3 || lengths.contains(0) {
            problems.append(.malformedType(resource.type, node.span))
        }
    }

    /// The lengths of the words between `::`, in bytes.
    private static func wordLengths(of type: String) -> [Int] {
        var lengths = [0]
        var colons = 0
        for byte in type.utf8 {
            colons = byte == UInt8(ascii: ":") ? colons + 1 : 0
            if colons == 2 {
                // The first of the two was counted with the word before it.
                lengths[lengths.count - 1] -= 1
                lengths.append(0)
                colons = 0
            } else {
                lengths[lengths.count - 1] += 1
            }
        }
        return lengths
    }

    private mutating func checkName(_ name: String, _ span: SourceSpan) {
        let isAlphanumeric = name.utf8.allSatisfy { byte in
            UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
                || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
        }
        if name.isEmpty || !isAlphanumeric || name.count > TemplateLimits.nameLength {
            problems.append(.logicalID(name, span))
        }
    }
}

// MARK: - References

extension TemplateVerifier {
    private mutating func checkReferences() {
        var edges: [String: [String]] = [:]
        for resource in template.resources {
            edges[resource.logicalID] = check(resource)
        }
        for section in ["Conditions", "Outputs"] {
            for entry in template.entries(of: section) {
                if section == "Outputs", let condition = entry.value["Condition"] { checkCondition(condition) }
                _ = check(referencesBelow: entry.value)
            }
        }
        let order = template.resources.map(\.logicalID)
        for circle in DependencyGraph(names: order, edges: edges).circles() {
            let first = template.resources.first { $0.logicalID == circle[0] }
            problems.append(.circle(circle, first?.keySpan))
        }
    }

    /// Checks a resource's references and returns the resources that it waits for.
    private mutating func check(_ resource: EvaluatedTemplate.Resource) -> [String] {
        var targets: [String] = []
        if let condition = resource.body["Condition"] { checkCondition(condition) }
        for name in ["Properties", "Metadata", "UpdatePolicy", "CreationPolicy"] {
            if let node = resource.body[name] { targets += check(referencesBelow: node) }
        }
        guard let dependsOn = resource.body["DependsOn"] else { return targets }
        for node in dependsOn.sequence ?? [dependsOn] {
            let target = node.scalar?.text ?? ""
            if names.resources.contains(target) {
                targets.append(target)
            } else {
                problems.append(.dependency(target, node.span, known: names.resources))
            }
        }
        return targets
    }

    private mutating func checkCondition(_ node: Node) {
        guard let name = node.scalar?.text, !names.conditions.contains(name) else { return }
        problems.append(.condition(name, node.span))
    }

    private mutating func check(referencesBelow node: Node) -> [String] {
        let found = TemplateReference.all(in: node)
        problems += found.problems
        var targets: [String] = []
        for reference in found.references {
            switch reference.form {
            case .condition where !names.conditions.contains(reference.target):
                problems.append(.condition(reference.target, reference.span))
            case .mapping where !names.mappings.contains(reference.target):
                problems.append(.mapping(reference.target, reference.span))
            case .condition, .mapping: break
            case .ref, .attribute, .substitution, .dependsOn:
                if names.resources.contains(reference.target) {
                    targets.append(reference.target)
                } else if !isParameter(reference) {
                    problems.append(.unresolved(reference, known: names.resources.union(names.parameters)))
                }
            }
        }
        return targets
    }

    private func isParameter(_ reference: TemplateReference) -> Bool {
        guard reference.form != .attribute else { return false }
        return names.parameters.contains(reference.target) || Names.pseudoParameters.contains(reference.target)
    }
}

// MARK: - Limits

extension TemplateVerifier {
    private mutating func checkLimits() {
        let start = SourceSpan(template.file, 0..<0)
        let size = template.file.bytes.count
        if size > TemplateLimits.bucketBytes {
            problems.append(.exceeds(.bodySize, "the template has", size, TemplateLimits.bucketBytes, "bytes", start))
        }
        check(.resourceCount, "Resources", TemplateLimits.resources)
        check(.outputCount, "Outputs", TemplateLimits.outputs)
        check(.parameterCount, "Parameters", TemplateLimits.parameters)
        check(.mappingCount, "Mappings", TemplateLimits.mappings)
        let limit = TemplateLimits.descriptionBytes
        if let node = template.root["Description"], let text = node.scalar?.text, text.utf8.count > limit {
            problems.append(
                .exceeds(.descriptionSize, "the description has", text.utf8.count, limit, "bytes", node.span))
        }
        for entry in template.entries(of: "Outputs") {
            if let node = entry.value["Description"], let text = node.scalar?.text, text.utf8.count > limit {
                problems.append(
                    .exceeds(.descriptionSize, "the description has", text.utf8.count, limit, "bytes", node.span))
            }
        }
        checkPolicies()
    }

    private mutating func check(_ rule: CFNRule, _ section: String, _ limit: Int) {
        let entries = template.entries(of: section)
        guard entries.count > limit else { return }
        let noun = section.lowercased()
        problems.append(
            .exceeds(rule, "the template has", entries.count, limit, noun, entries[limit].key.span))
    }

    /// IAM counts a role's inline policies without white space; our count of the source text is an upper bound
    /// only for JSON, so it is taken from the values: keys, strings and punctuation as JSON would have them.
    private mutating func checkPolicies() {
        for resource in template.resources where resource.type == "AWS::IAM::Role" {
            guard let policies = resource.body["Properties"]?["Policies"] else { continue }
            let documents = (policies.sequence ?? []).compactMap { $0["PolicyDocument"] }
            let characters = documents.reduce(0) { $0 + Self.compactLength($1) }
            if characters > TemplateLimits.rolePolicyCharacters {
                problems.append(
                    .exceeds(
                        .policySize, "the inline policies of `\(resource.logicalID)` have", characters,
                        TemplateLimits.rolePolicyCharacters, "characters", resource.keySpan))
            }
        }
    }

    private static func compactLength(_ node: Node) -> Int {
        switch node.content {
        case .scalar(let scalar): scalar.text.count + 2
        case .sequence(let items): items.reduce(2) { $0 + compactLength($1) + 1 }
        case .mapping(let entries):
            entries.reduce(2) { $0 + $1.name.count + 4 + compactLength($1.value) }
        }
    }
}

// MARK: - Wording

extension Diagnostic {
    fileprivate static func section(_ name: String, _ span: SourceSpan) -> Diagnostic {
        let nearest = Spelling.nearest(to: name, in: EvaluatedTemplate.sectionNames.sorted())
        return CFNRule.section.error(
            "`\(name)` is no section of a CloudFormation template", at: span,
            label: nearest.map { "did you mean `\($0)`?" }, fix: nearest.map { .replace(span, with: $0) })
    }

    fileprivate static func noResources(_ template: EvaluatedTemplate) -> Diagnostic {
        CFNRule.noResources.error(
            "the template has no resources", at: SourceSpan(template.file, 0..<0),
            fix: Fix("declare at least one resource under `Resources:`"))
    }

    fileprivate static func withoutDefault(_ name: String, _ span: SourceSpan) -> Diagnostic {
        CFNRule.parameterWithoutDefault.error(
            "the parameter `\(name)` has no default, and no parameters are sent", at: span,
            fix: Fix("give it a `Default`, or write the value from the configuration in its place"))
    }

    fileprivate static func noType(_ name: String, _ span: SourceSpan) -> Diagnostic {
        CFNRule.resourceType.error("the resource `\(name)` has no `Type`", at: span)
    }

    fileprivate static func malformedType(_ type: String, _ span: SourceSpan) -> Diagnostic {
        CFNRule.resourceType.error(
            "`\(type)` is no resource type", at: span,
            fix: Fix("write a type such as `AWS::S3::Bucket` or `Custom::Name`"))
    }

    fileprivate static func attribute(_ name: String, _ span: SourceSpan, known: Set<String>) -> Diagnostic {
        let nearest = Spelling.nearest(to: name, in: known.sorted())
        return CFNRule.resourceAttribute.error(
            "`\(name)` is no attribute of a resource", at: span, label: nearest.map { "did you mean `\($0)`?" },
            fix: nearest.map { .replace(span, with: $0) } ?? Fix("move it under `Properties`"))
    }

    fileprivate static func logicalID(_ name: String, _ span: SourceSpan) -> Diagnostic {
        CFNRule.logicalID.error(
            "`\(name)` is no logical id: only letters and digits, at most \(TemplateLimits.nameLength)", at: span,
            fix: Fix("pass the name through the filter `logical_id`"))
    }

    fileprivate static func unresolved(_ reference: TemplateReference, known: Set<String>) -> Diagnostic {
        let nearest = Spelling.nearest(to: reference.target, in: known.sorted())
        let rule = reference.form == .substitution ? CFNRule.unresolvedSubstitution : .unresolvedReference
        return rule.error(
            "nothing in the template is called `\(reference.target)`", at: reference.span,
            label: nearest.map { "did you mean `\($0)`?" })
    }

    fileprivate static func dependency(_ name: String, _ span: SourceSpan, known: Set<String>) -> Diagnostic {
        let nearest = Spelling.nearest(to: name, in: known.sorted())
        return CFNRule.unresolvedDependency.error(
            "DependsOn names `\(name)`, which is no resource", at: span, label: nearest.map { "did you mean `\($0)`?" })
    }

    fileprivate static func condition(_ name: String, _ span: SourceSpan) -> Diagnostic {
        CFNRule.unresolvedCondition.error("the condition `\(name)` is not declared under `Conditions`", at: span)
    }

    fileprivate static func mapping(_ name: String, _ span: SourceSpan) -> Diagnostic {
        CFNRule.unresolvedMapping.error("the mapping `\(name)` is not declared under `Mappings`", at: span)
    }

    fileprivate static func circle(_ names: [String], _ span: SourceSpan?) -> Diagnostic {
        CFNRule.circularDependency.error(
            "these resources wait for one another: \(names.joined(separator: " → "))", at: span)
    }

    fileprivate static func exceeds(
        _ rule: CFNRule, _ what: String, _ count: Int, _ limit: Int, _ unit: String, _ span: SourceSpan
    ) -> Diagnostic {
        rule.error("\(what) \(count) \(unit), the limit is \(limit)", at: span)
    }
}
