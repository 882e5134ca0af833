/// The file system that the service makes for a restricted group.
public struct RestrictedFileSystem: Record {
    /// Its size.
    public var sizeGiB = 1200
    /// Its throughput.
    public var throughputMBpsPerTiB = 250

    /// All defaults.
    public init() {}

    /// The fields.
    public static let schema = RecordSchema<RestrictedFileSystem>(
        "restricted_file_system", "The file system that the service makes for a restricted group."
    ) {
        Field(
            "size_gib", \.sizeGiB, "Size: 1200, then in steps of 2400.", limits: .range(1200...100_800), unit: "GiB",
            update: .replacement, source: "AWS docs: AWS::SageMaker::Cluster")
        Field(
            "throughput_mbps_per_tib", \.throughputMBpsPerTiB, "Throughput.", limits: .oneOf(125, 250, 500, 1000),
            unit: "MB/s per TiB", update: .replacement, source: "AWS docs: AWS::SageMaker::Cluster")
    }
}
