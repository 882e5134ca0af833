extension FSxSettings {
    /// How durable a file system is (AWS docs: Deployment and storage class options for FSx for Lustre).
    public enum DeploymentType: String, Choice {
        /// Short-lived, first generation.
        case scratch1 = "SCRATCH_1"
        /// Short-lived, second generation.
        case scratch2 = "SCRATCH_2"
        /// Long-lived, first generation.
        case persistent1 = "PERSISTENT_1"
        /// Long-lived, second generation.
        case persistent2 = "PERSISTENT_2"

        /// Whether data survives the loss of a server.
        public var isPersistent: Bool { self == .persistent1 || self == .persistent2 }
    }

    /// What a file system stores on (AWS docs: CreateFileSystem).
    public enum StorageType: String, Choice {
        /// Flash.
        case ssd = "SSD"
        /// Hard disks.
        case hdd = "HDD"
        /// Elastic storage in tiers.
        case intelligentTiering = "INTELLIGENT_TIERING"
    }

    /// Whether data is compressed (AWS docs: Lustre data compression).
    public enum Compression: String, Choice {
        /// As it is.
        case none = "NONE"
        /// With LZ4.
        case lz4 = "LZ4"
    }

    /// The cache of hard disks (AWS docs: CreateFileSystemLustreConfiguration).
    public enum DriveCacheType: String, Choice {
        /// None.
        case none = "NONE"
        /// Flash of a fifth of the size.
        case read = "READ"
    }

    /// What becomes of a file system when the stack is deleted (AWS docs: DeletionPolicy attribute).
    public enum DeletionPolicy: String, Choice {
        /// It goes.
        case delete = "Delete"
        /// It stays.
        case retain = "Retain"
    }

    /// The metadata servers.
    public struct Metadata: Record {
        /// Who chooses their speed.
        public var mode = Mode.automatic
        /// Their speed.
        public var iops: Int?

        /// All defaults.
        public init() {}

        /// Who chooses the speed of the metadata servers (AWS docs: CreateFileSystemLustreMetadataConfiguration).
        public enum Mode: String, Choice {
            /// FSx, by the size.
            case automatic = "AUTOMATIC"
            /// The person.
            case userProvisioned = "USER_PROVISIONED"
        }

        /// The fields.
        public static let schema = RecordSchema<Metadata>("fsx_metadata", "The metadata servers of a file system.") {
            Field(
                "mode", \.mode, "Who chooses their speed.",
                source: "AWS docs: CreateFileSystemLustreMetadataConfiguration")
            Field(
                "iops", \.iops, "Operations a second: 1500, 3000, 6000, 12000, then in steps of 12000.",
                limits: .range(1500...192_000), unit: "operations per second", example: 6000,
                source: "AWS docs: CreateFileSystemLustreMetadataConfiguration")
        }
    }

    /// The cache of intelligent tiering.
    public struct ReadCache: Record {
        /// Who chooses its size.
        public var sizingMode = SizingMode.proportional
        /// Its size.
        public var sizeGiB: Int?

        /// All defaults.
        public init() {}

        /// Who chooses the size of the cache (AWS docs: LustreReadCacheConfiguration).
        public enum SizingMode: String, Choice {
            /// There is none.
            case noCache = "NO_CACHE"
            /// The person.
            case userProvisioned = "USER_PROVISIONED"
            /// FSx, by the throughput.
            case proportional = "PROPORTIONAL_TO_THROUGHPUT_CAPACITY"
        }

        /// The fields.
        public static let schema = RecordSchema<ReadCache>("fsx_read_cache", "The cache of intelligent tiering.") {
            Field(
                "sizing_mode", \.sizingMode, "Who chooses its size.", source: "AWS docs: LustreReadCacheConfiguration")
            Field(
                "size_gib", \.sizeGiB, "Its size, with USER_PROVISIONED.", limits: .range(32...131_072), unit: "GiB",
                example: 32, source: "AWS docs: LustreReadCacheConfiguration")
        }
    }
}
