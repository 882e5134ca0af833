/// The API call that a run makes, as it stands in `request.json`: everything that is sent except the
/// template's own bytes, which are the file `cfn_params.yaml`, and the signature.
///
/// Its JSON form has sorted keys, so that the same request gives the same bytes.
public struct StackRequest: Codable, Sendable, Equatable {
    /// The version of this form.
    public var formatVersion = 1
    /// The CloudFormation operation: `CreateChangeSet`, `CreateStack` or `UpdateStack`.
    public var operation = "CreateStack"
    /// What the change set is for: `CREATE`, `UPDATE` or `IMPORT`; `nil` without a change set.
    public var changeSetType: String?
    /// The name of the change set, which is the token too; `nil` without a change set.
    public var changeSetName: String?
    /// Resources that are there already and become part of the stack; `nil` for none.
    public var resourcesToImport: [ImportedResource]?
    /// Whether resources that are there under a name that the template writes out become part of the stack; `nil` is
    /// no.
    public var importExistingResources: Bool?
    /// The version of the CloudFormation API.
    public var apiVersion = "2010-05-15"
    /// The region that the call goes to.
    public var region: String
    /// The account of the caller; `nil` in a dry run, which asks nobody.
    public var account: String?
    /// The address of the service that the call goes to; `nil` in a dry run.
    public var endpoint: String?
    /// The stack's name.
    public var stackName: String
    /// What the template is allowed to create, sorted.
    public var capabilities: [String]
    /// The stack's tags, sorted by key.
    public var tags: [Tag]
    /// Makes a repeated call harmless: AWS answers it with the stack that the first one made.
    public var clientRequestToken: String
    /// What CloudFormation does when the creation fails: ROLLBACK, DELETE or DO_NOTHING.
    public var onFailure: String
    /// After how many minutes CloudFormation gives up.
    public var timeoutInMinutes: Int?
    /// Whether a deletion is refused until the protection is lifted.
    public var enableTerminationProtection: Bool
    /// The role that CloudFormation works as.
    public var roleARN: String?
    /// The SNS topics that get the events.
    public var notificationARNs: [String]
    /// The alarms that take the operation back; `nil` leaves alone what the stack has.
    public var rollback: Rollback?
    /// The stack policy, JSON; `nil` leaves alone what the stack has.
    public var stackPolicy: String?
    /// The template: its file, its hash and how it travels.
    public var template: TemplateReference

    private enum CodingKeys: String, CodingKey {
        case formatVersion = "format_version"
        case operation
        case changeSetType = "change_set_type"
        case changeSetName = "change_set_name"
        case resourcesToImport = "resources_to_import"
        case importExistingResources = "import_existing_resources"
        case apiVersion = "api_version"
        case region, account, endpoint
        case stackName = "stack_name"
        case capabilities, tags
        case clientRequestToken = "client_request_token"
        case onFailure = "on_failure"
        case timeoutInMinutes = "timeout_in_minutes"
        case enableTerminationProtection = "enable_termination_protection"
        case roleARN = "role_arn"
        case notificationARNs = "notification_arns"
        case rollback
        case stackPolicy = "stack_policy"
        case template
    }

    /// Whether CloudFormation works out the changes first.
    public var usesChangeSet: Bool { changeSetType != nil }

    /// Whether the call is about a stack that is there.
    public var isUpdate: Bool { operation == "UpdateStack" || ["UPDATE", "IMPORT"].contains(changeSetType) }

    /// The alarms that take an operation back, and how long they are watched.
    public struct Rollback: Codable, Sendable, Equatable {
        /// The ARNs of the alarms.
        public var alarmARNs: [String]
        /// For how many minutes after the operation they are watched.
        public var monitoringMinutes: Int

        private enum CodingKeys: String, CodingKey {
            case alarmARNs = "alarm_arns"
            case monitoringMinutes = "monitoring_minutes"
        }
    }

    /// A stack tag.
    public struct Tag: Codable, Sendable, Equatable {
        /// The key, at most 128 characters.
        public var key: String
        /// The value, at most 256 characters.
        public var value: String

        /// A tag.
        public init(key: String, value: String) {
            self.key = key
            self.value = value
        }
    }

    /// Which bytes are the template, and how they reach CloudFormation.
    public struct TemplateReference: Codable, Sendable, Equatable {
        /// The file of the run record that holds the bytes.
        public var file = RunFile.evaluatedTemplate
        /// The SHA-256 of the bytes, in hexadecimal.
        public var sha256: String
        /// The length in bytes.
        public var bytes: Int
        /// In the call itself or by way of a bucket.
        public var delivery: Delivery
        /// The bucket, key and address when it travels through S3.
        public var object: ObjectReference?

        /// A template of so many bytes with this hash.
        public init(sha256: String, bytes: Int, delivery: Delivery, object: ObjectReference? = nil) {
            self.sha256 = sha256
            self.bytes = bytes
            self.delivery = delivery
            self.object = object
        }
    }

    /// How a template reaches CloudFormation.
    public enum Delivery: String, Codable, Sendable {
        /// As `TemplateBody`: up to 51,200 bytes.
        case inline
        /// As `TemplateURL`: up to 1 MB.
        case s3
        /// The bytes are parameters; the template is a published one, given by its address.
        case parameters
    }

    /// An object that holds the template.
    public struct ObjectReference: Codable, Sendable, Equatable {
        /// The bucket; `nil` in a dry run without `template_bucket`, as its name holds the account.
        public var bucket: String?
        /// The content-addressed key.
        public var key: String
        /// The address that CloudFormation reads.
        public var url: String?
        /// The entity tag of a published template, as it was found.
        public var eTag: String?
        /// SHA-256 of a published template, of which the record keeps a copy.
        public var sha256: String?
        /// The version of a published template.
        public var version: Int?

        private enum CodingKeys: String, CodingKey {
            case bucket, key, url
            case eTag = "etag"
            case sha256, version
        }

        /// An object of a bucket.
        public init(
            bucket: String?, key: String, url: String?, eTag: String? = nil, sha256: String? = nil,
            version: Int? = nil
        ) {
            self.bucket = bucket
            self.key = key
            self.url = url
            self.eTag = eTag
            self.sha256 = sha256
            self.version = version
        }
    }
}
