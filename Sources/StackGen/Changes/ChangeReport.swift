internal import AWS
internal import StackSchemas

/// What a change set does, module by module, in the words of a person who has to agree to it.
public struct ChangeReport: Codable, Sendable, Equatable {
    /// The changes of one module of the template.
    public struct Module: Codable, Sendable, Equatable {
        /// The module's name, such as `FSx for Lustre`.
        public var name: String
        /// Its changes, in the order of the template.
        public var changes: [Change]
    }

    /// One resource that changes.
    public struct Change: Codable, Sendable, Equatable {
        /// What happens.
        public var action: Action
        /// The resource in the template.
        public var logicalID: String
        /// Its type.
        public var type: String
        /// What AWS calls it, where it is there.
        public var physicalID: String?
        /// The line of the configuration that it comes from, such as `config.yaml:12`.
        public var origin: String?
        /// The properties that change, those that force a replacement first.
        public var causes: [Cause]
        /// The seconds that it usually takes; `nil` where that is less than a minute or not known.
        public var usualSeconds: [Int]?
        /// Whether it holds what cannot be made again: data, or the clusters that everything runs on.
        public var isStateful: Bool
        /// Whether it stays in AWS although it leaves the stack.
        public var isRetained: Bool

        private enum CodingKeys: String, CodingKey {
            case action
            case logicalID = "logical_id"
            case type
            case physicalID = "physical_id"
            case origin, causes
            case usualSeconds = "usual_seconds"
            case isStateful = "is_stateful"
            case isRetained = "is_retained"
        }

        /// Whether what the resource holds would be gone, or may be.
        public var isDangerous: Bool {
            isStateful && !isRetained && [.replace, .mayReplace, .remove].contains(action)
        }

        /// Whether nothing but tags change.
        public var isTagsOnly: Bool {
            action == .modify && !causes.isEmpty
                && causes.allSatisfy { $0.property == "Tags" || $0.property.hasPrefix("Tags.") }
        }

        /// Whether it only refers to something that changes, and is looked at again without being changed.
        public var isReferenceOnly: Bool { action == .modify && causes.isEmpty }
    }

    /// What happens to a resource.
    public enum Action: String, Codable, Sendable, CaseIterable {
        /// It is made.
        case add
        /// It is changed where it is.
        case modify
        /// A new one is made, and the old one deleted.
        case replace
        /// Whether it is replaced shows only while it happens.
        case mayReplace = "may_replace"
        /// It is deleted.
        case remove
        /// It is there already and becomes part of the stack.
        case adopt = "import"
    }

    /// What leads to a change.
    public struct Cause: Codable, Sendable, Equatable {
        /// The property, such as `StorageCapacity`; `Tags` or `Metadata` where it is no property.
        public var property: String
        /// The value before, where CloudFormation tells.
        public var before: String?
        /// The value afterwards, where CloudFormation tells.
        public var after: String?
        /// Whether it forces a replacement: `never`, `conditionally` or `always`.
        public var recreation: String
        /// What the new value comes from, where it is another resource: `Vpc.CidrBlock`.
        public var causedBy: String?

        private enum CodingKeys: String, CodingKey {
            case property, before, after, recreation
            case causedBy = "caused_by"
        }
    }

    /// The stack's name.
    public var stackName: String
    /// The modules with changes, in the order of the template.
    public var modules: [Module]
    /// The seconds from the quick case to the slow one, along the longest way; `nil` where no part takes minutes.
    public var usualSeconds: [Int]?

    private enum CodingKeys: String, CodingKey {
        case stackName = "stack_name"
        case modules
        case usualSeconds = "usual_seconds"
    }

    /// All changes.
    public var changes: [Change] { modules.flatMap(\.changes) }

    /// Those that need somebody's word: what they hold would be gone.
    public var dangerous: [Change] { changes.filter(\.isDangerous) }

    /// The types that hold data, or that everything else runs on.
    static let statefulTypes: Set<String> = [
        "AWS::FSx::FileSystem", "AWS::S3::Bucket", "AWS::EKS::Cluster", "AWS::SageMaker::Cluster",
        "AWS::APS::Workspace",
    ]
}

extension ChangeReport {
    /// Reads a change set.
    /// - Parameters:
    ///   - new: the template of the change set.
    ///   - old: the template of the stack, which says what module a resource came from that is removed.
    ///   - config: the configuration that the new template was made from.
    init(_ changeSet: ChangeSet, stackName: String, new: TemplateMap, old: TemplateMap?, config: CheckedConfig) {
        let origin = ConfigOrigin(config: config, map: new)
        let settlement = ChangeSettlement(changeSet.changes)
        var byModule: [String: [Change]] = [:]
        for change in changeSet.changes {
            let id = change.logicalResourceID
            let module = new.modules[id] ?? old?.modules[id] ?? TemplateMap.withoutModule
            let isRetained = change.policyAction?.contains("Retain") ?? (old?.retained.contains(id) ?? false)
            byModule[module, default: []].append(
                Change(
                    change, settlement, origin: new.types[id] == nil ? nil : origin.place(of: id),
                    isRetained: isRetained))
        }
        let order = new.moduleOrder + (old?.moduleOrder ?? []) + [TemplateMap.withoutModule]
        let rank = Dictionary(
            (new.logicalIDs + (old?.logicalIDs ?? [])).enumerated().map { ($0.element, $0.offset) },
            uniquingKeysWith: { first, _ in first })
        var seen: Set<String> = []
        modules = order.filter { seen.insert($0).inserted }.compactMap { name in
            guard let changes = byModule[name] else { return nil }
            return Module(
                name: name, changes: changes.sorted { rank[$0.logicalID] ?? .max < rank[$1.logicalID] ?? .max })
        }
        self.stackName = stackName
        let durations = changeSet.changes.compactMap { change -> (String, ClosedRange<Int>)? in
            guard settlement.actions[change.logicalResourceID]?.makesAnew == true else { return nil }
            return UsualDurations.creation(of: change.resourceType).map { (change.logicalResourceID, $0) }
        }
        let way = UsualDurations.longestWay(
            Dictionary(durations, uniquingKeysWith: { first, _ in first }), edges: new.edges)
        usualSeconds = way.map { [$0.lowerBound, $0.upperBound] }
    }
}

extension ChangeReport.Change {
    fileprivate init(_ change: ResourceChange, _ settlement: ChangeSettlement, origin: String?, isRetained: Bool) {
        action = settlement.actions[change.logicalResourceID] ?? ChangeReport.Action(change)
        logicalID = change.logicalResourceID
        type = change.resourceType
        physicalID = change.physicalResourceID
        self.origin = origin
        causes = settlement.details(of: change).map(ChangeReport.Cause.init).merged()
        let usual = action.makesAnew ? UsualDurations.creation(of: change.resourceType) : nil
        usualSeconds = usual.map { [$0.lowerBound, $0.upperBound] }
        isStateful = ChangeReport.statefulTypes.contains(change.resourceType)
        self.isRetained = isRetained
    }
}

extension ChangeReport.Action {
    /// Whether a new resource comes to be, or may.
    fileprivate var makesAnew: Bool { [.add, .replace, .mayReplace].contains(self) }

    /// What CloudFormation says.
    init(_ change: ResourceChange) {
        switch (change.action, change.replacement) {
        case (.add, _): self = .add
        case (.remove, _): self = .remove
        case (.resourceImport, _): self = .adopt
        case (.modify, .yes): self = .replace
        case (.modify, .conditional), (.dynamic, _): self = .mayReplace
        case (.modify, _): self = .modify
        }
    }
}

extension ChangeReport.Cause {
    fileprivate init(_ detail: ResourceChange.Detail) {
        property = detail.attribute == "Properties" ? detail.name ?? "Properties" : detail.attribute
        before = detail.before
        after = detail.after
        recreation = detail.requiresRecreation?.lowercased() ?? "never"
        causedBy = detail.causingEntity
    }
}

extension [ChangeReport.Cause] {
    /// CloudFormation tells of a property once for the value and once for what the value comes from: one cause here,
    /// those that force a replacement first.
    fileprivate func merged() -> [ChangeReport.Cause] {
        let rank = ["always": 0, "conditionally": 1, "never": 2]
        var merged: [ChangeReport.Cause] = []
        for cause in self {
            guard let index = merged.firstIndex(where: { $0.property == cause.property }) else {
                merged.append(cause)
                continue
            }
            merged[index].before = merged[index].before ?? cause.before
            merged[index].after = merged[index].after ?? cause.after
            merged[index].causedBy = merged[index].causedBy ?? cause.causedBy
            if rank[cause.recreation, default: 2] < rank[merged[index].recreation, default: 2] {
                merged[index].recreation = cause.recreation
            }
        }
        return merged.enumerated().sorted {
            (rank[$0.element.recreation, default: 2], $0.offset) < (rank[$1.element.recreation, default: 2], $1.offset)
        }.map(\.element)
    }
}
