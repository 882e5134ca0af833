/// A workload of a replay.
struct ReplayWorkload {
    var name: String
    var identity: String
    var queue: String
    var priority: Int
    var created: Double?
    var reserved: Double?
    var isEvicted: Bool
    var shape: JobShape
    /// Its place in the input.
    var path: String

    init(_ node: ReplayNode) throws {
        name = try ReplayReader.name(node)
        identity = try node["uid", "id"]?.text() ?? name
        guard let queue = node["cluster_queue", "queue", "cq"] else { throw node.problem("`cluster_queue` is missing") }
        self.queue = try queue.text()
        priority = try node["priority"]?.integer() ?? 0
        created = try node["created", "created_at", "creation_timestamp"].map(ReplayTime.seconds)
        reserved = try node["reserved_at", "reserved", "quota_reserved_at", "admitted_at"].map(ReplayTime.seconds)
        isEvicted = try node["evicted"]?.bool() ?? false
        shape = try Self.shape(node)
        path = node.path
    }

    private static func shape(_ node: ReplayNode) throws -> JobShape {
        if let sets = node["pod_sets"] {
            return JobShape(
                try sets.items().enumerated().map { number, set in
                    try podSet(
                        set, name: try set["name"]?.text() ?? (number == 0 ? "main" : "set-\(number)"), isPerPod: true)
                })
        }
        return JobShape([try podSet(node, name: "main", isPerPod: node["count"] != nil)])
    }

    /// - Parameter isPerPod: whether requests are those of one pod; else they are those of all.
    private static func podSet(_ node: ReplayNode, name: String, isPerPod: Bool) throws -> PodSet {
        let count = try node["count", "pods"]?.integer() ?? 1
        guard (0...1_000_000).contains(count) else { throw node.problem("`count` is 0 to 1000000") }
        guard let requests = node["requests", "usage", "resources"] else {
            return PodSet(name: name, count: count, requests: [])
        }
        let assigned = try node["flavors", "flavor"].map { try flavors($0) }
        let factor = isPerPod ? Int64(count) : 1
        var read: [PodSet.Request] = []
        for (key, value) in try requests.members() where !value.value.isNull {
            // {"flavor": {"resource": …}} confines to a flavor, {"resource": …} does not.
            if value.value.object == nil {
                let amount = try multiplied(try value.amount(of: key), factor, value)
                read.append(PodSet.Request(key, amount, flavor: assigned?(key)))
                continue
            }
            for (resource, quantity) in try value.members() where !quantity.value.isNull {
                let amount = try multiplied(try quantity.amount(of: resource), factor, quantity)
                read.append(PodSet.Request(resource, amount, flavor: ["", "*"].contains(key) ? nil : key))
            }
        }
        return PodSet(name: name, count: count, requests: read)
    }

    /// Flavors by resource, or one for all.
    private static func flavors(_ node: ReplayNode) throws -> (String) -> String? {
        if let one = node.value.text { return { _ in one } }
        var named: [String: String] = [:]
        for (resource, flavor) in try node.members() where !flavor.value.isNull { named[resource] = try flavor.text() }
        return { [named] in named[$0] }
    }

    private static func multiplied(_ amount: Int64, _ factor: Int64, _ node: ReplayNode) throws -> Int64 {
        guard case (let product, false) = amount.multipliedReportingOverflow(by: factor) else {
            throw node.problem("this is too much")
        }
        return product
    }
}
