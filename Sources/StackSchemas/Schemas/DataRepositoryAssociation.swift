/// A folder of the file system linked to a bucket.
public struct DataRepositoryAssociation: Record {
    /// The folder.
    public var fileSystemPath: FileSystemPath = ""
    /// The bucket and prefix.
    public var s3URI: S3URI = ""
    /// Changes in the bucket that show in the file system.
    public var autoImport: [Event] = []
    /// Changes in the file system that show in the bucket.
    public var autoExport: [Event] = []
    /// How imported files are striped.
    public var importedFileChunkSizeMiB = 1024
    /// Whether the bucket's listing is imported at creation.
    public var batchImportMetadataOnCreate = false

    /// All defaults.
    public init() {}

    /// A change of a file or object (AWS docs: AutoImportPolicy).
    public enum Event: String, Choice {
        /// It is new.
        case new = "NEW"
        /// It was changed.
        case changed = "CHANGED"
        /// It was deleted.
        case deleted = "DELETED"
    }

    /// The fields.
    public static let schema = RecordSchema<DataRepositoryAssociation>(
        "data_repository_association", "A folder of the file system linked to a bucket."
    ) {
        Field(
            "file_system_path", \.fileSystemPath, "Folder of the file system.", required: true, update: .replacement,
            source: "AWS docs: AWS::FSx::DataRepositoryAssociation")
        Field(
            "s3_uri", \.s3URI, "Bucket and prefix.", required: true, update: .replacement,
            source: "AWS docs: AWS::FSx::DataRepositoryAssociation")
        Field(
            "auto_import", \.autoImport, "Changes in the bucket that show in the file system by themselves.",
            limits: .unique, example: .list(["NEW", "CHANGED", "DELETED"]), source: "AWS docs: AutoImportPolicy")
        Field(
            "auto_export", \.autoExport, "Changes in the file system that show in the bucket by themselves.",
            limits: .unique, example: .list(["NEW", "CHANGED", "DELETED"]), source: "AWS docs: AutoExportPolicy")
        Field(
            "imported_file_chunk_size_mib", \.importedFileChunkSizeMiB, "Stripe of imported files on one disk.",
            limits: .range(1...512_000), unit: "MiB", source: "AWS docs: AWS::FSx::DataRepositoryAssociation")
        Field(
            "batch_import_metadata_on_create", \.batchImportMetadataOnCreate,
            "Whether the bucket's listing is imported when the association is made.", update: .replacement,
            source: "AWS docs: AWS::FSx::DataRepositoryAssociation")
    }
}
