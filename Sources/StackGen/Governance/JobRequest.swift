internal import Governance
internal import StackSchemas

/// What a job asks for, before it is known what that is in Kueue's amounts.
struct JobRequest {
    var type: InstanceType
    /// Whole machines.
    var nodes: Int?
    /// Pods, each with the parts below.
    var pods = 1
    var accelerators: Int?
    var vcpu: Double?
    var memoryGiB: Double?
    var efa: Int?
    /// Explicit amounts of one pod.
    var requests: [String: Int64] = [:]

    init(type: InstanceType) { self.type = type }

    /// The request as pods with a node selector; `nil` for a type that is not known.
    func shape() -> JobShape? {
        guard let facts = type.facts else { return nil }
        let count = nodes ?? pods
        var amounts = requests
        if nodes != nil {
            amounts["cpu"] = Int64(facts.usableVCPUs) * 1000
            amounts["memory"] = Int64(facts.usableMemoryGiB) * 1_073_741_824
            amounts[Self.accelerator(facts)] = Int64(facts.accelerators)
        } else if requests.isEmpty {
            parts(facts, &amounts)
        }
        if let efa { amounts["vpc.amazonaws.com/efa"] = Int64(efa) }
        return JobShape(
            count: count,
            requests: amounts.filter { $0.value > 0 }.map {
                PodSet.Request($0.key, $0.value * Int64(count), flavor: type.text)
            })
    }

    /// Parts of a machine: what is not given follows from what is, in proportion (aws/sagemaker-hyperpod-cli:
    /// src/sagemaker/hyperpod/training/quota_allocation_util.py).
    private func parts(_ facts: InstanceTypeFacts, _ amounts: inout [String: Int64]) {
        let share: Double =
            if let accelerators, facts.accelerators > 0 {
                Double(accelerators) / Double(facts.accelerators)
            } else if let vcpu, facts.vcpus > 0 {
                vcpu / Double(facts.vcpus)
            } else if let memoryGiB, facts.memoryGiB > 0 {
                memoryGiB / facts.memoryGiB
            } else {
                0
            }
        let cpu = min(vcpu ?? share * Double(facts.vcpus), Double(facts.usableVCPUs))
        let memory = min(memoryGiB ?? share * facts.memoryGiB, Double(facts.usableMemoryGiB))
        amounts["cpu"] = Int64((cpu * 1000).rounded(.down))
        amounts["memory"] = Int64(memory * 1_073_741_824)
        if let accelerators { amounts[Self.accelerator(facts)] = Int64(accelerators) }
    }

    private static func accelerator(_ facts: InstanceTypeFacts) -> String {
        facts.neuronDevices > 0 ? "aws.amazon.com/neurondevice" : "nvidia.com/gpu"
    }
}
