internal import StackSchemas
internal import YAML

/// How two evaluated templates differ, resource by resource and property by property.
///
/// It says what the texts say. What CloudFormation makes of it, such as a replacement, only a change set tells.
struct TemplateComparison {
    let old: EvaluatedTemplate
    let new: EvaluatedTemplate
    let config: CheckedConfig

    /// The differing resources by module.
    func report(stackName: String) -> ChangeReport {
        let (oldMap, newMap) = (TemplateMap(old), TemplateMap(new))
        let origin = ConfigOrigin(config: config, map: newMap)
        let before = Self.bodies(old)
        let after = Self.bodies(new)
        var byModule: [String: [ChangeReport.Change]] = [:]
        func add(_ id: String, _ action: ChangeReport.Action, _ map: TemplateMap, _ causes: [ChangeReport.Cause] = []) {
            let type = map.types[id] ?? ""
            let usual = [.add, .replace].contains(action) ? UsualDurations.creation(of: type) : nil
            byModule[map.modules[id] ?? TemplateMap.withoutModule, default: []].append(
                ChangeReport.Change(
                    action: action, logicalID: id, type: type, origin: action == .remove ? nil : origin.place(of: id),
                    causes: causes, usualSeconds: usual.map { [$0.lowerBound, $0.upperBound] },
                    isStateful: ChangeReport.statefulTypes.contains(type),
                    isRetained: action == .remove && map.retained.contains(id)))
        }
        for id in newMap.logicalIDs {
            guard let body = after[id] else { continue }
            guard let previous = before[id] else {
                add(id, .add, newMap)
                continue
            }
            // A resource that changes its type keeps nothing but its name.
            if oldMap.types[id] != newMap.types[id] {
                add(id, .replace, newMap, [.init("Type", oldMap.types[id], newMap.types[id])])
                continue
            }
            let causes = Self.differences(previous, body, path: [])
            if !causes.isEmpty { add(id, .modify, newMap, causes) }
        }
        for id in oldMap.logicalIDs where after[id] == nil { add(id, .remove, oldMap) }
        var seen: Set<String> = []
        let order = newMap.moduleOrder + oldMap.moduleOrder + [TemplateMap.withoutModule]
        let modules = order.filter { seen.insert($0).inserted }.compactMap { name in
            byModule[name].map { ChangeReport.Module(name: name, changes: $0) }
        }
        return ChangeReport(stackName: stackName, modules: modules, usualSeconds: nil)
    }

    /// The sections besides the resources that differ.
    var otherSections: [String] {
        func sections(_ template: EvaluatedTemplate) -> [String: YAMLValue] {
            let entries = (template.root.mapping ?? []).filter { $0.name != "Resources" }
            return Dictionary(
                entries.map { ($0.name, YAMLValue($0.value)) }, uniquingKeysWith: { first, _ in first })
        }
        let (before, after) = (sections(old), sections(new))
        return Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }.sorted()
    }

    private static func bodies(_ template: EvaluatedTemplate) -> [String: YAMLValue] {
        Dictionary(
            template.resources.map { ($0.logicalID, YAMLValue($0.body)) }, uniquingKeysWith: { first, _ in first })
    }

    /// The innermost places where two values differ; the order of keys does not count.
    private static func differences(_ old: YAMLValue?, _ new: YAMLValue?, path: [String]) -> [ChangeReport.Cause] {
        switch (old, new) {
        case (.map(let before), .map(let after)):
            let (before, after) = (members(before), members(after))
            return Set(before.keys).union(after.keys).sorted().flatMap {
                differences(before[$0], after[$0], path: path + [$0])
            }
        case (.list(let before), .list(let after)) where before.count == after.count:
            return zip(before, after).enumerated().flatMap {
                differences($0.element.0, $0.element.1, path: path + [String($0.offset)])
            }
        case (let before, let after) where before == after: return []
        default:
            let names = path.first == "Properties" && path.count > 1 ? path.dropFirst() : path[...]
            return [.init(names.joined(separator: "."), old.map(text), new.map(text))]
        }
    }

    private static func members(_ members: [YAMLValue.Member]) -> [String: YAMLValue] {
        Dictionary(members.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    private static func text(_ value: YAMLValue) -> String {
        if case .string(let text) = value { return text }
        return YAMLEmitter().flow(value)
    }
}

extension ChangeReport.Cause {
    /// A difference of two texts; what it forces is not known.
    fileprivate init(_ property: String, _ before: String?, _ after: String?) {
        self.init(property: property, before: before, after: after, recreation: "unknown", causedBy: nil)
    }
}
