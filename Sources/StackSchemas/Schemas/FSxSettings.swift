/// A file system of FSx for Lustre, new or existing.
public struct FSxSettings: Record {
    /// An existing file system.
    public var existingFileSystemID: FileSystemID?
    /// Its DNS name.
    public var dnsName: LustreDNSName?
    /// Its mount name.
    public var mountName: MountName?
    /// How durable it is.
    public var deploymentType = DeploymentType.persistent2
    /// What it stores on.
    public var storageType = StorageType.ssd
    /// Its size; absent for intelligent tiering.
    public var storageGiB: Int? = 1200
    /// Its throughput per size.
    public var throughputMBpsPerTiB: Int?
    /// Its throughput with intelligent tiering.
    public var throughputCapacityMBps: Int?
    /// The version of Lustre.
    public var lustreVersion: LustreVersion = "2.15"
    /// Whether data is compressed.
    public var compression = Compression.lz4
    /// Whether clients use EFA.
    public var efa = false
    /// The metadata servers.
    public var metadata: Metadata?
    /// The cache of hard disks.
    public var driveCacheType: DriveCacheType?
    /// The cache of intelligent tiering.
    public var readCache: ReadCache?
    /// The key that encrypts it.
    public var kmsKeyID: KMSKeyID?
    /// How long backups are kept.
    public var automaticBackupRetentionDays: Int?
    /// When backups are made.
    public var dailyBackupStartTime: TimeOfDay?
    /// Whether backups take the tags.
    public var copyTagsToBackups: Bool?
    /// When it is maintained.
    public var weeklyMaintenanceStartTime: WeeklyTime?
    /// Its zone.
    public var availabilityZone: ZoneID?
    /// What becomes of it with the stack.
    public var deletionPolicy = DeletionPolicy.delete
    /// Whether pods can mount it.
    public var csiDriver = true
    /// Links to S3.
    public var dataRepositoryAssociations: [DataRepositoryAssociation] = []

    /// All defaults.
    public init() {}

    /// The fields.
    public static let schema = RecordSchema<FSxSettings>("fsx", "A file system of FSx for Lustre, new or existing.") {
        Field(
            "existing_file_system_id", \.existingFileSystemID,
            "Existing file system; then only the driver, the outputs and the associations apply.", update: .replacement)
        Field("dns_name", \.dnsName, "DNS name of the existing file system.")
        Field("mount_name", \.mountName, "Mount name of the existing file system.")
        Field(
            "deployment_type", \.deploymentType, "How durable the file system is.", update: .replacement,
            source: "AWS docs: CreateFileSystemLustreConfiguration")
        Field(
            "storage_type", \.storageType, "What it stores on.", update: .replacement,
            source: "AWS docs: CreateFileSystem (FSx API)")
        Field(
            "storage_gib", \.storageGiB,
            "Size; its steps depend on the deployment type. Absent for INTELLIGENT_TIERING.",
            limits: .range(1...2_000_000), unit: "GiB", source: "AWS docs: CreateFileSystem (FSx API)")
        Field(
            "throughput_mbps_per_tib", \.throughputMBpsPerTiB,
            "Throughput of persistent SSD and HDD file systems: 125, 250, 500, 1000 (PERSISTENT_2), 50, 100, 200 "
                + "(PERSISTENT_1), 12, 40 (HDD).", limits: .oneOf(12, 40, 50, 100, 125, 200, 250, 500, 1000),
            unit: "MB/s per TiB", example: 250, source: "AWS docs: CreateFileSystemLustreConfiguration")
        Field(
            "throughput_capacity_mbps", \.throughputCapacityMBps,
            "Throughput of INTELLIGENT_TIERING, in steps of 4000.",
            limits: .range(4000...2_000_000), unit: "MB/s", example: 4000,
            source: "AWS docs: CreateFileSystemLustreConfiguration")
        Field(
            "lustre_version", \.lustreVersion, "Version of Lustre.", update: .replacement,
            source: "AWS docs: CreateFileSystem (FSx API)")
        Field(
            "compression", \.compression, "Whether data is compressed.",
            source: "AWS docs: CreateFileSystemLustreConfiguration")
        Field(
            "efa", \.efa, "Whether clients reach it over EFA.", update: .replacement,
            source: "AWS docs: Working with EFA-enabled file systems")
        Field(
            "metadata", \.metadata, "Metadata servers of PERSISTENT_2; cannot be added later.",
            example: .record(["mode": "AUTOMATIC"]), update: .perField,
            source: "AWS docs: CreateFileSystemLustreMetadataConfiguration")
        Field(
            "drive_cache_type", \.driveCacheType, "Cache in front of hard disks.", update: .replacement,
            source: "AWS docs: CreateFileSystemLustreConfiguration")
        Field(
            "read_cache", \.readCache, "Cache in front of intelligent tiering.",
            example: .record(["sizing_mode": "PROPORTIONAL_TO_THROUGHPUT_CAPACITY"]), update: .perField,
            source: "AWS docs: CreateFileSystemLustreConfiguration")
        Field(
            "kms_key_id", \.kmsKeyID, "KMS key of a persistent file system.", update: .replacement,
            source: "AWS docs: CreateFileSystem (FSx API)")
        Field(
            "automatic_backup_retention_days", \.automaticBackupRetentionDays,
            "How long daily backups are kept; 0 for none.", limits: .range(0...90), unit: "days", example: 7,
            source: "AWS docs: CreateFileSystemLustreConfiguration")
        Field(
            "daily_backup_start_time", \.dailyBackupStartTime, "When the daily backup is made, in UTC.",
            source: "AWS docs: CreateFileSystemLustreConfiguration")
        Field(
            "copy_tags_to_backups", \.copyTagsToBackups, "Whether backups take the tags of the file system.",
            example: true, update: .replacement, source: "AWS docs: CreateFileSystemLustreConfiguration")
        Field(
            "weekly_maintenance_start_time", \.weeklyMaintenanceStartTime, "When it is maintained, in UTC.",
            source: "AWS docs: CreateFileSystemLustreConfiguration")
        Field(
            "availability_zone", \.availabilityZone,
            "Zone of the file system; by default that of the largest group with accelerators.", update: .replacement,
            source: "AWS docs: Prerequisites for using SageMaker HyperPod")
        Field(
            "deletion_policy", \.deletionPolicy, "What becomes of the file system when the stack is deleted.",
            update: .none, source: "AWS docs: DeletionPolicy attribute")
        Field(
            "csi_driver", \.csiDriver, "Whether the CSI driver is installed, so that pods can mount it.",
            source: "AWS docs: Use high-performance app storage with FSx for Lustre")
        Field(
            "data_repository_associations", \.dataRepositoryAssociations, "Folders linked to S3, at most eight.",
            limits: .count(0...8),
            example: .list([.record(["file_system_path": "/data", "s3_uri": "s3://my-training-data"])]),
            update: .perField, source: "AWS docs: Linking your file system to an Amazon S3 bucket")
    }
}
