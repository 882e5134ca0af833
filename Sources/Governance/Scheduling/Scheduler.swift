/// Kueue's scheduler: quota, workloads, and what one cycle does with the first workload of every queue.
///
/// Follows kubernetes-sigs/kueue: pkg/scheduler. Nothing in it looks at a clock or at the order of a hash table, so
/// the same calls give the same result.
final class Scheduler {
    let options: KueueOptions
    let table: PairTable
    @exclusivity(unchecked) private(set) var queues: [CompiledQueue]
    @exclusivity(unchecked) private(set) var shapes: [CompiledShape] = []
    @exclusivity(unchecked) private(set) var tree: QuotaTree
    let workloads = WorkloadTable()
    /// The share of each queue with what it uses now; kept only where shares matter.
    @exclusivity(unchecked) private(set) var shares: [Share]
    /// The highest share that each queue can have with one workload less; nil where that is not known.
    @exclusivity(unchecked) private var sharesAfter: [Share?]
    /// The workloads with quota of each queue, in no particular order.
    @exclusivity(unchecked) private(set) var admitted: [[Int32]]

    /// Whether it does not matter how far up an entry of the cycle borrows.
    @exclusivity(unchecked) var isOrderOfNoMatter = false

    private var shapeNumbers: [JobShape: Int] = [:]

    init(queues: [ClusterQueue], cohorts: [Cohort] = [], options: KueueOptions = KueueOptions()) {
        let table = PairTable(queues.flatMap(\.resourceGroups) + cohorts.flatMap(\.resourceGroups))
        self.options = options
        self.table = table
        self.queues = queues.map { CompiledQueue($0, table) }
        tree = QuotaTree(queues: queues, cohorts: cohorts, table: table)
        admitted = Array(repeating: [], count: queues.count)
        shares = Array(repeating: Share(), count: queues.count)
        sharesAfter = Array(repeating: nil, count: queues.count)
        for queue in queues.indices { refreshShare(queue) }
    }

    /// Replaces quotas and policies; names and pairs must be those of before.
    func update(queues: [ClusterQueue], cohorts: [Cohort]) {
        self.queues = queues.map { CompiledQueue($0, table) }
        tree = tree.updated(queues: queues, cohorts: cohorts, table: table)
        for queue in queues.indices { refreshShare(queue) }
    }

    /// The number of a shape; equal shapes have one.
    func number(of shape: JobShape) -> Int {
        if let number = shapeNumbers[shape] { return number }
        shapes.append(CompiledShape(shape, table))
        shapeNumbers[shape] = shapes.count - 1
        return shapes.count - 1
    }

    func share(_ node: Int) -> Share {
        options.isFairSharing && node < shares.count
            ? shares[node] : tree.share(node, table, isExact: options.hasExactShares)
    }

    /// Gives a workload quota.
    func admit(_ workload: Int, uses: [Use], at time: Int64) {
        let queue = Int(workloads.queue[workload])
        workloads.usage[workload] = workloads.number(of: uses)
        workloads.reserved[workload] = time
        workloads.slot[workload] = Int32(admitted[queue].count)
        workloads.isEvicted[workload] = false
        admitted[queue].append(Int32(truncatingIfNeeded: workload))
        addUsage(of: workload)
    }

    /// Takes the quota of a workload back.
    func release(_ workload: Int) {
        guard workloads.usage[workload] >= 0 else { return }
        removeUsage(of: workload)
        let queue = Int(workloads.queue[workload])
        let slot = Int(workloads.slot[workload])
        let last = admitted[queue].removeLast()
        if Int(last) != workload {
            admitted[queue][slot] = last
            workloads.slot[Int(last)] = Int32(slot)
        }
        workloads.usage[workload] = -1
        workloads.slot[workload] = -1
        workloads.reserved[workload] = .max
        workloads.isEvicted[workload] = false
    }

    func addUsage(of workload: Int) {
        add(workloads.usages[Int(workloads.usage[workload])], to: Int(workloads.queue[workload]))
    }

    func removeUsage(of workload: Int) {
        remove(workloads.usages[Int(workloads.usage[workload])], from: Int(workloads.queue[workload]))
    }

    func add(_ uses: [Use], to queue: Int) {
        for use in uses { tree.add(use.amount, to: queue, Int(use.pair)) }
        refreshShare(queue)
    }

    func remove(_ uses: [Use], from queue: Int) {
        for use in uses { tree.remove(use.amount, from: queue, Int(use.pair)) }
        refreshShare(queue)
    }

    /// The highest share that a queue can have with one workload less.
    func highestShareAfter(_ queue: Int) -> Share {
        if let known = sharesAfter[queue] { return known }
        var highest = Share.least
        for workload in admitted[queue] {
            let share = tree.share(
                queue, table, isExact: options.hasExactShares, without: workloads.uses(Int(workload)))
            if Share.compare(share, highest) > 0 { highest = share }
        }
        sharesAfter[queue] = highest
        return highest
    }

    private func refreshShare(_ queue: Int) {
        guard options.isFairSharing else { return }
        shares[queue] = tree.share(queue, table, isExact: options.hasExactShares)
        sharesAfter[queue] = nil
    }
}

/// A queue with numbers in place of names.
struct CompiledQueue {
    /// Flavors of a group.
    struct Group {
        let flavors: [Int]
        let resources: [Int]
    }

    let groups: [Group]
    /// The group that covers each resource; -1 for none.
    let groupOfResource: [Int]
    let preemption: PreemptionPolicy
    let fungibility: FlavorFungibility
    let isStrict: Bool
    let isActive: Bool

    init(_ queue: ClusterQueue, _ table: PairTable) {
        groups = queue.resourceGroups.map { group in
            Group(
                flavors: group.flavors.compactMap { table.flavor($0.name) },
                resources: group.resources.compactMap { table.resource($0) })
        }
        var groupOfResource = Array(repeating: -1, count: table.resources.count)
        for (number, group) in groups.enumerated() {
            for resource in group.resources { groupOfResource[resource] = number }
        }
        self.groupOfResource = groupOfResource
        preemption = queue.preemption
        fungibility = queue.fungibility
        isStrict = queue.queueingStrategy == .strictFIFO
        isActive = queue.isActive
    }
}

/// A shape with numbers in place of names.
struct CompiledShape {
    /// A request; `resource` is -1 for one that no queue has, `flavor` -1 for any and -2 for one that no queue has.
    struct Request {
        let name: String
        let resource: Int
        let amount: Int64
        let flavor: Int
    }

    /// Equal pods.
    struct Pods {
        let name: String
        let count: Int
        let requests: [Request]
    }

    let podSets: [Pods]

    init(_ shape: JobShape, _ table: PairTable) {
        podSets = shape.podSets.map { podSet in
            var requests = podSet.requests
            // A queue may count pods; then every pod set asks for as many as it has.
            if table.resource("pods") != nil, !requests.contains(where: { $0.resource == "pods" }) {
                requests.append(PodSet.Request("pods", Int64(podSet.count)))
            }
            return Pods(
                name: podSet.name, count: podSet.count,
                requests: requests.map { request in
                    Request(
                        name: request.resource, resource: table.resource(request.resource) ?? -1,
                        amount: request.amount, flavor: request.flavor.map { table.flavor($0) ?? -2 } ?? -1)
                })
        }
    }
}
