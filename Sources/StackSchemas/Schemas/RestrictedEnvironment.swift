/// What the restricted groups read, write and share.
public struct RestrictedEnvironment: Record {
    /// Where data is read.
    public var inputBucket: BucketName?
    /// Where results are written.
    public var outputBucket: BucketName?
    /// The file system that all restricted groups share.
    public var fsx: SharedFileSystem?

    /// All defaults.
    public init() {}

    /// The fields.
    public static let schema = RecordSchema<RestrictedEnvironment>(
        "restricted_environment", "What the restricted groups read, write and share."
    ) {
        Field("input_bucket", \.inputBucket, "Bucket that the nodes may read.", example: "my-training-data")
        Field("output_bucket", \.outputBucket, "Bucket that the nodes may write.", example: "my-training-results")
        Field(
            "fsx", \.fsx, "File system that all restricted groups share.",
            example: .record(["size_gib": 1200, "throughput_mbps_per_tib": 250]), update: .perField,
            source: "AWS docs: AWS::SageMaker::Cluster")
    }

    /// The file system that all restricted groups share.
    public struct SharedFileSystem: Record {
        /// Its size.
        public var sizeGiB: Int?
        /// Its throughput.
        public var throughputMBpsPerTiB: Int?
        /// What becomes of it.
        public var deletionPolicy = DeletionPolicy.keep

        /// All defaults.
        public init() {}

        /// What becomes of the file system when no group uses it (AWS docs: AWS::SageMaker::Cluster).
        public enum DeletionPolicy: String, Choice {
            /// It stays.
            case keep = "Keep"
            /// It goes.
            case deleteIfNotUsed = "DeleteIfNotUsed"
        }

        /// The fields.
        public static let schema = RecordSchema<SharedFileSystem>(
            "shared_file_system", "The file system that all restricted groups share."
        ) {
            Field(
                "size_gib", \.sizeGiB, "Size: 1200, then in steps of 2400; by default chosen by the service.",
                limits: .range(1200...100_800),
                unit: "GiB", example: 1200, update: .replacement, source: "AWS docs: AWS::SageMaker::Cluster")
            Field(
                "throughput_mbps_per_tib", \.throughputMBpsPerTiB, "Throughput; given together with the size.",
                limits: .oneOf(125, 250, 500, 1000),
                unit: "MB/s per TiB", example: 250, update: .replacement, source: "AWS docs: AWS::SageMaker::Cluster")
            Field(
                "deletion_policy", \.deletionPolicy, "What becomes of it when no group uses it.",
                source: "AWS docs: AWS::SageMaker::Cluster")
        }
    }
}
