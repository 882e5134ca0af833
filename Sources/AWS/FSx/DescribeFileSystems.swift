/// Amazon FSx `DescribeFileSystems`: file systems by their ids.
public struct DescribeFileSystemsInput: JSONOperation {
    /// The answer.
    public struct Output: Sendable, Equatable, Codable {
        /// The file systems.
        public let fileSystems: [FileSystem]

        enum CodingKeys: String, CodingKey {
            case fileSystems = "FileSystems"
        }
    }

    /// A file system.
    public struct FileSystem: Sendable, Equatable, Codable {
        /// The id.
        public let fileSystemId: String
        /// `LUSTRE`, `WINDOWS`, `ONTAP` or `OPENZFS`.
        public let fileSystemType: String?
        /// `AVAILABLE`, `CREATING`, `FAILED`, …
        public let lifecycle: String?
        /// The VPC.
        public let vpcId: String?
        /// Its name in the VPC.
        public let dnsName: String?
        /// What is particular to Lustre.
        public let lustreConfiguration: Lustre?

        enum CodingKeys: String, CodingKey {
            case fileSystemId = "FileSystemId"
            case fileSystemType = "FileSystemType"
            case lifecycle = "Lifecycle"
            case vpcId = "VpcId"
            case dnsName = "DNSName"
            case lustreConfiguration = "LustreConfiguration"
        }
    }

    /// What is particular to Lustre.
    public struct Lustre: Sendable, Equatable, Codable {
        /// The name that is mounted.
        public let mountName: String?

        enum CodingKeys: String, CodingKey {
            case mountName = "MountName"
        }
    }

    /// FSx.
    public static let service = AWSService.fsx
    /// `DescribeFileSystems`.
    public static let name = "DescribeFileSystems"
    static let targetPrefix = "AWSSimbaAPIService_v20180301"

    /// The ids.
    public var fileSystemIDs: [String]

    enum CodingKeys: String, CodingKey {
        case fileSystemIDs = "FileSystemIds"
    }

    /// Makes the input.
    public init(fileSystemIDs: [String]) {
        self.fileSystemIDs = fileSystemIDs
    }
}
