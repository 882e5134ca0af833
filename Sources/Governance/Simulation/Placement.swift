/// Machines and the pods on them: each pod on the fullest machine that has room.
///
/// Quota is a promise and machines keep it: where quotas promise more than there is, or machines fail, a job has quota
/// and waits for machines.
struct Placement {
    private struct Node {
        var free: [Int64]
        var isLost = false
        /// Counts changes, so that an entry of an old one is known.
        var version: Int32 = 0
    }

    /// Machines of a type, in lists by what is free of their main resource.
    private struct Pool {
        let capacity: [Int64]
        let main: Int
        let step: Int64
        var nodes: [Node]
        var lists: [[(node: Int32, version: Int32)]]

        func level(_ free: Int64) -> Int { Int(min(max(0, free / step), Int64(lists.count - 1))) }

        mutating func list(_ node: Int) {
            nodes[node].version += 1
            guard !nodes[node].isLost else { return }
            lists[level(nodes[node].free[main])].append((Int32(node), nodes[node].version))
        }
    }

    private struct Seat {
        let pool: Int32
        let node: Int32
        let request: [Int64]
    }

    private let table: PairTable
    private var pools: [Pool] = []
    private var poolOfFlavor: [Int]
    private var seats: [Int32: [Seat]] = [:]

    init(_ groups: [NodeGroup], _ table: PairTable) {
        self.table = table
        poolOfFlavor = Array(repeating: -1, count: table.flavors.count)
        for group in groups where group.count > 0 {
            guard let flavor = table.flavor(group.type) else { continue }
            if poolOfFlavor[flavor] < 0 {
                poolOfFlavor[flavor] = pools.count
                pools.append(Self.pool(group, table))
            } else {
                for _ in 0..<group.count { add(poolOfFlavor[flavor]) }
            }
        }
    }

    private static func pool(_ group: NodeGroup, _ table: PairTable) -> Pool {
        let capacity = table.resources.map { group.capacity[$0] ?? 0 }
        let accelerator = table.resources.firstIndex {
            Accelerators.names.contains($0) && (group.capacity[$0] ?? 0) > 0
        }
        let main = accelerator ?? table.resources.firstIndex(of: "cpu") ?? 0
        let step: Int64 = accelerator == nil ? 1000 : 1
        let levels = Int(min(4096, (capacity.isEmpty ? 0 : capacity[main]) / step)) + 1
        var pool = Pool(
            capacity: capacity, main: main, step: step,
            nodes: Array(repeating: Node(free: capacity), count: group.count),
            lists: Array(repeating: [], count: levels))
        if !capacity.isEmpty { for node in pool.nodes.indices.reversed() { pool.list(node) } }
        return pool
    }

    private mutating func add(_ pool: Int) {
        pools[pool].nodes.append(Node(free: pools[pool].capacity))
        pools[pool].list(pools[pool].nodes.count - 1)
    }

    /// Whether there are machines at all; without any every job with quota runs.
    var isEmpty: Bool { pools.isEmpty }

    /// How many machines of a flavor work.
    func count(_ flavor: Int) -> Int {
        poolOfFlavor[flavor] < 0 ? 0 : pools[poolOfFlavor[flavor]].nodes.count { !$0.isLost }
    }

    /// Finds machines for all pods of a job, or for none.
    mutating func place(_ job: Int, _ shape: CompiledShape, _ uses: [Use]) -> Bool {
        var taken: [Seat] = []
        for podSet in shape.podSets where podSet.count > 0 {
            var request = Array(repeating: Int64(0), count: table.resources.count)
            var flavor = -1
            for part in podSet.requests where part.resource >= 0 && part.amount > 0 && part.name != "pods" {
                // Rounded up: the pods of a set are equal.
                request[part.resource] = (part.amount + Int64(podSet.count) - 1) / Int64(podSet.count)
                let used = uses.first { table.resourceOfPair[Int($0.pair)] == part.resource }
                if let used { flavor = max(flavor, table.flavorOfPair[Int(used.pair)]) }
            }
            guard flavor >= 0 else { continue }
            let pool = poolOfFlavor[flavor]
            for _ in 0..<podSet.count {
                guard pool >= 0, let node = seat(request, pool) else {
                    free(taken)
                    return false
                }
                taken.append(Seat(pool: Int32(pool), node: Int32(node), request: request))
            }
        }
        seats[Int32(truncatingIfNeeded: job)] = taken
        return true
    }

    private mutating func seat(_ request: [Int64], _ pool: Int) -> Int? {
        for level in pools[pool].level(request[pools[pool].main])..<pools[pool].lists.count {
            var place = pools[pool].lists[level].count - 1
            while place >= 0 {
                let entry = pools[pool].lists[level][place]
                let node = Int(entry.node)
                if pools[pool].nodes[node].version != entry.version {
                    pools[pool].lists[level].remove(at: place)
                } else if zip(pools[pool].nodes[node].free, request).allSatisfy({ $0 >= $1 }) {
                    for resource in request.indices { pools[pool].nodes[node].free[resource] -= request[resource] }
                    pools[pool].lists[level].remove(at: place)
                    pools[pool].list(node)
                    return node
                }
                place -= 1
            }
        }
        return nil
    }

    private mutating func free(_ seats: [Seat]) {
        for seat in seats {
            let (pool, node) = (Int(seat.pool), Int(seat.node))
            for resource in seat.request.indices { pools[pool].nodes[node].free[resource] += seat.request[resource] }
            pools[pool].list(node)
        }
    }

    /// Takes a job off its machines.
    /// - Returns: whether it was on any.
    @discardableResult mutating func remove(_ job: Int) -> Bool {
        guard let taken = seats.removeValue(forKey: Int32(truncatingIfNeeded: job)) else { return false }
        free(taken)
        return true
    }

    /// Lets machines fail, those of the lowest numbers first.
    /// - Returns: the jobs that had pods on them, in their order.
    mutating func lose(_ count: Int, of flavor: Int) -> [Int] {
        guard poolOfFlavor[flavor] >= 0 else { return [] }
        let pool = poolOfFlavor[flavor]
        var lost: Set<Int32> = []
        for node in pools[pool].nodes.indices where lost.count < count && !pools[pool].nodes[node].isLost {
            pools[pool].nodes[node].isLost = true
            pools[pool].list(node)
            lost.insert(Int32(node))
        }
        return seats.filter { $0.value.contains { Int($0.pool) == pool && lost.contains($0.node) } }
            .map { Int($0.key) }.sorted()
    }

    /// Brings machines back, those of the lowest numbers first.
    mutating func bringBack(_ count: Int, of flavor: Int) {
        guard poolOfFlavor[flavor] >= 0 else { return }
        let pool = poolOfFlavor[flavor]
        var back = 0
        for node in pools[pool].nodes.indices where back < count && pools[pool].nodes[node].isLost {
            pools[pool].nodes[node].isLost = false
            pools[pool].list(node)
            back += 1
        }
    }
}

/// The resources that hours are counted in.
enum Accelerators {
    static let names = ["nvidia.com/gpu", "aws.amazon.com/neurondevice"]

    /// Those that any team owns.
    static func owned(_ queues: [ClusterQueue]) -> [String] {
        let flavors = queues.flatMap(\.resourceGroups).flatMap(\.flavors)
        return names.filter { name in flavors.contains { $0.resources[name]?.nominal ?? 0 > 0 } }
    }
}
