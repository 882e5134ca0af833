/// Amazon FSx `DescribeDataRepositoryAssociations`: links of file systems to buckets, by their ids.
public struct DescribeDataRepositoryAssociationsInput: JSONOperation {
    /// One page.
    public struct Output: Sendable, Equatable, Codable {
        /// The associations.
        public let associations: [Association]
        /// What to ask for the next page with; nil on the last.
        public let nextToken: String?

        enum CodingKeys: String, CodingKey {
            case associations = "Associations"
            case nextToken = "NextToken"
        }
    }

    /// A link between a folder of a file system and a bucket.
    public struct Association: Sendable, Equatable, Codable {
        /// The id.
        public let associationId: String?
        /// `CREATING`, `AVAILABLE`, `MISCONFIGURED`, `UPDATING`, `DELETING` or `FAILED`.
        public let lifecycle: String?
        /// Why it is misconfigured or failed.
        public let failureDetails: FailureDetails?
        /// The folder.
        public let fileSystemPath: String?
        /// The bucket, with what comes before the objects' names.
        public let dataRepositoryPath: String?

        enum CodingKeys: String, CodingKey {
            case associationId = "AssociationId"
            case lifecycle = "Lifecycle"
            case failureDetails = "FailureDetails"
            case fileSystemPath = "FileSystemPath"
            case dataRepositoryPath = "DataRepositoryPath"
        }
    }

    /// Why something failed.
    public struct FailureDetails: Sendable, Equatable, Codable {
        /// The service's words.
        public let message: String?

        enum CodingKeys: String, CodingKey {
            case message = "Message"
        }
    }

    /// FSx.
    public static let service = AWSService.fsx
    /// `DescribeDataRepositoryAssociations`.
    public static let name = "DescribeDataRepositoryAssociations"
    static let targetPrefix = "AWSSimbaAPIService_v20180301"

    /// The ids.
    public var associationIDs: [String]
    /// Where the page begins.
    public var nextToken: String?

    enum CodingKeys: String, CodingKey {
        case associationIDs = "AssociationIds"
        case nextToken = "NextToken"
    }

    /// Makes the input.
    public init(associationIDs: [String], nextToken: String? = nil) {
        self.associationIDs = associationIDs
        self.nextToken = nextToken
    }
}

extension AWSClient {
    /// Links of file systems to buckets, by their ids.
    ///
    /// - Throws: what `send` throws.
    public func dataRepositoryAssociations(
        _ ids: [String]
    ) async throws -> [DescribeDataRepositoryAssociationsInput.Association] {
        try await collect(DescribeDataRepositoryAssociationsInput.self) { token in
            let page = try await send(DescribeDataRepositoryAssociationsInput(associationIDs: ids, nextToken: token))
            return (page.associations, page.nextToken)
        }
    }
}
