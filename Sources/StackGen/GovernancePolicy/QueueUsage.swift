internal import Governance

/// What a team's queue holds of one resource of one machine type.
public struct QueueUsage: Codable, Sendable, Equatable {
    /// The machine type: Kueue's flavor.
    public var flavor: String
    /// The resource, such as `nvidia.com/gpu`.
    public var resource: String
    /// What the team owns.
    public var guaranteed: String
    /// What its running work holds.
    public var used: String
    /// How much of that is other teams'.
    public var borrowed: String
    /// How much of what the team owns other teams hold. With several teams that have idle capacity it is not known
    /// whose was lent: then it is the most that can be.
    public var lent: String
    /// Whether `lent` is exact.
    public var isLentExact: Bool

    enum CodingKeys: String, CodingKey {
        case flavor, resource, guaranteed, used, borrowed, lent
        case isLentExact = "is_lent_exact"
    }

    /// The usage of every queue, from Kueue's ClusterQueues as Kubernetes has them.
    ///
    /// Guaranteed is `spec`'s nominal quota; used and borrowed are `status.flavorsUsage` (Kueue API, ClusterQueue
    /// v1beta1). Lent follows from what others borrow.
    static func read(_ queues: [[String: Any]]) -> [String: [QueueUsage]] {
        let tables = queues.compactMap(QueueTable.init)
        var result: [String: [QueueUsage]] = [:]
        for table in tables {
            result[table.name] = table.rows.map { usage($0, of: table, among: tables) }
        }
        return result
    }

    private static func usage(_ row: QueueTable.Row, of table: QueueTable, among all: [QueueTable]) -> QueueUsage {
        let others = all.filter { $0.name != table.name && $0.cohort == table.cohort && table.cohort != nil }
        let same = others.compactMap { other in
            other.rows.first { $0.flavor == row.flavor && $0.resource == row.resource }
        }
        let borrowed = same.reduce(Int64(0)) { $0 + $1.borrowed }
        let idle = max(0, row.nominal - row.used)
        let lent = min(idle, borrowed)
        let otherIdle = same.contains { $0.nominal > $0.used }
        func text(_ amount: Int64) -> String { Quantity.text(amount, of: row.resource) }
        return QueueUsage(
            flavor: row.flavor, resource: row.resource, guaranteed: text(row.nominal), used: text(row.used),
            borrowed: text(row.borrowed), lent: text(lent), isLentExact: lent == 0 || !otherIdle)
    }
}

/// A ClusterQueue as numbers.
private struct QueueTable {
    struct Row {
        let flavor: String
        let resource: String
        let nominal: Int64
        let used: Int64
        let borrowed: Int64
    }

    let name: String
    let cohort: String?
    let rows: [Row]

    init?(_ queue: [String: Any]) {
        guard let meta = queue["metadata"] as? [String: Any], let name = meta["name"] as? String,
            let spec = queue["spec"] as? [String: Any]
        else { return nil }
        self.name = name
        cohort = (spec["cohort"] ?? spec["cohortName"]) as? String
        let status = queue["status"] as? [String: Any] ?? [:]
        let usage = Self.resources(status["flavorsUsage"] as? [[String: Any]] ?? [])
        let groups = spec["resourceGroups"] as? [[String: Any]] ?? []
        let nominal = Self.resources(groups.flatMap { $0["flavors"] as? [[String: Any]] ?? [] })
        rows = nominal.map { entry in
            let used = usage.first { $0.flavor == entry.flavor && $0.name == entry.name }?.values ?? [:]
            func amount(_ value: Any?) -> Int64 {
                value.flatMap { Quantity.amount("\($0)", of: entry.name) } ?? 0
            }
            return Row(
                flavor: entry.flavor, resource: entry.name, nominal: amount(entry.values["nominalQuota"]),
                used: amount(used["total"]), borrowed: amount(used["borrowed"]))
        }.filter { $0.nominal != 0 || $0.used != 0 }
    }

    private static func resources(
        _ flavors: [[String: Any]]
    ) -> [(flavor: String, name: String, values: [String: Any])] {
        flavors.flatMap { flavor in
            (flavor["resources"] as? [[String: Any]] ?? []).compactMap { resource in
                guard let flavor = flavor["name"] as? String, let name = resource["name"] as? String else { return nil }
                return (flavor, name, resource)
            }
        }
    }
}
