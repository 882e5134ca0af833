/// The script that every node runs when it is created.
public struct LifecycleSettings: Record {
    /// An existing bucket for the script.
    public var bucket: BucketName?
    /// Existing scripts.
    public var s3URI: S3URI?
    /// The script that is started.
    public var onCreate: ScriptName = "on_create.sh"
    /// A script of the person's own.
    public var scriptFile: FilePath?

    /// All defaults.
    public init() {}

    /// The fields.
    public static let schema = RecordSchema<LifecycleSettings>(
        "lifecycle", "The script that every node runs when it is created."
    ) {
        Field(
            "bucket", \.bucket, "Existing bucket that takes the script instead of a new one.",
            source: "AWS docs: ClusterLifeCycleConfig")
        Field(
            "s3_uri", \.s3URI, "Existing scripts; then nothing is uploaded.", example: "s3://sagemaker-scripts/base",
            source: "AWS docs: ClusterLifeCycleConfig")
        Field(
            "on_create", \.onCreate, "Script that is started, relative to its S3 prefix.",
            source: "AWS docs: ClusterLifeCycleConfig")
        Field("script_file", \.scriptFile, "Own script, relative to this file; by default the one that stackgen ships.")
    }
}
