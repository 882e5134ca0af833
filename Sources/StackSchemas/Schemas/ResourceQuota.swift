/// An amount of one machine type: whole machines, or parts of them.
public struct ResourceQuota: Record {
    /// The machine type.
    public var instanceType: InstanceType = ""
    /// Whole machines.
    public var count: Int?
    /// GPUs or Neuron devices.
    public var accelerators: Int?
    /// Virtual processors.
    public var vcpu: Double?
    /// Memory.
    public var memoryGiB: Double?
    /// Parts of GPUs.
    public var acceleratorPartition: Partition?

    /// All defaults.
    public init() {}

    /// Parts of GPUs of one profile.
    public struct Partition: Record {
        /// The profile.
        public var type: MIGProfile = ""
        /// The number of parts.
        public var count = 0

        /// All defaults.
        public init() {}

        /// The fields.
        public static let schema = RecordSchema<Partition>("accelerator_partition", "Parts of GPUs of one MIG profile.")
        {
            Field("type", \.type, "MIG profile.", required: true, source: "AWS docs: AWS::SageMaker::ComputeQuota")
            Field(
                "count", \.count, "Number of parts.", required: true, limits: .range(0...10_000_000), example: 2,
                source: "AWS docs: AWS::SageMaker::ComputeQuota")
        }
    }

    private static let number = Limits(minimum: 0, maximum: 10_000_000)

    /// The fields.
    public static let schema = RecordSchema<ResourceQuota>(
        "resource_quota", "An amount of one machine type: whole machines, or parts of them."
    ) {
        Field(
            "instance_type", \.instanceType, "Machine type.", required: true,
            source: "AWS docs: AWS::SageMaker::ComputeQuota")
        Field(
            "count", \.count, "Whole machines; excludes the other amounts.", limits: number, example: 1,
            source: "AWS docs: ComputeQuotaResourceConfig")
        Field(
            "accelerators", \.accelerators, "GPUs or Neuron devices.", limits: number, example: 2,
            source: "AWS docs: ComputeQuotaResourceConfig")
        Field(
            "vcpu", \.vcpu, "Virtual processors.", limits: number, example: 24,
            source: "AWS docs: ComputeQuotaResourceConfig")
        Field(
            "memory_gib", \.memoryGiB, "Memory.", limits: number, unit: "GiB", example: 96,
            source: "AWS docs: ComputeQuotaResourceConfig")
        Field(
            "accelerator_partition", \.acceleratorPartition, "Parts of GPUs of one MIG profile.",
            example: .record(["type": "mig-1g.10gb", "count": 2]), source: "AWS docs: AWS::SageMaker::ComputeQuota")
    }
}
