internal import Diagnostics
internal import StackSchemas
internal import YAML

/// What an evaluated template says about its own resources: which module made each, and which waits for which.
///
/// Modules are the sections of the template, a comment `  # EKS` above the resources of each.
struct TemplateMap {
    /// The resources in the order of the template.
    let logicalIDs: [String]
    /// The type of each.
    let types: [String: String]
    /// The module of each.
    let modules: [String: String]
    /// The modules in the order of the template.
    let moduleOrder: [String]
    /// For each, those that it waits for.
    let edges: [String: [String]]
    /// The resources that stay when their stack is deleted or they are taken out of it.
    let retained: Set<String>
    private let resources: [String: EvaluatedTemplate.Resource]

    /// The module of resources above the first section.
    static let withoutModule = "Other"

    init(_ template: EvaluatedTemplate) {
        logicalIDs = template.resources.map(\.logicalID)
        resources = Dictionary(template.resources.map { ($0.logicalID, $0) }, uniquingKeysWith: { first, _ in first })
        types = resources.mapValues(\.type)
        let sections = Self.sections(of: template.file)
        var modules: [String: String] = [:]
        for resource in template.resources {
            let line = resource.keySpan.start.line
            modules[resource.logicalID] = sections.last { $0.line < line }?.title ?? Self.withoutModule
        }
        self.modules = modules
        moduleOrder = sections.map(\.title)
        let known = Set(logicalIDs)
        edges = resources.mapValues { Self.targets(of: $0).filter(known.contains) }
        retained = Set(
            resources.values.filter { $0.body["DeletionPolicy"]?.scalar?.text.hasPrefix("Retain") == true }
                .map(\.logicalID))
    }

    /// Reads a template that came from AWS; `nil` when it is not one that can be read.
    init?(deployed text: String) {
        let file = SourceFile(name: "the deployed template", text: text)
        guard let template = try? EvaluatedTemplate(file) else { return nil }
        self.init(template)
    }

    /// A property of a resource that is written out; `nil` where it is missing or a function gives it.
    func text(of property: String, in logicalID: String) -> String? {
        resources[logicalID]?.body["Properties"]?[property]?.scalar?.text
    }

    /// Everything that is written inside a resource, scalar by scalar.
    func scalars(of logicalID: String) -> Set<String> {
        guard let body = resources[logicalID]?.body else { return [] }
        var texts: Set<String> = []
        var open = [body]
        while let node = open.popLast() {
            switch node.content {
            case .scalar(let scalar): texts.insert(scalar.text)
            case .sequence(let items): open += items
            case .mapping(let entries): open += entries.map(\.value)
            }
        }
        return texts
    }

    private static func sections(of file: SourceFile) -> [(line: Int, title: String)] {
        (1...max(1, file.lineCount)).compactMap { line in
            let text = file.text(in: file.lineRange(line))
            guard text.hasPrefix("  # ") else { return nil }
            return (line, String(text.dropFirst(4)))
        }
    }

    /// What a resource refers to, and what it says that it depends on.
    private static func targets(of resource: EvaluatedTemplate.Resource) -> [String] {
        var names: [String] = []
        for attribute in ["Properties", "Metadata"] {
            guard let node = resource.body[attribute] else { continue }
            names += TemplateReference.all(in: node).references
                .filter { [.ref, .attribute, .substitution].contains($0.form) }.map(\.target)
        }
        if let dependsOn = resource.body["DependsOn"] {
            names += (dependsOn.sequence ?? [dependsOn]).compactMap { $0.scalar?.text }
        }
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }
}
